//! `switchyard-train retrieval`: how high the known duplicates of a ticket come in a search.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde::Serialize;
use switchyard_datasets::read::{self, Row};
use switchyard_models::bundle::Bundle;
use switchyard_models::similar::{Collection, Query, Scratch, Sketch, Weights};

use crate::error::TrainError;
use crate::progress::Progress;
use crate::sketches::Sketcher;

/// What to search.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder: texts in `train` and `test`, pairs in `duplicates_train` and `duplicates_test`.
    pub folder: PathBuf,
    /// The bundle whose vectors are searched.
    pub bundle: PathBuf,
    /// The text columns, the first being the subject.
    pub text_fields: Vec<String>,
    /// What both sides weigh together.
    pub weights: Weights,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The folder's name.
    pub dataset: String,
    /// Texts with a duplicate.
    pub n_queries: usize,
    /// Texts searched.
    pub n_index: usize,
    /// By words alone, by vectors alone, by both, and by both for queries of `duplicates_test` alone.
    #[serde(flatten)]
    pub ways: BTreeMap<&'static str, Figures>,
}

/// How high the best duplicate came.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figures {
    /// Queries counted.
    pub n: usize,
    /// The share of queries whose best duplicate came first.
    pub recall_1: f64,
    /// Among the first five.
    pub recall_5: f64,
    /// Among the first ten.
    pub recall_10: f64,
    /// The mean of one over its rank.
    pub mrr: f64,
}

/// Searches every text with a duplicate among all others.
pub fn run(options: &Options) -> Result<Report, TrainError> {
    let texts = load(options)?;
    let groups = Groups::load(&options.folder, &texts)?;
    let bundle = Bundle::load(&options.bundle)?;
    let mut maker = Sketcher::new(&bundle);
    let items: Vec<Sketch> =
        texts.iter().map(|(_, subject, body)| maker.sketch(subject, body)).collect();
    let collection = maker.collection(&items)?;
    let Weights { vector, words } = options.weights;
    let ways = [
        ("words", Weights { vector: 0.0, words: 1.0 }, groups.all()),
        ("vectors", Weights { vector: 1.0, words: 0.0 }, groups.all()),
        ("both", Weights { vector, words }, groups.all()),
        ("both_train", Weights { vector, words }, groups.of("duplicates_train")),
        ("both_test", Weights { vector, words }, groups.of("duplicates_test")),
    ];
    let progress = Progress::new("searching", ways.len());
    let figures = ways.map(|(name, weights, queries)| {
        progress.step();
        (name, figures(&ranks(&collection, &items, &groups, &queries, weights)))
    });
    Ok(Report {
        dataset: options.folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        n_queries: groups.all().len(),
        n_index: items.len(),
        ways: figures.into(),
    })
}

/// Subject and body of each text, by id.
type Texts = Vec<(String, String, String)>;

fn load(options: &Options) -> Result<Texts, TrainError> {
    let text = |row: Row| {
        let fields = options.text_fields.iter().map(|field| row.text_if_any(field));
        let fields = fields.collect::<Result<Vec<_>, _>>()?;
        let mut parts = fields.into_iter().map(Option::unwrap_or_default);
        let subject = parts.next().unwrap_or_default().to_owned();
        Ok((row.label("id")?, subject, parts.collect::<Vec<_>>().join("\n")))
    };
    let mut texts = Vec::new();
    for name in ["train.jsonl", "test.jsonl"] {
        let rows = read::read_all(&options.folder.join(name))?;
        texts.extend(rows.into_iter().map(text).collect::<Result<Vec<_>, TrainError>>()?);
    }
    Ok(texts)
}

/// Which texts are about one problem.
struct Groups {
    /// *Shape*: one for each text. The group's smallest member.
    group: Vec<usize>,
    members: HashMap<usize, Vec<usize>>,
    /// The texts named by each file of pairs.
    named: BTreeMap<&'static str, Vec<usize>>,
}

impl Groups {
    /// Duplicates of duplicates are duplicates; pairs with a text that is not there are left out.
    fn load(folder: &Path, texts: &Texts) -> Result<Self, TrainError> {
        let places: HashMap<&str, usize> =
            texts.iter().enumerate().map(|(at, (id, ..))| (id.as_str(), at)).collect();
        let mut group: Vec<usize> = (0..texts.len()).collect();
        let mut named: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
        for name in ["duplicates_train", "duplicates_test"] {
            for row in read::read_all(&folder.join(format!("{name}.jsonl")))? {
                let (id, others) = (row.label("id")?, row.label("duplicate")?);
                for other in others.split([',', ' ']).filter(|it| !it.is_empty()) {
                    if let (Some(a), Some(b)) = (places.get(id.as_str()), places.get(other)) {
                        named.entry(name).or_default().extend([*a, *b]);
                        let (from, to) = (group[*a].max(group[*b]), group[*a].min(group[*b]));
                        group.iter_mut().filter(|it| **it == from).for_each(|it| *it = to);
                    }
                }
            }
        }
        let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, group) in group.iter().enumerate() {
            members.entry(*group).or_default().push(at);
        }
        Ok(Self { group, members, named })
    }

    fn all(&self) -> Vec<usize> {
        (0..self.group.len()).filter(|at| self.members[&self.group[*at]].len() > 1).collect()
    }

    fn of(&self, name: &str) -> Vec<usize> {
        let mut texts = self.named.get(name).cloned().unwrap_or_default();
        texts.sort_unstable();
        texts.dedup();
        texts
    }

    fn are_one(&self, a: usize, b: usize) -> bool {
        self.group[a] == self.group[b]
    }
}

/// The rank of each query's best duplicate, from 1; 0 where none was found.
fn ranks(
    collection: &Collection,
    items: &[Sketch],
    groups: &Groups,
    queries: &[usize],
    weights: Weights,
) -> Vec<usize> {
    let mut scratch = Scratch::default();
    let mut rank = |query: &usize| {
        let item = &items[*query];
        // A side that weighs nothing is not asked: what it finds would come in the order of slots.
        let asked = Query {
            vector: item.vector.as_deref().filter(|_| weights.vector > 0.0),
            terms: if weights.words > 0.0 { &item.terms } else { &[] },
        };
        let is_other = |slot: u32| slot as usize != *query;
        let found = collection.search(asked, items.len(), weights, is_other, &mut scratch);
        let found = found.unwrap_or_default();
        let place = found.iter().position(|it| groups.are_one(it.slot as usize, *query));
        place.map_or(0, |place| place + 1)
    };
    queries.iter().map(&mut rank).collect()
}

fn figures(ranks: &[usize]) -> Figures {
    let n = ranks.len();
    let within = |k: usize| {
        ranks.iter().filter(|rank| (1..=k).contains(*rank)).count() as f64 / n.max(1) as f64
    };
    let inverse = |rank: &usize| if *rank == 0 { 0.0 } else { 1.0 / *rank as f64 };
    let mrr = ranks.iter().map(inverse).sum::<f64>() / n.max(1) as f64;
    Figures { n, recall_1: within(1), recall_5: within(5), recall_10: within(10), mrr }
}

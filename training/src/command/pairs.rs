//! `switchyard-train pairs`: how well nearness tells pairs that are alike from pairs that are not.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde::Serialize;
use switchyard_datasets::read;
use switchyard_models::bundle::Bundle;
use switchyard_models::similar::Readings;

use crate::error::TrainError;
use crate::likeness::{Judged, Kind, Likeness};
use crate::metrics::{auroc, resampled, spearman};
use crate::sketches::{Near, Pair, nearness};

/// What to compare.
#[derive(Debug, Clone)]
pub struct Options {
    /// Rows of two texts and how alike they are.
    pub file: PathBuf,
    /// Pairs to learn from, judged the same way.
    pub train: Option<PathBuf>,
    /// How many threads learn; the result does not depend on it.
    pub n_threads: usize,
    /// The bundle whose vectors and readings are judged.
    pub bundle: PathBuf,
    /// The columns of both texts.
    pub text_fields: [String; 2],
    /// The column of the label: 0 or 1, or a score.
    pub label_field: String,
}

/// How well nearness agrees with the labels.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The file's name with its folder's.
    pub dataset: String,
    /// Pairs.
    pub n: usize,
    /// `auroc` of labels 0 and 1, `spearman` of scores.
    pub metric: &'static str,
    /// By words alone, by vectors alone, by the bundle's reading of both, and by what the pairs to
    /// learn from taught.
    pub ways: BTreeMap<&'static str, f64>,
    /// The 95 % interval of each, over 1,000 resamples of the pairs.
    pub ways_95: BTreeMap<&'static str, [f64; 2]>,
}

/// A way's pairs, each with what the way makes of it and its label.
type Scored = Vec<(f32, f32)>;

/// Compares every pair.
pub fn run(options: &Options) -> Result<Report, TrainError> {
    let pairs = load(&options.file, options)?;
    let bundle = Bundle::load(&options.bundle)?;
    let near = nearness(&bundle, &pairs, &[])?;
    let readings = bundle.manifest().retrieval.unwrap_or(Readings::UNLEARNT);
    let read = |it: &Near| {
        let reading = if it.is_chinese { &readings.zh } else { &readings.en };
        reading.margin(&it.found, it.category)
    };
    let scored = |score: &dyn Fn(&Near) -> f32| -> Scored {
        near.iter().map(|it| (score(it), it.label)).collect()
    };
    let mut ways = BTreeMap::from([
        ("words", scored(&|it| it.found.share.unwrap_or(0.0))),
        ("vectors", scored(&|it| it.found.cosine.unwrap_or(0.0))),
        ("both", scored(&read)),
    ]);
    if let Some(train) = &options.train {
        let margins = learnt(&load(train, options)?, &pairs, options.n_threads);
        let scored = margins.into_iter().zip(&pairs).map(|(it, pair)| (it, pair.label));
        ways.insert("learnt", scored.collect());
    }
    Ok(report(options, &ways))
}

fn report(options: &Options, ways: &BTreeMap<&'static str, Scored>) -> Report {
    let (metric, agreement) = agreement(&ways["words"]);
    let figures = ways.iter().map(|(way, scored)| (*way, agreement(scored)));
    let intervals = ways.iter().map(|(way, scored)| (*way, resampled(scored, agreement)));
    let dataset = options.file.iter().rev().take(2).collect::<Vec<_>>();
    let dataset = dataset.iter().rev().map(|it| it.to_string_lossy()).collect::<Vec<_>>().join("/");
    Report {
        dataset,
        n: ways["words"].len(),
        metric,
        ways: figures.collect(),
        ways_95: intervals.collect(),
    }
}

/// What pairs teach of others. Scores count as yes above the middle, and the more the farther off.
fn learnt(train: &[Pair], test: &[Pair], n_threads: usize) -> Vec<f32> {
    let (low, high) = train.iter().fold((f32::MAX, f32::MIN), |(low, high), pair| {
        (low.min(pair.label), high.max(pair.label))
    });
    let (middle, half) = (f32::midpoint(low, high), ((high - low) / 2.0).max(f32::MIN_POSITIVE));
    let mut groups = HashMap::new();
    let judged = |pair: &Pair| {
        let n_groups = groups.len();
        Judged {
            first: pair.query.clone(),
            second: pair.item.clone(),
            group: *groups.entry(pair.query.clone()).or_insert(n_groups),
            goes: pair.label > middle,
            weight: (pair.label - middle).abs() / half,
        }
    };
    let judged: Vec<Judged> = train.iter().map(judged).collect();
    let texts: Vec<(&str, &str)> = test.iter().map(|it| (&*it.query, &*it.item)).collect();
    Likeness::fit(Kind::Alike, &judged, n_threads).margins(&texts)
}

fn load(file: &Path, options: &Options) -> Result<Vec<Pair>, TrainError> {
    let [query, item] = &options.text_fields;
    let pair = |row: read::Row| {
        Ok(Pair {
            query: row.text(query)?.to_owned(),
            item: row.text(item)?.to_owned(),
            label: number(&row, &options.label_field)?,
        })
    };
    read::read_all(file)?.into_iter().map(pair).collect()
}

fn number(row: &read::Row, field: &str) -> Result<f32, TrainError> {
    let label = row.label(field)?;
    Ok(label.parse().map_err(|_| row.wrong(field, "a number", &label))?)
}

/// How scores agree with labels: a share of ordered pairs, or a correlation of ranks.
type Agreement = fn(&[(f32, f32)]) -> f64;

fn agreement(scored: &[(f32, f32)]) -> (&'static str, Agreement) {
    let is_binary = scored.iter().all(|(_, label)| [0_u8, 1].map(f32::from).contains(label));
    if is_binary { ("auroc", auroc_of) } else { ("spearman", spearman) }
}

fn auroc_of(scored: &[(f32, f32)]) -> f64 {
    let of = |wanted: bool| {
        let those = scored.iter().filter(|(_, label)| (*label > 0.5) == wanted);
        those.map(|(score, _)| *score).collect::<Vec<_>>()
    };
    auroc(&of(true), &of(false))
}

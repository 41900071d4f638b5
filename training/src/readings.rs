//! How nearness is read: the odds that what a search finds is about the same problem.
//!
//! Learnt on searches: the second text of a pair asks among the tickets of the corpus, the first
//! of them being about the same problem or only looking alike. Results of other categories are
//! about something else; whether one of the same category is, nobody said, and it is left out.
//! A ticket that is sent twice finds itself. Words and vectors are weighed so that the ticket about
//! the same problem comes as high as can be.
//!
//! - `searching`: the searches and what they find

mod searching;

use switchyard_datasets::read::{self, Row};
use switchyard_models::bundle::{Bundle, DataSource};
use switchyard_models::similar::{ArticleReading, Curve, Match, Reading, Readings};

use self::searching::{Asked, Index};
use crate::calibrate::{Outcome, rising};
use crate::error::TrainError;
use crate::examples::{Example, digest_of};
use crate::metrics::auroc;
use crate::recipe::{CalibrationSettings, RetrievalChoice};

/// Results of a search that are looked at.
const RESULTS: usize = 10;

/// What the cosine may weigh in the order of results, against 1 for the words' share.
pub(crate) const VECTOR_WEIGHTS: [f32; 8] = [0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0];

/// A result of a search for which it is known whether it is about the same problem.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// Pairs of one group share a text, and a fold.
    group: usize,
    found: Match,
    /// The probability that the query is of the item's category.
    category: f32,
    is_same: bool,
}

/// What was learnt, and how well it tells pairs it was not learnt on.
#[derive(Debug, Clone, PartialEq)]
pub struct Learnt {
    /// The readings.
    pub readings: Readings,
    /// Figures by name.
    pub figures: Vec<(String, f64)>,
    /// The pairs.
    pub source: DataSource,
}

/// Learns the readings of a bundle that is otherwise done.
pub fn learn(
    bundle: &Bundle,
    choice: &RetrievalChoice,
    settings: &CalibrationSettings,
    examples: &[Example],
) -> Result<Learnt, TrainError> {
    let (pairs, source) = load(choice)?;
    let index = Index::of(bundle, &pairs, examples)?;
    let mut figures = Vec::new();
    let mut reading = |name: &str, is_chinese: bool| {
        let own: Vec<Asked<'_>> = index.asked(&pairs, is_chinese);
        let vector_weight = index.best_weight(&own)?;
        let (seen, reciprocal_rank) = index.look(&own, vector_weight)?;
        let (reading, auroc) = fit(&seen, settings)?;
        figures.push((format!("same_problem.{name}.auroc"), auroc));
        figures.push((format!("same_problem.{name}.mrr"), reciprocal_rank));
        Ok::<_, TrainError>(Reading { vector_weight, ..reading })
    };
    let readings = Readings { zh: reading("zh", true)?, en: reading("en", false)? };
    Ok(Learnt { readings, figures, source })
}

/// A row of a file of pairs.
struct Labelled {
    group: String,
    category: String,
    first: String,
    second: String,
    is_same: bool,
}

/// The pairs as a bundle names them.
pub fn source_of(choice: &RetrievalChoice) -> Result<DataSource, TrainError> {
    Ok(load(choice)?.1)
}

fn load(choice: &RetrievalChoice) -> Result<(Vec<Labelled>, DataSource), TrainError> {
    let mut all = Vec::new();
    for path in &choice.pairs {
        all.extend(read::read_all(path)?.iter().map(labelled).collect::<Result<Vec<_>, _>>()?);
    }
    let (name, licence) = ("pairs of tickets".to_owned(), choice.licence.clone());
    let source = DataSource {
        name,
        licence,
        n_rows: all.len(),
        drawn_from: None,
        sha256: digest_of(choice.pairs.iter())?,
    };
    Ok((all, source))
}

fn labelled(row: &Row) -> Result<Labelled, TrainError> {
    let id = row.label("id")?;
    let label = row.label("label")?;
    Ok(Labelled {
        group: id.rsplit_once('.').map_or(id.as_str(), |(group, _)| group).to_owned(),
        category: row.label("category")?,
        first: row.text("a")?.to_owned(),
        second: row.text("b")?.to_owned(),
        is_same: match label.as_str() {
            "1" => true,
            "0" => false,
            other => return Err(row.wrong("label", "0 or 1", other).into()),
        },
    })
}

/// A reading of one language's results, and the AUROC on results left out of its fit.
fn fit(seen: &[Seen], settings: &CalibrationSettings) -> Result<(Reading, f64), TrainError> {
    let mut outcomes = Vec::new();
    for fold in 0..settings.folds {
        let is_held = |it: &&Seen| it.group % settings.folds == fold;
        let kept: Vec<Seen> = seen.iter().filter(|it| !is_held(it)).copied().collect();
        let reading = curves(&kept)?;
        for it in seen.iter().filter(is_held) {
            let confidence = reading.same_problem(&it.found, Some(it.category)).get();
            outcomes.push(Outcome { confidence, is_right: it.is_same });
        }
    }
    let of = |wanted: bool| {
        let those = outcomes.iter().filter(|it| it.is_right == wanted);
        those.map(|it| it.confidence).collect::<Vec<_>>()
    };
    Ok((curves(seen)?, auroc(&of(true), &of(false))))
}

fn curves(seen: &[Seen]) -> Result<Reading, TrainError> {
    let words = curve(seen, |_| 0.0)?;
    let has_vectors = seen.iter().any(|it| it.found.cosine.is_some());
    let both = if has_vectors { curve(seen, |it| it.found.cosine.unwrap_or(0.0))? } else { words };
    Ok(Reading { vector_weight: 0.0, both, words, article: ArticleReading::UNLEARNT })
}

/// The pairs that only look alike share more words than those about one problem, because they were
/// written so: hence a curve that never falls.
fn curve(seen: &[Seen], cosine: impl Fn(&Seen) -> f32) -> Result<Curve, TrainError> {
    let truth: Vec<bool> = seen.iter().map(|it| it.is_same).collect();
    let row = |it: &Seen| [cosine(it), it.found.share.unwrap_or(0.0), it.category];
    let ([cosine, share, category], bias) =
        rising(&seen.iter().map(row).collect::<Vec<_>>(), &truth)?;
    Ok(Curve { bias, cosine, share, category })
}

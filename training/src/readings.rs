//! How nearness is read: the odds that what a search finds is about the same problem.
//!
//! Learnt on pairs of tickets about one problem, on pairs that only look alike, and on what a
//! search finds among tickets of other categories: a tenant's search meets all three.

use switchyard_datasets::read::{self, ReadError, Row};
use switchyard_domain::assessment::Language;
use switchyard_models::bundle::{Bundle, DataSource, HeadName, sha256_hex};
use switchyard_models::similar::{
    Curve, Match, Query, Reading, Readings, Scratch, Sketch, Weights,
};

use crate::calibrate::{Outcome, logistic, threshold};
use crate::error::TrainError;
use crate::examples::Example;
use crate::metrics::auroc;
use crate::recipe::{CalibrationSettings, RetrievalChoice};
use crate::sketches::Sketcher;

/// Nearest tickets of other categories that each side adds for every ticket asked for.
const STRANGERS: usize = 2;

/// A pair as a search sees it.
#[derive(Debug, Clone, Copy)]
struct Seen {
    is_chinese: bool,
    /// Pairs of one group share a text, and a fold.
    group: usize,
    found: Match,
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
    let seen = look(bundle, &pairs, examples)?;
    let mut figures = Vec::new();
    let mut reading = |name: &str, is_chinese: bool| {
        let own: Vec<Seen> =
            seen.iter().filter(|it| it.is_chinese == is_chinese).copied().collect();
        let (reading, auroc) = fit(&own, settings)?;
        figures.push((format!("same_problem.{name}.auroc"), auroc));
        Ok::<_, TrainError>(reading)
    };
    let readings = Readings { zh: reading("zh", true)?, en: reading("en", false)? };
    Ok(Learnt { readings, figures, source })
}

/// A row of a file of pairs.
struct Labelled {
    group: String,
    category: String,
    query: String,
    item: String,
    is_same: bool,
}

fn load(choice: &RetrievalChoice) -> Result<(Vec<Labelled>, DataSource), TrainError> {
    let (mut all, mut bytes) = (Vec::new(), Vec::new());
    for path in &choice.pairs {
        all.extend(read::read_all(path)?.iter().map(labelled).collect::<Result<Vec<_>, _>>()?);
        let opened = |source| ReadError::Open { path: path.clone(), source };
        bytes.extend(std::fs::read(path).map_err(opened)?);
    }
    let (name, licence) = ("pairs of tickets".to_owned(), choice.licence.clone());
    let source = DataSource { name, licence, n_rows: all.len(), sha256: sha256_hex(&bytes) };
    Ok((all, source))
}

fn labelled(row: &Row) -> Result<Labelled, TrainError> {
    let id = row.label("id")?;
    let label = row.label("label")?;
    Ok(Labelled {
        group: id.rsplit_once('.').map_or(id.as_str(), |(group, _)| group).to_owned(),
        category: row.label("category")?,
        query: row.text("a")?.to_owned(),
        item: row.text("b")?.to_owned(),
        is_same: match label.as_str() {
            "1" => true,
            "0" => false,
            other => return Err(row.wrong("label", "0 or 1", other).into()),
        },
    })
}

/// Every pair, and the strangers that a search for its query finds.
fn look(
    bundle: &Bundle,
    pairs: &[Labelled],
    examples: &[Example],
) -> Result<Vec<Seen>, TrainError> {
    let mut maker = Sketcher::new(bundle);
    let items = pairs.iter().map(|pair| pair.item.as_str());
    let texts = items.chain(examples.iter().map(|example| example.text.as_str()));
    let sketches: Vec<Sketch> = texts.map(|text| maker.sketch("", text)).collect();
    let collection = maker.collection(&sketches)?;
    let (mut scratch, mut seen) = (Scratch::default(), Vec::new());
    let mut group = 0;
    for (slot, pair) in pairs.iter().enumerate() {
        group += usize::from(slot > 0 && pair.group != pairs[slot - 1].group);
        let query = maker.sketch("", &pair.query);
        let is_chinese = !matches!(query.language, Language::En | Language::Und);
        let mut search = |asked: Query<'_>, n, only: &dyn Fn(u32) -> bool| {
            let even = Weights { vector: 1.0, words: 1.0 };
            collection.search(asked, n, even, only, &mut scratch)
        };
        let it = |found, is_same| Seen { is_chinese, group, found, is_same };
        let itself = search(query.query(), 1, &|found| found as usize == slot)?;
        let nothing = Match { slot: slot as u32, score: 0.0, cosine: None, share: None };
        seen.push(it(itself.first().copied().unwrap_or(nothing), pair.is_same));
        if !pair.is_same {
            continue;
        }
        let is_stranger = |found: u32| {
            let example = (found as usize).checked_sub(pairs.len()).map(|at| &examples[at]);
            example.is_some_and(|example| !is_of(example, &pair.category))
        };
        let by_words = Query { vector: None, terms: &query.terms };
        let by_vector = Query { vector: query.vector.as_deref(), terms: &[] };
        for asked in [by_words, by_vector] {
            for found in search(asked, STRANGERS, &is_stranger)? {
                let only = |slot: u32| slot == found.slot;
                let whole = search(query.query(), 1, &only)?;
                seen.extend(whole.into_iter().map(|found| it(found, false)));
            }
        }
    }
    Ok(seen)
}

fn is_of(example: &Example, category: &str) -> bool {
    let labels = example.labels_of(HeadName::Category).unwrap_or_default();
    labels.iter().any(|label| label == category)
}

/// A reading of one language's pairs, and the AUROC on pairs left out of its fit.
fn fit(seen: &[Seen], settings: &CalibrationSettings) -> Result<(Reading, f64), TrainError> {
    let mut outcomes = Vec::new();
    for fold in 0..settings.folds {
        let is_held = |it: &&Seen| it.group % settings.folds == fold;
        let kept: Vec<Seen> = seen.iter().filter(|it| !is_held(it)).copied().collect();
        let reading = curves(&kept)?;
        outcomes.extend(seen.iter().filter(is_held).map(|it| Outcome {
            confidence: reading.same_problem(&it.found).get(),
            is_right: it.is_same,
        }));
    }
    let answer_from = threshold(&outcomes, settings.risk_answer, settings.confidence);
    let answer_from = (answer_from <= 1.0).then_some(answer_from);
    let of = |wanted: bool| {
        let those = outcomes.iter().filter(|it| it.is_right == wanted);
        those.map(|it| it.confidence).collect::<Vec<_>>()
    };
    Ok((Reading { answer_from, ..curves(seen)? }, auroc(&of(true), &of(false))))
}

/// The curves of some pairs; results are ordered as the odds are.
fn curves(seen: &[Seen]) -> Result<Reading, TrainError> {
    let truth: Vec<bool> = seen.iter().map(|it| it.is_same).collect();
    let share = |it: &Seen| it.found.share.unwrap_or(0.0);
    let words = logistic(&seen.iter().map(|it| [share(it)]).collect::<Vec<_>>(), &truth)?;
    let words = Curve { bias: words.1, cosine: 0.0, share: words.0[0].max(0.0) };
    if seen.iter().all(|it| it.found.cosine.is_none()) {
        return Ok(Reading { vector_weight: 0.0, both: words, words, answer_from: None });
    }
    let both = |it: &Seen| [it.found.cosine.unwrap_or(0.0), share(it)];
    let both = logistic(&seen.iter().map(both).collect::<Vec<_>>(), &truth)?;
    let both = Curve { bias: both.1, cosine: both.0[0].max(0.0), share: both.0[1].max(0.0) };
    let vector_weight = if both.share > 0.0 { both.cosine / both.share } else { 1.0 };
    Ok(Reading { vector_weight, both, words, answer_from: None })
}

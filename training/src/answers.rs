//! When the nearest article answers: learnt on questions of which it is known which article does, if any.
//!
//! Each question asks among all articles of its part, as a ticket asks among a desk's articles. The odds
//! that the first one is right come from how near it is and how far the next one is behind; from
//! which odds on it may go out by itself comes from the stated risk, on questions judged by odds
//! that were learnt without them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use switchyard_datasets::read;
use switchyard_models::bundle::{Bundle, DataSource, HeadName};
use switchyard_models::rank::best;
use switchyard_models::similar::{
    ArticleReading, Collection, Match, Readings, Scratch, Sketch, Weights,
};

use crate::calibrate::{Outcome, rising, threshold};
use crate::error::TrainError;
use crate::examples::digest_of;
use crate::metrics::{share, wilson};
use crate::readings::VECTOR_WEIGHTS;
use crate::recipe::{AnswersChoice, CalibrationSettings};
use crate::sketches::Sketcher;

/// Articles looked at: the nearest, and the next one behind it.
const RESULTS: usize = 2;

/// What was learnt of articles, and how well it does on questions left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Learnt {
    /// For questions in Chinese, alone or mixed.
    pub zh: ArticleReading,
    /// For all others.
    pub en: ArticleReading,
    /// Figures by name.
    pub figures: Vec<(String, f64)>,
    /// The articles and questions.
    pub source: DataSource,
}

/// How a bundle does on one language's questions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// Questions.
    pub n: usize,
    /// Those that an article answers.
    pub n_answerable: usize,
    /// The share of those whose article is the nearest one.
    pub first: f64,
    /// Its 95 % interval (Wilson).
    pub first_interval: [f64; 2],
    /// Articles that may go out by themselves, as far as nearness and a sure category tell.
    pub n_safe: usize,
    /// Those of them that do not answer.
    pub n_safe_wrong: usize,
    /// The 95 % interval (Wilson) of the share that does not answer.
    pub safe_wrong_interval: [f64; 2],
}

/// A question and what the search for it found.
struct Asked {
    sketch: Sketch,
    is_chinese: bool,
    /// Its category may be acted on.
    is_sure: bool,
    /// The slot of the article that answers; `None`: none does.
    answer: Option<u32>,
}

/// Articles that are searched, and questions about them.
struct Desk {
    articles: Collection,
    questions: Vec<Asked>,
}

/// A question, what it found, and whether the first of it answers.
struct Found {
    results: Vec<Match>,
    is_right: bool,
    is_sure: bool,
}

/// Learns on the rows of `train`.
pub fn learn(
    bundle: &Bundle,
    choice: &AnswersChoice,
    settings: &CalibrationSettings,
) -> Result<Learnt, TrainError> {
    let desk = Desk::of(bundle, choice, "train")?;
    let mut figures = Vec::new();
    let mut reading = |name: &str, is_chinese: bool| {
        let reading = fit(&desk, is_chinese, settings)?;
        let first = desk.figures(is_chinese, &reading)?.first;
        figures.push((format!("answers.{name}.first"), first));
        Ok::<_, TrainError>(reading)
    };
    let (zh, en) = (reading("zh", true)?, reading("en", false)?);
    Ok(Learnt { zh, en, figures, source: source_of(choice)? })
}

/// How a bundle does on the rows of a part, by language.
pub fn score(
    bundle: &Bundle,
    choice: &AnswersChoice,
    part: &str,
) -> Result<BTreeMap<&'static str, Figures>, TrainError> {
    let desk = Desk::of(bundle, choice, part)?;
    let readings = bundle.manifest().retrieval.unwrap_or(Readings::UNLEARNT);
    Ok(BTreeMap::from([
        ("zh", desk.figures(true, &readings.zh.article)?),
        ("en", desk.figures(false, &readings.en.article)?),
    ]))
}

/// The files as a bundle names them.
pub fn source_of(choice: &AnswersChoice) -> Result<DataSource, TrainError> {
    let files = choice.articles.iter().chain(&choice.questions);
    let n_rows = files.clone().map(|path| Ok(read::read_all(path)?.len()));
    let n_rows = n_rows.sum::<Result<usize, TrainError>>()?;
    let (name, licence) = ("articles and questions".to_owned(), choice.licence.clone());
    Ok(DataSource { name, licence, n_rows, drawn_from: None, sha256: digest_of(files)? })
}

impl Desk {
    fn of(bundle: &Bundle, choice: &AnswersChoice, part: &str) -> Result<Self, TrainError> {
        let mut maker = Sketcher::new(bundle);
        let (mut slots, mut sketches) = (BTreeMap::new(), Vec::new());
        for path in &choice.articles {
            for row in of_part(path, part)? {
                slots.insert(row.label("id")?, sketches.len() as u32);
                sketches.push(maker.sketch(row.text("title")?, row.text("body")?));
            }
        }
        let head = bundle.manifest().head(HeadName::Category);
        let mut questions = Vec::new();
        for path in &choice.questions {
            for row in of_part(path, part)? {
                let sketch = maker.sketch("", row.text("text")?);
                let p = maker.probabilities(HeadName::Category);
                let first = best::<1>(&p)[0];
                let is_sure = head.zip(first).is_some_and(|(head, at)| p[at] >= head.auto_of(at));
                let is_chinese = Readings::is_chinese(sketch.language);
                let answer = match row.text_if_any("article")? {
                    None | Some("") => None,
                    Some(id) => Some(*slots.get(id).ok_or_else(|| {
                        row.wrong("article", "the id of an article of the same part", id)
                    })?),
                };
                questions.push(Asked { sketch, is_chinese, is_sure, answer });
            }
        }
        if sketches.is_empty() || questions.is_empty() {
            let path = choice.articles.first().cloned().unwrap_or_default();
            return Err(TrainError::NoRows { path });
        }
        Ok(Self { articles: maker.collection(&sketches)?, questions })
    }

    /// What each question of a language finds.
    fn look(&self, is_chinese: bool, weights: Weights) -> Result<Vec<Found>, TrainError> {
        let mut scratch = Scratch::default();
        let asked = self.questions.iter().filter(|it| it.is_chinese == is_chinese);
        let found = asked.map(|it| {
            let query = it.sketch.query();
            let results = self.articles.search(query, RESULTS, weights, |_| true, &mut scratch)?;
            let first = results.first().map(|it| it.slot);
            let is_right = it.answer.is_some() && first == it.answer;
            Ok(Found { results, is_right, is_sure: it.is_sure })
        });
        found.collect()
    }

    fn figures(&self, is_chinese: bool, reading: &ArticleReading) -> Result<Figures, TrainError> {
        let found = self.look(is_chinese, reading.weights())?;
        let asked = self.questions.iter().filter(|it| it.is_chinese == is_chinese);
        let n_answerable = asked.filter(|it| it.answer.is_some()).count();
        let n_first = found.iter().filter(|it| it.is_right).count();
        let safe_from = reading.answer_from.unwrap_or(f32::INFINITY);
        let is_safe = |it: &&Found| it.is_sure && reading.answers(&it.results).get() >= safe_from;
        let safe: Vec<&Found> = found.iter().filter(is_safe).collect();
        let n_safe_wrong = safe.iter().filter(|it| !it.is_right).count();
        Ok(Figures {
            n: found.len(),
            n_answerable,
            first: share(n_first, n_answerable),
            first_interval: wilson(n_first, n_answerable),
            n_safe: safe.len(),
            n_safe_wrong,
            safe_wrong_interval: wilson(n_safe_wrong, safe.len()),
        })
    }
}

fn of_part(path: &Path, part: &str) -> Result<Vec<read::Row>, TrainError> {
    let mut rows = Vec::new();
    for row in read::open(path)? {
        let row = row?;
        if row.text("part")? == part {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// The weight that has most articles first, the odds at it, and where they keep the risk.
fn fit(
    desk: &Desk,
    is_chinese: bool,
    settings: &CalibrationSettings,
) -> Result<ArticleReading, TrainError> {
    let mut chosen: Option<(usize, f32, Vec<Found>)> = None;
    for vector in VECTOR_WEIGHTS {
        let found = desk.look(is_chinese, Weights { vector, words: 1.0 })?;
        let n_right = found.iter().filter(|it| it.is_right).count();
        if chosen.as_ref().is_none_or(|(most, _, _)| n_right > *most) {
            chosen = Some((n_right, vector, found));
        }
    }
    let Some((_, vector_weight, found)) = chosen else { return Ok(ArticleReading::UNLEARNT) };
    let reading = |kept: &[&Found]| -> Result<ArticleReading, TrainError> {
        let signs = |it: &&Found| {
            it.results
                .first()
                .map_or([0.0; 3], |first| ArticleReading::signs(first, it.results.get(1)))
        };
        let truth: Vec<bool> = kept.iter().map(|it| it.is_right).collect();
        let ([cosine, share, gap], bias) =
            rising(&kept.iter().map(signs).collect::<Vec<_>>(), &truth)?;
        Ok(ArticleReading { vector_weight, bias, cosine, share, gap, answer_from: None })
    };
    let mut outcomes = Vec::new();
    for fold in 0..settings.folds {
        let (held, kept): (Vec<_>, Vec<_>) =
            found.iter().enumerate().partition(|(at, _)| at % settings.folds == fold);
        let kept: Vec<&Found> = kept.into_iter().map(|(_, it)| it).collect();
        let reading = reading(&kept)?;
        let sure = held.into_iter().filter(|(_, it)| it.is_sure);
        outcomes.extend(sure.map(|(_, it)| Outcome {
            confidence: reading.answers(&it.results).get(),
            is_right: it.is_right,
        }));
    }
    let answer_from = threshold(&outcomes, settings.risk_answer, settings.confidence);
    let answer_from = (answer_from <= 1.0).then_some(answer_from);
    Ok(ArticleReading { answer_from, ..reading(&found.iter().collect::<Vec<_>>())? })
}

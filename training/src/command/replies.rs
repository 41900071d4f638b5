//! `switchyard-train replies`: how high a right reply comes among those to one question.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;
use switchyard_datasets::read::{self, Row};
use switchyard_datasets::record::Value;
use switchyard_models::bundle::Bundle;

use crate::error::TrainError;
use crate::likeness::{Judged, Kind, Likeness};
use crate::metrics::{first_ranks, mrr, share};
use crate::sketches::{Near, Pair, nearness};

/// What to rank.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder with `train` and `test`, as JSONL.
    pub folder: PathBuf,
    /// The bundle whose vectors are judged.
    pub bundle: PathBuf,
    /// How many threads learn; the result does not depend on it.
    pub n_threads: usize,
}

/// How high right replies came.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The folder's name.
    pub dataset: String,
    /// Questions with a right reply and a wrong one.
    pub n: usize,
    /// Replies of all questions.
    pub n_replies: usize,
    /// By words alone, by vectors alone, and by what the questions of `train` taught.
    pub ways: BTreeMap<&'static str, Figures>,
}

/// How high the best right reply to each question came.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figures {
    /// The share of questions where it came first.
    pub recall_1: f64,
    /// The mean of one over its rank.
    pub mrr: f64,
}

/// Learns from `train`, and ranks the replies of `test`.
pub fn run(options: &Options) -> Result<Report, TrainError> {
    let (train, test) =
        (load(&options.folder, "train.jsonl")?, load(&options.folder, "test.jsonl")?);
    let near = nearness(&Bundle::load(&options.bundle)?, &pairs_of(&test), &[])?;
    let by = |score: &dyn Fn(&Near) -> f32| ranks(&test, near.iter().map(score));
    let texts: Vec<(&str, &str)> = test.iter().map(|it| (&*it.first, &*it.second)).collect();
    let learnt = Likeness::fit(Kind::Reply, &train, options.n_threads).margins(&texts);
    let ways = [
        ("words", by(&|it| it.found.share.unwrap_or(0.0))),
        ("vectors", by(&|it| it.found.cosine.unwrap_or(0.0))),
        ("learnt", ranks(&test, learnt.into_iter())),
    ];
    Ok(Report {
        dataset: options.folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        n: ways[0].1.len(),
        n_replies: test.len(),
        ways: ways.map(|(way, ranks)| (way, figures(&ranks))).into(),
    })
}

fn ranks(replies: &[Judged], scores: impl Iterator<Item = f32>) -> Vec<usize> {
    first_ranks(replies.iter().zip(scores).map(|(it, score)| (it.group, score, it.goes)))
}

fn figures(ranks: &[usize]) -> Figures {
    let n_first = ranks.iter().filter(|rank| **rank == 1).count();
    Figures { recall_1: share(n_first, ranks.len()), mrr: mrr(ranks) }
}

fn pairs_of(replies: &[Judged]) -> Vec<Pair> {
    let pair = |it: &Judged| {
        let (query, item) = (it.first.clone(), it.second.clone());
        Pair { query, item, label: f32::from(u8::from(it.goes)) }
    };
    replies.iter().map(pair).collect()
}

/// Rows of a question and its replies, each with a text and a label of 0 or 1.
fn load(folder: &Path, name: &str) -> Result<Vec<Judged>, TrainError> {
    let mut all = Vec::new();
    for (group, row) in read::read_all(&folder.join(name))?.iter().enumerate() {
        let first = row.text("query")?;
        for reply in replies(row)? {
            let second = reply.text("text")?.to_owned();
            let goes = match reply.label("label")?.as_str() {
                "0" => false,
                "1" => true,
                got => return Err(reply.wrong("label", "0 or 1", got).into()),
            };
            all.push(Judged { first: first.to_owned(), second, group, goes, weight: 1.0 });
        }
    }
    Ok(all)
}

/// The replies of a row, as rows of their own.
fn replies(row: &Row) -> Result<Vec<Row>, TrainError> {
    let wrong = |got: &str| row.wrong("replies", "a list of objects", got);
    let list = match row.record.get("replies") {
        Some(Value::List(list)) => list,
        Some(other) => return Err(wrong(other.kind()).into()),
        None => return Err(wrong("nothing").into()),
    };
    let one = |value: &Value| match value {
        Value::Map(record) => Ok(Row { place: row.place.clone(), record: record.clone() }),
        other => Err(wrong(other.kind()).into()),
    };
    list.iter().map(one).collect()
}

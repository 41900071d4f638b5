//! The vector indexes.

use std::time::Instant;

use serde_json::json;
use switchyard_models::similar::{Code, Flat, Graph, GraphSettings, Hit, Kernel, Refusal, Walk};

use crate::Outcome;
use crate::vectors::{DIMENSION, K, Vectors};

/// How wide the graph's walks are.
const WIDTHS: [usize; 8] = [16, 24, 32, 48, 64, 96, 128, 192];

/// Passes over the queries; the fastest counts, for others use the machine.
pub(crate) const PASSES: usize = 3;

pub(crate) fn kernels(vectors: &Vectors) -> Outcome {
    Kernel::all().into_iter().try_for_each(|kernel| flat(vectors, kernel))
}

pub(crate) fn flat(vectors: &Vectors, kernel: Kernel) -> Outcome {
    let mut flat = Flat::with_kernel(DIMENSION, kernel)?;
    let start = Instant::now();
    for (slot, item) in (0..).zip(&vectors.items) {
        flat.upsert(slot, &Code::of(item)?)?;
    }
    let build_s = start.elapsed().as_secs_f64();
    let timed = timed(vectors, |query| flat.search(query, K, |_| true))?;
    let few = timed_filter(vectors, &flat)?;
    println!(
        "{}",
        json!({
            "what": "flat", "kernel": kernel.name(), "n": flat.len(), "k": K,
            "build_s": round(build_s), "us_mean": round(timed.us_mean),
            "us_median": round(timed.us_median), "recall": timed.recall,
            "us_mean_filter_1_of_100": round(few), "bytes_per_item": flat.bytes() / flat.len(),
        })
    );
    Ok(())
}

pub(crate) fn graph(vectors: &Vectors) -> Outcome {
    let start = Instant::now();
    let graph = grown(vectors)?;
    let build_s = start.elapsed().as_secs_f64();
    walked("graph", vectors, &graph, &json!({ "build_s": round(build_s) }))
}

/// Every slot gets another item than it had: as many are taken away as there are.
pub(crate) fn churn(vectors: &Vectors) -> Outcome {
    let n = vectors.items.len() as u32;
    let mut graph = Graph::new(DIMENSION, GraphSettings::default())?;
    let mut walk = Walk::default();
    for slot in 0..n {
        let other = (slot + n / 2) % n;
        graph.upsert(slot, &Code::of(&vectors.items[other as usize])?, &mut walk)?;
    }
    let start = Instant::now();
    for (slot, item) in (0..).zip(&vectors.items) {
        graph.upsert(slot, &Code::of(item)?, &mut walk)?;
    }
    let us_replace = start.elapsed().as_secs_f64() * 1e6 / f64::from(n);
    let facts = json!({ "us_replace": round(us_replace), "wants_rebuild": graph.needs_rebuild() });
    walked("churn", vectors, &graph, &facts)?;
    walked("rebuilt", vectors, &graph.plan().build(GraphSettings::default()), &json!({}))
}

fn grown(vectors: &Vectors) -> Result<Graph, Refusal> {
    let (mut graph, mut walk) = (Graph::new(DIMENSION, GraphSettings::default())?, Walk::default());
    for (slot, item) in (0..).zip(&vectors.items) {
        graph.upsert(slot, &Code::of(item)?, &mut walk)?;
    }
    Ok(graph)
}

fn walked(what: &str, vectors: &Vectors, graph: &Graph, facts: &serde_json::Value) -> Outcome {
    let mut walk = Walk::default();
    let unreached = graph.unreached().len();
    for ef in WIDTHS {
        let timed = timed(vectors, |query| graph.search(query, (K, ef), |_| true, &mut walk))?;
        println!(
            "{}",
            json!({
                "what": what, "n": graph.len(), "k": K, "ef": ef,
                "us_mean": round(timed.us_mean), "us_median": round(timed.us_median),
                "recall": timed.recall, "unreached": unreached,
                "bytes_per_item": graph.bytes() / graph.len(), "facts": facts,
            })
        );
    }
    Ok(())
}

fn timed_filter(vectors: &Vectors, flat: &Flat) -> Result<f64, Refusal> {
    let few = |query: &Code| flat.search(query, K, |slot| slot % 100 == 0);
    Ok(timed(vectors, few)?.us_mean)
}

pub(crate) struct Timed {
    pub(crate) us_mean: f64,
    pub(crate) us_median: f64,
    pub(crate) recall: f64,
}

/// Each query's fastest of several passes; making a code of the query is part of the time.
pub(crate) fn timed(
    vectors: &Vectors,
    mut search: impl FnMut(&Code) -> Result<Vec<Hit>, Refusal>,
) -> Result<Timed, Refusal> {
    let mut us = vec![f64::INFINITY; vectors.queries.len()];
    let mut found = Vec::new();
    for _ in 0..PASSES {
        found.clear();
        for (query, us) in vectors.queries.iter().zip(&mut us) {
            let start = Instant::now();
            let hits = search(&Code::of(query)?)?;
            *us = us.min(start.elapsed().as_secs_f64() * 1e6);
            found.push(hits.iter().map(|hit| hit.slot).collect());
        }
    }
    us.sort_by(f64::total_cmp);
    let us_mean = us.iter().sum::<f64>() / us.len() as f64;
    Ok(Timed { us_mean, us_median: us[us.len() / 2], recall: vectors.recall(&found) })
}

pub(crate) fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

//! Measures the indexes of `similar`: a JSON line for each measurement, on one thread.
//!
//! `cargo run --release -p switchyard-models --example similar -- flat,words 100000`
//!
//! The first argument tells what to measure (`flat`, `kernels`, `graph`, `churn`, `words`, with commas
//! between), the second how many items; a third one is a file for the vectors, which
//! `benches/peers/ann.py` measures its libraries on.

mod dense;
mod seeded;
mod sparse;
mod vectors;

use switchyard_models::similar::Kernel;
use vectors::Vectors;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (what, n) = match arguments.as_slice() {
        [what, n, ..] => (what, n.parse()?),
        _ => return Err("expected what to measure and a number of items".into()),
    };
    let has = |name: &str| what.split(',').any(|word| word == name);
    if has("words") {
        sparse::measure(n)?;
    }
    if has("flat") || has("kernels") || has("graph") || has("churn") || arguments.len() > 2 {
        let vectors = Vectors::clustered(n);
        arguments.get(2).map_or(Ok(()), |path| vectors.write(path.as_ref()))?;
        measure(&vectors, has)?;
    }
    Ok(())
}

fn measure(vectors: &Vectors, has: impl Fn(&str) -> bool) -> Outcome {
    if has("flat") {
        dense::flat(vectors, Kernel::detect())?;
    }
    if has("kernels") {
        dense::kernels(vectors)?;
    }
    if has("graph") {
        dense::graph(vectors)?;
    }
    if has("churn") {
        dense::churn(vectors)?;
    }
    Ok(())
}

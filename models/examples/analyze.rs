//! Assesses one text and tells what each step took.
//!
//! `cargo run --release -p switchyard-models --example analyze -- models/bundles/default "where is my parcel"`

use std::path::Path;

use switchyard_models::bundle::Bundle;
use switchyard_models::text::{Known, TicketText};
use switchyard_models::understand::{Analysis, Understanding};

/// Times the text is read, so that the median means something.
const RUNS: usize = 2_001;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [bundle, text] = arguments.as_slice() else {
        return Err("expected a bundle's folder and a text".into());
    };
    let understanding = Understanding::new(&Bundle::load(Path::new(bundle))?)?;
    let ticket = TicketText::new("", text);
    let mut runs: Vec<Analysis> =
        (0..RUNS).map(|_| understanding.analyze(&ticket, &Known::default())).collect();
    runs.sort_by_key(total_ns);
    println!("{:#?}", runs[RUNS / 2]);
    println!("median {} ns", total_ns(&runs[RUNS / 2]));
    Ok(())
}

fn total_ns(run: &Analysis) -> u64 {
    run.timings.clean_ns + run.timings.features_ns + run.timings.heads_ns
}

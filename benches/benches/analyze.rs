//! How long does understanding a text take, on one core?
//!
//! Clean, features and all heads of the default bundle, as the service calls
//! them. Two kinds of ids:
//!
//! - `analyze/en/tokens=30` goes round one to three texts of that length. The
//!   caches and branch predictors know them: this is the work itself, and how it
//!   grows with the text.
//! - `analyze/en/corpus` goes round all rows of the corpus with 25 to 35 tokens,
//!   another text each time. What the text touches of the model's tables was last
//!   touched dozens of texts ago, and no branch is known: this is what a ticket
//!   costs a service that reads a different one each time, the figure to plan with.
//!   The tables as a whole stay in the machine's memory and outer cache.
//!
//! `analyze/all/throughput` judges 100,000 texts on every core at once.

use std::path::Path;
use std::time::{Duration, Instant};

use switchyard::app::Understander;
use switchyard::app::understanding::ModelChoice;
use switchyard_benches::harness::Harness;
use switchyard_benches::latency::Latency;
use switchyard_benches::tokens::n_tokens;
use switchyard_datasets::corpus;
use switchyard_models::text::{Known, TicketText};
use switchyard_models::understand::{Analysis, Depth};

/// Texts by language and length, parted by lines of `---`.
const TEXTS: [(&str, usize, &str); 8] = [
    ("en", 10, include_str!("texts/en-10.txt")),
    ("en", 30, include_str!("texts/en-30.txt")),
    ("en", 120, include_str!("texts/en-120.txt")),
    ("en", 500, include_str!("texts/en-500.txt")),
    ("zh", 10, include_str!("texts/zh-10.txt")),
    ("zh", 30, include_str!("texts/zh-30.txt")),
    ("zh", 120, include_str!("texts/zh-120.txt")),
    ("zh", 500, include_str!("texts/zh-500.txt")),
];

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../datasets/corpus");

fn main() {
    let harness = Harness::from_args();
    let model = Understander::load(&ModelChoice::Embedded).expect("a sound bundle");
    for (language, tokens, file) in TEXTS {
        let texts: Vec<&str> = file.split("\n---\n").map(str::trim).collect();
        for text in &texts {
            assert!(n_tokens(text).abs_diff(tokens) * 10 <= tokens, "{} tokens", n_tokens(text));
        }
        measure(&harness, &model, &format!("analyze/{language}/tokens={tokens}"), &texts);
    }
    for language in ["en", "zh"] {
        let bodies = bodies_of_corpus(language);
        let texts: Vec<&str> = bodies.iter().map(String::as_str).collect();
        measure(&harness, &model, &format!("analyze/{language}/corpus"), &texts);
    }
    if harness.wants("analyze/all/throughput") {
        throughput(&model);
    }
}

/// A hundred thousand texts, the corpus in both languages over and over, on every core.
fn throughput(model: &Understander) {
    const N_TEXTS: usize = 100_000;
    let entries = corpus::load(Path::new(CORPUS)).expect("the corpus is checked by its own test");
    let bodies: Vec<String> = entries.into_iter().map(|entry| entry.ticket.body).collect();
    let n_threads = std::thread::available_parallelism().map_or(1, usize::from);
    let started = Instant::now();
    let n_judged: usize = std::thread::scope(|scope| {
        let share = |thread: usize| {
            let turns = (thread..N_TEXTS).step_by(n_threads);
            let judge = |turn: usize| {
                let text = TicketText::new("", &bodies[turn % bodies.len()]);
                model
                    .analyze(&text, &Known::default(), None, Depth::Assessment)
                    .assessment
                    .category
                    .value
            };
            turns.map(judge).filter(|category| !category.as_str().is_empty()).count()
        };
        let threads: Vec<_> =
            (0..n_threads).map(|thread| scope.spawn(move || share(thread))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).sum()
    });
    assert_eq!(n_judged, N_TEXTS, "every text has a category");
    let seconds = started.elapsed().as_secs_f64();
    let rate = N_TEXTS as f64 / seconds;
    println!(
        "analyze/all/throughput  {rate:.0} texts a second on {n_threads} threads, {seconds:.2} s"
    );
}

/// Times one text after the other; each answer must equal the first of its text.
fn measure(harness: &Harness, model: &Understander, id: &str, texts: &[&str]) {
    let analyze = |text: &str| {
        model.analyze(&TicketText::new("", text), &Known::default(), None, Depth::Assessment)
    };
    let first: Vec<_> = texts.iter().map(|text| analyze(text).assessment).collect();
    let mut steps = <[Latency; 3]>::default();
    let mut turns = (0..texts.len()).cycle();
    let work = || {
        let turn = turns.next().expect("a cycle has no end");
        (turn, analyze(texts[turn]))
    };
    let check = |(turn, analysis): &(usize, Analysis)| {
        assert!(!analysis.assessment.category.value.as_str().is_empty(), "{id}: no category");
        assert_eq!(analysis.assessment, first[*turn], "{id}: {}", texts[*turn]);
        note(&mut steps, analysis);
    };
    if harness.run(id, work, check) {
        let [clean, features, heads] = steps.map(|step| step.quantile_us(0.5));
        let n = texts.len();
        println!("    texts {n}, clean {clean:.2}, features {features:.2}, heads {heads:.2}");
    }
}

fn note(steps: &mut [Latency; 3], analysis: &Analysis) {
    let took = &analysis.timings;
    for (step, nanos) in steps.iter_mut().zip([took.clean_ns, took.features_ns, took.heads_ns]) {
        step.record(Duration::from_nanos(nanos));
    }
}

fn bodies_of_corpus(language: &str) -> Vec<String> {
    let entries = corpus::load(Path::new(CORPUS)).expect("the corpus is checked by its own test");
    let suffix = format!(".{language}.jsonl");
    let wanted = entries.into_iter().filter(|entry| entry.row.place.file.ends_with(&suffix));
    let bodies = wanted.map(|entry| entry.ticket.body);
    bodies.filter(|body| (25..=35).contains(&n_tokens(body))).collect()
}

//! A recipe gives a bundle: the same one every time, and one that serving reads.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use switchyard_domain::assessment::Mode;
use switchyard_models::bundle::{Bundle, FILES, HeadName, sha256_hex};
use switchyard_models::text::{Known, TicketText};
use switchyard_models::understand::Understanding;
use switchyard_training::command::score;
use switchyard_training::fit::{BundleFiles, fit_recipe};
use switchyard_training::package;
use switchyard_training::recipe::Recipe;

fn recipe() -> Recipe {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("recipes/tiny.toml");
    Recipe::load(&path).expect("a sound recipe")
}

fn tiny() -> &'static BundleFiles {
    static FILES: OnceLock<BundleFiles> = OnceLock::new();
    FILES.get_or_init(|| fit_recipe(&recipe(), 2).expect("a fit"))
}

fn bundle() -> Bundle {
    let files = tiny().each_ref().map(|(name, bytes)| (*name, bytes.as_slice()));
    Bundle::from_files(&files).expect("a sound bundle")
}

/// Names with digests: a file that differs is told by its name, not by megabytes.
fn digests(files: &BundleFiles) -> Vec<(&'static str, String)> {
    files.iter().map(|(name, bytes)| (*name, sha256_hex(bytes))).collect()
}

#[test]
fn a_second_fit_makes_every_file_again_for_any_number_of_threads() {
    let (first, second) = (tiny(), fit_recipe(&recipe(), 1).expect("a fit"));
    assert_eq!(first.each_ref().map(|(name, _)| *name), FILES);
    assert_eq!(digests(first), digests(&second));
}

#[test]
fn another_seed_makes_another_bundle() {
    let mut other = recipe();
    other.seed += 1;
    assert!(*tiny() != fit_recipe(&other, 2).expect("a fit"));
}

#[test]
fn serving_reads_what_training_wrote() {
    let bundle = bundle();
    let manifest = bundle.manifest();
    assert_eq!(manifest.heads.iter().map(|head| head.name).collect::<Vec<_>>(), HeadName::ALL[..4]);
    assert_eq!(
        (manifest.head(HeadName::Category).map(|head| head.labels.len()), manifest.data.len()),
        (Some(28), 1)
    );
    let understanding = Understanding::new(&bundle).expect("known labels");
    let ticket = TicketText::new("", "我要退款，什么时候到账？");
    let judged = understanding.analyze(&ticket, &Known::default()).assessment.category;
    assert_eq!(judged.alternatives.len(), 2);
    assert!(matches!(judged.mode, Mode::Auto | Mode::Suggest | Mode::Abstain(_)));
}

#[test]
fn the_manifest_names_its_data_and_figures() {
    let bundle = bundle();
    let manifest = bundle.manifest();
    assert_eq!(
        (manifest.data[0].licence.as_str(), manifest.data[0].sha256.len()),
        ("Apache-2.0", 64)
    );
    assert!(manifest.metrics["category.accuracy"] > 0.1, "{:?}", manifest.metrics);
}

#[test]
fn a_bundle_of_the_default_size_loads_in_a_fifth_of_a_second() {
    let folder = tempfile::tempdir().expect("a folder");
    let target: PathBuf = folder.path().join("tiny");
    package::write(&target, tiny()).expect("a write");
    let start = Instant::now();
    Bundle::load(&target).expect("a sound bundle");
    assert!(start.elapsed() < Duration::from_millis(200), "{:?}", start.elapsed());
}

#[test]
fn scores_count_every_row_and_every_group() {
    let folder = tempfile::tempdir().expect("a folder");
    package::write(&folder.path().join("tiny"), tiny()).expect("a write");
    let gold = folder.path().join("gold.jsonl");
    let rows = r#"{"id":"1","body":"我要退款","language":"zh-Hans","category":"returns.refund","sentiment":"neutral","urgency":"normal","signals":[]}
{"id":"2","subject":"hi","body":"My parcel is late","language":"en","category":"other","also":["logistics.delay_or_lost"],"sentiment":"negative","urgency":"normal","signals":["churn_threat"]}
"#;
    fs::write(&gold, rows).expect("a write");
    let report = score::run(&folder.path().join("tiny"), &gold).expect("a report");
    assert_eq!(report.groups.keys().collect::<Vec<_>>(), ["all", "en", "zh"]);
    assert_eq!((report.groups["all"].n, report.groups["all"].signals.n), (2, 1));
    assert!((report.groups["all"].language - 1.0).abs() < 1e-9);
    for group in report.groups.values() {
        for auto in [&group.category.auto, &group.sentiment.auto, &group.urgency.auto] {
            assert_eq!(auto.auto_accuracy.is_some(), auto.auto_coverage > 0.0, "{auto:?}");
        }
    }
}

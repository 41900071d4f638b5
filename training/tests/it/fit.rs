//! A recipe gives a bundle: the same one every time, and one that serving reads.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
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

/// A recipe of few rows, with what the tests add to it.
fn small_recipe(folder: &Path, more: &str) -> std::path::PathBuf {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../datasets/corpus");
    let text = format!(
        "schema = 1\nname = \"small\"\nseed = 1\nfallback = \"other\"\n\
         heads = [\"category\", \"urgency\"]\n{more}\n[head.urgency]\njoint = true\n\
         [calibration]\nfolds = 2\n\
         [[data]]\nname = \"corpus\"\nlicence = \"Apache-2.0\"\npath = {:?}\nrows_max = 600\n",
        corpus.display().to_string()
    );
    let path = folder.join("small.toml");
    fs::write(&path, text).expect("a write");
    path
}

#[test]
fn a_card_tells_test_figures_and_ends_with_the_notes() {
    let folder = tempfile::tempdir().expect("a folder");
    let gold = folder.path().join("gold.jsonl");
    let row = r#"{"id":"1","body":"我要退款","language":"zh-Hans","category":"returns.refund"}"#;
    fs::write(&gold, row).expect("a write");
    fs::write(folder.path().join("notes.md"), "## On other sets\n\nnothing\n").expect("a write");
    let path = small_recipe(folder.path(), "notes = \"notes.md\"");
    let tested = "[[test]]\nname = \"gold\"\npath = \"gold.jsonl\"\n";
    let text = fs::read_to_string(&path).expect("a recipe") + tested;
    fs::write(&path, text).expect("a write");
    let files = fit_recipe(&Recipe::load(&path).expect("a recipe"), 1).expect("a fit");
    let card = String::from_utf8(files[2].1.clone()).expect("a card");
    assert!(card.contains("## Test figures: gold") && card.contains("| zh | 1 |"), "{card}");
    assert!(card.ends_with("## On other sets\n\nnothing\n"), "{card}");
}

#[test]
fn notes_and_test_files_that_are_not_there_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = |path: &Path| {
        let recipe = Recipe::load(path).expect("a recipe");
        fit_recipe(&recipe, 1).expect_err("a file is missing").to_string()
    };
    let path = small_recipe(folder.path(), "notes = \"nowhere.md\"");
    assert!(error(&path).contains("nowhere.md"));
    let path = small_recipe(folder.path(), "");
    let tested = "[[test]]\nname = \"gold\"\npath = \"nowhere.jsonl\"\n";
    let text = fs::read_to_string(&path).expect("a recipe") + tested;
    fs::write(&path, text).expect("a write");
    assert!(error(&path).contains("nowhere.jsonl"));
}

#[test]
fn pairs_under_another_licence_are_refused_where_only_permissive_ones_are_wanted() {
    let folder = tempfile::tempdir().expect("a folder");
    let more = "permissive_only = true\n[retrieval]\npairs = []\nlicence = \"CC-BY-NC-4.0\"";
    let recipe = Recipe::load(&small_recipe(folder.path(), more)).expect("a recipe");
    let error = fit_recipe(&recipe, 1).expect_err("not permissive").to_string();
    assert!(error.contains("pairs of tickets (CC-BY-NC-4.0)"), "{error}");
}

/// Interrupts at any moment, also while the bundle is replaced.
#[test]
fn an_interrupted_fit_leaves_a_whole_bundle() {
    let folder = tempfile::tempdir().expect("a folder");
    let (recipe, out) = (small_recipe(folder.path(), ""), folder.path().join("small"));
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_switchyard-train"));
        command.arg("fit").arg(&recipe).arg("--out").arg(&out);
        command.stderr(Stdio::null()).spawn().expect("it runs")
    };
    let begun = Instant::now();
    assert!(start().wait().expect("it ends").success());
    let whole = begun.elapsed();
    let version = || Bundle::load(&out).expect("a whole bundle").version().to_owned();
    let expected = version();
    let mut n_interrupted = 0;
    // No fit ends as soon as the first; the others are for the moments at the end, if they hit them.
    let delays = [1, 5, 8, 9, 10].map(|tenths| whole * tenths / 10);
    for delay in [Duration::from_millis(20)].into_iter().chain(delays) {
        let mut child = start();
        std::thread::sleep(delay);
        let sent = Command::new("kill").arg("-INT").arg(child.id().to_string()).status();
        // One that has ended already cannot be sent anything.
        sent.expect("kill runs");
        n_interrupted += usize::from(!child.wait().expect("it ends").success());
        assert_eq!(version(), expected);
    }
    assert!(n_interrupted > 0);
    assert!(start().wait().expect("it ends").success());
    let left = fs::read_dir(folder.path()).expect("a folder").flatten();
    let hidden = left.filter(|it| it.file_name().to_string_lossy().starts_with('.'));
    assert_eq!(hidden.count(), 0);
}

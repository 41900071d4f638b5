//! `switchyard-train`: fit, benchmark and score models of tickets.
//!
//! - `arguments`: the command line as it is typed
//! - here: what each command runs
//! - `printed`: reports for people and for programs

mod arguments;
mod printed;

use std::path::Path;
use std::process::ExitCode;

use clap::Parser as _;
use switchyard_models::similar::Weights;
use switchyard_training::command::{
    answers, benchmark, encoder, few, fit, inspect, package, pairs, predict, replies, retrieval,
    score, tune,
};
use switchyard_training::error::TrainError;
use switchyard_training::table::file::Table;

use self::arguments::{Arguments, Command, DEFAULT_BUNDLE, EncoderCommand};
use self::printed::print;

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
        Command::Benchmark(args) => {
            let table = table_of(args.table.as_deref())?;
            let (options, json) = args.options(table, threads);
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
        Command::Pairs { file, train, bundle, text_fields, label_field, json } => {
            let (text_fields, n_threads) = (two_fields(text_fields)?, threads);
            let options =
                pairs::Options { file, train, n_threads, bundle, text_fields, label_field };
            print(&pairs::run(&options)?, json);
            Ok(())
        }
        Command::Replies { dir, bundle, json } => {
            let options = replies::Options { folder: dir, bundle, n_threads: threads };
            print(&replies::run(&options)?, json);
            Ok(())
        }
        Command::Package { bundle, out, permissive, json } => {
            print(&package::run(&bundle, out, permissive)?, json);
            Ok(())
        }
        Command::Tune(args) => {
            let (options, json) = args.options(threads);
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
        Command::Few(args) => {
            let (options, json) = args.options();
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

//! The commands.
//!
//! - `serve`: gRPC on a durable store
//! - `triage`, `demo`: what it does with tickets, without a server of one's own
//! - `roster`: the agents of a table put on the roster of a server that runs elsewhere
//! - `knowledge`: solved tickets and articles of a file put on such a server
//! - `config`, `errors`: the effective configuration, and what errors mean
//! - `export`: decisions, events and outcomes as JSONL and CSV
//! - `backup`, `restore`: a whole copy of a store, and back
//! - `doctor`: whether a server would start and serve well
//!
//! Exit codes: 0 done, 1 a check of `doctor` failed, 2 not possible; then standard error says why.

mod backup;
mod config;
mod demo;
mod doctor;
mod errors;
mod export;
mod help;
mod knowledge;
mod nearest;
mod out;
mod progress;
pub mod readable;
mod restore;
mod roster;
mod roster_file;
mod serve;
mod settings;
mod size;
mod table;
mod triage;
mod verified;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::lang::Lang;

/// AI-assisted triage and assignment of support tickets.
#[derive(Debug, Parser)]
#[command(
    name = "switchyard",
    version,
    about,
    long_about = "\
AI-assisted triage and assignment of support tickets, in Chinese and English.

Reads a ticket, says what it is about, how the customer feels and how urgent it is, \
and gives it to the best agent who is there, able and free.",
    after_help = help::TOP
)]
struct Cli {
    /// Language of what is printed; by default the locale's (`LC_ALL`, `LC_MESSAGES`, `LANG`).
    #[arg(long, global = true, value_name = "LANG", value_parser = ["zh", "en"])]
    lang: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve gRPC on a durable store.
    ///
    /// Without options it listens on 127.0.0.1:50051, keeps its state in switchyard.sqlite
    /// and judges with the model in the binary; `switchyard config` prints all settings.
    #[command(after_long_help = help::SERVE)]
    Serve(serve::ServeArgs),
    /// Triage tickets in this process, without a server or a store.
    ///
    /// Prints a few lines a ticket for people, or with --json one object a line for programs.
    /// With a roster each ticket is given to an agent or queued, in the order of the input.
    #[command(after_long_help = help::TRIAGE)]
    Triage(triage::TriageArgs),
    /// Put agents, teams and shifts on a server's roster.
    #[command(after_long_help = help::ROSTER)]
    Roster(roster::RosterArgs),
    /// Put solved tickets and articles on a server.
    #[command(after_long_help = help::KNOWLEDGE)]
    Knowledge(knowledge::KnowledgeArgs),
    /// Triage 20 tickets for a demo team through a real server, and explain one decision.
    #[command(after_long_help = help::DEMO)]
    Demo,
    /// Print the effective configuration.
    ///
    /// What is printed is a file that gives the same configuration.
    #[command(after_long_help = help::CONFIG)]
    Config(config::ConfigArgs),
    /// Print what the server's errors mean and what to do, or what one of them does.
    ///
    /// Each error carries its reason in `google.rpc.ErrorInfo`, and each reason one gRPC code.
    #[command(after_long_help = help::ERRORS)]
    Errors(errors::ErrorsArgs),
    /// Write decisions, events and outcomes as JSONL or CSV, all or what is new.
    ///
    /// A server may be at work on the store.
    #[command(after_long_help = export::long_help())]
    Export(export::ExportArgs),
    /// Copy a store into one file while a server goes on, and check the copy.
    #[command(after_long_help = help::BACKUP)]
    Backup(backup::BackupArgs),
    /// Check a backup and put it where a server will look for its store.
    #[command(after_long_help = help::RESTORE)]
    Restore(restore::RestoreArgs),
    /// Check store, disk, clock, model, policies and ports, and say what to do.
    ///
    /// Changes nothing of the store; a server may be at work on it.
    #[command(after_long_help = help::DOCTOR)]
    Doctor(doctor::DoctorArgs),
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let lang = cli.lang.as_deref().map_or_else(locale, Lang::from_tag);
    match cli.command.run(lang) {
        Ok(code) => code,
        Err(error) if out::is_reader_gone(&error) => ExitCode::SUCCESS,
        Err(error) => {
            out::complain(&format!("switchyard: {}", one_line(&error)));
            ExitCode::from(2)
        }
    }
}

impl Command {
    fn run(self, lang: Lang) -> anyhow::Result<ExitCode> {
        let done = match self {
            Self::Serve(args) => serve::run(&args, lang),
            Self::Triage(args) => triage::run(&args, lang),
            Self::Roster(args) => roster::run(&args, lang),
            Self::Knowledge(args) => knowledge::run(&args, lang),
            Self::Demo => demo::run(lang),
            Self::Config(args) => config::run(&args, lang),
            Self::Errors(args) => errors::run(&args, lang),
            Self::Export(args) => export::run(&args, lang),
            Self::Backup(args) => backup::run(&args, lang),
            Self::Restore(args) => restore::run(&args, lang),
            Self::Doctor(args) => return doctor::run(&args, lang),
        };
        done.map(|()| ExitCode::SUCCESS)
    }
}

/// The language of the process's locale.
fn locale() -> Lang {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"));
    Lang::from_tag(&locale.unwrap_or_default())
}

/// An error and its causes in one line; a cause that was told already is not told again.
fn one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !line.contains(&cause) {
            let between = if line.is_empty() { "" } else { ": " };
            line.push_str(between);
            line.push_str(&cause);
        }
    }
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! The commands: `serve`, `triage`, `demo`, `config`.
//!
//! Exit codes: 0 done, 1 done with findings, 2 not possible; then one line on
//! standard error says why.

mod config;
mod demo;
mod roster_file;
mod serve;
mod table;
mod triage;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, Mistyped, Setting, environment};
use crate::lang::Lang;

/// AI-assisted triage and assignment of support tickets.
#[derive(Debug, Parser)]
#[command(
    name = "switchyard",
    version,
    about,
    long_about = "\
AI-assisted triage and assignment of support tickets, in Chinese and English.

Reads a ticket, says what it is about, how the customer feels and how urgent it is,
and gives it to the best agent who is there, able and free.

Start with:  switchyard demo"
)]
struct Cli {
    /// Language of what is printed: zh or en; by default the locale's.
    #[arg(long, global = true, value_name = "LANG", value_parser = ["zh", "en"])]
    lang: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve gRPC on a durable store.
    Serve(serve::ServeArgs),
    /// Triage tickets in this process, without a server or a store.
    Triage(triage::TriageArgs),
    /// Triage 20 tickets for a demo team through a real server, and explain one decision.
    Demo,
    /// Print the effective configuration.
    Config(ConfigArgs),
}

/// Settings shared by commands that need the configuration.
#[derive(Debug, clap::Args)]
struct ConfigArgs {
    /// Configuration file (TOML); see `switchyard config --defaults`.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// One setting, such as server.listen=0.0.0.0:50051; may be repeated.
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = key_value)]
    settings: Vec<Setting>,
    /// Print the commented defaults instead (config only).
    #[arg(long, hide = true)]
    defaults: bool,
}

fn key_value(text: &str) -> Result<Setting, String> {
    let (key, value) = text.split_once('=').ok_or("expected KEY=VALUE")?;
    Ok((key.trim().to_owned(), value.to_owned()))
}

impl ConfigArgs {
    fn load(&self, more: &[Setting], lang: Lang) -> anyhow::Result<Config> {
        let flags: Vec<_> = self.settings.iter().chain(more).cloned().collect();
        let environment = environment()?;
        for slip in &environment.mistyped {
            eprintln!("switchyard: {}", ignored(slip, lang));
        }
        Ok(Config::load(self.config.as_deref(), &environment.settings, &flags)?)
    }
}

fn ignored(Mistyped { name, meant }: &Mistyped, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已忽略环境变量 {name}：配置项用两个下划线代替点号，应写作 {meant}"),
        Lang::En => format!(
            "ignored {name}: a setting has two underscores for the dot, so expected {meant}"
        ),
    }
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let lang = cli.lang.as_deref().map_or_else(locale, Lang::from_tag);
    let result = match cli.command {
        Command::Serve(args) => serve::run(&args, lang),
        Command::Triage(args) => triage::run(&args, lang),
        Command::Demo => demo::run(lang),
        Command::Config(args) => config::run(&args, lang),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("switchyard: {}", one_line(&error));
            ExitCode::from(2)
        }
    }
}

/// The language of the process's locale.
fn locale() -> Lang {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"));
    Lang::from_tag(&locale.unwrap_or_default())
}

/// An error and its causes in one line.
fn one_line(error: &anyhow::Error) -> String {
    format!("{error:#}").split_whitespace().collect::<Vec<_>>().join(" ")
}

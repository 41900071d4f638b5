//! `switchyard doctor`: whether a server would start and serve well, found out without changing anything.
//!
//! In reading order:
//! - `report`: what is told
//! - `stored`, `disk`, `clock`, `ports`: what is looked at

mod clock;
mod disk;
mod ports;
mod report;
mod stored;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use self::report::{Check, Finding, Report};
use super::out;
use super::settings::{SettingsArgs, store_setting};
use crate::app::{Clock, Understander};
use crate::config::Config;
use crate::lang::Lang;
use crate::server::{BuildError, load_model};

/// What `doctor` takes.
#[derive(Debug, clap::Args)]
pub(super) struct DoctorArgs {
    #[command(flatten)]
    settings: SettingsArgs,
    /// The store to look at, over `store.path`; a server may be at work on it.
    #[arg(long, value_name = "PATH")]
    store: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// What a failed check ends with.
const SICK: u8 = 1;

pub(super) fn run(args: &DoctorArgs, lang: Lang) -> anyhow::Result<ExitCode> {
    let store: Vec<_> = store_setting(args.store.as_deref())?.into_iter().collect();
    let config = args.settings.load(&store, lang)?;
    let runtime = tokio::runtime::Runtime::new().context("expected to start the runtime")?;
    let report = runtime.block_on(examine(&config, lang));
    let text = if args.json { format!("{}\n", report.json()) } else { report.lines(lang) };
    let printed = out::print(&text);
    if report.has_failed() {
        // Also where the reader has left.
        return Ok(ExitCode::from(SICK));
    }
    Ok(printed.map(|()| ExitCode::SUCCESS)?)
}

async fn examine(config: &Config, lang: Lang) -> Report {
    let model = load_model(&config.model);
    let stored = stored::look(&config.store.path, model.as_ref().ok(), lang).await;
    let mut findings = stored.findings;
    findings.push(loaded(model, lang));
    findings.push(disk::room(&config.store, lang));
    findings.push(disk::sync(&config.store, lang));
    findings.push(clock::clock(Clock::System.now(), stored.last_at, lang));
    findings.extend(ports::ports(&config.server, lang).await);
    Report(findings)
}

fn loaded(model: Result<Understander, BuildError>, lang: Lang) -> Finding {
    match model {
        Ok(model) if model.version().is_empty() => {
            let found = lang.pick("未使用模型，由规则判断", "none; rules and facts decide");
            Finding::ok(Check::Model, found)
        }
        Ok(model) => Finding::ok(Check::Model, model.version()),
        Err(error) => {
            let advice = lang.pick(
                "重新放置模型目录，或设置 model.bundle=embedded",
                "put the bundle's folder there again, or set model.bundle=embedded",
            );
            Finding::failed(Check::Model, error.to_string(), advice)
        }
    }
}

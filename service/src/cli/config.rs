//! `switchyard config`: the effective configuration, as a file that would give it.

use super::out;
use super::settings::SettingsArgs;
use crate::config::DEFAULT;
use crate::lang::Lang;

/// What `config` takes.
#[derive(Debug, clap::Args)]
pub(super) struct ConfigArgs {
    #[command(flatten)]
    settings: SettingsArgs,
    /// Print every setting with its default and its meaning instead.
    #[arg(long, conflicts_with_all = ["config", "settings"])]
    defaults: bool,
}

pub(super) fn run(args: &ConfigArgs, lang: Lang) -> anyhow::Result<()> {
    if args.defaults {
        return Ok(out::print(DEFAULT)?);
    }
    Ok(out::print(&args.settings.load(&[], lang)?.to_toml())?)
}

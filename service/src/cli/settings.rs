//! Options of every command that needs the configuration, and the layers they make with the environment.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::out::complain;
use crate::config::{Config, Mistyped, Setting, environment};
use crate::lang::Lang;

/// A file and single settings.
#[derive(Debug, clap::Args)]
pub(super) struct SettingsArgs {
    /// Configuration file (TOML) over the defaults; `switchyard config --defaults` prints one to start from.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// One setting over file and environment, such as server.listen=0.0.0.0:50051; may be repeated.
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = key_value)]
    settings: Vec<Setting>,
}

fn key_value(text: &str) -> Result<Setting, String> {
    let (key, value) = text.split_once('=').ok_or("expected KEY=VALUE")?;
    Ok((key.trim().to_owned(), value.to_owned()))
}

impl SettingsArgs {
    /// The configuration of all layers; `more` are flags of the command's own.
    pub(super) fn load(&self, more: &[Setting], lang: Lang) -> anyhow::Result<Config> {
        let flags: Vec<_> = self.settings.iter().chain(more).cloned().collect();
        let environment = environment()?;
        for slip in &environment.mistyped {
            complain(&format!("switchyard: {}", ignored(slip, lang)));
        }
        Ok(Config::load(self.config.as_deref(), &environment.settings, &flags)?)
    }
}

/// The setting that a `--store` option makes.
pub(super) fn store_setting(path: Option<&Path>) -> anyhow::Result<Option<Setting>> {
    let Some(path) = path else { return Ok(None) };
    let text = path.to_str();
    let got = || format!("--store: expected a path in UTF-8, got {}", path.display());
    let text = text.with_context(got)?;
    Ok(Some(("store.path".to_owned(), text.to_owned())))
}

fn ignored(Mistyped { name, meant }: &Mistyped, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已忽略环境变量 {name}：配置项用两个下划线代替点号，应写作 {meant}"),
        Lang::En => format!(
            "ignored {name}: a setting has two underscores for the dot, so expected {meant}"
        ),
    }
}

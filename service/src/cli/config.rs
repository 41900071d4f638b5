//! `switchyard config`: the effective configuration, as a file that would give it.

use super::ConfigArgs;
use crate::config::DEFAULT;
use crate::lang::Lang;

pub(super) fn run(args: &ConfigArgs, lang: Lang) -> anyhow::Result<()> {
    if args.defaults {
        print!("{DEFAULT}");
        return Ok(());
    }
    print!("{}", args.load(&[], lang)?.to_toml());
    Ok(())
}

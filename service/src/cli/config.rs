//! `switchyard config`: the effective configuration, as a file that would give it.

use super::ConfigArgs;
use crate::config::DEFAULT;

pub(super) fn run(args: &ConfigArgs) -> anyhow::Result<()> {
    if args.defaults {
        print!("{DEFAULT}");
        return Ok(());
    }
    print!("{}", args.load(&[])?.to_toml());
    Ok(())
}

//! `switchyard restore`: a backup checked and put where a server will look for its store.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::json;
use switchyard_domain::time::Timestamp;

use super::out;
use super::verified::{reach, reach_json, verified};
use crate::app::Clock;
use crate::files::with_suffix;
use crate::lang::Lang;
use crate::store::{Beside, Check, Extent, Replacement, StoreError};

/// What `restore` takes.
#[derive(Debug, clap::Args)]
pub(super) struct RestoreArgs {
    /// What `switchyard backup` made.
    #[arg(value_name = "BACKUP")]
    backup: PathBuf,
    /// Where the store goes; no server may hold it.
    #[arg(long, value_name = "PATH")]
    store: PathBuf,
    /// Put it in the place of a store that is there, which is kept beside it under a name that is told.
    #[arg(long)]
    replace: bool,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// What was done.
struct Restored {
    extents: Vec<Extent>,
    /// Where the store is that was there before.
    kept: Option<PathBuf>,
}

pub(super) fn run(args: &RestoreArgs, lang: Lang) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("expected to start the runtime")?;
    let restored = runtime.block_on(restore(args))?;
    let text = if args.json { json(args, &restored) } else { lines(args, &restored, lang) };
    Ok(out::print(&(text + "\n"))?)
}

async fn restore(args: &RestoreArgs) -> anyhow::Result<Restored> {
    let path = &args.store;
    let is_there = path.symlink_metadata().is_ok();
    if is_there && !args.replace {
        return Err(StoreError::Exists { path: path.clone() }.into());
    }
    // Before the check of the backup, which may take a while.
    let place = Replacement::at(path)?;
    let extents = verified(&Beside::open_still(&args.backup).await?).await?;
    let copy = place.copy_of(&args.backup)?;
    Beside::open_still(copy.path()).await?.check(Check::Quick).await?;
    if !is_there {
        copy.put()?;
        return Ok(Restored { extents, kept: None });
    }
    let kept = kept_name(path, Clock::System.now());
    copy.put_keeping(&kept).await?;
    Ok(Restored { extents, kept: Some(kept) })
}

/// `desk.sqlite.replaced-20260603T100000.123Z`.
fn kept_name(path: &Path, now: Timestamp) -> PathBuf {
    let now: String = now.to_string().chars().filter(|c| !"-:".contains(*c)).collect();
    with_suffix(path, &format!(".replaced-{now}"))
}

fn lines(args: &RestoreArgs, restored: &Restored, lang: Lang) -> String {
    let (store, backup) = (args.store.display(), args.backup.display());
    let reach = reach(&restored.extents, lang);
    let done = match lang {
        Lang::Zh => format!("已将 {backup} 校验并恢复到 {store}：{reach}"),
        Lang::En => format!("restored {store} from {backup}, checked: {reach}"),
    };
    let Some(kept) = &restored.kept else { return done };
    let kept = kept.display();
    match lang {
        Lang::Zh => format!("{done}\n原有数据保留为 {kept}"),
        Lang::En => format!("{done}\nthe store that was there is kept as {kept}"),
    }
}

fn json(args: &RestoreArgs, restored: &Restored) -> String {
    let text = |path: &Path| path.display().to_string();
    json!({
        "store": text(&args.store),
        "backup": text(&args.backup),
        "kept": restored.kept.as_deref().map(text),
        "tenants": reach_json(&restored.extents),
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kept_store_is_named_after_the_instant() {
        let now = Timestamp::parse("2026-06-03T10:00:00.123Z").expect("an instant");
        let kept = kept_name(Path::new("data/desk.sqlite"), now);
        assert_eq!(kept, Path::new("data/desk.sqlite.replaced-20260603T100000.123Z"));
    }
}

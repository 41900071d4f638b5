//! `switchyard backup`: a whole copy of a store in one file, made while a server goes on, and checked.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use serde_json::json;

use super::out;
use super::progress::Progress;
use super::size::bytes;
use super::verified::{reach, reach_json, verified};
use crate::files::{Draft, refuse_existing};
use crate::lang::Lang;
use crate::store::{Beside, Extent};

/// Between two looks at how much is written.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// What `backup` takes.
#[derive(Debug, clap::Args)]
pub(super) struct BackupArgs {
    /// The store to copy; a server may be at work on it.
    #[arg(long, value_name = "PATH")]
    store: PathBuf,
    /// The file to make; one that is there is left as it is.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &BackupArgs, lang: Lang) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("expected to start the runtime")?;
    let extents = runtime.block_on(back_up(&args.store, &args.out, lang))?;
    let n_bytes = args.out.metadata().map_or(0, |file| file.len());
    let text =
        if args.json { json(args, n_bytes, &extents) } else { line(args, n_bytes, &extents, lang) };
    Ok(out::print(&(text + "\n"))?)
}

async fn back_up(path: &Path, target: &Path, lang: Lang) -> anyhow::Result<Vec<Extent>> {
    let store = Beside::open(path).await?;
    refuse_existing(target)?;
    let draft = Draft::of(target)?;
    // It holds what names customers, as the store does.
    draft.as_private_as(path)?;
    copy(&store, draft.path(), lang).await?;
    draft.sync()?;
    let extents = verified(&Beside::open_still(draft.path()).await?).await?;
    draft.publish()?;
    Ok(extents)
}

async fn copy(store: &Beside, into: &Path, lang: Lang) -> anyhow::Result<()> {
    let size = |path: &Path| path.metadata().map_or(0, |file| file.len());
    let progress = Progress::of_bytes(lang.pick("备份", "backup").to_owned(), size(store.path()));
    let copied = store.copy_into(into);
    tokio::pin!(copied);
    loop {
        tokio::select! {
            done = &mut copied => return Ok(done?),
            () = tokio::time::sleep(LOOK_EVERY) => progress.set(size(into)),
        }
    }
}

fn line(args: &BackupArgs, n_bytes: u64, extents: &[Extent], lang: Lang) -> String {
    let (store, file) = (args.store.display(), args.out.display());
    let (size, reach) = (bytes(n_bytes), reach(extents, lang));
    match lang {
        Lang::Zh => format!("已将 {store} 备份到 {file}（{size}）并校验：{reach}"),
        Lang::En => format!("backed up {store} to {file} ({size}), checked: {reach}"),
    }
}

fn json(args: &BackupArgs, n_bytes: u64, extents: &[Extent]) -> String {
    let (store, file) = (args.store.display().to_string(), args.out.display().to_string());
    let tenants = reach_json(extents);
    json!({ "store": store, "file": file, "bytes": n_bytes, "tenants": tenants }).to_string()
}

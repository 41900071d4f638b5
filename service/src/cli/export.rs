//! `switchyard export`: decisions, events and outcomes of a store as JSONL and CSV, piece by piece.
//!
//! In reading order:
//! - `table`: what can be exported, and as what
//! - `column`, `fact`: what rows are made of
//! - `events`, `decisions`, `outcomes`: the columns of each
//! - `range`: the files of one range of events
//! - `state`: the folder, how far each table went, and what a killed export left
//! - `plan`: where each table begins
//! - `work`: from the journal to files, range by range
//! - `told`: what is said at the end, and the columns in `--help`

mod column;
mod decisions;
mod events;
mod fact;
mod outcomes;
mod plan;
mod range;
mod state;
mod table;
mod told;
mod work;

use std::num::NonZeroU64;
use std::path::PathBuf;

use anyhow::{Context as _, bail};

use self::plan::Start;
use self::state::ExportFolder;
use self::table::{Format, Stream, Table};
use self::work::Exported;
use super::nearest::nearest;
use super::out;
use crate::app::Archive;
use crate::app::archive::expect_whole;
use crate::lang::Lang;
use crate::store::{Beside, Extent};

pub(super) use self::told::long_help;

/// What `export` takes.
#[derive(Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// The store to export from; a server may be at work on it.
    #[arg(long, value_name = "PATH")]
    store: PathBuf,
    /// The folder to export to; made when absent.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Whose desk; by default all.
    #[arg(long, value_name = "TENANT")]
    tenant: Option<String>,
    /// Which tables.
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        value_name = "TABLES",
        default_value = "decisions,events,outcomes"
    )]
    what: Vec<Table>,
    /// How rows are written.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "jsonl")]
    format: FormatChoice,
    /// Go on where the last export to this folder ended.
    #[arg(long, conflicts_with = "after")]
    resume: bool,
    /// Begin after this event of the tenant's journal.
    #[arg(long, value_name = "SEQ", requires = "tenant")]
    after: Option<u64>,
    /// Events of the journal that one file covers; it may be a few more.
    #[arg(long, value_name = "N", default_value = "250000")]
    events_per_file: NonZeroU64,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// One format or all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum FormatChoice {
    /// One JSON object a line.
    Jsonl,
    /// A header, then one row a line.
    Csv,
    /// Both, side by side.
    Both,
}

impl ExportArgs {
    fn streams(&self) -> Vec<Stream> {
        let formats: &[Format] = match self.format {
            FormatChoice::Jsonl => &[Format::Jsonl],
            FormatChoice::Csv => &[Format::Csv],
            FormatChoice::Both => &[Format::Jsonl, Format::Csv],
        };
        let of = |table| formats.iter().map(move |format| Stream { table, format: *format });
        let mut streams: Vec<_> = self.what.iter().copied().flat_map(of).collect();
        streams.sort_unstable();
        streams.dedup();
        streams
    }

    fn start(&self) -> Start {
        match self.after {
            Some(sequence) => Start::After(sequence),
            None if self.resume => Start::Resume,
            None => Start::Beginning,
        }
    }
}

pub(super) fn run(args: &ExportArgs, lang: Lang) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("expected to start the runtime")?;
    let exported = runtime.block_on(export(args, lang))?;
    let text =
        if args.json { told::json(args, &exported) } else { told::lines(args, &exported, lang) };
    Ok(out::print(&(text + "\n"))?)
}

async fn export(args: &ExportArgs, lang: Lang) -> anyhow::Result<Vec<Exported>> {
    let store = Beside::open(&args.store).await?;
    let archive = Archive::of(&store).await?;
    let extents = chosen(archive.extents().await?, args.tenant.as_deref())?;
    let mut folder = ExportFolder::open(&args.out)?;
    let streams = args.streams();
    // All are looked at before the first file is made.
    let mut plans = Vec::new();
    for extent in extents {
        expect_whole(&extent)?;
        plans.push(plan::of(&archive, &folder, extent, &streams, args.start()).await?);
    }
    let mut exported = Vec::new();
    for plan in plans {
        let done = work::export(&archive, &mut folder, plan, args.events_per_file, lang).await?;
        exported.push(done);
    }
    archive.close().await;
    Ok(exported)
}

/// The extents of all tenants, or of the one asked for.
fn chosen(extents: Vec<Extent>, tenant: Option<&str>) -> anyhow::Result<Vec<Extent>> {
    let Some(tenant) = tenant else { return Ok(extents) };
    if let Some(found) = extents.iter().find(|extent| extent.tenant == tenant) {
        return Ok(vec![found.clone()]);
    }
    let known = extents.iter().map(|extent| extent.tenant.as_str());
    match nearest(tenant, known, 3)[..] {
        [] => bail!("--tenant: expected a tenant of the store, which has none yet, got {tenant:?}"),
        ref like => bail!(
            "--tenant: expected a tenant of the store such as {}, got {tenant:?}",
            like.join(", ")
        ),
    }
}

//! From the journal to files, range by range.

use std::num::NonZeroU64;

use anyhow::Context as _;
use switchyard_domain::ids::TenantId;
use switchyard_journal::Entry;

use super::fact::facts;
use super::outcomes::Lives;
use super::plan::{Plan, entry_digest};
use super::range::{Filled, RangeFiles};
use super::state::{ExportFolder, Position};
use super::table::{Stream, Table};
use crate::app::Archive;
use crate::app::history::History;
use crate::cli::progress::Progress;
use crate::lang::Lang;
use crate::store::Extent;

/// Entries read at a time.
const PAGE: u32 = 2_000;

/// What was exported of a tenant.
#[derive(Debug)]
pub(super) struct Exported {
    /// Whose, and how far.
    pub(super) extent: Extent,
    /// The files made, each with its range.
    pub(super) files: Vec<(u64, u64, Filled)>,
}

/// A tenant's journal on its way to files.
struct Work<'a> {
    archive: &'a Archive,
    history: &'a History,
    tenant: TenantId,
    extent: Extent,
    events_per_file: NonZeroU64,
    progress: Progress,
}

/// Exports a tenant by its plan.
pub(super) async fn export(
    archive: &Archive,
    folder: &mut ExportFolder,
    plan: Plan,
    events_per_file: NonZeroU64,
    lang: Lang,
) -> anyhow::Result<Exported> {
    let Plan { extent, after, lives_from } = plan;
    let (tenant, history) = archive.journal(&extent.tenant).await?;
    let what = format!("{} {tenant}", lang.pick("导出", "export"));
    let progress = Progress::of_events(what, extent.last_sequence);
    let work = Work { archive, history, tenant, extent, events_per_file, progress };
    let mut files = Vec::new();
    for (after, streams) in after {
        if after < work.extent.last_sequence {
            files.extend(work.export_after(folder, after, &streams, lives_from).await?);
        }
    }
    Ok(Exported { extent: work.extent, files })
}

impl Work<'_> {
    async fn export_after(
        &self,
        folder: &mut ExportFolder,
        after: u64,
        streams: &[Stream],
        lives_from: u64,
    ) -> anyhow::Result<Vec<(u64, u64, Filled)>> {
        let needs_lives = streams.iter().any(|stream| stream.table == Table::Outcomes);
        let mut lives = None;
        if needs_lives {
            lives = Some(self.lives_after(after, lives_from).await?);
        }
        let mut made = Vec::new();
        let mut first = after + 1;
        while first <= self.extent.last_sequence {
            let last = self.end_of_range(first).await?;
            let mut files =
                RangeFiles::begin(folder.path(), self.tenant.as_str(), (first, last), streams)?;
            self.fill(&mut files, lives.as_mut(), first, last).await?;
            let (filled, drafts) = files.end()?;
            let positions = self.positions(streams, last, lives.as_mut()).await?;
            folder.commit(self.tenant.as_str(), positions, drafts)?;
            made.extend(filled.into_iter().map(|filled| (first, last, filled)));
            first = last + 1;
        }
        Ok(made)
    }

    /// A command's events stay together.
    async fn end_of_range(&self, first: u64) -> anyhow::Result<u64> {
        let wanted = first.saturating_add(self.events_per_file.get() - 1);
        if wanted >= self.extent.last_sequence {
            return Ok(self.extent.last_sequence);
        }
        let entry = self.archive.reader().entry_of(self.tenant.as_str(), wanted).await?;
        let entry = entry.with_context(|| format!("expected event {wanted} of {}", self.tenant))?;
        Ok(entry.last_sequence)
    }

    async fn fill(
        &self,
        files: &mut RangeFiles,
        mut lives: Option<&mut Lives>,
        first: u64,
        last: u64,
    ) -> anyhow::Result<()> {
        let mut at = first - 1;
        while at < last {
            for entry in self.page(at, last).await? {
                for fact in facts(self.tenant.as_str(), &entry, at + 1, last) {
                    files.add(&fact, lives.as_deref_mut())?;
                    at = fact.sequence;
                }
            }
            self.progress.set(at);
        }
        Ok(())
    }

    /// Follows tickets up to an event.
    async fn lives_after(&self, after: u64, from: u64) -> anyhow::Result<Lives> {
        let from = from.clamp(1, after + 1);
        let desk = self.history.desk_before(&self.tenant, from).await?;
        let mut lives = Lives::from(desk);
        while lives.sequence() < after {
            for entry in self.page(lives.sequence(), after).await? {
                for fact in facts(self.tenant.as_str(), &entry, lives.sequence() + 1, after) {
                    // Those were told before.
                    let _ended = lives.see(&fact);
                }
            }
            self.progress.set(lives.sequence());
        }
        Ok(lives)
    }

    /// The next entries after an event; there are some.
    async fn page(&self, after: u64, last: u64) -> anyhow::Result<Vec<Entry>> {
        let entries = self.history.entries_between(&self.tenant, after, last, PAGE).await?;
        let next = entries.first().map(|entry| entry.first_sequence);
        let tenant = &self.tenant;
        let next = next.with_context(|| format!("expected event {} of {tenant}", after + 1))?;
        anyhow::ensure!(next <= after + 1, "expected event {} of {tenant}, got {next}", after + 1);
        Ok(entries)
    }

    async fn positions(
        &self,
        streams: &[Stream],
        sequence: u64,
        lives: Option<&mut Lives>,
    ) -> anyhow::Result<Vec<Position>> {
        let entry = entry_digest(self.archive, self.tenant.as_str(), sequence).await?;
        let entry =
            entry.with_context(|| format!("expected event {sequence} of {}", self.tenant))?;
        let begin = lives.map(Lives::begin);
        let position = |stream: &Stream| Position {
            stream: *stream,
            sequence,
            entry: entry.clone(),
            lives_from: begin.filter(|_| stream.table == Table::Outcomes),
        };
        Ok(streams.iter().map(position).collect())
    }
}

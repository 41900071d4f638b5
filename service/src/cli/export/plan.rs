//! Where each table of a tenant begins, and whether the journal is still the one it came from.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use switchyard_domain::ids::TenantId;

use super::state::{ExportFolder, Position, digest};
use super::table::Stream;
use crate::app::Archive;
use crate::store::Extent;

/// Where to begin, as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// At the first event, in a folder without an earlier export.
    Beginning,
    /// After an event.
    After(u64),
    /// Where each table ended before; at the first event where it never began.
    Resume,
}

/// What is to be exported of a tenant.
#[derive(Debug)]
pub(super) struct Plan {
    /// How far its journal reached when the export began.
    pub(super) extent: Extent,
    /// Tables that begin after the same event are written together.
    pub(super) after: BTreeMap<u64, Vec<Stream>>,
    /// Where to begin so that outcomes know every ticket's way.
    pub(super) lives_from: u64,
}

/// Plans an export of a tenant.
///
/// # Errors
/// The folder has an export already, or one of another journal.
pub(super) async fn of(
    archive: &Archive,
    folder: &ExportFolder,
    extent: Extent,
    streams: &[Stream],
    start: Start,
) -> anyhow::Result<Plan> {
    let mut plan = Plan { extent, after: BTreeMap::new(), lives_from: u64::MAX };
    for stream in streams {
        let position = folder.position(&plan.extent.tenant, *stream);
        let after = begin(archive, folder, &plan.extent, position, start).await?;
        let lives_from = match start {
            Start::Resume => position.and_then(|position| position.lives_from),
            Start::Beginning | Start::After(_) => None,
        };
        let first_kept = plan.extent.compacted_to + 1;
        plan.lives_from = plan.lives_from.min(lives_from.unwrap_or(1).max(first_kept));
        plan.after.entry(after).or_default().push(*stream);
    }
    Ok(plan)
}

async fn begin(
    archive: &Archive,
    folder: &ExportFolder,
    extent: &Extent,
    position: Option<&Position>,
    start: Start,
) -> anyhow::Result<u64> {
    let Extent { tenant, last_sequence, compacted_to, .. } = extent;
    match (start, position) {
        (Start::Beginning, Some(position)) => bail!(
            "expected a folder without an earlier export, got {} with events of {tenant} up to {}; \
             --resume goes on from there",
            folder.path().display(),
            position.sequence
        ),
        (Start::Beginning | Start::Resume, None) => Ok(*compacted_to),
        (Start::After(sequence), _) if sequence < *compacted_to => bail!(
            "--after: expected an event of {tenant} of at least {compacted_to}, got {sequence}: \
             older journal was dropped"
        ),
        (Start::Resume, Some(position)) if position.sequence < *compacted_to => bail!(
            "expected the journal of {tenant} after {}, where the last export ended, got one whose \
             events up to {compacted_to} were dropped; export to a new folder",
            position.sequence
        ),
        (Start::Resume, Some(position)) if position.sequence == *compacted_to => Ok(*compacted_to),
        (Start::After(sequence), _) if sequence > *last_sequence => bail!(
            "--after: expected an event of {tenant} of at most {last_sequence}, got {sequence}"
        ),
        (Start::After(sequence), _) => Ok(sequence),
        (Start::Resume, Some(position)) => {
            let there = entry_digest(archive, tenant, position.sequence).await?;
            if there.as_ref() != Some(&position.entry) {
                bail!(
                    "expected the journal that {} was exported from, got one with another event {} \
                     of {tenant}: the store is another one, or an older one was restored; export \
                     to a new folder",
                    folder.path().display(),
                    position.sequence
                );
            }
            Ok(position.sequence)
        }
    }
}

/// A digest of the entry that holds an event; `None` where there is none.
pub(super) async fn entry_digest(
    archive: &Archive,
    tenant: &str,
    sequence: u64,
) -> anyhow::Result<Option<String>> {
    let tenant = TenantId::new(tenant).context("the store names a tenant that is none")?;
    let entry = archive.reader().entry_of(tenant.as_str(), sequence).await?;
    Ok(entry.map(|entry| digest(&entry.payload)))
}

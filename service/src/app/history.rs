//! The journal read back: what happened, and what the desk looked like before.

use std::sync::Arc;

use switchyard_domain::desk::{Decision, Desk, Event};
use switchyard_domain::ids::{TenantId, TicketId};
use switchyard_domain::ticket::Ticket;
use switchyard_domain::time::Timestamp;
use switchyard_journal::{DecodeError, Entry, decode_entry, decode_snapshot};

use super::policies::PolicyBook;
use crate::store::{EntryRow, Reader, StoreError};

/// Entries read at a time while a state is rebuilt.
const PAGE: u32 = 2_000;

/// Why the journal could not be read.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record is damaged or newer than this program.
    #[error("the journal entry from sequence {sequence} is unreadable: {source}")]
    Record {
        /// Its first event.
        sequence: u64,
        /// What is wrong.
        source: DecodeError,
    },
    /// An item of knowledge is damaged or newer than this program.
    #[error("the item of knowledge {id:?} is unreadable: {source}")]
    Item {
        /// The caller's id.
        id: String,
        /// What is wrong.
        source: DecodeError,
    },
    /// A snapshot is damaged or newer than this program.
    #[error("the snapshot at sequence {sequence} is unreadable: {source}")]
    Snapshot {
        /// After how many events it was taken.
        sequence: u64,
        /// What is wrong.
        source: DecodeError,
    },
    /// The journal has a gap.
    #[error("expected event {expected} next in the journal of {tenant}, got {got}")]
    Gap {
        /// Whose.
        tenant: TenantId,
        /// The event that should come.
        expected: u64,
        /// The event that came.
        got: u64,
    },
    /// The journal was compacted beyond that.
    #[error(
        "expected a sequence of at least {compacted_to}, got {asked}: older journal was dropped"
    )]
    Compacted {
        /// Journal up to here was dropped.
        compacted_to: u64,
        /// The sequence asked for.
        asked: u64,
    },
    /// No policy to begin with.
    #[error("expected policy revision 0 of {tenant} in the store, got none")]
    NoPolicy {
        /// Whose.
        tenant: TenantId,
    },
}

/// A decision with what it was made of.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The sequence of its event.
    pub sequence: u64,
    /// When it was made.
    pub at: Timestamp,
    /// The release of the time zone database it was made with; empty if none was noted.
    pub tz_version: String,
    /// As made.
    pub decision: Decision,
    /// The ticket as triaged then.
    pub ticket: Arc<Ticket>,
}

/// The journal of all tenants.
#[derive(Debug, Clone)]
pub struct History {
    reader: Reader,
    policies: Arc<PolicyBook>,
}

impl History {
    pub(super) fn new(reader: Reader, policies: Arc<PolicyBook>) -> Self {
        Self { reader, policies }
    }

    /// The store behind it.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The entry that holds an event.
    pub async fn entry_of(
        &self,
        tenant: &TenantId,
        sequence: u64,
    ) -> Result<Option<Entry>, HistoryError> {
        let row = self.reader.entry_of(tenant.as_str(), sequence).await?;
        row.map(|row| self.decode(tenant, &row)).transpose()
    }

    /// Entries with events after a sequence and up to another, oldest first.
    ///
    /// What comes later is not decoded: it may name policies that are not in the book yet.
    pub async fn entries_between(
        &self,
        tenant: &TenantId,
        after: u64,
        last: u64,
        limit: u32,
    ) -> Result<Vec<Entry>, HistoryError> {
        let rows = self.reader.entries_after(tenant.as_str(), after, limit).await?;
        if rows.first().is_some_and(|first| first.first_sequence > after + 1) {
            self.expect_kept(tenant, after).await?;
        }
        let rows = rows.iter().take_while(|row| row.first_sequence <= last);
        rows.map(|row| self.decode(tenant, row)).collect()
    }

    /// Expects that the journal after a sequence was not dropped on purpose.
    async fn expect_kept(&self, tenant: &TenantId, asked: u64) -> Result<(), HistoryError> {
        let compacted_to = self.reader.compacted_to(tenant.as_str()).await?;
        if asked < compacted_to {
            return Err(HistoryError::Compacted { compacted_to, asked });
        }
        Ok(())
    }

    /// Entries with events before a sequence, newest first.
    pub async fn entries_before(
        &self,
        tenant: &TenantId,
        sequence: u64,
        limit: u32,
    ) -> Result<Vec<Entry>, HistoryError> {
        let rows = self.reader.entries_before(tenant.as_str(), sequence, limit).await?;
        rows.iter().map(|row| self.decode(tenant, row)).collect()
    }

    /// A decision by the sequence of its event.
    pub async fn decision(
        &self,
        tenant: &TenantId,
        sequence: u64,
    ) -> Result<Option<Recorded>, HistoryError> {
        let Some(entry) = self.entry_of(tenant, sequence).await? else { return Ok(None) };
        let (at, tz_version) = (entry.at, entry.tz_version);
        let found = match entry.events.get((sequence - entry.first_sequence) as usize) {
            Some(Event::Decided(decision)) => decision.as_ref().clone(),
            Some(Event::TicketAdvised { intake, decision }) => {
                let (decision, ticket) = (decision.as_ref().clone(), intake.ticket.clone());
                return Ok(Some(Recorded { sequence, at, tz_version, decision, ticket }));
            }
            _ => return Ok(None),
        };
        let ticket = match self.ticket_at(tenant, found.triaged_seq).await? {
            Some(ticket) => Some(ticket),
            // The journal that brought it was dropped since.
            None => self.ticket_before(tenant, sequence, &found.ticket).await?,
        };
        Ok(ticket.map(|ticket| Recorded { sequence, at, tz_version, decision: found, ticket }))
    }

    /// A ticket as the desk knew it just before an event.
    async fn ticket_before(
        &self,
        tenant: &TenantId,
        sequence: u64,
        ticket: &TicketId,
    ) -> Result<Option<Arc<Ticket>>, HistoryError> {
        let desk = self.desk_before(tenant, sequence).await?;
        Ok(desk.case(ticket).map(|case| case.ticket.clone()))
    }

    /// The ticket an event brought.
    async fn ticket_at(
        &self,
        tenant: &TenantId,
        sequence: u64,
    ) -> Result<Option<Arc<Ticket>>, HistoryError> {
        let Some(entry) = self.entry_of(tenant, sequence).await? else { return Ok(None) };
        Ok(match entry.events.get((sequence - entry.first_sequence) as usize) {
            Some(
                Event::TicketTriaged(intake)
                | Event::TicketAdopted { intake, .. }
                | Event::TicketAdvised { intake, .. },
            ) => Some(intake.ticket.clone()),
            _ => None,
        })
    }

    /// The desk as it was just before an event.
    pub async fn desk_before(
        &self,
        tenant: &TenantId,
        sequence: u64,
    ) -> Result<Desk, HistoryError> {
        let mut desk = self.start_before(tenant, sequence).await?;
        'pages: loop {
            let last = sequence.saturating_sub(1);
            let entries = self.entries_between(tenant, desk.sequence(), last, PAGE).await?;
            if entries.is_empty() {
                break;
            }
            for entry in entries {
                if !replay(&mut desk, tenant, &entry, sequence)? {
                    break 'pages;
                }
            }
        }
        Ok(desk)
    }

    async fn start_before(&self, tenant: &TenantId, sequence: u64) -> Result<Desk, HistoryError> {
        let before = sequence.saturating_sub(1);
        match self.reader.snapshot_at(tenant.as_str(), before).await? {
            Some(row) => {
                let snapshot = decode_snapshot(&row.payload, &self.policies.resolver(tenant))
                    .map_err(|source| HistoryError::Snapshot { sequence: row.sequence, source })?;
                Ok(Desk::restore(snapshot))
            }
            None => {
                let first = self.policies.get(tenant, 0);
                let first =
                    first.ok_or_else(|| HistoryError::NoPolicy { tenant: tenant.clone() })?;
                Ok(Desk::new(first.policy))
            }
        }
    }

    fn decode(&self, tenant: &TenantId, row: &EntryRow) -> Result<Entry, HistoryError> {
        let sequence = row.first_sequence;
        decode_entry(&row.payload, &self.policies.resolver(tenant))
            .map_err(|source| HistoryError::Record { sequence, source })
    }
}

/// Folds an entry's events below `end` into a desk; false when `end` was reached.
fn replay(
    desk: &mut Desk,
    tenant: &TenantId,
    entry: &Entry,
    end: u64,
) -> Result<bool, HistoryError> {
    let done = desk.sequence() + 1 - entry.first_sequence.min(desk.sequence() + 1);
    let expected = desk.sequence() + 1;
    if entry.first_sequence > expected {
        let (tenant, got) = (tenant.clone(), entry.first_sequence);
        return Err(HistoryError::Gap { tenant, expected, got });
    }
    for event in entry.events.iter().skip(done as usize) {
        if desk.sequence() + 1 >= end {
            return Ok(false);
        }
        desk.apply(event, entry.at);
    }
    Ok(true)
}

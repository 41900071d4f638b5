//! Tickets that came in: remembered for a while by numbers, without their text.
//!
//! A number is of no use once its ticket is too old, told in full, or one of too many of a customer.
//! It waits for a [sweep](App::sweep_memories), which writes over what the store had of it; only when
//! the store has forgotten is it no longer waited for, so that none is lost and comes back after a
//! restart.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::sync::{MutexGuard, PoisonError};

use switchyard_domain::desk::Closing;
use switchyard_domain::desk::case::Phase;
use switchyard_domain::ids::{ItemId, TenantId, TicketId};
use switchyard_domain::knowledge::{ItemKey, ItemKind, Remembered};
use switchyard_domain::ticket::Ticket;
use switchyard_domain::time::{Span, Timestamp};
use switchyard_journal::encode_remembered;
use switchyard_models::similar::Sketch;

use super::filter::Entry;
use super::precedents::Outcome;
use super::{Knowledge, Shelved};
use crate::app::{App, SubmitError};
use crate::store::{KnowledgeChange, RememberedRow};

/// Old tickets out of sight with each that comes: more than one, so that none are left behind.
const FORGOTTEN_WITH_ONE: usize = 8;

/// Old tickets that a sweep takes out of sight at a time; who searches waits for no more than those.
const SWEPT_AT_ONCE: usize = 256;

/// How long a number may wait.
const SWEEP_EVERY: Span = Span::from_minutes(10);

/// A ticket that is to be remembered.
#[derive(Debug)]
pub(in crate::app) struct Memory {
    entry: Entry,
    sketch: Sketch,
    payload: Vec<u8>,
    number: u64,
    /// What was opened before this is not remembered any more.
    since: Timestamp,
}

impl Knowledge {
    /// Whether tickets are remembered at all.
    pub(super) fn remembers(&self) -> bool {
        self.remember.is_some()
    }

    /// What came in before is not remembered, at this time of day.
    pub(super) fn remembered_since(&self, now: Timestamp) -> Timestamp {
        self.remember.map_or(now, |span| now - span)
    }

    /// Numbers of no use that the store still has.
    pub(super) fn stale(&self) -> Vec<u64> {
        self.waiting().iter().copied().collect()
    }

    /// The store has these no more.
    pub(super) fn are_gone(&self, numbers: &[u64]) {
        let mut waiting = self.waiting();
        for number in numbers {
            waiting.remove(number);
        }
    }

    /// Numbers that go from the store with the next sweep.
    pub(super) fn forget_soon(&self, numbers: impl IntoIterator<Item = u64>) {
        self.waiting().extend(numbers);
    }

    fn waiting(&self) -> MutexGuard<'_, BTreeSet<u64>> {
        self.stale.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what was opened before an instant out of sight, on every shelf.
    fn expire(&self, since: Timestamp) {
        for room in self.rooms() {
            while self.expire_some(&room, since, SWEPT_AT_ONCE) == SWEPT_AT_ONCE {}
        }
    }

    /// The same for some of a shelf; tells how many.
    fn expire_some(&self, room: &Shelved, since: Timestamp, n_max: usize) -> usize {
        let expired = room.read().remembered_before(since, n_max);
        if !expired.is_empty() {
            let mut stock = room.write();
            for (_, key) in &expired {
                stock.forget(key);
            }
        }
        self.forget_soon(expired.iter().map(|(number, _)| *number));
        expired.len()
    }

    /// What is remembered of a ticket; `None` where nothing is, it is too old already, or nobody is
    /// known to have written it.
    pub(in crate::app) fn memory(
        &self,
        ticket: &Ticket,
        sketch: Sketch,
        now: Timestamp,
    ) -> Option<Memory> {
        let since = now - self.remember?;
        let id = ItemId::new(ticket.id.as_str()).ok()?;
        if ticket.opened_at < since || ticket.customer.reference.is_none() {
            return None;
        }
        let remembered = Remembered {
            id,
            category: ticket.assessment.category.value.clone(),
            customer: ticket.customer.reference.clone(),
            opened_at: ticket.opened_at,
            fingerprint: sketch.fingerprint(&ticket.assessment.model_version),
        };
        let number = self.next_number.fetch_add(1, Ordering::Relaxed);
        let entry = entry_of(&remembered, number);
        let payload = encode_remembered(&remembered);
        Some(Memory { entry, sketch, payload, number, since })
    }

    /// Shows what is remembered now.
    pub(in crate::app) fn show_memory(&self, tenant: &TenantId, memory: Memory) {
        let room = self.shelved_or_new(tenant);
        self.expire_some(&room, memory.since, FORGOTTEN_WITH_ONE);
        let gone = room.write().remember(memory.entry, &memory.sketch);
        self.forget_soon(gone);
    }
}

impl Memory {
    /// The change of the store.
    pub(in crate::app) fn change(&self, tenant: &TenantId) -> KnowledgeChange {
        let (number, payload) = (self.number, self.payload.clone());
        KnowledgeChange::Remember(RememberedRow { number, tenant: tenant.to_string(), payload })
    }
}

/// What is known of a remembered ticket.
pub(super) fn entry_of(ticket: &Remembered, number: u64) -> Entry {
    Entry {
        key: ItemKey { kind: ItemKind::Ticket, id: ticket.id.clone() },
        customer: ticket.customer.clone(),
        solver: None,
        category: Some(ticket.category.clone()),
        product: "".into(),
        opened_at: ticket.opened_at,
        solved_at: None,
        remembered: Some(number),
    }
}

impl App {
    /// Forgets what is too old, and has the store forget what is of no use.
    pub async fn sweep_memories(&self) -> Result<(), SubmitError> {
        self.knowledge.expire(self.knowledge.remembered_since(self.desks.clock.now()));
        for some in self.knowledge.stale().chunks(SWEPT_AT_ONCE) {
            self.desks.keep(vec![KnowledgeChange::Forget(some.to_vec())]).await?;
            self.knowledge.are_gone(some);
        }
        Ok(())
    }

    /// Sweeps now and then, and looks after the graphs.
    pub async fn keep_sweeping(self) {
        loop {
            self.desks.clock.reached(self.desks.clock.now() + SWEEP_EVERY).await;
            if let Err(error) = self.sweep_memories().await {
                tracing::warn!(%error, "what need not be remembered is forgotten later");
            }
            let rooms = self.knowledge.rooms();
            let audit = move || rooms.iter().for_each(Shelved::audit);
            if let Err(error) = tokio::task::spawn_blocking(audit).await {
                tracing::warn!(%error, "the graphs were not looked after");
            }
        }
    }

    /// Who solved a remembered ticket and when, as far as its desk knows.
    pub(super) fn outcome_of(&self, tenant: &TenantId, id: &ItemId) -> Option<Outcome> {
        let id = TicketId::new(id.as_str()).ok()?;
        self.desks.committed.read(tenant, |desk| match &desk.case(&id)?.phase {
            Phase::Closed { at, closing: Closing::Completed | Closing::Solved, owner } => {
                Some((owner.clone(), *at))
            }
            _ => None,
        })
    }
}

//! Tickets that came in: remembered for a while by numbers, without their text.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use switchyard_domain::desk::Closing;
use switchyard_domain::desk::case::Phase;
use switchyard_domain::ids::{ItemId, TenantId, TicketId};
use switchyard_domain::knowledge::{ItemKey, ItemKind, Remembered};
use switchyard_domain::ticket::Ticket;
use switchyard_domain::time::Timestamp;
use switchyard_journal::encode_remembered;
use switchyard_models::similar::Sketch;

use super::filter::Entry;
use super::precedents::Outcome;
use super::{Knowledge, Shelved};
use crate::app::App;
use crate::store::{KnowledgeChange, RememberedRow};

/// Old tickets forgotten with each that comes: more than one, so that none are left behind.
const FORGOTTEN_AT_ONCE: usize = 8;

/// A ticket that is to be remembered.
#[derive(Debug)]
pub(in crate::app) struct Memory {
    entry: Entry,
    sketch: Sketch,
    payload: Vec<u8>,
    number: u64,
    /// Too old to be remembered any more.
    expired: Vec<(u64, ItemKey)>,
    /// In the store and of no use.
    stale: Vec<u64>,
}

impl Knowledge {
    /// Whether tickets are remembered at all.
    pub(super) fn remembers(&self) -> bool {
        self.remember.is_some()
    }

    /// What the store need not remember any more, and has not been told yet.
    pub(crate) fn forgotten(&self) -> Option<KnowledgeChange> {
        let stale = self.take_stale();
        (!stale.is_empty()).then_some(KnowledgeChange::Forget(stale))
    }

    fn take_stale(&self) -> Vec<u64> {
        std::mem::take(&mut *self.stale.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Numbers that go from the store with the next ticket that is remembered.
    pub(super) fn forget_soon(&self, numbers: impl IntoIterator<Item = u64>) {
        self.stale.lock().unwrap_or_else(PoisonError::into_inner).extend(numbers);
    }

    /// What is remembered of a ticket; `None` where nothing is, it is too old already, or nobody is
    /// known to have written it.
    pub(in crate::app) fn memory(
        &self,
        tenant: &TenantId,
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
        let room = self.shelved_or_new(tenant);
        let (expired, before) = room.leaving(since, &entry.key);
        let mut stale = self.take_stale();
        stale.extend(before);
        let payload = encode_remembered(&remembered);
        Some(Memory { entry, sketch, payload, number, expired, stale })
    }

    /// Shows what is remembered now.
    pub(in crate::app) fn show_memory(&self, tenant: &TenantId, memory: Memory) {
        let room = self.shelved_or_new(tenant);
        let mut stock = room.write();
        for (_, key) in &memory.expired {
            stock.forget(key);
        }
        let gone = stock.remember(memory.entry, &memory.sketch);
        drop(stock);
        self.forget_soon(gone);
    }
}

impl Memory {
    /// The changes of the store.
    pub(in crate::app) fn changes(&self, tenant: &TenantId) -> Vec<KnowledgeChange> {
        let (number, payload) = (self.number, self.payload.clone());
        let row = RememberedRow { number, tenant: tenant.to_string(), payload };
        let expired = self.expired.iter().map(|(number, _)| *number);
        let gone: Vec<u64> = expired.chain(self.stale.iter().copied()).collect();
        let forget = (!gone.is_empty()).then_some(KnowledgeChange::Forget(gone));
        [KnowledgeChange::Remember(row)].into_iter().chain(forget).collect()
    }
}

impl Shelved {
    /// Tickets too old to be remembered, and the number under which this one was.
    fn leaving(&self, since: Timestamp, key: &ItemKey) -> (Vec<(u64, ItemKey)>, Option<u64>) {
        let stock = self.read();
        (stock.remembered_before(since, FORGOTTEN_AT_ONCE), stock.remembered_number(key))
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

//! What readers see: desks as of the last commit.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use switchyard_domain::desk::{Desk, Event};
use switchyard_domain::ids::TenantId;
use switchyard_domain::policy::Policy;
use switchyard_domain::time::Timestamp;
use tokio::sync::watch;

/// Desks by tenant.
pub(super) type Desks = BTreeMap<TenantId, Desk>;

/// Desks as of the last commit, and a bell that rings with every commit.
#[derive(Debug)]
pub struct Committed {
    desks: RwLock<Desks>,
    bell: watch::Sender<u64>,
    default_policy: Arc<Policy>,
}

impl Committed {
    pub(super) fn new(desks: Desks, default_policy: Arc<Policy>) -> Self {
        Self { desks: RwLock::new(desks), bell: watch::Sender::new(0), default_policy }
    }

    /// Looks at a tenant's desk; a tenant who never wrote has an empty one.
    pub fn read<T>(&self, tenant: &TenantId, look: impl FnOnce(&Desk) -> T) -> T {
        let desks = self.desks.read().unwrap_or_else(PoisonError::into_inner);
        match desks.get(tenant) {
            Some(desk) => look(desk),
            None => look(&Desk::new(self.default_policy.clone())),
        }
    }

    /// Looks at every desk.
    pub fn for_each(&self, mut look: impl FnMut(&TenantId, &Desk)) {
        let desks = self.desks.read().unwrap_or_else(PoisonError::into_inner);
        for (tenant, desk) in desks.iter() {
            look(tenant, desk);
        }
    }

    /// Changes whenever something was committed.
    pub fn bell(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }

    /// Folds committed events in; readers see all of them or none.
    pub(super) fn publish<'a>(
        &self,
        entries: impl Iterator<Item = (&'a TenantId, &'a [Event], Timestamp)>,
    ) {
        let mut desks = self.desks.write().unwrap_or_else(PoisonError::into_inner);
        for (tenant, events, at) in entries {
            let desk = desks
                .entry(tenant.clone())
                .or_insert_with(|| Desk::new(self.default_policy.clone()));
            for event in events {
                desk.apply(event, at);
            }
        }
        drop(desks);
        self.bell.send_modify(|rings| *rings += 1);
    }

    /// A copy to speculate on.
    pub(super) fn copy(&self) -> Desks {
        self.desks.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

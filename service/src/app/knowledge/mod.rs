//! What was solved before: kept, found, forgotten.
//!
//! Items are kept in the store with their texts; what is searched is in memory
//! and is made of the texts anew at every start, by the model in use.
//!
//! - [`filter`]: what is known of an item, and which are meant
//! - `index`: items of one kind as they are searched
//! - [`shelf`]: one tenant's items, tickets and articles
//! - [`loading`]: from the store to shelves
//! - [`changes`]: items that come and go
//! - [`finding`]: items that a text is like
//! - `memories`: tickets that came in, by who wrote them
//! - [`remembering`]: what is kept of them, and for how long
//! - [`precedents`]: what a ticket's assessment says of them

pub mod changes;
pub mod filter;
pub mod finding;
mod index;
mod loading;
mod memories;
pub mod precedents;
pub(in crate::app) mod remembering;
pub mod shelf;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use switchyard_domain::ids::TenantId;
use switchyard_domain::time::Span;
use switchyard_models::similar::{CollectionSettings, Refusal};
use tokio::sync::{Mutex, MutexGuard};

use crate::config::KnowledgeConfig;

pub use changes::{Change, Imported};
pub use filter::Filter;
pub use finding::{FoundItem, Status};
pub use shelf::Shelf;

/// The width of vectors where the model has none: no item has one then.
const NO_VECTORS: usize = 64;

/// The items of all tenants, as they are searched.
#[derive(Debug)]
pub struct Knowledge {
    shelves: RwLock<BTreeMap<TenantId, Arc<Shelved>>>,
    settings: CollectionSettings,
    /// How long after its opening a ticket that came in is remembered.
    remember: Option<Span>,
    /// Above the numbers of all remembered tickets.
    next_number: AtomicU64,
    /// Numbers of remembered tickets that are of no use any more, and still in the store.
    stale: std::sync::Mutex<BTreeSet<u64>>,
}

/// A shelf that some read while one changes it.
#[derive(Debug)]
pub(super) struct Shelved {
    shelf: RwLock<Shelf>,
    /// Changes are kept and then shown one after the other: who shows first has kept first.
    turn: Mutex<()>,
    /// A graph of its vectors is being built.
    is_building: AtomicBool,
    /// The changes of the index when its graph was last looked at.
    n_audited: AtomicU64,
}

impl Knowledge {
    /// Without any item, for vectors of a model.
    ///
    /// # Errors
    /// A width that no index takes.
    pub fn new(dense_width: Option<usize>, config: KnowledgeConfig) -> Result<Self, Refusal> {
        let KnowledgeConfig { remember, graph_from } = config;
        let dimension = dense_width.unwrap_or(NO_VECTORS);
        let settings =
            CollectionSettings { dimension, graph_from, ..CollectionSettings::default() };
        Shelf::new(settings)?;
        let (shelves, next_number, stale) = Default::default();
        Ok(Self { shelves, settings, remember, next_number, stale })
    }

    /// A tenant's shelf, if they ever had an item.
    fn shelved(&self, tenant: &TenantId) -> Option<Arc<Shelved>> {
        self.shelves.read().unwrap_or_else(PoisonError::into_inner).get(tenant).cloned()
    }

    /// All shelves there are.
    fn rooms(&self) -> Vec<Arc<Shelved>> {
        let shelves = self.shelves.read().unwrap_or_else(PoisonError::into_inner);
        shelves.values().cloned().collect()
    }

    /// A tenant's shelf, an empty one if there was none.
    fn shelved_or_new(&self, tenant: &TenantId) -> Arc<Shelved> {
        let mut shelves = self.shelves.write().unwrap_or_else(PoisonError::into_inner);
        let new = || {
            let stock = Shelf::new(self.settings).expect("the settings were tried");
            let (turn, is_building, n_audited) = Default::default();
            Arc::new(Shelved { shelf: RwLock::new(stock), turn, is_building, n_audited })
        };
        shelves.entry(tenant.clone()).or_insert_with(new).clone()
    }
}

impl Shelved {
    fn read(&self) -> RwLockReadGuard<'_, Shelf> {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Shelf> {
        self.shelf.write().unwrap_or_else(PoisonError::into_inner)
    }

    async fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().await
    }
}

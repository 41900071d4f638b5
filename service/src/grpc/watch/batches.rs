//! Batches that several watchers want, read and encoded once.
//!
//! What follows a sequence never changes, so a batch is kept under the sequence
//! before it. Watchers that were sent the same batches ask for the same next
//! one: a thousand of them cost the store one reading.

use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use switchyard_domain::ids::TenantId;

use super::batch::Batch;
use crate::app::history::{History, HistoryError};
use crate::lang::Lang;

/// Memory for batches. A busy desk writes some megabytes of events a second, so that this is
/// several seconds of one: who is later reads the store.
const BYTES_MAX: u64 = 32 * 1024 * 1024;

/// Batches that may be kept, for sizing tables.
const N_ESTIMATED: usize = 4_096;

/// Entries read for one batch.
const ENTRIES_MAX: u32 = 256;

/// Whose events, in which language, after which sequence.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub(super) tenant: TenantId,
    pub(super) lang: Lang,
    pub(super) after: u64,
}

/// The batches of all tenants.
#[derive(Debug)]
pub(super) struct Batches {
    kept: Cache<Place, Arc<Batch>, ByBytes>,
    history: History,
}

#[derive(Debug, Clone)]
struct ByBytes;

impl Weighter<Place, Arc<Batch>> for ByBytes {
    fn weight(&self, _: &Place, batch: &Arc<Batch>) -> u64 {
        batch.n_bytes()
    }
}

impl Batches {
    pub(super) fn new(history: History) -> Self {
        Self { kept: Cache::with_weighter(N_ESTIMATED, BYTES_MAX, ByBytes), history }
    }

    /// The events at a place, up to `head` where they are not at hand yet.
    ///
    /// # Errors
    /// The journal cannot be read; or `head` is not beyond the place.
    pub(super) async fn at(&self, place: &Place, head: u64) -> Result<Arc<Batch>, HistoryError> {
        self.kept.get_or_insert_async(place, self.load(place, head)).await
    }

    async fn load(&self, place: &Place, head: u64) -> Result<Arc<Batch>, HistoryError> {
        let Place { tenant, lang, after } = place;
        let entries = self.history.entries_between(tenant, *after, head, ENTRIES_MAX).await?;
        let batch = Batch::of(&entries, *after, *lang).ok_or_else(|| HistoryError::Gap {
            tenant: tenant.clone(),
            expected: after + 1,
            got: head,
        })?;
        Ok(Arc::new(batch))
    }
}

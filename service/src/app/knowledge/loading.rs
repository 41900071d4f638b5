//! From the store to shelves, before anybody is served.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use switchyard_domain::ids::TenantId;
use switchyard_domain::knowledge::Item;
use switchyard_journal::{decode_item, decode_remembered};
use switchyard_models::similar::Sketch;

use super::changes::{AT_ONCE, Sketched, sketched};
use super::remembering::entry_of;
use super::{Knowledge, Shelved};
use crate::app::Understander;
use crate::app::history::HistoryError;
use crate::app::recovery::RecoveryError;
use crate::store::{KnowledgeRow, Reader, RememberedRow};

/// Items read at a time.
const READ_AT_ONCE: u32 = 1_000;

/// How often it is told how far it came. *Units*: items.
const TOLD_EVERY: usize = 50_000;

impl Knowledge {
    /// Sketches all that is kept; some 30 µs an item on each core.
    pub async fn load(
        self: &Arc<Self>,
        reader: &Reader,
        understander: &Arc<Understander>,
    ) -> Result<(), RecoveryError> {
        for name in reader.knowing_tenants().await? {
            let tenant = TenantId::new(&name)?;
            let started = Instant::now();
            let room = self.shelved_or_new(&tenant);
            load_shelf(&room, reader, &name, understander).await?;
            let (n_tickets, n_articles) = room.read().counts();
            let seconds = started.elapsed().as_secs_f32();
            tracing::info!(tenant = %name, n_tickets, n_articles, seconds, "knowledge sketched");
            room.keep_graph();
        }
        self.load_remembered(reader, understander.version()).await
    }

    /// Of a ticket that came in twice, what came later stands.
    async fn load_remembered(&self, reader: &Reader, version: &str) -> Result<(), RecoveryError> {
        let mut last = 0;
        loop {
            let rows = reader.remembered_after(last, READ_AT_ONCE).await?;
            let Some(end) = rows.last() else { break };
            last = end.number;
            for row in &rows {
                self.load_one(row, version)?;
            }
        }
        self.next_number.store(last + 1, Ordering::Relaxed);
        Ok(())
    }

    fn load_one(&self, row: &RememberedRow, version: &str) -> Result<(), RecoveryError> {
        let unreadable =
            |source| HistoryError::Item { id: format!("remembered/{}", row.number), source };
        let ticket = decode_remembered(&row.payload).map_err(unreadable)?;
        let entry = entry_of(&ticket, row.number);
        let room = self.shelved_or_new(&TenantId::new(&row.tenant)?);
        let mut stock = room.write();
        let sketch = Sketch::of_fingerprint(&ticket.fingerprint, version);
        let stale =
            if self.remembers() { stock.remember(entry, &sketch) } else { vec![row.number] };
        self.forget_soon(stale);
        Ok(())
    }
}

async fn load_shelf(
    room: &Shelved,
    reader: &Reader,
    tenant: &str,
    understander: &Arc<Understander>,
) -> Result<(), RecoveryError> {
    let mut last = (0, String::new());
    let mut n_loaded = 0;
    loop {
        let rows = reader.items_after(tenant, &last, READ_AT_ONCE).await?;
        let Some(end) = rows.last() else { return Ok(()) };
        last = end.key.clone();
        n_loaded += rows.len();
        let items = rows.iter().map(read_item).collect::<Result<Vec<_>, _>>()?;
        room.show(&sketched(understander, None, items).await);
        if n_loaded % TOLD_EVERY < rows.len() {
            tracing::info!(tenant, n_loaded, "sketching knowledge");
        }
    }
}

/// The item of a row.
pub(super) fn read_item(row: &KnowledgeRow) -> Result<Item, HistoryError> {
    let id = || row.key.1.clone();
    decode_item(&row.payload).map_err(|source| HistoryError::Item { id: id(), source })
}

impl Shelved {
    /// Shows items that are kept.
    pub(super) fn show(&self, items: &[Sketched]) {
        for some in items.chunks(AT_ONCE) {
            let mut stock = self.write();
            for Sketched { entry, sketch, .. } in some {
                if let Err(error) = stock.put(entry, sketch) {
                    tracing::error!(%error, id = %entry.key.id, "an item cannot be searched");
                }
            }
        }
    }
}

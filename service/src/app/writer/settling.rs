//! Entering recent requests into their table: in the order of their keys, some at a time.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::recent::RecentRequests;
use crate::app::committed::Committed;
use crate::store::{RequestKey, StoreError, Writer};

/// How many recent requests are settled together.
///
/// Random keys: so many share the pages of a table of millions, and take some ten mebibytes until then.
pub(super) const SETTLE_AT: usize = 100_000;

/// Rows entered in one transaction, a few milliseconds' work between two rounds.
const SLICE: usize = 2_000;

/// The time left to rounds between two slices.
const SLICE_EVERY: Duration = Duration::from_millis(50);

/// What is to be settled, and how far that is.
pub(super) struct Settling {
    pub(super) recent: Arc<RecentRequests>,
    at: usize,
    pass: Option<Pass>,
}

/// One way through all recent requests.
struct Pass {
    after: Option<RequestKey>,
    next: Instant,
    /// Every tenant's last event when it began: what came later may be left for the next pass.
    marks: Vec<(String, u64)>,
}

impl Settling {
    /// Settles once there are so many.
    pub(super) fn new(recent: Arc<RecentRequests>, at: usize) -> Self {
        Self { recent, at, pass: None }
    }

    pub(super) fn begin_if_due(&mut self, committed: &Committed) {
        if self.pass.is_none() && self.recent.len() >= self.at {
            self.begin(committed);
        }
    }

    fn begin(&mut self, committed: &Committed) {
        let mut marks = Vec::new();
        committed.for_each(|tenant, desk| marks.push((tenant.to_string(), desk.sequence())));
        self.pass = Some(Pass { after: None, next: Instant::now(), marks });
    }

    /// Returns when the next slice may be entered; never, while nothing is to be settled.
    pub(super) async fn is_due(&self) {
        match &self.pass {
            Some(pass) => tokio::time::sleep_until(pass.next).await,
            None => std::future::pending().await,
        }
    }

    /// Enters the next slice; what cannot be entered stays recent.
    pub(super) async fn settle_some(&mut self, store: &mut Writer) {
        let Some(pass) = self.pass.take() else { return };
        match self.settle_slice(pass, store).await {
            Ok(rest) => self.pass = rest,
            Err(error) => tracing::warn!(%error, "requests were not entered into their table"),
        }
    }

    async fn settle_slice(
        &self,
        mut pass: Pass,
        store: &mut Writer,
    ) -> Result<Option<Pass>, StoreError> {
        let rows = self.recent.after(pass.after, SLICE);
        let Some(last) = rows.last() else {
            store.mark_settled(&pass.marks).await?;
            return Ok(None);
        };
        store.settle_requests(&rows).await?;
        self.recent.remove(&rows);
        pass.after = Some(last.stamp.key);
        pass.next = Instant::now() + SLICE_EVERY;
        Ok(Some(pass))
    }

    /// Enters everything, as at the end.
    pub(super) async fn settle_all(&mut self, store: &mut Writer, committed: &Committed) {
        self.begin(committed);
        while self.pass.is_some() {
            self.settle_some(store).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use switchyard_domain::ids::TenantId;

    use super::*;
    use crate::app::committed::Desks;
    use crate::app::default_policy;
    use crate::store::{RequestRow, RequestStamp, Store, StoreOptions};

    fn row(n: u64) -> RequestRow {
        let mut key = [0; 16];
        key[..8].copy_from_slice(&n.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
        let stamp = RequestStamp { key, digest: [7; 16] };
        RequestRow { stamp, first_sequence: n, n_events: 1, at_ms: n as i64 }
    }

    fn committed() -> Committed {
        let desk = switchyard_domain::desk::Desk::new(default_policy().policy);
        let desks = Desks::from([(TenantId::new("acme").expect("a valid id"), desk)]);
        Committed::new(desks, default_policy().policy)
    }

    async fn store(folder: &tempfile::TempDir) -> Store {
        let path = folder.path().join("store.sqlite");
        Store::open(&StoreOptions { path, bytes_max: None }).await.expect("a store")
    }

    #[tokio::test]
    async fn a_pass_begins_when_there_are_enough_and_enters_every_one() {
        let folder = tempfile::TempDir::new().expect("a temporary folder");
        let mut store = store(&folder).await;
        let n = SLICE as u64 + 10;
        let recent = Arc::new(RecentRequests::new((1..n).map(row).collect()));
        let mut settling = Settling::new(recent.clone(), n as usize);
        settling.begin_if_due(&committed());
        assert!(settling.pass.is_none(), "one is missing");
        recent.extend(&[row(n)]);
        settling.begin_if_due(&committed());
        while settling.pass.is_some() {
            settling.is_due().await;
            settling.settle_some(&mut store.writer).await;
        }
        assert_eq!(recent.len(), 0);
        let keys: Vec<_> = (1..=n).map(|n| row(n).stamp.key).collect();
        let mut settled = store.lookup.settled_requests(&keys, 0).await.expect("looked up");
        settled.sort_by_key(|row| row.first_sequence);
        assert!(settled.into_iter().eq((1..=n).map(row)));
    }

    #[tokio::test]
    async fn old_requests_are_swept_and_younger_ones_stay() {
        let folder = tempfile::TempDir::new().expect("a temporary folder");
        let mut store = store(&folder).await;
        let rows: Vec<_> = (0..5_000).map(row).collect();
        store.writer.settle_requests(&rows).await.expect("stored");
        let mut swept_to = None;
        for _ in 0..3 {
            swept_to = store.writer.sweep_requests(swept_to, 1_000).await.expect("swept").next;
        }
        assert_eq!(swept_to, None, "the end is reached");
        let swept = store.writer.sweep_requests(None, 4_500).await.expect("swept");
        assert!(swept.was_old && swept.next.is_some());
        let keys: Vec<_> = rows.iter().map(|row| row.stamp.key).collect();
        let left = store.lookup.settled_requests(&keys, 0).await.expect("looked up");
        assert!(left.len() < 2_500, "{}", left.len());
        assert!(left.iter().all(|row| row.at_ms >= 1_000));
        assert_eq!(left.iter().filter(|row| row.at_ms >= 4_500).count(), 500);
    }
}

//! Requests that are committed and not yet in their table.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::store::{RequestKey, RequestRow};

/// Recent requests, shared by both stages: one adds and settles, the other looks up.
#[derive(Debug)]
pub(super) struct RecentRequests(Mutex<BTreeMap<RequestKey, RequestRow>>);

impl RecentRequests {
    pub(super) fn new(rows: Vec<RequestRow>) -> Self {
        Self(Mutex::new(rows.into_iter().map(|row| (row.stamp.key, row)).collect()))
    }

    fn rows(&self) -> MutexGuard<'_, BTreeMap<RequestKey, RequestRow>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn len(&self) -> usize {
        self.rows().len()
    }

    pub(super) fn get(&self, key: &RequestKey) -> Option<RequestRow> {
        self.rows().get(key).copied()
    }

    pub(super) fn extend(&self, rows: &[RequestRow]) {
        self.rows().extend(rows.iter().map(|row| (row.stamp.key, *row)));
    }

    /// The next rows in the order of their keys.
    pub(super) fn after(&self, key: Option<RequestKey>, n_max: usize) -> Vec<RequestRow> {
        let from = key.map_or(Bound::Unbounded, Bound::Excluded);
        let rows = self.rows();
        rows.range((from, Bound::Unbounded)).take(n_max).map(|(_, row)| *row).collect()
    }

    pub(super) fn remove(&self, settled: &[RequestRow]) {
        let mut rows = self.rows();
        for row in settled {
            rows.remove(&row.stamp.key);
        }
    }
}

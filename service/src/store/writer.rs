//! The one connection that writes: a transaction per batch, all rows of many commands, one sync.

use std::time::{Duration, Instant};

use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection as _, Row as _};

use super::StoreError;
use super::insert;
use super::lock::StoreLock;
use super::rows::{Batch, RequestKey, RequestRow, SnapshotPart};
use super::thinning::surplus;

/// Requests looked through at a time for old ones: a millisecond's work.
const SWEPT_AT_ONCE: u32 = 2_000;

/// The one connection that writes.
#[derive(Debug)]
pub struct Writer {
    connection: SqliteConnection,
    _lock: StoreLock,
}

impl Writer {
    pub(super) fn new(connection: SqliteConnection, lock: StoreLock) -> Self {
        Self { connection, _lock: lock }
    }

    #[cfg(test)]
    pub(super) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }

    /// Commits a batch, all or nothing; returns how long the commit with its sync took.
    ///
    /// # Errors
    /// Nothing of the batch is stored then.
    pub async fn commit(&mut self, batch: &Batch) -> Result<Duration, StoreError> {
        let mut transaction = self.connection.begin_with("BEGIN IMMEDIATE").await?;
        insert::entries(&mut transaction, &batch.entries).await?;
        insert::requests(&mut transaction, &batch.requests).await?;
        insert::customers(&mut transaction, &batch.customers).await?;
        insert::policies(&mut transaction, &batch.policies).await?;
        let started = Instant::now();
        transaction.commit().await?;
        Ok(started.elapsed())
    }

    /// Commits a piece of a snapshot by itself; with its last piece, surplus ones of the tenant go.
    pub async fn put_snapshot_part(&mut self, part: &SnapshotPart) -> Result<(), StoreError> {
        let mut transaction = self.connection.begin_with("BEGIN IMMEDIATE").await?;
        insert::snapshot_part(&mut transaction, part).await?;
        if part.is_last() {
            thin_snapshots(&mut transaction, part).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Enters requests into their table.
    pub async fn settle_requests(&mut self, rows: &[RequestRow]) -> Result<(), StoreError> {
        let mut transaction = self.connection.begin_with("BEGIN IMMEDIATE").await?;
        insert::requests(&mut transaction, rows).await?;
        Ok(transaction.commit().await?)
    }

    /// Notes up to which event each tenant's requests are in their table.
    pub async fn mark_settled(&mut self, marks: &[(String, u64)]) -> Result<(), StoreError> {
        let mut transaction = self.connection.begin_with("BEGIN IMMEDIATE").await?;
        insert::settled_marks(&mut transaction, marks).await?;
        Ok(transaction.commit().await?)
    }

    /// Forgets those of the next requests in the order of their keys that were made before an
    /// instant, in milliseconds since the epoch; returns where to go on, `None` at the end.
    ///
    /// A sweep over all requests, a few at a time, in place of an index that every commit would write.
    pub async fn sweep_requests(
        &mut self,
        from: Option<RequestKey>,
        before_ms: i64,
    ) -> Result<Option<RequestKey>, StoreError> {
        let from = from.unwrap_or_default().to_vec();
        let until: Option<Vec<u8>> = sqlx::query_scalar(
            "SELECT key FROM request WHERE key >= ? ORDER BY key LIMIT 1 OFFSET ?",
        )
        .bind(&from)
        .bind(SWEPT_AT_ONCE)
        .fetch_optional(&mut self.connection)
        .await?;
        // No key comes after sixteen bytes of the highest value and one more.
        let end = until.clone().unwrap_or_else(|| vec![u8::MAX; 17]);
        sqlx::query("DELETE FROM request WHERE key >= ? AND key < ? AND at_ms < ?")
            .bind(from)
            .bind(end)
            .bind(before_ms)
            .execute(&mut self.connection)
            .await?;
        Ok(until.and_then(|key| key.try_into().ok()))
    }

    /// Closes the connection, folding the write-ahead log into the file.
    pub async fn close(self) -> Result<(), StoreError> {
        Ok(self.connection.close().await?)
    }
}

/// Drops snapshots that too many others stand in for, and pieces that were never completed.
async fn thin_snapshots(
    connection: &mut SqliteConnection,
    newest: &SnapshotPart,
) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "SELECT sequence, max(part) + 1 = n_parts FROM snapshot \
         WHERE tenant = ? AND sequence <= ? GROUP BY sequence ORDER BY sequence DESC",
    )
    .bind(&newest.tenant)
    .bind(newest.sequence as i64)
    .fetch_all(&mut *connection)
    .await?;
    let (mut whole, mut dropped) = (Vec::new(), Vec::new());
    for row in &rows {
        let sequence = row.try_get::<i64, _>(0)? as u64;
        if row.try_get(1)? { whole.push(sequence) } else { dropped.push(sequence) }
    }
    dropped.extend(surplus(&whole));
    for sequence in dropped {
        sqlx::query("DELETE FROM snapshot WHERE tenant = ? AND sequence = ?")
            .bind(&newest.tenant)
            .bind(sequence as i64)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

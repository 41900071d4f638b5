//! The one connection that writes: a transaction per batch, all rows of many commands, one sync.

use std::time::{Duration, Instant};

use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection as _, Row as _};

use super::StoreError;
use super::insert;
use super::knowledge::{self, KnowledgeChange};
use super::lock::StoreLock;
use super::rows::{Batch, RequestKey, RequestRow, SnapshotPart};
use super::thinning::surplus;

/// Requests looked through at a time for old ones: a millisecond's work.
const SWEPT_AT_ONCE: u32 = 2_000;

/// What a look through some requests came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    /// Where to go on; `None` at the end of the table.
    pub next: Option<RequestKey>,
    /// Most of them were forgotten: there may be many more.
    pub was_old: bool,
}

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

    pub(super) fn connection_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }

    #[cfg(test)]
    pub(super) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }

    async fn run(&mut self, statement: &'static str) -> Result<(), StoreError> {
        sqlx::raw_sql(statement).execute(&mut self.connection).await?;
        Ok(())
    }

    /// Begins a transaction, which [`Self::end`] must end.
    ///
    /// In plain statements: SQLite ends a transaction by itself when the disk is full, and sqlx's
    /// own count of open ones would be wrong from then on.
    pub(super) async fn begin(&mut self) -> Result<(), StoreError> {
        self.run("BEGIN IMMEDIATE").await
    }

    pub(super) async fn end(&mut self, done: Result<(), StoreError>) -> Result<(), StoreError> {
        let ended = match done {
            Ok(()) => self.run("COMMIT").await,
            Err(error) => Err(error),
        };
        if ended.is_err() {
            // It fails when SQLite has rolled back already.
            let _ = self.run("ROLLBACK").await;
        }
        ended
    }

    /// Commits a batch, all or nothing; returns how long the commit with its sync took.
    ///
    /// # Errors
    /// Nothing of the batch is stored then.
    pub async fn commit(&mut self, batch: &Batch) -> Result<Duration, StoreError> {
        self.begin().await?;
        let done = insert_batch(&mut self.connection, batch).await;
        let started = Instant::now();
        self.end(done).await?;
        let took = started.elapsed();
        if batch.knowledge.iter().any(KnowledgeChange::erases) {
            self.forget_log().await;
        }
        Ok(took)
    }

    /// What was erased from the file still stands in the log it was written by.
    async fn forget_log(&mut self) {
        if let Err(error) = self.run("PRAGMA wal_checkpoint(TRUNCATE)").await {
            tracing::warn!(%error, "the log is folded later; what was erased stands in it until then");
        }
    }

    /// Commits a piece of a snapshot by itself; with its last piece, surplus ones of the tenant go.
    pub async fn put_snapshot_part(&mut self, part: &SnapshotPart) -> Result<(), StoreError> {
        self.begin().await?;
        let done = insert_part(&mut self.connection, part).await;
        self.end(done).await
    }

    /// Enters requests into their table.
    pub async fn settle_requests(&mut self, rows: &[RequestRow]) -> Result<(), StoreError> {
        self.begin().await?;
        let done = insert::requests(&mut self.connection, rows).await;
        self.end(done).await
    }

    /// Notes up to which event each tenant's requests are in their table.
    pub async fn mark_settled(&mut self, marks: &[(String, u64)]) -> Result<(), StoreError> {
        self.begin().await?;
        let done = insert::settled_marks(&mut self.connection, marks).await;
        self.end(done).await
    }

    /// Forgets those of the next requests in the order of their keys that were made before an
    /// instant, in milliseconds since the epoch.
    ///
    /// A sweep over all requests, a few at a time, in place of an index that every commit would write.
    pub async fn sweep_requests(
        &mut self,
        from: Option<RequestKey>,
        before_ms: i64,
    ) -> Result<Swept, StoreError> {
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
        let done = sqlx::query("DELETE FROM request WHERE key >= ? AND key < ? AND at_ms < ?")
            .bind(from)
            .bind(end)
            .bind(before_ms)
            .execute(&mut self.connection)
            .await?;
        let next = until.and_then(|key| key.try_into().ok());
        Ok(Swept { next, was_old: 2 * done.rows_affected() > u64::from(SWEPT_AT_ONCE) })
    }

    /// Folds the write-ahead log into the file and closes the connection.
    ///
    /// Only the last connection to close folds by itself, and that may be one that cannot write.
    pub async fn close(mut self) -> Result<(), StoreError> {
        self.run("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        Ok(self.connection.close().await?)
    }
}

async fn insert_batch(connection: &mut SqliteConnection, batch: &Batch) -> Result<(), StoreError> {
    insert::entries(connection, &batch.entries).await?;
    insert::requests(connection, &batch.requests).await?;
    insert::customers(connection, &batch.customers).await?;
    insert::policies(connection, &batch.policies).await?;
    knowledge::apply(connection, &batch.knowledge).await
}

/// The first piece takes the place of a snapshot of the same state, which another release may
/// have written in more pieces.
async fn insert_part(
    connection: &mut SqliteConnection,
    part: &SnapshotPart,
) -> Result<(), StoreError> {
    if part.part == 0 {
        delete_snapshot(connection, &part.tenant, part.sequence).await?;
    }
    insert::snapshot_part(connection, part).await?;
    if part.is_last() {
        thin_snapshots(connection, part).await?;
    }
    Ok(())
}

async fn delete_snapshot(
    connection: &mut SqliteConnection,
    tenant: &str,
    sequence: u64,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM snapshot WHERE tenant = ? AND sequence = ?")
        .bind(tenant)
        .bind(sequence as i64)
        .execute(connection)
        .await?;
    Ok(())
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
        delete_snapshot(connection, &newest.tenant, sequence).await?;
    }
    Ok(())
}

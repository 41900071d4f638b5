//! One transaction per batch: all rows of many commands, then one sync.

use std::time::{Duration, Instant};

use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection as _, QueryBuilder, Sqlite};

use super::StoreError;
use super::lock::StoreLock;

/// Rows of one statement; six columns each stay far below SQLite's 32,766 variables.
const ROWS_PER_STATEMENT: usize = 500;

/// A committed command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Whose.
    pub tenant: String,
    /// The sequence of its first event.
    pub first_sequence: u64,
    /// The sequence of its last event.
    pub last_sequence: u64,
    /// When, in milliseconds since the epoch.
    pub at_ms: i64,
    /// The ticket the command was about.
    pub ticket: Option<String>,
    /// The record.
    pub payload: Vec<u8>,
}

/// A request that must not be done twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// Whose.
    pub tenant: String,
    /// The RPC.
    pub method: String,
    /// The caller's id of the request.
    pub id: String,
    /// SHA-256 of its body.
    pub digest: Vec<u8>,
    /// The first event it caused; the journal's end when it caused none.
    pub first_sequence: u64,
    /// How many events it caused.
    pub n_events: u64,
    /// When, in milliseconds since the epoch.
    pub at_ms: i64,
}

/// A policy's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyRow {
    /// Whose.
    pub tenant: String,
    /// Which.
    pub revision: u64,
    /// TOML.
    pub source: String,
    /// Why it was applied.
    pub comment: String,
    /// When, in milliseconds since the epoch.
    pub at_ms: i64,
}

/// Who is behind an opaque reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    /// Whose.
    pub tenant: String,
    /// As in the journal.
    pub reference: String,
    /// As the caller names the customer.
    pub customer_id: String,
}

/// A desk's state at a sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotRow {
    /// Whose.
    pub tenant: String,
    /// After this many events.
    pub sequence: u64,
    /// The record.
    pub payload: Vec<u8>,
}

/// Everything that is committed together.
#[derive(Debug, Default)]
pub struct Batch {
    /// Commands.
    pub entries: Vec<EntryRow>,
    /// Requests.
    pub requests: Vec<RequestRow>,
    /// Policies.
    pub policies: Vec<PolicyRow>,
    /// Customers.
    pub customers: Vec<CustomerRow>,
    /// Snapshots.
    pub snapshots: Vec<SnapshotRow>,
}

impl Batch {
    /// Whether there is nothing to commit.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
            && self.requests.is_empty()
            && self.policies.is_empty()
            && self.customers.is_empty()
            && self.snapshots.is_empty()
    }
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
        insert_entries(&mut transaction, &batch.entries).await?;
        insert_requests(&mut transaction, &batch.requests).await?;
        insert_customers(&mut transaction, &batch.customers).await?;
        for policy in &batch.policies {
            insert_policy(&mut transaction, policy).await?;
        }
        for snapshot in &batch.snapshots {
            insert_snapshot(&mut transaction, snapshot).await?;
        }
        let started = Instant::now();
        transaction.commit().await?;
        Ok(started.elapsed())
    }

    /// Requests of these keys that are known, looked up in one statement.
    pub async fn known_requests(
        &mut self,
        keys: &[(String, String, String)],
    ) -> Result<Vec<RequestRow>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = QueryBuilder::<Sqlite>::new(
            "SELECT tenant, method, id, digest, first_sequence, n_events, at_ms FROM request \
             WHERE (tenant, method, id) IN (",
        );
        query.push_values(keys, |mut row, (tenant, method, id)| {
            row.push_bind(tenant).push_bind(method).push_bind(id);
        });
        query.push(")");
        let rows = query.build().fetch_all(&mut self.connection).await?;
        rows.iter().map(super::reader::request_row).collect()
    }

    /// Forgets requests made before an instant, in milliseconds since the epoch.
    pub async fn forget_requests_before(&mut self, at_ms: i64) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM request WHERE at_ms < ?")
            .bind(at_ms)
            .execute(&mut self.connection)
            .await?;
        Ok(done.rows_affected())
    }

    /// Closes the connection, folding the write-ahead log into the file.
    pub async fn close(self) -> Result<(), StoreError> {
        Ok(self.connection.close().await?)
    }
}

async fn insert_entries(
    connection: &mut SqliteConnection,
    rows: &[EntryRow],
) -> Result<(), StoreError> {
    for rows in rows.chunks(ROWS_PER_STATEMENT) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO journal (tenant, first_sequence, last_sequence, at_ms, ticket, payload) ",
        );
        query.push_values(rows, |mut values, row| {
            values
                .push_bind(&row.tenant)
                .push_bind(row.first_sequence as i64)
                .push_bind(row.last_sequence as i64)
                .push_bind(row.at_ms)
                .push_bind(&row.ticket)
                .push_bind(&row.payload);
        });
        query.build().execute(&mut *connection).await?;
    }
    Ok(())
}

async fn insert_requests(
    connection: &mut SqliteConnection,
    rows: &[RequestRow],
) -> Result<(), StoreError> {
    for rows in rows.chunks(ROWS_PER_STATEMENT) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO request (tenant, method, id, digest, first_sequence, n_events, at_ms) ",
        );
        query.push_values(rows, |mut values, row| {
            values
                .push_bind(&row.tenant)
                .push_bind(&row.method)
                .push_bind(&row.id)
                .push_bind(&row.digest)
                .push_bind(row.first_sequence as i64)
                .push_bind(row.n_events as i64)
                .push_bind(row.at_ms);
        });
        query.build().execute(&mut *connection).await?;
    }
    Ok(())
}

async fn insert_customers(
    connection: &mut SqliteConnection,
    rows: &[CustomerRow],
) -> Result<(), StoreError> {
    for rows in rows.chunks(ROWS_PER_STATEMENT) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT OR IGNORE INTO customer (tenant, reference, customer_id) ",
        );
        query.push_values(rows, |mut values, row| {
            values.push_bind(&row.tenant).push_bind(&row.reference).push_bind(&row.customer_id);
        });
        query.build().execute(&mut *connection).await?;
    }
    Ok(())
}

async fn insert_policy(
    connection: &mut SqliteConnection,
    row: &PolicyRow,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO policy (tenant, revision, source, comment, at_ms) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(&row.tenant)
    .bind(row.revision as i64)
    .bind(&row.source)
    .bind(&row.comment)
    .bind(row.at_ms)
    .execute(connection)
    .await?;
    Ok(())
}

async fn insert_snapshot(
    connection: &mut SqliteConnection,
    row: &SnapshotRow,
) -> Result<(), StoreError> {
    sqlx::query("INSERT OR REPLACE INTO snapshot (tenant, sequence, payload) VALUES (?, ?, ?)")
        .bind(&row.tenant)
        .bind(row.sequence as i64)
        .bind(&row.payload)
        .execute(connection)
        .await?;
    Ok(())
}

//! Rows into tables, many a statement.

use sqlx::query_builder::Separated;
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

use super::StoreError;
use super::rows::{CustomerRow, EntryRow, PolicyRow, RequestRow, RequestStamp, SnapshotPart};

/// Rows of one statement; eight columns each stay far below SQLite's 32,766 variables.
const ROWS_PER_STATEMENT: usize = 500;

async fn insert<R>(
    connection: &mut SqliteConnection,
    into: &'static str,
    rows: &[R],
    bind: impl Fn(&mut Separated<'_, Sqlite, &'static str>, &R),
) -> Result<(), StoreError> {
    for rows in rows.chunks(ROWS_PER_STATEMENT) {
        let mut query = QueryBuilder::<Sqlite>::new(into);
        query.push_values(rows, |mut values, row| bind(&mut values, row));
        query.build().execute(&mut *connection).await?;
    }
    Ok(())
}

pub(super) async fn entries(
    connection: &mut SqliteConnection,
    rows: &[EntryRow],
) -> Result<(), StoreError> {
    let into = "INSERT INTO journal \
                (tenant, first_sequence, last_sequence, at_ms, request, payload) ";
    insert(connection, into, rows, |values, row| {
        values
            .push_bind(&row.tenant)
            .push_bind(row.first_sequence as i64)
            .push_bind(row.last_sequence as i64)
            .push_bind(row.at_ms)
            .push_bind(row.request.map(RequestStamp::to_bytes))
            .push_bind(&row.payload);
    })
    .await
}

pub(super) async fn requests(
    connection: &mut SqliteConnection,
    rows: &[RequestRow],
) -> Result<(), StoreError> {
    // One that is too old to count may not have been swept away yet.
    let into = "INSERT OR REPLACE INTO request (key, digest, first_sequence, n_events, at_ms) ";
    insert(connection, into, rows, |values, row| {
        values
            .push_bind(row.stamp.key.to_vec())
            .push_bind(row.stamp.digest.to_vec())
            .push_bind(row.first_sequence as i64)
            .push_bind(row.n_events as i64)
            .push_bind(row.at_ms);
    })
    .await
}

pub(super) async fn customers(
    connection: &mut SqliteConnection,
    rows: &[CustomerRow],
) -> Result<(), StoreError> {
    let into = "INSERT OR IGNORE INTO customer (tenant, reference, customer_id) ";
    insert(connection, into, rows, |values, row| {
        values.push_bind(&row.tenant).push_bind(&row.reference).push_bind(&row.customer_id);
    })
    .await
}

pub(super) async fn policies(
    connection: &mut SqliteConnection,
    rows: &[PolicyRow],
) -> Result<(), StoreError> {
    let into = "INSERT INTO policy (tenant, revision, source, comment, at_ms) ";
    insert(connection, into, rows, |values, row| {
        values
            .push_bind(&row.tenant)
            .push_bind(row.revision as i64)
            .push_bind(&row.source)
            .push_bind(&row.comment)
            .push_bind(row.at_ms);
    })
    .await
}

pub(super) async fn settled_marks(
    connection: &mut SqliteConnection,
    marks: &[(String, u64)],
) -> Result<(), StoreError> {
    let into = "INSERT OR REPLACE INTO request_mark (tenant, sequence) ";
    insert(connection, into, marks, |values, (tenant, sequence)| {
        values.push_bind(tenant).push_bind(*sequence as i64);
    })
    .await
}

pub(super) async fn snapshot_part(
    connection: &mut SqliteConnection,
    part: &SnapshotPart,
) -> Result<(), StoreError> {
    let into = "INSERT OR REPLACE INTO snapshot (tenant, sequence, part, n_parts, payload) ";
    insert(connection, into, std::slice::from_ref(part), |values, row| {
        values
            .push_bind(&row.tenant)
            .push_bind(row.sequence as i64)
            .push_bind(row.part)
            .push_bind(row.n_parts)
            .push_bind(&row.payload);
    })
    .await
}

//! Requests in their table: asked for before every round, on a connection that waits for nobody.

use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{Connection as _, QueryBuilder, Row as _, Sqlite};

use super::StoreError;
use super::reader::unsigned;
use super::rows::{RequestKey, RequestRow, RequestStamp};

/// A connection that only looks requests up.
#[derive(Debug)]
pub struct Lookup {
    connection: SqliteConnection,
}

impl Lookup {
    pub(super) fn new(connection: SqliteConnection) -> Self {
        Self { connection }
    }

    /// Closes the connection.
    pub(super) async fn close(self) -> Result<(), StoreError> {
        Ok(self.connection.close().await?)
    }

    /// Those of these requests that are in the table and were made at or after an instant, in
    /// milliseconds since the epoch; one statement.
    pub async fn settled_requests(
        &mut self,
        keys: &[RequestKey],
        since_ms: i64,
    ) -> Result<Vec<RequestRow>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = QueryBuilder::<Sqlite>::new(
            "SELECT key, digest, first_sequence, n_events, at_ms FROM request WHERE key IN (",
        );
        let mut list = query.separated(", ");
        for key in keys {
            list.push_bind(key.to_vec());
        }
        query.push(") AND at_ms >= ").push_bind(since_ms);
        let rows = query.build().fetch_all(&mut self.connection).await?;
        rows.iter().map(request_row).collect()
    }
}

fn request_row(row: &SqliteRow) -> Result<RequestRow, StoreError> {
    Ok(RequestRow {
        stamp: RequestStamp { key: hash(row, 0)?, digest: hash(row, 1)? },
        first_sequence: unsigned(row, 2)?,
        n_events: unsigned(row, 3)?,
        at_ms: row.try_get(4)?,
    })
}

fn hash(row: &SqliteRow, column: usize) -> Result<[u8; 16], StoreError> {
    let bytes: &[u8] = row.try_get(column)?;
    bytes.try_into().map_err(|_| StoreError::BadRequestRow { n_bytes: bytes.len() })
}

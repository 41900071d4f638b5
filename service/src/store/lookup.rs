//! Requests that are known: asked before every round, on a connection that waits for nobody.

use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{QueryBuilder, Row as _, Sqlite};

use super::StoreError;
use super::reader::unsigned;
use super::rows::{RequestName, RequestRow};

/// A connection that only looks requests up.
#[derive(Debug)]
pub struct Lookup {
    connection: SqliteConnection,
}

impl Lookup {
    pub(super) fn new(connection: SqliteConnection) -> Self {
        Self { connection }
    }

    /// Those of these requests that were made at or after an instant, in milliseconds since the
    /// epoch; one statement.
    pub async fn known_requests(
        &mut self,
        names: &[RequestName],
        since_ms: i64,
    ) -> Result<Vec<RequestRow>, StoreError> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = QueryBuilder::<Sqlite>::new(
            "SELECT tenant, method, id, digest, first_sequence, n_events, at_ms FROM request \
             WHERE (tenant, method, id) IN (",
        );
        query.push_values(names, |mut row, name| {
            row.push_bind(&name.tenant).push_bind(&name.method).push_bind(&name.id);
        });
        query.push(") AND at_ms >= ").push_bind(since_ms);
        let rows = query.build().fetch_all(&mut self.connection).await?;
        rows.iter().map(request_row).collect()
    }
}

fn request_row(row: &SqliteRow) -> Result<RequestRow, StoreError> {
    Ok(RequestRow {
        name: RequestName { tenant: row.try_get(0)?, method: row.try_get(1)?, id: row.try_get(2)? },
        digest: row.try_get(3)?,
        first_sequence: unsigned(row, 4)?,
        n_events: unsigned(row, 5)?,
        at_ms: row.try_get(6)?,
    })
}

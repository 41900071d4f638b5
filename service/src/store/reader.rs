//! What was stored, read back.

use sqlx::Row as _;
use sqlx::sqlite::{SqlitePool, SqliteRow};

use super::StoreError;
use super::rows::{EntryRow, Extent, PolicyRow, RequestRow, RequestStamp, SnapshotRow};

/// Connections that only read; clones share them.
#[derive(Debug, Clone)]
pub struct Reader {
    pool: SqlitePool,
}

impl Reader {
    pub(super) fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }

    pub(super) fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    /// Every tenant that ever committed something, in order.
    pub async fn tenants(&self) -> Result<Vec<String>, StoreError> {
        Ok(sqlx::query_scalar("SELECT DISTINCT tenant FROM journal ORDER BY tenant")
            .fetch_all(&self.pool)
            .await?)
    }

    /// How far each tenant's journal reaches, in the order of their names; reads every entry's key.
    pub async fn extents(&self) -> Result<Vec<Extent>, StoreError> {
        let rows = sqlx::query(
            "SELECT tenant, min(first_sequence), max(last_sequence), \
               sum(last_sequence - first_sequence + 1), max(at_ms), \
               coalesce((SELECT max(sequence) FROM snapshot \
                         WHERE snapshot.tenant = journal.tenant), 0), \
               coalesce((SELECT sequence FROM compaction \
                         WHERE compaction.tenant = journal.tenant), 0) \
             FROM journal GROUP BY tenant ORDER BY tenant",
        )
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(extent).collect()
    }

    /// Up to which event a tenant's journal was dropped; 0 if none was.
    pub async fn compacted_to(&self, tenant: &str) -> Result<u64, StoreError> {
        let found: Option<i64> =
            sqlx::query_scalar("SELECT sequence FROM compaction WHERE tenant = ?")
                .bind(tenant)
                .fetch_optional(&self.pool)
                .await?;
        Ok(found.unwrap_or(0) as u64)
    }

    /// Entries with events after a sequence, oldest first, at most `limit`.
    pub async fn entries_after(
        &self,
        tenant: &str,
        sequence: u64,
        limit: u32,
    ) -> Result<Vec<EntryRow>, StoreError> {
        // The entry that holds `sequence + 1` begins at or before it.
        let rows = sqlx::query(
            "SELECT tenant, first_sequence, last_sequence, at_ms, payload FROM journal \
             WHERE tenant = ?1 AND last_sequence > ?2 AND first_sequence >= \
               coalesce((SELECT max(first_sequence) FROM journal \
                         WHERE tenant = ?1 AND first_sequence <= ?2 + 1), 0) \
             ORDER BY first_sequence LIMIT ?3",
        )
        .bind(tenant)
        .bind(sequence as i64)
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(entry_row).collect()
    }

    /// Entries with events before a sequence, newest first, at most `limit`.
    pub async fn entries_before(
        &self,
        tenant: &str,
        sequence: u64,
        limit: u32,
    ) -> Result<Vec<EntryRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT tenant, first_sequence, last_sequence, at_ms, payload FROM journal \
             WHERE tenant = ? AND first_sequence < ? ORDER BY first_sequence DESC LIMIT ?",
        )
        .bind(tenant)
        .bind(i64::try_from(sequence).unwrap_or(i64::MAX))
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(entry_row).collect()
    }

    /// The entry that holds a sequence.
    pub async fn entry_of(
        &self,
        tenant: &str,
        sequence: u64,
    ) -> Result<Option<EntryRow>, StoreError> {
        let row = sqlx::query(
            "SELECT tenant, first_sequence, last_sequence, at_ms, payload FROM journal \
             WHERE tenant = ? AND first_sequence <= ? ORDER BY first_sequence DESC LIMIT 1",
        )
        .bind(tenant)
        .bind(sequence as i64)
        .fetch_optional(&self.pool)
        .await?;
        let entry = row.as_ref().map(entry_row).transpose()?;
        Ok(entry.filter(|entry| entry.last_sequence >= sequence))
    }

    /// The newest whole snapshot at or before a sequence.
    pub async fn snapshot_at(
        &self,
        tenant: &str,
        sequence: u64,
    ) -> Result<Option<SnapshotRow>, StoreError> {
        // One statement, so that no snapshot is thinned away between finding and reading it.
        let rows = sqlx::query(
            "SELECT sequence, payload FROM snapshot WHERE tenant = ?1 AND sequence = \
               (SELECT max(sequence) FROM snapshot \
                WHERE tenant = ?1 AND sequence <= ?2 AND part = n_parts - 1) \
             ORDER BY part",
        )
        .bind(tenant)
        .bind(i64::try_from(sequence).unwrap_or(i64::MAX))
        .fetch_all(&self.pool)
        .await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let sequence = unsigned(first, 0)?;
        let mut payload = Vec::new();
        for row in &rows {
            payload.extend_from_slice(row.try_get(1)?);
        }
        Ok(Some(SnapshotRow { tenant: tenant.to_owned(), sequence, payload }))
    }

    /// Every policy a tenant ever applied, oldest first.
    pub async fn policies(&self, tenant: &str) -> Result<Vec<PolicyRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT tenant, revision, source, comment, at_ms FROM policy \
             WHERE tenant = ? ORDER BY revision",
        )
        .bind(tenant)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(policy_row).collect()
    }

    /// A tenant's requests that are not in their table yet, told by their journal entries.
    pub async fn unsettled_requests(&self, tenant: &str) -> Result<Vec<RequestRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT request, first_sequence, last_sequence, at_ms FROM journal \
             WHERE tenant = ?1 AND request IS NOT NULL AND first_sequence > \
               coalesce((SELECT sequence FROM request_mark WHERE tenant = ?1), 0)",
        )
        .bind(tenant)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(unsettled_request).collect()
    }

    /// Bytes of the store's pages.
    pub async fn bytes(&self) -> Result<u64, StoreError> {
        let (pages, size): (i64, i64) =
            sqlx::query_as("SELECT page_count, page_size FROM pragma_page_count, pragma_page_size")
                .fetch_one(&self.pool)
                .await?;
        Ok((pages * size) as u64)
    }

    /// Closes the connections.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

fn extent(row: &SqliteRow) -> Result<Extent, StoreError> {
    Ok(Extent {
        tenant: row.try_get(0)?,
        first_sequence: unsigned(row, 1)?,
        last_sequence: unsigned(row, 2)?,
        n_events: unsigned(row, 3)?,
        last_at_ms: row.try_get(4)?,
        snapshot_sequence: unsigned(row, 5)?,
        compacted_to: unsigned(row, 6)?,
    })
}

fn entry_row(row: &SqliteRow) -> Result<EntryRow, StoreError> {
    Ok(EntryRow {
        tenant: row.try_get(0)?,
        first_sequence: unsigned(row, 1)?,
        last_sequence: unsigned(row, 2)?,
        at_ms: row.try_get(3)?,
        request: None,
        payload: row.try_get(4)?,
    })
}

fn unsettled_request(row: &SqliteRow) -> Result<RequestRow, StoreError> {
    let bytes: &[u8] = row.try_get(0)?;
    let stamp = RequestStamp::from_bytes(bytes);
    let (first_sequence, last_sequence) = (unsigned(row, 1)?, unsigned(row, 2)?);
    Ok(RequestRow {
        stamp: stamp.ok_or(StoreError::BadRequestRow { n_bytes: bytes.len() })?,
        first_sequence,
        n_events: last_sequence + 1 - first_sequence,
        at_ms: row.try_get(3)?,
    })
}

fn policy_row(row: &SqliteRow) -> Result<PolicyRow, StoreError> {
    Ok(PolicyRow {
        tenant: row.try_get(0)?,
        revision: unsigned(row, 1)?,
        source: row.try_get(2)?,
        comment: row.try_get(3)?,
        at_ms: row.try_get(4)?,
    })
}

/// SQLite's integers are signed; sequences never reach the sign.
pub(super) fn unsigned(row: &SqliteRow, column: usize) -> Result<u64, StoreError> {
    Ok(row.try_get::<i64, _>(column)? as u64)
}

//! Dropping old journal, a few entries at a time: what is left begins after a snapshot.

use super::StoreError;
use super::writer::Writer;

/// Entries dropped in one transaction: a millisecond's work.
const DROPPED_AT_ONCE: u32 = 500;

impl Writer {
    /// The newest whole snapshot of a tenant that was taken before an instant, in milliseconds
    /// since the epoch: all journal up to its sequence is older.
    ///
    /// None of the very last event: a tenant is known by its journal, and some of it must stay.
    pub async fn horizon(
        &mut self,
        tenant: &str,
        before_ms: i64,
    ) -> Result<Option<u64>, StoreError> {
        let found: Option<i64> = sqlx::query_scalar(
            "SELECT max(sequence) FROM snapshot WHERE tenant = ?1 AND part = n_parts - 1 AND \
               sequence < (SELECT max(last_sequence) FROM journal WHERE journal.tenant = ?1) AND \
               (SELECT at_ms FROM journal WHERE journal.tenant = ?1 \
                AND first_sequence <= snapshot.sequence ORDER BY first_sequence DESC LIMIT 1) < ?2",
        )
        .bind(tenant)
        .bind(before_ms)
        .fetch_one(self.connection_mut())
        .await?;
        Ok(found.map(|sequence| sequence as u64))
    }

    /// Notes that a tenant's journal up to a sequence is to be dropped, and drops the snapshots
    /// that would need it.
    pub async fn begin_compaction(
        &mut self,
        tenant: &str,
        sequence: u64,
    ) -> Result<(), StoreError> {
        self.begin().await?;
        let done = self.mark_compacted(tenant, sequence).await;
        self.end(done).await
    }

    async fn mark_compacted(&mut self, tenant: &str, sequence: u64) -> Result<(), StoreError> {
        let sequence = sequence as i64;
        sqlx::query("INSERT OR REPLACE INTO compaction (tenant, sequence) VALUES (?, ?)")
            .bind(tenant)
            .bind(sequence)
            .execute(self.connection_mut())
            .await?;
        sqlx::query("DELETE FROM snapshot WHERE tenant = ? AND sequence < ?")
            .bind(tenant)
            .bind(sequence)
            .execute(self.connection_mut())
            .await?;
        Ok(())
    }

    /// Drops the oldest entries up to a sequence; false once there are none left.
    pub async fn compact_some(&mut self, tenant: &str, until: u64) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "DELETE FROM journal WHERE tenant = ?1 AND first_sequence IN \
               (SELECT first_sequence FROM journal WHERE tenant = ?1 AND last_sequence <= ?2 \
                ORDER BY first_sequence LIMIT ?3)",
        )
        .bind(tenant)
        .bind(until as i64)
        .bind(DROPPED_AT_ONCE)
        .execute(self.connection_mut())
        .await?;
        Ok(done.rows_affected() > 0)
    }
}

//! Items of knowledge: rows outside the journal, so that they can be erased.

use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{QueryBuilder, Row as _, Sqlite};

use super::StoreError;
use super::reader::{Reader, unsigned};

/// Rows of one statement; five columns each.
const ROWS_PER_STATEMENT: usize = 500;

/// An item as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnowledgeRow {
    /// Whose.
    pub tenant: String,
    /// Which.
    pub key: KnowledgeKey,
    /// The customer's opaque reference, to erase it by.
    pub customer: Option<String>,
    /// The record.
    pub payload: Vec<u8>,
}

/// A ticket that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RememberedRow {
    /// Tells it from all others of the store.
    pub number: u64,
    /// Whose.
    pub tenant: String,
    /// The record.
    pub payload: Vec<u8>,
}

/// Names a tenant's item: the kind's number, then the caller's id.
pub type KnowledgeKey = (u8, String);

/// A change of what is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnowledgeChange {
    /// In the place of what was there.
    Put(KnowledgeRow),
    /// Gone.
    Delete {
        /// Whose.
        tenant: String,
        /// Which.
        key: KnowledgeKey,
    },
    /// All of a customer, and their name.
    EraseCustomer {
        /// Whose.
        tenant: String,
        /// The customer's opaque reference.
        reference: String,
    },
    /// A ticket that came in; its number is above all before it, so that it goes to the end.
    Remember(RememberedRow),
    /// Tickets that came in and are not worth remembering any more, by number.
    Forget(Vec<u64>),
    /// A named import came this far.
    Imported {
        /// Whose.
        tenant: String,
        /// Which.
        import: String,
        /// Where to go on.
        next_index: u64,
    },
    /// What a tenant taught, in the place of what was; `None`: gone.
    Teach {
        /// Whose.
        tenant: String,
        /// The record.
        payload: Option<Vec<u8>>,
    },
}

impl KnowledgeChange {
    /// Whether texts of people come or go, or what tells of them.
    fn has_texts(&self) -> bool {
        match self {
            Self::Put(_)
            | Self::Delete { .. }
            | Self::EraseCustomer { .. }
            | Self::Forget(_)
            | Self::Teach { .. } => true,
            Self::Remember(_) | Self::Imported { .. } => false,
        }
    }

    /// Whether one statement makes both changes.
    fn goes_with(&self, next: &Self) -> bool {
        matches!(
            (self, next),
            (Self::Put(_), Self::Put(_)) | (Self::Remember(_), Self::Remember(_))
        )
    }

    /// Whether something must not be found any more, not even in a copy of the file.
    pub fn erases(&self) -> bool {
        matches!(self, Self::Delete { .. } | Self::EraseCustomer { .. } | Self::Teach { .. })
    }
}

/// Makes changes in their order; what leaves is written over, which costs commits of the desk
/// nothing.
pub(super) async fn apply(
    connection: &mut SqliteConnection,
    changes: &[KnowledgeChange],
) -> Result<(), StoreError> {
    if !changes.iter().any(KnowledgeChange::has_texts) {
        return apply_all(connection, changes).await;
    }
    sqlx::raw_sql("PRAGMA secure_delete = ON").execute(&mut *connection).await?;
    let applied = apply_all(connection, changes).await;
    sqlx::raw_sql("PRAGMA secure_delete = OFF").execute(connection).await?;
    applied
}

async fn apply_all(
    connection: &mut SqliteConnection,
    changes: &[KnowledgeChange],
) -> Result<(), StoreError> {
    for run in changes.chunk_by(KnowledgeChange::goes_with) {
        match run {
            [KnowledgeChange::Remember(_), ..] => remember(connection, run).await?,
            [KnowledgeChange::Forget(numbers)] => forget(connection, numbers).await?,
            [KnowledgeChange::Delete { tenant, key }] => delete(connection, tenant, key).await?,
            [KnowledgeChange::EraseCustomer { tenant, reference }] => {
                erase(connection, tenant, reference).await?;
            }
            [KnowledgeChange::Imported { tenant, import, next_index }] => {
                mark(connection, tenant, import, *next_index).await?;
            }
            [KnowledgeChange::Teach { tenant, payload }] => {
                teach(connection, tenant, payload.as_deref()).await?;
            }
            puts => put(connection, puts).await?,
        }
    }
    Ok(())
}

async fn put(
    connection: &mut SqliteConnection,
    changes: &[KnowledgeChange],
) -> Result<(), StoreError> {
    let rows = changes.iter().filter_map(|change| match change {
        KnowledgeChange::Put(row) => Some(row),
        _ => None,
    });
    let rows: Vec<&KnowledgeRow> = rows.collect();
    for rows in rows.chunks(ROWS_PER_STATEMENT) {
        let into = "INSERT OR REPLACE INTO knowledge (tenant, kind, id, customer, payload) ";
        let mut query = QueryBuilder::<Sqlite>::new(into);
        query.push_values(rows, |mut values, row| {
            values
                .push_bind(&row.tenant)
                .push_bind(row.key.0)
                .push_bind(&row.key.1)
                .push_bind(&row.customer)
                .push_bind(&row.payload);
        });
        query.build().execute(&mut *connection).await?;
    }
    Ok(())
}

async fn remember(
    connection: &mut SqliteConnection,
    changes: &[KnowledgeChange],
) -> Result<(), StoreError> {
    for rows in changes.chunks(ROWS_PER_STATEMENT) {
        let into = "INSERT OR REPLACE INTO remembered (number, tenant, payload) ";
        let mut query = QueryBuilder::<Sqlite>::new(into);
        query.push_values(rows, |mut values, change| {
            if let KnowledgeChange::Remember(row) = change {
                values.push_bind(row.number as i64).push_bind(&row.tenant).push_bind(&row.payload);
            }
        });
        query.build().execute(&mut *connection).await?;
    }
    Ok(())
}

async fn forget(connection: &mut SqliteConnection, numbers: &[u64]) -> Result<(), StoreError> {
    for number in numbers {
        sqlx::query("DELETE FROM remembered WHERE number = ?")
            .bind(*number as i64)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

async fn delete(
    connection: &mut SqliteConnection,
    tenant: &str,
    (kind, id): &KnowledgeKey,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM knowledge WHERE tenant = ? AND kind = ? AND id = ?")
        .bind(tenant)
        .bind(*kind)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

async fn erase(
    connection: &mut SqliteConnection,
    tenant: &str,
    reference: &str,
) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM knowledge WHERE tenant = ? AND customer = ?",
        "DELETE FROM customer WHERE tenant = ? AND reference = ?",
    ] {
        sqlx::query(statement).bind(tenant).bind(reference).execute(&mut *connection).await?;
    }
    Ok(())
}

async fn teach(
    connection: &mut SqliteConnection,
    tenant: &str,
    payload: Option<&[u8]>,
) -> Result<(), StoreError> {
    let query = match payload {
        Some(payload) => {
            sqlx::query("INSERT OR REPLACE INTO taught (tenant, payload) VALUES (?, ?)")
                .bind(tenant)
                .bind(payload)
        }
        None => sqlx::query("DELETE FROM taught WHERE tenant = ?").bind(tenant),
    };
    query.execute(connection).await?;
    Ok(())
}

async fn mark(
    connection: &mut SqliteConnection,
    tenant: &str,
    import: &str,
    next_index: u64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO import (tenant, id, next_index) VALUES (?, ?, ?) \
         ON CONFLICT DO UPDATE SET next_index = max(next_index, excluded.next_index)",
    )
    .bind(tenant)
    .bind(import)
    .bind(next_index as i64)
    .execute(connection)
    .await?;
    Ok(())
}

impl Reader {
    /// Every tenant with an item.
    pub async fn knowing_tenants(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT DISTINCT tenant FROM knowledge ORDER BY tenant";
        Ok(sqlx::query_scalar(sql).fetch_all(self.pool()).await?)
    }

    /// Items after one in the order of their keys, at most `limit`.
    pub async fn items_after(
        &self,
        tenant: &str,
        (kind, id): &KnowledgeKey,
        limit: u32,
    ) -> Result<Vec<KnowledgeRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT tenant, kind, id, customer, payload FROM knowledge \
             WHERE tenant = ? AND (kind, id) > (?, ?) ORDER BY kind, id LIMIT ?",
        )
        .bind(tenant)
        .bind(*kind)
        .bind(id)
        .bind(limit)
        .fetch_all(self.pool())
        .await?;
        rows.iter().map(knowledge_row).collect()
    }

    /// An item.
    pub async fn item(
        &self,
        tenant: &str,
        (kind, id): &KnowledgeKey,
    ) -> Result<Option<KnowledgeRow>, StoreError> {
        let row = sqlx::query(
            "SELECT tenant, kind, id, customer, payload FROM knowledge \
             WHERE tenant = ? AND kind = ? AND id = ?",
        )
        .bind(tenant)
        .bind(*kind)
        .bind(id)
        .fetch_optional(self.pool())
        .await?;
        row.as_ref().map(knowledge_row).transpose()
    }

    /// Remembered tickets of all tenants after a number, in the order they came, at most `limit`.
    pub async fn remembered_after(
        &self,
        number: u64,
        limit: u32,
    ) -> Result<Vec<RememberedRow>, StoreError> {
        let sql = "SELECT number, tenant, payload FROM remembered \
                   WHERE number > ? ORDER BY number LIMIT ?";
        let rows = sqlx::query(sql).bind(number as i64).bind(limit).fetch_all(self.pool()).await?;
        rows.iter().map(remembered_row).collect()
    }

    /// What each tenant taught, by tenant.
    pub async fn taught(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let sql = "SELECT tenant, payload FROM taught ORDER BY tenant";
        let rows = sqlx::query(sql).fetch_all(self.pool()).await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }

    /// Where a named import goes on; 0 for one that never began.
    pub async fn import_mark(&self, tenant: &str, import: &str) -> Result<u64, StoreError> {
        let row = sqlx::query("SELECT next_index FROM import WHERE tenant = ? AND id = ?")
            .bind(tenant)
            .bind(import)
            .fetch_optional(self.pool())
            .await?;
        row.map_or(Ok(0), |row| unsigned(&row, 0))
    }
}

fn remembered_row(row: &SqliteRow) -> Result<RememberedRow, StoreError> {
    Ok(RememberedRow {
        number: unsigned(row, 0)?,
        tenant: row.try_get(1)?,
        payload: row.try_get(2)?,
    })
}

fn knowledge_row(row: &SqliteRow) -> Result<KnowledgeRow, StoreError> {
    Ok(KnowledgeRow {
        tenant: row.try_get(0)?,
        key: (row.try_get(1)?, row.try_get(2)?),
        customer: row.try_get(3)?,
        payload: row.try_get(4)?,
    })
}

//! The store's own secret: made with it, never shown.

use sqlx::sqlite::SqliteConnection;

use super::StoreError;

/// What customers' references are hashed with.
pub type CustomerKey = [u8; 32];

/// The key of this store; made on first use.
pub(super) async fn customer_key(
    connection: &mut SqliteConnection,
) -> Result<CustomerKey, StoreError> {
    let mut fresh = CustomerKey::default();
    getrandom::fill(&mut fresh).map_err(StoreError::NoRandomness)?;
    sqlx::query("INSERT OR IGNORE INTO secret (name, value) VALUES ('customer', ?)")
        .bind(fresh.to_vec())
        .execute(&mut *connection)
        .await?;
    let kept: Vec<u8> = sqlx::query_scalar("SELECT value FROM secret WHERE name = 'customer'")
        .fetch_one(connection)
        .await?;
    kept.try_into().map_err(|kept: Vec<u8>| StoreError::BadSecret { n_bytes: kept.len() })
}

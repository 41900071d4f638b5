//! The embedded store: one SQLite file that holds the journal and what belongs to it.
//!
//! One connection writes, owned by the writer; a few read. Write-ahead log with
//! `synchronous = FULL`: a commit that returned has reached the disk. A lock
//! file keeps a second process that would write out.
//!
//! - [`rows`]: what is kept
//! - [`error`]: why a store cannot be used
//! - [`schema`]: the tables, and how an older file is brought up to date
//! - [`writer`]: one transaction per batch
//! - [`lookup`]: requests that are known
//! - [`reader`]: journal, policies and snapshots read back
//! - [`beside`]: opened only to be read, and copied, whether or not a server runs on it
//! - [`replacement`]: a whole file put in the place of a store
//! - [`secret`]: what customers' references are hashed with
//! - [`knowledge`]: solved tickets and articles
//! - [`thinning`], [`compaction`]: which snapshots and which journal are kept

pub mod beside;
mod compaction;
pub mod error;
mod insert;
pub mod knowledge;
mod lock;
pub mod lookup;
pub mod reader;
pub mod replacement;
pub mod rows;
mod schema;
mod secret;
mod thinning;
pub mod writer;

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _};

pub use beside::{Beside, Check};
pub use error::StoreError;
pub use knowledge::{KnowledgeChange, KnowledgeKey, KnowledgeRow, RememberedRow};
pub use lookup::Lookup;
pub use reader::Reader;
pub use replacement::Replacement;
pub use rows::{
    Batch, CustomerRow, EntryRow, Extent, PolicyRow, RequestKey, RequestRow, RequestStamp,
    SnapshotPart, SnapshotRow,
};
pub use secret::CustomerKey;
pub use writer::{Swept, Writer};

use lock::StoreLock;

/// Connections that read.
///
/// Two keep one long listing from holding up the rest on a small machine.
const READERS: u32 = 2;

/// Pages of the write-ahead log, 4 KiB each, at which a commit also folds it into the file.
///
/// A busy page is rewritten by every commit and folded once: the default of 1,000 pages folded
/// fifteen times a second under load. 32 MiB are read back in well under a second after a crash.
const CHECKPOINT_PAGES: &str = "8000";

/// Pages a connection keeps at hand, in KiB with SQLite's minus sign.
///
/// Request ids are random, so looking them up touches pages all over their table; the
/// default of 2 MiB read them from the system again and again.
const CACHE_KIB: &str = "-65536";

/// Where the store is and how large it may grow.
#[derive(Debug, Clone)]
pub struct StoreOptions {
    /// The SQLite file; made when absent.
    pub path: PathBuf,
    /// The most bytes the file may take; `None` leaves it to the disk.
    pub bytes_max: Option<u64>,
}

/// An open store.
#[derive(Debug)]
pub struct Store {
    /// The connection that writes.
    pub writer: Writer,
    /// The connection that looks requests up.
    pub lookup: Lookup,
    /// What customers' references are hashed with.
    pub customer_key: CustomerKey,
    /// The connections that read.
    pub reader: Reader,
}

impl Store {
    /// Opens a store, makes it when absent, and checks that it is sound and durable.
    ///
    /// # Errors
    /// In use, damaged, written by a newer program, or not durable.
    pub async fn open(options: &StoreOptions) -> Result<Self, StoreError> {
        let lock = StoreLock::take(&options.path)?;
        Self::open_locked(options, lock).await.map_err(|error| error.of_file(&options.path))
    }

    /// Closes a store that is not served after all.
    ///
    /// A connection that is only dropped closes some time later, perhaps after the process; a
    /// write-ahead log would be left beside the file, as beside one in use.
    pub async fn close(self) -> Result<(), StoreError> {
        self.reader.close().await;
        self.lookup.close().await?;
        self.writer.close().await
    }

    async fn open_locked(options: &StoreOptions, lock: StoreLock) -> Result<Self, StoreError> {
        let mut connection = connect(options).await?;
        let customer_key = match prepare(&mut connection, options).await {
            Ok(key) => key,
            Err(error) => {
                // For the same reason as in `close`.
                let _ = connection.close().await;
                return Err(error);
            }
        };
        let lookup =
            Lookup::new(reading(&options.path).pragma("cache_size", CACHE_KIB).connect().await?);
        let reader = Reader::new(read_pool(reading(&options.path)).await?);
        Ok(Self { writer: Writer::new(connection, lock), lookup, customer_key, reader })
    }
}

/// Brings a store up to date, and tells what its customers are hashed with.
async fn prepare(
    connection: &mut SqliteConnection,
    options: &StoreOptions,
) -> Result<CustomerKey, StoreError> {
    check_integrity(connection, &options.path, Check::Quick).await?;
    schema::migrate(connection, &options.path).await?;
    check_durable(connection).await?;
    limit_size(connection, options.bytes_max).await?;
    secret::customer_key(connection).await
}

async fn connect(options: &StoreOptions) -> Result<SqliteConnection, sqlx::Error> {
    SqliteConnectOptions::new()
        .filename(&options.path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(5))
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES)
        .pragma("cache_size", CACHE_KIB)
        .disable_statement_logging()
        .connect()
        .await
}

fn reading(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .busy_timeout(Duration::from_secs(5))
        .disable_statement_logging()
}

async fn read_pool(options: SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
    SqlitePoolOptions::new().max_connections(READERS).connect_with(options).await
}

async fn check_integrity(
    connection: &mut SqliteConnection,
    path: &Path,
    check: Check,
) -> Result<(), StoreError> {
    let statement = match check {
        Check::Quick => "PRAGMA quick_check(1)",
        Check::Full => "PRAGMA integrity_check(1)",
    };
    let finding: String = sqlx::query_scalar(statement).fetch_one(connection).await?;
    if finding == "ok" {
        return Ok(());
    }
    Err(StoreError::Corrupt { path: path.to_owned(), finding })
}

async fn check_durable(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    const FULL: i64 = 2;
    let level: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(connection).await?;
    if level == FULL { Ok(()) } else { Err(StoreError::NotDurable(level)) }
}

async fn limit_size(
    connection: &mut SqliteConnection,
    bytes_max: Option<u64>,
) -> Result<(), StoreError> {
    let Some(bytes_max) = bytes_max else { return Ok(()) };
    let page: i64 = sqlx::query_scalar("PRAGMA page_size").fetch_one(&mut *connection).await?;
    let pages = (bytes_max / page.max(1) as u64).max(1);
    let sql = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
    sqlx::query(sql).execute(connection).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn pragma(connection: &mut SqliteConnection, name: &str) -> String {
        let sql = sqlx::AssertSqlSafe(format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}"));
        sqlx::query_scalar(sql).fetch_one(connection).await.expect("a setting")
    }

    #[tokio::test]
    async fn commits_are_synced_before_they_return() {
        let folder = tempfile::TempDir::new().expect("a temporary folder");
        let path = folder.path().join("store.sqlite");
        let mut store =
            Store::open(&StoreOptions { path, bytes_max: None }).await.expect("a store");
        let connection = store.writer.connection();
        assert_eq!(pragma(connection, "synchronous").await, "2", "FULL");
        assert_eq!(pragma(connection, "journal_mode").await, "wal");
    }

    #[tokio::test]
    async fn a_connection_that_would_not_sync_is_refused() {
        let mut connection = SqliteConnectOptions::new().connect().await.expect("in memory");
        for level in ["OFF", "NORMAL"] {
            let set = sqlx::AssertSqlSafe(format!("PRAGMA synchronous = {level}"));
            sqlx::raw_sql(set).execute(&mut connection).await.expect("set");
            assert!(matches!(check_durable(&mut connection).await, Err(StoreError::NotDurable(_))));
        }
    }
}

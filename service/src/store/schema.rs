//! The tables, and how an older file is brought up to date.
//!
//! The tenant is the first part of every key; a request's is a hash of it and more.
//! The journal holds no personal data: what names a customer is a row of its own
//! that can be erased.
//!
//! A request is known by its journal entry until it is settled: entered into its
//! table, many at a time in the order of their keys. The keys are random, and
//! entering each at its commit wrote a page of the table for every one. A mark
//! tells up to which event a tenant's requests are settled.
//!
//! Old journal is dropped up to a snapshot; another mark tells up to which event, so that a
//! journal that begins later is known from one that has lost its beginning.

use std::cmp::Ordering;
use std::path::Path;

use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnection;

use super::StoreError;

/// Each step brings the schema from its place in this list to the next.
const STEPS: [&str; 4] = [
    "
    CREATE TABLE journal (
        tenant TEXT NOT NULL,
        first_sequence INTEGER NOT NULL,
        last_sequence INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        request BLOB,
        payload BLOB NOT NULL,
        PRIMARY KEY (tenant, first_sequence)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE request (
        key BLOB PRIMARY KEY NOT NULL,
        digest BLOB NOT NULL,
        first_sequence INTEGER NOT NULL,
        n_events INTEGER NOT NULL,
        at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE request_mark (
        tenant TEXT PRIMARY KEY NOT NULL,
        sequence INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE snapshot (
        tenant TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        part INTEGER NOT NULL,
        n_parts INTEGER NOT NULL,
        payload BLOB NOT NULL,
        PRIMARY KEY (tenant, sequence, part)
    ) STRICT;
    CREATE TABLE policy (
        tenant TEXT NOT NULL,
        revision INTEGER NOT NULL,
        source TEXT NOT NULL,
        comment TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        PRIMARY KEY (tenant, revision)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE customer (
        tenant TEXT NOT NULL,
        reference TEXT NOT NULL,
        customer_id TEXT NOT NULL,
        PRIMARY KEY (tenant, reference)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE secret (
        name TEXT PRIMARY KEY NOT NULL,
        value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
",
    "
    CREATE TABLE compaction (
        tenant TEXT PRIMARY KEY NOT NULL,
        sequence INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
",
    "
    CREATE TABLE knowledge (
        tenant TEXT NOT NULL,
        kind INTEGER NOT NULL,
        id TEXT NOT NULL,
        customer TEXT,
        payload BLOB NOT NULL,
        PRIMARY KEY (tenant, kind, id)
    ) STRICT;
    CREATE INDEX knowledge_customer ON knowledge (tenant, customer) WHERE customer IS NOT NULL;
    CREATE TABLE remembered (
        number INTEGER PRIMARY KEY NOT NULL,
        tenant TEXT NOT NULL,
        payload BLOB NOT NULL
    ) STRICT;
    CREATE TABLE import (
        tenant TEXT NOT NULL,
        id TEXT NOT NULL,
        next_index INTEGER NOT NULL,
        PRIMARY KEY (tenant, id)
    ) STRICT, WITHOUT ROWID;
",
    "
    CREATE TABLE taught (
        tenant TEXT PRIMARY KEY NOT NULL,
        payload BLOB NOT NULL
    ) STRICT;
",
];

/// Expects the present schema, without changing anything.
pub(super) async fn check_known(
    connection: &mut SqliteConnection,
    path: &Path,
) -> Result<(), StoreError> {
    let (known, found) = (STEPS.len() as i64, version(connection).await?);
    let path = path.to_owned();
    match found.cmp(&known) {
        Ordering::Equal => Ok(()),
        Ordering::Greater => Err(StoreError::FromTheFuture { path, known, found }),
        Ordering::Less => Err(StoreError::FromThePast { path, known, found }),
    }
}

async fn version(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("PRAGMA user_version").fetch_one(connection).await?)
}

/// Brings the schema up to date, each step in a transaction of its own.
pub(super) async fn migrate(
    connection: &mut SqliteConnection,
    path: &Path,
) -> Result<(), StoreError> {
    let (known, found) = (STEPS.len() as i64, version(connection).await?);
    if found > known {
        return Err(StoreError::FromTheFuture { path: path.to_owned(), known, found });
    }
    for (version, step) in (1..).zip(STEPS).skip(found as usize) {
        let mut transaction = connection.begin().await?;
        sqlx::raw_sql(step).execute(&mut *transaction).await?;
        let mark = sqlx::AssertSqlSafe(format!("PRAGMA user_version = {version}"));
        sqlx::raw_sql(mark).execute(&mut *transaction).await?;
        transaction.commit().await?;
    }
    Ok(())
}

//! From the store to desks: policies, then the newest snapshot, then the journal after it.

use std::collections::BTreeMap;
use std::sync::Arc;

use switchyard_domain::ids::{InvalidId, TenantId};
use switchyard_policy::Finding;

use super::committed::Desks;
use super::desks::default_policy;
use super::history::{History, HistoryError};
use super::policies::{PolicyBook, PolicyRecord};
use crate::store::{PolicyRow, Reader, RequestRow, StoreError};

/// Why the desks could not be rebuilt.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The journal could not be read.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// A tenant's name is none.
    #[error("the store names a tenant that is none: {0}")]
    Tenant(#[from] InvalidId),
    /// Some of the journal is not there.
    #[error("expected {expected} events in the journal of {tenant}, got {got}")]
    EventsMissing {
        /// Whose.
        tenant: String,
        /// As many as its last sequence or its newest snapshot says.
        expected: u64,
        /// As many as there are.
        got: u64,
    },
    /// A stored policy can no longer be read.
    #[error("expected policy revision {revision} of {tenant} to be readable, got: {finding}")]
    Policy {
        /// Whose.
        tenant: String,
        /// Which.
        revision: u64,
        /// What is wrong.
        finding: String,
    },
}

/// After how many events each tenant's newest snapshot is.
pub(super) type SnapshotMarks = BTreeMap<TenantId, u64>;

/// What was found in the store.
#[derive(Debug)]
pub struct Recovered {
    pub(super) desks: Desks,
    pub(super) policies: PolicyBook,
    pub(super) default_policy: PolicyRecord,
    pub(super) snapshots: SnapshotMarks,
    /// Requests that are not in their table yet.
    pub(super) requests: Vec<RequestRow>,
}

/// Rebuilds every tenant's desk.
pub async fn recover(reader: &Reader) -> Result<Recovered, RecoveryError> {
    let policies = Arc::new(PolicyBook::default());
    let history = History::new(reader.clone(), policies.clone());
    let (mut desks, mut snapshots) = (Desks::new(), BTreeMap::new());
    let mut requests = Vec::new();
    for name in reader.tenants().await? {
        let tenant = TenantId::new(&name)?;
        read_policies(reader, &policies, &tenant).await?;
        let newest = reader.snapshot_at(&name, u64::MAX).await?;
        snapshots.insert(tenant.clone(), newest.map_or(0, |row| row.sequence));
        let desk = history.desk_before(&tenant, u64::MAX).await?;
        tracing::info!(tenant = %name, sequence = desk.sequence(), "desk rebuilt");
        desks.insert(tenant, desk);
        requests.extend(reader.unsettled_requests(&name).await?);
    }
    drop(history);
    let policies = Arc::into_inner(policies).expect("the history that shared it is gone");
    Ok(Recovered { desks, policies, default_policy: default_policy(), snapshots, requests })
}

/// Notes every policy a tenant ever applied.
pub(super) async fn read_policies(
    reader: &Reader,
    policies: &PolicyBook,
    tenant: &TenantId,
) -> Result<(), RecoveryError> {
    for row in reader.policies(tenant.as_str()).await? {
        policies.put(tenant.clone(), read_policy(row)?);
    }
    Ok(())
}

fn read_policy(row: PolicyRow) -> Result<PolicyRecord, RecoveryError> {
    match switchyard_policy::read(&row.source, row.revision) {
        Ok(checked) => Ok(PolicyRecord { policy: Arc::new(checked.policy), row }),
        Err(findings) => Err(RecoveryError::Policy {
            tenant: row.tenant,
            revision: row.revision,
            finding: first(&findings),
        }),
    }
}

fn first(findings: &[Finding]) -> String {
    findings.first().map_or_else(String::new, ToString::to_string)
}

//! Every policy a tenant ever applied, read and as text.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use switchyard_domain::ids::TenantId;
use switchyard_domain::policy::Policy;

use crate::store::PolicyRow;

/// A policy with its text.
#[derive(Debug, Clone)]
pub struct PolicyRecord {
    /// As read.
    pub policy: Arc<Policy>,
    /// As written.
    pub row: PolicyRow,
}

/// Policies by tenant and revision.
#[derive(Debug, Default)]
pub struct PolicyBook {
    records: RwLock<BTreeMap<(TenantId, u64), PolicyRecord>>,
}

impl PolicyBook {
    /// Notes a policy.
    pub fn put(&self, tenant: TenantId, record: PolicyRecord) {
        let key = (tenant, record.policy.revision);
        let mut records = self.records.write().unwrap_or_else(PoisonError::into_inner);
        records.insert(key, record);
    }

    /// A policy by its revision.
    pub fn get(&self, tenant: &TenantId, revision: u64) -> Option<PolicyRecord> {
        let records = self.records.read().unwrap_or_else(PoisonError::into_inner);
        records.get(&(tenant.clone(), revision)).cloned()
    }

    /// A tenant's policies with revisions below one, newest first.
    pub fn before(&self, tenant: &TenantId, revision: u64, n_max: usize) -> Vec<PolicyRecord> {
        let records = self.records.read().unwrap_or_else(PoisonError::into_inner);
        let range = (tenant.clone(), 0)..(tenant.clone(), revision);
        records.range(range).rev().take(n_max).map(|(_, record)| record.clone()).collect()
    }

    /// The typed policy of a revision, as decoding records asks for it.
    pub fn resolver<'a>(
        &'a self,
        tenant: &'a TenantId,
    ) -> impl Fn(u64) -> Option<Arc<Policy>> + 'a {
        move |revision| self.get(tenant, revision).map(|record| record.policy)
    }
}

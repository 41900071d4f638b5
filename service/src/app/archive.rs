//! A store looked at by a command: its journal and its desks, whether or not a server runs on it.
//!
//! What is in the journal does not change, so what is read up to a sequence known
//! at the beginning is one consistent state however long the reading takes. Should
//! a server drop old journal meanwhile, reading it ends with an error that says so.

use std::sync::Arc;

use switchyard_domain::desk::Desk;
use switchyard_domain::ids::TenantId;

use super::history::History;
use super::policies::PolicyBook;
use super::recovery::{RecoveryError, read_policies};
use crate::store::{Beside, Extent, Reader, StoreError};

/// A store that is only read.
#[derive(Debug, Clone)]
pub struct Archive {
    reader: Reader,
    policies: Arc<PolicyBook>,
    history: History,
}

impl Archive {
    /// The archive of a store.
    pub async fn of(store: &Beside) -> Result<Self, StoreError> {
        let reader = store.reader().await?;
        let policies = Arc::new(PolicyBook::default());
        let history = History::new(reader.clone(), policies.clone());
        Ok(Self { reader, policies, history })
    }

    /// The store behind it.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// How far each tenant's journal reaches at present.
    pub async fn extents(&self) -> Result<Vec<Extent>, StoreError> {
        self.reader.extents().await
    }

    /// A tenant's journal, with the policies that events up to now may name.
    ///
    /// # Errors
    /// The name is none, or a policy can no longer be read.
    pub async fn journal(&self, tenant: &str) -> Result<(TenantId, &History), RecoveryError> {
        let tenant = TenantId::new(tenant)?;
        read_policies(&self.reader, &self.policies, &tenant).await?;
        Ok((tenant, &self.history))
    }

    /// A tenant's desk at the end of its extent.
    ///
    /// # Errors
    /// A policy, a snapshot or an entry cannot be read, or events are missing.
    pub async fn desk(&self, extent: &Extent) -> Result<Desk, RecoveryError> {
        let (tenant, history) = self.journal(&extent.tenant).await?;
        Ok(history.desk_before(&tenant, extent.last_sequence + 1).await?)
    }

    /// Expects that every tenant's journal is whole and its desk can be rebuilt, as a start does.
    ///
    /// # Errors
    /// The first that is not so.
    pub async fn verify(&self) -> Result<Vec<Extent>, RecoveryError> {
        let extents = self.extents().await?;
        for extent in &extents {
            expect_whole(extent)?;
            self.desk(extent).await?;
        }
        Ok(extents)
    }

    /// Closes its connections.
    pub async fn close(self) {
        self.reader.close().await;
    }
}

/// Expects that no event of a journal is missing.
pub fn expect_whole(extent: &Extent) -> Result<(), RecoveryError> {
    if extent.is_whole() {
        return Ok(());
    }
    let (expected, got) = (extent.n_expected(), extent.n_events);
    Err(RecoveryError::EventsMissing { tenant: extent.tenant.clone(), expected, got })
}

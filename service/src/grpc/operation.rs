//! `OperationService`: how far long work is.
//!
//! Long work is part of a desk's state, so that a restart neither loses nor repeats it.

use switchyard_domain::desk::{Desk, Renewal};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::operation_service_server::OperationService;
use tonic::metadata::MetadataMap;
use tonic::{Request, Response, Status};

use super::check::Check;
use super::{Handlers, answer, call};
use crate::app::AppError;
use crate::app::error::Sought;

/// The name of making promises again under a policy.
pub(super) fn recompute_of(revision: u64) -> String {
    format!("policy/{revision}/recompute")
}

#[tonic::async_trait]
impl OperationService for Handlers {
    async fn get_operation(
        &self,
        request: Request<pb::GetOperationRequest>,
    ) -> Result<Response<pb::GetOperationResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.operation(request.metadata(), &request.get_ref().name), lang)
    }
}

impl Handlers {
    fn operation(
        &self,
        metadata: &MetadataMap,
        name: &str,
    ) -> Result<pb::GetOperationResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let tenant = check.finish(tenant)?;
        let look = |desk: &Desk| desk.renewal().map(operation_of);
        let found = self.app.desks.committed.read(&tenant, look);
        let found = found.filter(|operation| operation.name == name);
        let not_found = || AppError::NotFound { kind: Sought::Operation, id: name.to_owned() };
        Ok(pb::GetOperationResponse { operation: Some(found.ok_or_else(not_found)?) })
    }
}

fn operation_of(renewal: &Renewal) -> pb::Operation {
    pb::Operation {
        name: recompute_of(renewal.revision),
        done: renewal.is_done,
        n_done: renewal.n_done,
        n_total: renewal.n_open,
    }
}

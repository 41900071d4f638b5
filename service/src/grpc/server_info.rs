//! `ServerService`: what this server is.

use switchyard_domain::time::tz_version;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::server_service_server::ServerService;
use tonic::metadata::MetadataMap;
use tonic::{Request, Response, Status};

use super::check::Check;
use super::read::ticket::TEXT_BYTES_MAX;
use super::triage::BATCH_ITEMS_MAX;
use super::write::instant;
use super::{Handlers, answer, call};
use crate::app::AppError;

/// What this server can do; grows with its parts.
const FEATURES: [&str; 23] = [
    "triage.analyze",
    "triage.advise",
    "triage.assign",
    "triage.stream",
    "desk.adopt",
    "desk.reconcile",
    "desk.history",
    "desk.transfer",
    "desk.claim",
    "desk.decline",
    "desk.watch",
    "desk.agreement",
    "roster.shifts",
    "roster.field_masks",
    "roster.release",
    "policy.apply",
    "policy.revisions",
    "policy.recompute",
    "policy.own_labels",
    "decision.explain",
    "knowledge.items",
    "knowledge.import",
    "knowledge.similar",
];

#[tonic::async_trait]
impl ServerService for Handlers {
    async fn get_server_info(
        &self,
        request: Request<pb::GetServerInfoRequest>,
    ) -> Result<Response<pb::GetServerInfoResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.info(request.metadata()), lang)
    }
}

impl Handlers {
    fn info(&self, metadata: &MetadataMap) -> Result<pb::GetServerInfoResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let tenant = check.finish(tenant)?;
        Ok(pb::GetServerInfoResponse {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model_version: self.app.understander.version().to_owned(),
            policy_revision: self.app.policy_in_force(&tenant).policy.revision,
            tz_version: tz_version().to_owned(),
            limits: Some(pb::Limits {
                text_bytes_max: TEXT_BYTES_MAX as u64,
                text_chars_analyzed: switchyard_models::clean::ANALYSED_CHARS_MAX as u64,
                batch_items_max: BATCH_ITEMS_MAX as u32,
                in_flight_max: self.app.in_flight_max,
            }),
            features: FEATURES.map(str::to_owned).to_vec(),
            tenant: tenant.to_string(),
            server_time: Some(instant(self.app.desks.clock.now())),
        })
    }
}

//! `PolicyService`: convert in, one use case, convert out.

use switchyard_domain::time::Timestamp;
use switchyard_policy::{Finding, Severity};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::policy_service_server::PolicyService;
use tonic::metadata::MetadataMap;
use tonic::{Request, Response, Status};

use super::check::Check;
use super::write::instant;
use super::{Handlers, answer, call};
use crate::app::AppError;
use crate::app::policies::PolicyRecord;

/// The longest policy, in bytes.
const SOURCE_BYTES_MAX: usize = 1024 * 1024;

/// The longest comment, in bytes.
const COMMENT_BYTES_MAX: usize = 1024;

#[tonic::async_trait]
impl PolicyService for Handlers {
    async fn apply(
        &self,
        request: Request<pb::ApplyRequest>,
    ) -> Result<Response<pb::ApplyResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.apply_policy(request.metadata(), request.get_ref()).await, lang)
    }

    async fn get(
        &self,
        request: Request<pb::GetRequest>,
    ) -> Result<Response<pb::GetResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.policy(request.metadata()), lang)
    }
}

impl Handlers {
    async fn apply_policy(
        &self,
        metadata: &MetadataMap,
        request: &pb::ApplyRequest,
    ) -> Result<pb::ApplyResponse, AppError> {
        let mut check = Check::default();
        check.bounded("source", &request.source, SOURCE_BYTES_MAX);
        check.bounded("comment", &request.comment, COMMENT_BYTES_MAX);
        let (id, actor) = (&request.request_id, request.actor.as_ref());
        let call = call::changing(&mut check, metadata, "Policy.Apply", id, actor, request);
        let call = check.finish(call)?;
        if request.validate_only {
            let found = self.app.check_policy(&call.tenant, &request.source);
            let in_force = self.app.policy_in_force(&call.tenant);
            return Ok(response(&in_force, &found.findings));
        }
        let (source, comment) = (request.source.clone(), request.comment.clone());
        let (applied, findings, _) = self.app.apply_policy(call, source, comment).await?;
        Ok(response(&applied, &findings))
    }

    fn policy(&self, metadata: &MetadataMap) -> Result<pb::GetResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let in_force = self.app.policy_in_force(&check.finish(tenant)?);
        Ok(pb::GetResponse { policy: Some(revision(&in_force, in_force.row.source.clone())) })
    }
}

fn response(record: &PolicyRecord, findings: &[Finding]) -> pb::ApplyResponse {
    pb::ApplyResponse {
        policy: Some(revision(record, String::new())),
        findings: findings.iter().map(finding).collect(),
    }
}

fn revision(record: &PolicyRecord, source: String) -> pb::PolicyRevision {
    pb::PolicyRevision {
        revision: record.policy.revision,
        source,
        comment: record.row.comment.clone(),
        applied_time: Some(instant(Timestamp::from_millis(record.row.at_ms))),
    }
}

fn finding(finding: &Finding) -> pb::Finding {
    let severity = match finding.severity {
        Severity::Error => pb::finding::Severity::Error,
        Severity::Warning => pb::finding::Severity::Warning,
    };
    pb::Finding {
        severity: severity as i32,
        key: finding.key.clone(),
        line: finding.line.unwrap_or(0),
        message: finding.message.clone(),
    }
}

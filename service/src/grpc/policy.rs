//! `PolicyService`: convert in, one use case, convert out.

use switchyard_domain::desk::OpenTickets;
use switchyard_domain::time::Timestamp;
use switchyard_policy::{Finding, Severity};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::policy_service_server::PolicyService;
use tonic::metadata::MetadataMap;
use tonic::{Request, Response, Status};

use super::check::{Check, page_number, page_size};
use super::operation::recompute_of;
use super::write::instant;
use super::{Handlers, answer, call};
use crate::app::AppError;
use crate::app::etag::{self, Thing};
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
        answer(self.policy(request.metadata(), request.get_ref().revision), lang)
    }

    async fn list_revisions(
        &self,
        request: Request<pb::ListRevisionsRequest>,
    ) -> Result<Response<pb::ListRevisionsResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.revisions(request.metadata(), request.get_ref()), lang)
    }

    async fn roll_back(
        &self,
        request: Request<pb::RollBackRequest>,
    ) -> Result<Response<pb::RollBackResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.roll_back_policy(request.metadata(), request.get_ref()).await, lang)
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
        let open = open_tickets(&mut check, request.open_tickets);
        let call = check.finish(call)?;
        if request.validate_only {
            let found = self.app.check_policy(&call.tenant, &request.source);
            let in_force = self.app.policy_in_force(&call.tenant);
            return Ok(response(&in_force, &found.findings, OpenTickets::Keep, false));
        }
        let call = call::expecting(call, Thing::Policy, &request.etag);
        let (source, comment) = (request.source.clone(), request.comment.clone());
        let applied = self.app.apply_policy(call, source, comment, open).await?;
        let (applied, findings, replayed) = applied;
        Ok(response(&applied, &findings, open, replayed))
    }

    async fn roll_back_policy(
        &self,
        metadata: &MetadataMap,
        request: &pb::RollBackRequest,
    ) -> Result<pb::RollBackResponse, AppError> {
        let mut check = Check::default();
        check.bounded("comment", &request.comment, COMMENT_BYTES_MAX);
        let (id, actor) = (&request.request_id, request.actor.as_ref());
        let call = call::changing(&mut check, metadata, "Policy.RollBack", id, actor, request);
        let open = open_tickets(&mut check, request.open_tickets);
        let call = call::expecting(check.finish(call)?, Thing::Policy, &request.etag);
        let (revision, comment) = (request.revision, request.comment.clone());
        let (applied, findings, replayed) =
            self.app.roll_back(call, revision, comment, open).await?;
        let pb::ApplyResponse { policy, findings, operation, replayed } =
            response(&applied, &findings, open, replayed);
        Ok(pb::RollBackResponse { policy, findings, operation, replayed })
    }

    fn policy(
        &self,
        metadata: &MetadataMap,
        asked: Option<u64>,
    ) -> Result<pb::GetResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let tenant = check.finish(tenant)?;
        let in_force = self.app.policy_in_force(&tenant);
        let found = match asked {
            Some(revision) => self.app.policy_of(&tenant, revision)?,
            None => in_force.clone(),
        };
        let source = found.row.source.clone();
        let policy = pb::PolicyRevision { source, ..revision(&found, &in_force) };
        Ok(pb::GetResponse { policy: Some(policy) })
    }

    fn revisions(
        &self,
        metadata: &MetadataMap,
        request: &pb::ListRevisionsRequest,
    ) -> Result<pb::ListRevisionsResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let size = page_size(&mut check, "page_size", request.page_size);
        let before = page_number(&mut check, &request.page_token);
        let tenant = check.finish(tenant)?;
        let in_force = self.app.policy_in_force(&tenant);
        let before = before.unwrap_or(u64::MAX);
        let mut found = self.app.desks.policies.before(&tenant, before, size + 1);
        let has_more = found.len() > size;
        found.truncate(size);
        let last = found.last().filter(|_| has_more);
        let next_page_token = last.map(|last| last.policy.revision.to_string());
        Ok(pb::ListRevisionsResponse {
            revisions: found.iter().map(|record| revision(record, &in_force)).collect(),
            next_page_token: next_page_token.unwrap_or_default(),
        })
    }
}

fn open_tickets(check: &mut Check, asked: i32) -> OpenTickets {
    match check.choice("open_tickets", asked) {
        Some(pb::OpenTickets::Recompute) => OpenTickets::Recompute,
        Some(pb::OpenTickets::Unspecified | pb::OpenTickets::Keep) | None => OpenTickets::Keep,
    }
}

/// A change of the policy; the record is in force by it.
fn response(
    record: &PolicyRecord,
    findings: &[Finding],
    open: OpenTickets,
    replayed: bool,
) -> pb::ApplyResponse {
    let operation = match open {
        OpenTickets::Keep => String::new(),
        OpenTickets::Recompute => recompute_of(record.policy.revision),
    };
    pb::ApplyResponse {
        policy: Some(revision(record, record)),
        findings: findings.iter().map(finding).collect(),
        operation,
        replayed,
    }
}

/// A revision without its source.
fn revision(record: &PolicyRecord, in_force: &PolicyRecord) -> pb::PolicyRevision {
    pb::PolicyRevision {
        revision: record.policy.revision,
        source: String::new(),
        comment: record.row.comment.clone(),
        applied_time: Some(instant(Timestamp::from_millis(record.row.at_ms))),
        etag: etag::of_policy(record.policy.revision),
        in_force: record.policy.revision == in_force.policy.revision,
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

//! `TriageService`: convert in, one use case, convert out.

use futures_util::{StreamExt as _, stream};
use switchyard_domain::ids::TenantId;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::triage_service_server::TriageService;
use tonic::metadata::MetadataMap;
use tonic::{Request, Response, Status, Streaming};

use super::check::Check;
use super::status::item_status;
use super::triage_stream::TriageStream;
use super::write;
use super::{Handlers, answer, call, read};
use crate::app::explain::Explained;
use crate::app::fault::{Expected, Fault};
use crate::app::{AppError, Mode, Triaged};
use crate::lang::Lang;

/// Items of a batch.
pub(super) const BATCH_ITEMS_MAX: usize = 1_000;

/// Items of a batch at work at a time.
///
/// So many share commits, and are taken in their order; a whole batch at once would have everybody
/// else wait behind all of it.
pub(super) const BATCH_AT_WORK: usize = 64;

#[tonic::async_trait]
impl TriageService for Handlers {
    async fn triage(
        &self,
        request: Request<pb::TriageRequest>,
    ) -> Result<Response<pb::TriageResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.triage_one(request.metadata(), request.get_ref(), lang).await, lang)
    }

    async fn batch_triage(
        &self,
        request: Request<pb::BatchTriageRequest>,
    ) -> Result<Response<pb::BatchTriageResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.triage_many(request.metadata(), &request.get_ref().requests, lang).await, lang)
    }

    type StreamTriageStream = TriageStream;

    async fn stream_triage(
        &self,
        request: Request<Streaming<pb::StreamTriageRequest>>,
    ) -> Result<Response<Self::StreamTriageStream>, Status> {
        let lang = call::lang(request.metadata());
        Ok(Response::new(self.triage_stream(request, lang)))
    }

    async fn list_decisions(
        &self,
        request: Request<pb::ListDecisionsRequest>,
    ) -> Result<Response<pb::ListDecisionsResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.decisions(request.metadata(), request.get_ref(), lang).await, lang)
    }

    async fn get_decision(
        &self,
        request: Request<pb::GetDecisionRequest>,
    ) -> Result<Response<pb::GetDecisionResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.decision(request.metadata(), &request.get_ref().id, lang).await, lang)
    }

    async fn explain_decision(
        &self,
        request: Request<pb::ExplainDecisionRequest>,
    ) -> Result<Response<pb::ExplainDecisionResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.explain(request.metadata(), &request.get_ref().id, lang).await, lang)
    }
}

impl Handlers {
    pub(super) async fn triage_one(
        &self,
        metadata: &MetadataMap,
        request: &pb::TriageRequest,
        lang: Lang,
    ) -> Result<pb::TriageResponse, AppError> {
        let mut check = Check::default();
        let Some(ticket) = &request.ticket else {
            check.fail("ticket", Fault::missing(Expected::Ticket));
            return check.finish(None);
        };
        check.choice::<pb::SimilarView>("similar_view", request.similar_view);
        let text = read::ticket::text(ticket);
        let mode = match check.choice("mode", request.mode) {
            Some(pb::Mode::Analyze) => {
                let known = read::ticket::content(&mut check, ticket);
                let tenant = call::tenant(&mut check, metadata);
                let asker = read::ticket::asker(&mut check, ticket);
                let tenant = check.finish(tenant)?;
                let triaged = self.app.analyze(&tenant, &text, &known, &asker);
                return self.response(&tenant, &triaged, request, lang).await;
            }
            Some(pb::Mode::Advise) => Mode::Advise,
            Some(pb::Mode::Assign) => Mode::Assign,
            Some(pb::Mode::Unspecified) | None => Mode::ByPolicy,
        };
        let (id, actor) = (&request.request_id, request.actor.as_ref());
        let call = call::changing(&mut check, metadata, "Triage", id, actor, request);
        let facts = read::ticket::facts(&mut check, ticket);
        let (call, facts) = check.finish(call.zip(facts))?;
        let call = call::naming(call, Some(ticket));
        let tenant = call.tenant.clone();
        let triaged = self.app.triage(call, &text, facts, mode).await?;
        self.response(&tenant, &triaged, request, lang).await
    }

    async fn triage_many(
        &self,
        metadata: &MetadataMap,
        requests: &[pb::TriageRequest],
        lang: Lang,
    ) -> Result<pb::BatchTriageResponse, AppError> {
        let mut check = Check::default();
        check.at_most("requests", requests, BATCH_ITEMS_MAX);
        check.finish(Some(()))?;
        let calls = requests.iter().map(|request| self.triage_one(metadata, request, lang));
        let calls: Vec<_> = calls.collect();
        let results = stream::iter(calls).buffered(BATCH_AT_WORK);
        let results = results.map(|result| batch_result(result, lang)).collect().await;
        Ok(pb::BatchTriageResponse { results })
    }

    async fn decision(
        &self,
        metadata: &MetadataMap,
        id: &str,
        lang: Lang,
    ) -> Result<pb::GetDecisionResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let recorded = self.app.decision(&check.finish(tenant)?, id).await?;
        Ok(pb::GetDecisionResponse {
            decision: Some(write::decision::recorded(&recorded, lang)),
            assessment: Some(write::assessment::assessment(&recorded.ticket.assessment)),
        })
    }

    async fn explain(
        &self,
        metadata: &MetadataMap,
        id: &str,
        lang: Lang,
    ) -> Result<pb::ExplainDecisionResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let explained = self.app.explain(&check.finish(tenant)?, id).await?;
        Ok(explanation(&explained, lang))
    }
}

impl Handlers {
    async fn response(
        &self,
        tenant: &TenantId,
        triaged: &Triaged,
        request: &pb::TriageRequest,
        lang: Lang,
    ) -> Result<pb::TriageResponse, AppError> {
        let mut response = response(triaged, lang);
        if let Some(ticket) = request.ticket.as_ref().filter(|_| request.with_entities) {
            response.entities = write::entity::entities(ticket);
        }
        let similar = &triaged.assessment.precedents.similar;
        if let Some(assessment) = &mut response.assessment
            && request.similar_view() != pb::SimilarView::Basic
        {
            for (told, similar) in assessment.similar.iter_mut().zip(similar) {
                let Some(item) = self.app.kept_item(tenant, &similar.key).await? else { continue };
                (told.title, told.solution, told.uri) = (item.title, item.solution, item.uri);
            }
        }
        Ok(response)
    }
}

fn response(triaged: &Triaged, lang: Lang) -> pb::TriageResponse {
    let decision = triaged.decision.as_ref();
    let decision = decision.map(|recorded| write::decision::recorded(recorded, lang));
    pb::TriageResponse {
        assessment: Some(write::assessment::assessment(&triaged.assessment)),
        decision,
        timings: (!triaged.replayed).then(|| timings(triaged)),
        replayed: triaged.replayed,
        stale: triaged.stale,
        entities: Vec::new(),
    }
}

fn timings(triaged: &Triaged) -> pb::Timings {
    let timings = &triaged.timings;
    pb::Timings {
        clean_ns: timings.steps.clean_ns,
        features_ns: timings.steps.features_ns,
        heads_ns: timings.steps.heads_ns,
        desk_ns: timings.desk_ns,
        total_ns: timings.total_ns,
    }
}

fn batch_result(result: Result<pb::TriageResponse, AppError>, lang: Lang) -> pb::BatchTriageResult {
    match result {
        Ok(response) => pb::BatchTriageResult {
            status: Some(pb::ItemStatus::default()),
            response: Some(response),
        },
        Err(error) => {
            pb::BatchTriageResult { status: Some(item_status(&error, lang)), response: None }
        }
    }
}

fn explanation(explained: &Explained, lang: Lang) -> pb::ExplainDecisionResponse {
    let recorded = &explained.recorded;
    let verdicts = explained.verdicts.iter().map(|(agent, verdict)| {
        write::decision::verdict(agent, verdict, &explained.requirements, lang)
    });
    pb::ExplainDecisionResponse {
        decision: Some(write::decision::recorded(recorded, lang)),
        assessment: Some(write::assessment::assessment(&recorded.ticket.assessment)),
        verdicts: verdicts.collect(),
        reproduced: explained.reproduced,
        now: Some(write::instant(recorded.at)),
    }
}

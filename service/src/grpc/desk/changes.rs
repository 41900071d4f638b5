//! What callers change at the desk: reports, adoptions, assignments by hand, ends.

use switchyard_domain::desk::{Action, Closing, Event};
use switchyard_domain::ids::{AgentId, TenantId, TicketId};
use switchyard_proto::v1 as pb;
use tonic::metadata::MetadataMap;

use crate::app::{AppError, Call};
use crate::grpc::check::Check;
use crate::grpc::status::item_status;
use crate::grpc::triage::BATCH_ITEMS_MAX;
use crate::grpc::write::ticket::status;
use crate::grpc::{Handlers, call, read, write};
use crate::lang::Lang;

impl Handlers {
    pub(super) async fn report(
        &self,
        metadata: &MetadataMap,
        request: &pb::ReportActivityRequest,
    ) -> Result<pb::ReportActivityResponse, AppError> {
        let mut check = Check::default();
        let (id, actor) = (&request.request_id, request.actor.as_ref());
        let call = call::changing(&mut check, metadata, "ReportActivity", id, actor, request);
        let ticket = check.take("ticket_id", TicketId::new(&request.ticket_id));
        let activity = read::activity::activity(&mut check, request.activity.as_ref());
        let source_revision = request.source_revision;
        let action = ticket.zip(activity).map(|(ticket, activity)| Action::Report {
            ticket,
            activity,
            source_revision,
        });
        let (call, action) = check.finish(call.zip(action))?;
        let tenant = call.tenant.clone();
        let receipt = self.app.act(call, action).await?;
        Ok(pb::ReportActivityResponse {
            ticket: self.status_of(&tenant, &request.ticket_id),
            // Other tickets may have moved with time; this one only if its revision was no older.
            applied: receipt.events.iter().any(|event| is_report_of(event, &request.ticket_id)),
            replayed: receipt.replayed,
        })
    }

    pub(super) async fn adopt_many(
        &self,
        metadata: &MetadataMap,
        request: &pb::BatchAdoptTicketsRequest,
        lang: Lang,
    ) -> Result<pb::BatchAdoptTicketsResponse, AppError> {
        let mut check = Check::default();
        check.at_most("tickets", &request.tickets, BATCH_ITEMS_MAX);
        let actor = request.actor.as_ref();
        let call = call::changing(&mut check, metadata, "BatchAdoptTickets", "", actor, &());
        let call = check.finish(call)?;
        let adoptions = request.tickets.iter().map(|ticket| self.adopt_one(call.clone(), ticket));
        let results = futures_util::future::join_all(adoptions).await;
        Ok(pb::BatchAdoptTicketsResponse {
            results: results.into_iter().map(|result| adopted(result, lang)).collect(),
        })
    }

    async fn adopt_one(
        &self,
        call: Call,
        adopted: &pb::AdoptedTicket,
    ) -> Result<Option<pb::TicketStatus>, AppError> {
        let mut check = Check::default();
        let now = self.app.desks.clock.now();
        let facts = read::ticket::adopted(&mut check, adopted, now);
        if let Some(ticket) = &adopted.ticket {
            self.check_named(&mut check, Some(&call.tenant), ticket);
        }
        let facts = check.finish(facts)?;
        let text = adopted.ticket.as_ref().map(read::ticket::text).unwrap_or_default();
        let (tenant, id) = (call.tenant.clone(), facts.facts.id.clone());
        self.app.adopt(call, &text, facts).await?;
        Ok(self.status_of(&tenant, id.as_str()))
    }

    pub(super) async fn assign_one(
        &self,
        metadata: &MetadataMap,
        request: &pb::AssignRequest,
    ) -> Result<pb::AssignResponse, AppError> {
        let mut check = Check::default();
        let (id, actor) = (&request.request_id, request.actor.as_ref());
        let call = call::changing(&mut check, metadata, "Assign", id, actor, request);
        let ticket = check.take("ticket_id", TicketId::new(&request.ticket_id));
        let agent = check.take("agent", AgentId::new(&request.agent));
        check_person(&mut check, actor);
        let (call, (ticket, agent)) = check.finish(call.zip(ticket.zip(agent)))?;
        let tenant = call.tenant.clone();
        let action = Action::Assign { ticket, agent: agent.clone() };
        let receipt = self.app.act(call, action).await?;
        let headroom =
            self.app.desks.committed.read(&tenant, |desk| {
                desk.roster().seat(&agent).map_or(0.0, write::agent::headroom)
            });
        let ticket = self.status_of(&tenant, &request.ticket_id);
        Ok(pb::AssignResponse { ticket, headroom, replayed: receipt.replayed })
    }

    pub(super) async fn close(
        &self,
        mut check: Check,
        call: Option<Call>,
        ticket_id: &str,
        closing: Closing,
    ) -> Result<(Option<pb::TicketStatus>, bool), AppError> {
        let ticket = check.take("ticket_id", TicketId::new(ticket_id));
        let (call, ticket) = check.finish(call.zip(ticket))?;
        let tenant = call.tenant.clone();
        let receipt = self.app.act(call, Action::Close { ticket, closing }).await?;
        Ok((self.status_of(&tenant, ticket_id), receipt.replayed))
    }

    pub(super) fn status_of(&self, tenant: &TenantId, ticket: &str) -> Option<pb::TicketStatus> {
        let ticket = TicketId::new(ticket).ok()?;
        self.app.desks.committed.read(tenant, |desk| desk.case(&ticket).map(status))
    }
}

/// Assigning by hand is a person's decision, and recorded as nobody else's.
fn check_person(check: &mut Check, actor: Option<&pb::Actor>) {
    use pb::actor::Kind;
    match actor.map_or(Kind::Unspecified, pb::Actor::kind) {
        Kind::Unspecified | Kind::Person => {}
        other @ (Kind::Backend | Kind::System | Kind::Policy) => {
            let got = format!("expected KIND_PERSON, got {}", other.as_str_name());
            check.fail("actor.kind", got);
        }
    }
}

/// Whether an event says that something was reported of a ticket, not decided on it.
fn is_report_of(event: &Event, ticket: &str) -> bool {
    let is_report = matches!(
        event,
        Event::Reported { .. }
            | Event::OwnerSet { .. }
            | Event::Closed { .. }
            | Event::Reopened { .. }
    );
    is_report && event.ticket().is_some_and(|id| id.as_str() == ticket)
}

fn adopted(result: Result<Option<pb::TicketStatus>, AppError>, lang: Lang) -> pb::AdoptResult {
    match result {
        Ok(ticket) => pb::AdoptResult { status: Some(pb::ItemStatus::default()), ticket },
        Err(error) => pb::AdoptResult { status: Some(item_status(&error, lang)), ticket: None },
    }
}

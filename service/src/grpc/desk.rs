//! `DeskService`: convert in, one use case, convert out.

use std::ops::Bound;

use switchyard_domain::desk::{Action, Closing, Desk, Event};
use switchyard_domain::ids::{AgentId, TenantId, TicketId};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::desk_service_server::DeskService;
use tonic::metadata::MetadataMap;
use tonic::{Request, Response, Status};

use super::check::{Check, page_size};
use super::status::item_status;
use super::triage::BATCH_ITEMS_MAX;
use super::watch::WatchStream;
use super::write;
use super::write::ticket::status;
use super::{Handlers, answer, call, read};
use crate::app::{AppError, Call};
use crate::lang::Lang;

#[tonic::async_trait]
impl DeskService for Handlers {
    type WatchStream = WatchStream;

    async fn report_activity(
        &self,
        request: Request<pb::ReportActivityRequest>,
    ) -> Result<Response<pb::ReportActivityResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.report(request.metadata(), request.get_ref()).await, lang)
    }

    async fn batch_adopt_tickets(
        &self,
        request: Request<pb::BatchAdoptTicketsRequest>,
    ) -> Result<Response<pb::BatchAdoptTicketsResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.adopt_many(request.metadata(), request.get_ref(), lang).await, lang)
    }

    async fn list_tickets(
        &self,
        request: Request<pb::ListTicketsRequest>,
    ) -> Result<Response<pb::ListTicketsResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.tickets(request.metadata(), request.get_ref()), lang)
    }

    async fn get_ticket(
        &self,
        request: Request<pb::GetTicketRequest>,
    ) -> Result<Response<pb::GetTicketResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.ticket(request.metadata(), &request.get_ref().id), lang)
    }

    async fn assign(
        &self,
        request: Request<pb::AssignRequest>,
    ) -> Result<Response<pb::AssignResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.assign_one(request.metadata(), request.get_ref()).await, lang)
    }

    async fn complete(
        &self,
        request: Request<pb::CompleteRequest>,
    ) -> Result<Response<pb::CompleteResponse>, Status> {
        let lang = call::lang(request.metadata());
        let mut check = Check::default();
        let asked = request.get_ref();
        let (id, actor) = (&asked.request_id, asked.actor.as_ref());
        let call = call::changing(&mut check, request.metadata(), "Complete", id, actor, asked);
        let closed = self.close(check, call, &asked.ticket_id, Closing::Completed).await;
        let closed = closed.map(|(ticket, replayed)| pb::CompleteResponse { ticket, replayed });
        answer(closed, lang)
    }

    async fn cancel(
        &self,
        request: Request<pb::CancelRequest>,
    ) -> Result<Response<pb::CancelResponse>, Status> {
        let lang = call::lang(request.metadata());
        let mut check = Check::default();
        let asked = request.get_ref();
        let (id, actor) = (&asked.request_id, asked.actor.as_ref());
        let call = call::changing(&mut check, request.metadata(), "Cancel", id, actor, asked);
        let closed = self.close(check, call, &asked.ticket_id, Closing::Cancelled).await;
        let closed = closed.map(|(ticket, replayed)| pb::CancelResponse { ticket, replayed });
        answer(closed, lang)
    }

    async fn list_queue(
        &self,
        request: Request<pb::ListQueueRequest>,
    ) -> Result<Response<pb::ListQueueResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.queue(request.metadata(), request.get_ref()), lang)
    }

    async fn watch(
        &self,
        request: Request<pb::WatchRequest>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.watch_from(request.metadata(), request.get_ref().after_sequence, lang), lang)
    }

    async fn list_events(
        &self,
        request: Request<pb::ListEventsRequest>,
    ) -> Result<Response<pb::ListEventsResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.events(request.metadata(), request.get_ref(), lang).await, lang)
    }
}

impl Handlers {
    async fn report(
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

    async fn adopt_many(
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

    async fn assign_one(
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

    async fn close(
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

    fn status_of(&self, tenant: &TenantId, ticket: &str) -> Option<pb::TicketStatus> {
        let ticket = TicketId::new(ticket).ok()?;
        self.app.desks.committed.read(tenant, |desk| desk.case(&ticket).map(status))
    }

    fn ticket(&self, metadata: &MetadataMap, id: &str) -> Result<pb::GetTicketResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let tenant = check.finish(tenant)?;
        let found = self.status_of(&tenant, id);
        let ticket =
            found.ok_or_else(|| AppError::NotFound { kind: "a ticket", id: id.to_owned() })?;
        Ok(pb::GetTicketResponse { ticket: Some(ticket) })
    }

    fn tickets(
        &self,
        metadata: &MetadataMap,
        request: &pb::ListTicketsRequest,
    ) -> Result<pb::ListTicketsResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let size = page_size(&mut check, "page_size", request.page_size);
        let after = check.optional("page_token", &request.page_token, TicketId::new);
        let agent = check.optional("agent", &request.agent, AgentId::new);
        let states = request.states.iter();
        let states: Vec<pb::TicketState> =
            states.filter_map(|state| check.choice("states", *state)).collect();
        let tenant = check.finish(tenant)?;
        Ok(self.app.desks.committed.read(&tenant, |desk| {
            let from = after.map_or(Bound::Unbounded, Bound::Excluded);
            let all = desk.cases().range((from, Bound::Unbounded)).map(|(_, case)| case);
            let wanted = all
                .filter(|case| agent.as_ref().is_none_or(|agent| case.last_owner() == Some(agent)));
            let statuses = wanted.map(status);
            let mut tickets: Vec<_> = statuses
                .filter(|status| states.is_empty() || states.contains(&status.state()))
                .take(size + 1)
                .collect();
            let next_page_token = next_page(&mut tickets, size);
            pb::ListTicketsResponse { tickets, next_page_token, sequence: desk.sequence() }
        }))
    }

    async fn events(
        &self,
        metadata: &MetadataMap,
        request: &pb::ListEventsRequest,
        lang: Lang,
    ) -> Result<pb::ListEventsResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let size = page_size(&mut check, "page_size", request.page_size);
        let tenant = check.finish(tenant)?;
        let after = request.after_sequence;
        self.check_in_journal(&tenant, after)?;
        let entries = self.app.desks.history.entries_after(&tenant, after, size as u32).await?;
        let all = entries.iter().flat_map(|entry| write::event::events(entry, after, lang));
        let page: Vec<_> = all.take(size).collect();
        let last_sequence = page.last().map_or(after, |event| event.sequence);
        let head = self.app.desks.committed.read(&tenant, Desk::sequence);
        let about = &request.ticket_id;
        let wanted = |event: &pb::Event| about.is_empty() || event.ticket_id == *about;
        Ok(pb::ListEventsResponse {
            events: page.into_iter().filter(wanted).collect(),
            last_sequence,
            at_end: last_sequence >= head,
        })
    }

    /// A sequence that was never given out has no place to continue from.
    pub(super) fn check_in_journal(&self, tenant: &TenantId, asked: u64) -> Result<(), AppError> {
        let head = self.app.desks.committed.read(tenant, Desk::sequence);
        if asked <= head { Ok(()) } else { Err(AppError::AheadOfJournal { head, asked }) }
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

/// Cuts a list read one too far to its page and gives the token of the next.
fn next_page(tickets: &mut Vec<pb::TicketStatus>, size: usize) -> String {
    if tickets.len() <= size {
        return String::new();
    }
    tickets.truncate(size);
    tickets.last().map(|last| last.id.clone()).unwrap_or_default()
}

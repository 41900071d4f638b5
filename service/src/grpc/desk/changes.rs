//! What callers change at the desk: reports, adoptions, ends.

use futures_util::{StreamExt as _, stream};
use switchyard_domain::desk::{Action, Closing, Event};
use switchyard_domain::ids::{TenantId, TicketId};
use switchyard_proto::v1 as pb;
use tonic::metadata::MetadataMap;

use crate::app::etag::Thing;
use crate::app::{AppError, Call};
use crate::grpc::check::Check;
use crate::grpc::status::item_status;
use crate::grpc::triage::{BATCH_AT_WORK, BATCH_ITEMS_MAX};
use crate::grpc::write::ticket::status;
use crate::grpc::{Handlers, call, read, write};
use crate::lang::Lang;

/// Which ticket a call is about, and the etag it rests on.
pub(super) struct Asked<'a> {
    pub(super) ticket: &'a str,
    pub(super) etag: &'a str,
}

impl Handlers {
    pub(super) async fn report(
        &self,
        metadata: &MetadataMap,
        request: &pb::ReportActivityRequest,
        lang: Lang,
    ) -> Result<pb::ReportActivityResponse, AppError> {
        let mut check = Check::default();
        let (id, actor) = (&request.request_id, request.actor.as_ref());
        let call = call::changing(&mut check, metadata, "ReportActivity", id, actor, request);
        let report = read::activity::report(&mut check, request);
        let (call, (report, brought)) = check.finish(call.zip(report))?;
        let call = call::naming(call, read::activity::ticket_of(request));
        let brought_id = brought.as_ref().map(|(_, facts)| facts.id.clone());
        let decided_of = brought_id.unwrap_or_else(|| report.ticket.clone());
        let thing = Thing::Ticket(report.ticket.clone());
        let call = call::expecting(call, thing, &request.etag);
        let tenant = call.tenant.clone();
        let receipt = self.app.report(call, report, brought).await?;
        let decision = self.app.decision_in(&tenant, &receipt, &decided_of).await?;
        Ok(pb::ReportActivityResponse {
            ticket: self.status_of(&tenant, &request.ticket_id),
            // Other tickets may have moved with time; this one only if its revision was no older.
            applied: receipt.events.iter().any(|event| is_report_of(event, &request.ticket_id)),
            replayed: receipt.replayed,
            decision: decision.map(|made| write::decision::recorded(&made, lang)),
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
        let adoptions: Vec<_> = adoptions.collect();
        let results = stream::iter(adoptions).buffered(BATCH_AT_WORK);
        let results = results.map(|result| adopted(result, lang)).collect().await;
        Ok(pb::BatchAdoptTicketsResponse { results })
    }

    async fn adopt_one(
        &self,
        call: Call,
        adopted: &pb::AdoptedTicket,
    ) -> Result<Option<pb::TicketStatus>, AppError> {
        let mut check = Check::default();
        let now = self.app.desks.clock.now();
        let facts = read::ticket::adopted(&mut check, adopted, now);
        let facts = check.finish(facts)?;
        let call = call::naming(call, adopted.ticket.as_ref());
        let text = adopted.ticket.as_ref().map(read::ticket::text).unwrap_or_default();
        let (tenant, id) = (call.tenant.clone(), facts.facts.id.clone());
        self.app.adopt(call, &text, facts).await?;
        Ok(self.status_of(&tenant, id.as_str()))
    }

    pub(super) async fn close(
        &self,
        mut check: Check,
        call: Option<Call>,
        asked: Asked<'_>,
        closing: Closing,
    ) -> Result<(Option<pb::TicketStatus>, bool), AppError> {
        let ticket = check.take("ticket_id", TicketId::new(asked.ticket));
        let (call, ticket) = check.finish(call.zip(ticket))?;
        let call = call::expecting(call, Thing::Ticket(ticket.clone()), asked.etag);
        let tenant = call.tenant.clone();
        let receipt = self.app.act(call, Action::Close { ticket, closing }).await?;
        Ok((self.status_of(&tenant, asked.ticket), receipt.replayed))
    }

    pub(super) fn status_of(&self, tenant: &TenantId, ticket: &str) -> Option<pb::TicketStatus> {
        let ticket = TicketId::new(ticket).ok()?;
        self.app.desks.committed.read(tenant, |desk| desk.case(&ticket).map(status))
    }
}

/// Whether an event says that something was reported of a ticket, not decided on it.
fn is_report_of(event: &Event, ticket: &str) -> bool {
    let is_report = matches!(
        event,
        Event::Reported { .. }
            | Event::OwnerSet { .. }
            | Event::Closed { .. }
            | Event::Merged { .. }
            | Event::Transferred { .. }
            | Event::Returned { .. }
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

//! What callers look at: tickets by id or page by page, events.

use std::ops::Bound;

use switchyard_domain::desk::Desk;
use switchyard_domain::ids::{AgentId, TenantId, TicketId};
use switchyard_proto::v1 as pb;
use tonic::metadata::MetadataMap;

use crate::app::AppError;
use crate::grpc::check::{Check, page_size};
use crate::grpc::write::ticket::status;
use crate::grpc::{Handlers, call, write};
use crate::lang::Lang;

impl Handlers {
    pub(super) fn ticket(
        &self,
        metadata: &MetadataMap,
        id: &str,
    ) -> Result<pb::GetTicketResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let tenant = check.finish(tenant)?;
        let found = self.status_of(&tenant, id);
        let ticket =
            found.ok_or_else(|| AppError::NotFound { kind: "a ticket", id: id.to_owned() })?;
        Ok(pb::GetTicketResponse { ticket: Some(ticket) })
    }

    pub(super) fn tickets(
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

    pub(super) async fn events(
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
    pub(in crate::grpc) fn check_in_journal(
        &self,
        tenant: &TenantId,
        asked: u64,
    ) -> Result<(), AppError> {
        let head = self.app.desks.committed.read(tenant, Desk::sequence);
        if asked <= head { Ok(()) } else { Err(AppError::AheadOfJournal { head, asked }) }
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

//! Tickets, page by page.

use std::ops::Bound;

use switchyard_domain::desk::Desk;
use switchyard_domain::ids::{AgentId, TeamId, TenantId, TicketId};
use switchyard_proto::v1 as pb;
use tonic::metadata::MetadataMap;

use crate::app::AppError;
use crate::grpc::check::{Check, page_size};
use crate::grpc::read::mask::ReadMask;
use crate::grpc::write::ticket::status;
use crate::grpc::{Handlers, call};

impl Handlers {
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
        let team = check.optional("team", &request.team, TeamId::new);
        let mask = ReadMask::read(&mut check, request.read_mask.as_ref());
        let states = request.states.iter();
        let states: Vec<pb::TicketState> =
            states.filter_map(|state| check.choice("states", *state)).collect();
        let tenant = check.finish(tenant)?;
        Ok(self.app.desks.committed.read(&tenant, |desk| {
            let from = after.map_or(Bound::Unbounded, Bound::Excluded);
            let all = desk.cases().range((from, Bound::Unbounded)).map(|(_, case)| case);
            let wanted = all
                .filter(|case| agent.is_none() || case.last_owner() == agent.as_ref())
                .filter(|case| team.is_none() || case.team == team);
            let statuses = wanted.map(status);
            let mut tickets: Vec<_> = statuses
                .filter(|status| states.is_empty() || states.contains(&status.state()))
                .take(size + 1)
                .collect();
            let next_page_token = next_page(&mut tickets, size);
            let tickets = tickets.into_iter().map(|ticket| mask.cut(ticket)).collect();
            pb::ListTicketsResponse { tickets, next_page_token, sequence: desk.sequence() }
        }))
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

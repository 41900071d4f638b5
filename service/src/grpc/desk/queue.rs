//! `ListQueue`: what waits and why, page by page.
//!
//! The order is that of the first page's instant on all pages. Looking at every
//! agent for every ticket takes a while, so the desk is looked at anew for each,
//! and all of it happens off the threads that answer calls: a listing holds up
//! the writer while it notes the places of the queue, and for one ticket at a time.

use std::cmp::Reverse;

use switchyard_domain::desk::{Case, Desk, QueuePlace};
use switchyard_domain::ids::{TeamId, TenantId, TicketId};
use switchyard_domain::priority::Rank;
use switchyard_domain::time::Timestamp;
use switchyard_proto::v1 as pb;
use tonic::metadata::MetadataMap;

use crate::app::AppError;
use crate::app::fault::{Expected, Fault};
use crate::grpc::check::{Check, page_size};
use crate::grpc::write::ticket::status;
use crate::grpc::write::{self, finite_instant};
use crate::grpc::{Handlers, call};

/// Where a page begins: behind a place in the order of an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
struct After {
    as_of: Timestamp,
    place: QueuePlace,
}

impl After {
    fn parse(token: &str) -> Result<Self, Fault> {
        let read = || {
            let mut parts = token.splitn(5, '/');
            let mut number = || parts.next()?.parse::<i64>().ok();
            let (as_of, set_first) = (Timestamp::from_millis(number()?), number()?);
            let (points, opened_at) = (number()?, Timestamp::from_millis(number()?));
            let ticket = TicketId::new(parts.next()?).ok()?;
            let rank = Reverse(Rank { is_set_first: set_first == 1, points });
            Some(Self { as_of, place: QueuePlace { rank, opened_at, ticket } })
        };
        read().ok_or_else(|| Fault::text(Expected::PageToken, token))
    }

    fn token(&self) -> String {
        let QueuePlace { rank: Reverse(rank), opened_at, ticket } = &self.place;
        let set_first = u8::from(rank.is_set_first);
        let (as_of, opened) = (self.as_of.millis(), opened_at.millis());
        format!("{as_of}/{set_first}/{}/{opened}/{ticket}", rank.points)
    }
}

impl Handlers {
    pub(super) fn queue(
        &self,
        metadata: &MetadataMap,
        request: &pb::ListQueueRequest,
    ) -> Result<pb::ListQueueResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let size = page_size(&mut check, "page_size", request.page_size);
        let team = check.optional("team", &request.team, TeamId::new);
        let after = check.optional("page_token", &request.page_token, After::parse);
        let tenant = check.finish(tenant)?;
        let now = self.app.desks.clock.now();
        let as_of = after.as_ref().map_or(now, |after| after.as_of);
        let desks = &self.app.desks.committed;
        let mut order = desks.read(&tenant, |desk| places(desk, team.as_ref(), as_of));
        order.sort_unstable();
        let begin = after.map_or(0, |after| order.partition_point(|place| *place <= after.place));
        let end = (begin + size).min(order.len());
        let page = &order[begin..end];
        let next = page.last().filter(|_| end < order.len());
        let next = next.map(|last| After { as_of, place: last.clone() });
        Ok(pb::ListQueueResponse {
            tickets: self.waiting(&tenant, page, now),
            n_queued: order.len() as u64,
            next_page_token: next.as_ref().map(After::token).unwrap_or_default(),
        })
    }

    fn waiting(
        &self,
        tenant: &TenantId,
        page: &[QueuePlace],
        now: Timestamp,
    ) -> Vec<pb::QueuedTicket> {
        let desks = &self.app.desks.committed;
        let next_change = desks.read(tenant, |desk| finite_instant(desk.roster().next_change(now)));
        let one = |place: &QueuePlace| {
            let look = |desk: &Desk| desk.case(&place.ticket).map(|case| queued(desk, case, now));
            let ticket = desks.read(tenant, look)?;
            Some(pb::QueuedTicket { next_change_time: next_change, ..ticket })
        };
        page.iter().filter_map(one).collect()
    }
}

fn places(desk: &Desk, team: Option<&TeamId>, as_of: Timestamp) -> Vec<QueuePlace> {
    let wanted = desk.queued().filter(|case| team.is_none() || case.team.as_ref() == team);
    wanted.map(|case| desk.queue_place(case, as_of)).collect()
}

fn queued(desk: &Desk, case: &Case, now: Timestamp) -> pb::QueuedTicket {
    let mut ticket = status(case);
    ticket.priority = Some(write::decision::priority(&case.priority_at(desk.policy(), now)));
    pb::QueuedTicket {
        ticket: Some(ticket),
        exclusions: write::decision::exclusions(&desk.rank(&case.ticket, now).excluded),
        next_change_time: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_is_written() {
        let rank = Reverse(Rank { is_set_first: true, points: -3 });
        let ticket = TicketId::new("a/b").expect("a valid id");
        let place = QueuePlace { rank, opened_at: Timestamp::MIN, ticket };
        let after = After { as_of: Timestamp::from_millis(7), place };
        assert_eq!(After::parse(&after.token()), Ok(after));
        for bad in ["", "7", "7/1/2/3", "7/1/2/3/", "x/1/2/3/T-1", "7/1/2//T-1"] {
            assert!(After::parse(bad).is_err(), "{bad}");
        }
    }
}

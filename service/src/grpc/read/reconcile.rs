//! Tickets as the backend knows them.

use std::collections::BTreeSet;

use switchyard_domain::desk::{IdRange, Known, KnownTicket};
use switchyard_domain::ids::{AgentId, TicketId};
use switchyard_proto::v1 as pb;

use super::ticket::hold;
use crate::app::fault::{Expected, Fault};
use crate::grpc::check::Check;
use crate::grpc::triage::BATCH_ITEMS_MAX;

/// What the backend knows.
pub(crate) fn known(check: &mut Check, request: &pb::ReconcileRequest) -> Known {
    check.at_most("tickets", &request.tickets, BATCH_ITEMS_MAX);
    let mut seen = BTreeSet::new();
    let tickets =
        request.tickets.iter().take(BATCH_ITEMS_MAX).enumerate().filter_map(|(i, known)| {
            let field = format!("tickets[{i}]");
            if !seen.insert(&known.id) {
                check.fail(format!("{field}.id"), Fault::again(&known.id));
            }
            known_ticket(check, &field, known)
        });
    Known { tickets: tickets.collect(), complete: range(check, request) }
}

fn known_ticket(check: &mut Check, field: &str, known: &pb::KnownTicket) -> Option<KnownTicket> {
    let ticket = check.take(format!("{field}.id"), TicketId::new(&known.id));
    let owner = check.optional(format!("{field}.agent"), &known.agent, AgentId::new);
    let held = check.choice(format!("{field}.hold"), known.hold).and_then(hold);
    let (source_revision, closed) = (known.source_revision, known.closed);
    Some(KnownTicket { ticket: ticket?, owner, hold: held, source_revision, closed })
}

fn range(check: &mut Check, request: &pb::ReconcileRequest) -> Option<IdRange> {
    let after = check.optional("after_id", &request.after_id, TicketId::new);
    let until = check.optional("until_id", &request.until_id, TicketId::new);
    let range = IdRange { after, until };
    if request.complete && range.is_empty() {
        let expected = Expected::IdAfter(request.after_id.clone());
        check.fail("until_id", Fault::text(expected, &request.until_id));
    }
    request.complete.then_some(range)
}

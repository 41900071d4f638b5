//! `Reconcile`: what differs between the desk and the backend, and what of it was mended.

use switchyard_domain::desk::event::Outcome;
use switchyard_domain::desk::{Action, Difference, Event, HoldReason};
use switchyard_domain::ids::{AgentId, TicketId};
use switchyard_proto::v1 as pb;
use tonic::metadata::MetadataMap;

use crate::app::AppError;
use crate::grpc::check::Check;
use crate::grpc::{Handlers, call, read};
use crate::words;

impl Handlers {
    pub(super) async fn reconcile_with(
        &self,
        metadata: &MetadataMap,
        request: &pb::ReconcileRequest,
    ) -> Result<pb::ReconcileResponse, AppError> {
        let mut check = Check::default();
        let actor = request.actor.as_ref();
        let call = call::changing(&mut check, metadata, "Reconcile", "", actor, &());
        let known = read::reconcile::known(&mut check, request);
        let (call, known) = check.finish(call.map(|call| (call, known)))?;
        let now = self.app.desks.clock.now();
        let found =
            self.app.desks.committed.read(&call.tenant, |desk| desk.differences(&known, now));
        let events = if request.validate_only || found.is_empty() {
            Vec::new()
        } else {
            self.app.act(call, Action::Reconcile(Box::new(known))).await?.events
        };
        let differences = found.iter().map(|(ticket, found)| pb::Difference {
            mended: events.iter().any(|event| mends(event, ticket, found)),
            ..difference(ticket, found)
        });
        Ok(pb::ReconcileResponse { differences: differences.collect() })
    }
}

/// Whether an event made a difference go away.
fn mends(event: &Event, ticket: &TicketId, difference: &Difference) -> bool {
    let is_kind = match difference {
        Difference::Owner { there, .. } => gives_to(event, there),
        Difference::Hold { .. } => matches!(event, Event::Reported { .. }),
        Difference::ClosedThere | Difference::NotListed => matches!(event, Event::Closed { .. }),
        Difference::OpenThere { .. } => matches!(event, Event::Reopened { .. }),
        Difference::UnknownHere
        | Difference::OwnerUnknownThere { .. }
        | Difference::UnknownAgent { .. }
        | Difference::OlderThere { .. } => false,
    };
    is_kind && event.ticket() == Some(ticket)
}

/// Whether an event gave a ticket to an agent: a reopened one may be routed to whom it should have.
fn gives_to(event: &Event, agent: &AgentId) -> bool {
    match event {
        Event::OwnerSet { agent: given_to, .. } => given_to == agent,
        Event::Decided(decision) => decision.outcome == Outcome::Assigned(agent.clone()),
        _ => false,
    }
}

fn difference(ticket: &TicketId, difference: &Difference) -> pb::Difference {
    use pb::DifferenceKind as Kind;
    let (open, closed) = ("open".to_owned(), "closed".to_owned());
    let none = String::new;
    let (kind, here, there) = match difference {
        Difference::UnknownHere => (Kind::UnknownHere, none(), none()),
        Difference::Owner { here, there } => {
            let here = here.as_ref().map(ToString::to_string).unwrap_or_default();
            (Kind::Owner, here, there.to_string())
        }
        Difference::OwnerUnknownThere { here } => (Kind::Owner, here.to_string(), none()),
        Difference::UnknownAgent { there } => (Kind::UnknownAgent, none(), there.to_string()),
        Difference::Hold { here, there } => {
            let name = |hold: &Option<HoldReason>| hold.map_or("", words::hold_label).to_owned();
            (Kind::Hold, name(here), name(there))
        }
        Difference::ClosedThere => (Kind::ClosedThere, open, closed),
        Difference::OpenThere { closing } => {
            (Kind::OpenThere, words::closing_label(*closing).to_owned(), open)
        }
        Difference::NotListed => (Kind::NotListed, open, none()),
        Difference::OlderThere { here, there } => {
            (Kind::OlderThere, here.to_string(), there.to_string())
        }
    };
    pb::Difference { ticket_id: ticket.to_string(), kind: kind as i32, here, there, mended: false }
}

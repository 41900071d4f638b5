//! What people do with tickets: give them to somebody, ask for one, give one back.

use switchyard_domain::desk::{Action, DeclineReason};
use switchyard_domain::ids::{AgentId, TeamId, TenantId, TicketId};
use switchyard_proto::v1 as pb;
use tonic::metadata::MetadataMap;

use crate::app::etag::Thing;
use crate::app::fault::{Expected, Fault};
use crate::app::{AppError, Receipt};
use crate::grpc::check::Check;
use crate::grpc::{Handlers, call, write};
use crate::lang::Lang;

impl Handlers {
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
        let call = call::expecting(call, Thing::Ticket(ticket.clone()), &request.etag);
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

    pub(super) async fn claim(
        &self,
        metadata: &MetadataMap,
        request: &pb::ClaimNextRequest,
        lang: Lang,
    ) -> Result<pb::ClaimNextResponse, AppError> {
        let mut check = Check::default();
        let (id, actor) = (&request.request_id, request.actor.as_ref());
        let call = call::changing(&mut check, metadata, "ClaimNext", id, actor, request);
        let agent = check.take("agent", AgentId::new(&request.agent));
        let team = check.optional("team", &request.team, TeamId::new);
        let (call, agent) = check.finish(call.zip(agent))?;
        let tenant = call.tenant.clone();
        let receipt = self.app.act(call, Action::ClaimNext { agent, team }).await?;
        let claimed = receipt.events.iter().rev().find_map(write::decision::claimed);
        let replayed = receipt.replayed;
        let Some(ticket) = claimed.cloned() else {
            return Ok(pb::ClaimNextResponse { ticket: None, decision: None, replayed });
        };
        let decision = self.decided(&tenant, &receipt, &ticket, lang).await?;
        let ticket = self.status_of(&tenant, ticket.as_str());
        Ok(pb::ClaimNextResponse { ticket, decision, replayed })
    }

    pub(super) async fn decline_one(
        &self,
        metadata: &MetadataMap,
        request: &pb::DeclineRequest,
        lang: Lang,
    ) -> Result<pb::DeclineResponse, AppError> {
        let mut check = Check::default();
        let (id, actor) = (&request.request_id, request.actor.as_ref());
        let call = call::changing(&mut check, metadata, "Decline", id, actor, request);
        let ticket = check.take("ticket_id", TicketId::new(&request.ticket_id));
        let agent = check.take("agent", AgentId::new(&request.agent));
        let reason =
            check.choice("reason", request.reason).and_then(|asked| reason(&mut check, asked));
        let (call, ((ticket, agent), reason)) =
            check.finish(call.zip(ticket.zip(agent).zip(reason)))?;
        let tenant = call.tenant.clone();
        let action = Action::Decline { ticket: ticket.clone(), agent, reason };
        let receipt = self.app.act(call, action).await?;
        let decision = self.decided(&tenant, &receipt, &ticket, lang).await?;
        let ticket = self.status_of(&tenant, ticket.as_str());
        Ok(pb::DeclineResponse { ticket, decision, replayed: receipt.replayed })
    }

    async fn decided(
        &self,
        tenant: &TenantId,
        receipt: &Receipt,
        ticket: &TicketId,
        lang: Lang,
    ) -> Result<Option<pb::Decision>, AppError> {
        let made = self.app.decision_in(tenant, receipt, ticket).await?;
        Ok(made.map(|made| write::decision::recorded(&made, lang)))
    }
}

fn reason(check: &mut Check, reason: pb::DeclineReason) -> Option<DeclineReason> {
    match reason {
        pb::DeclineReason::Unspecified => {
            check.fail("reason", Fault::missing(Expected::DeclineReason));
            None
        }
        pb::DeclineReason::Busy => Some(DeclineReason::Busy),
        pb::DeclineReason::MissingSkill => Some(DeclineReason::MissingSkill),
        pb::DeclineReason::WrongTeam => Some(DeclineReason::WrongTeam),
        pb::DeclineReason::Conflict => Some(DeclineReason::Conflict),
        pb::DeclineReason::Leaving => Some(DeclineReason::Leaving),
        pb::DeclineReason::Other => Some(DeclineReason::Other),
    }
}

/// Assigning by hand is a person's decision, and recorded as nobody else's.
fn check_person(check: &mut Check, actor: Option<&pb::Actor>) {
    use pb::actor::Kind;
    match actor.map_or(Kind::Unspecified, pb::Actor::kind) {
        Kind::Unspecified | Kind::Person => {}
        other @ (Kind::Backend | Kind::System | Kind::Policy) => {
            check.fail("actor.kind", Fault::value(Expected::Person, other.as_str_name()));
        }
    }
}

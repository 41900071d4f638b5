//! `RosterService`: convert in, one use case, convert out.

use std::collections::BTreeSet;
use std::sync::Arc;

use switchyard_domain::agent::Team;
use switchyard_domain::desk::{Action, PresenceSource, ReleaseScope};
use switchyard_domain::ids::{AgentId, TeamId, TenantId};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::roster_service_server::RosterService;
use tonic::metadata::MetadataMap;
use tonic::{Request, Response, Status};

use super::check::{Check, page_size};
use super::triage::BATCH_ITEMS_MAX;
use super::write::agent::{status, team};
use super::{Handlers, answer, call, read, write};
use crate::app::error::Sought;
use crate::app::etag::{Expected, Thing};
use crate::app::fault::Fault;
use crate::app::{AppError, Call};

#[tonic::async_trait]
impl RosterService for Handlers {
    async fn batch_upsert_agents(
        &self,
        request: Request<pb::BatchUpsertAgentsRequest>,
    ) -> Result<Response<pb::BatchUpsertAgentsResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.upsert_agents(request.metadata(), request.get_ref()).await, lang)
    }

    async fn get_agent(
        &self,
        request: Request<pb::GetAgentRequest>,
    ) -> Result<Response<pb::GetAgentResponse>, Status> {
        let lang = call::lang(request.metadata());
        let found = self.agent_in(request.metadata(), &request.get_ref().id);
        answer(found.map(|agent| pb::GetAgentResponse { agent: Some(agent) }), lang)
    }

    async fn list_agents(
        &self,
        request: Request<pb::ListAgentsRequest>,
    ) -> Result<Response<pb::ListAgentsResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.agents(request.metadata(), request.get_ref()), lang)
    }

    async fn delete_agent(
        &self,
        request: Request<pb::DeleteAgentRequest>,
    ) -> Result<Response<pb::DeleteAgentResponse>, Status> {
        let lang = call::lang(request.metadata());
        let asked = request.get_ref();
        let action =
            |check: &mut Check| check.take("id", AgentId::new(&asked.id)).map(Action::RemoveAgent);
        let etags = expected_agents([(&asked.id, &asked.etag)]);
        let done = self.change_if(etags, request.metadata(), asked.actor.as_ref(), action).await;
        answer(done.map(|_| pb::DeleteAgentResponse {}), lang)
    }

    async fn upsert_team(
        &self,
        request: Request<pb::UpsertTeamRequest>,
    ) -> Result<Response<pb::UpsertTeamResponse>, Status> {
        let lang = call::lang(request.metadata());
        let asked = request.get_ref();
        let given = asked.team.clone().unwrap_or_default();
        let action = |check: &mut Check| {
            check.bounded("team.display_name", &given.display_name, 128);
            let id = check.take("team.id", TeamId::new(&given.id))?;
            Some(Action::UpsertTeam(Team { id, display_name: given.display_name.clone() }))
        };
        let done = self.change(request.metadata(), asked.actor.as_ref(), action).await;
        answer(done.map(|_| pb::UpsertTeamResponse { team: Some(given) }), lang)
    }

    async fn get_team(
        &self,
        request: Request<pb::GetTeamRequest>,
    ) -> Result<Response<pb::GetTeamResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.team(request.metadata(), &request.get_ref().id), lang)
    }

    async fn list_teams(
        &self,
        request: Request<pb::ListTeamsRequest>,
    ) -> Result<Response<pb::ListTeamsResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.teams(request.metadata()), lang)
    }

    async fn delete_team(
        &self,
        request: Request<pb::DeleteTeamRequest>,
    ) -> Result<Response<pb::DeleteTeamResponse>, Status> {
        let lang = call::lang(request.metadata());
        let asked = request.get_ref();
        let action =
            |check: &mut Check| check.take("id", TeamId::new(&asked.id)).map(Action::RemoveTeam);
        let done = self.change(request.metadata(), asked.actor.as_ref(), action).await;
        answer(done.map(|_| pb::DeleteTeamResponse {}), lang)
    }

    async fn replace_shifts(
        &self,
        request: Request<pb::ReplaceShiftsRequest>,
    ) -> Result<Response<pb::ReplaceShiftsResponse>, Status> {
        let lang = call::lang(request.metadata());
        let asked = request.get_ref();
        let action = |check: &mut Check| {
            let agent = check.take("agent", AgentId::new(&asked.agent));
            let shifts = read::agent::shifts(check, "shifts", &asked.shifts);
            Some(Action::ReplaceShifts { agent: agent?, shifts })
        };
        let done = self.change(request.metadata(), asked.actor.as_ref(), action).await;
        let agent = done.map(|tenant| self.agent_status(&tenant, &asked.agent));
        answer(agent.map(|agent| pb::ReplaceShiftsResponse { agent }), lang)
    }

    async fn set_presence(
        &self,
        request: Request<pb::SetPresenceRequest>,
    ) -> Result<Response<pb::SetPresenceResponse>, Status> {
        let lang = call::lang(request.metadata());
        let asked = request.get_ref();
        let action = |check: &mut Check| {
            let agent = check.take("agent", AgentId::new(&asked.agent))?;
            let presence = read::agent::presence(check.choice("presence", asked.presence)?);
            let source = source(check.choice("source", asked.source)?);
            Some(Action::SetPresence { agent, presence, source })
        };
        let done = self.change(request.metadata(), asked.actor.as_ref(), action).await;
        let agent = done.map(|tenant| self.agent_status(&tenant, &asked.agent));
        answer(agent.map(|agent| pb::SetPresenceResponse { agent }), lang)
    }

    async fn pause_intake(
        &self,
        request: Request<pb::PauseIntakeRequest>,
    ) -> Result<Response<pb::PauseIntakeResponse>, Status> {
        let lang = call::lang(request.metadata());
        let asked = request.get_ref();
        let set = self.set_intake(request.metadata(), &asked.agent, asked.actor.as_ref(), true);
        answer(set.await.map(|agent| pb::PauseIntakeResponse { agent }), lang)
    }

    async fn resume_intake(
        &self,
        request: Request<pb::ResumeIntakeRequest>,
    ) -> Result<Response<pb::ResumeIntakeResponse>, Status> {
        let lang = call::lang(request.metadata());
        let asked = request.get_ref();
        let set = self.set_intake(request.metadata(), &asked.agent, asked.actor.as_ref(), false);
        answer(set.await.map(|agent| pb::ResumeIntakeResponse { agent }), lang)
    }

    async fn release_agent(
        &self,
        request: Request<pb::ReleaseAgentRequest>,
    ) -> Result<Response<pb::ReleaseAgentResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.release(request.metadata(), request.get_ref()).await, lang)
    }
}

impl Handlers {
    /// Has a change of the roster made; the roster's changes are safe to repeat without an id.
    async fn change(
        &self,
        metadata: &MetadataMap,
        actor: Option<&pb::Actor>,
        action: impl FnOnce(&mut Check) -> Option<Action> + Send,
    ) -> Result<TenantId, AppError> {
        self.change_if(Vec::new(), metadata, actor, action).await
    }

    /// The same, if what it rests on is still so.
    async fn change_if(
        &self,
        expected: Vec<Expected>,
        metadata: &MetadataMap,
        actor: Option<&pb::Actor>,
        action: impl FnOnce(&mut Check) -> Option<Action> + Send,
    ) -> Result<TenantId, AppError> {
        let mut check = Check::default();
        let call = call::changing(&mut check, metadata, "Roster", "", actor, &());
        let action = action(&mut check);
        let (call, action) = check.finish(call.zip(action))?;
        let tenant = call.tenant.clone();
        self.app.act(Call { expected, ..call }, action).await?;
        Ok(tenant)
    }

    async fn upsert_agents(
        &self,
        metadata: &MetadataMap,
        request: &pb::BatchUpsertAgentsRequest,
    ) -> Result<pb::BatchUpsertAgentsResponse, AppError> {
        let action = |check: &mut Check| {
            check.at_most("agents", &request.agents, BATCH_ITEMS_MAX);
            check_once(check, &request.agents);
            let agents = request.agents.iter().take(BATCH_ITEMS_MAX).enumerate();
            let agents = agents.filter_map(|(i, agent)| {
                read::agent::agent(check, &format!("agents[{i}]"), agent).map(Arc::new)
            });
            let agents = agents.collect();
            Some(match read::mask::agent_fields(check, request.update_mask.as_ref()) {
                Some(fields) => Action::ChangeAgents { agents, fields },
                None => Action::UpsertAgents(agents),
            })
        };
        let etags = request.agents.iter().map(|agent| (&agent.id, &agent.etag));
        let expected = expected_agents(etags);
        let tenant = self.change_if(expected, metadata, request.actor.as_ref(), action).await?;
        let status = |agent: &pb::Agent| self.agent_status(&tenant, &agent.id);
        let agents = request.agents.iter().filter_map(status).collect();
        Ok(pb::BatchUpsertAgentsResponse { agents })
    }

    async fn set_intake(
        &self,
        metadata: &MetadataMap,
        agent: &str,
        actor: Option<&pb::Actor>,
        paused: bool,
    ) -> Result<Option<pb::AgentStatus>, AppError> {
        let action = |check: &mut Check| {
            let agent = check.take("agent", AgentId::new(agent))?;
            Some(Action::SetIntake { agent, paused })
        };
        let tenant = self.change(metadata, actor, action).await?;
        Ok(self.agent_status(&tenant, agent))
    }

    async fn release(
        &self,
        metadata: &MetadataMap,
        request: &pb::ReleaseAgentRequest,
    ) -> Result<pb::ReleaseAgentResponse, AppError> {
        let mut check = Check::default();
        let (id, actor) = (&request.request_id, request.actor.as_ref());
        let call = call::changing(&mut check, metadata, "ReleaseAgent", id, actor, request);
        let agent = check.take("agent", AgentId::new(&request.agent));
        let scope = check.choice("scope", request.scope).map(scope);
        let (call, (agent, scope)) = check.finish(call.zip(agent.zip(scope)))?;
        let tenant = call.tenant.clone();
        let receipt = self.app.act(call, Action::Release { agent, scope }).await?;
        Ok(pb::ReleaseAgentResponse {
            agent: self.agent_status(&tenant, &request.agent),
            tickets: write::agent::released(&receipt.events),
            replayed: receipt.replayed,
        })
    }

    fn agent_status(&self, tenant: &TenantId, id: &str) -> Option<pb::AgentStatus> {
        let id = AgentId::new(id).ok()?;
        let now = self.app.desks.clock.now();
        let desks = &self.app.desks.committed;
        desks.read(tenant, |desk| desk.roster().seat(&id).map(|seat| status(seat, now)))
    }

    fn agent_in(&self, metadata: &MetadataMap, id: &str) -> Result<pb::AgentStatus, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let found = self.agent_status(&check.finish(tenant)?, id);
        found.ok_or_else(|| AppError::NotFound { kind: Sought::Agent, id: id.to_owned() })
    }

    fn agents(
        &self,
        metadata: &MetadataMap,
        request: &pb::ListAgentsRequest,
    ) -> Result<pb::ListAgentsResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let size = page_size(&mut check, "page_size", request.page_size);
        let after = check.optional("page_token", &request.page_token, AgentId::new);
        let tenant = check.finish(tenant)?;
        let now = self.app.desks.clock.now();
        Ok(self.app.desks.committed.read(&tenant, |desk| {
            let seats = desk.roster().seats().iter();
            let mut rest = seats.skip_while(|seat| Some(&seat.agent().id) <= after.as_ref());
            let agents: Vec<_> = rest.by_ref().take(size).map(|seat| status(seat, now)).collect();
            let last = agents.last().and_then(|agent| agent.agent.as_ref());
            let next_page_token = match (rest.next(), last) {
                (Some(_), Some(last)) => last.id.clone(),
                _ => String::new(),
            };
            pb::ListAgentsResponse { agents, next_page_token }
        }))
    }

    fn team(&self, metadata: &MetadataMap, id: &str) -> Result<pb::GetTeamResponse, AppError> {
        let found = self.teams(metadata)?.teams.into_iter().find(|team| team.id == id);
        match found {
            Some(team) => Ok(pb::GetTeamResponse { team: Some(team) }),
            None => Err(AppError::NotFound { kind: Sought::Team, id: id.to_owned() }),
        }
    }

    fn teams(&self, metadata: &MetadataMap) -> Result<pb::ListTeamsResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let tenant = check.finish(tenant)?;
        let desks = &self.app.desks.committed;
        let teams = desks.read(&tenant, |desk| desk.roster().teams().values().map(team).collect());
        Ok(pb::ListTeamsResponse { teams })
    }
}

/// An agent who comes twice in one batch is a mistake of which nobody can say what was meant.
fn check_once(check: &mut Check, agents: &[pb::Agent]) {
    let mut seen = BTreeSet::new();
    for (i, agent) in agents.iter().enumerate() {
        if !seen.insert(&agent.id) {
            check.fail(format!("agents[{i}].id"), Fault::again(&agent.id));
        }
    }
}

fn expected_agents<'a>(etags: impl IntoIterator<Item = (&'a String, &'a String)>) -> Vec<Expected> {
    let given = etags.into_iter().filter(|(_, etag)| !etag.is_empty());
    // What is no id is told where the agent is read.
    let expected = given.filter_map(|(id, etag)| {
        Some(Expected { thing: Thing::Agent(AgentId::new(id).ok()?), etag: etag.clone() })
    });
    expected.collect()
}

fn scope(scope: pb::ReleaseScope) -> ReleaseScope {
    match scope {
        pb::ReleaseScope::Unspecified | pb::ReleaseScope::Unanswered => ReleaseScope::Unanswered,
        pb::ReleaseScope::All => ReleaseScope::All,
    }
}

fn source(source: pb::PresenceSource) -> PresenceSource {
    match source {
        pb::PresenceSource::Unspecified | pb::PresenceSource::Manual => PresenceSource::Manual,
        pb::PresenceSource::Shift => PresenceSource::Shift,
        pb::PresenceSource::Heartbeat => PresenceSource::Heartbeat,
    }
}

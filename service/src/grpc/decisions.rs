//! `ListDecisions`: decisions newest first, those that are wanted.

use switchyard_domain::desk::{Decision, Event};
use switchyard_domain::ids::{AgentId, TeamId, TicketId};
use switchyard_domain::time::Timestamp;
use switchyard_journal::Entry;
use switchyard_proto::v1 as pb;
use tonic::metadata::MetadataMap;

use super::check::{Check, page_number, page_size};
use super::write::decision::{Made, decision, outcome, trigger};
use super::{Handlers, call};
use crate::app::AppError;
use crate::lang::Lang;

/// Entries looked through for one page: some tens of milliseconds' work.
const SCANNED_MAX: u32 = 2_000;

struct Wanted {
    ticket: Option<TicketId>,
    agent: Option<AgentId>,
    team: Option<TeamId>,
    outcomes: Vec<pb::DecisionOutcome>,
    triggers: Vec<pb::DecisionTrigger>,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
}

impl Wanted {
    fn read(check: &mut Check, asked: Option<&pb::DecisionFilter>) -> Self {
        let asked = asked.cloned().unwrap_or_default();
        let outcomes = asked.outcomes.iter();
        let outcomes = outcomes.filter_map(|it| check.choice("filter.outcomes", *it)).collect();
        let triggers = asked.triggers.iter();
        let triggers = triggers.filter_map(|it| check.choice("filter.triggers", *it)).collect();
        Self {
            ticket: check.optional("filter.ticket_id", &asked.ticket_id, TicketId::new),
            agent: check.optional("filter.agent", &asked.agent, AgentId::new),
            team: check.optional("filter.team", &asked.team, TeamId::new),
            outcomes,
            triggers,
            start: check.instant("filter.start_time", asked.start_time.as_ref()),
            end: check.instant("filter.end_time", asked.end_time.as_ref()),
        }
    }

    fn wants(&self, decision: &Decision, at: Timestamp) -> bool {
        let (kind, why) = (outcome(&decision.outcome).0, trigger(decision.trigger));
        self.ticket.as_ref().is_none_or(|ticket| decision.ticket == *ticket)
            && self.agent.as_ref().is_none_or(|agent| decision.outcome.agent() == Some(agent))
            && self.team.as_ref().is_none_or(|team| decision.team.as_ref() == Some(team))
            && (self.outcomes.is_empty() || self.outcomes.contains(&kind))
            && (self.triggers.is_empty() || self.triggers.contains(&why))
            && self.start.is_none_or(|start| start <= at)
            && self.end.is_none_or(|end| at < end)
    }
}

impl Handlers {
    pub(super) async fn decisions(
        &self,
        metadata: &MetadataMap,
        request: &pb::ListDecisionsRequest,
        lang: Lang,
    ) -> Result<pb::ListDecisionsResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let size = page_size(&mut check, "page_size", request.page_size);
        let before = page_number(&mut check, &request.page_token);
        let wanted = Wanted::read(&mut check, request.filter.as_ref());
        let tenant = check.finish(tenant)?;
        let before = before.unwrap_or(u64::MAX);
        let history = &self.app.desks.history;
        let entries = history.entries_before(&tenant, before, SCANNED_MAX).await?;
        let found = entries.iter().flat_map(|entry| decided(entry, before));
        let found = found.filter(|(made, decision)| wanted.wants(decision, made.at));
        let decisions: Vec<_> =
            found.take(size).map(|(made, found)| decision(&made, found, lang)).collect();
        let is_full = decisions.len() == size;
        let read_to = match decisions.last() {
            Some(last) if is_full => Some(last.sequence),
            _ => entries.last().map(|entry| entry.first_sequence),
        };
        let is_too_old = |entry: &Entry| wanted.start.is_some_and(|start| entry.at < start);
        let at_end = entries.last().is_some_and(is_too_old) && !is_full;
        let next = read_to.filter(|sequence| *sequence > 1 && !at_end);
        let next_page_token = next.map(|sequence| sequence.to_string()).unwrap_or_default();
        Ok(pb::ListDecisionsResponse { decisions, next_page_token })
    }
}

/// The decisions of an entry before a sequence, newest first.
fn decided(entry: &Entry, before: u64) -> impl Iterator<Item = (Made<'_>, &Decision)> {
    let placed = entry.events.iter().enumerate().rev();
    let placed = placed.map(|(place, event)| (event, entry.first_sequence + place as u64));
    placed.filter(move |(_, sequence)| *sequence < before).filter_map(|(event, sequence)| {
        let made = Made { sequence, at: entry.at, tz_version: &entry.tz_version };
        match event {
            Event::Decided(decision) | Event::TicketAdvised { decision, .. } => {
                Some((made, decision.as_ref()))
            }
            _ => None,
        }
    })
}

//! A desk to play with: `desk().agent("a1").ticket("t1")`, at eleven on a Wednesday in Shanghai.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use switchyard_domain::desk::OpenTickets;
use switchyard_domain::desk::Reach;
use switchyard_domain::desk::Report;

use switchyard_domain::agent::{Agent, Languages, Presence, Seniority};
use switchyard_domain::assessment::{
    Assessment, Judged, Language, Mode, Origin, Sentiment, Urgency,
};
use switchyard_domain::desk::{
    Action, Activity, Adoption, Case, Closing, Desk, Event, PresenceSource, Refusal,
};
use switchyard_domain::hours::Interval;
use switchyard_domain::ids::{AgentId, CategoryId, ChannelId, SkillId, TeamId, TicketId};
use switchyard_domain::knowledge::Precedents;
use switchyard_domain::load::{Capacity, Load};
use switchyard_domain::policy::Policy;
use switchyard_domain::probability::Probability;
use switchyard_domain::schedule::Schedule;
use switchyard_domain::skill::{HeldSkill, Requirement, RequirementKind, SkillLevel};
use switchyard_domain::ticket::{Customer, Ticket, Wishes};
use switchyard_domain::time::{Span, Timestamp};

use crate::laws;

/// 2026-06-03T11:00:00+08:00.
pub(crate) const START_MS: i64 = 1_780_455_600_000;

/// The instant so many minutes after the start.
pub(crate) fn minute(minutes: i64) -> Timestamp {
    Timestamp::from_millis(START_MS) + Span::from_minutes(minutes)
}

pub(crate) fn agent_id(id: &str) -> AgentId {
    AgentId::new(id).expect("a valid id")
}

pub(crate) fn ticket_id(id: &str) -> TicketId {
    TicketId::new(id).expect("a valid id")
}

pub(crate) fn team_id(id: &str) -> TeamId {
    TeamId::new(id).expect("a valid id")
}

pub(crate) fn channel(id: &str) -> ChannelId {
    ChannelId::new(id).expect("a valid id")
}

pub(crate) fn skill_id(id: &str) -> SkillId {
    SkillId::new(id).expect("a valid id")
}

pub(crate) fn units(units: f64) -> Load {
    Load::from_units(units).expect("a valid load")
}

pub(crate) fn level(level: u32) -> SkillLevel {
    SkillLevel::new(level).expect("a valid level")
}

pub(crate) fn held(at: u32) -> HeldSkill {
    HeldSkill { level: level(at), expires: None }
}

pub(crate) fn requirement(skill: &str, kind: RequirementKind, min: u32) -> Requirement {
    let min_level = level(min);
    Requirement {
        skill: skill_id(skill),
        kind,
        min_level,
        weight_permille: 1_000,
        relax_rank: None,
    }
}

pub(crate) fn judged<T>(value: T) -> Judged<T> {
    Judged { value, confidence: Probability::ONE, mode: Mode::Auto, alternatives: Vec::new() }
}

/// A calm question in English.
pub(crate) fn assessment() -> Assessment {
    Assessment {
        language: Language::En,
        category: judged(CategoryId::new("product.usage").expect("a valid id")),
        category_group: None,
        category_origin: Origin::Caller,
        sentiment: judged(Sentiment::Neutral),
        sentiment_score: 0.0,
        urgency: judged(Urgency::Normal),
        signals: Vec::new(),
        tags: Vec::new(),
        truncated: false,
        model_version: Arc::from(""),
        degraded: None,
        precedents: Precedents::default(),
    }
}

/// A calm question over chat, one unit of work, opened at the start.
pub(crate) fn ticket(id: &str) -> Ticket {
    Ticket {
        id: ticket_id(id),
        channel: channel("chat"),
        opened_at: minute(0),
        customer: Customer::default(),
        place: None,
        wishes: Wishes::default(),
        assessment: Arc::new(assessment()),
    }
}

/// Always there, for every language, with the policy's limit.
pub(crate) fn agent(id: &str) -> Agent {
    Agent {
        id: agent_id(id),
        display_name: String::new(),
        teams: BTreeSet::new(),
        skills: BTreeMap::new(),
        languages: Languages::default(),
        capacity: Capacity::default(),
        external_load: Load::ZERO,
        schedule: Schedule::Always,
        presence: None,
        seniority: Seniority::Regular,
        place: None,
        intake_paused: false,
    }
}

pub(crate) fn has_room(agent: &mut Agent, limit: f64) {
    agent.capacity.total = Some(units(limit));
}

/// Dated shifts in minutes after the start.
pub(crate) fn shifts(minutes: &[(i64, i64)]) -> Vec<Interval> {
    let shift = |(start, end): &(i64, i64)| Interval { start: minute(*start), end: minute(*end) };
    minutes.iter().map(shift).collect()
}

/// A desk, the hand-moved clock beside it, and its twin that only folds events.
pub(crate) struct Scene {
    pub(crate) desk: Desk,
    pub(crate) now: Timestamp,
    shadow: Desk,
}

/// An empty desk under the built-in policy.
pub(crate) fn desk() -> Scene {
    Scene::over(Desk::new(Arc::new(Policy::default())))
}

impl Scene {
    pub(crate) fn over(desk: Desk) -> Self {
        let shadow = Desk::restore(desk.snapshot());
        Self { now: desk.now().max(minute(0)), desk, shadow }
    }

    pub(crate) fn policy(mut self, change: impl FnOnce(&mut Policy)) -> Self {
        self.change_policy(change);
        self
    }

    pub(crate) fn agent(self, id: &str) -> Self {
        self.agent_with(id, |_| {})
    }

    pub(crate) fn agent_with(mut self, id: &str, change: impl FnOnce(&mut Agent)) -> Self {
        self.upsert(id, change);
        self
    }

    pub(crate) fn ticket(self, id: &str) -> Self {
        self.ticket_with(id, |_| {})
    }

    pub(crate) fn ticket_with(mut self, id: &str, change: impl FnOnce(&mut Ticket)) -> Self {
        self.triage(id, change);
        self
    }

    /// Moves the clock; the desk is told nothing.
    pub(crate) fn at(mut self, minutes: i64) -> Self {
        self.now = minute(minutes);
        self
    }

    /// Does something and checks every law before and after.
    pub(crate) fn try_act(&mut self, action: Action) -> Result<Vec<Event>, Refusal> {
        let before = self.desk.snapshot();
        let now = self.now.max(self.desk.now());
        let outcome = self.desk.handle(action, self.now);
        match &outcome {
            Ok(events) => {
                laws::fold(&mut self.shadow, events, now);
                laws::hold(&self.desk, &self.shadow, now);
            }
            Err(refusal) => {
                assert_eq!(self.desk.snapshot(), before, "a trace of what was refused: {refusal}");
            }
        }
        outcome
    }

    #[track_caller]
    pub(crate) fn act(&mut self, action: Action) -> Vec<Event> {
        self.try_act(action).expect("the desk does it")
    }

    #[track_caller]
    pub(crate) fn refused(&mut self, action: Action) -> Refusal {
        self.try_act(action).expect_err("the desk refuses it")
    }

    pub(crate) fn change_policy(&mut self, change: impl FnOnce(&mut Policy)) -> Vec<Event> {
        let mut policy = Policy::clone(self.desk.policy());
        policy.revision += 1;
        change(&mut policy);
        self.act(apply(policy))
    }

    pub(crate) fn upsert(&mut self, id: &str, change: impl FnOnce(&mut Agent)) -> Vec<Event> {
        let mut agent = agent(id);
        change(&mut agent);
        self.act(Action::UpsertAgents(vec![Arc::new(agent)]))
    }

    pub(crate) fn triage(&mut self, id: &str, change: impl FnOnce(&mut Ticket)) -> Vec<Event> {
        let mut ticket = ticket(id);
        change(&mut ticket);
        self.act(Action::Triage {
            ticket: Arc::new(ticket),
            source_revision: 0,
            reach: Reach::Assign,
        })
    }

    pub(crate) fn adopt(&mut self, id: &str, change: impl FnOnce(&mut Adoption)) -> Vec<Event> {
        let mut adoption = Adoption {
            ticket: Arc::new(ticket(id)),
            owner: None,
            first_replied_at: None,
            hold: None,
            source_revision: 0,
            asked_at: None,
            held_at: None,
        };
        change(&mut adoption);
        self.act(Action::Adopt(Box::new(adoption)))
    }

    pub(crate) fn report(&mut self, id: &str, activity: Activity) -> Vec<Event> {
        self.act(Action::Report(Report::now(ticket_id(id), activity, 0).into()))
    }

    pub(crate) fn assign(&mut self, id: &str, agent: &str) -> Vec<Event> {
        self.act(Action::Assign { ticket: ticket_id(id), agent: agent_id(agent) })
    }

    pub(crate) fn complete(&mut self, id: &str) -> Vec<Event> {
        self.act(Action::Close { ticket: ticket_id(id), closing: Closing::Completed })
    }

    pub(crate) fn presence(&mut self, agent: &str, presence: Option<Presence>) -> Vec<Event> {
        let source = PresenceSource::Manual;
        self.act(Action::SetPresence { agent: agent_id(agent), presence, source })
    }

    pub(crate) fn replace_shifts(&mut self, agent: &str, minutes: &[(i64, i64)]) -> Vec<Event> {
        self.act(Action::ReplaceShifts { agent: agent_id(agent), shifts: shifts(minutes) })
    }

    pub(crate) fn tick(&mut self, minutes: i64) -> Vec<Event> {
        self.now = minute(minutes);
        self.act(Action::Tick)
    }

    #[track_caller]
    pub(crate) fn case(&self, id: &str) -> &Case {
        self.desk.case(&ticket_id(id)).expect("a known ticket")
    }

    /// Who owns a ticket; `None` while it waits.
    #[track_caller]
    pub(crate) fn owner(&self, id: &str) -> Option<&str> {
        self.case(id).owner().map(AgentId::as_str)
    }

    /// The waiting tickets, most urgent first.
    pub(crate) fn queue(&self) -> Vec<&str> {
        self.desk.queue_at(self.now).into_iter().map(|case| case.ticket.id.as_str()).collect()
    }

    /// What an agent has, in thousandths of a unit.
    #[track_caller]
    pub(crate) fn load(&self, agent: &str) -> u32 {
        self.desk.roster().seat(&agent_id(agent)).expect("a known agent").load().milli()
    }
}

/// A policy that leaves the promises of open tickets as they are.
pub(crate) fn apply(policy: Policy) -> Action {
    Action::ApplyPolicy { policy: Arc::new(policy), open: OpenTickets::Keep }
}

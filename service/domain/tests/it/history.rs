//! Random days at a desk: arbitrary commands at arbitrary times, over few enough names to collide.

use crate::fixture::apply;
use std::sync::Arc;
use switchyard_domain::desk::Reach;
use switchyard_domain::desk::Report;

use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use switchyard_domain::agent::{Agent, Languages, Place, Presence, Seniority, Team};
use switchyard_domain::assessment::{Language, Sentiment, Signal, Urgency};
use switchyard_domain::desk::{Action, Activity, Adoption, Closing, HoldReason, PresenceSource};
use switchyard_domain::hours::{Interval, WeeklyHours};
use switchyard_domain::ids::{AgentId, ChannelId, TeamId, TicketId};
use switchyard_domain::knowledge::Experience;
use switchyard_domain::load::Load;
use switchyard_domain::policy::Policy;
use switchyard_domain::priority::Band;
use switchyard_domain::probability::Probability;
use switchyard_domain::routing::CostWeights;
use switchyard_domain::schedule::{Rota, Schedule};
use switchyard_domain::skill::{HeldSkill, Requirement, RequirementKind};
use switchyard_domain::ticket::{Ticket, Tier};
use switchyard_domain::time::{Span, Timestamp, Zone};

use crate::fixture;

/// One command and how many minutes after the one before; the clock may run backwards.
pub(crate) type Step = (i64, Action);

/// A day at a desk.
pub(crate) fn history(n_steps_max: usize) -> impl Strategy<Value = Vec<Step>> {
    vec((pause(), action()), 1..n_steps_max)
}

fn pause() -> impl Strategy<Value = i64> {
    prop_oneof![6 => 0i64..30, 3 => 30i64..600, 1 => -60i64..0, 1 => 600i64..8_000]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        8 => (ticket(), revision()).prop_map(|(ticket, source_revision)| {
            Action::Triage { ticket: Arc::new(ticket), source_revision, reach: Reach::Assign }
        }),
        1 => ticket().prop_map(|ticket| Action::Advise { ticket: Arc::new(ticket), source_revision: 0 }),
        2 => adoption().prop_map(|adoption| Action::Adopt(Box::new(adoption))),
        8 => (ticket_id(), activity(), revision()).prop_map(|(ticket, activity, source_revision)| {
            Action::Report(Report::now(ticket, activity, source_revision).into())
        }),
        2 => (ticket_id(), agent_id()).prop_map(|(ticket, agent)| Action::Assign { ticket, agent }),
        3 => (ticket_id(), closing()).prop_map(|(ticket, closing)| Action::Close { ticket, closing }),
        1 => team_id().prop_map(|id| Action::UpsertTeam(Team { id, display_name: String::new() })),
        1 => team_id().prop_map(Action::RemoveTeam),
        4 => vec(agent().prop_map(Arc::new), 0..4).prop_map(Action::UpsertAgents),
        1 => agent_id().prop_map(Action::RemoveAgent),
        2 => (agent_id(), shifts()).prop_map(|(agent, shifts)| Action::ReplaceShifts { agent, shifts }),
        3 => (agent_id(), presence()).prop_map(|(agent, presence)| {
            Action::SetPresence { agent, presence, source: PresenceSource::Manual }
        }),
        1 => policy().prop_map(apply),
        2 => Just(Action::Tick),
    ]
}

pub(crate) fn ticket_id() -> impl Strategy<Value = TicketId> {
    (0..10u8).prop_map(|n| fixture::ticket_id(&format!("t{n}")))
}

pub(crate) fn agent_id() -> impl Strategy<Value = AgentId> {
    (0..6u8).prop_map(|n| fixture::agent_id(&format!("a{n}")))
}

fn team_id() -> impl Strategy<Value = TeamId> {
    select(vec!["front", "back"]).prop_map(fixture::team_id)
}

fn channel() -> impl Strategy<Value = ChannelId> {
    select(vec!["chat", "phone"]).prop_map(fixture::channel)
}

fn revision() -> impl Strategy<Value = u64> {
    prop_oneof![3 => Just(0), 2 => 1u64..6]
}

fn closing() -> impl Strategy<Value = Closing> {
    select(vec![Closing::Completed, Closing::Solved, Closing::Cancelled])
}

fn hold() -> impl Strategy<Value = HoldReason> {
    select(vec![HoldReason::Customer, HoldReason::ThirdParty, HoldReason::Internal])
}

pub(crate) fn presence() -> impl Strategy<Value = Option<Presence>> {
    prop_oneof![
        3 => Just(None),
        3 => Just(Some(Presence::Online)),
        1 => Just(Some(Presence::Away)),
        1 => Just(Some(Presence::Offline)),
    ]
}

fn activity() -> impl Strategy<Value = Activity> {
    prop_oneof![
        Just(Activity::CustomerMessage),
        Just(Activity::AgentReply),
        hold().prop_map(Activity::Held),
        Just(Activity::Resumed),
        agent_id().prop_map(Activity::AssignedTo),
        Just(Activity::Solved),
        Just(Activity::Reopened),
    ]
}

fn load(milli_max: u32) -> impl Strategy<Value = Load> {
    (0..milli_max).prop_map(Load::from_milli)
}

/// An instant within ten days of the start.
fn instant() -> impl Strategy<Value = Timestamp> {
    (-10 * 24 * 60i64..10 * 24 * 60).prop_map(fixture::minute)
}

pub(crate) fn shifts() -> impl Strategy<Value = Vec<Interval>> {
    let shift = (instant(), 1i64..1_000)
        .prop_map(|(start, minutes)| Interval { start, end: start + Span::from_minutes(minutes) });
    vec(shift, 0..12)
}

fn schedule() -> impl Strategy<Value = Schedule> {
    prop_oneof![
        2 => Just(Schedule::Always),
        2 => shifts().prop_map(Schedule::dated),
        1 => Just(Schedule::Rota(Rota {
            zone: Zone::utc(),
            weekly: WeeklyHours::always(),
            days_off: [fixture::minute(0), fixture::minute(3 * 24 * 60)]
                .map(|at| switchyard_domain::hours::date_of(at, &Zone::utc()))
                .into(),
        })),
    ]
}

/// Nowhere, somewhere in one town, or anywhere.
fn place() -> impl Strategy<Value = Option<Place>> {
    let degrees = prop_oneof![
        2 => (31.0..31.5f64, 121.0..121.5f64),
        1 => (-90.0..=90.0f64, -180.0..=180.0f64),
    ];
    option::weighted(0.8, degrees.prop_map(|(north, east)| Place::new(north, east).expect("valid")))
}

/// An agent of any kind, with any of six names.
pub(crate) fn agent() -> impl Strategy<Value = Agent> {
    let held = (1u32..=5, option::of(instant()))
        .prop_map(|(level, expires)| HeldSkill { level: fixture::level(level), expires });
    let skill = select(vec!["invoice", "repair"]).prop_map(fixture::skill_id);
    let tags = prop_oneof![
        4 => Just(vec![]),
        1 => Just(vec!["en"]),
        1 => Just(vec!["zh-Hant", "en"]),
    ];
    let seniority = select(vec![Seniority::Junior, Seniority::Regular, Seniority::Senior]);
    let limits = (option::of(load(6_000)), btree_map(channel(), load(3_000), 0..2), load(3_000));
    let work = (schedule(), presence(), btree_set(team_id(), 0..3), place());
    (agent_id(), btree_map(skill, held, 0..3), tags, seniority, limits, work).prop_map(
        |(id, skills, tags, seniority, (total, per_channel, external_load), work)| {
            let (schedule, presence, teams, place) = work;
            let mut agent = fixture::agent(id.as_str());
            agent.skills = skills;
            agent.languages = Languages::from_tags(tags.into_iter().map(str::to_owned));
            agent.seniority = seniority;
            agent.capacity.total = total;
            agent.capacity.per_channel = per_channel;
            agent.external_load = external_load;
            (agent.schedule, agent.presence, agent.teams) = (schedule, presence, teams);
            agent.place = place;
            agent
        },
    )
}

fn requirement() -> impl Strategy<Value = Requirement> {
    let kind = select(vec![RequirementKind::Required, RequirementKind::Preferred]);
    let skill = select(vec!["invoice", "repair", "unheard"]);
    (skill, kind, 1u32..=5, 0u32..3_000).prop_map(|(skill, kind, min, weight_permille)| {
        Requirement { weight_permille, ..fixture::requirement(skill, kind, min) }
    })
}

/// A ticket of any kind, with any of ten names.
pub(crate) fn ticket() -> impl Strategy<Value = Ticket> {
    let reads = (
        prop_oneof![2 => Just(Language::En), 1 => select(Language::ALL.to_vec())],
        select(Sentiment::ALL.to_vec()),
        select(Urgency::ALL.to_vec()),
        btree_set(select(Signal::ALL.to_vec()), 0..3),
        btree_map(agent_id(), 0u16..=1_000, 0..4),
    );
    let states = (
        option::weighted(0.1, team_id()),
        option::weighted(0.2, vec(requirement(), 0..3)),
        btree_set(agent_id(), 0..2),
        option::of(agent_id()),
        option::weighted(0.2, select(Band::ALL.to_vec())),
        option::weighted(0.3, instant()),
        option::weighted(0.5, load(3_000)),
    );
    let customer = (select(Tier::ALL.to_vec()), 0u32..9, 0u32..40, place());
    (ticket_id(), channel(), instant(), reads, states, customer).prop_map(
        |(id, channel, opened_at, reads, states, customer)| {
            let mut ticket = fixture::ticket(id.as_str());
            (ticket.channel, ticket.opened_at) = (channel, opened_at);
            let read = Arc::make_mut(&mut ticket.assessment);
            read.language = reads.0;
            read.sentiment = fixture::judged(reads.1);
            read.urgency = fixture::judged(reads.2);
            read.signals = reads.3.into_iter().map(|found| (found, Probability::ONE)).collect();
            read.precedents.experience = Experience::from_parts(reads.4);
            let wishes = &mut ticket.wishes;
            (wishes.team, wishes.requirements, wishes.excluded) = (states.0, states.1, states.2);
            (wishes.last_agent, wishes.priority) = (states.3, states.4);
            (wishes.hard_due, wishes.weight) = (states.5, states.6);
            ticket.customer.tier = customer.0;
            ticket.place = customer.3;
            (ticket.customer.complaints_90d, ticket.customer.tickets_90d) =
                (customer.1, customer.2);
            ticket
        },
    )
}

fn adoption() -> impl Strategy<Value = Adoption> {
    (ticket(), option::of(agent_id()), option::of(instant()), option::of(hold()), revision())
        .prop_map(|(ticket, owner, first_replied_at, hold, source_revision)| Adoption {
            ticket: Arc::new(ticket),
            owner,
            first_replied_at,
            hold,
            source_revision,
            asked_at: None,
            held_at: None,
        })
}

pub(crate) fn policy() -> impl Strategy<Value = Policy> {
    let weights = btree_map(channel(), load(3_000), 0..3);
    let kept = (0i64..5_000).prop_map(Span::from_minutes);
    let costs = (proptest::array::uniform7(0i32..2_000), 1u32..500);
    (load(5_000), 0u32..1_200, weights, 0i64..60, option::weighted(0.1, team_id()), kept, costs)
        .prop_map(
            |(capacity, held_permille, weights, shift_left, default_team, closed_kept, costs)| {
                let mut policy = Policy { default_team, closed_kept, ..Policy::default() };
                policy.routing.default_capacity = capacity;
                policy.routing.weights = CostWeights(costs.0);
                policy.routing.distance_full_km = costs.1;
                policy.routing.held_permille = held_permille;
                policy.routing.channel_weights = weights;
                policy.routing.min_shift_left = Span::from_minutes(shift_left);
                policy
            },
        )
}

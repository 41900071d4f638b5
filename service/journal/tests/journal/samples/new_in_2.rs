//! What came with version 2: transfers, merges, work handed back, advice taken, promises made again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use switchyard_domain::agent::Agent;
use switchyard_domain::desk::case::Latest;
use switchyard_domain::desk::event::Outcome;
use switchyard_domain::desk::{
    Activity, AdviceTaken, Agreement, AgreementKey, Case, Closing, DeclineReason, Event, Home,
    Phase, Rating, Renewal, Snapshot, Transfer, Transferral, Trigger,
};
use switchyard_domain::routing::Tally;
use switchyard_domain::skill::RequirementKind;
use switchyard_domain::sla::Clocks;

use super::decisions::{clocks, decision};
use super::desks::{case, snapshot};
use super::roster::bare_agent;
use super::tickets::requirement;
use super::{agent_id, at, policy, team_id, ticket_id};

/// Events and fields that version 1 does not have, each at least once.
pub(crate) fn new_events() -> Vec<Event> {
    [owner_events(), ticket_events(), desk_events(), decided_anew()].concat()
}

/// What can happen outside since version 2.
fn new_activities() -> Vec<Activity> {
    let transferred = |agent, returns, requirements| {
        let team = team_id("technical");
        Activity::Transferred(Box::new(Transferral { team, agent, returns, requirements }))
    };
    let asked = vec![
        requirement(RequirementKind::Required, None),
        requirement(RequirementKind::Preferred, Some(0)),
    ];
    vec![
        transferred(Some(agent_id("王")), true, asked),
        transferred(None, false, Vec::new()),
        Activity::Returned,
        Activity::MergedInto(ticket_id("T-2")),
        Activity::SplitInto(ticket_id("T-1.1")),
        Activity::Rated(rating(1)),
        Activity::Rated(rating(5)),
    ]
}

fn rating(score: i32) -> Rating {
    Rating::new(score).expect("valid")
}

/// A stay with everything there is to go back to.
fn transfer() -> Transfer {
    Transfer {
        team: team_id("technical"),
        returns: true,
        requirements: vec![requirement(RequirementKind::Preferred, Some(3))],
        from: Some(agent_id("li.na")),
        home: Home {
            is_advice: true,
            agent: Some(agent_id("li.na")),
            team: Some(team_id("returns")),
            requirements: Some(Vec::new()),
            excluded: BTreeSet::from([agent_id("wang"), agent_id("zhao")]),
        },
    }
}

/// A stay with nothing that may be absent.
fn bare_transfer() -> Transfer {
    Transfer {
        team: team_id("technical"),
        returns: false,
        requirements: Vec::new(),
        from: None,
        home: Home::default(),
    }
}

fn advice(place: u8, n_listed: u8) -> AdviceTaken {
    AdviceTaken { place, n_listed }
}

fn owner_events() -> Vec<Event> {
    let owner_set = |taken| Event::OwnerSet {
        ticket: ticket_id("T-1"),
        agent: agent_id("王"),
        source_revision: 44,
        advice: Some(taken),
    };
    let released =
        |reason| Event::Released { ticket: ticket_id("T-1"), agent: agent_id("li.na"), reason };
    let reasons = [
        DeclineReason::Busy,
        DeclineReason::MissingSkill,
        DeclineReason::WrongTeam,
        DeclineReason::Conflict,
        DeclineReason::Leaving,
        DeclineReason::Other,
    ];
    let mut events = vec![owner_set(advice(1, 5)), owner_set(advice(0, 0))];
    events.extend(reasons.map(Some).map(released));
    events.push(released(None));
    events
}

fn ticket_events() -> Vec<Event> {
    let ticket = || ticket_id("T-1");
    let reported = |(activity, minute)| Event::Reported {
        ticket: ticket(),
        activity,
        happened_at: Some(at(minute)),
        clocks: clocks(),
        source_revision: 45,
    };
    let (into, merged) = (ticket_id("T-2"), ticket());
    let transferred = |transfer| Event::Transferred {
        ticket: ticket(),
        transfer: Box::new(transfer),
        source_revision: 46,
    };
    let mut events: Vec<_> = new_activities().into_iter().zip(-7..).map(reported).collect();
    events.extend([
        Event::Acknowledged { ticket: ticket(), source_revision: 44 },
        Event::Closed {
            ticket: ticket(),
            closing: Closing::Merged,
            happened_at: Some(at(-2)),
            clocks: Clocks::IDLE,
            source_revision: 47,
        },
        Event::Merged {
            ticket: ticket(),
            into: into.clone(),
            clocks: clocks(),
            source_revision: 48,
        },
        Event::Absorbed { ticket: into, merged, clocks: clocks() },
        transferred(transfer()),
        transferred(bare_transfer()),
        Event::Returned { ticket: ticket(), source_revision: 49 },
    ]);
    events
}

fn desk_events() -> Vec<Event> {
    let intake_set = |paused| Event::IntakeSet { agent: agent_id("li.na"), paused };
    let renewed = vec![(ticket_id("T-1"), clocks()), (ticket_id("T-2"), Clocks::IDLE)];
    vec![
        intake_set(true),
        intake_set(false),
        Event::AgentUpserted(Arc::new(paused_agent())),
        Event::RenewalBegun { made_under: 7, n_open: 3_000 },
        Event::PromisesRenewed { renewed, n_looked: 500, until: Some(ticket_id("T-2")) },
        Event::PromisesRenewed { renewed: Vec::new(), n_looked: 0, until: None },
    ]
}

fn paused_agent() -> Agent {
    Agent { intake_paused: true, ..bare_agent("paused") }
}

/// Decisions for reasons of version 2, with a tally of its last filter.
fn decided_anew() -> Vec<Event> {
    let decided = |trigger| {
        let mut decision = decision(trigger, Outcome::Queued);
        decision.ranking.excluded = Tally([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]);
        Event::Decided(decision)
    };
    [
        Trigger::Transferred,
        Trigger::Returned,
        Trigger::Declined,
        Trigger::Released,
        Trigger::Claimed,
    ]
    .map(decided)
    .into()
}

/// A desk in which everything stands that version 1 does not know of.
pub(crate) fn new_snapshot() -> Snapshot {
    let listed = vec![agent_id("li.na"), agent_id("bare")];
    let merged = Phase::Closed { at: at(4), closing: Closing::Merged, owner: None };
    let renewal = Renewal {
        revision: 7,
        made_under: policy(6),
        until: Some(ticket_id("B")),
        n_done: 2,
        n_open: 4,
        is_done: false,
    };
    Snapshot {
        agents: vec![(Arc::new(bare_agent("bare")), None), (Arc::new(paused_agent()), None)],
        cases: vec![
            case("A", Phase::Advised { since: at(2), listed }, None),
            case("B", Phase::Advised { since: at(2), listed: Vec::new() }, None),
            lived_case("C"),
            Case { merged_into: Some(ticket_id("A")), ..case("M", merged, None) },
        ],
        agreements: BTreeMap::from([
            (AgreementKey { team: None, day: -1 }, Agreement { n_nobody: 1, ..agreement(1) }),
            (AgreementKey { team: Some(team_id("returns")), day: 20_607 }, agreement(12)),
        ]),
        renewal: Some(renewal),
        ..snapshot()
    }
}

fn agreement(n_taken: u64) -> Agreement {
    Agreement { n_taken, n_first: n_taken / 2, n_listed: n_taken / 2 + 1, n_nobody: 0 }
}

/// A ticket that was declined, transferred and rated.
fn lived_case(id: &str) -> Case {
    Case {
        transfer: Some(Box::new(transfer())),
        declined_by: BTreeSet::from([agent_id("wang"), agent_id("王")]),
        rating: Some(rating(4)),
        latest: Latest {
            asked_at: Some(at(-1)),
            replied_at: Some(at(3)),
            held_at: Some(at(2)),
            closed_at: Some(at(1)),
        },
        history: vec![900, 901, 903, 1_000],
        ..case(id, Phase::Active { owner: agent_id("bare"), since: at(1) }, None)
    }
}

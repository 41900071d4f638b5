//! Any decision, with priority, promises and ranking.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use switchyard_domain::desk::event::{Intake, Outcome};
use switchyard_domain::desk::{Decision, Trigger};
use switchyard_domain::ids::{AgentId, TeamId, TicketId};
use switchyard_domain::priority::{Band, Priority};
use switchyard_domain::routing::{Candidate, Cost, Ranking, Tally};
use switchyard_domain::sla::{Clock, Clocks};

use super::tickets::ticket;
use super::{any_of, id, load, span, timestamp};

pub(crate) fn decision() -> impl Strategy<Value = Box<Decision>> {
    let trigger = any_of([
        Trigger::Triage,
        Trigger::Retriage,
        Trigger::Advice,
        Trigger::Adoption,
        Trigger::Reopening,
        Trigger::Freed,
        Trigger::Transferred,
        Trigger::Returned,
        Trigger::Declined,
        Trigger::Released,
        Trigger::Claimed,
    ]);
    let what = (id(TicketId::new), trigger, any::<u64>(), option::of(id(TeamId::new)));
    (what, priority(), clocks(), outcome(), ranking(), any::<u64>()).prop_map(
        |(
            (ticket, trigger, triaged_seq, team),
            priority,
            clocks,
            outcome,
            ranking,
            policy_revision,
        )| {
            Box::new(Decision {
                ticket,
                trigger,
                triaged_seq,
                team,
                priority,
                clocks,
                outcome,
                ranking,
                policy_revision,
            })
        },
    )
}

pub(crate) fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        id(AgentId::new).prop_map(Outcome::Assigned),
        Just(Outcome::Queued),
        id(AgentId::new).prop_map(Outcome::Kept),
        option::of(id(AgentId::new)).prop_map(Outcome::Advised),
    ]
}

pub(crate) fn ranking() -> impl Strategy<Value = Ranking> {
    let candidate = (id(AgentId::new), any::<[i32; 7]>())
        .prop_map(|(agent, cost)| Candidate { agent, cost: Cost(cost) });
    (vec(candidate, 0..5), any::<u32>(), any::<[u32; 12]>()).prop_map(
        |(candidates, n_eligible, excluded)| Ranking {
            candidates,
            n_eligible,
            excluded: Tally(excluded),
        },
    )
}

pub(crate) fn priority() -> impl Strategy<Value = Priority> {
    let parts = prop_oneof![any::<[i64; 9]>(), Just([0; 9]), Just([1, 0, 0, 0, 0, 0, 0, 0, 0])];
    (parts, any_of(Band::ALL), any::<bool>()).prop_map(|(parts, band, overridden)| Priority {
        parts,
        band,
        overridden,
    })
}

pub(crate) fn clocks() -> impl Strategy<Value = Clocks> {
    (clock(), clock(), clock()).prop_map(|(first_response, next_response, resolution)| Clocks {
        first_response,
        next_response,
        resolution,
    })
}

pub(crate) fn clock() -> impl Strategy<Value = Clock> {
    prop_oneof![
        Just(Clock::Idle),
        (span(), timestamp()).prop_map(|(target, due)| Clock::Running { target, due }),
        (span(), span()).prop_map(|(target, left)| Clock::Paused { target, left }),
        (timestamp(), any::<bool>()).prop_map(|(at, in_time)| Clock::Met { at, in_time }),
    ]
}

pub(crate) fn intake() -> impl Strategy<Value = Box<Intake>> {
    (ticket(), option::of(id(TeamId::new)), load(), priority(), clocks(), any::<u64>()).prop_map(
        |(ticket, team, weight, priority, clocks, source_revision)| {
            Box::new(Intake { ticket, team, weight, priority, clocks, source_revision })
        },
    )
}

//! Any desk.

use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use switchyard_domain::desk::case::Latest;
use switchyard_domain::desk::{Case, Phase, Snapshot};
use switchyard_domain::ids::{AgentId, TicketId};

use super::decisions::intake;
use super::events::{closing, hold};
use super::new_in_2::{agreements, rating, renewal, transfer};
use super::roster::{agent, team};
use super::{id, timestamp};
use crate::samples;

pub(crate) fn snapshot() -> impl Strategy<Value = Snapshot> {
    let agents = vec((agent(), option::of(timestamp())), 0..4);
    let roster = (vec(team(), 0..3), agents);
    let rest = (vec(case(), 0..4), agreements(), option::of(renewal()));
    (any::<[u64; 2]>(), timestamp(), roster, rest).prop_map(
        |([sequence, revision], now, (teams, agents), (cases, agreements, renewal))| Snapshot {
            sequence,
            now,
            policy: samples::policy(revision),
            teams,
            agents,
            cases,
            agreements,
            renewal,
        },
    )
}

pub(crate) fn case() -> impl Strategy<Value = Case> {
    let away = (option::of(transfer()), btree_set(id(AgentId::new), 0..3));
    let known = (option::of(rating()), option::of(id(TicketId::new)), latest(), history());
    (intake(), phase(), option::of(hold()), any::<[u64; 3]>(), away, known).prop_map(
        |(intake, phase, hold, [triaged_seq, decision_seq, version], away, known)| Case {
            ticket: intake.ticket,
            team: intake.team,
            weight: intake.weight,
            priority: intake.priority,
            clocks: intake.clocks,
            phase,
            hold,
            source_revision: intake.source_revision,
            triaged_seq,
            decision_seq,
            version,
            transfer: away.0.map(Box::new),
            declined_by: away.1,
            rating: known.0,
            merged_into: known.1,
            latest: known.2,
            history: known.3,
        },
    )
}

pub(crate) fn latest() -> impl Strategy<Value = Latest> {
    let instant = || option::of(timestamp());
    (instant(), instant(), instant(), instant()).prop_map(
        |(asked_at, replied_at, held_at, closed_at)| Latest {
            asked_at,
            replied_at,
            held_at,
            closed_at,
        },
    )
}

/// Sequences as a desk has them, each after the one before; or any numbers at all.
fn history() -> impl Strategy<Value = Vec<u64>> {
    let ordered = vec(1u64..1 << 40, 0..6).prop_map(|mut sequences| {
        sequences.sort_unstable();
        sequences
    });
    prop_oneof![ordered, vec(any::<u64>(), 0..6)]
}

pub(crate) fn phase() -> impl Strategy<Value = Phase> {
    prop_oneof![
        timestamp().prop_map(|since| Phase::Queued { since }),
        (id(AgentId::new), timestamp()).prop_map(|(owner, since)| Phase::Active { owner, since }),
        (timestamp(), vec(id(AgentId::new), 0..4))
            .prop_map(|(since, listed)| Phase::Advised { since, listed }),
        (timestamp(), closing(), option::of(id(AgentId::new)))
            .prop_map(|(at, closing, owner)| Phase::Closed { at, closing, owner }),
    ]
}

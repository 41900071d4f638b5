//! Any desk.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use std::collections::BTreeSet;
use switchyard_domain::desk::Agreements;
use switchyard_domain::desk::case::Latest;
use switchyard_domain::desk::{Case, Phase, Snapshot};
use switchyard_domain::ids::AgentId;

use super::decisions::intake;
use super::events::{closing, hold};
use super::roster::{agent, team};
use super::{id, timestamp};
use crate::samples;

pub(crate) fn snapshot() -> impl Strategy<Value = Snapshot> {
    let agents = vec((agent(), option::of(timestamp())), 0..4);
    (any::<[u64; 2]>(), timestamp(), vec(team(), 0..3), agents, vec(case(), 0..4)).prop_map(
        |([sequence, revision], now, teams, agents, cases)| Snapshot {
            sequence,
            now,
            policy: samples::policy(revision),
            teams,
            agents,
            cases,
            agreements: Agreements::new(),
            renewal: None,
        },
    )
}

pub(crate) fn case() -> impl Strategy<Value = Case> {
    (intake(), phase(), option::of(hold()), any::<[u64; 3]>()).prop_map(
        |(intake, phase, hold, [triaged_seq, decision_seq, version])| Case {
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
            declined_by: BTreeSet::new(),
            history: Vec::new(),
            latest: Latest::default(),
            rating: None,
            transfer: None,
            merged_into: None,
        },
    )
}

pub(crate) fn phase() -> impl Strategy<Value = Phase> {
    prop_oneof![
        timestamp().prop_map(|since| Phase::Queued { since }),
        (id(AgentId::new), timestamp()).prop_map(|(owner, since)| Phase::Active { owner, since }),
        (timestamp(), closing(), option::of(id(AgentId::new)))
            .prop_map(|(at, closing, owner)| Phase::Closed { at, closing, owner }),
    ]
}

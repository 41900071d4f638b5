//! A desk's whole state.

use std::collections::BTreeSet;
use std::sync::Arc;
use switchyard_domain::desk::Agreements;
use switchyard_domain::desk::case::Latest;

use switchyard_domain::desk::{Case, Closing, HoldReason, Phase, Snapshot};
use switchyard_domain::load::Load;

use super::decisions::{clocks, priority};
use super::roster::{agent, bare_agent, rota, team};
use super::tickets::plain_ticket;
use super::{agent_id, at, policy};

/// A desk with a ticket in every phase.
pub(crate) fn snapshot() -> Snapshot {
    let owner = agent_id("li.na");
    let closing = Closing::Solved;
    Snapshot {
        sequence: 1_000,
        now: at(5),
        policy: policy(7),
        teams: vec![team()],
        agents: vec![
            (Arc::new(bare_agent("bare")), None),
            (Arc::new(agent("li.na", rota())), Some(at(4))),
        ],
        cases: vec![
            case(
                "A",
                Phase::Active { owner: owner.clone(), since: at(1) },
                Some(HoldReason::Customer),
            ),
            case("C", Phase::Closed { at: at(4), closing, owner: Some(owner) }, None),
            case("D", Phase::Closed { at: at(4), closing: Closing::Cancelled, owner: None }, None),
            case("Q", Phase::Queued { since: at(2) }, None),
        ],
        agreements: Agreements::new(),
        renewal: None,
    }
}

pub(crate) fn case(id: &str, phase: Phase, hold: Option<HoldReason>) -> Case {
    Case {
        ticket: Arc::new(plain_ticket(id, None)),
        team: None,
        weight: Load::from_milli(300),
        priority: priority(),
        clocks: clocks(),
        phase,
        hold,
        source_revision: 3,
        triaged_seq: 900,
        decision_seq: 901,
        version: 4,
        declined_by: BTreeSet::new(),
        history: Vec::new(),
        latest: Latest::default(),
        rating: None,
        transfer: None,
        merged_into: None,
    }
}

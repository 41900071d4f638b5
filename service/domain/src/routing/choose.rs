//! The way through all agents: one pass that filters, costs and keeps the best.

use super::cost::{Cost, MilliCost, cost_of, cost_within};
use super::eligibility::{Exclusion, Tally, claim_exclusion_of, exclusion_of};
use super::look::Look;
use super::need::Need;
use crate::ids::AgentId;
use crate::policy::RoutingPolicy;
use crate::roster::Roster;
use crate::time::Timestamp;

/// How many of the best candidates a decision records; an explanation has them all.
pub const CANDIDATES_KEPT: usize = 5;

/// An eligible agent and what it would cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub agent: AgentId,
    /// What it costs, by part.
    pub cost: Cost,
}

/// The outcome of looking at every agent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ranking {
    /// The best candidates, the chosen first; at most [`CANDIDATES_KEPT`].
    pub candidates: Vec<Candidate>,
    /// How many agents were eligible.
    pub n_eligible: u32,
    /// How many agents each filter kept out.
    pub excluded: Tally,
}

impl Ranking {
    /// The agent who should have the ticket.
    pub fn chosen(&self) -> Option<&AgentId> {
        self.candidates.first().map(|candidate| &candidate.agent)
    }
}

/// What one agent's look-over came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Cannot have the ticket.
    Excluded(Exclusion),
    /// Could have it at this cost.
    Eligible(Cost),
}

/// What candidates are compared by: cost, then longest idle (never assigned
/// first), then smallest id, which is the order of the seats.
type Key = (i32, Option<Timestamp>, usize);

/// The best agents for a need.
pub fn route(roster: &Roster, need: &Need<'_>, policy: &RoutingPolicy, now: Timestamp) -> Ranking {
    let look = Look::new(roster, need, policy, now);
    let mut best = Best::default();
    let mut ranking = Ranking::default();
    for (idx, row) in look.rows().iter().enumerate() {
        if let Some(exclusion) = exclusion_of(&look, idx) {
            ranking.excluded.note(exclusion);
            continue;
        }
        ranking.n_eligible += 1;
        if let Some(cost) = cost_within(&look, idx, best.most()) {
            best.offer((cost.total(), row.last_assigned_at, idx), cost);
        }
    }
    ranking.candidates = best.into_candidates(roster);
    ranking
}

fn verdict_of(look: &Look<'_>, idx: usize) -> Verdict {
    match exclusion_of(look, idx) {
        Some(exclusion) => Verdict::Excluded(exclusion),
        None => Verdict::Eligible(cost_of(look, idx)),
    }
}

/// Whether one of some seats' agents could have the ticket now.
pub(crate) fn any_eligible(
    roster: &Roster,
    mut seats: impl Iterator<Item = usize>,
    need: &Need<'_>,
    policy: &RoutingPolicy,
    now: Timestamp,
) -> bool {
    let look = Look::new(roster, need, policy, now);
    seats.any(|idx| exclusion_of(&look, idx).is_none())
}

/// Whether a seat's agent, who asks for work, may have the ticket now.
pub(crate) fn may_claim(
    roster: &Roster,
    seat: usize,
    need: &Need<'_>,
    policy: &RoutingPolicy,
    now: Timestamp,
) -> bool {
    claim_exclusion_of(&Look::new(roster, need, policy, now), seat).is_none()
}

/// Every agent's verdict, best candidates first, then the excluded by id.
pub fn explain(
    roster: &Roster,
    need: &Need<'_>,
    policy: &RoutingPolicy,
    now: Timestamp,
) -> Vec<(AgentId, Verdict)> {
    let look = Look::new(roster, need, policy, now);
    let mut verdicts: Vec<(Option<Key>, AgentId, Verdict)> = (roster.seats().iter().enumerate())
        .map(|(idx, seat)| {
            let verdict = verdict_of(&look, idx);
            let key = match verdict {
                Verdict::Excluded(_) => None,
                Verdict::Eligible(cost) => Some((cost.total(), seat.last_assigned_at(), idx)),
            };
            (key, seat.agent().id.clone(), verdict)
        })
        .collect();
    verdicts.sort_by_key(|(key, ..)| (key.is_none(), *key));
    verdicts.into_iter().map(|(_, id, verdict)| (id, verdict)).collect()
}

/// The few best, in order.
#[derive(Default)]
struct Best {
    kept: Vec<(Key, Cost)>,
}

impl Best {
    /// What a seat may cost to be among them.
    fn most(&self) -> MilliCost {
        let is_full = self.kept.len() == CANDIDATES_KEPT;
        self.kept.last().filter(|_| is_full).map_or(MilliCost::MAX, |((total, ..), _)| *total)
    }

    fn offer(&mut self, key: Key, cost: Cost) {
        if self.kept.len() == CANDIDATES_KEPT && self.kept.last().is_some_and(|last| last.0 < key) {
            return;
        }
        let place = self.kept.partition_point(|(kept, _)| *kept < key);
        self.kept.insert(place, (key, cost));
        self.kept.truncate(CANDIDATES_KEPT);
    }

    fn into_candidates(self, roster: &Roster) -> Vec<Candidate> {
        let agent = |key: Key| roster.seats()[key.2].agent().id.clone();
        self.kept.into_iter().map(|(key, cost)| Candidate { agent: agent(key), cost }).collect()
    }
}

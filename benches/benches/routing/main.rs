//! How long does choosing an agent take?
//!
//! Half of the roster is eligible; the other half is kept out by all eleven
//! filters in turn. The need asks for skills, a language, room, a place and
//! seniority, so every cost is computed. One agent, in the middle of the
//! roster, is best in everything and must be chosen.

mod roster;

use std::collections::BTreeSet;
use std::hint::black_box;

use roster::{agent_id, chat, desk, favourite, kept_out_by, now, place, requirements, team};
use switchyard_benches::harness::Harness;
use switchyard_domain::assessment::Language;
use switchyard_domain::ids::AgentId;
use switchyard_domain::knowledge::Experience;
use switchyard_domain::load::Load;
use switchyard_domain::policy::Policy;
use switchyard_domain::routing::{Exclusion, Need, Ranking, route};
use switchyard_domain::ticket::Tier;

fn main() {
    let harness = Harness::from_args();
    for n_agents in [10, 100, 1_000, 10_000] {
        measure(&harness, n_agents);
    }
}

fn measure(harness: &Harness, n_agents: usize) {
    let policy = Policy::default();
    let desk = desk(n_agents);
    let asked = requirements();
    let (team, channel) = (team("desk"), chat());
    let excluded: BTreeSet<AgentId> =
        (0..n_agents).filter(|n| kept_out_by(*n) == Some(0)).map(agent_id).collect();
    let last_agent = agent_id(favourite(n_agents));
    let known = (0..n_agents).filter(|n| n % 4 == 0).map(agent_id);
    let experience = Experience::from_parts(known.map(|agent| (agent, 500)));
    let need = Need {
        experience: &experience,
        team: Some(&team),
        language: Language::En,
        requirements: &asked,
        channel: &channel,
        weight: Load::ONE,
        excluded: &excluded,
        last_agent: Some(&last_agent),
        place: Some(place(0)),
        tier: Tier::Vip,
    };
    let work = || route(black_box(desk.roster()), black_box(&need), &policy.routing, now());
    let check = |ranking: &Ranking| {
        assert_eq!(ranking.chosen(), Some(&last_agent));
        assert_eq!(ranking.n_eligible as usize, n_agents / 2);
        assert_eq!(ranking.excluded.iter().count(), Exclusion::KINDS.min(n_agents / 2));
    };
    harness.run(&format!("routing/choose/agents={n_agents}"), work, check);
}

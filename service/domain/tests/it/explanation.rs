//! Why an agent was chosen: every candidate's verdict, by the very functions that choose.

use std::collections::BTreeSet;

use switchyard_domain::agent::{Agent, Languages, Place, Presence, Seniority};
use switchyard_domain::ids::AgentId;
use switchyard_domain::routing::{
    CANDIDATES_KEPT, CostPart, Need, Ranking, Verdict, explain, route,
};
use switchyard_domain::skill::RequirementKind;
use switchyard_domain::ticket::{Ticket, Tier};

use crate::fixture::{
    Scene, agent_id, desk, has_room, held, requirement, shifts, skill_id, team_id, ticket, units,
};

fn exacting_ticket() -> Ticket {
    let mut ticket = ticket("t1");
    ticket.customer.tier = Tier::Vip;
    ticket.place = Place::new(31.2, 121.5).ok();
    ticket.wishes.requirements = Some(vec![
        requirement("invoice", RequirementKind::Required, 2),
        requirement("german", RequirementKind::Preferred, 3),
    ]);
    ticket.wishes.excluded = BTreeSet::from([agent_id("out")]);
    ticket.wishes.last_agent = Some(agent_id("b3"));
    ticket
}

fn able(agent: &mut Agent) {
    agent.skills.insert(skill_id("invoice"), held(3));
}

/// One agent for each exclusion that needs no team, and eight who are able.
fn mixed_roster() -> Scene {
    let mut desk = desk()
        .agent_with("out", able)
        .agent_with("away", |agent| agent.presence = Some(Presence::Away))
        .agent_with("gone", |agent| agent.presence = Some(Presence::Offline))
        .agent_with("mute", |agent| agent.languages = Languages::from_tags(["de".to_owned()]))
        .agent_with("lay", |_| {})
        .agent_with("novice", |agent| {
            agent.skills.insert(skill_id("invoice"), held(1));
        })
        .agent_with("full", |agent| {
            able(agent);
            has_room(agent, 0.5);
        })
        .agent_with("late", |agent| {
            agent.schedule = switchyard_domain::schedule::Schedule::dated(shifts(&[(5, 99)]));
        });
    for n in 0..8 {
        desk.upsert(&format!("b{n}"), |agent| {
            able(agent);
            agent.external_load = units(f64::from(n % 4));
            agent.seniority = [Seniority::Junior, Seniority::Senior][n as usize % 2];
            agent.place = Place::new(31.0 + f64::from(n) / 10.0, 121.5).ok();
        });
    }
    desk
}

fn looked_at(desk: &Scene, ticket: &Ticket) -> (Ranking, Vec<(String, Verdict)>) {
    let policy = desk.desk.policy();
    let need = Need::of(ticket, policy);
    let verdicts = explain(desk.desk.roster(), &need, &policy.routing, desk.now);
    let ranking = route(desk.desk.roster(), &need, &policy.routing, desk.now);
    (ranking, verdicts.into_iter().map(|(id, verdict)| (id.to_string(), verdict)).collect())
}

#[test]
fn every_agent_is_explained_once() {
    let desk = mixed_roster();
    let (_, verdicts) = looked_at(&desk, &exacting_ticket());
    let named: BTreeSet<_> = verdicts.iter().map(|(id, _)| id.clone()).collect();
    assert_eq!(named.len(), verdicts.len());
    assert_eq!(named.len(), desk.desk.roster().seats().len());
}

#[test]
fn the_explanation_agrees_with_the_choice() {
    let (ranking, verdicts) = looked_at(&mixed_roster(), &exacting_ticket());
    let eligible: Vec<_> = (verdicts.iter())
        .filter_map(|(id, verdict)| match verdict {
            Verdict::Eligible(cost) => Some((id.as_str(), *cost)),
            Verdict::Excluded(_) => None,
        })
        .collect();
    let candidates: Vec<_> =
        ranking.candidates.iter().map(|c| (c.agent.as_str(), c.cost)).collect();
    assert_eq!(candidates, eligible[..CANDIDATES_KEPT]);
    assert_eq!(ranking.n_eligible as usize, eligible.len());
    assert_eq!(ranking.chosen().map(AgentId::as_str), Some(eligible[0].0));
    assert!(eligible.windows(2).all(|pair| pair[0].1.total() <= pair[1].1.total()));
}

#[test]
fn the_tally_counts_the_explained_exclusions() {
    let (ranking, verdicts) = looked_at(&mixed_roster(), &exacting_ticket());
    for (label, count) in ranking.excluded.iter() {
        let explained = verdicts.iter().filter(
            |(_, verdict)| matches!(verdict, Verdict::Excluded(why) if why.label() == label),
        );
        assert_eq!(explained.count(), count as usize, "{label}");
    }
    let labels: Vec<_> = ranking.excluded.iter().map(|(label, _)| label).collect();
    assert_eq!(
        labels,
        [
            "EXCLUDED_BY_CALLER",
            "AWAY",
            "OFFLINE",
            "OFF_SHIFT",
            "LANGUAGE",
            "SKILL_MISSING",
            "SKILL_TOO_LOW",
            "AT_CAPACITY",
        ]
    );
}

#[test]
fn every_part_of_a_cost_lies_within_its_weight() {
    let desk = mixed_roster();
    let weights = desk.desk.policy().routing.weights.0;
    for (id, verdict) in looked_at(&desk, &exacting_ticket()).1 {
        let Verdict::Eligible(cost) = verdict else {
            continue;
        };
        for ((part, cost), weight) in cost.parts().zip(weights) {
            assert!((0..=weight).contains(&cost), "{id}: {part:?} costs {cost} of {weight}");
        }
        let affinity =
            cost.0[CostPart::ALL.iter().position(|p| *p == CostPart::Affinity).expect("a part")];
        assert_eq!(affinity, if id == "b3" { 0 } else { 500 });
    }
}

#[test]
fn a_team_nobody_works_for_excludes_everybody() {
    let desk = mixed_roster();
    let mut ticket = exacting_ticket();
    ticket.wishes.team = Some(team_id("nobodys"));
    let (ranking, _) = looked_at(&desk, &ticket);
    assert_eq!(ranking.n_eligible, 0);
    let wanted = [("EXCLUDED_BY_CALLER", 1), ("OTHER_TEAM", 15)];
    assert_eq!(ranking.excluded.iter().collect::<Vec<_>>(), wanted);
}

//! Laws over arbitrary input. Every run draws from [`SEED`], and proptest prints what broke a law.

use std::collections::BTreeMap;
use std::sync::Arc;
use switchyard_domain::desk::Reach;

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use switchyard_domain::agent::{Agent, Team};
use switchyard_domain::assessment::Urgency;
use switchyard_domain::desk::{Action, Desk};
use switchyard_domain::policy::Policy;
use switchyard_domain::priority::{Band, Priority, Rank, priority_of};
use switchyard_domain::routing::{Need, Verdict, explain, route};
use switchyard_domain::sla::{Clocks, Terms};
use switchyard_domain::ticket::Ticket;
use switchyard_domain::time::{Span, Timestamp};

use crate::fixture::{Scene, desk, judged, minute, team_id};
use crate::history::{Step, agent, history, ticket};
use crate::laws;

/// The seed of every property here; another one is as good.
const SEED: u64 = 20_260_603;

pub(crate) fn cases(cases: u32) -> ProptestConfig {
    let rng_seed = RngSeed::Fixed(SEED);
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

fn with_teams() -> Scene {
    let mut desk = desk();
    for id in ["front", "back"] {
        let team = Team { id: team_id(id), display_name: String::new() };
        desk.act(Action::UpsertTeam(team));
    }
    desk
}

/// Two teams and three people who take anything, until a history changes them.
pub(crate) fn at_work() -> Scene {
    with_teams().agent("a0").agent("a1").agent("a2")
}

pub(crate) fn run(desk: &mut Scene, (pause, action): Step) {
    desk.now = desk.now + Span::from_minutes(pause);
    // A refusal is an answer like any other; the scene checks that it left no trace.
    let _ = desk.try_act(action);
}

fn urgent(ticket: &Ticket, urgency: Urgency) -> Ticket {
    let mut ticket = ticket.clone();
    Arc::make_mut(&mut ticket.assessment).urgency = judged(urgency);
    ticket
}

fn with_band(ticket: &Ticket, band: Option<Band>) -> Ticket {
    let mut ticket = ticket.clone();
    ticket.wishes.priority = band;
    ticket
}

/// A ticket's priority with the promises it was opened with.
fn priority(ticket: &Ticket, policy: &Policy, now: Timestamp) -> Priority {
    let band = priority_of(ticket, &Clocks::IDLE, policy, ticket.opened_at).band;
    let terms = Terms::of(ticket, policy.sla.first(), band);
    priority_of(ticket, &Clocks::opened(&terms, ticket.opened_at), policy, now)
}

/// The last agent of each name, as a roster would hold them.
fn distinct(agents: Vec<Agent>) -> Vec<Arc<Agent>> {
    let by_id: BTreeMap<_, _> = agents.into_iter().map(|a| (a.id.clone(), Arc::new(a))).collect();
    by_id.into_values().collect()
}

proptest! {
    #![proptest_config(cases(1_000))]

    /// The scene checks every law of [`laws`] after every command.
    #[test]
    fn the_laws_hold_through_any_history(steps in history(150)) {
        let mut desk = at_work();
        for step in steps {
            run(&mut desk, step);
        }
    }

    #[test]
    fn the_same_commands_give_the_same_events(steps in history(80)) {
        let (mut desk, mut twin) = (at_work(), at_work());
        for (pause, action) in steps {
            desk.now = desk.now + Span::from_minutes(pause);
            let events = desk.desk.handle(action.clone(), desk.now);
            prop_assert_eq!(events, twin.desk.handle(action, desk.now));
        }
        laws::alike(&desk.desk, &twin.desk);
    }

    #[test]
    fn a_restored_desk_goes_on_alike(steps in history(80), cut in 0usize..80) {
        let mut desk = at_work();
        let cut = cut.min(steps.len());
        let rest = steps.clone().split_off(cut);
        for step in steps.into_iter().take(cut) {
            run(&mut desk, step);
        }
        let mut twin = Desk::restore(desk.desk.snapshot());
        for (pause, action) in rest {
            desk.now = desk.now + Span::from_minutes(pause);
            let events = desk.desk.handle(action.clone(), desk.now);
            prop_assert_eq!(events, twin.handle(action, desk.now));
        }
        laws::alike(&desk.desk, &twin);
    }

    #[test]
    fn the_order_of_the_roster_does_not_change_the_choice(
        agents in vec(agent(), 1..8).prop_map(distinct).prop_flat_map(|agents| {
            (Just(agents.clone()), Just(agents).prop_shuffle())
        }),
        ticket in ticket(),
    ) {
        let decided = |agents: Vec<Arc<Agent>>| {
            let mut desk = with_teams();
            for agent in agents {
                desk.act(Action::UpsertAgents(vec![agent]));
            }
            desk.act(Action::Triage { ticket: Arc::new(ticket.clone()), source_revision: 0, reach: Reach::Assign })
                .pop()
        };
        let strip = |event: Option<_>| format!("{event:?}");
        prop_assert_eq!(strip(decided(agents.0)), strip(decided(agents.1)));
    }

    #[test]
    fn an_explanation_agrees_with_the_choice(
        agents in vec(agent(), 0..8).prop_map(distinct),
        ticket in ticket(),
        at in -1_000i64..1_000,
    ) {
        let mut desk = with_teams();
        desk.act(Action::UpsertAgents(agents));
        let policy = desk.desk.policy();
        let need = Need::of(&ticket, policy);
        let ranking = route(desk.desk.roster(), &need, &policy.routing, minute(at));
        let verdicts = explain(desk.desk.roster(), &need, &policy.routing, minute(at));
        let n_excluded: u32 = ranking.excluded.0.iter().sum();
        prop_assert_eq!(verdicts.len(), (ranking.n_eligible + n_excluded) as usize);
        prop_assert_eq!(verdicts.len(), desk.desk.roster().seats().len());
        for (_, verdict) in &verdicts {
            let Verdict::Eligible(cost) = verdict else { continue };
            let within = |(cost, weight)| (0..=weight).contains(&cost);
            prop_assert!(cost.0.into_iter().zip(policy.routing.weights.0).all(within));
        }
        if let Some(chosen) = ranking.chosen() {
            prop_assert_eq!(&verdicts[0].0, chosen);
        }
    }

    #[test]
    fn raising_urgency_never_lowers_priority(
        ticket in ticket(),
        band in of(select(Band::ALL.to_vec())),
        steps in (0usize..4, 0usize..4),
        minutes in -1_000i64..20_000,
    ) {
        let policy = Policy::default();
        let ticket = with_band(&ticket, band);
        let (low, high) = (steps.0.min(steps.1), steps.0.max(steps.1));
        let at = |step: usize| {
            priority(&urgent(&ticket, Urgency::ALL[step]), &policy, minute(minutes))
        };
        let (low, high) = (at(low), at(high));
        prop_assert!(low.score() <= high.score());
        prop_assert!(low.rank(&policy.priority) <= high.rank(&policy.priority));
        prop_assert!(low.band >= high.band);
    }

    #[test]
    fn every_rank_is_passed_in_bounded_time(ticket in ticket(), rank in 0i64..1_000_000) {
        let policy = Policy::default();
        let hours = rank / policy.priority.age_per_hour + 1;
        let then = ticket.opened_at + Span::from_hours(hours);
        let lifted = priority(&ticket, &policy, then).rank(&policy.priority);
        prop_assert!(lifted >= Rank::of_score(rank));
    }

    #[test]
    fn a_band_set_by_people_goes_before_every_score_of_that_band(
        tickets in (ticket(), ticket()),
        band in select(vec![Band::P1, Band::P2, Band::P3]),
        minutes in -1_000i64..500_000,
    ) {
        let policy = Policy::default();
        let rank = |ticket: &Ticket, band| {
            let priority = priority(&with_band(ticket, band), &policy, minute(minutes));
            (priority.band, priority.rank(&policy.priority))
        };
        let (set, (scored_band, scored)) = (rank(&tickets.0, Some(band)).1, rank(&tickets.1, None));
        prop_assert!(scored_band < band || set >= scored);
        prop_assert!(band != Band::P1 || set > scored, "whatever its age");
    }

    #[test]
    fn a_p4_set_by_people_goes_after_every_score_of_its_age(
        tickets in (ticket(), ticket()),
        minutes in -1_000i64..500_000,
    ) {
        let policy = Policy::default();
        // Without promises: a deadline lifts whichever ticket it presses.
        let rank = |ticket: &Ticket, band| {
            let mut ticket = with_band(ticket, band);
            ticket.opened_at = tickets.0.opened_at;
            priority_of(&ticket, &Clocks::IDLE, &policy, minute(minutes)).rank(&policy.priority)
        };
        prop_assert!(rank(&tickets.0, Some(Band::P4)) <= rank(&tickets.1, None));
    }

    #[test]
    fn waiting_never_lowers_a_rank(
        ticket in ticket(),
        minutes in vec(-1_000i64..20_000, 2),
        urgency in select(Urgency::ALL.to_vec()),
    ) {
        let policy = Policy::default();
        let ticket = urgent(&ticket, urgency);
        let rank = |at: i64| priority(&ticket, &policy, minute(at)).rank(&policy.priority);
        let (early, late) = (minutes[0].min(minutes[1]), minutes[0].max(minutes[1]));
        prop_assert!(rank(early) <= rank(late));
    }
}

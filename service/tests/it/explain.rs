//! Every decision can be made again from the journal, whatever made it.

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::DecisionTrigger;
use switchyard_proto::v1::activity::Kind;

use crate::harness::Harness;
use crate::samples::{agent, daily, ticket, triage};

const AGENTS: [&str; 4] = ["ann", "eve", "li", "zoe"];

/// A day that makes a decision of every kind; gives their ids.
async fn day(harness: &Harness) -> Vec<(DecisionTrigger, String)> {
    let late = pb::Agent { schedule: Some(daily("12:00", "20:00")), ..agent("zoe", 2.0) };
    let away = pb::Agent { presence: pb::Presence::Away as i32, ..agent("eve", 5.0) };
    harness.seat_as(vec![agent("li", 1.0), agent("ann", 1.0), away, late]).await;
    for n in 1..=4 {
        harness.decide(&format!("T-{n}")).await;
        harness.pass_minutes(3);
    }
    harness.decide("T-1").await;
    let advice = pb::TriageRequest { mode: pb::Mode::Advise as i32, ..triage(ticket("T-9")) };
    harness.triage().triage(advice.clone()).await.expect("advised");
    harness.complete("T-2").await;
    let adopted = pb::AdoptedTicket { ticket: Some(ticket("T-5")), ..Default::default() };
    let request = pb::BatchAdoptTicketsRequest { tickets: vec![adopted], actor: None };
    harness.desk().batch_adopt_tickets(request).await.expect("adopted");
    harness.report("T-2", Kind::Reopened(pb::activity::Reopened {})).await;
    harness.pass_minutes(120);
    harness.ticket_when("T-4", |ticket| ticket.agent == "zoe").await;
    harness.pass_minutes(600);
    // Nobody looked at the desk since the shift ended.
    harness.triage().triage(advice).await.expect("advised");
    let decided = |event: pb::Event| match event.kind {
        Some(pb::event::Kind::TicketDecided(decided)) => decided.decision,
        _ => None,
    };
    let decisions = harness.events().await.into_iter().filter_map(decided);
    decisions.map(|decision| (decision.trigger(), decision.id)).collect()
}

async fn check_all(harness: &Harness, decisions: &[(DecisionTrigger, String)]) {
    for (trigger, id) in decisions {
        let explained = harness.explain(id).await;
        let what = format!("{id}, {trigger:?}: {explained:?}");
        assert!(explained.reproduced, "{what}");
        let decision = explained.decision.as_ref().expect("a decision");
        assert_eq!(decision, &harness.decision(id).await);
        let mut seen: Vec<_> = explained.verdicts.iter().map(|v| v.agent.as_str()).collect();
        seen.sort_unstable();
        assert_eq!(seen, AGENTS, "each agent once: {what}");
        let eligible = explained.verdicts.iter().filter(|verdict| verdict.exclusion.is_empty());
        assert_eq!(eligible.count(), decision.n_eligible as usize, "{what}");
        let first = explained.verdicts.first().filter(|verdict| verdict.exclusion.is_empty());
        let best = first.map_or("", |verdict| verdict.agent.as_str());
        let chosen = decision.candidates.first().map_or("", |c| c.agent.as_str());
        assert_eq!(best, chosen, "{what}");
        assert!(explained.verdicts.iter().all(|verdict| !verdict.detail.is_empty()), "{what}");
    }
}

#[tokio::test]
async fn every_decision_is_reproduced_also_after_a_restart() {
    let mut harness = Harness::start().await;
    let decisions = day(&harness).await;
    for trigger in [
        DecisionTrigger::Triage,
        DecisionTrigger::Retriage,
        DecisionTrigger::Advice,
        DecisionTrigger::Adoption,
        DecisionTrigger::Reopening,
        DecisionTrigger::Freed,
    ] {
        assert!(decisions.iter().any(|(made, _)| *made == trigger), "{trigger:?}: {decisions:?}");
    }
    check_all(&harness, &decisions).await;
    harness.restart().await;
    check_all(&harness, &decisions).await;
}

#[tokio::test]
async fn every_decision_is_reproduced_from_a_snapshot() {
    let mut harness = Harness::with(&[("store.snapshot_every", "1")]).await;
    let decisions = day(&harness).await;
    check_all(&harness, &decisions).await;
    harness.restart().await;
    check_all(&harness, &decisions).await;
}

#[tokio::test]
async fn a_decision_is_reproduced_under_the_policy_of_its_time() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0), ("ann", 3.0)]).await;
    let before = harness.decide("T-1").await;
    let source = switchyard_policy::DEFAULT.replace("load = 1 ", "load = 9 ");
    assert_ne!(source, switchyard_policy::DEFAULT);
    let request = pb::ApplyRequest { source, ..pb::ApplyRequest::default() };
    harness.policies().apply(request).await.expect("applied");
    let after = harness.decide("T-2").await;
    for (decision, revision) in [(before, 0), (after, 1)] {
        let explained = harness.explain(&decision.id).await;
        assert!(explained.reproduced);
        assert_eq!(explained.decision.expect("a decision").policy_revision, revision);
    }
}

#[tokio::test]
async fn an_explanation_speaks_the_callers_language() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 0.5)]).await;
    let id = harness.decide("T-1").await.id;
    let mut request = tonic::Request::new(pb::ExplainDecisionRequest { id });
    request.metadata_mut().insert("accept-language", "zh".parse().expect("ASCII"));
    let explained = harness.triage().explain_decision(request).await.expect("explained");
    let explained = explained.into_inner();
    assert!(explained.decision.expect("a decision").summary.starts_with("排队等待"));
    assert!(explained.verdicts[0].detail.starts_with("容量已满"), "{:?}", explained.verdicts);
}

//! Triage in its three modes, alone and in batches.

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::{DecisionOutcome, DecisionTrigger, FieldMode, Mode};

use crate::harness::Harness;
use crate::samples::{message, ticket, triage};

/// The model in the binary.
const MODEL: &[(&str, &str)] = &[("model.bundle", "embedded")];

async fn analyze(harness: &Harness, ticket: pb::Ticket) -> pb::TriageResponse {
    let request = pb::TriageRequest { mode: Mode::Analyze as i32, ..triage(ticket) };
    harness.triage().triage(request).await.expect("analysed").into_inner()
}

#[tokio::test]
async fn a_ticket_goes_to_the_least_loaded_agent() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 2.0), ("ann", 4.0)]).await;
    let answer = harness.assign(ticket("T-1")).await;
    assert!(!answer.replayed && !answer.stale);
    assert!(answer.timings.expect("timings").total_ns > 0);
    let decision = answer.decision.expect("a decision");
    assert_eq!(decision.trigger(), DecisionTrigger::Triage);
    assert_eq!(decision.outcome(), DecisionOutcome::Assigned);
    assert_eq!(decision.agent, "ann");
    assert_eq!(decision.n_eligible, 2);
    assert_eq!(decision.candidates[0].agent, "ann");
    assert!(decision.candidates[0].cost < decision.candidates[1].cost);
    assert!(decision.summary.starts_with("assigned to ann"), "{}", decision.summary);
    let status = harness.ticket("T-1").await;
    assert_eq!(status.state(), pb::TicketState::Active);
    assert_eq!((status.agent, status.decision_id), ("ann".to_owned(), decision.id));
    assert_eq!(harness.agent("ann").await.load, 1.0);
}

#[tokio::test]
async fn nobody_eligible_means_queued_with_the_reasons() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 0.5)]).await;
    let decision = harness.decide("T-1").await;
    assert_eq!(decision.outcome(), DecisionOutcome::Queued);
    assert_eq!(decision.agent, "");
    let reasons: Vec<_> =
        decision.exclusions.iter().map(|e| (e.reason.as_str(), e.agents)).collect();
    assert_eq!(reasons, [("AT_CAPACITY", 1)]);
}

#[tokio::test]
async fn advice_is_recorded_and_reserves_nothing() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 1.0)]).await;
    let request = pb::TriageRequest { mode: Mode::Advise as i32, ..triage(ticket("T-1")) };
    let answer = harness.triage().triage(request).await.expect("advised").into_inner();
    let decision = answer.decision.expect("a decision");
    assert_eq!(decision.trigger(), DecisionTrigger::Advice);
    assert_eq!((decision.outcome(), decision.agent.as_str()), (DecisionOutcome::Advised, "li"));
    assert_eq!(harness.decision(&decision.id).await, decision);
    assert_eq!(harness.agent("li").await.load, 0.0);
    let listed = harness.desk().list_tickets(pb::ListTicketsRequest::default()).await;
    let listed = listed.expect("a list").into_inner().tickets;
    assert_eq!(listed[0].state(), pb::TicketState::Advised);
    assert_eq!((listed.len(), listed[0].agent.as_str()), (1, ""));
}

#[tokio::test]
async fn analysis_needs_no_id_and_keeps_nothing() {
    let harness = Harness::start().await;
    let answer = analyze(&harness, ticket("")).await;
    assert!(answer.assessment.is_some());
    assert_eq!(answer.decision, None);
    assert_eq!(harness.events().await, []);
}

#[tokio::test]
async fn a_text_is_understood_by_the_model_in_the_binary() {
    let harness = Harness::with(MODEL).await;
    let assessment = analyze(&harness, ticket("T-1")).await.assessment.expect("an assessment");
    assert_eq!(assessment.language(), pb::Language::En);
    assert_eq!(assessment.degraded_reason, "");
    assert!(assessment.model_version.contains('@'), "{}", assessment.model_version);
    let category = assessment.category.expect("a category");
    assert_eq!(category.label, "returns.refund");
    assert!((0.0..=1.0).contains(&category.confidence));
    assert!(category.alternatives.len() <= 2);
    let chinese = pb::Ticket {
        messages: vec![message("快递三天没动了，什么时候能到？")],
        ..ticket("T-2")
    };
    let chinese = pb::Ticket { subject: String::new(), ..chinese };
    let assessment = analyze(&harness, chinese).await.assessment.expect("an assessment");
    assert_eq!(assessment.language(), pb::Language::ZhHans);
}

#[tokio::test]
async fn an_empty_text_is_answered_without_a_category() {
    for settings in [&[][..], MODEL] {
        let harness = Harness::with(settings).await;
        harness.seat(&[("li", 3.0)]).await;
        let empty = pb::Ticket { subject: String::new(), messages: Vec::new(), ..ticket("T-1") };
        let answer = harness.assign(empty).await;
        let assessment = answer.assessment.expect("an assessment");
        let category = assessment.category.expect("a category");
        assert_eq!(category.mode(), FieldMode::Abstain);
        assert_ne!(category.abstain_reason(), pb::AbstainReason::Unspecified);
        assert_eq!(answer.decision.expect("a decision").agent, "li");
    }
}

#[tokio::test]
async fn only_the_first_characters_of_a_long_text_are_read() {
    for settings in [&[][..], MODEL] {
        let harness = Harness::with(settings).await;
        for (n_chars, truncated) in [(7_900, false), (8_001, true)] {
            let text = "退款".repeat(n_chars / 2) + "x";
            let subject = String::new();
            let long = pb::Ticket { subject, messages: vec![message(&text)], ..ticket("T-1") };
            let assessment = analyze(&harness, long).await.assessment.expect("an assessment");
            assert_eq!(assessment.truncated, truncated, "{n_chars} characters, {settings:?}");
        }
    }
}

#[tokio::test]
async fn what_the_caller_knows_wins_over_the_model() {
    let harness = Harness::with(MODEL).await;
    let known = pb::Known {
        known_category: "technical.network".to_owned(),
        known_urgency: pb::Urgency::Critical as i32,
        known_sentiment: pb::Sentiment::VeryPositive as i32,
        known_language: pb::Language::En as i32,
        known_signals: vec![pb::Signal::SafetyHazard as i32],
        known_priority: 2,
    };
    let answer = harness.assign(pb::Ticket { known: Some(known), ..ticket("T-1") }).await;
    let assessment = answer.assessment.expect("an assessment");
    let category = assessment.category.expect("a category");
    assert_eq!(category.label, "technical.network");
    assert_eq!(category.origin(), pb::FieldOrigin::Caller);
    assert_eq!(assessment.urgency.expect("urgency").label(), pb::Urgency::Critical);
    assert_eq!(assessment.sentiment.expect("sentiment").label(), pb::Sentiment::VeryPositive);
    let signals: Vec<_> = assessment.signals.iter().map(pb::SignalJudgement::signal).collect();
    assert_eq!(signals, [pb::Signal::SafetyHazard]);
    let priority = answer.decision.expect("a decision").priority.expect("a priority");
    assert_eq!((priority.band, priority.overridden), (2, true));
}

#[tokio::test]
async fn a_missing_model_is_said_aloud() {
    let harness = Harness::start().await;
    let assessment = harness.assign(ticket("T-1")).await.assessment.expect("an assessment");
    assert_eq!(assessment.degraded_reason, "MODEL_ABSENT");
    assert_eq!(assessment.model_version, "");
    let origin = assessment.category.expect("a category").origin();
    assert_eq!(origin, pb::FieldOrigin::Fallback);
}

#[tokio::test]
async fn a_second_triage_keeps_the_owner() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    harness.decide("T-1").await;
    harness.seat(&[("ann", 9.0)]).await;
    let decision = harness.decide("T-1").await;
    assert_eq!(decision.trigger(), DecisionTrigger::Retriage);
    assert_eq!((decision.outcome(), decision.agent.as_str()), (DecisionOutcome::Kept, "li"));
    assert_eq!(decision.candidates[0].agent, "ann", "the candidates are a suggestion");
    assert_eq!(harness.ticket("T-1").await.agent, "li");
}

#[tokio::test]
async fn a_batch_is_triaged_in_its_order() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 2.0)]).await;
    let requests = (0..4).map(|n| triage(ticket(&format!("T-{n}")))).collect();
    let answer = harness.triage().batch_triage(pb::BatchTriageRequest { requests }).await;
    let results = answer.expect("a batch").into_inner().results;
    let decisions = results.iter().map(|r| r.response.as_ref()?.decision.as_ref());
    let decisions: Vec<_> = decisions.map(|decision| decision.expect("a decision")).collect();
    let seen: Vec<_> = decisions.iter().map(|d| (d.ticket_id.as_str(), d.outcome())).collect();
    let (given, waits) = (DecisionOutcome::Assigned, DecisionOutcome::Queued);
    assert_eq!(seen, [("T-0", given), ("T-1", given), ("T-2", waits), ("T-3", waits)]);
    assert!(decisions.windows(2).all(|pair| pair[0].sequence < pair[1].sequence));
}

#[tokio::test]
async fn a_batch_knows_a_ticket_that_came_twice() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 2.0)]).await;
    let requests = vec![triage(ticket("T-1")), triage(ticket("T-1"))];
    let answer = harness.triage().batch_triage(pb::BatchTriageRequest { requests }).await;
    let results = answer.expect("a batch").into_inner().results;
    let outcome = |result: &pb::BatchTriageResult| {
        result.response.as_ref().and_then(|r| r.decision.as_ref()).map(pb::Decision::outcome)
    };
    let outcomes: Vec<_> = results.iter().filter_map(outcome).collect();
    assert_eq!(outcomes, [DecisionOutcome::Assigned, DecisionOutcome::Kept]);
    assert_eq!(harness.agent("li").await.load, 1.0);
}

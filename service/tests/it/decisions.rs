//! Decisions as they are listed: newest first, by page, those that are wanted.

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::DecisionOutcome as Outcome;

use crate::harness::Harness;

/// Three tickets for one agent of room for two, and one that is completed.
async fn busy() -> Harness {
    let harness = Harness::start().await;
    harness.seat(&[("li", 2.0)]).await;
    for ticket in ["T-1", "T-2", "T-3"] {
        harness.decide(ticket).await;
    }
    harness.complete("T-1").await;
    harness
}

async fn listed(
    harness: &Harness,
    filter: pb::DecisionFilter,
    page_size: i32,
) -> Vec<pb::Decision> {
    let (mut all, mut page_token) = (Vec::new(), String::new());
    loop {
        let filter = Some(filter.clone());
        let request = pb::ListDecisionsRequest { page_size, page_token, filter };
        let page = harness.triage().list_decisions(request).await.expect("a page").into_inner();
        assert!(page.decisions.len() <= page_size as usize);
        all.extend(page.decisions);
        page_token = page.next_page_token;
        if page_token.is_empty() {
            return all;
        }
    }
}

fn told(decisions: &[pb::Decision]) -> Vec<(&str, Outcome)> {
    decisions.iter().map(|made| (made.ticket_id.as_str(), made.outcome())).collect()
}

#[tokio::test]
async fn every_decision_is_listed_once_newest_first_whatever_the_page() {
    let harness = busy().await;
    let wanted = [
        ("T-3", Outcome::Assigned),
        ("T-3", Outcome::Queued),
        ("T-2", Outcome::Assigned),
        ("T-1", Outcome::Assigned),
    ];
    for page_size in [1, 2, 3, 100] {
        let all = listed(&harness, pb::DecisionFilter::default(), page_size).await;
        assert_eq!(told(&all), wanted, "by {page_size}");
    }
}

#[tokio::test]
async fn decisions_are_listed_by_ticket_agent_outcome_trigger_and_time() {
    let harness = busy().await;
    let of_ticket = pb::DecisionFilter { ticket_id: "T-3".to_owned(), ..Default::default() };
    assert_eq!(listed(&harness, of_ticket, 100).await.len(), 2);
    let of_agent = pb::DecisionFilter { agent: "li".to_owned(), ..Default::default() };
    assert_eq!(listed(&harness, of_agent, 100).await.len(), 3);
    let queued =
        pb::DecisionFilter { outcomes: vec![Outcome::Queued as i32], ..Default::default() };
    assert_eq!(told(&listed(&harness, queued, 100).await), [("T-3", Outcome::Queued)]);
    let triggers = vec![pb::DecisionTrigger::Freed as i32];
    let freed = pb::DecisionFilter { triggers, ..Default::default() };
    assert_eq!(told(&listed(&harness, freed, 100).await), [("T-3", Outcome::Assigned)]);
    let last = harness.decide("T-4").await.decided_time;
    let before = pb::DecisionFilter { end_time: last, ..Default::default() };
    harness.pass_minutes(1);
    let since = harness.decide("T-5").await.decided_time;
    let later = pb::DecisionFilter { start_time: since, ..Default::default() };
    assert_eq!(listed(&harness, before, 100).await, [], "the clock stood still until then");
    assert_eq!(told(&listed(&harness, later, 100).await), [("T-5", Outcome::Queued)]);
}

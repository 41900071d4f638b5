//! Tickets that came in are remembered without their text.

use switchyard_proto::v1 as pb;

use super::precedents::{ANN, broken_cup};
use super::solved;
use crate::harness::{Harness, eventually};
use crate::samples;

async fn relations(harness: &Harness, id: &str, customer: &str) -> Vec<(String, pb::Relation)> {
    let similar = harness.analyzed(broken_cup(id, customer)).await.similar;
    similar.iter().map(|it| (it.id.clone(), it.relation())).collect()
}

async fn remembering() -> Harness {
    Harness::with(&[("knowledge.remember_days", "30")]).await
}

fn one(id: &str, relation: pb::Relation) -> Vec<(String, pb::Relation)> {
    vec![(id.to_owned(), relation)]
}

#[tokio::test]
async fn a_second_ticket_of_a_customer_is_known_for_a_duplicate() {
    let mut harness = remembering().await;
    harness.seat(&[("li", 10.0)]).await;
    harness.assign(broken_cup("T-1", ANN)).await;
    assert_eq!(relations(&harness, "T-2", ANN).await, one("T-1", pb::Relation::Duplicate));
    let other = "bob@example.com";
    assert!(relations(&harness, "T-2", other).await.is_empty(), "another customer's is not shown");
    assert!(relations(&harness, "T-1", ANN).await.is_empty(), "it is not like itself");
    assert_eq!(harness.status().await.n_remembered, 1);
    assert_eq!(harness.status().await.n_tickets, 0);
    assert!(
        harness.like("broken cup", pb::ItemFilter::default()).await.is_empty(),
        "no text is kept"
    );
    harness.restart().await;
    assert_eq!(relations(&harness, "T-2", ANN).await, one("T-1", pb::Relation::Duplicate));
}

#[tokio::test]
async fn what_became_of_it_at_the_desk_is_known() {
    let harness = remembering().await;
    harness.seat(&[("li", 10.0)]).await;
    harness.assign(broken_cup("T-1", ANN)).await;
    harness.pass_minutes(60);
    harness.complete("T-1").await;
    harness.pass_minutes(60);
    let similar = harness.analyzed(broken_cup("T-2", ANN)).await.similar;
    assert_eq!(similar[0].relation(), pb::Relation::RepeatContact);
    assert_eq!(similar[0].solver, "li");
    assert!(similar[0].solved_time.is_some() && similar[0].solution.is_empty());
}

#[tokio::test]
async fn what_the_backend_tells_of_it_stands_in_its_place() {
    let mut harness = remembering().await;
    harness.seat(&[("li", 10.0)]).await;
    harness.assign(broken_cup("T-1", ANN)).await;
    harness.upsert(vec![solved("T-1", "the cup arrived broken into three pieces")]).await;
    let told = |status: &pb::GetKnowledgeStatusResponse| (status.n_tickets, status.n_remembered);
    assert_eq!(told(&harness.status().await), (1, 0));
    // Triaged again, it is known in full still.
    harness.assign(broken_cup("T-1", ANN)).await;
    let similar = harness.analyzed(broken_cup("T-2", ANN)).await.similar;
    assert_eq!(similar[0].solution, "how T-1 was solved");
    harness.restart().await;
    assert_eq!(told(&harness.status().await), (1, 0));
}

#[tokio::test]
async fn it_is_forgotten_after_a_month() {
    let harness = remembering().await;
    harness.seat(&[("li", 10.0)]).await;
    for n in 0..3 {
        harness.assign(broken_cup(&format!("T-{n}"), ANN)).await;
    }
    harness.pass_minutes(31 * 24 * 60);
    harness.assign(broken_cup("T-9", ANN)).await;
    assert_eq!(harness.status().await.n_remembered, 1);
}

#[tokio::test]
async fn a_customer_who_is_erased_is_forgotten() {
    let mut harness = remembering().await;
    harness.seat(&[("li", 10.0)]).await;
    harness.assign(broken_cup("T-1", ANN)).await;
    harness.assign(broken_cup("T-2", "bob@example.com")).await;
    let request = pb::EraseCustomerRequest { customer_id: ANN.to_owned(), actor: None };
    let erased = harness.knowledge().erase_customer(request).await.expect("erased").into_inner();
    assert_eq!(erased.n_items, 1);
    for _ in 0..2 {
        assert_eq!(harness.status().await.n_remembered, 1);
        harness.restart().await;
    }
}

/// The oldest of nine is out of sight, and is still in the store until the next ticket comes.
#[tokio::test]
async fn a_customer_who_is_erased_leaves_nothing_that_comes_back_after_a_restart() {
    let mut harness = Harness::start().await;
    harness.seat(&[("li", 30.0)]).await;
    for n in 0..9 {
        harness.assign(broken_cup(&format!("T-{n}"), ANN)).await;
        harness.pass_minutes(1);
    }
    let request = pb::EraseCustomerRequest { customer_id: ANN.to_owned(), actor: None };
    let erased = harness.knowledge().erase_customer(request).await.expect("erased").into_inner();
    assert_eq!(erased.n_items, 8);
    harness.restart().await;
    assert_eq!(harness.status().await.n_remembered, 0);
}

#[tokio::test]
async fn what_was_remembered_is_forgotten_once_nobody_wants_it() {
    let mut harness = remembering().await;
    harness.seat(&[("li", 10.0)]).await;
    harness.assign(broken_cup("T-1", ANN)).await;
    harness.restart_with(&[("knowledge.remember_days", "0")]).await;
    assert!(relations(&harness, "T-2", ANN).await.is_empty());
    harness.restart_with(&[("knowledge.remember_days", "30")]).await;
    assert_eq!(harness.status().await.n_remembered, 0, "not kept behind anybody's back");
}

#[tokio::test]
async fn nothing_is_remembered_unless_somebody_wants_it() {
    let harness = Harness::with(&[("knowledge.remember_days", "0")]).await;
    harness.seat(&[("li", 10.0)]).await;
    harness.assign(broken_cup("T-1", ANN)).await;
    assert!(relations(&harness, "T-2", ANN).await.is_empty());
    assert_eq!(harness.status().await.n_remembered, 0);
}

#[tokio::test]
async fn the_newest_eight_of_a_customer_are_remembered_by_default_and_after_a_restart() {
    let mut harness = Harness::start().await;
    harness.seat(&[("li", 30.0)]).await;
    for n in 0..10 {
        harness.assign(broken_cup(&format!("T-{n}"), ANN)).await;
        harness.pass_minutes(1);
    }
    for _ in 0..2 {
        assert_eq!(harness.status().await.n_remembered, 8);
        let known = relations(&harness, "T-99", ANN).await;
        assert!(known.iter().all(|(id, _)| id != "T-0" && id != "T-1"), "{known:?}");
        harness.restart().await;
    }
}

#[tokio::test]
async fn a_ticket_of_nobody_is_not_remembered() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 10.0)]).await;
    harness.assign(broken_cup("T-1", "")).await;
    assert_eq!(harness.status().await.n_remembered, 0);
}

/// A retry decides nothing, and must not swallow what the store still has to forget.
#[tokio::test]
async fn a_retried_call_between_brings_nothing_back_after_an_erasure() {
    let mut harness = Harness::start().await;
    harness.seat(&[("li", 30.0)]).await;
    for n in 0..9 {
        harness.assign(broken_cup(&format!("T-{n}"), ANN)).await;
        harness.pass_minutes(1);
    }
    let again = pb::TriageRequest {
        request_id: "r-1".to_owned(),
        ..samples::triage(broken_cup("T-8", ANN))
    };
    for _ in 0..2 {
        harness.triage().triage(again.clone()).await.expect("triaged");
    }
    let request = pb::EraseCustomerRequest { customer_id: ANN.to_owned(), actor: None };
    harness.knowledge().erase_customer(request).await.expect("erased");
    harness.restart().await;
    assert_eq!(harness.status().await.n_remembered, 0);
}

#[tokio::test]
async fn where_nobody_writes_any_more_a_ticket_is_forgotten_all_the_same() {
    let mut harness = remembering().await;
    harness.seat(&[("li", 10.0)]).await;
    harness.assign(broken_cup("T-1", ANN)).await;
    harness.pass_minutes(31 * 24 * 60);
    assert!(relations(&harness, "T-2", ANN).await.is_empty(), "it is too old to be shown");
    harness.restart().await;
    assert_eq!(harness.status().await.n_remembered, 0, "nor is it kept");
}

/// What was remembered of an item told in full waits to go; the item's deletion takes it along.
#[tokio::test]
async fn a_deleted_item_does_not_come_back_as_a_memory() {
    let mut harness = remembering().await;
    harness.seat(&[("li", 10.0)]).await;
    harness.assign(broken_cup("T-1", ANN)).await;
    harness.upsert(vec![solved("T-1", "the cup arrived broken into three pieces")]).await;
    let kind = pb::ItemKind::Ticket as i32;
    let request =
        pb::DeleteItemRequest { kind, id: "T-1".to_owned(), ..pb::DeleteItemRequest::default() };
    harness.knowledge().delete_item(request).await.expect("gone");
    harness.restart().await;
    assert_eq!(harness.status().await.n_remembered, 0);
}

/// Nobody asks, and no other ticket comes.
#[tokio::test]
async fn what_is_too_old_goes_by_itself_as_time_passes() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 10.0)]).await;
    harness.assign(broken_cup("T-1", ANN)).await;
    assert_eq!(harness.status().await.n_remembered, 1);
    harness.pass_minutes(15 * 24 * 60);
    eventually(async || (harness.status().await.n_remembered == 0).then_some(())).await;
}

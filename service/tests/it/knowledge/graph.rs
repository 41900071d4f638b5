//! Beyond some number vectors are walked by a graph, which is built while the service serves.

use switchyard_proto::v1 as pb;

use super::solved;
use crate::harness::{Harness, eventually};

const THINGS: [&str; 12] = [
    "kettle", "printer", "jacket", "router", "bicycle", "headset", "fridge", "lamp", "suitcase",
    "drone", "keyboard", "heater",
];
const TROUBLES: [&str; 12] = [
    "does not switch on",
    "came in the wrong colour",
    "smells of smoke",
    "was charged twice",
    "lost its warranty card",
    "makes a loud noise",
    "is too small",
    "never arrived",
    "has a cracked cover",
    "needs a new battery",
    "should be picked up",
    "shows an error code",
];

fn text(at: usize) -> String {
    format!("my {} {}", THINGS[at % 12], TROUBLES[at / 12 % 12])
}

fn id(at: usize) -> String {
    format!("G-{at}")
}

/// A graph is built in the background: it comes soon, not at once.
async fn walked(harness: &Harness) -> pb::GetKnowledgeStatusResponse {
    let status = async || Some(harness.status().await).filter(|status| status.has_graph);
    eventually(status).await
}

#[tokio::test]
async fn a_graph_finds_what_was_there_and_what_came_and_nothing_that_went() {
    let settings = [("model.bundle", "embedded"), ("knowledge.graph_from", "100")];
    let mut harness = Harness::with(&settings).await;
    let items =
        |range: std::ops::Range<usize>| range.map(|at| solved(&id(at), &text(at))).collect();
    harness.upsert(items(0..99)).await;
    assert!(!harness.status().await.has_graph, "a scan is as fast");
    harness.upsert(items(99..120)).await;
    assert_eq!(walked(&harness).await.n_vectors, 120);
    harness.upsert(items(120..144)).await;
    let gone = pb::DeleteItemRequest { kind: pb::ItemKind::Ticket as i32, id: id(7), actor: None };
    harness.knowledge().delete_item(gone).await.expect("it was there");
    let any = pb::ItemFilter::default;
    for at in 0..144 {
        let first = harness.like(&text(at), any()).await.swap_remove(0);
        assert_eq!(first == id(at), at != 7, "{}", text(at));
    }
    harness.restart_with(&settings).await;
    assert_eq!(walked(&harness).await.n_vectors, 143);
    assert_eq!(harness.like(&text(143), any()).await[0], id(143));
    assert_ne!(harness.like(&text(7), any()).await[0], id(7));
}

#[tokio::test]
async fn articles_stand_apart_and_are_found_among_tickets() {
    let settings = [("model.bundle", "embedded"), ("knowledge.graph_from", "100")];
    let harness = Harness::with(&settings).await;
    let article = super::article("KB-9", "Kettle", "What to do if the kettle does not switch on.");
    let tickets = (1..120).map(|at| solved(&id(at), &text(at)));
    harness.upsert(tickets.chain([article]).collect()).await;
    let status = walked(&harness).await;
    assert_eq!((status.n_tickets, status.n_articles, status.n_vectors), (119, 1, 120));
    let asked = "what to do if my kettle does not switch on";
    assert_eq!(harness.like(asked, pb::ItemFilter::default()).await[0], "KB-9");
    let kind = pb::ItemKind::Article as i32;
    let articles = pb::ItemFilter { kind, ..pb::ItemFilter::default() };
    assert_eq!(harness.like("a drone is too small", articles).await, ["KB-9"]);
}

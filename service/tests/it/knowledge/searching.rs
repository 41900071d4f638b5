//! What is kept is found by words in either language, by what is asked for, and after a restart.

use switchyard_proto::v1 as pb;
use tonic::Code;

use super::{shelf, solved};
use crate::harness::Harness;
use crate::refusal::refused;
use crate::samples::at;

fn any() -> pb::ItemFilter {
    pb::ItemFilter::default()
}

#[tokio::test]
async fn what_is_kept_is_found_in_either_language() {
    let harness = Harness::start().await;
    assert!(harness.like("a broken cup", any()).await.is_empty(), "nothing is there yet");
    assert_eq!(harness.upsert(shelf()).await, 5);
    assert_eq!(harness.like("broken cup", any()).await[0], "S-1");
    assert_eq!(harness.like("杯子碎了", any()).await[0], "S-3");
    assert_eq!(harness.like("重开发票", any()).await[0], "S-4");
    let status = harness.status().await;
    assert_eq!((status.n_tickets, status.n_articles, status.n_vectors), (4, 1, 0), "no model");
    assert!(status.index_bytes > 0 && !status.has_graph);
}

#[tokio::test]
async fn a_found_item_is_whole_and_says_how_near_it_is() {
    let harness = Harness::start().await;
    harness.upsert(shelf()).await;
    let text = "the cup arrived broken into three pieces".to_owned();
    let request = pb::SearchItemsRequest { text, n_max: 1, ..pb::SearchItemsRequest::default() };
    let [found] = harness.found(request).await.try_into().expect("one was asked for");
    assert_eq!(found.item, Some(solved("S-1", "the cup arrived broken into three pieces")));
    assert_eq!((found.word_share, found.cosine), (Some(1.0), None));
    assert!(found.same_problem > 0.9, "{found:?}");
}

#[tokio::test]
async fn only_what_is_asked_for_is_found() {
    let harness = Harness::start().await;
    let open = pb::KnowledgeItem { solved_time: None, ..solved("S-9", "broken cup, who helps") };
    let theirs = pb::KnowledgeItem {
        customer_id: "ann@example.com".to_owned(),
        product: "cup".to_owned(),
        solver: "wu".to_owned(),
        category: "product.defect".to_owned(),
        opened_time: Some(at("2026-05-01T00:00:00Z")),
        ..solved("S-8", "broken cup again")
    };
    harness.upsert([shelf(), vec![open, theirs]].concat()).await;
    let found = async |filter| {
        let mut ids = harness.like("broken cup", filter).await;
        ids.sort();
        ids
    };
    assert_eq!(found(any()).await, ["KB-1", "S-1", "S-8", "S-9"]);
    let article = pb::ItemKind::Article as i32;
    assert_eq!(found(pb::ItemFilter { kind: article, ..any() }).await, ["KB-1"]);
    assert_eq!(found(pb::ItemFilter { product: "cup".into(), ..any() }).await, ["S-8"]);
    assert_eq!(found(pb::ItemFilter { solver: "wu".into(), ..any() }).await, ["S-8"]);
    let category = "product.defect".to_owned();
    assert_eq!(found(pb::ItemFilter { category, ..any() }).await, ["S-8"]);
    let customer_id = "ann@example.com".to_owned();
    assert_eq!(found(pb::ItemFilter { customer_id, ..any() }).await, ["S-8"]);
    assert_eq!(found(pb::ItemFilter { solved: true, ..any() }).await, ["S-1", "S-8"]);
    let end_time = Some(at("2026-05-02T00:00:00Z"));
    assert_eq!(found(pb::ItemFilter { end_time, ..any() }).await, ["S-8"]);
    let excluded_ticket_id = "S-8".to_owned();
    let rest = found(pb::ItemFilter { excluded_ticket_id, solved: true, ..any() }).await;
    assert_eq!(rest, ["S-1"]);
}

#[tokio::test]
async fn an_item_is_replaced_listed_read_and_deleted() {
    let harness = Harness::start().await;
    harness.upsert(shelf()).await;
    assert_eq!(harness.upsert(vec![solved("S-1", "a lamp that flickers")]).await, 5);
    assert!(!harness.like("broken cup", any()).await.contains(&"S-1".to_owned()));
    assert_eq!(harness.like("flickering lamp flickers", any()).await, ["S-1"]);
    let tickets = harness.listed(pb::ItemKind::Ticket).await;
    assert_eq!(tickets, ["S-1", "S-2", "S-3", "S-4"]);
    assert_eq!(harness.listed(pb::ItemKind::Unspecified).await.len(), 5);

    let (kind, id) = (pb::ItemKind::Ticket as i32, "S-1".to_owned());
    let get = pb::GetItemRequest { kind, id: id.clone() };
    let item = harness.knowledge().get_item(get.clone()).await.expect("it is there").into_inner();
    assert_eq!(item.item, Some(solved("S-1", "a lamp that flickers")));
    let delete = pb::DeleteItemRequest { kind, id, actor: None };
    for _ in 0..2 {
        harness.knowledge().delete_item(delete.clone()).await.expect("deleted, or gone already");
    }
    refused(harness.knowledge().get_item(get).await, Code::NotFound, "NOT_FOUND", &[]);
    assert!(harness.like("lamp that flickers", any()).await.is_empty());
}

#[tokio::test]
async fn what_is_kept_is_found_after_a_restart() {
    let mut harness = Harness::start().await;
    harness.upsert(shelf()).await;
    let before = harness.like("broken cup arrived", any()).await;
    harness.restart().await;
    assert_eq!(harness.like("broken cup arrived", any()).await, before);
    assert_eq!(harness.status().await.n_tickets, 4);
}

#[tokio::test]
async fn tenants_do_not_find_each_other_s_items() {
    let harness = Harness::start().await;
    harness.upsert(shelf()).await;
    let text = "broken cup".to_owned();
    let mut request =
        tonic::Request::new(pb::SearchItemsRequest { text, ..pb::SearchItemsRequest::default() });
    request.metadata_mut().insert("switchyard-tenant", "other".parse().expect("a value"));
    let found = harness.knowledge().search_items(request).await.expect("a search").into_inner();
    assert!(found.found.is_empty());
}

#[tokio::test]
async fn what_is_no_item_is_refused_whole_with_its_fields() {
    let harness = Harness::start().await;
    let bad = pb::KnowledgeItem {
        kind: 0,
        id: "a b".to_owned(),
        title: String::new(),
        text: String::new(),
        tags: vec![String::new(); 33],
        category: " ".to_owned(),
        ..solved("S-1", "")
    };
    let items = vec![solved("S-0", "fine"), bad];
    let request = pb::BatchUpsertItemsRequest { items, actor: None };
    let fields =
        ["items[1].tags", "items[1].text", "items[1].kind", "items[1].id", "items[1].category"];
    let answer = harness.knowledge().batch_upsert_items(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &fields);
    assert_eq!(harness.status().await.n_tickets, 0, "all or none");

    let items = vec![solved("S-0", "one"), solved("S-0", "two")];
    let request = pb::BatchUpsertItemsRequest { items, actor: None };
    let answer = harness.knowledge().batch_upsert_items(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["items[1].id"]);
    let request = pb::SearchItemsRequest { n_max: 101, ..pb::SearchItemsRequest::default() };
    let answer = harness.knowledge().search_items(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["text", "n_max"]);
}

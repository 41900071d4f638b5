//! Imports go on where they stopped.

use futures_util::{StreamExt as _, stream};
use switchyard_proto::v1 as pb;
use tonic::Code;

use super::solved;
use crate::harness::Harness;
use crate::refusal::refused;

pub(super) fn request(import_id: &str, index: u64) -> pb::ImportItemsRequest {
    let item = solved(&format!("S-{index}"), &format!("parcel number {index} is late"));
    pb::ImportItemsRequest { import_id: import_id.to_owned(), index, item: Some(item) }
}

impl Harness {
    /// Sends these and reads all answers.
    async fn import(
        &self,
        requests: Vec<pb::ImportItemsRequest>,
    ) -> Result<Vec<pb::ImportItemsResponse>, tonic::Status> {
        let answers = self.knowledge().import_items(stream::iter(requests)).await?;
        let (mut answers, mut all) = (answers.into_inner(), Vec::new());
        while let Some(answer) = answers.message().await? {
            all.push(answer);
        }
        Ok(all)
    }

    async fn import_mark(&self, import_id: &str) -> u64 {
        let request = pb::GetImportRequest { import_id: import_id.to_owned() };
        self.knowledge().get_import(request).await.expect("a mark").into_inner().next_index
    }
}

#[tokio::test]
async fn a_named_import_goes_on_where_it_stopped() {
    let mut harness = Harness::start().await;
    assert_eq!(harness.import_mark("march").await, 0);
    let answers = harness.import((0..700).map(|n| request("march", n)).collect()).await;
    assert_eq!(answers.expect("all are taken").last().map(|it| it.next_index), Some(700));
    harness.restart().await;
    assert_eq!(harness.import_mark("march").await, 700);
    // Some are sent again: they are passed over.
    let answers = harness.import((650..1_000).map(|n| request("march", n)).collect()).await;
    assert_eq!(answers.expect("all are taken").last().map(|it| it.next_index), Some(1_000));
    assert_eq!(harness.status().await.n_tickets, 1_000);
    assert_eq!(harness.import_mark("april").await, 0);
}

#[tokio::test]
async fn an_item_that_cannot_be_taken_is_told_and_passed_over() {
    let harness = Harness::start().await;
    let mut requests: Vec<_> = (0..5).map(|n| request("", n)).collect();
    requests[2].item = None;
    requests[4].item = Some(pb::KnowledgeItem { id: String::new(), ..solved("S-4", "late") });
    let answers = harness.import(requests).await.expect("the rest is taken");
    let refused: Vec<_> = answers.iter().flat_map(|answer| &answer.refused).collect();
    let told = |refused: &pb::RefusedItem| {
        let status = refused.status.clone().expect("a status");
        (refused.index, status.code, status.reason, status.field)
    };
    let invalid = || (Code::InvalidArgument as i32, "INVALID_FIELD".to_owned());
    let expected = [(2, "item"), (4, "item.id")]
        .map(|(index, field)| (index, invalid().0, invalid().1, field.to_owned()));
    assert_eq!(refused.into_iter().map(told).collect::<Vec<_>>(), expected);
    assert_eq!(answers.last().map(|answer| answer.next_index), Some(5));
    assert_eq!(harness.status().await.n_tickets, 3);
}

#[tokio::test]
async fn a_gap_is_refused_and_what_came_before_is_kept() {
    let harness = Harness::start().await;
    harness.import(vec![request("m", 0), request("m", 1)]).await.expect("taken");
    let answer = harness.import(vec![request("m", 3)]).await;
    refused(answer.map(tonic::Response::new), Code::InvalidArgument, "INVALID_FIELD", &["index"]);
    assert_eq!(harness.import_mark("m").await, 2);
}

#[tokio::test]
async fn a_full_store_ends_an_import_that_goes_on_when_there_is_room() {
    let mut harness = Harness::with(&[("store.size_max_mib", "1")]).await;
    let large = |n: u64| {
        let item =
            pb::KnowledgeItem { solution: "x".repeat(8_000), ..solved(&format!("S-{n}"), "late") };
        pb::ImportItemsRequest { import_id: "all".to_owned(), index: n, item: Some(item) }
    };
    let answer = harness.import((0..400).map(large).collect()).await;
    refused(answer.map(tonic::Response::new), Code::Unavailable, "STORE_FAILED", &[]);
    let mark = harness.import_mark("all").await;
    assert_eq!(harness.status().await.n_tickets, mark, "what is searched is what is kept");
    harness.restart_with(&[("store.size_max_mib", "64")]).await;
    assert_eq!(harness.status().await.n_tickets, mark);
    harness.import((mark..400).map(large).collect()).await.expect("now they fit");
    assert_eq!(harness.status().await.n_tickets, 400);
}

#[tokio::test]
async fn a_stream_that_lags_behind_another_of_its_name_does_not_set_it_back() {
    let harness = Harness::start().await;
    // It waits with the third item until the other has brought five.
    let (wait, released) = tokio::sync::oneshot::channel::<()>();
    let first = stream::iter((0..2).map(|n| request("march", n)));
    let last = stream::once(async {
        released.await.expect("released");
        request("march", 2)
    });
    let mut slow = harness.knowledge();
    let slow = tokio::spawn(async move {
        let mut answers = slow.import_items(first.chain(last)).await?.into_inner();
        while answers.message().await?.is_some() {}
        Ok::<_, tonic::Status>(())
    });
    while harness.import_mark("march").await < 2 {
        tokio::task::yield_now().await;
    }
    harness.import((2..5).map(|n| request("march", n)).collect()).await.expect("taken");
    wait.send(()).expect("it waits");
    slow.await.expect("no panic").expect("taken");
    assert_eq!(harness.import_mark("march").await, 5);
}

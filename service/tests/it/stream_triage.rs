//! `StreamTriage`: items with a status each, answered in their order and read no faster than that.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;
use tokio::sync::mpsc;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::Channel;
use tonic::{Code, Streaming};

use crate::harness::{Harness, eventually};
use crate::samples::{message, ticket, triage, triage_once};

fn item(request: pb::TriageRequest) -> pb::StreamTriageRequest {
    pb::StreamTriageRequest { request: Some(request) }
}

/// Every answer of a stream that sends so much and no more.
async fn answers(
    harness: &Harness,
    items: Vec<pb::StreamTriageRequest>,
) -> Vec<pb::StreamTriageResponse> {
    let answer = harness.triage().stream_triage(tokio_stream::iter(items)).await;
    let answers = answer.expect("a stream").into_inner();
    answers.map(|answer| answer.expect("an answer")).collect().await
}

/// The decision of an item that was taken.
fn decided(answer: &pb::StreamTriageResponse) -> &pb::Decision {
    assert_eq!(answer.status, Some(pb::ItemStatus::default()));
    answer.response.as_ref().and_then(|said| said.decision.as_ref()).expect("a decision")
}

/// A stream whose items are sent one by one.
async fn open(
    harness: &Harness,
) -> (mpsc::Sender<pb::StreamTriageRequest>, Streaming<pb::StreamTriageResponse>) {
    let (items, sent) = mpsc::channel(1);
    let answer = harness.triage().stream_triage(ReceiverStream::new(sent)).await;
    (items, answer.expect("a stream").into_inner())
}

async fn send(items: &mpsc::Sender<pb::StreamTriageRequest>, id: &str) {
    items.send(item(triage(ticket(id)))).await.expect("an open stream");
}

async fn next(answers: &mut Streaming<pb::StreamTriageResponse>) -> pb::StreamTriageResponse {
    answers.message().await.expect("no error").expect("an answer")
}

#[tokio::test]
async fn items_are_answered_and_decided_in_their_order() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 100.0)]).await;
    let ids: Vec<_> = (0..200).map(|n| format!("T-{n}")).collect();
    let items = ids.iter().map(|id| item(triage(ticket(id)))).collect();
    let answers = answers(&harness, items).await;
    assert!(answers.iter().map(|answer| answer.index).eq(0..200));
    let decisions: Vec<_> = answers.iter().map(decided).collect();
    assert!(decisions.iter().map(|decision| &decision.ticket_id).eq(&ids));
    assert!(decisions.windows(2).all(|pair| pair[0].sequence < pair[1].sequence));
    let given = decisions.iter().take_while(|decision| decision.agent == "li").count();
    assert_eq!((given, harness.agent("li").await.load), (100, 100.0));
}

#[tokio::test]
async fn an_item_that_is_refused_says_why_and_those_after_it_are_taken() {
    let harness = Harness::start().await;
    harness.decide("T-closed").await;
    harness.complete("T-closed").await;
    let items = vec![
        item(triage(ticket("T-1"))),
        item(triage(ticket("two words"))),
        item(pb::TriageRequest::default()),
        pb::StreamTriageRequest { request: None },
        item(triage(ticket("T-closed"))),
        item(triage(ticket("T-2"))),
    ];
    let answers = answers(&harness, items).await;
    assert!(answers.iter().map(|answer| answer.index).eq(0..6));
    let statuses = answers.iter().map(|answer| answer.status.clone().expect("a status"));
    let told: Vec<_> =
        statuses.map(|told| (Code::from(told.code), told.reason, told.field)).collect();
    let told: Vec<_> =
        told.iter().map(|(code, why, at)| (*code, why.as_str(), at.as_str())).collect();
    let taken = (Code::Ok, "", "");
    let invalid = |field| (Code::InvalidArgument, "INVALID_FIELD", field);
    let closed = (Code::FailedPrecondition, "TICKET_CLOSED", "");
    let fields = ["ticket.id", "ticket", "request"].map(invalid);
    assert_eq!(told, [taken, fields[0], fields[1], fields[2], closed, taken]);
    let answered = answers.iter().map(|answer| answer.response.is_some());
    assert!(answered.eq([true, false, false, false, false, true]));
}

#[tokio::test]
async fn an_item_sent_again_with_its_request_id_has_the_same_decision() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let items = vec![item(triage_once(ticket("T-1"), "request-1"))];
    let first = answers(&harness, items.clone()).await;
    let again = answers(&harness, items).await;
    assert_eq!(decided(&again[0]), decided(&first[0]));
    let replayed = [&first, &again].map(|answers| answers[0].response.as_ref().map(|r| r.replayed));
    assert_eq!(replayed, [Some(false), Some(true)]);
}

#[tokio::test]
async fn an_item_is_answered_while_the_next_is_still_to_come() {
    let harness = Harness::start().await;
    let (items, mut answers) = open(&harness).await;
    for n in 0..3 {
        send(&items, &format!("T-{n}")).await;
        let answer = next(&mut answers).await;
        assert_eq!((answer.index, decided(&answer).ticket_id.as_str()), (n, &*format!("T-{n}")));
    }
    drop(items);
    assert_eq!(answers.message().await.expect("no error"), None);
}

#[tokio::test]
async fn a_caller_who_sends_no_more_is_answered_what_is_at_work_and_the_stream_ends() {
    let harness = Harness::start().await;
    let (items, mut answers) = open(&harness).await;
    for n in 0..5 {
        send(&items, &format!("T-{n}")).await;
    }
    drop(items);
    for n in 0..5 {
        assert_eq!(next(&mut answers).await.index, n);
    }
    assert_eq!(answers.message().await.expect("no error"), None);
    assert!(answers.trailers().await.expect("an end without an error").is_some());
}

#[tokio::test]
async fn a_stream_without_items_has_no_answers() {
    let harness = Harness::start().await;
    assert_eq!(answers(&harness, Vec::new()).await, []);
}

#[tokio::test]
async fn what_was_answered_stays_when_the_caller_leaves() {
    let mut harness = Harness::start().await;
    let (items, mut answers) = open(&harness).await;
    send(&items, "T-1").await;
    let decision = decided(&next(&mut answers).await).clone();
    drop((items, answers));
    assert_eq!(harness.decide("T-2").await.ticket_id, "T-2", "others are served");
    harness.restart().await;
    assert_eq!(harness.decision(&decision.id).await, decision);
}

/// A caller who can take a few answers at a time and no more before they are read.
async fn narrow(harness: &Harness) -> TriageServiceClient<Channel> {
    let endpoint = Channel::from_shared(format!("http://{}", harness.address()));
    let endpoint = endpoint.expect("a valid address").initial_stream_window_size(1 << 14);
    TriageServiceClient::new(endpoint.connect().await.expect("a connection"))
}

/// What is sent when it stands still over many looks, each a call that the server answers.
async fn once_it_stands_still(harness: &Harness, sent: &AtomicUsize) -> usize {
    let (last, n_alike) = (Cell::new(0), Cell::new(0));
    eventually(async || {
        harness.server().get_server_info(pb::GetServerInfoRequest {}).await.expect("an answer");
        let now = sent.load(Ordering::Relaxed);
        let is_alike = last.replace(now) == now;
        n_alike.set(if is_alike { n_alike.get() + 1 } else { 0 });
        (now > 0 && n_alike.get() >= 40).then_some(now)
    })
    .await
}

#[tokio::test]
async fn who_takes_no_answers_is_read_no_further_and_on_as_they_are_taken() {
    let harness = Harness::start().await;
    let sent = Arc::new(AtomicUsize::new(0));
    let counted = sent.clone();
    let long = pb::Ticket { messages: vec![message(&"x".repeat(1 << 14))], ..ticket("") };
    let endless = std::iter::from_fn(move || {
        let n = counted.fetch_add(1, Ordering::Relaxed);
        Some(item(triage(pb::Ticket { id: format!("T-{n}"), ..long.clone() })))
    });
    let answer = narrow(&harness).await.stream_triage(tokio_stream::iter(endless)).await;
    let mut answers = answer.expect("a stream").into_inner();
    let n_sent = once_it_stands_still(&harness, &sent).await;
    for n in 0..n_sent {
        let answer = next(&mut answers).await;
        assert_eq!((answer.index, &*decided(&answer).ticket_id), (n as u64, &*format!("T-{n}")));
    }
    eventually(async || (sent.load(Ordering::Relaxed) > n_sent).then_some(())).await;
}

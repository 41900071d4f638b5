//! The journal as callers see it: in order, without gaps, resumable anywhere.

use std::time::Duration;

use switchyard_proto::v1 as pb;
use tonic::Streaming;

use crate::harness::Harness;

async fn watch(harness: &Harness, after_sequence: u64) -> Streaming<pb::WatchResponse> {
    let request = pb::WatchRequest { after_sequence, ..pb::WatchRequest::default() };
    harness.desk().watch(request).await.expect("a stream").into_inner()
}

async fn next(stream: &mut Streaming<pb::WatchResponse>) -> pb::WatchResponse {
    let message = tokio::time::timeout(Duration::from_secs(10), stream.message()).await;
    let message = message.expect("a message in time").expect("no failure");
    message.expect("an open stream")
}

/// Events up to the bookmark that says there are no more.
async fn until_bookmark(stream: &mut Streaming<pb::WatchResponse>) -> (Vec<pb::Event>, u64) {
    let mut events = Vec::new();
    loop {
        let message = next(stream).await;
        events.extend(message.events);
        if message.at_end {
            return (events, message.sequence);
        }
    }
}

async fn busy() -> Harness {
    let harness = Harness::start().await;
    harness.seat(&[("li", 2.0), ("ann", 2.0)]).await;
    for n in 0..6 {
        harness.decide(&format!("T-{n}")).await;
    }
    harness.complete("T-0").await;
    harness
}

#[tokio::test]
async fn events_are_numbered_from_one_without_gaps() {
    let harness = busy().await;
    let sequences: Vec<_> = harness.events().await.iter().map(|event| event.sequence).collect();
    assert_eq!(sequences, (1..=sequences.len() as u64).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_watch_from_the_beginning_gives_every_event_and_a_bookmark() {
    let harness = busy().await;
    let (events, bookmark) = until_bookmark(&mut watch(&harness, 0).await).await;
    assert_eq!(events, harness.events().await);
    assert_eq!(bookmark, events.len() as u64);
}

#[tokio::test]
async fn a_watch_resumed_anywhere_misses_nothing_also_after_a_restart() {
    let mut harness = busy().await;
    let all = harness.events().await;
    for _ in 0..2 {
        // Also in the middle of what one command did.
        for after in 0..=all.len() {
            let (events, bookmark) = until_bookmark(&mut watch(&harness, after as u64).await).await;
            assert_eq!(events, all[after..], "after {after}");
            assert_eq!(bookmark, all.len() as u64);
        }
        harness.restart().await;
    }
}

#[tokio::test]
async fn live_events_arrive_in_order() {
    let harness = busy().await;
    let head = harness.events().await.len() as u64;
    let mut stream = watch(&harness, head).await;
    assert_eq!(until_bookmark(&mut stream).await, (Vec::new(), head));
    let calls = (10..40).map(|n| {
        let harness = &harness;
        async move { harness.decide(&format!("T-{n}")).await }
    });
    futures_util::future::join_all(calls).await;
    let mut live = Vec::new();
    while live.len() < 60 {
        live.extend(next(&mut stream).await.events);
    }
    assert_eq!(live, harness.events().await[head as usize..]);
}

/// What watchers of everything are given between two sequences.
async fn read_to(mut stream: Streaming<pb::WatchResponse>, last: u64) -> Vec<pb::Event> {
    let mut events = Vec::new();
    loop {
        let message = next(&mut stream).await;
        events.extend(message.events);
        if message.sequence >= last {
            return events;
        }
    }
}

#[tokio::test]
async fn many_watchers_get_the_same_events_wherever_and_whenever_they_begin() {
    let harness = busy().await;
    let mut watchers = Vec::new();
    // More than are woken together, and some come while the desk works.
    for n in 0..50 {
        watchers.push((n % 7, watch(&harness, n % 7).await));
        harness.decide(&format!("T-{}", 10 + n)).await;
    }
    let all = harness.events().await;
    for (after, stream) in watchers {
        let events = read_to(stream, all.len() as u64).await;
        assert_eq!(events, all[after as usize..], "after {after}");
    }
}

#[tokio::test]
async fn a_watcher_of_one_agent_gets_what_names_them_and_then_a_bookmark() {
    let harness = busy().await;
    let wanted = |agent: &str| {
        Some(pb::EventFilter { agent: agent.to_owned(), ..pb::EventFilter::default() })
    };
    let all = harness.events().await.len() as u64;
    for agent in ["li", "ann", "nobody"] {
        let request = pb::WatchRequest { after_sequence: 0, filter: wanted(agent) };
        let mut stream = harness.desk().watch(request).await.expect("a stream").into_inner();
        let (given, bookmark) = until_bookmark(&mut stream).await;
        let request = pb::ListEventsRequest {
            page_size: 1_000,
            filter: wanted(agent),
            ..pb::ListEventsRequest::default()
        };
        let listed = harness.desk().list_events(request).await.expect("a page").into_inner();
        assert_eq!((given, bookmark), (listed.events, all), "{agent}");
    }
}

#[tokio::test]
async fn each_watcher_is_told_in_its_own_language() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 2.0)]).await;
    let last = harness.decide("T-1").await.sequence;
    let mut told = Vec::new();
    for lang in ["zh-CN", "en", "zh-CN"] {
        let mut request = tonic::Request::new(pb::WatchRequest::default());
        request.metadata_mut().insert("accept-language", lang.parse().expect("a tag"));
        let stream = harness.desk().watch(request).await.expect("a stream").into_inner();
        told.push(read_to(stream, last).await);
    }
    assert_eq!(told[0], told[2]);
    assert_ne!(told[0], told[1], "a decision's reasons are sentences");
}

#[tokio::test]
async fn watchers_of_other_tenants_hear_nothing() {
    let harness = busy().await;
    let mut request = tonic::Request::new(pb::WatchRequest::default());
    request.metadata_mut().insert("switchyard-tenant", "another".parse().expect("a name"));
    let mut stream = harness.desk().watch(request).await.expect("a stream").into_inner();
    assert_eq!(until_bookmark(&mut stream).await, (Vec::new(), 0));
    harness.decide("T-20").await;
    let more = tokio::time::timeout(Duration::from_millis(300), stream.message()).await;
    assert!(more.is_err(), "expected silence, got {more:?}");
}

#[tokio::test]
async fn a_slow_watcher_holds_up_nobody() {
    let harness = busy().await;
    let mut stream = watch(&harness, 0).await;
    for n in 100..400 {
        harness.decide(&format!("T-{n}")).await;
    }
    let all = harness.events().await;
    let mut seen = Vec::new();
    while seen.len() < all.len() {
        seen.extend(next(&mut stream).await.events);
    }
    assert_eq!(seen, all);
}

#[tokio::test]
async fn events_are_listed_by_page_and_by_ticket() {
    let harness = busy().await;
    let all = harness.events().await;
    let (mut seen, mut after_sequence) = (Vec::new(), 0);
    loop {
        let request = pb::ListEventsRequest { after_sequence, page_size: 1, ..Default::default() };
        let page = harness.desk().list_events(request).await.expect("a page").into_inner();
        assert_eq!(page.events.len(), 1);
        after_sequence = page.last_sequence;
        seen.extend(page.events);
        if page.at_end {
            break;
        }
    }
    assert_eq!(seen, all);
    let ticket_id = "T-0".to_owned();
    let filter = Some(pb::EventFilter { ticket_id, ..pb::EventFilter::default() });
    let request = pb::ListEventsRequest { after_sequence: 0, page_size: 1_000, filter };
    let page = harness.desk().list_events(request).await.expect("a page").into_inner();
    let of_ticket: Vec<_> = all.into_iter().filter(|event| event.ticket_id == "T-0").collect();
    assert_eq!(of_ticket.len(), 3, "triaged, decided, closed");
    assert_eq!((page.events, page.at_end), (of_ticket, true));
}

#[tokio::test]
async fn a_listing_and_a_watch_from_its_sequence_miss_nothing() {
    let harness = busy().await;
    let request = pb::ListTicketsRequest::default();
    let listed = harness.desk().list_tickets(request).await.expect("a list").into_inner();
    harness.decide("T-7").await;
    let (events, _) = until_bookmark(&mut watch(&harness, listed.sequence).await).await;
    assert!(events.iter().all(|event| event.ticket_id == "T-7"));
    assert_eq!(events.len(), 2);
}

//! kill -9 in the middle of an import: what is acknowledged is kept, and it goes on from there.

use std::time::Duration;

use futures_util::stream;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::knowledge_service_client::KnowledgeServiceClient;
use tonic::transport::Channel;

use super::import::request;
use crate::process::Served;
use crate::races::folder;

const N_ITEMS: u64 = 20_000;

/// When it is killed, after the first answer.
const KILLED_AFTER: [u64; 4] = [0, 7, 40, 120];

async fn client(served: &Served) -> KnowledgeServiceClient<Channel> {
    KnowledgeServiceClient::new(served.channel().await)
}

async fn mark(client: &mut KnowledgeServiceClient<Channel>) -> u64 {
    let request = pb::GetImportRequest { import_id: "all".to_owned() };
    client.get_import(request).await.expect("a mark").into_inner().next_index
}

async fn n_tickets(client: &mut KnowledgeServiceClient<Channel>) -> u64 {
    let request = pb::GetKnowledgeStatusRequest {};
    client.get_knowledge_status(request).await.expect("a status").into_inner().n_tickets
}

/// Sends what is missing; gives the last place that was acknowledged before the server died.
async fn import(client: &mut KnowledgeServiceClient<Channel>, from: u64) -> u64 {
    let requests = stream::iter((from..N_ITEMS).map(|n| request("all", n)));
    let Ok(answers) = client.import_items(requests).await else { return from };
    let (mut answers, mut acknowledged) = (answers.into_inner(), from);
    while let Ok(Some(answer)) = answers.message().await {
        acknowledged = answer.next_index;
    }
    acknowledged
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_survives_kill_9_and_goes_on() {
    let folder = folder();
    let store = folder.path().join("store.sqlite");
    let mut acknowledged = 0;
    for after in KILLED_AFTER {
        let mut served = Served::start(&store, &[]);
        let mut client = client(&served).await;
        let from = mark(&mut client).await;
        assert!(from >= acknowledged, "{from} of {acknowledged} acknowledged are kept");
        assert_eq!(n_tickets(&mut client).await, from, "neither more nor less");
        let importing = tokio::spawn(async move { import(&mut client, from).await });
        tokio::time::sleep(Duration::from_millis(after)).await;
        served.kill();
        acknowledged = importing.await.expect("no panic").max(from);
    }
    let served = Served::start(&store, &[]);
    let mut client = client(&served).await;
    let from = mark(&mut client).await;
    assert!(from >= acknowledged);
    assert_eq!(import(&mut client, from).await, N_ITEMS);
    assert_eq!(n_tickets(&mut client).await, N_ITEMS);
}

//! Solved tickets and articles: kept, found, imported, erased.

mod crash;
mod erasure;
mod graph;
mod import;
mod precedents;
mod remembering;
mod searching;

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::knowledge_service_client::KnowledgeServiceClient;
use tonic::transport::Channel;

use crate::harness::Harness;
use crate::samples::at;

/// A ticket that was solved.
fn solved(id: &str, text: &str) -> pb::KnowledgeItem {
    pb::KnowledgeItem {
        kind: pb::ItemKind::Ticket as i32,
        id: id.to_owned(),
        text: text.to_owned(),
        solution: format!("how {id} was solved"),
        category: "logistics.damaged".to_owned(),
        solver: "li".to_owned(),
        opened_time: Some(at("2026-06-01T10:00:00Z")),
        solved_time: Some(at("2026-06-02T10:00:00Z")),
        ..pb::KnowledgeItem::default()
    }
}

fn article(id: &str, title: &str, text: &str) -> pb::KnowledgeItem {
    pb::KnowledgeItem {
        kind: pb::ItemKind::Article as i32,
        id: id.to_owned(),
        title: title.to_owned(),
        text: text.to_owned(),
        uri: format!("https://help.example/{id}"),
        ..pb::KnowledgeItem::default()
    }
}

/// Some tickets that were solved, in both languages, and an article.
fn shelf() -> Vec<pb::KnowledgeItem> {
    vec![
        solved("S-1", "the cup arrived broken into three pieces"),
        solved("S-2", "my invoice shows the wrong company name"),
        solved("S-3", "杯子收到的时候已经碎成三片了"),
        solved("S-4", "发票抬头写错了，要重开"),
        article("KB-1", "A parcel arrived broken", "Send a picture of the broken parcel to us."),
    ]
}

impl Harness {
    fn knowledge(&self) -> KnowledgeServiceClient<Channel> {
        KnowledgeServiceClient::new(self.channel())
    }

    async fn upsert(&self, items: Vec<pb::KnowledgeItem>) -> u64 {
        let request = pb::BatchUpsertItemsRequest { items, actor: None };
        let answer = self.knowledge().batch_upsert_items(request).await;
        answer.expect("the items are taken").into_inner().n_items
    }

    async fn found(&self, request: pb::SearchItemsRequest) -> Vec<pb::FoundItem> {
        self.knowledge().search_items(request).await.expect("a search").into_inner().found
    }

    /// The ids of what a text is like.
    async fn like(&self, text: &str, filter: pb::ItemFilter) -> Vec<String> {
        let (text, filter) = (text.to_owned(), Some(filter));
        let request = pb::SearchItemsRequest { text, filter, ..pb::SearchItemsRequest::default() };
        let found = self.found(request).await.into_iter();
        found.filter_map(|found| Some(found.item?.id)).collect()
    }

    /// The ids of all items, read two at a time.
    async fn listed(&self, kind: pb::ItemKind) -> Vec<String> {
        let (mut ids, mut page_token) = (Vec::new(), String::new());
        loop {
            let request = pb::ListItemsRequest { page_size: 2, page_token, kind: kind as i32 };
            let page = self.knowledge().list_items(request).await.expect("a page").into_inner();
            ids.extend(page.items.into_iter().map(|item| item.id));
            page_token = page.next_page_token;
            if page_token.is_empty() {
                return ids;
            }
        }
    }

    async fn status(&self) -> pb::GetKnowledgeStatusResponse {
        let request = pb::GetKnowledgeStatusRequest {};
        self.knowledge().get_knowledge_status(request).await.expect("a status").into_inner()
    }
}

//! Calls about what was solved before.

use anyhow::anyhow;
use futures_util::Stream;
use switchyard_domain::knowledge::ItemKind;
use switchyard_domain::time::Timestamp;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::knowledge_service_client::KnowledgeServiceClient;
use tonic::transport::Channel;

use super::{Client, plain};
use crate::grpc::write;

/// An item of knowledge as a file tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldItem {
    /// What it is.
    pub kind: ItemKind,
    /// The backend's id.
    pub id: String,
    /// The subject of a ticket, the title of an article.
    pub title: String,
    /// What the customer wrote, what the article says.
    pub text: String,
    /// How the ticket was solved.
    pub solution: String,
    /// Where people read it.
    pub uri: String,
    /// The product it is about.
    pub product: String,
    /// A category of the policy; empty leaves it to the model.
    pub category: String,
    /// The backend's words for it.
    pub tags: Vec<String>,
    /// Who solved it.
    pub solver: String,
    /// Who wrote.
    pub customer_id: String,
    /// When the ticket was opened, the article written.
    pub opened_at: Option<Timestamp>,
    /// When it was solved.
    pub solved_at: Option<Timestamp>,
}

/// What a server says of items it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// All items before this one are kept or refused.
    pub next_index: u64,
    /// The places of refused ones, and why.
    pub refused: Vec<(u64, String)>,
}

impl Client {
    fn knowledge(&self) -> KnowledgeServiceClient<Channel> {
        KnowledgeServiceClient::new(self.channel.clone())
    }

    /// Where a named import goes on.
    pub async fn import_mark(&self, import: &str) -> anyhow::Result<u64> {
        let request = self.request(pb::GetImportRequest { import_id: import.to_owned() });
        let answer = self.knowledge().get_import(request).await.map_err(|status| plain(&status))?;
        Ok(answer.into_inner().next_index)
    }

    /// Sends items from a place on, and tells each answer as it comes.
    pub async fn import(
        &self,
        import: String,
        items: impl Stream<Item = (u64, ToldItem)> + Send + 'static,
        mut told: impl FnMut(Taken),
    ) -> anyhow::Result<()> {
        let requests = futures_util::StreamExt::map(items, move |(index, item)| {
            let (import_id, item) = (import.clone(), Some(item.to_pb()));
            pb::ImportItemsRequest { import_id, index, item }
        });
        let answers = self.knowledge().import_items(self.request(requests)).await;
        let mut answers = answers.map_err(|status| plain(&status))?.into_inner();
        while let Some(answer) = answers.message().await.map_err(|status| plain(&status))? {
            let refused = answer.refused.into_iter();
            let refused = refused.map(|it| (it.index, it.status.map_or_else(String::new, why)));
            told(Taken { next_index: answer.next_index, refused: refused.collect() });
        }
        Ok(())
    }

    /// How many tickets and articles a server keeps.
    pub async fn knowledge_counts(&self) -> anyhow::Result<(u64, u64)> {
        let request = self.request(pb::GetKnowledgeStatusRequest {});
        let answer = self.knowledge().get_knowledge_status(request).await;
        let status = answer.map_err(|status| anyhow!("{}", status.message()))?.into_inner();
        Ok((status.n_tickets, status.n_articles))
    }
}

fn why(status: pb::ItemStatus) -> String {
    status.message
}

impl ToldItem {
    fn to_pb(&self) -> pb::KnowledgeItem {
        let kind = match self.kind {
            ItemKind::Ticket => pb::ItemKind::Ticket,
            ItemKind::Article => pb::ItemKind::Article,
        };
        pb::KnowledgeItem {
            kind: kind as i32,
            id: self.id.clone(),
            title: self.title.clone(),
            text: self.text.clone(),
            solution: self.solution.clone(),
            uri: self.uri.clone(),
            product: self.product.clone(),
            category: self.category.clone(),
            tags: self.tags.clone(),
            solver: self.solver.clone(),
            customer_id: self.customer_id.clone(),
            opened_time: self.opened_at.map(write::instant),
            solved_time: self.solved_at.map(write::instant),
        }
    }
}

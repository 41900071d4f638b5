//! Items that a text is like, and items by their names.

use switchyard_domain::ids::TenantId;
use switchyard_domain::knowledge::{Item, ItemKey, ItemKind};
use switchyard_domain::probability::Probability;
use switchyard_models::similar::Match;
use switchyard_models::text::{Known, TicketText};
use switchyard_models::understand::Depth;

use super::changes::{kind_number, row_key};
use super::filter::Filter;
use super::loading::read_item;
use super::precedents::probability_of;
use crate::app::error::Sought;
use crate::app::history::HistoryError;
use crate::app::{App, AppError};
use crate::store::{KnowledgeKey, KnowledgeRow, StoreError};

/// An item with how near it is.
#[derive(Debug, Clone)]
pub struct FoundItem {
    /// The item, texts and all.
    pub item: Item,
    /// That both are about the same problem.
    pub same_problem: Probability,
    /// What it is ordered by.
    pub near: Match,
}

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Status {
    /// Tickets.
    pub n_tickets: usize,
    /// Articles.
    pub n_articles: usize,
    /// Tickets that came in and are remembered.
    pub n_remembered: usize,
    /// Items with a vector.
    pub n_vectors: usize,
    /// What the index takes. *Units*: bytes.
    pub index_bytes: usize,
    /// Vectors are walked by a graph.
    pub has_graph: bool,
}

impl App {
    /// The `n` items that a text is most like, of those that are meant.
    pub async fn search_items(
        &self,
        tenant: &TenantId,
        text: &TicketText<'_>,
        filter: &Filter,
        n: usize,
    ) -> Result<Vec<FoundItem>, AppError> {
        let Some(room) = self.knowledge.shelved(tenant) else { return Ok(Vec::new()) };
        let policy = self.desks.committed.read(tenant, |desk| desk.policy().clone());
        let own = self.heads.judging(tenant, &policy);
        let own = own.as_ref().map(|fitted| &fitted.fit.head);
        let known = Known::default();
        let analysis =
            self.understander.analyze_under(&policy, own, text, &known, Depth::WithSketch);
        let sketch = analysis.sketch.expect("it was asked for");
        let judged = analysis.assessment.category;
        let reading = self.understander.readings().of(sketch.language);
        let found = room.read().search(&sketch, filter, n, reading.weights());
        let mut items = Vec::with_capacity(found.len());
        for found in found {
            // One that was deleted a moment ago is not found.
            let Some(item) = self.kept_item(tenant, &found.entry.key).await? else { continue };
            let category = probability_of(&judged, found.entry.category.as_ref());
            let same_problem = reading.same_problem(&found.near, category);
            items.push(FoundItem { item, same_problem, near: found.near });
        }
        Ok(items)
    }

    /// An item.
    pub async fn item(&self, tenant: &TenantId, key: &ItemKey) -> Result<Item, AppError> {
        let found = self.kept_item(tenant, key).await?;
        found.ok_or_else(|| AppError::NotFound { kind: Sought::Item, id: key.id.to_string() })
    }

    /// An item, if it is there.
    pub async fn kept_item(
        &self,
        tenant: &TenantId,
        key: &ItemKey,
    ) -> Result<Option<Item>, AppError> {
        let row = self.desks.history.reader().item(tenant.as_str(), &row_key(key)).await;
        let row = row.map_err(HistoryError::Store)?;
        Ok(row.as_ref().map(read_item).transpose()?)
    }

    /// Up to `n` items after a key, in the order of kinds and ids; and whether there may be more.
    pub async fn items_after(
        &self,
        tenant: &TenantId,
        after: Option<&ItemKey>,
        kind: Option<ItemKind>,
        n: usize,
    ) -> Result<(Vec<Item>, bool), AppError> {
        let after = first_after(after, kind);
        let rows = self.rows_after(tenant, &after, n as u32 + 1).await?;
        let of_kind = |row: &&KnowledgeRow| kind.is_none_or(|kind| row.key.0 == kind_number(kind));
        let rows: Vec<_> = rows.iter().filter(of_kind).collect();
        let has_more = rows.len() > n;
        let items = rows.into_iter().take(n).map(read_item).collect::<Result<_, _>>()?;
        Ok((items, has_more))
    }

    async fn rows_after(
        &self,
        tenant: &TenantId,
        after: &KnowledgeKey,
        n: u32,
    ) -> Result<Vec<KnowledgeRow>, AppError> {
        let rows: Result<_, StoreError> =
            self.desks.history.reader().items_after(tenant.as_str(), after, n).await;
        Ok(rows.map_err(HistoryError::Store)?)
    }

    /// How much there is.
    pub fn knowledge_status(&self, tenant: &TenantId) -> Status {
        let Some(room) = self.knowledge.shelved(tenant) else { return Status::default() };
        let stock = room.read();
        let (n_tickets, n_articles) = stock.counts();
        Status {
            n_tickets,
            n_articles,
            n_remembered: stock.n_remembered(),
            n_vectors: stock.n_vectors(),
            index_bytes: stock.bytes(),
            has_graph: stock.tickets().has_graph(),
        }
    }
}

/// The key before the first of those that are meant.
fn first_after(after: Option<&ItemKey>, kind: Option<ItemKind>) -> KnowledgeKey {
    match (after, kind) {
        (Some(key), _) => row_key(key),
        (None, Some(kind)) => (kind_number(kind), String::new()),
        (None, None) => (0, String::new()),
    }
}

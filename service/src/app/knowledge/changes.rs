//! Items that come and go: kept first, shown then.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use switchyard_domain::assessment::Mode;
use switchyard_domain::ids::{CategoryId, CustomerRef, TenantId};
use switchyard_domain::knowledge::{Item, ItemKey, ItemKind};
use switchyard_domain::policy::Policy;
use switchyard_journal::encode_item;
use switchyard_models::similar::{Graph, GraphSettings, Sketch, Walk};
use switchyard_models::text::{Known, TicketText};
use switchyard_models::understand::Depth;
use tokio::task::JoinError;

use super::Shelved;
use super::filter::Entry;
use crate::app::heads::Fitted;
use crate::app::{App, AppError, SubmitError, Understander};
use crate::store::{KnowledgeChange, KnowledgeKey, KnowledgeRow};

/// Items changed at a time; who searches waits for no more than those.
pub(super) const AT_ONCE: usize = 64;

/// Rounds of catching up at most, where items come faster than a graph takes them.
const CATCH_UPS_MAX: usize = 16;

/// What should become of items.
#[derive(Debug)]
pub enum Change {
    /// These are there, in the place of what was.
    Put {
        /// The items.
        items: Vec<Item>,
        /// How far a named import is with them.
        imported: Option<Imported>,
    },
    /// This one is gone.
    Delete(ItemKey),
    /// All of a customer are gone, and their name.
    EraseCustomer(CustomerRef),
}

/// How far a named import is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Which.
    pub import: String,
    /// Where to go on.
    pub next_index: u64,
}

/// An item with what it is compared by.
#[derive(Debug)]
pub(super) struct Sketched {
    pub(super) entry: Entry,
    pub(super) sketch: Sketch,
    payload: Vec<u8>,
}

impl App {
    /// Makes a change; tells how many items it took away. It is durable when this returns.
    pub async fn change_knowledge(
        &self,
        tenant: &TenantId,
        change: Change,
    ) -> Result<u64, AppError> {
        let (app, tenant) = (self.clone(), tenant.clone());
        // A caller who leaves must not leave behind what is kept and never shown.
        let done = tokio::spawn(async move { app.change_now(&tenant, change).await });
        done.await.unwrap_or(Err(SubmitError::Stopping)).map_err(AppError::Submit)
    }

    async fn change_now(&self, tenant: &TenantId, change: Change) -> Result<u64, SubmitError> {
        let room = self.knowledge.shelved_or_new(tenant);
        match change {
            Change::Put { items, imported } => {
                let policy = self.desks.committed.read(tenant, |desk| desk.policy().clone());
                let own = self.heads.judging(tenant, &policy);
                let items = sketched(&self.understander, Some((policy, own)), items).await;
                let _turn = room.turn().await;
                self.desks.keep(puts(tenant, &items, imported)).await?;
                self.knowledge.forget_soon(room.remembered_of(&items));
                room.show(&items);
                room.keep_graph();
                Ok(0)
            }
            Change::Delete(key) => {
                let _turn = room.turn().await;
                let (tenant, row) = (tenant.to_string(), row_key(&key));
                let delete = KnowledgeChange::Delete { tenant, key: row };
                self.forget_and(room.numbers_of(std::slice::from_ref(&key)), delete).await?;
                let was_there = room.write().remove(&key);
                room.keep_graph();
                Ok(u64::from(was_there))
            }
            Change::EraseCustomer(customer) => {
                let _turn = room.turn().await;
                let (tenant, reference) = (tenant.to_string(), customer.to_string());
                let theirs = room.read().of_customer(&customer);
                let erase = KnowledgeChange::EraseCustomer { tenant, reference };
                self.forget_and(room.numbers_of(&theirs), erase).await?;
                let n_gone = room.take_away(&theirs);
                room.keep_graph();
                Ok(n_gone)
            }
        }
    }

    /// Makes a change that takes something away, and forgets these numbers with it, and all that wait
    /// to go: what is out of sight may be of the same ticket or customer, and come back after a crash.
    async fn forget_and(
        &self,
        numbers: Vec<u64>,
        change: KnowledgeChange,
    ) -> Result<(), SubmitError> {
        let waiting = self.knowledge.stale();
        let numbers = [numbers, waiting.clone()].concat();
        self.desks.keep(vec![KnowledgeChange::Forget(numbers), change]).await?;
        self.knowledge.are_gone(&waiting);
        Ok(())
    }

    /// Where a named import goes on; 0 for one that never began.
    pub async fn import_mark(&self, tenant: &TenantId, import: &str) -> Result<u64, AppError> {
        let mark = self.desks.history.reader().import_mark(tenant.as_str(), import).await;
        mark.map_err(|error| AppError::History(error.into()))
    }
}

/// The changes of the store for items that come.
fn puts(tenant: &TenantId, items: &[Sketched], imported: Option<Imported>) -> Vec<KnowledgeChange> {
    let put = |item: &Sketched| {
        KnowledgeChange::Put(KnowledgeRow {
            tenant: tenant.to_string(),
            key: row_key(&item.entry.key),
            customer: item.entry.customer.as_ref().map(ToString::to_string),
            payload: item.payload.clone(),
        })
    };
    let mark = imported.map(|Imported { import, next_index }| KnowledgeChange::Imported {
        tenant: tenant.to_string(),
        import,
        next_index,
    });
    items.iter().map(put).chain(mark).collect()
}

/// The key of an item's row.
pub(super) fn row_key(key: &ItemKey) -> KnowledgeKey {
    (kind_number(key.kind), key.id.to_string())
}

/// The number of a kind in the store.
pub(super) fn kind_number(kind: ItemKind) -> u8 {
    match kind {
        ItemKind::Ticket => 1,
        ItemKind::Article => 2,
    }
}

/// What a category is judged by: the policy, and a head of the tenant's own.
pub(super) type Judging = (Arc<Policy>, Option<Arc<Fitted>>);

/// Sketches items, a share of them on each core.
///
/// Where a policy is given, what a sure model says of a solved ticket stands for the category that
/// nobody stated, and is kept with the item.
pub(super) async fn sketched(
    understander: &Arc<Understander>,
    judging: Option<Judging>,
    mut items: Vec<Item>,
) -> Vec<Sketched> {
    let half = items.split_off(items.len() / 2);
    let sketch = |items: Vec<Item>| {
        let (understander, judging) = (understander.clone(), judging.clone());
        tokio::task::spawn_blocking(move || {
            let one = |item| sketch_one(&understander, judging.as_ref(), item);
            items.into_iter().map(one).collect::<Vec<_>>()
        })
    };
    let (first, second) = tokio::join!(sketch(items), sketch(half));
    // Items that were not sketched must not pass for kept ones.
    let done = |half: Result<Vec<Sketched>, JoinError>| half.expect("sketching does not panic");
    [done(first), done(second)].into_iter().flatten().collect()
}

fn sketch_one(understander: &Understander, judging: Option<&Judging>, mut item: Item) -> Sketched {
    let text = TicketText::new(&item.title, &item.text);
    let sketch = understander.sketch(&text);
    if let (Some(judging), None, Some(_)) = (judging, &item.category, &item.solver) {
        item.category = judged(understander, judging, &text);
    }
    let payload = encode_item(&item);
    Sketched { entry: Entry::of(&item, item.category.clone()), sketch, payload }
}

fn judged(
    understander: &Understander,
    (policy, own): &Judging,
    text: &TicketText<'_>,
) -> Option<CategoryId> {
    let (own, known) = (own.as_ref().map(|fitted| &fitted.fit.head), Known::default());
    let analysis = understander.analyze_under(policy, own, text, &known, Depth::Assessment);
    let category = analysis.assessment.category;
    (category.mode == Mode::Auto).then_some(category.value)
}

impl Shelved {
    /// The numbers under which items that are now told in full are remembered.
    fn remembered_of(&self, items: &[Sketched]) -> Vec<u64> {
        self.numbers_of(&items.iter().map(|item| item.entry.key.clone()).collect::<Vec<_>>())
    }

    /// The numbers under which these are remembered.
    fn numbers_of(&self, keys: &[ItemKey]) -> Vec<u64> {
        let stock = self.read();
        keys.iter().filter_map(|key| stock.remembered_number(key)).collect()
    }

    /// Takes items away, a few at a time; tells how many were there.
    fn take_away(&self, keys: &[ItemKey]) -> u64 {
        let some = |keys: &[ItemKey]| {
            let mut stock = self.write();
            keys.iter().filter(|key| stock.remove(key)).count() as u64
        };
        keys.chunks(AT_ONCE).map(some).sum()
    }

    /// Has a graph built in the background where one is better than what there is.
    ///
    /// A thread of its own: it takes minutes for a million items. One at a time: the graph of an
    /// earlier plan would not be taken.
    pub(super) fn keep_graph(self: &Arc<Self>) {
        if !self.read().tickets().wants_graph() || self.is_building.swap(true, Ordering::AcqRel) {
            return;
        }
        let building = Building(self.clone());
        let Some(plan) = self.write().plan() else { return };
        let build = move || {
            let mut graph = plan.build(GraphSettings::default());
            building.0.catch_up(&mut graph);
            graph.reach_all(&mut Walk::default());
            building.0.write().adopt(graph);
        };
        if let Err(error) = std::thread::Builder::new().name("graph".to_owned()).spawn(build) {
            tracing::warn!(%error, "no graph is built; vectors are scanned");
        }
    }

    /// Looks for tickets that no link of the graph leads to, if there were changes since it was looked
    /// at: a search would miss them. Where there are any, a graph is built anew.
    pub(super) fn audit(self: &Arc<Self>) {
        let n_changes = self.read().tickets().n_changes();
        let is_building = self.is_building.load(Ordering::Acquire);
        if is_building || self.n_audited.swap(n_changes, Ordering::AcqRel) == n_changes {
            return;
        }
        let n_unreached = self.read().tickets().n_unreached();
        if n_unreached > 0 {
            tracing::warn!(n_unreached, "tickets are out of the graph's reach; it is built anew");
            self.write().ask_for_graph();
            self.keep_graph();
        }
    }

    /// Enters into a graph what has changed while it was built. That takes time in which more
    /// changes: again and again, until what is left holds nobody up.
    fn catch_up(&self, graph: &mut Graph) {
        let mut walk = Walk::default();
        for _ in 0..CATCH_UPS_MAX {
            let changes = self.write().changes();
            graph.apply(&changes, &mut walk);
            if changes.len() <= AT_ONCE {
                return;
            }
        }
    }
}

/// A graph under way: however its thread ends, another may be built after it.
struct Building(Arc<Shelved>);

impl Drop for Building {
    fn drop(&mut self) {
        self.0.is_building.store(false, Ordering::Release);
    }
}

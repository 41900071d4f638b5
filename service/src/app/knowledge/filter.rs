//! Which items are meant.

use std::sync::Arc;

use switchyard_domain::ids::{AgentId, CategoryId, CustomerRef};
use switchyard_domain::knowledge::{Item, ItemKey, ItemKind};
use switchyard_domain::time::Timestamp;

/// What is known of an item without its texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Which.
    pub key: ItemKey,
    /// Who wrote.
    pub customer: Option<CustomerRef>,
    /// Who solved it.
    pub solver: Option<AgentId>,
    /// What it is about: as stated, or as a sure model says.
    pub category: Option<CategoryId>,
    /// The product it is about; may be empty.
    pub product: Arc<str>,
    /// When it was opened or written.
    pub opened_at: Timestamp,
    /// When it was solved.
    pub solved_at: Option<Timestamp>,
    /// Its number, where it is a ticket that came in and nobody told more of.
    pub remembered: Option<u64>,
}

impl Entry {
    /// What is known of an item that is about this.
    pub fn of(item: &Item, category: Option<CategoryId>) -> Self {
        Self {
            key: item.key.clone(),
            customer: item.customer.clone(),
            solver: item.solver.clone(),
            category,
            product: Arc::from(item.product.as_str()),
            opened_at: item.opened_at,
            solved_at: item.solved_at,
            remembered: None,
        }
    }

    /// The category and the agent whose experience it adds to.
    pub fn experience(&self) -> Option<(&CategoryId, &AgentId)> {
        self.category.as_ref().zip(self.solver.as_ref())
    }
}

/// Which items are meant; what is left empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// What it is.
    pub kind: Option<ItemKind>,
    /// The product it is about.
    pub product: Option<String>,
    /// What it is about.
    pub category: Option<CategoryId>,
    /// Who solved it.
    pub solver: Option<AgentId>,
    /// Who wrote.
    pub customer: Option<CustomerRef>,
    /// Opened at or after.
    pub from: Option<Timestamp>,
    /// Opened before.
    pub until: Option<Timestamp>,
    /// Only what was solved.
    pub solved: bool,
    /// Not this one.
    pub excluded: Option<ItemKey>,
}

impl Filter {
    /// Whether an item is meant.
    pub fn passes(&self, entry: &Entry) -> bool {
        is_or_any(self.kind.as_ref(), Some(&entry.key.kind))
            && is_or_any(self.product.as_deref(), Some(&*entry.product))
            && is_or_any(self.category.as_ref(), entry.category.as_ref())
            && is_or_any(self.solver.as_ref(), entry.solver.as_ref())
            && is_or_any(self.customer.as_ref(), entry.customer.as_ref())
            && self.from.is_none_or(|from| entry.opened_at >= from)
            && self.until.is_none_or(|until| entry.opened_at < until)
            && (!self.solved || entry.solved_at.is_some())
            && self.excluded.as_ref() != Some(&entry.key)
    }
}

fn is_or_any<T: PartialEq + ?Sized>(asked: Option<&T>, has: Option<&T>) -> bool {
    asked.is_none() || asked == has
}

#[cfg(test)]
mod tests {
    use switchyard_domain::ids::ItemId;

    use super::*;

    fn entry() -> Entry {
        Entry {
            key: ItemKey { kind: ItemKind::Ticket, id: ItemId::new("T-1").expect("valid") },
            customer: None,
            solver: Some(AgentId::new("li").expect("valid")),
            category: None,
            product: Arc::from("cup"),
            opened_at: Timestamp::from_millis(1_000),
            solved_at: None,
            remembered: None,
        }
    }

    #[test]
    fn everything_passes_where_nothing_is_asked() {
        assert!(Filter::default().passes(&entry()));
    }

    #[test]
    fn each_question_is_asked() {
        let at = Timestamp::from_millis;
        let (li, wu) = (AgentId::new("li").ok(), AgentId::new("wu").ok());
        let passes = |filter: Filter| filter.passes(&entry());
        let any = Filter::default;
        assert!(passes(Filter { kind: Some(ItemKind::Ticket), ..any() }));
        assert!(!passes(Filter { kind: Some(ItemKind::Article), ..any() }));
        assert!(passes(Filter { product: Some("cup".to_owned()), ..any() }));
        assert!(!passes(Filter { product: Some("cups".to_owned()), ..any() }));
        assert!(passes(Filter { solver: li, ..any() }) && !passes(Filter { solver: wu, ..any() }));
        let category = CategoryId::new("other").ok();
        assert!(!passes(Filter { category, ..any() }));
        let customer = CustomerRef::new("0a").ok();
        assert!(!passes(Filter { customer, ..any() }));
        assert!(passes(Filter { from: Some(at(1_000)), until: Some(at(1_001)), ..any() }));
        assert!(!passes(Filter { from: Some(at(1_001)), ..any() }));
        assert!(!passes(Filter { until: Some(at(1_000)), ..any() }));
        assert!(!passes(Filter { solved: true, ..any() }));
        assert!(!passes(Filter { excluded: Some(entry().key), ..any() }));
    }
}

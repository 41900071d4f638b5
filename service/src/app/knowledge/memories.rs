//! Tickets that came in, by who wrote them: compared with the next ones of the same customer.
//!
//! They stay outside the index. Whoever writes again has few tickets before, which are compared one
//! by one, so a desk that remembers a million of them decides as fast as one that remembers ten.

use std::collections::{BTreeMap, BTreeSet};

use switchyard_domain::ids::CustomerRef;
use switchyard_domain::knowledge::{Fingerprint, ItemKey};
use switchyard_domain::time::Timestamp;
use switchyard_models::similar::Sketch;

use super::filter::Entry;

/// A customer's tickets that are remembered at most; the oldest goes first.
const OF_CUSTOMER_MAX: usize = 8;

/// A ticket that came in.
#[derive(Debug)]
pub(super) struct Recollection {
    /// What is known of it.
    pub(super) entry: Entry,
    /// What it is compared by, of this model.
    kept: Fingerprint,
}

/// The model of all that is remembered is the one in use, and is not named with each.
const THIS_MODEL: &str = "";

impl Recollection {
    /// What it is compared by.
    pub(super) fn sketch(&self) -> Sketch {
        Sketch::of_fingerprint(&self.kept, THIS_MODEL)
    }
}

/// The remembered tickets of a tenant.
#[derive(Debug, Default)]
pub(super) struct Memories {
    /// *Invariant*: each list has at least one and at most [`OF_CUSTOMER_MAX`], the oldest first.
    by_customer: BTreeMap<CustomerRef, Vec<Recollection>>,
    writers: BTreeMap<ItemKey, CustomerRef>,
    by_age: BTreeSet<(Timestamp, u64, ItemKey)>,
}

impl Memories {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.writers.len()
    }

    /// Remembers a ticket in the place of what was remembered of it; one of nobody is not.
    ///
    /// The numbers that are of no use any more: its own before, and those of a customer's oldest.
    pub(super) fn put(&mut self, entry: Entry, sketch: &Sketch) -> Vec<u64> {
        let (Some(number), Some(customer)) = (entry.remembered, entry.customer.clone()) else {
            return entry.remembered.into_iter().collect();
        };
        let mut gone: Vec<u64> = self.remove(&entry.key).into_iter().collect();
        self.writers.insert(entry.key.clone(), customer.clone());
        self.by_age.insert((entry.opened_at, number, entry.key.clone()));
        let theirs = self.by_customer.entry(customer).or_default();
        let at = theirs.partition_point(|it| it.entry.opened_at <= entry.opened_at);
        theirs.insert(at, Recollection { entry, kept: sketch.fingerprint(THIS_MODEL) });
        let oldest = (theirs.len() > OF_CUSTOMER_MAX).then(|| theirs[0].entry.key.clone());
        gone.extend(oldest.and_then(|key| self.remove(&key)));
        gone
    }

    /// Forgets a ticket; the number under which it was remembered.
    pub(super) fn remove(&mut self, key: &ItemKey) -> Option<u64> {
        let customer = self.writers.remove(key)?;
        let theirs = self.by_customer.get_mut(&customer)?;
        let at = theirs.iter().position(|it| it.entry.key == *key)?;
        let entry = theirs.remove(at).entry;
        if theirs.is_empty() {
            self.by_customer.remove(&customer);
        }
        let number = entry.remembered?;
        self.by_age.remove(&(entry.opened_at, number, entry.key));
        Some(number)
    }

    /// The number under which a ticket is remembered.
    pub(super) fn number_of(&self, key: &ItemKey) -> Option<u64> {
        let theirs = self.by_customer.get(self.writers.get(key)?)?;
        theirs.iter().find(|it| it.entry.key == *key)?.entry.remembered
    }

    /// At most `n` tickets opened before an instant, the oldest first.
    pub(super) fn before(&self, since: Timestamp, n: usize) -> Vec<(u64, ItemKey)> {
        let old = self.by_age.iter().take_while(|(opened_at, ..)| *opened_at < since);
        old.take(n).map(|(_, number, key)| (*number, key.clone())).collect()
    }

    /// A customer's tickets, the oldest first.
    pub(super) fn of(&self, customer: &CustomerRef) -> &[Recollection] {
        self.by_customer.get(customer).map_or(&[], Vec::as_slice)
    }

    /// *Units*: bytes on the heap, roughly.
    pub(super) fn bytes(&self) -> usize {
        let of_sketch = |it: &Recollection| {
            it.kept.terms.capacity() * size_of::<(u64, u32)>() + it.kept.vector.capacity()
        };
        let known = size_of::<Recollection>() + 2 * size_of::<(Timestamp, u64, ItemKey)>();
        let sketches: usize = self.by_customer.values().flatten().map(of_sketch).sum();
        sketches + self.len() * known
    }
}

#[cfg(test)]
mod tests {
    use switchyard_domain::assessment::Language;
    use switchyard_domain::ids::ItemId;
    use switchyard_domain::knowledge::ItemKind;

    use super::*;

    fn entry(number: u64, customer: Option<&str>) -> Entry {
        let id = ItemId::new(&format!("T-{number}")).expect("valid");
        Entry {
            key: ItemKey { kind: ItemKind::Ticket, id },
            customer: customer.and_then(|it| CustomerRef::new(it).ok()),
            solver: None,
            category: None,
            product: "".into(),
            opened_at: Timestamp::from_millis(number as i64),
            solved_at: None,
            remembered: Some(number),
        }
    }

    fn sketch() -> Sketch {
        Sketch { language: Language::En, vector: None, terms: vec![(1, 1)] }
    }

    fn ann() -> CustomerRef {
        CustomerRef::new("0a").expect("valid")
    }

    #[test]
    fn a_customer_has_the_newest_few() {
        let mut memories = Memories::default();
        let gone: Vec<u64> =
            (0..10).flat_map(|n| memories.put(entry(n, Some("0a")), &sketch())).collect();
        assert_eq!((gone, memories.len()), (vec![0, 1], OF_CUSTOMER_MAX));
        let first = &memories.of(&ann())[0].entry;
        assert_eq!(first.remembered, Some(2));
        assert_eq!(memories.before(Timestamp::from_millis(4), 9).len(), 2);
    }

    #[test]
    fn a_ticket_told_again_stands_once_and_one_of_nobody_not_at_all() {
        let mut memories = Memories::default();
        assert!(memories.put(entry(7, Some("0a")), &sketch()).is_empty());
        let again = Entry { remembered: Some(9), ..entry(7, Some("0a")) };
        assert_eq!(memories.put(again, &sketch()), [7]);
        assert_eq!(memories.number_of(&entry(7, None).key), Some(9));
        assert_eq!(memories.put(entry(8, None), &sketch()), [8]);
        assert_eq!(memories.len(), 1);
        assert_eq!(memories.remove(&entry(7, None).key), Some(9));
        assert!(memories.of(&ann()).is_empty() && memories.by_age.is_empty());
    }
}

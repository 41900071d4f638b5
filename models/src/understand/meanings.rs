//! Categories of somebody's own, told by which of the model's labels mean them.

use std::collections::BTreeMap;

use switchyard_domain::ids::CategoryId;

/// The category that a label of the model means; labels that mean none are left out.
pub type Meanings = BTreeMap<CategoryId, CategoryId>;

/// What the model's probabilities say of somebody's own categories.
#[derive(Debug, PartialEq)]
pub(super) struct Meant {
    /// First the fallback, which stands for all labels that mean no category.
    pub(super) categories: Vec<CategoryId>,
    /// One for each.
    pub(super) probabilities: Vec<f32>,
}

impl Meant {
    pub(super) fn of(
        labels: &[CategoryId],
        probabilities: &[f32],
        meanings: &Meanings,
        fallback: &CategoryId,
    ) -> Self {
        let mut meant = Self { categories: vec![fallback.clone()], probabilities: vec![0.0] };
        for (label, p) in labels.iter().zip(probabilities) {
            let at = meanings.get(label).map_or(0, |category| meant.place_of(category));
            meant.probabilities[at] += p;
        }
        meant
    }

    fn place_of(&mut self, category: &CategoryId) -> usize {
        let own = self.categories.iter().skip(1).position(|known| known == category);
        own.map_or_else(
            || {
                self.categories.push(category.clone());
                self.probabilities.push(0.0);
                self.categories.len() - 1
            },
            |at| at + 1,
        )
    }

    /// Whether labels that mean none of the categories are likelier than each of them.
    pub(super) fn is_none_of_them(&self) -> bool {
        self.probabilities[1..].iter().all(|p| *p < self.probabilities[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> CategoryId {
        CategoryId::new(text).expect("a valid id")
    }

    #[test]
    fn a_category_has_the_sum_of_what_means_it_and_the_fallback_the_rest() {
        let labels = ["a", "b", "c", "d"].map(id);
        let meanings = [("a", "wifi"), ("c", "wifi"), ("b", "refund")];
        let meanings = meanings.map(|(label, category)| (id(label), id(category))).into();
        let meant = Meant::of(&labels, &[0.25, 0.125, 0.5, 0.125], &meanings, &id("other"));
        assert_eq!(meant.categories, ["other", "wifi", "refund"].map(id));
        assert_eq!(meant.probabilities, [0.125, 0.75, 0.125]);
        assert!(!meant.is_none_of_them());
    }

    #[test]
    fn what_means_nothing_is_none_of_them() {
        let meanings = Meanings::from([(id("a"), id("wifi"))]);
        let meant = Meant::of(&["a", "b"].map(id), &[0.4, 0.6], &meanings, &id("other"));
        assert!(meant.is_none_of_them());
        assert!(Meant::of(&[id("a")], &[1.0], &Meanings::new(), &id("other")).is_none_of_them());
    }
}

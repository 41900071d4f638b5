//! The groups of a two-level taxonomy: `returns` of `returns.refund`.
//!
//! Who is torn between an exchange and a return still knows which desk it is for: a group has the
//! sum of its categories' probabilities, and thresholds of its own.

use switchyard_domain::ids::{CategoryId, GroupId};

/// The groups of some categories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groups {
    names: Vec<GroupId>,
    /// *Shape*: one for each category, a place in `names`.
    of_category: Vec<usize>,
}

impl Groups {
    /// The groups of some categories.
    pub fn of(categories: &[CategoryId]) -> Self {
        let mut groups = Self { names: Vec::new(), of_category: Vec::new() };
        for group in categories.iter().map(CategoryId::group) {
            let known = groups.names.iter().position(|name| *name == group);
            groups.of_category.push(known.unwrap_or(groups.names.len()));
            if known.is_none() {
                groups.names.push(group);
            }
        }
        groups
    }

    /// Each group once, in the order of its first category.
    pub fn names(&self) -> &[GroupId] {
        &self.names
    }

    /// The place of a category's group among the names.
    pub fn of_category(&self, category: usize) -> usize {
        self.of_category[category]
    }

    /// The probability of each group. *Shape*: one for each category to one for each group.
    pub fn sums(&self, probabilities: &[f32]) -> Vec<f32> {
        let mut sums = vec![0.0; self.names.len()];
        self.of_category.iter().zip(probabilities).for_each(|(group, p)| sums[*group] += p);
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_has_what_its_categories_have_together() {
        let ids = ["returns.exchange", "other", "returns.refund", "logistics.tracking.abroad"];
        let groups = Groups::of(&ids.map(|id| CategoryId::new(id).expect("valid")));
        let names: Vec<&str> = groups.names().iter().map(GroupId::as_str).collect();
        assert_eq!(names, ["returns", "other", "logistics"]);
        assert_eq!(groups.sums(&[0.25, 0.125, 0.5, 0.125]), [0.75, 0.125, 0.125]);
    }
}

//! Which texts say the same, and which are of one label.

use std::collections::BTreeMap;

use switchyard_models::fit::SplitMix64;

/// Texts by what they say and by their labels.
#[derive(Debug, Clone, Default)]
pub struct Kin {
    /// The texts that take part.
    texts: Vec<usize>,
    /// *Shape*: one for each text, of those that do not take part too.
    known: Vec<(usize, Option<usize>)>,
    same: BTreeMap<usize, Vec<usize>>,
    labelled: BTreeMap<usize, Vec<usize>>,
}

impl Kin {
    /// Texts with what they say and their label, each by a number; those that take part.
    pub fn of(
        known: impl Iterator<Item = (usize, Option<usize>)>,
        takes_part: impl Fn(usize) -> bool,
    ) -> Self {
        let known: Vec<(usize, Option<usize>)> = known.collect();
        let texts: Vec<usize> = (0..known.len()).filter(|at| takes_part(*at)).collect();
        let mut kin = Self { known, ..Self::default() };
        for at in &texts {
            let (says, label) = kin.known[*at];
            kin.same.entry(says).or_default().push(*at);
            if let Some(label) = label {
                kin.labelled.entry(label).or_default().push(*at);
            }
        }
        Self { texts, ..kin }
    }

    /// The texts that take part.
    pub fn texts(&self) -> &[usize] {
        &self.texts
    }

    /// Another text that says the same, else one of its label, else itself.
    pub fn partner_of(&self, text: usize, random: &mut SplitMix64) -> usize {
        let (says, label) = self.known[text];
        let same = self.same.get(&says);
        let labelled = label.and_then(|label| self.labelled.get(&label));
        let other = |texts: Option<&Vec<usize>>, random: &mut SplitMix64| {
            let texts = texts.filter(|texts| texts.len() > 1)?;
            let at = texts.iter().position(|it| *it == text)?;
            // Any but itself.
            Some(texts[(at + 1 + random.below(texts.len() - 1)) % texts.len()])
        };
        other(same, random).or_else(|| other(labelled, random)).unwrap_or(text)
    }

    /// 1 for texts that say the same, `same_label` for those of one label, else 0.
    pub fn nearness(&self, a: usize, b: usize, same_label: f32) -> f32 {
        let ((says_a, label_a), (says_b, label_b)) = (self.known[a], self.known[b]);
        match (says_a == says_b, label_a.is_some() && label_a == label_b) {
            (true, _) => 1.0,
            (false, true) => same_label,
            (false, false) => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partner_says_the_same_or_has_the_label_or_is_the_text() {
        let known = [(7, Some(1)), (7, Some(1)), (8, Some(1)), (9, Some(2)), (10, None)];
        let kin = Kin::of(known.into_iter(), |at| at != 3);
        let mut random = SplitMix64(5);
        let mut partners = |text| -> Vec<usize> {
            let mut all: Vec<usize> = (0..50).map(|_| kin.partner_of(text, &mut random)).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        assert_eq!([partners(0), partners(1), partners(4)], [vec![1], vec![0], vec![4]]);
        assert_eq!(partners(2), [0, 1]);
        assert_eq!(kin.texts(), [0, 1, 2, 4]);
        for (a, b, near) in [(0, 1, 1.0), (0, 2, 0.5), (0, 3, 0.0), (4, 3, 0.0)] {
            assert!((kin.nearness(a, b, 0.5) - near).abs() < f32::EPSILON, "{a} {b}");
        }
    }
}

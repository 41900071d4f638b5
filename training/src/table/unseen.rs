//! Tables that did not learn a text, for training on texts that the table learnt from.
//!
//! A text that a table was fitted to lands nearer to where the teacher put it than a new one
//! will. Heads fitted on such vectors trust them too much: on held-out tickets by other hands
//! they were worse than without any table. So the table comes with others, each fitted without
//! a part of the texts, and a training text's vector is taken from the one that has not seen it.

use std::sync::Arc;

use switchyard_models::features::DenseTable;
use switchyard_models::hash::Rolling;

/// Characters that name a text: letters and digits alone, so that neither markup nor what stands
/// further down matters.
const KEY_CHARS: usize = 60;

/// Tables by the texts they have not seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Unseen {
    /// *Shape*: one for each text learnt from. Sorted.
    pub keys: Vec<u64>,
    /// *Shape*: as `keys`. Which table has not seen the text.
    pub folds: Vec<u8>,
    /// The tables.
    pub tables: Vec<Arc<DenseTable>>,
}

impl Unseen {
    /// Texts with the table that has not seen them; of equal texts the first counts.
    pub fn new(texts: impl Iterator<Item = (u64, u8)>, tables: Vec<Arc<DenseTable>>) -> Self {
        let mut texts: Vec<(u64, u8)> = texts.collect();
        texts.sort_by_key(|(key, _)| *key);
        texts.dedup_by_key(|(key, _)| *key);
        let (keys, folds) = texts.into_iter().unzip();
        Self { keys, folds, tables }
    }

    /// The table that has not seen a cleaned text; `None` where none has.
    pub fn fold_of(&self, cleaned: &str) -> Option<usize> {
        let at = self.keys.binary_search(&key_of(cleaned)).ok()?;
        Some(usize::from(self.folds[at])).filter(|fold| *fold < self.tables.len())
    }
}

/// What names a cleaned text.
pub fn key_of(cleaned: &str) -> u64 {
    let chars = cleaned.chars().filter(|c| c.is_alphanumeric()).take(KEY_CHARS);
    chars.fold(Rolling::new(0), |hash, c| hash.push(u64::from(c))).finish()
}

/// The fold of a text, by what the teacher reads of it: a text and its translation share one.
pub fn fold_of_taught(taught: &str, n_folds: u8) -> u8 {
    let hash = taught.chars().fold(Rolling::new(1), |hash, c| hash.push(u64::from(c)));
    (hash.finish() % u64::from(n_folds.max(1))) as u8
}

#[cfg(test)]
mod tests {
    use switchyard_models::features::FeatureSettings;

    use super::*;

    #[test]
    fn a_text_finds_the_table_that_has_not_seen_it() {
        let rows = |it: f32| [it; 16];
        let table = |it| {
            DenseTable::quantize(FeatureSettings::default(), 16, vec![1], &rows(it)).map(Arc::new)
        };
        let tables = vec![table(1.0).expect("a table"), table(2.0).expect("a table")];
        let texts = [("late parcel", 1), ("money back!", 0)];
        let unseen =
            Unseen::new(texts.map(|(text, fold)| (key_of(text), fold)).into_iter(), tables);
        assert_eq!(unseen.fold_of("late  parcel."), Some(1));
        assert_eq!(unseen.fold_of("money back"), Some(0));
        assert_eq!(unseen.fold_of("another"), None);
    }

    #[test]
    fn every_fold_gets_its_part() {
        let folds: Vec<usize> =
            (0..400).map(|n| usize::from(fold_of_taught(&n.to_string(), 4))).collect();
        let n_of = |fold| folds.iter().filter(|it| **it == fold).count();
        assert!((0..4).all(|fold| (70..130).contains(&n_of(fold))));
    }
}

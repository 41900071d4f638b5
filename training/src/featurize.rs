//! The choice of features, and rows from texts.
//!
//! Which n-grams there are is asked of the same walk that serving takes, so a
//! feature that training knows is one that serving finds.

use std::sync::Arc;

use serde::Deserialize;
use switchyard_models::features::{
    DenseTable, Embedding, FeatureSettings, Scratch, SparseRow, Vectorizer,
};
use switchyard_models::fit::{Choice, choose};

use crate::sparse::SparseRows;
use crate::table::file::TableUse;
use crate::table::unseen::Unseen;

/// Which features are taken.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FeatureChoice {
    /// Which n-grams are looked at.
    pub ngrams: FeatureSettings,
    /// A feature must occur in this many texts; one text's own n-grams teach nothing.
    pub texts_min: u32,
    /// At most this many features, the most frequent first.
    pub budget: usize,
    /// How far a rare feature counts more than a frequent one: the power of its inverse document
    /// frequency, 0 not at all.
    pub rarity: f32,
}

impl Default for FeatureChoice {
    /// Two texts; a budget that keeps the default bundle under 8 MB.
    fn default() -> Self {
        Self { ngrams: FeatureSettings::default(), texts_min: 2, budget: 120_000, rarity: 1.0 }
    }
}

/// The chosen features of some texts.
#[derive(Debug, Clone)]
pub struct Features {
    /// *Shape*: `n_features`. Sorted, each once.
    pub fingerprints: Vec<u64>,
    /// *Shape*: `n_features`. A power of the inverse document frequency.
    pub idf: Vec<f32>,
    /// Turns texts into rows, exactly as serving does.
    pub vectorizer: Vectorizer,
    /// The same with tables that have not seen some texts.
    unseen: Option<(Arc<Unseen>, Vec<Vectorizer>)>,
}

impl Features {
    /// Chooses features of cleaned texts.
    pub fn choose(texts: &[&str], choice: &FeatureChoice, table: Option<&TableUse>) -> Self {
        let Choice { fingerprints, idf } =
            choose(texts, choice.ngrams, choice.texts_min, choice.budget, choice.rarity);
        let with =
            |embedding| Vectorizer::new(choice.ngrams, &fingerprints, idf.clone(), embedding);
        let vectorizer = with(table.map(TableUse::embedding));
        let unseen = table.and_then(|used| {
            let unseen = used.table.unseen.clone()?;
            let with_table = |table: &Arc<DenseTable>| {
                with(Some(Embedding { table: Arc::clone(table), weight: used.weight }))
            };
            let vectorizers = unseen.tables.iter().map(with_table).collect();
            Some((unseen, vectorizers))
        });
        Self { fingerprints, idf, vectorizer, unseen }
    }

    /// The vectoriser whose table did not learn from this text.
    fn vectorizer_for(&self, text: &str) -> &Vectorizer {
        let found = self.unseen.as_ref().and_then(|(unseen, vectorizers)| {
            unseen.fold_of(text).and_then(|fold| vectorizers.get(fold))
        });
        found.unwrap_or(&self.vectorizer)
    }

    /// The rows of cleaned texts.
    pub fn rows(&self, texts: &[&str]) -> SparseRows {
        self.rows_and_known_shares(texts).0
    }

    /// The rows of cleaned texts, and the share of each text's n-grams that is known.
    pub fn rows_and_known_shares(&self, texts: &[&str]) -> (SparseRows, Vec<f32>) {
        let (mut scratch, mut row) = (Scratch::default(), SparseRow::default());
        let mut rows = SparseRows::new(self.vectorizer.n_columns());
        let mut shares = Vec::with_capacity(texts.len());
        for text in texts {
            self.vectorizer_for(text).transform(text, &mut scratch, &mut row);
            rows.push(&row);
            shares.push(scratch.known_share());
        }
        (rows, shares)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_of_one_text_is_not_taken() {
        let features =
            Features::choose(&["late parcel", "late refund"], &FeatureChoice::default(), None);
        assert_eq!(features.rows(&["parcel xyz"]).row(0).count(), 0);
        assert!(features.rows(&["late"]).row(0).count() > 0);
    }

    #[test]
    fn the_budget_keeps_the_most_frequent() {
        let choice = FeatureChoice { budget: 1, ..FeatureChoice::default() };
        let features = Features::choose(&["退货", "退款", "退"], &choice, None);
        assert_eq!(features.rows(&["退"]).row(0).count(), 1);
    }
}

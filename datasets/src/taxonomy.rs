//! The categories: stable ids with names and definitions in both languages.

use std::collections::BTreeSet;

use serde::Deserialize;
use switchyard_domain::ids::{CategoryId, InvalidId};

/// The taxonomy that the default bundle answers with.
const DEFAULT: &str = include_str!("../taxonomy/default.toml");

/// The version of the file format.
const SCHEMA: u32 = 1;

/// Categories in the order they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxonomy {
    /// The taxonomy's name.
    pub id: String,
    /// The category of tickets that belong nowhere.
    pub fallback: CategoryId,
    /// *Invariant*: ids are unique and `fallback` is among them.
    pub categories: Vec<Category>,
}

/// One thing a ticket can be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// The stable id, `group.name`.
    pub id: CategoryId,
    /// The name in Chinese.
    pub name_zh: String,
    /// The name in English.
    pub name_en: String,
    /// When a ticket belongs here, in Chinese.
    pub definition_zh: String,
    /// When a ticket belongs here, in English.
    pub definition_en: String,
}

/// Why a text is no taxonomy.
#[derive(Debug, thiserror::Error)]
pub enum TaxonomyError {
    /// The text is not TOML of the expected shape.
    #[error("taxonomy: {0}")]
    Toml(#[from] toml::de::Error),
    /// The format is another version.
    #[error("taxonomy: expected schema {SCHEMA}, got {0}")]
    Schema(u32),
    /// A category's id cannot be one.
    #[error("taxonomy: category {id:?}: {source}")]
    Id {
        /// The text found.
        id: String,
        /// What is wrong with it.
        source: InvalidId,
    },
    /// Two categories have one id.
    #[error("taxonomy: expected each category once, got {0} twice")]
    Duplicate(CategoryId),
    /// The fallback is none of the categories.
    #[error("taxonomy: fallback: expected one of the categories, got {0:?}")]
    Fallback(String),
}

impl Taxonomy {
    /// The taxonomy embedded in the crate: 28 categories, 27 in 10 groups and `other`.
    pub fn embedded() -> Self {
        Self::parse(DEFAULT).expect("the embedded taxonomy is checked by a test")
    }

    /// Reads a taxonomy from TOML.
    pub fn parse(text: &str) -> Result<Self, TaxonomyError> {
        let raw: RawTaxonomy = toml::from_str(text)?;
        if raw.schema != SCHEMA {
            return Err(TaxonomyError::Schema(raw.schema));
        }
        let categories =
            raw.category.into_iter().map(Category::new).collect::<Result<Vec<_>, _>>()?;
        check_unique(&categories)?;
        let fallback = categories.iter().find(|category| category.id.as_str() == raw.fallback);
        let fallback = fallback.ok_or(TaxonomyError::Fallback(raw.fallback))?.id.clone();
        Ok(Self { id: raw.id, fallback, categories })
    }

    /// The category with this id.
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id.as_str() == id)
    }
}

impl Category {
    fn new(raw: RawCategory) -> Result<Self, TaxonomyError> {
        let id = CategoryId::new(&raw.id)
            .map_err(|source| TaxonomyError::Id { id: raw.id.clone(), source })?;
        let RawCategory { name_zh, name_en, definition_zh, definition_en, .. } = raw;
        Ok(Self { id, name_zh, name_en, definition_zh, definition_en })
    }
}

fn check_unique(categories: &[Category]) -> Result<(), TaxonomyError> {
    let mut seen = BTreeSet::new();
    match categories.iter().find(|category| !seen.insert(&category.id)) {
        Some(category) => Err(TaxonomyError::Duplicate(category.id.clone())),
        None => Ok(()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTaxonomy {
    schema: u32,
    id: String,
    fallback: String,
    category: Vec<RawCategory>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCategory {
    id: String,
    name_zh: String,
    name_en: String,
    definition_zh: String,
    definition_en: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(edit: impl Fn(&str) -> String, expected: &str) {
        let error = Taxonomy::parse(&edit(DEFAULT)).expect_err("an error").to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn the_embedded_taxonomy_has_28_categories() {
        let taxonomy = Taxonomy::embedded();
        assert_eq!((taxonomy.categories.len(), taxonomy.fallback.as_str()), (28, "other"));
    }

    #[test]
    fn what_is_ambiguous_is_refused() {
        check(
            |text| text.replace("id = \"order.modify\"", "id = \"order.cancel\""),
            "order.cancel twice",
        );
        check(|text| text.replace("fallback = \"other\"", "fallback = \"misc\""), "got \"misc\"");
        check(|text| text.replace("schema = 1", "schema = 2"), "expected schema 1, got 2");
        check(|text| text.replace("id = \"other\"", "id = \"an other\""), "white space");
    }
}

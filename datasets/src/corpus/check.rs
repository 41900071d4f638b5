//! What is wrong with a corpus, all of it at once.

use std::collections::{BTreeMap, BTreeSet};

use super::Entry;
use crate::read::Place;
use crate::similarity::{Grams, pairs_between, pairs_within};
use crate::taxonomy::Taxonomy;
use crate::ticket::LabelledTicket;

/// Texts that share at least this much are not individually worded.
const NEAR_DUPLICATE_JACCARD: f64 = 0.5;
/// The channels of the row format.
const CHANNELS: [&str; 5] = ["email", "chat", "web", "phone_transcript", "social"];
/// The fields of the row format.
const FIELDS: [&str; 10] = [
    "id",
    "channel",
    "subject",
    "body",
    "language",
    "category",
    "sentiment",
    "urgency",
    "signals",
    "industry",
];

/// Fields that a row may have besides.
const MORE_FIELDS: [&str; 3] = ["translation", "tags", "phenomenon"];
/// What a text may say its writer wants, or brings along.
const TAGS: [&str; 12] = [
    "wants_refund",
    "wants_replacement",
    "wants_repair",
    "wants_cancellation",
    "wants_change",
    "wants_status",
    "wants_instructions",
    "wants_information",
    "wants_compensation",
    "wants_contact",
    "has_deadline",
    "has_attachment",
];
/// What makes a text hard.
const PHENOMENA: [&str; 4] = ["", "negation", "sarcasm", "several"];

/// One thing that is wrong with a corpus.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Finding {
    /// A row lacks a field of the format.
    #[error("{place}: field {field:?}: expected it on every row, got none")]
    MissingField {
        /// The row.
        place: Place,
        /// The field.
        field: &'static str,
    },
    /// A row has a field that the format does not know.
    #[error("{place}: field {field:?}: expected only fields of the row format")]
    UnknownField {
        /// The row.
        place: Place,
        /// The field.
        field: String,
    },
    /// A field's value is none of the format's.
    #[error("{place}: field {field:?}: got {got:?}, which is not one of the legal values")]
    IllegalValue {
        /// The row.
        place: Place,
        /// The field.
        field: &'static str,
        /// The value.
        got: String,
    },
    /// Two rows have one id.
    #[error("{place}: id {id:?}: expected it once, got it before")]
    DuplicateId {
        /// The later row.
        place: Place,
        /// The id.
        id: String,
    },
    /// Two rows share too much of their text.
    #[error("{place}: shares {jaccard:.2} of its 5-grams with {other}, expected less than 0.50")]
    NearDuplicate {
        /// The later row.
        place: Place,
        /// The earlier one.
        other: Place,
        /// The similarity.
        jaccard: f64,
    },
    /// A category has too few rows in one language.
    #[error("category {category} in {language}: expected at least {rows_min} rows, got {got}")]
    TooFew {
        /// The category.
        category: String,
        /// `zh` or `en`, by the file's name.
        language: &'static str,
        /// The rows asked for.
        rows_min: usize,
        /// The rows there are.
        got: usize,
    },
}

/// Everything that is wrong with a corpus of which each category in each language group is asked so
/// many rows; empty when nothing is.
pub fn check(entries: &[Entry], taxonomy: &Taxonomy, rows_min: usize) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        entries.iter().flat_map(|entry| check_row(entry, taxonomy)).collect();
    findings.extend(check_ids(entries));
    findings.extend(check_duplicates(entries));
    findings.extend(check_counts(entries, taxonomy, rows_min));
    findings
}

/// The rows that share at least half of their 5-grams with one of `others`.
///
/// A row's translation is compared too. Used against sets that judge the corpus; their texts are
/// compared, never shown.
pub fn too_close_to(entries: &[Entry], others: &[LabelledTicket]) -> Vec<Place> {
    let others: Vec<Grams> = others.iter().map(grams_of).collect();
    let translation = |entry: &Entry| Grams::of(entry.ticket.translation.as_deref().unwrap_or(""));
    let translations: Vec<Grams> = entries.iter().map(translation).collect();
    let close = |grams: &[Grams]| pairs_between(grams, &others, NEAR_DUPLICATE_JACCARD);
    let pairs = close(&grams(entries)).into_iter().chain(close(&translations));
    pairs.map(|pair| entries[pair.left].row.place.clone()).collect()
}

fn check_row(entry: &Entry, taxonomy: &Taxonomy) -> Vec<Finding> {
    let place = &entry.row.place;
    let record = &entry.row.record;
    let missing = FIELDS.into_iter().filter(|field| record.get(field).is_none());
    let is_known = |field: &&str| FIELDS.contains(field) || MORE_FIELDS.contains(field);
    let unknown = record.fields().filter(|field| !is_known(field));
    let missing = missing.map(|field| Finding::MissingField { place: place.clone(), field });
    let unknown = unknown
        .map(|field| Finding::UnknownField { place: place.clone(), field: field.to_owned() });
    missing.chain(unknown).chain(check_values(entry, taxonomy)).collect()
}

fn check_values(entry: &Entry, taxonomy: &Taxonomy) -> Vec<Finding> {
    let ticket = &entry.ticket;
    let category = ticket.labels.category.as_ref().map_or("", |id| id.as_str());
    let named = entry.row.place.file.rsplitn(3, '.').nth(2).unwrap_or_default();
    let tags = ticket.labels.tags.as_deref().unwrap_or_default();
    let strange_tag = tags.iter().find(|tag| !TAGS.contains(&tag.as_str()));
    let phenomenon = ticket.phenomenon.as_str();
    let values = [
        ("tags", strange_tag.map_or("", String::as_str), strange_tag.is_none()),
        ("phenomenon", phenomenon, PHENOMENA.contains(&phenomenon)),
        ("category", category, taxonomy.category(category).is_some() && category == named),
        ("channel", ticket.channel.as_str(), CHANNELS.contains(&ticket.channel.as_str())),
        ("body", ticket.body.as_str(), !ticket.body.trim().is_empty() || category == "other"),
    ];
    let illegal = values.into_iter().filter(|(_, _, is_legal)| !is_legal);
    illegal
        .map(|(field, got, _)| Finding::IllegalValue {
            place: entry.row.place.clone(),
            field,
            got: got.to_owned(),
        })
        .collect()
}

fn check_ids(entries: &[Entry]) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let repeated = entries.iter().filter(|entry| !seen.insert(entry.ticket.id.as_str()));
    repeated
        .map(|entry| Finding::DuplicateId {
            place: entry.row.place.clone(),
            id: entry.ticket.id.clone(),
        })
        .collect()
}

fn check_duplicates(entries: &[Entry]) -> Vec<Finding> {
    let place = |at: usize| entries[at].row.place.clone();
    let pairs = pairs_within(&grams(entries), NEAR_DUPLICATE_JACCARD);
    let finding = |pair: &crate::similarity::Pair| Finding::NearDuplicate {
        place: place(pair.right),
        other: place(pair.left),
        jaccard: pair.jaccard,
    };
    pairs.iter().map(finding).collect()
}

fn check_counts(entries: &[Entry], taxonomy: &Taxonomy, rows_min: usize) -> Vec<Finding> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for entry in entries {
        let mut parts = entry.row.place.file.rsplitn(3, '.').skip(1);
        let key = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        *counts.entry(key).or_default() += 1;
    }
    let wanted = taxonomy.categories.iter().flat_map(|it| [("zh", it), ("en", it)]);
    let counted = wanted.map(|(language, category)| {
        let got = counts.get(&(language, category.id.as_str())).copied().unwrap_or(0);
        (category.id.to_string(), language, got)
    });
    let few = counted.filter(|(.., got)| *got < rows_min);
    few.map(|(category, language, got)| Finding::TooFew { category, language, rows_min, got })
        .collect()
}

fn grams(entries: &[Entry]) -> Vec<Grams> {
    entries.iter().map(|entry| grams_of(&entry.ticket)).collect()
}

fn grams_of(ticket: &LabelledTicket) -> Grams {
    Grams::of(&format!("{}\n{}", ticket.subject, ticket.body))
}

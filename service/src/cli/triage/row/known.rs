//! What the caller states: `known_*`. Plain `category`, `sentiment` … are labels of a data set and ignored.

use switchyard_datasets::read::Row;
use switchyard_domain::assessment::{Language, Sentiment, Signal, Urgency};
use switchyard_domain::ids::CategoryId;
use switchyard_domain::policy::Policy;
use switchyard_domain::priority::Band;
use switchyard_models::text::Known;

use super::field::Field;
use crate::cli::nearest::nearest;

/// How many categories are named to one who wrote another.
const SUGGESTED: usize = 3;

/// The facts about a ticket's content.
pub(super) fn known(row: &Row, policy: &Policy) -> anyhow::Result<Known> {
    let field = |name| Field::of(row, name);
    Ok(Known {
        category: category(&field("known_category"), policy)?,
        sentiment: one_of(&field("known_sentiment"), &Sentiment::ALL, Sentiment::label)?,
        urgency: one_of(&field("known_urgency"), &Urgency::ALL, Urgency::label)?,
        language: one_of(&field("known_language"), &Language::ALL, Language::tag)?,
        signals: signals(&field("known_signals"))?,
    })
}

/// A category of the policy; one that names none takes any.
fn category(field: &Field<'_>, policy: &Policy) -> anyhow::Result<Option<CategoryId>> {
    let Some(id) = field.parsed(CategoryId::new)? else { return Ok(None) };
    let known = &policy.categories;
    if known.is_empty() || known.contains_key(&id) {
        return Ok(Some(id));
    }
    let near = nearest(id.as_str(), known.keys().map(CategoryId::as_str), SUGGESTED);
    let expected = format!("a category of the policy such as {}", near.join(", "));
    Err(field.wrong(&expected, &format!("{:?}", id.as_str())))
}

fn signals(field: &Field<'_>) -> anyhow::Result<Vec<Signal>> {
    let labels = field.texts()?;
    labels.into_iter().map(|text| labelled(field, text, &Signal::ALL, Signal::label)).collect()
}

/// The value whose label a field holds.
pub(super) fn one_of<T: Copy>(
    field: &Field<'_>,
    all: &[T],
    label: impl Fn(T) -> &'static str,
) -> anyhow::Result<Option<T>> {
    field.text()?.map(|text| labelled(field, &text, all, label)).transpose()
}

fn labelled<T: Copy>(
    field: &Field<'_>,
    text: &str,
    all: &[T],
    label: impl Fn(T) -> &'static str,
) -> anyhow::Result<T> {
    let found = all.iter().copied().find(|value| label(*value) == text);
    found.ok_or_else(|| {
        let labels: Vec<_> = all.iter().map(|value| label(*value)).collect();
        field.wrong(&format!("one of {}", labels.join(", ")), &format!("{text:?}"))
    })
}

/// A band: 1 to 4, or P1 to P4 as they are printed.
pub(super) fn priority(row: &Row) -> anyhow::Result<Option<Band>> {
    let field = Field::of(row, "known_priority");
    let Some(text) = field.text()? else { return Ok(None) };
    let number = text.strip_prefix(['P', 'p']).unwrap_or(&text).parse();
    let band = number.ok().and_then(Band::from_number);
    band.map(Some).ok_or_else(|| field.wrong("1 to 4 or P1 to P4", &format!("{text:?}")))
}

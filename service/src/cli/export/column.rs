//! A column: its name, what stands in it, and how it is read off a row's source.
//!
//! Name, meaning and value stand side by side, so that header, `--help` and
//! rows cannot come apart. Names are a contract: columns may be added at the
//! end, none is renamed, moved or given another meaning.

use serde_json::{Value, json};
use switchyard_domain::probability::Probability;
use switchyard_domain::sla::Clock;
use switchyard_domain::time::Timestamp;

/// A column over a source that `F` reads.
#[derive(Debug)]
pub(super) struct Column<F> {
    /// Its name.
    pub(super) name: &'static str,
    /// What stands in it, with its unit.
    pub(super) about: &'static str,
    /// Its value in a row.
    pub(super) value: F,
}

/// A column.
pub(super) const fn column<F>(name: &'static str, about: &'static str, value: F) -> Column<F> {
    Column { name, about, value }
}

/// What is documented of a column.
pub(super) type Documented = (&'static str, &'static str);

/// Names and meanings.
pub(super) fn documented<F>(columns: &[Column<F>]) -> Vec<Documented> {
    columns.iter().map(|column| (column.name, column.about)).collect()
}

/// An instant in RFC 3339, UTC, to the millisecond.
pub(super) fn time(at: Option<Timestamp>) -> Value {
    at.map_or(Value::Null, |at| json!(at.to_string()))
}

/// When a promise is broken, while its clock runs.
pub(super) fn due(clock: Option<Clock>) -> Value {
    time(clock.and_then(Clock::due))
}

/// An id as text.
pub(super) fn id(id: Option<&impl ToString>) -> Value {
    id.map_or(Value::Null, |id| json!(id.to_string()))
}

/// A probability in 0..=1.
pub(super) fn probability(of: Probability) -> Value {
    decimal(of.get())
}

/// A number to six places, which is what one of 32 bits holds.
pub(super) fn decimal(of: f32) -> Value {
    json!((f64::from(of) * 1e6).round() / 1e6)
}

/// Thousandths as whole units.
pub(super) fn units(milli: i64) -> Value {
    json!(milli as f64 / 1_000.0)
}

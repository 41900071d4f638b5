//! `[priority]`: what each part is worth, and where the bands begin.

use switchyard_domain::priority::{MilliPoints, PriorityPolicy};

use crate::cursor::{Item, Table};

const KEYS: [&str; 10] = [
    "urgency",
    "sentiment",
    "tier",
    "category",
    "signals",
    "repeat_contact",
    "history",
    "slack",
    "age_per_hour",
    "band_floors",
];

const BANDS: [&str; 3] = ["p1", "p2", "p3"];

/// A score is shown within 0 to 100 points, so no part is worth more.
const POINTS_MAX: u32 = 100_000;

/// The points of a `[priority]` table.
pub(crate) fn read(item: &Item<'_>) -> Option<PriorityPolicy> {
    let table = item.table(&KEYS)?;
    let default = PriorityPolicy::default();
    let worth = |key, default| points(&table, key, 0, default);
    Some(PriorityPolicy {
        urgency: worth("urgency", default.urgency),
        sentiment: worth("sentiment", default.sentiment),
        tier: worth("tier", default.tier),
        category: worth("category", default.category),
        signals: worth("signals", default.signals),
        repeat_contact: worth("repeat_contact", default.repeat_contact),
        history: worth("history", default.history),
        slack: worth("slack", default.slack),
        // Above zero: only because every ticket ages is its wait bounded.
        age_per_hour: points(&table, "age_per_hour", 1, default.age_per_hour),
        band_floors: table.value_or("band_floors", default.band_floors, floors),
    })
}

fn points(table: &Table<'_>, key: &str, least: u32, default: MilliPoints) -> MilliPoints {
    table.value_or(key, default, |item| item.milli(least..=POINTS_MAX).map(MilliPoints::from))
}

fn floors(item: &Item<'_>) -> Option<[MilliPoints; 3]> {
    let table = item.table(&BANDS)?;
    let default = PriorityPolicy::default().band_floors;
    let floors: [_; 3] = std::array::from_fn(|band| points(&table, BANDS[band], 0, default[band]));
    if !floors.is_sorted_by(|higher, lower| higher > lower) {
        let [p1, p2, p3] = floors.map(|floor| floor as f64 / 1_000.0);
        item.error(&format!("expected p1 > p2 > p3, got p1 = {p1}, p2 = {p2}, p3 = {p3}"));
    }
    Some(floors)
}

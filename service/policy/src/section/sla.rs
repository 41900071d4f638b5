//! `[[sla]]`: what is promised, to whom, in whose hours.

use std::sync::Arc;

use switchyard_domain::calendar::Calendar;
use switchyard_domain::ids::{CalendarId, CategoryId, TeamId};
use switchyard_domain::sla::{SlaRule, Targets};
use switchyard_domain::ticket::Tier;
use switchyard_domain::time::Span;

use super::calendar::Calendars;
use super::category::Categories;
use crate::cursor::{Item, Seen, Table, did_you_mean};
use crate::log::Place;

const KEYS: [&str; 9] = ["name", "team", "tier", "category", "calendar", "p1", "p2", "p3", "p4"];
const BANDS: [&str; 4] = ["p1", "p2", "p3", "p4"];
const TARGET_KEYS: [&str; 3] = ["first_response", "next_response", "resolution"];

/// The longest name shown to people, in characters: a line of a table.
const NAME_CHARS_MAX: usize = 80;

/// The shortest and the longest promise, in open time.
const TARGET_MIN: Span = Span::from_millis(1_000);
const TARGET_MAX: Span = Span::from_hours(366 * 24);

/// A rule the file declares.
pub(crate) struct Declared {
    /// Where.
    pub(crate) place: Place,
    /// The calendar it names.
    pub(crate) calendar: CalendarId,
    /// What it promises.
    pub(crate) rule: SlaRule,
}

/// The rules of the `[[sla]]` tables, in order.
pub(crate) fn read(
    items: &[Item<'_>],
    categories: &Categories,
    calendars: &Calendars,
) -> Vec<Declared> {
    let mut seen = Seen::default();
    let rule = |item| declared(item, &mut seen, categories, calendars);
    items.iter().filter_map(rule).collect()
}

/// What they promise, without where they stand; `None` where there are none.
pub(crate) fn in_order(rules: &[Declared]) -> Option<Vec<SlaRule>> {
    let rules = rules.iter().map(|declared| declared.rule.clone());
    Some(rules.collect()).filter(|rules: &Vec<_>| !rules.is_empty())
}

/// All of it is read before any error drops it, so that its other errors show too.
fn declared(
    item: &Item<'_>,
    seen: &mut Seen,
    categories: &Categories,
    calendars: &Calendars,
) -> Option<Declared> {
    let table = item.table(&KEYS)?;
    let name = table.own_id("name", seen, name);
    let team = table.given("team", |item| item.parse(TeamId::new));
    let tier = table.given("tier", tier);
    let category = table.given("category", |item| category(item, categories));
    let calendar = table.needed("calendar", |item| calendar(item, calendars));
    let targets = targets_by_band(&table);
    let (name, (id, calendar), targets) = (name?, calendar?, targets?);
    let rule = SlaRule { name, team, tier, category, calendar, targets };
    Some(Declared { place: item.place().clone(), calendar: id, rule })
}

fn name(text: &str) -> Result<String, String> {
    let n_chars = text.chars().count();
    if text.trim().is_empty() || n_chars > NAME_CHARS_MAX || text.contains(char::is_control) {
        return Err(format!("expected a name of 1..={NAME_CHARS_MAX} characters, got {text:?}"));
    }
    Ok(text.to_owned())
}

fn tier(item: &Item<'_>) -> Option<Tier> {
    let labels = Tier::ALL.map(Tier::label).join(", ");
    item.text_as(&format!("one of {labels}"), Tier::from_label)
}

fn category(item: &Item<'_>, categories: &Categories) -> Option<CategoryId> {
    let id = item.parse(CategoryId::new)?;
    if !categories.contains(&id) {
        let hint = did_you_mean(id.as_str(), categories.ids());
        item.error(&format!("expected a category of this policy, got {:?}{hint}", id.as_str()));
    }
    Some(id)
}

fn calendar(item: &Item<'_>, calendars: &Calendars) -> Option<(CalendarId, Arc<Calendar>)> {
    let id = item.parse(CalendarId::new)?;
    let Some(declared) = calendars.get(&id) else {
        let hint = did_you_mean(id.as_str(), calendars.keys().map(CalendarId::as_str));
        item.error(&format!("expected a calendar of this policy, got {:?}{hint}", id.as_str()));
        return None;
    };
    Some((id, declared.calendar.clone()?))
}

fn targets_by_band(table: &Table<'_>) -> Option<[Targets; 4]> {
    let [p1, p2, p3, p4] = BANDS.map(|band| table.needed(band, targets));
    Some([p1?, p2?, p3?, p4?])
}

fn targets(item: &Item<'_>) -> Option<Targets> {
    let table = item.table(&TARGET_KEYS)?;
    let [first_response, next_response, resolution] = TARGET_KEYS.map(|key| target(&table, key));
    Some(Targets {
        first_response: first_response?,
        next_response: next_response?,
        resolution: resolution?,
    })
}

fn target(table: &Table<'_>, key: &str) -> Option<Span> {
    table.needed(key, |item| item.duration(TARGET_MIN..=TARGET_MAX))
}

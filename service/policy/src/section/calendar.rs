//! `[[calendar]]`: the hours that count for promises.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use switchyard_domain::calendar::Calendar;
use switchyard_domain::hours::{InvalidOpening, Opening, WeeklyHours, weekday, weekday_name};
use switchyard_domain::ids::CalendarId;
use switchyard_domain::time::Zone;
use switchyard_domain::{Date, Weekday};

use crate::cursor::{Item, Seen, Table};
use crate::log::Place;

const KEYS: [&str; 5] = ["id", "time_zone", "hours", "closed", "opened"];
const HOURS_KEYS: [&str; 3] = ["days", "start", "end"];
const OPENED_KEYS: [&str; 3] = ["date", "start", "end"];

/// The calendars of a policy, by id.
pub(crate) type Calendars = BTreeMap<CalendarId, Declared>;

/// A calendar the file declares.
pub(crate) struct Declared {
    /// Where.
    pub(crate) place: Place,
    /// Its hours; `None` where they are in error, so that rules which name it are not.
    pub(crate) calendar: Option<Arc<Calendar>>,
}

/// The calendars of the `[[calendar]]` tables.
pub(crate) fn read(items: &[Item<'_>]) -> Calendars {
    let mut seen = Seen::default();
    items.iter().filter_map(|item| declared(item, &mut seen)).collect()
}

fn declared(item: &Item<'_>, seen: &mut Seen) -> Option<(CalendarId, Declared)> {
    let table = item.table(&KEYS)?;
    let calendar = calendar(&table).map(Arc::new);
    let place = item.place().clone();
    let id = table.own_id("id", seen, CalendarId::new)?;
    Some((id, Declared { place, calendar }))
}

fn calendar(table: &Table<'_>) -> Option<Calendar> {
    let zone = table.needed("time_zone", |item| item.parse(Zone::named));
    let opened = opened(table);
    let closed = closed(table, &opened);
    table.needed("hours", |item| {
        let weekly = weekly(item)?;
        let calendar = Calendar::new(zone?, weekly, &closed, opened);
        calendar.map_err(|error| item.error(&error.to_string())).ok()
    })
}

/// The week, or `None` where an entry of it is in error.
fn weekly(hours: &Item<'_>) -> Option<WeeklyHours> {
    let entries: Vec<_> = hours.list()?.iter().map(on_days).collect();
    let mut weekly = WeeklyHours::default();
    for (days, opening) in entries.into_iter().collect::<Option<Vec<_>>>()? {
        for day in days {
            weekly.open(day, opening);
        }
    }
    Some(weekly)
}

fn on_days(item: &Item<'_>) -> Option<(Vec<Weekday>, Opening)> {
    let table = item.table(&HOURS_KEYS)?;
    let opening = opening(&table);
    let days = table.needed("days", days);
    Some((days?, opening?))
}

fn days(item: &Item<'_>) -> Option<Vec<Weekday>> {
    let entries = item.list()?;
    if entries.is_empty() {
        item.error("expected at least one day, got none");
    }
    let mut seen = Seen::default();
    let day = |item: &Item<'_>| {
        let day = item.text_as("one of mon, tue, wed, thu, fri, sat, sun", weekday)?;
        seen.admit(item, weekday_name(day)).then_some(day)
    };
    Some(entries.iter().filter_map(day).collect())
}

/// The openings of single days, in order within each.
fn opened(table: &Table<'_>) -> BTreeMap<Date, Vec<Opening>> {
    let mut opened: BTreeMap<Date, Vec<Opening>> = BTreeMap::new();
    for (date, opening) in table.list("opened").iter().filter_map(on_date) {
        let day = opened.entry(date).or_default();
        day.push(opening);
        day.sort_unstable();
    }
    opened
}

fn on_date(item: &Item<'_>) -> Option<(Date, Opening)> {
    let table = item.table(&OPENED_KEYS)?;
    let opening = opening(&table);
    Some((table.needed("date", date)?, opening?))
}

fn closed(table: &Table<'_>, opened: &BTreeMap<Date, Vec<Opening>>) -> BTreeSet<Date> {
    let mut seen = Seen::default();
    let day = |item: &Item<'_>| {
        let date = date(item)?;
        if opened.contains_key(&date) {
            item.error(&format!("expected a day either closed or opened, got {date} as both"));
        }
        seen.admit(item, &date.to_string()).then_some(date)
    };
    table.list("closed").iter().filter_map(day).collect()
}

/// Only the form that is printed: the date parser alone would also take `20261001` or a date with a time.
fn date(item: &Item<'_>) -> Option<Date> {
    let read = |text: &str| text.parse().ok().filter(|date: &Date| date.to_string() == text);
    item.text_as("a date such as \"2026-10-01\"", read)
}

fn opening(table: &Table<'_>) -> Option<Opening> {
    let start = table.needed("start", time);
    let end = table.needed("end", time);
    Opening::parse(start?, end?).map_err(|error| table.error(&error.to_string())).ok()
}

/// A time of day; an opening of it alone tells, so that a bad start does not hide a bad end.
fn time<'a>(item: &Item<'a>) -> Option<&'a str> {
    let text = item.text()?;
    match Opening::parse(text, text) {
        Err(error @ InvalidOpening::BadTime(_)) => {
            item.error(&error.to_string());
            None
        }
        Err(InvalidOpening::StartsAtMidnight | InvalidOpening::Empty(_)) | Ok(_) => Some(text),
    }
}

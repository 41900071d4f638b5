//! From a row's cells to an agent as it is written in any roster file.

use super::column::Column;
use super::hours::{dated_shifts, days_off, has_simple_shift, shifts};
use super::row::Row;
use crate::cli::roster_file::problem::{Key, Problem};
use crate::cli::roster_file::raw::{Entries, RawAgent, RawPlace, RawSkill};

/// All columns of weekly shifts.
const SHIFTS: [Column; 4] = [Column::Days, Column::Start, Column::End, Column::Shifts];

/// The agent of a row; what cannot be read is noted there and left out here.
pub(super) fn raw(row: &mut Row<'_>) -> RawAgent {
    let shifts = shifts(row);
    RawAgent {
        id: row.text(Column::Id).to_owned(),
        name: row.text(Column::Name).to_owned(),
        teams: row.list(Column::Teams),
        skills: Entries(row.entries(Column::Skills, SKILL, skill)),
        languages: row.list(Column::Languages),
        capacity: row.number(Column::Capacity),
        channel_capacity: Entries(row.entries(Column::ChannelCapacity, LIMIT, limit)),
        external_load: row.number(Column::ExternalLoad).unwrap_or(0.0),
        time_zone: Some(row.text(Column::TimeZone).to_owned()).filter(|name| !name.is_empty()),
        shifts,
        days_off: days_off(row),
        dated_shifts: dated_shifts(row),
        seniority: row.word(Column::Seniority),
        presence: row.word(Column::Presence),
        location: location(row),
    }
}

const SKILL: &str = "a skill with its level such as returns:3 or japanese:2@2027-01-01";

fn skill(text: &str) -> Option<RawSkill> {
    let (level, expires) = match text.split_once('@') {
        Some((level, expires)) => (level.trim(), Some(expires.trim().to_owned())),
        None => (text, None),
    };
    Some(RawSkill::Held { level: level.parse().ok()?, expires })
}

const LIMIT: &str = "a channel with its limit such as chat:3";

fn limit(text: &str) -> Option<f64> {
    text.parse().ok()
}

fn location(row: &mut Row<'_>) -> Option<RawPlace> {
    let degrees = [Column::Latitude, Column::Longitude].map(|column| row.number(column));
    match degrees {
        [Some(latitude), Some(longitude)] => Some(RawPlace { latitude, longitude }),
        [Some(_), None] => {
            row.fail(Column::Longitude, "expected one beside the latitude, got an empty cell");
            None
        }
        [None, Some(_)] => {
            row.fail(Column::Latitude, "expected one beside the longitude, got an empty cell");
            None
        }
        [None, None] => None,
    }
}

/// Notes a problem of the agent at the cell that it is about.
pub(super) fn note(row: &mut Row<'_>, problem: Problem) {
    let is_simple = has_simple_shift(row);
    let (column, why) = match problem.key {
        // The shifts that are missed may stand in the cell that is bad.
        Key::Beside(_) if row.is_bad(&SHIFTS) => return,
        Key::Of(key) | Key::Beside(key) | Key::Item(key, _) => (column(key, row), problem.why),
        Key::Entry(key, name) => (column(key, row), format!("{name}: {}", problem.why)),
        Key::Shift(0, "days") if is_simple => (Column::Days, problem.why),
        Key::Shift(0, "start") if is_simple => (Column::Start, problem.why),
        Key::Shift(0, _) if is_simple => (Column::End, problem.why),
        Key::Shift(..) => (Column::Shifts, problem.why),
    };
    row.fail(column, why);
}

/// The column of an agent's key.
fn column(key: &str, row: &Row<'_>) -> Column {
    match key {
        "location" => {
            let latitude = row.text(Column::Latitude).parse::<f64>();
            let is_latitude = latitude.is_ok_and(|degrees| (-90.0..=90.0).contains(&degrees));
            if is_latitude { Column::Longitude } else { Column::Latitude }
        }
        key => super::column::column(key).unwrap_or(Column::Id),
    }
}

//! When a row's agent works: days, hours and dates as people and spreadsheets write them.

use switchyard_domain::hours::{weekday, weekday_name};

use super::column::Column;
use super::row::{Row, shown};
use crate::cli::roster_file::raw::{RawDated, RawShift};

/// The three columns of the simple weekly shift.
const SIMPLE: [Column; 3] = [Column::Days, Column::Start, Column::End];

/// The simple shift of three cells, then those of the column `shifts`.
pub(super) fn shifts(row: &mut Row<'_>) -> Vec<RawShift> {
    let mut shifts: Vec<_> = simple_shift(row).into_iter().collect();
    for item in row.list(Column::Shifts) {
        match shift(&item) {
            Some(shift) => shifts.push(shift),
            None => row.fail(
                Column::Shifts,
                format!(
                    "expected days and hours such as mon-fri 09:00-18:00, got {}",
                    shown(&item)
                ),
            ),
        }
    }
    shifts
}

fn simple_shift(row: &mut Row<'_>) -> Option<RawShift> {
    let [days, start, end] = SIMPLE.map(|column| row.text(column));
    if has_simple_shift(row) {
        let [start, end] = [start, end].map(time);
        return Some(RawShift { days: self::days(days), start, end });
    }
    let is_begun = SIMPLE.iter().any(|column| row.is_written(*column));
    for column in SIMPLE.into_iter().filter(|_| is_begun) {
        if !row.is_written(column) {
            row.fail(column, "expected days, start and end together, got an empty cell");
        }
    }
    None
}

/// Whether all three cells of the simple shift are written.
pub(super) fn has_simple_shift(row: &Row<'_>) -> bool {
    SIMPLE.iter().all(|column| row.is_written(*column))
}

/// `mon-fri 09:00-18:00`.
fn shift(text: &str) -> Option<RawShift> {
    let (days, hours) = text.rsplit_once(char::is_whitespace)?;
    let (start, end) = hours.split_once('-')?;
    Some(RawShift { days: self::days(days), start: time(start), end: time(end) })
}

/// Days between `;` or `,`, each alone or as the first and last of several in a row.
fn days(text: &str) -> Vec<String> {
    let parts = text.split([';', '；', ',']).map(|part| part.trim().to_lowercase());
    parts
        .filter(|part| !part.is_empty())
        .flat_map(|part| range(&part).unwrap_or(vec![part]))
        .collect()
}

/// The days from one to another, which may lie in the next week.
fn range(text: &str) -> Option<Vec<String>> {
    let (first, last) = text.split_once('-')?;
    let (first, last) = (weekday(first.trim())?, weekday(last.trim())?);
    let n = first.until(last) as usize + 1;
    Some(first.cycle_forward().take(n).map(|day| weekday_name(day).to_owned()).collect())
}

/// What stands between start and end, `2026-12-01T09:00/2026-12-01T18:00`.
pub(super) fn dated_shifts(row: &mut Row<'_>) -> Option<Vec<RawDated>> {
    let mut shifts = Vec::new();
    for item in row.list(Column::DatedShifts) {
        match item.split_once('/') {
            Some((start, end)) => {
                let [start, end] = [start, end].map(|text| text.trim().to_owned());
                shifts.push(RawDated { start, end });
            }
            None => row.fail(
                Column::DatedShifts,
                format!(
                    "expected start and end such as 2026-12-01T09:00/2026-12-01T18:00, got {}",
                    shown(&item)
                ),
            ),
        }
    }
    // An empty cell is no dated shift, and none at all would be off shift for good.
    (!shifts.is_empty()).then_some(shifts)
}

/// Dates without a weekly shift.
pub(super) fn days_off(row: &Row<'_>) -> Vec<String> {
    row.list(Column::DaysOff).iter().map(|text| date(text)).collect()
}

/// A time of day with both digits of its hour, which spreadsheets leave out: `9:00`.
fn time(text: &str) -> String {
    match text.trim().split_once(':') {
        Some((hour, minute)) if hour.len() == 1 => format!("0{hour}:{minute}"),
        _ => text.trim().to_owned(),
    }
}

/// A date as we write it; spreadsheets save `2026/10/1` where `2026-10-01` was typed.
fn date(text: &str) -> String {
    let parts: Vec<_> = text.split('/').collect();
    match parts[..] {
        [year, month, day] => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_dates_are_read_as_spreadsheets_save_them() {
        assert_eq!(["9:00", "09:00", "9", "24:00"].map(time), ["09:00", "09:00", "9", "24:00"]);
        let dates = ["2026/10/1", "2026-10-01", "1.10.2026", "a/b"];
        assert_eq!(dates.map(date), ["2026-10-01", "2026-10-01", "1.10.2026", "a/b"]);
    }

    #[test]
    fn days_in_a_row_may_reach_into_the_next_week() {
        assert_eq!(days("Mon-wed"), ["mon", "tue", "wed"]);
        assert_eq!(days("sat-mon; thu,fri"), ["sat", "sun", "mon", "thu", "fri"]);
        assert_eq!(days("mon-fun"), ["mon-fun"]);
        assert_eq!(days("sun-sun"), ["sun"]);
    }
}

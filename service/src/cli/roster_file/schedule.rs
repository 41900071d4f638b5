//! When an agent works: weekly shifts and days off, or dated shifts.

use std::collections::BTreeSet;

use anyhow::anyhow;
use switchyard_domain::hours::{Interval, InvalidOpening, Opening, WeeklyHours, weekday};
use switchyard_domain::schedule::{Rota, Schedule};
use switchyard_domain::time::Zone;
use switchyard_domain::{Date, Weekday};

use super::moment::Moment;
use super::problem::{Key, Problems};
use super::raw::{RawAgent, RawDated, RawShift};

/// The most dated shifts of an agent; the wire has the same bound.
const DATED_MAX: usize = 1_000;

/// The schedule, or always where none is written: then presence alone decides.
///
/// `zone` is the agent's, where one is written and known.
pub(super) fn schedule(
    raw: &RawAgent,
    zone: Option<&Zone>,
    problems: &mut Problems,
) -> Option<Schedule> {
    let days_off = days_off(&raw.days_off, problems);
    if raw.shifts.is_empty() && !raw.days_off.is_empty() {
        problems.fail(Key::Beside("days_off"), "expected shifts beside them, got none");
    }
    match (&raw.dated_shifts, raw.shifts.is_empty()) {
        (None, true) => Some(Schedule::Always),
        (None, false) => {
            let weekly = weekly(&raw.shifts, problems);
            let zone = beside("shifts", raw, zone, problems)?;
            Some(Schedule::Rota(Rota { zone: zone.clone(), weekly, days_off }))
        }
        (Some(dated), true) => {
            let shifts = dated_shifts(dated, raw, zone, problems);
            Some(Schedule::dated(shifts))
        }
        (Some(_), false) => {
            let why = "expected either weekly shifts or dated ones, got both";
            problems.fail("dated_shifts", why);
            None
        }
    }
}

/// The zone that local times need; one that is written and unknown was told already.
fn beside<'a>(
    what: &str,
    raw: &RawAgent,
    zone: Option<&'a Zone>,
    problems: &mut Problems,
) -> Option<&'a Zone> {
    if raw.time_zone.is_none() {
        problems.fail("time_zone", format!("expected one beside {what}, got none"));
    }
    zone
}

fn weekly(shifts: &[RawShift], problems: &mut Problems) -> WeeklyHours {
    let mut weekly = WeeklyHours::default();
    for (idx, shift) in shifts.iter().enumerate() {
        let days = days(shift, idx, problems);
        match Opening::parse(&shift.start, &shift.end) {
            Ok(opening) => days.into_iter().for_each(|day| weekly.open(day, opening)),
            Err(error) => wrong_hours(&error, shift, idx, problems),
        }
    }
    weekly
}

/// Notes which of a shift's times is wrong, or that both are.
fn wrong_hours(error: &InvalidOpening, shift: &RawShift, idx: usize, problems: &mut Problems) {
    let part = part_of(error, shift);
    problems.fail(Key::Shift(idx, part), error.to_string());
    let end_alone = Opening::parse("00:00", &shift.end);
    if let ("start", Err(error @ InvalidOpening::BadTime(_))) = (part, end_alone) {
        problems.fail(Key::Shift(idx, "end"), error.to_string());
    }
}

fn part_of(error: &InvalidOpening, shift: &RawShift) -> &'static str {
    match error {
        InvalidOpening::BadTime(text) if *text != shift.start => "end",
        InvalidOpening::BadTime(_) | InvalidOpening::StartsAtMidnight => "start",
        InvalidOpening::Empty(_) => "end",
    }
}

fn days(shift: &RawShift, idx: usize, problems: &mut Problems) -> Vec<Weekday> {
    if shift.days.is_empty() {
        let why = "expected at least one of mon to sun, got none";
        problems.fail(Key::Shift(idx, "days"), why);
    }
    let wrong = |name: &str| anyhow!("expected mon, tue, wed, thu, fri, sat or sun, got {name:?}");
    let day = |name: &String| {
        problems.take(Key::Shift(idx, "days"), weekday(name).ok_or_else(|| wrong(name)))
    };
    shift.days.iter().filter_map(day).collect()
}

fn days_off(raw: &[String], problems: &mut Problems) -> BTreeSet<Date> {
    let date = |text: &String| {
        let date = text.parse::<Date>();
        let wrong = |_| anyhow!("expected a date such as 2026-10-01, got {text:?}");
        problems.take("days_off", date.map_err(wrong))
    };
    raw.iter().filter_map(date).collect()
}

fn dated_shifts(
    dated: &[RawDated],
    raw: &RawAgent,
    zone: Option<&Zone>,
    problems: &mut Problems,
) -> Vec<Interval> {
    let (n, mut needs_zone) = (dated.len(), false);
    if n > DATED_MAX {
        problems.fail("dated_shifts", format!("expected at most {DATED_MAX} shifts, got {n}"));
    }
    let mut shifts = Vec::new();
    for (idx, shift) in dated.iter().enumerate() {
        let Some([start, end]) = moments(shift, idx, problems) else { continue };
        needs_zone |= [start, end].iter().any(|moment| matches!(moment, Moment::Local(_)));
        let utc = Zone::utc();
        let at = |moment: Moment| moment.in_zone(zone.unwrap_or(&utc));
        let interval = Interval { start: at(start), end: at(end) };
        if interval.start >= interval.end {
            let RawDated { start, end } = shift;
            let why = format!("expected an end after the start {start}, got {end:?}");
            problems.fail(Key::Item("dated_shifts", idx), why);
        }
        shifts.push(interval);
    }
    if needs_zone {
        beside("dated shifts without an offset", raw, zone, problems);
    }
    shifts
}

fn moments(shift: &RawDated, idx: usize, problems: &mut Problems) -> Option<[Moment; 2]> {
    let mut moment = |text| problems.take(Key::Item("dated_shifts", idx), Moment::parse(text));
    let (start, end) = (moment(&shift.start), moment(&shift.end));
    Some([start?, end?])
}

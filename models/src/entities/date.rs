//! Dates and times as they are mostly written; words such as `yesterday` need a calendar and stay.

use std::ops::Range;

use super::glyphs::Glyphs;
use super::{EntityKind, Found};

/// Months by their first letters, as abbreviated and in full.
const MONTHS: [(&str, &str); 12] = [
    ("jan", "january"),
    ("feb", "february"),
    ("mar", "march"),
    ("apr", "april"),
    ("may", "may"),
    ("jun", "june"),
    ("jul", "july"),
    ("aug", "august"),
    ("sep", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
];

pub(super) fn find(glyphs: &Glyphs, found: &mut Vec<Found>) {
    let mut at = 0;
    while at < glyphs.len() {
        let here = found_at(glyphs, at);
        at = here.as_ref().map_or(at + 1, |it| it.chars.end);
        found.extend(here);
    }
}

fn found_at(glyphs: &Glyphs, at: usize) -> Option<Found> {
    if glyphs.at(at).is_ascii_digit() {
        let first = glyphs.digits(at).filter(|it| it.len() <= 4)?;
        return numeric_date(glyphs, &first)
            .or_else(|| time(glyphs, &first))
            .or_else(|| day_first(glyphs, &first));
    }
    let is_word = glyphs.at(at).is_ascii_alphabetic() && !glyphs.before(at).is_ascii_alphanumeric();
    is_word.then(|| month_first(glyphs, at)).flatten()
}

/// `2026-11-03`, `2026/11/3`, `2026年11月3日`, `11月3日`.
fn numeric_date(glyphs: &Glyphs, first: &Range<usize>) -> Option<Found> {
    let mark = glyphs.at(first.end);
    let year = (first.len() == 4 && matches!(mark, '-' | '/' | '年')).then(|| glyphs.value(first));
    let month = if year.is_some() { part(glyphs, first.end + 1)? } else { first.clone() };
    let between = glyphs.at(month.end);
    let is_fitting = if matches!(mark, '-' | '/') && year.is_some() {
        between == mark
    } else {
        between == '月'
    };
    let day = is_fitting.then(|| part(glyphs, month.end + 1)).flatten()?;
    let end = day.end + usize::from(between == '月' && matches!(glyphs.at(day.end), '日' | '号'));
    date(year, glyphs.value(&month), glyphs.value(&day), first.start..end)
}

/// One or two digits.
fn part(glyphs: &Glyphs, at: usize) -> Option<Range<usize>> {
    let end = glyphs.end_of(at, |c| c.is_ascii_digit());
    (1..=2).contains(&(end - at)).then_some(at..end)
}

/// `10:11`, and seconds, which are left out of the value.
fn time(glyphs: &Glyphs, hour: &Range<usize>) -> Option<Found> {
    let minute = (glyphs.at(hour.end) == ':').then(|| part(glyphs, hour.end + 1)).flatten()?;
    let (hours, minutes) = (glyphs.value(hour), glyphs.value(&minute));
    let second = (glyphs.at(minute.end) == ':').then(|| part(glyphs, minute.end + 1)).flatten();
    let end = second.map_or(minute.end, |it| it.end);
    let is_time = hour.len() <= 2 && minute.len() == 2 && hours <= 24 && minutes < 60;
    let value = format!("{hours:02}:{minutes:02}");
    is_time.then_some(Found { kind: EntityKind::Time, chars: hour.start..end, value })
}

/// `3 Nov 2026`, `3rd of November`.
fn day_first(glyphs: &Glyphs, day: &Range<usize>) -> Option<Found> {
    let at = glyphs.end_of(after_ordinal(glyphs, day.end), |c| c == ' ');
    let at = glyphs.after_word(at, "of").map_or(at, |end| glyphs.end_of(end, |c| c == ' '));
    let (month, end) = month(glyphs, at)?;
    let (year, end) = year_after(glyphs, end);
    date(year, month, glyphs.value(day), day.start..end)
}

/// `Nov 3, 2026`, `November 3rd`.
fn month_first(glyphs: &Glyphs, at: usize) -> Option<Found> {
    let (month, end) = month(glyphs, at)?;
    let day = part(glyphs, glyphs.end_of(end, |c| matches!(c, ' ' | '.')))?;
    let (year, end) = year_after(glyphs, after_ordinal(glyphs, day.end));
    // `May 10:30` is a time.
    let is_day = glyphs.at(day.end) != ':';
    date(year, month, glyphs.value(&day), at..end).filter(|_| is_day)
}

fn after_ordinal(glyphs: &Glyphs, at: usize) -> usize {
    ["st", "nd", "rd", "th"].iter().find_map(|it| glyphs.after_word(at, it)).unwrap_or(at)
}

/// The month named at `at`, and what follows.
fn month(glyphs: &Glyphs, at: usize) -> Option<(u32, usize)> {
    (1..).zip(MONTHS).find_map(|(month, (short, long))| {
        let end = glyphs.after_word(at, long).or_else(|| glyphs.after_word(at, short))?;
        // `may` in small letters is mostly the verb.
        let is_month = month != 5 || glyphs.at(at).is_ascii_uppercase();
        is_month.then_some((month, end))
    })
}

fn year_after(glyphs: &Glyphs, at: usize) -> (Option<u32>, usize) {
    let start = glyphs.end_of(at, |c| matches!(c, ' ' | ','));
    let end = glyphs.end_of(start, |c| c.is_ascii_digit());
    let year = glyphs.value(&(start..end));
    let is_year = end - start == 4 && start > at && (1900..2100).contains(&year);
    if is_year { (Some(year), end) } else { (None, at) }
}

fn date(year: Option<u32>, month: u32, day: u32, chars: Range<usize>) -> Option<Found> {
    let is_date = (1..=12).contains(&month) && (1..=31).contains(&day);
    let year = year.map_or("-".to_owned(), |year| format!("{year:04}"));
    let value = format!("{year}-{month:02}-{day:02}");
    is_date.then_some(Found { kind: EntityKind::Date, chars, value })
}

//! Telephone numbers, bank cards and resident ids: digits in groups, told by their shape.
//!
//! The longest run of groups that has a shape is taken, so that two numbers
//! beside each other are not one.

use std::ops::Range;

use super::announced::Before;
use super::glyphs::Glyphs;
use super::{EntityKind, Found};

/// A card in groups of four has the most.
const GROUPS_MAX: usize = 5;
/// The longest number with a shape is a card.
const DIGITS_MAX: usize = 19;

/// Words before a telephone number.
const PHONE_WORDS: [&str; 13] = [
    "电话",
    "手机",
    "座机",
    "联系方式",
    "致电",
    "拨打",
    "tel",
    "phone",
    "telephone",
    "mobile",
    "cell",
    "call",
    "fax",
];

pub(super) fn find(glyphs: &Glyphs, found: &mut Vec<Found>) {
    let mut at = 0;
    while at < glyphs.len() {
        let Some(groups) = glyphs.digits(at).map(|first| groups(glyphs, first)) else {
            at += 1;
            continue;
        };
        at = groups.first().map_or(at + 1, |first| first.end);
        if let Some(it) = (1..=groups.len()).rev().find_map(|n| number(glyphs, &groups[..n])) {
            at = it.chars.end;
            found.push(it);
        }
    }
}

/// The groups of digits that follow each other, one separator between.
fn groups(glyphs: &Glyphs, first: Range<usize>) -> Vec<Range<usize>> {
    let mut groups = vec![first];
    while let Some(end) = groups.last().map(|it| it.end).filter(|_| groups.len() < GROUPS_MAX) {
        let end = end + usize::from(glyphs.at(end) == ')');
        let start = end + usize::from(matches!(glyphs.at(end), ' ' | '-'));
        match glyphs.digits(start) {
            Some(next) => groups.push(next),
            None => break,
        }
    }
    groups
}

fn number(glyphs: &Glyphs, groups: &[Range<usize>]) -> Option<Found> {
    let (start, end) = (groups.first()?.start, groups.last()?.end);
    let n_digits: usize = groups.iter().map(Range::len).sum();
    if n_digits > DIGITS_MAX {
        return None;
    }
    let mut value: String = groups.iter().map(|it| glyphs.string(it.clone())).collect();
    let is_check = matches!(glyphs.at(end), 'X' | 'x') && n_digits == 17;
    let end = end + usize::from(is_check);
    if is_check {
        value.push('X');
    }
    if glyphs.at(end).is_ascii_alphanumeric() {
        return None;
    }
    let lengths: Vec<usize> = groups.iter().map(Range::len).collect();
    let has_plus = glyphs.before(start) == '+';
    let is_phone = || is_phone(&value, &lengths, has_plus) || is_announced(glyphs, start, &value);
    let kind = match () {
        () if is_resident_id(&value) => EntityKind::ResidentId,
        () if is_card(&value, &lengths) => EntityKind::BankCard,
        () if is_phone() => EntityKind::Phone,
        () => return None,
    };
    if has_plus {
        value.insert(0, '+');
    }
    Some(Found { kind, chars: start - usize::from(has_plus)..end, value })
}

/// Mobile, landline, service and international numbers, by their groups.
fn is_phone(digits: &str, lengths: &[usize], has_plus: bool) -> bool {
    let n = digits.len();
    let is_grouped = lengths.len() > 1;
    let country = ["0086", "86"].iter().find_map(|code| digits.strip_prefix(code));
    (has_plus && (8..=15).contains(&n))
        || (is_mobile(digits) && lengths.iter().all(|length| *length >= 3))
        || country.is_some_and(is_mobile)
        // A trunk prefix: Chinese areas, and those of many other countries.
        || (digits.starts_with('0') && is_grouped && lengths[0] >= 3 && (10..=12).contains(&n))
        || (is_grouped && n == 10 && (digits.starts_with("400") || digits.starts_with("800")))
        || matches!(lengths, [3, 3, 4] | [1, 3, 3, 4])
}

/// *Source*: the national numbering plan: 11 digits from 13 to 19.
pub(super) fn is_mobile(digits: &str) -> bool {
    let mut front = digits.bytes();
    digits.len() == 11 && front.next() == Some(b'1') && front.next().is_some_and(|b| b >= b'3')
}

fn is_announced(glyphs: &Glyphs, start: usize, digits: &str) -> bool {
    (7..=13).contains(&digits.len()) && Before::of(glyphs, start).is_any(glyphs, &PHONE_WORDS)
}

/// *Source*: GB 11643-1999: weights 2^17 to 2^0 modulo 11, the check digit last.
fn is_resident_id(digits: &str) -> bool {
    let check = |b: u8| if b == b'X' { 10 } else { u32::from(b - b'0') };
    let sum = digits.bytes().fold(0, |sum, b| (sum * 2 + check(b)) % 11);
    let is_born = |range: Range<usize>, from: &str, to: &str| {
        digits.get(range).is_some_and(|it| (from..=to).contains(&it))
    };
    digits.len() == 18
        && !digits.starts_with('0')
        && is_born(6..10, "1900", "2099")
        && is_born(10..12, "01", "12")
        && is_born(12..14, "01", "31")
        && sum == 1
}

/// Cards of the larger schemes: 15 to 19 digits that pass Luhn's check, alone or in fours.
fn is_card(digits: &str, lengths: &[usize]) -> bool {
    let (last, rest) =
        lengths.split_last().map_or((0, [].as_slice()), |(last, rest)| (*last, rest));
    let is_in_fours = rest.iter().all(|length| *length == 4) && last <= 4;
    (15..=DIGITS_MAX).contains(&digits.len())
        && digits.starts_with(['3', '4', '5', '6'])
        && (rest.is_empty() || is_in_fours || matches!(lengths, [4, 6, 5] | [6, 13]))
        && passes_luhn(digits)
}

/// *Source*: ISO/IEC 7812-1, annex B.
fn passes_luhn(digits: &str) -> bool {
    let digit = |(at, b): (usize, u8)| {
        let digit = u32::from(b.saturating_sub(b'0')) * if at % 2 == 1 { 2 } else { 1 };
        digit / 10 + digit % 10
    };
    digits.bytes().all(|b| b.is_ascii_digit())
        && digits.bytes().rev().enumerate().map(digit).sum::<u32>() % 10 == 0
}

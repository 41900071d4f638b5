//! Amounts of money: a number with a currency before or after it.

use std::ops::Range;

use super::glyphs::Glyphs;
use super::{EntityKind, Found};
use crate::clean::han::is_han;

/// Signs and words with the code of ISO 4217; longer ones first where one ends in another.
///
/// `¥` is the yuan's sign here; who pays in yen writes JPY.
const BEFORE: [(&str, &str); 17] = [
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("US$", "USD"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("S$", "SGD"),
    ("$", "USD"),
    ("¥", "CNY"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("RMB", "CNY"),
    ("CNY", "CNY"),
    ("USD", "USD"),
    ("EUR", "EUR"),
    ("GBP", "GBP"),
    ("HKD", "HKD"),
    ("JPY", "JPY"),
];
const AFTER: [(&str, &str); 22] = [
    ("元", "CNY"),
    ("块", "CNY"),
    ("人民币", "CNY"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("港币", "HKD"),
    ("日元", "JPY"),
    ("RMB", "CNY"),
    ("CNY", "CNY"),
    ("yuan", "CNY"),
    ("USD", "USD"),
    ("dollars", "USD"),
    ("bucks", "USD"),
    ("EUR", "EUR"),
    ("euros", "EUR"),
    ("€", "EUR"),
    ("GBP", "GBP"),
    ("pounds", "GBP"),
    ("£", "GBP"),
    ("$", "USD"),
];
/// `块` counts pieces as well: `3块电池`. These may follow it where it is money.
const AFTER_PIECE: &str = "钱了的多吧呢左";

pub(super) fn find(glyphs: &Glyphs, found: &mut Vec<Found>) {
    let mut at = 0;
    while at < glyphs.len() {
        let Some(number) = number(glyphs, at) else {
            at += 1;
            continue;
        };
        at = number.end;
        found.extend(amount(glyphs, &number));
    }
}

fn amount(glyphs: &Glyphs, number: &Range<usize>) -> Option<Found> {
    let (currency, chars) =
        currency_after(glyphs, number).or_else(|| currency_before(glyphs, number))?;
    let value = format!("{currency} {}", glyphs.string(number.clone()).replace(',', ""));
    Some(Found { kind: EntityKind::Amount, chars, value })
}

fn currency_before(glyphs: &Glyphs, number: &Range<usize>) -> Option<(&'static str, Range<usize>)> {
    let end = number.start - usize::from(glyphs.before(number.start) == ' ');
    let start_of = |(sign, code): &(&str, &'static str)| {
        glyphs.before_word(end, sign).map(|start| (*code, start..number.end))
    };
    BEFORE.iter().find_map(start_of)
}

fn currency_after(glyphs: &Glyphs, number: &Range<usize>) -> Option<(&'static str, Range<usize>)> {
    let start = number.end + usize::from(glyphs.at(number.end) == ' ');
    let end_of = |(sign, code): &(&str, &'static str)| {
        let end = glyphs.after_word(start, sign)?;
        let is_piece =
            *sign == "块" && is_han(glyphs.at(end)) && !AFTER_PIECE.contains(glyphs.at(end));
        // `10 $20`: the sign belongs to the number after it.
        let is_next = matches!(*sign, "$" | "€" | "£") && glyphs.at(end).is_ascii_digit();
        (!is_piece && !is_next).then_some((*code, number.start..end))
    };
    AFTER.iter().find_map(end_of)
}

/// Digits, thousands in threes, and decimals; letters may stand before, as in `RMB100`.
fn number(glyphs: &Glyphs, start: usize) -> Option<Range<usize>> {
    let is_digit = |c: char| c.is_ascii_digit();
    let is_start =
        is_digit(glyphs.at(start)) && !matches!(glyphs.before(start), '0'..='9' | '.' | ',');
    if !is_start {
        return None;
    }
    let mut end = glyphs.end_of(start, is_digit);
    while glyphs.at(end) == ',' && glyphs.end_of(end + 1, is_digit) == end + 4 {
        end += 4;
    }
    if glyphs.at(end) == '.' && is_digit(glyphs.at(end + 1)) {
        end = glyphs.end_of(end + 1, is_digit);
    }
    Some(start..end)
}

//! Numbers of orders, parcels and devices: announced by a word, or with a form of their own.

use std::ops::Range;

use super::announced::Before;
use super::glyphs::Glyphs;
use super::number::is_mobile;
use super::{EntityKind, Found};

/// Fewer characters are a quantity.
const NAMED_CHARS_MIN: usize = 4;
/// Where only `order` stands before, and not `order no.`, it may still be a quantity.
const UNNAMED_CHARS_MIN: usize = 5;
/// Longer ones are nobody's number.
const CHARS_MAX: usize = 32;

const TRACKING_WORDS: [&str; 6] = ["运单", "tracking", "waybill", "awb", "consignment", "快递单"];
const ORDER_WORDS: [&str; 4] = ["订单", "order", "po", "purchase order"];
const SERIAL_WORDS: [&str; 6] = ["序列", "sn", "s/n", "serial", "imei", "机身"];
/// Words that announce a number only together with `号` or a colon.
const NAMED_TRACKING_WORDS: [&str; 5] = ["快递", "物流", "物流单", "包裹", "parcel"];

/// Letters that carriers put before their numbers, and the digits that follow at least.
const CARRIERS: [(&str, usize); 8] = [
    ("SF", 12),
    ("YT", 13),
    ("JDV", 10),
    ("JDX", 10),
    ("JD", 11),
    ("JT", 13),
    ("ZTO", 10),
    ("STO", 12),
];

/// Numbers after a word that says what they are.
pub(super) fn find_announced(glyphs: &Glyphs, found: &mut Vec<Found>) {
    find_each(glyphs, found, |token, value| announced_kind(glyphs, token.start, value));
}

/// Numbers that say themselves what they are.
pub(super) fn find_bare(glyphs: &Glyphs, found: &mut Vec<Found>) {
    find_each(glyphs, found, |token, value| bare_kind(glyphs, token.start, value));
}

fn find_each(
    glyphs: &Glyphs,
    found: &mut Vec<Found>,
    kind_of: impl Fn(&Range<usize>, &str) -> Option<EntityKind>,
) {
    let mut at = 0;
    while at < glyphs.len() {
        let token = token(glyphs, at);
        at = token.end.max(at + 1);
        let n_chars = token.len();
        if !(NAMED_CHARS_MIN..=CHARS_MAX).contains(&n_chars) {
            continue;
        }
        let value = glyphs.string(token.clone()).to_ascii_uppercase();
        let kind = kind_of(&token, &value).filter(|_| value.bytes().any(|b| b.is_ascii_digit()));
        found.extend(kind.map(|kind| Found { kind, chars: token, value }));
    }
}

/// Letters and digits, with single hyphens inside.
fn token(glyphs: &Glyphs, start: usize) -> Range<usize> {
    let mut end = glyphs.end_of(start, |c| c.is_ascii_alphanumeric());
    while end > start && glyphs.at(end) == '-' && glyphs.at(end + 1).is_ascii_alphanumeric() {
        end = glyphs.end_of(end + 1, |c| c.is_ascii_alphanumeric());
    }
    start..end
}

fn announced_kind(glyphs: &Glyphs, start: usize, value: &str) -> Option<EntityKind> {
    let before = Before::of(glyphs, start);
    let is_any = |words: &[&str]| before.is_any(glyphs, words);
    let is_long = before.is_named || (value.len() >= UNNAMED_CHARS_MIN && !is_mobile(value));
    match () {
        () if !is_long => None,
        () if is_any(&TRACKING_WORDS) => Some(EntityKind::TrackingNumber),
        () if before.is_named && is_any(&NAMED_TRACKING_WORDS) => Some(EntityKind::TrackingNumber),
        () if is_any(&ORDER_WORDS) => Some(EntityKind::OrderNumber),
        () if is_any(&SERIAL_WORDS) => Some(EntityKind::SerialNumber),
        () if before.is_named && is_any(&["单"]) => Some(EntityKind::OrderNumber),
        () => None,
    }
}

fn bare_kind(glyphs: &Glyphs, start: usize, value: &str) -> Option<EntityKind> {
    let is_numeric = value.bytes().all(|b| b.is_ascii_digit());
    match () {
        () if is_tracking_number(value) => Some(EntityKind::TrackingNumber),
        () if ["ORD", "PO-", "SO-"].iter().any(|it| value.starts_with(it)) => {
            Some(EntityKind::OrderNumber)
        }
        () if is_numeric && glyphs.before(start) == '#' => Some(EntityKind::OrderNumber),
        // Market places number orders with so many digits; cards are told before.
        () if is_numeric && value.len() >= 16 => Some(EntityKind::OrderNumber),
        () if is_model_code(glyphs, start, value) => Some(EntityKind::ModelCode),
        () => None,
    }
}

fn is_tracking_number(value: &str) -> bool {
    let is_carriers = |(letters, n_min): &(&str, usize)| {
        let digits = value.strip_prefix(letters).unwrap_or("");
        digits.len() >= *n_min && digits.bytes().all(|b| b.is_ascii_digit())
    };
    CARRIERS.iter().any(is_carriers)
        || is_postal(value)
        || (value.starts_with("1Z") && value.len() == 18)
}

/// *Source*: UPU S10: two letters, nine digits, and the country's two letters.
fn is_postal(value: &str) -> bool {
    value.len() == 13
        && value.bytes().enumerate().all(|(at, b)| match at {
            2..=10 => b.is_ascii_digit(),
            _ => b.is_ascii_alphabetic(),
        })
}

/// A capital first, then digits: `XR-200`, `WH-1000XM5`, `RTX4090`; but `A4`, `iPhone15` and `USB-C` are words.
fn is_model_code(glyphs: &Glyphs, start: usize, value: &str) -> bool {
    let n_digits = value.bytes().filter(u8::is_ascii_digit).count();
    let n_digits_min = if value.contains('-') { 2 } else { 3 };
    let has_small = (start..start + value.len()).any(|at| glyphs.at(at).is_ascii_lowercase());
    glyphs.at(start).is_ascii_uppercase()
        && !has_small
        && n_digits >= n_digits_min
        && value.len() <= 16
}

//! What a ticket names: numbers, addresses, amounts, dates, places, each with its span.
//!
//! By rule and without a model: what is taken has a form of its own or is
//! announced by a word. The crate's features know nothing of it; whoever shows a
//! ticket, searches an order or masks a text does.
//!
//! In reading order:
//! - `glyphs`: the text as characters that compare
//! - `announced`: the words before a number that say what it is
//! - `email`, `date`, `amount`, `reference`, `number`, `city`, `house`: one rule each

mod amount;
mod announced;
mod city;
mod date;
mod email;
mod glyphs;
mod house;
mod number;
mod reference;

use std::collections::BTreeMap;
use std::ops::Range;

use glyphs::Glyphs;

/// Something a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Where it stands. *Units*: bytes of the text given, on boundaries of characters.
    pub span: Range<usize>,
    /// One spelling for what is the same; its form depends on the kind.
    pub value: String,
}

/// What an entity is, with the form of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// In capitals: `DD88231`.
    OrderNumber,
    /// Of a parcel, in capitals: `SF1234567890123`.
    TrackingNumber,
    /// Of one device, in capitals.
    SerialNumber,
    /// Of a kind of device, in capitals: `XR-200`.
    ModelCode,
    /// Digits, after a plus where one was written: `+8613800138000`.
    Phone,
    /// In small letters.
    Email,
    /// Digits.
    BankCard,
    /// Of a resident of China: 18 characters.
    ResidentId,
    /// Of a house or a flat in its street, as written.
    HouseNumber,
    /// Currency and number: `CNY 129.50`.
    Amount,
    /// `2026-11-03`, or `--11-03` where no year was written.
    Date,
    /// `10:11`.
    Time,
    /// The English name of a larger city.
    City,
}

/// What a rule found, in characters.
struct Found {
    kind: EntityKind,
    chars: Range<usize>,
    value: String,
}

type Rule = fn(&Glyphs, &mut Vec<Found>);

/// The surest first: of two that overlap, the earlier rule is right.
const RULES: [Rule; 8] = [
    email::find,
    date::find,
    amount::find,
    reference::find_announced,
    number::find,
    reference::find_bare,
    city::find,
    house::find,
];

/// The entities of a text, in order of their place; none overlaps another.
pub fn find(text: &str) -> Vec<Entity> {
    let glyphs = Glyphs::of(text);
    let mut found = Vec::new();
    for rule in RULES {
        rule(&glyphs, &mut found);
    }
    let mut taken = BTreeMap::new();
    for it in found {
        if is_free(&taken, &it.chars) {
            taken.insert(it.chars.start, it);
        }
    }
    let entity =
        |it: Found| Entity { kind: it.kind, span: glyphs.bytes(&it.chars), value: it.value };
    taken.into_values().map(entity).collect()
}

fn is_free(taken: &BTreeMap<usize, Found>, chars: &Range<usize>) -> bool {
    let last_before = taken.range(..chars.end).next_back();
    last_before.is_none_or(|(_, it)| it.chars.end <= chars.start)
}

#[cfg(test)]
mod tests;

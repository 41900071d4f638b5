//! A ticket's text through cleaning, language, entities, features and every head of the default
//! model; a short one through its explanation as well.
//!
//! The record separator divides an input into subject, messages and attachments, so that any text
//! file is a seed.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use switchyard_models::bundle::Bundle;
use switchyard_models::clean::{ANALYSED_CHARS_MAX, Cleaned, masked};
use switchyard_models::entities::find;
use switchyard_models::features::FeatureSettings;
use switchyard_models::features::ngrams::walk;
use switchyard_models::language;
use switchyard_models::text::{Attachment, Author, Known, TicketText, Turn};
use switchyard_models::understand::{Categories, Understanding};

/// Between the parts of a ticket.
const SEPARATOR: char = '\u{1e}';

/// Texts up to this long are explained, which judges them once more for each word.
const EXPLAINED_MAX: usize = 200;

/// The most characters that one becomes when it is folded, a ligature of Arabic.
const FOLDED_MAX: usize = 18;

static MODEL: LazyLock<Understanding> = LazyLock::new(|| {
    let files: [(&str, &[u8]); 3] = [
        ("manifest.json", include_bytes!("../../../models/bundles/default/manifest.json")),
        (
            "weights.safetensors.gz",
            include_bytes!("../../../models/bundles/default/weights.safetensors.gz"),
        ),
        ("card.md", include_bytes!("../../../models/bundles/default/card.md")),
    ];
    let bundle = Bundle::from_files(&files).expect("the default bundle is sound");
    Understanding::new(&bundle).expect("its labels are known")
});

fn ticket(text: &str) -> TicketText<'_> {
    let mut parts = text.split(SEPARATOR);
    let subject = parts.next().unwrap_or_default();
    let (mut turns, mut attachments) = (Vec::new(), Vec::new());
    for (n, text) in parts.enumerate() {
        match n % 3 {
            0 => turns.push(Turn { author: Author::Customer, text }),
            1 => turns.push(Turn { author: Author::Staff, text }),
            _ => attachments.push(Attachment { text: (!text.is_empty()).then_some(text) }),
        }
    }
    TicketText { subject, turns, attachments }
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let ticket = ticket(&text);
    let (mut fresh, mut used) = (Cleaned::default(), Cleaned::default());
    fresh.read(&ticket);
    used.read(&TicketText::new("what was there before", "預約退款 <b>"));
    used.read(&ticket);
    assert_eq!(fresh.text, used.text, "nothing is left of the ticket before");
    assert_eq!(language::detect(&fresh), language::detect(&used));
    let n_parts = ticket.turns.len() + ticket.attachments.len() + 1;
    let n_chars = fresh.text.chars().count();
    assert!(n_chars <= FOLDED_MAX * ANALYSED_CHARS_MAX + n_parts, "{n_chars} characters");

    let settings =
        FeatureSettings { codes: true, edges: true, context: true, ..FeatureSettings::default() };
    walk(&fresh.with_numbers(), settings, |_, _| {});
    for entity in find(&text) {
        assert!(text.get(entity.span.clone()).is_some(), "{entity:?} ends within a character");
    }
    assert_eq!(masked(&masked(&text)), masked(&text), "masking twice is masking once");
    if text.len() <= EXPLAINED_MAX {
        MODEL.explain(&ticket, Categories::Model);
    }

    let first = MODEL.analyze(&ticket, &Known::default()).assessment;
    let again = MODEL.analyze(&ticket, &Known::default()).assessment;
    assert_eq!(first, again, "the same text is understood the same");
});

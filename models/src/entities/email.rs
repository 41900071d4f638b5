//! E-mail addresses: letters, one `@`, and a domain with a dot.

use super::glyphs::Glyphs;
use super::{EntityKind, Found};

/// *Source*: RFC 5321, section 4.5.3.1.
const LOCAL_CHARS_MAX: usize = 64;

pub(super) fn find(glyphs: &Glyphs, found: &mut Vec<Found>) {
    for at in (0..glyphs.len()).filter(|at| glyphs.at(*at) == '@') {
        found.extend(address(glyphs, at));
    }
}

fn address(glyphs: &Glyphs, at: usize) -> Option<Found> {
    let start = glyphs.start_of(at, |c| c.is_ascii_alphanumeric() || "._%+-".contains(c));
    let start = glyphs.end_of(start, |c| c == '.');
    let mut end = glyphs.end_of(at + 1, |c| c.is_ascii_alphanumeric() || ".-".contains(c));
    while matches!(glyphs.before(end), '.' | '-') {
        end -= 1;
    }
    let value = glyphs.string(start..end.max(start)).to_ascii_lowercase();
    let (local, domain) = value.split_once('@')?;
    let (host, top) = domain.rsplit_once('.')?;
    let is_address = (1..=LOCAL_CHARS_MAX).contains(&local.len())
        && !host.is_empty()
        && top.len() >= 2
        && top.bytes().all(|b| b.is_ascii_alphabetic());
    is_address.then_some(Found { kind: EntityKind::Email, chars: start..end, value })
}

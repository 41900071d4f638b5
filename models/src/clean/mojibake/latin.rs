//! UTF-8 that was read as Latin-1 or Windows-1252: one character for each byte.

use super::{is_chinese, is_sign};

/// Windows-1252 from 0x80 on; bytes it leaves out are the control characters of Latin-1.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// Whether the text holds a letter that a first byte of UTF-8 is read as.
///
/// All of them are written with the byte 0xC3 first, which no other character has.
pub(super) fn is_suspect(text: &str) -> bool {
    text.as_bytes().contains(&0xC3)
}

/// Whether a character is what the first byte of a sequence is read as.
pub(super) fn is_lead(c: char) -> bool {
    matches!(c, '\u{C2}'..='\u{F4}')
}

/// Reads the sequences that follow each other here, or one character that begins none.
pub(super) fn take(text: &str, at: usize, out: &mut String) -> usize {
    let (start, mut end, mut n_chars) = (out.len(), at, 0);
    while let Some((c, length)) = sequence(&text[end..]).filter(|(c, _)| is_readable(*c)) {
        out.push(c);
        end += length;
        n_chars += 1;
    }
    let before = text[..at].chars().next_back().unwrap_or(' ');
    if n_chars > 1 || out[start..].chars().next().is_some_and(|c| is_meant_alone(c, before)) {
        return end - at;
    }
    out.truncate(start);
    let lead = text[at..].chars().next();
    out.extend(lead);
    lead.map_or(1, char::len_utf8)
}

/// The character that the front of `text` stands for, and the bytes that front has.
fn sequence(text: &str) -> Option<(char, usize)> {
    let mut bytes = [0; 4];
    let n = match byte_of(text.chars().next()?)? {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut length = 0;
    let mut chars = text.chars();
    for byte in &mut bytes[..n] {
        let c = chars.next()?;
        *byte = byte_of(c)?;
        length += c.len_utf8();
    }
    Some((std::str::from_utf8(&bytes[..n]).ok()?.chars().next()?, length))
}

fn byte_of(c: char) -> Option<u8> {
    match u8::try_from(u32::from(c)) {
        Ok(byte) => (byte >= 0x80).then_some(byte),
        Err(_) => WINDOWS.iter().position(|it| *it == c).map(|at| 0x80 + at as u8),
    }
}

/// What a ticket may hold: letters with accents, Chinese, signs, and pictures.
fn is_readable(c: char) -> bool {
    matches!(c, '\u{A0}'..='\u{FF}' | '\u{1F000}'..='\u{1FAFF}') || is_chinese(c) || is_sign(c)
}

/// Whether one sequence is rather the character it stands for than the letters it is read as.
///
/// One ideograph is not: `«passé»…` ends in what might be one. Nor is a letter
/// after a capital: `IRMÃ»` is a word before a quotation mark.
fn is_meant_alone(c: char, before: char) -> bool {
    match c {
        '\u{A0}'..='\u{FF}' => !before.is_uppercase(),
        _ => !is_chinese(c),
    }
}

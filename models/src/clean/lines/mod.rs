//! The writer's own lines: quoted replies and signatures are somebody's, or nothing.
//!
//! The rules are few and sure rather than many and clever: a cut that removes
//! the request costs more than a signature that stays.

mod footer;
mod names;
mod quote;
mod signature;

use super::fold::is_invisible;

/// What people write above a text they pass on; then that text is the request.
const POINTERS: [&str; 21] = [
    "fyi",
    "fw",
    "fwd",
    "email",
    "e-mail",
    "mail",
    "see below",
    "please see below",
    "please advise",
    "forwarding this",
    "as below",
    "邮件",
    "邮件内容",
    "如下",
    "见下",
    "见下文",
    "请看下面",
    "请见下方",
    "转发",
    "请处理",
    "转",
];

/// Appends the writer's own lines of `text` to `out`.
///
/// Above a quoted message they are the request; a message passed on without a
/// word is the request itself. Returns false when no line is anybody's own, and
/// all of `text` was appended instead.
pub(super) fn keep_own(text: &str, out: &mut String) -> bool {
    if !text.contains('\n') {
        out.push_str(text);
        return !bare(text).is_empty();
    }
    let start = out.len();
    let mut quoted = push_own(text, out);
    while let (true, Some(rest)) = (says_nothing(&out[start..]), quoted) {
        out.truncate(start);
        quoted = push_own(rest, out);
    }
    signature::cut(out, start);
    let has_own = !bare(&out[start..]).is_empty();
    if !has_own {
        out.truncate(start);
        out.push_str(text);
    }
    has_own
}

/// Appends the own lines before an earlier message, and returns that message.
///
/// Where it is marked line by line, own lines may stand between.
fn push_own<'a>(text: &'a str, out: &mut String) -> Option<&'a str> {
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = split_line(rest);
        if let Some(message) = quote::introduced(rest) {
            if !quote::is_marked(message) {
                return Some(message);
            }
            rest = message;
        } else if footer::opens_notice(rest) {
            rest = after_paragraph(rest);
        } else {
            push_line(line, out);
            rest = after;
        }
    }
    None
}

fn push_line(line: &str, out: &mut String) {
    let bare = bare(line);
    if !bare.starts_with('>') && !footer::is_of_device(bare) {
        out.push_str(line);
        out.push('\n');
    }
}

/// Whether nothing is asked: no words, only a signature, or only a hint at what follows.
fn says_nothing(text: &str) -> bool {
    let text = bare(text);
    let words = text.trim_end_matches(is_mark);
    signature::start(text) == Some(0) || POINTERS.iter().any(|it| it.eq_ignore_ascii_case(words))
}

/// The first line without its end, and what follows.
fn split_line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

fn after_paragraph(text: &str) -> &str {
    let mut rest = text;
    while !bare(split_line(rest).0).is_empty() {
        rest = split_line(rest).1;
    }
    rest
}

/// A line without the white space and invisible characters around it.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// Marks that end a phrase.
fn is_mark(c: char) -> bool {
    matches!(c, ',' | '.' | '!' | ':' | '~' | '，' | '。' | '！' | '：' | '～' | ' ')
}

/// `text` without `front`, whatever the case of its letters.
fn strip_prefix<'a>(text: &'a str, front: &str) -> Option<&'a str> {
    let found = text.get(..front.len())?;
    found.eq_ignore_ascii_case(front).then(|| &text[front.len()..])
}

fn starts_with_any(text: &str, fronts: &[&str]) -> bool {
    fronts.iter().any(|front| strip_prefix(text, front).is_some())
}

#[cfg(test)]
mod tests;

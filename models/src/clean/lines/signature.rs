//! The signature at the end: a closing formula and who signs, or a card of contacts.
//!
//! Only a short tail is cut, and only lines that look like a name, a firm or a
//! contact: `Thanks` is often followed by what the writer wants.

use std::borrow::Cow;

use super::names::{is_latin_name, is_name};
use super::{bare, is_mark, split_line, starts_with_any, strip_prefix};
use crate::clean::han::simplified;

/// Lines of this many characters or fewer may belong to a signature.
const LINE_CHARS_MAX: usize = 60;
/// A signature has at most this many lines, blank ones not counted.
const LINES_MAX: usize = 7;

/// Closing formulas, lower-case, without punctuation.
const CLOSINGS: [&str; 33] = [
    "best regards",
    "kind regards",
    "warm regards",
    "thanks and regards",
    "thanks & regards",
    "regards",
    "best",
    "best wishes",
    "all the best",
    "thanks",
    "many thanks",
    "thanks a lot",
    "thanks in advance",
    "thank you",
    "thank you very much",
    "cheers",
    "sincerely",
    "yours sincerely",
    "sincerely yours",
    "yours faithfully",
    "yours truly",
    "此致",
    "敬礼",
    "此致敬礼",
    "此致 敬礼",
    "祝好",
    "谢谢",
    "多谢",
    "顺颂商祺",
    "顺祝商祺",
    "祝商祺",
    "祝工作顺利",
    "祝您生活愉快",
];

/// What contacts are introduced by, before a colon.
const CONTACTS: [&str; 31] = [
    "tel",
    "telephone",
    "phone",
    "mobile",
    "mob",
    "cell",
    "fax",
    "e-mail",
    "email",
    "mail",
    "web",
    "website",
    "address",
    "addr",
    "add",
    "wechat",
    "skype",
    "whatsapp",
    "t",
    "m",
    "p",
    "e",
    "电话",
    "联系电话",
    "手机",
    "传真",
    "邮箱",
    "地址",
    "网址",
    "微信",
    "qq",
];

/// Cuts the signature that the text from `start` on ends in; the first line never opens one.
pub(super) fn cut(out: &mut String, start: usize) {
    let text = &out[start..];
    let n_blank = text.len() - text.trim_start().len();
    if let Some(at) = self::start(text).filter(|at| *at > n_blank) {
        out.truncate(start + at);
    }
}

/// Where the signature begins that a text ends in.
pub(super) fn start(text: &str) -> Option<usize> {
    if text.trim().is_empty() {
        return Some(0);
    }
    // A program sets its mark below what the writer closed with.
    let mark = after_mark(text);
    let text = &text[..mark.unwrap_or(text.len())];
    at_closing(text).or_else(|| card(text)).or(mark)
}

/// The lines of a text from its end in simplified script, with where each begins; blank ones left
/// out.
fn lines_from_end(text: &str) -> impl Iterator<Item = (usize, Cow<'_, str>)> {
    let mut end = Some(text.len());
    std::iter::from_fn(move || {
        let line_end = end?;
        let at = text[..line_end].rfind('\n').map_or(0, |at| at + 1);
        end = at.checked_sub(1);
        Some((at, bare(&text[at..line_end])))
    })
    .filter(|(_, line)| !line.is_empty())
    .map(|(at, line)| (at, in_simplified(line)))
}

/// A line as formulas and names are looked for in it: folding comes later, and would leave no lines.
fn in_simplified(line: &str) -> Cow<'_, str> {
    if line.chars().all(|c| simplified(c) == c) {
        Cow::Borrowed(line)
    } else {
        Cow::Owned(line.chars().map(simplified).collect())
    }
}

/// The mark that stands above signatures since the days of Usenet.
fn after_mark(text: &str) -> Option<usize> {
    let tail = lines_from_end(text).take(LINES_MAX + 1).take_while(|(_, line)| is_short(line));
    tail.filter(|(_, line)| matches!(&**line, "--" | "---")).last().map(|(at, _)| at)
}

fn at_closing(text: &str) -> Option<usize> {
    let tail = lines_from_end(text).take(LINES_MAX + 1).take_while(|(_, line)| is_of_tail(line));
    tail.filter(|(_, line)| is_closing(line)).last().map(|(at, _)| at)
}

/// A last paragraph of a name and its contacts, unless it is what the text announced.
fn card(text: &str) -> Option<usize> {
    let text = text.trim_end();
    let at = text.rfind("\n\n")?;
    let (first, contacts) = split_line(text[at..].trim_start());
    let lines = || contacts.lines().map(|line| in_simplified(bare(line)));
    let is_card = bare(first).chars().count() <= LINE_CHARS_MAX
        && is_name(&in_simplified(bare(first)))
        && contacts.lines().count() < LINES_MAX
        && lines().any(|line| is_contact(&line))
        && lines().all(|line| is_of_tail(&line));
    (is_card && !text[..at].trim_end().ends_with([':', '：'])).then_some(at)
}

fn is_short(line: &str) -> bool {
    !line.contains(['?', '？']) && line.chars().count() <= LINE_CHARS_MAX
}

fn is_of_tail(line: &str) -> bool {
    is_short(line) && (is_closing(line) || is_contact(line) || is_name(line))
}

/// `Best regards,`, or `Thanks, Ann`.
fn is_closing(line: &str) -> bool {
    let is_formula = |it: &str| {
        let formula = it.trim_end_matches(is_mark);
        CLOSINGS.iter().any(|known| known.eq_ignore_ascii_case(formula))
    };
    let is_signed =
        |(formula, name): (&str, &str)| is_formula(formula) && is_latin_name(bare(name));
    is_formula(line) || line.split_once(',').is_some_and(is_signed)
}

fn is_contact(line: &str) -> bool {
    let is_named = |name: &&str| {
        let rest = strip_prefix(line, name).map(str::trim_start);
        rest.is_some_and(|it| it.starts_with([':', '：']))
    };
    starts_with_any(line, &["http://", "https://", "www."])
        || CONTACTS.iter().any(is_named)
        || (line.contains('@') && !line.contains(' '))
        || is_number(line)
}

/// A telephone number or a date alone.
fn is_number(line: &str) -> bool {
    line.bytes().filter(u8::is_ascii_digit).count() >= 6
        && line.chars().all(|c| c.is_ascii_digit() || " +-()./年月日".contains(c))
}

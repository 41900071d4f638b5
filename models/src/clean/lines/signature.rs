//! The signature at the end: a closing formula and who signs, or a card of contacts.
//!
//! Only a short tail is cut, and only lines that look like a name, a firm or a
//! contact: `Thanks` is often followed by what the writer wants.

use super::{bare, is_mark, split_line, starts_with_any, strip_prefix};
use crate::clean::han::is_han;

/// Lines of this many characters or fewer may belong to a signature.
const LINE_CHARS_MAX: usize = 60;
/// A signature has at most this many lines, blank ones not counted.
const LINES_MAX: usize = 7;
/// A Chinese name has at most this many characters; a firm may have more.
const NAME_HAN_MAX: usize = 4;
const PARTS_HAN_MAX: usize = 10;
const FIRM_HAN_MAX: usize = 20;
/// Names, positions and firms in Latin script have at most this many words.
const NAME_WORDS_MAX: usize = 6;

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
/// Words of firms and positions.
const FIRMS: [&str; 13] = [
    "公司", "集团", "部", "店", "中心", "科技", "学校", "大学", "医院", "经理", "先生", "女士",
    "小姐",
];
/// Characters that begin a wish rather than a name.
const WISHES: &str = "请麻我退换帮快要急尽望盼还没为什怎你您不订能可再就是有已";
/// Words that begin a wish rather than a name.
const WISH_WORDS: [&str; 22] = [
    "please", "refund", "cancel", "call", "send", "help", "where", "when", "why", "what", "how",
    "i", "my", "we", "urgent", "order", "return", "fix", "stop", "no", "not", "still",
];
/// Small words inside names of firms and positions.
const CONNECTIVES: [&str; 9] = ["of", "and", "the", "for", "de", "van", "von", "at", "to"];

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

/// The lines of a text from its end, with where each begins; blank ones left out.
fn lines_from_end(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = Some(text.len());
    std::iter::from_fn(move || {
        let line_end = end?;
        let at = text[..line_end].rfind('\n').map_or(0, |at| at + 1);
        end = at.checked_sub(1);
        Some((at, bare(&text[at..line_end])))
    })
    .filter(|(_, line)| !line.is_empty())
}

/// The mark that stands above signatures since the days of Usenet.
fn after_mark(text: &str) -> Option<usize> {
    let tail = lines_from_end(text).take(LINES_MAX + 1).take_while(|(_, line)| is_short(line));
    tail.filter(|(_, line)| matches!(*line, "--" | "---")).last().map(|(at, _)| at)
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
    let is_card = bare(first).chars().count() <= LINE_CHARS_MAX
        && is_name(bare(first))
        && contacts.lines().count() < LINES_MAX
        && contacts.lines().any(|line| is_contact(bare(line)))
        && contacts.lines().all(|line| is_of_tail(bare(line)));
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

fn is_name(line: &str) -> bool {
    if line.chars().any(is_han) { is_han_name(line) } else { is_latin_name(line) }
}

fn is_han_name(line: &str) -> bool {
    let n_han = line.chars().filter(|c| is_han(*c)).count();
    let is_firm = FIRMS.iter().any(|word| line.contains(word)) && n_han <= FIRM_HAN_MAX;
    // A firm or a department, and a name after it.
    let is_in_parts = line.contains([' ', '\u{3000}']) && n_han <= PARTS_HAN_MAX;
    !line.starts_with(|c| WISHES.contains(c))
        && !line.contains(['，', '。', '！', '；', ',', '!', '；'])
        && (is_firm || is_in_parts || n_han <= NAME_HAN_MAX)
}

fn is_latin_name(line: &str) -> bool {
    let words = || line.split([' ', ',', '|', '/']).filter(|word| !word.is_empty());
    let is_of_name = |word: &str| {
        word.starts_with(|c: char| !c.is_alphabetic() || c.is_uppercase())
            || CONNECTIVES.contains(&word)
            || is_abbreviation(word)
    };
    let is_wish = |word: &str| WISH_WORDS.iter().any(|wish| wish.eq_ignore_ascii_case(word));
    !line.contains('!')
        && (1..=NAME_WORDS_MAX).contains(&words().count())
        && line.starts_with(char::is_alphabetic)
        && !words().next().is_some_and(is_wish)
        && words().all(is_of_name)
}

/// `v.`, `s.r.o.`, but not a word that ends a sentence.
fn is_abbreviation(word: &str) -> bool {
    word.split_terminator('.').all(|part| part.len() == 1) && word.ends_with('.')
}

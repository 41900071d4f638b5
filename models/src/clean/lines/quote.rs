//! How mail programs introduce an earlier message, in both languages.
//!
//! Three ways are in use: a sentence (`On …, Ann wrote:`), a rule with words in
//! it (`-----Original Message-----`), and a block of headers (`From:`, `Sent:`).

use super::{bare, split_line, starts_with_any, strip_prefix};

/// How a sentence that introduces a message ends.
const WROTE: [&str; 7] = ["wrote:", "wrote：", "写道：", "写道:", "寫道：", "寫道:", "写到："];
/// A sentence may be wrapped onto this many lines,
const SENTENCE_LINES_MAX: usize = 3;
/// and is no longer than this, in bytes.
const SENTENCE_BYTES_MAX: usize = 320;

/// The lines of a block of headers that are looked at, blank ones counted.
const BLOCK_LINES_MAX: usize = 12;

/// Words of a rule above an earlier message.
const RULES: [&str; 14] = [
    "original message",
    "original email",
    "original e-mail",
    "forwarded message",
    "forwarding messages",
    "replied message",
    "原始邮件",
    "原始郵件",
    "邮件原件",
    "转发邮件",
    "转发的邮件",
    "轉寄郵件",
    "轉寄的郵件",
    "回复的原邮件",
];
/// Lines of their own above a message passed on.
const ANNOUNCEMENTS: [&str; 5] = [
    "begin forwarded message",
    "开始转发的邮件",
    "下面是被转发的邮件",
    "以下是转发的邮件",
    "開始轉寄郵件",
];

/// What a header of a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Header {
    From,
    /// In languages where no delivery note says it, one line is enough.
    FromAlone,
    /// The time or the subject, which only mail has.
    OfMail,
    Other,
}

const HEADERS: [(&str, Header); 24] = [
    ("From", Header::From),
    ("Sent", Header::OfMail),
    ("Date", Header::OfMail),
    ("Subject", Header::OfMail),
    ("To", Header::Other),
    ("Cc", Header::Other),
    ("Reply-To", Header::Other),
    ("Importance", Header::Other),
    ("发件人", Header::FromAlone),
    ("发送时间", Header::OfMail),
    ("发送日期", Header::OfMail),
    ("日期", Header::OfMail),
    ("时间", Header::OfMail),
    ("主题", Header::OfMail),
    ("收件人", Header::Other),
    ("抄送", Header::Other),
    ("抄送人", Header::Other),
    ("回复", Header::Other),
    ("寄件者", Header::FromAlone),
    ("傳送時間", Header::OfMail),
    ("寄件日期", Header::OfMail),
    ("主旨", Header::OfMail),
    ("收件者", Header::Other),
    ("副本", Header::Other),
];

/// The earlier message, if its introduction stands at the front of `text`.
pub(super) fn introduced(text: &str) -> Option<&str> {
    let (line, after) = split_line(text);
    let line = bare(line);
    if is_rule(line) {
        return Some(Block::read(after).map_or(after, |block| block.after));
    }
    if is_underscores(line) {
        let block = Block::read(after)?;
        return block.is_of_mail().then_some(block.after);
    }
    let opens_block = matches!(header_of(line), Some(Header::From | Header::FromAlone));
    let block = opens_block.then(|| Block::read(text)).flatten().filter(Block::is_of_mail);
    block.map(|block| block.after).or_else(|| after_sentence(text))
}

/// Whether the message is marked line by line.
pub(super) fn is_marked(message: &str) -> bool {
    message.trim_start().starts_with('>')
}

fn is_rule(line: &str) -> bool {
    if starts_with_any(line, &ANNOUNCEMENTS) {
        return true;
    }
    let Some(words) = line.strip_prefix("---").map(|it| it.trim_matches(['-', ' '])) else {
        return false;
    };
    words.eq_ignore_ascii_case("original") || starts_with_any(words, &RULES)
}

/// The line that Outlook draws above the headers.
fn is_underscores(line: &str) -> bool {
    line.len() >= 10 && line.bytes().all(|b| b == b'_')
}

/// What follows a sentence like `On Tue, 3 Nov 2026 at 10:11, Ann <ann@example.com> wrote:`.
fn after_sentence(text: &str) -> Option<&str> {
    let mut rest = text;
    for n in 0..SENTENCE_LINES_MAX {
        let (line, after) = split_line(rest);
        let sentence = &text[..text.len() - rest.len() + line.len()];
        if sentence.len() > SENTENCE_BYTES_MAX || bare(line).is_empty() {
            return None;
        }
        if WROTE.iter().any(|end| bare(line).ends_with(end)) {
            return names_a_message(bare(sentence)).then_some(after);
        }
        if n == 0 && !opens_sentence(bare(line)) {
            return None;
        }
        rest = after;
    }
    None
}

/// Whether a sentence that ends in `wrote:` tells when or by whom.
fn names_a_message(sentence: &str) -> bool {
    let is_dated = sentence.bytes().any(|b| b.is_ascii_digit());
    let is_chinese = !sentence.contains("wrote");
    is_dated && (is_chinese || opens_sentence(sentence) || sentence.contains('@'))
}

fn opens_sentence(line: &str) -> bool {
    ["On ", "At ", "在 ", "在2", "于 ", "于2"].iter().any(|front| line.starts_with(front))
}

/// Headers in a row, with blank lines between where markup left them.
struct Block<'a> {
    first: Header,
    n_lines: usize,
    tells_of_mail: bool,
    after: &'a str,
}

impl<'a> Block<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let mut block = None;
        let mut rest = text;
        for _ in 0..BLOCK_LINES_MAX {
            let (line, after) = split_line(rest);
            rest = after;
            match header_of(bare(line)) {
                Some(header) => block = Some(Self::with(block, header, line, after)),
                None if bare(line).is_empty() => {}
                None => break,
            }
        }
        block
    }

    fn with(before: Option<Self>, header: Header, line: &str, after: &'a str) -> Self {
        let first = before.as_ref().map_or(header, |it| it.first);
        let n_lines = before.as_ref().map_or(0, |it| it.n_lines) + 1;
        // Some programs write all headers on one line.
        let tells_of_mail = before.is_some_and(|it| it.tells_of_mail)
            || header == Header::OfMail
            || ["发送时间", "发送日期", "主题", "Sent:", "Subject:"]
                .iter()
                .any(|it| line.contains(it));
        Self { first, n_lines, tells_of_mail, after }
    }

    /// Whether it is of a message; a sender and a receiver alone are of a parcel.
    fn is_of_mail(&self) -> bool {
        match self.first {
            Header::From => self.tells_of_mail,
            Header::FromAlone => self.tells_of_mail || self.n_lines == 1,
            Header::OfMail | Header::Other => false,
        }
    }
}

fn header_of(line: &str) -> Option<Header> {
    if !line.contains([':', '：']) {
        return None;
    }
    // Bold type in plain text.
    let line = line.trim_start_matches('*');
    let is_of = |name: &str| {
        let rest = strip_prefix(line, name).map(str::trim_start);
        rest.is_some_and(|it| it.starts_with([':', '：']))
    };
    HEADERS.iter().find(|(name, _)| is_of(name)).map(|(_, header)| *header)
}

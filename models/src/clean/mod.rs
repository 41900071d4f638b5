//! The customer's own words, folded so that what reads the same is the same.
//!
//! The order matters: markup first (it hides lines), then text decoded wrongly
//! (folding would make it unreadable for good), then whole lines (quotes and
//! signatures), then characters, then noise that only shows once characters are
//! folded. The original text is never changed; features read the copy made here.

pub mod fold;
pub mod han;
mod html;
mod lines;
mod mask;
mod mojibake;
mod noise;
mod pinyin;

use std::borrow::Cow;

pub use fold::ScriptCounts;
use fold::{Folder, is_digits};
use html::Quotes;
pub use mask::masked;

use crate::text::{Author, TicketText};

/// How many characters of a ticket are analysed.
///
/// Longer texts are logs and forwarded threads; the wish stands at the top.
pub const ANALYSED_CHARS_MAX: usize = 8_000;

/// How many characters are looked through for them: styles and tags of a mail can be longer than
/// what somebody wrote in it.
const MARKUP_CHARS_MAX: usize = 64_000;

/// A cleaned ticket; reused between tickets, so that cleaning allocates nothing.
#[derive(Debug, Default)]
pub struct Cleaned {
    /// The folded text: the subject, then each part on lines of its own.
    pub text: String,
    /// The scripts of the text as written.
    pub scripts: ScriptCounts,
    /// Only the first [`ANALYSED_CHARS_MAX`] characters were read.
    pub truncated: bool,
    /// Attachments came without their text.
    pub has_unread_attachment: bool,
    /// The lines of the text that are the subject's.
    n_subject_lines: usize,
    /// The long runs of digits of the text, in order, each with a space after it.
    numbers: String,
    stripped: String,
    own: String,
}

impl Cleaned {
    /// Cleans a ticket, replacing what was here before.
    pub fn read(&mut self, ticket: &TicketText<'_>) {
        self.clear();
        let mut chars_left = ANALYSED_CHARS_MAX;
        self.read_part(ticket.subject, &mut chars_left);
        self.n_subject_lines = self.text.lines().count();
        for turn in ticket.turns.iter().filter(|turn| turn.author == Author::Customer) {
            self.read_part(turn.text, &mut chars_left);
        }
        for text in ticket.attachments.iter().filter_map(|attachment| attachment.text) {
            self.read_part(text, &mut chars_left);
        }
        noise::remove(&mut self.text, &mut self.own);
        pinyin::remove(&mut self.text, &mut self.own);
        self.has_unread_attachment = ticket.attachments.iter().any(|it| it.text.is_none());
    }

    /// Whether so little was written that it says nothing: fewer than two letters or characters.
    pub fn is_nearly_empty(&self) -> bool {
        let ScriptCounts { han, latin, foreign, .. } = self.scripts;
        han + latin + foreign < 2
    }

    /// The folded text, or the folded text with its numbers, as subject and the rest.
    pub fn split_subject<'a>(&self, text: &'a str) -> (&'a str, &'a str) {
        let mut lines = text.split_inclusive('\n');
        let end = lines.by_ref().take(self.n_subject_lines).map(str::len).sum();
        text.split_at(end)
    }

    /// The folded text with its long numbers as they are written.
    ///
    /// For comparing texts: which error both name says more than that both name one.
    pub fn with_numbers(&self) -> Cow<'_, str> {
        if self.numbers.is_empty() {
            return Cow::Borrowed(&self.text);
        }
        let mut out = String::with_capacity(self.text.len() + self.numbers.len());
        // What goes once characters are folded (debris, pinyin) holds no digits.
        let mut numbers = self.numbers.split_terminator(' ');
        for c in self.text.chars() {
            if is_digits(c) { out.extend(numbers.next()) } else { out.push(c) }
        }
        Cow::Owned(out)
    }

    fn clear(&mut self) {
        self.text.clear();
        self.numbers.clear();
        self.scripts = ScriptCounts::default();
        self.truncated = false;
    }

    fn read_part(&mut self, part: &str, chars_left: &mut usize) {
        let looked_at = &part[..end_of(part, MARKUP_CHARS_MAX)];
        let mut read = self.read_own(looked_at, Quotes::Marked, *chars_left);
        // What is quoted in markup is the request when nothing else is written.
        if !read.has_own && looked_at.contains('<') {
            read = self.read_own(looked_at, Quotes::Kept, *chars_left);
        }
        *chars_left -= read.n_chars;
        self.truncated |= read.is_cut || looked_at.len() < part.len();
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        Folder::new(&mut self.text, &mut self.scripts, &mut self.numbers).fold(&self.own);
    }

    /// Reads the writer's own lines, as they are written, of so many characters without markup.
    fn read_own(&mut self, part: &str, quotes: Quotes, chars_left: usize) -> Read {
        self.stripped.clear();
        html::strip(part, quotes, &mut self.stripped);
        let end = end_of(&self.stripped, chars_left);
        let is_cut = end < self.stripped.len();
        self.stripped.truncate(end);
        let n_chars = self.stripped.chars().count();
        mojibake::repair(&mut self.stripped, &mut self.own);
        self.own.clear();
        let has_own = lines::keep_own(&self.stripped, &mut self.own);
        Read { n_chars, is_cut, has_own }
    }
}

/// How a part of a ticket was read.
#[derive(Debug, Clone, Copy)]
struct Read {
    /// Characters without markup, quoted ones among them.
    n_chars: usize,
    is_cut: bool,
    /// Whether any line is the writer's own.
    has_own: bool,
}

/// Where the first `n_chars` characters end.
fn end_of(text: &str, n_chars: usize) -> usize {
    text.char_indices().nth(n_chars).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Attachment, Turn};

    fn clean(ticket: &TicketText<'_>) -> Cleaned {
        let mut cleaned = Cleaned::default();
        cleaned.read(ticket);
        cleaned
    }

    #[test]
    fn only_the_customers_turns_are_read() {
        let mut ticket = TicketText::new("Late", "Where is it?");
        ticket.turns.push(Turn { author: Author::Staff, text: "We are looking" });
        ticket.turns.push(Turn::customer("Still nothing"));
        assert_eq!(clean(&ticket).text, "late\nwhere is it?\nstill nothing");
    }

    #[test]
    fn text_read_from_attachments_counts_as_the_customers() {
        let mut ticket = TicketText::new("", "看图");
        ticket.attachments = vec![Attachment { text: Some("屏幕碎了") }, Attachment { text: None }];
        let cleaned = clean(&ticket);
        assert_eq!(cleaned.text, "看图\n屏幕碎了");
        assert!(cleaned.has_unread_attachment);
    }

    #[test]
    fn no_more_than_the_first_eight_thousand_characters_are_read() {
        let long = "退".repeat(ANALYSED_CHARS_MAX + 1);
        let cleaned = clean(&TicketText::new("", &long));
        assert!(cleaned.truncated);
        assert_eq!(cleaned.text.chars().count(), ANALYSED_CHARS_MAX);
        assert!(!clean(&TicketText::new("", &long[3..])).truncated);
    }

    #[test]
    fn markup_is_not_counted() {
        let style =
            format!("<html><head><style>{}</style></head>", "p.x { margin: 0 } ".repeat(900));
        let mail = format!("{style}<p>the parcel is late</p></html>");
        let cleaned = clean(&TicketText::new("", &mail));
        assert_eq!((cleaned.text.trim(), cleaned.truncated), ("the parcel is late", false));
    }

    #[test]
    fn numbers_are_put_back_where_they_stood() {
        let cleaned = clean(&TicketText::new("错误（cuò wù）12345", "20 of 678, 90123锟斤拷"));
        assert_eq!(cleaned.with_numbers(), "错误12345\n20 of 678, 90123");
        assert_eq!(clean(&TicketText::new("", "no")).with_numbers(), "no");
    }

    #[test]
    fn the_subject_is_the_lines_before_the_body() {
        let split = |subject, body| {
            let cleaned = clean(&TicketText::new(subject, body));
            let (subject, rest) = cleaned.split_subject(&cleaned.text);
            (subject.to_owned(), rest.to_owned())
        };
        assert_eq!(split("Late", "Where?\nNow"), ("late\n".into(), "where?\nnow\n".into()));
        assert_eq!(split("", "Where?"), (String::new(), "where?".into()));
        assert_eq!(split("Late", ""), ("late\n".into(), String::new()));
    }

    #[test]
    fn a_buffer_used_twice_forgets_the_first_ticket() {
        let mut cleaned = Cleaned::default();
        cleaned.read(&TicketText::new("訂單", &"x".repeat(9_000)));
        cleaned.read(&TicketText::new("", "hi"));
        assert_eq!((cleaned.text.as_str(), cleaned.truncated), ("hi", false));
        assert_eq!(cleaned.scripts.traditional, 0);
    }

    fn check(body: &str, expected: &str) {
        assert_eq!(clean(&TicketText::new("", body)).text.trim(), expected, "{body}");
    }

    #[test]
    fn a_mail_in_markup_is_read_as_its_plain_text_is() {
        check(
            "<div>It leaks.</div><div class=\"gmail_quote\"><div>On Tue, 3 Nov 2026, Care \
             &lt;<a href=\"mailto:c@example.com\">c@example.com</a>&gt; wrote:<br></div>\
             <blockquote>Which <blockquote>x</blockquote> one?</blockquote></div>",
            "it leaks.",
        );
        check(
            "<p>漏水</p><hr><div><b>发件人：</b>&nbsp;客服</div><div><b>发送时间：</b>&nbsp;2026</div>您好",
            "漏水",
        );
        check(
            "<div>漏水</div><includetail><div>原始邮件</div><div>您好</div></includetail>",
            "漏水",
        );
    }

    #[test]
    fn answers_between_quotes_in_markup_are_the_writers() {
        check(
            "<div>On 3 May, Care wrote:</div><blockquote>Which one?</blockquote><div>The red one</div>",
            "the red one",
        );
    }

    #[test]
    fn a_mail_quoted_in_markup_and_nothing_else_is_the_request() {
        check("<blockquote><div>My kettle leaks</div></blockquote>", "my kettle leaks");
        check(
            "<br><blockquote>Begin forwarded message:<br><br>From: Bo<br>Subject: x<br><br>It leaks</blockquote>",
            "it leaks",
        );
    }

    #[test]
    fn noise_goes_whatever_it_is_written_with() {
        check("我要退货（tuì huò）", "我要退货");
        check("我要é€€è´§［tui huo］", "我要退货");
        check("re\u{AD}fu\u{200B}nd \u{202E}me\u{202C}锟斤拷\u{FFFD}", "refund me");
        check("ＨＥＬＰ 😡", "help 😡");
    }

    const MAIL: [&str; 24] = [
        "\n",
        "\n\n",
        "> ",
        "On 3 May ",
        "wrote:",
        "写道：",
        "在 5月 ",
        "From: ",
        "Sent: x",
        "发件人：",
        "主题：",
        "________________",
        "---",
        "Original",
        "转发邮件",
        "Thanks,",
        "-- ",
        "Ann",
        "王芳",
        "Tel: 1",
        "this email is ",
        "confidential",
        "<blockquote>",
        "</blockquote>",
    ];

    proptest! {
        #[test]
        fn no_text_panics(subject in "\\PC*", body in any::<String>(), marks in "[<>&;/()\n -écn锟斤拷订a:@_]{0,60}") {
            clean(&TicketText::new(&subject, &body));
            clean(&TicketText::new(&marks, &marks));
        }

        #[test]
        fn no_mail_panics(parts in prop::collection::vec(prop::sample::select(&MAIL[..]), 0..24)) {
            clean(&TicketText::new("", &parts.concat()));
        }
    }
}

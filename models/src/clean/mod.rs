//! The customer's own words, folded so that what reads the same is the same.
//!
//! The order matters: markup first (it hides lines), then whole lines (quotes
//! and signatures), then characters, then noise that only shows once characters
//! are folded. The original text is never changed; features read the copy made here.

pub mod fold;
pub mod han;
mod html;
mod lines;
mod noise;

use fold::Folder;
pub use fold::ScriptCounts;

use crate::text::{Author, TicketText};

/// How many characters of a ticket are analysed.
///
/// Longer texts are logs and forwarded threads; the wish stands at the top.
pub const ANALYSED_CHARS_MAX: usize = 8_000;

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
    stripped: String,
    own: String,
}

impl Cleaned {
    /// Cleans a ticket, replacing what was here before.
    pub fn read(&mut self, ticket: &TicketText<'_>) {
        self.clear();
        let mut chars_left = ANALYSED_CHARS_MAX;
        self.read_part(ticket.subject, &mut chars_left);
        for turn in ticket.turns.iter().filter(|turn| turn.author == Author::Customer) {
            self.read_part(turn.text, &mut chars_left);
        }
        for text in ticket.attachments.iter().filter_map(|attachment| attachment.text) {
            self.read_part(text, &mut chars_left);
        }
        noise::remove(&mut self.text);
        self.has_unread_attachment = ticket.attachments.iter().any(|it| it.text.is_none());
    }

    /// Whether so little was written that it says nothing: fewer than two letters or characters.
    pub fn is_nearly_empty(&self) -> bool {
        let ScriptCounts { han, latin, foreign, .. } = self.scripts;
        han + latin + foreign < 2
    }

    fn clear(&mut self) {
        self.text.clear();
        self.scripts = ScriptCounts::default();
        self.truncated = false;
    }

    fn read_part(&mut self, part: &str, chars_left: &mut usize) {
        let read = self.take(part, chars_left);
        self.stripped.clear();
        html::strip(read, &mut self.stripped);
        self.own.clear();
        lines::keep_own(&self.stripped, &mut self.own);
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        Folder::new(&mut self.text, &mut self.scripts).fold(&self.own);
    }

    /// The front of `part` that the budget allows.
    fn take<'a>(&mut self, part: &'a str, chars_left: &mut usize) -> &'a str {
        let n_chars = part.chars().count();
        if n_chars <= *chars_left {
            *chars_left -= n_chars;
            return part;
        }
        let end = part.char_indices().nth(*chars_left).map_or(part.len(), |(at, _)| at);
        *chars_left = 0;
        self.truncated = true;
        &part[..end]
    }
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
    fn a_buffer_used_twice_forgets_the_first_ticket() {
        let mut cleaned = Cleaned::default();
        cleaned.read(&TicketText::new("訂單", &"x".repeat(9_000)));
        cleaned.read(&TicketText::new("", "hi"));
        assert_eq!((cleaned.text.as_str(), cleaned.truncated), ("hi", false));
        assert_eq!(cleaned.scripts.traditional, 0);
    }

    proptest! {
        #[test]
        fn no_text_panics(subject in "\\PC*", body in any::<String>(), marks in "[<>&;/()\n -écn锟斤拷订a]{0,60}") {
            clean(&TicketText::new(&subject, &body));
            clean(&TicketText::new(&marks, &marks));
        }
    }
}

//! Markup out of a text: tags, entities, and the parts nobody wrote.
//!
//! Only tags of HTML are taken for tags: `<3`, `a < b` and placeholders such as
//! `<email>` are words of the writer.

mod entity;

/// Tags that end a line.
const BREAKING: [&str; 30] = [
    "br",
    "p",
    "div",
    "li",
    "tr",
    "table",
    "ul",
    "ol",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "body",
    "td",
    "pre",
    "dl",
    "dt",
    "dd",
    "form",
    "header",
    "footer",
    "main",
    "nav",
    "figure",
    "figcaption",
    "caption",
    "address",
];
/// Tags that stand inside a line.
const INLINE: [&str; 36] = [
    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "img", "html", "head", "meta", "link",
    "tbody", "thead", "tfoot", "th", "col", "colgroup", "center", "small", "big", "code", "sup",
    "sub", "label", "section", "article", "del", "ins", "strike", "nobr", "wbr", "map", "base",
];
/// What the names of an office program's own tags begin with.
const OFFICE: [&str; 5] = ["o:", "w:", "v:", "m:", "st1:"];
/// Tags whose content is not the writer's: programs and styles.
const SILENT: [&str; 4] = ["script", "style", "title", "xml"];
/// The tags in which mail programs put the message that is answered.
const QUOTING: [&str; 2] = ["blockquote", "includetail"];
/// What stands for a quoted message: a quoted line of plain text.
const QUOTED: &str = "\n>\n";

/// The longest tag looked at, in bytes; a longer one is text.
const TAG_BYTES_MAX: usize = 1_024;

/// What becomes of messages quoted in tags of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// Each becomes one quoted line.
    Marked,
    /// Their text stays.
    Kept,
}

/// Appends `text` to `out` without its markup.
pub(super) fn strip(text: &str, quotes: Quotes, out: &mut String) {
    let mut stripper = Stripper { rest: text, quotes, out, unclosed: Vec::new() };
    stripper.strip();
}

struct Stripper<'a, 'b> {
    rest: &'a str,
    quotes: Quotes,
    out: &'b mut String,
    /// What was looked for and does not come: looked for once, or the time would be quadratic.
    unclosed: Vec<&'static str>,
}

impl<'a> Stripper<'a, '_> {
    fn strip(&mut self) {
        while let Some(at) = self.rest.find(['<', '&']) {
            self.out.push_str(&self.rest[..at]);
            self.rest = &self.rest[at..];
            if self.rest.starts_with('<') {
                self.take_markup();
            } else {
                self.rest = entity::take(self.rest, self.out);
            }
        }
        self.out.push_str(self.rest);
    }

    /// Reads a comment, a tag, or one `<`.
    fn take_markup(&mut self) {
        if self.rest.starts_with("<!--") && self.skip_comment() {
            return;
        }
        let taken = split_tag(self.rest).is_some_and(|(tag, after)| self.take_tag(tag, after));
        if !taken {
            self.out.push('<');
            self.rest = &self.rest[1..];
        }
    }

    fn skip_comment(&mut self) -> bool {
        let after = self.after("-->", |rest| rest.split_once("-->").map(|(_, after)| after));
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    /// Whether `tag` is one of HTML, which is then read.
    fn take_tag(&mut self, tag: &str, after: &'a str) -> bool {
        let name = name_of(tag);
        let find = |tags: &[&'static str]| {
            tags.iter().find(|known| name.eq_ignore_ascii_case(known)).copied()
        };
        let is_office = OFFICE.iter().any(|front| starts_with_name(name, front));
        if tag.starts_with('!') || is_office || find(&INLINE).is_some() {
            self.rest = after;
        } else if find(&BREAKING).is_some() {
            self.out.push('\n');
            self.rest = after;
        } else if let Some(known) = find(&SILENT) {
            self.out.push('\n');
            self.skip_content(tag, known, after);
        } else if let Some(known) = find(&QUOTING) {
            self.take_quote(tag, known, after);
        } else {
            return false;
        }
        true
    }

    fn take_quote(&mut self, tag: &str, name: &'static str, after: &'a str) {
        self.out.push('\n');
        self.rest = after;
        if self.quotes == Quotes::Marked && self.skip_content(tag, name, after) {
            self.out.push_str(QUOTED);
        }
    }

    /// Goes on behind the tag that closes `name`, or behind `tag` itself when none does.
    fn skip_content(&mut self, tag: &str, name: &'static str, after: &'a str) -> bool {
        self.rest = after;
        if tag.starts_with('/') {
            return false;
        }
        let end = self.after(name, |rest| after_closing(rest, name));
        self.rest = end.unwrap_or(after);
        end.is_some()
    }

    /// What `find` finds in the rest, unless it was not there before.
    fn after(
        &mut self,
        mark: &'static str,
        find: impl FnOnce(&'a str) -> Option<&'a str>,
    ) -> Option<&'a str> {
        if self.unclosed.contains(&mark) {
            return None;
        }
        let found = find(self.rest);
        if found.is_none() {
            self.unclosed.push(mark);
        }
        found
    }
}

/// Splits `<tag>after` into `tag` and `after`.
fn split_tag(rest: &str) -> Option<(&str, &str)> {
    let tag = &rest.as_bytes()[1..];
    let end = tag.iter().take(TAG_BYTES_MAX).position(|b| matches!(b, b'<' | b'>'))?;
    (tag[end] == b'>').then(|| (&rest[1..=end], &rest[end + 2..]))
}

fn name_of(tag: &str) -> &str {
    let tag = tag.trim_start_matches('/');
    let end = tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
    &tag[..end]
}

/// What follows the tag that closes `name`, where more of that name may be opened and closed before.
///
/// When fewer are closed than opened, what follows the last that is.
fn after_closing<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (mut rest, mut depth, mut last) = (text, 1, None);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let closing = rest.strip_prefix('/');
        if !starts_with_name(closing.unwrap_or(rest), name) {
            continue;
        }
        depth += if closing.is_some() { -1 } else { 1 };
        if closing.is_some() {
            last = Some(rest.split_once('>').map_or("", |(_, after)| after));
        }
        if depth == 0 {
            break;
        }
    }
    last
}

fn starts_with_name(text: &str, name: &str) -> bool {
    let front = text.as_bytes().get(..name.len());
    front.is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut out = String::new();
        strip(text, Quotes::Marked, &mut out);
        assert_eq!(out, expected, "{text}");
    }

    #[test]
    fn tags_go_and_words_stay() {
        check("<p>My <b>order</b> is late</p>", "\nMy order is late\n");
        check("<STYLE>p{}</STYLE>hi<br/>there", "\nhi\nthere");
    }

    #[test]
    fn what_only_looks_like_a_tag_stays() {
        check("I <3 it, a < b, <email>", "I <3 it, a < b, <email>");
        check("unclosed <div", "unclosed <div");
    }

    #[test]
    fn tags_of_office_programs_go() {
        check("<xml><w:View>Normal</w:View></xml><p>late<o:p></o:p></p>", "\n\nlate\n");
        check(
            "<h5>Order</h5><dl><dt>No</dt><dd><del>7</del> 8</dd></dl>",
            "\nOrder\n\n\nNo\n\n7 8\n\n",
        );
    }

    #[test]
    fn comments_go() {
        check("a<!-- x > y -->b<!-- c", "ab<!-- c");
    }

    #[test]
    fn quoted_mail_becomes_a_quoted_line() {
        check("a<blockquote type=cite>old</blockquote>b", "a\n\n>\nb");
        check("a<BlockQuote>x<blockquote>y</blockquote>z</blockquote>b", "a\n\n>\nb");
        check("a<includetail><div>x</div></includetail>", "a\n\n>\n");
        check("a<blockquote>x<blockquote>y</blockquote>b", "a\n\n>\nb");
        check("a<blockquote>b", "a\nb");
    }

    #[test]
    fn quoted_mail_stays_where_it_is_asked_for() {
        let mut out = String::new();
        strip("<blockquote>old</blockquote>", Quotes::Kept, &mut out);
        assert_eq!(out, "\nold\n");
    }

    #[test]
    fn markup_cut_in_the_middle_of_a_character_does_not_panic() {
        check("</blockquote<éé</é>", "</blockquote<éé</é>");
        check("<blockquote></blockquoté", "\n</blockquoté");
        check("<style></sty", "\n</sty");
    }
}

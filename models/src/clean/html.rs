//! Markup out of a text: tags, entities, and the parts nobody wrote.
//!
//! Only tags of HTML are taken for tags: `<3`, `a < b` and placeholders such as
//! `<email>` are words of the writer.

/// Tags that end a line.
const BREAKING: [&str; 16] = [
    "br", "p", "div", "li", "tr", "table", "ul", "ol", "hr", "h1", "h2", "h3", "h4", "body", "td",
    "pre",
];
/// Tags that stand inside a line.
const INLINE: [&str; 27] = [
    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "img", "html", "head", "meta", "link",
    "tbody", "thead", "th", "center", "small", "big", "code", "sup", "sub", "label", "o:p",
    "section", "article",
];
/// Tags whose content is not the writer's: programs, styles, and quoted mail.
const SILENT: [&str; 4] = ["script", "style", "title", "blockquote"];

/// The longest tag looked at, in bytes; a longer one is text.
const TAG_BYTES_MAX: usize = 1_024;

/// Appends `text` to `out` without its markup.
pub(super) fn strip(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = if rest.starts_with('<') { take_tag(rest, out) } else { take_entity(rest, out) };
    }
    out.push_str(rest);
}

/// Reads a tag, or one `<`, from the front of `rest`; returns what follows.
fn take_tag<'a>(rest: &'a str, out: &mut String) -> &'a str {
    let Some((tag, after)) = split_tag(rest) else {
        out.push('<');
        return &rest[1..];
    };
    let name = name_of(tag);
    if tag.starts_with('!') || INLINE.iter().any(|known| name.eq_ignore_ascii_case(known)) {
        return after;
    }
    if BREAKING.iter().any(|known| name.eq_ignore_ascii_case(known)) {
        out.push('\n');
        return after;
    }
    if SILENT.iter().any(|known| name.eq_ignore_ascii_case(known)) {
        out.push('\n');
        return if tag.starts_with('/') { after } else { skip_content(after, name) };
    }
    out.push('<');
    &rest[1..]
}

/// Splits `<tag>after` into `tag` and `after`.
fn split_tag(rest: &str) -> Option<(&str, &str)> {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return comment.split_once("-->").map(|(_, after)| ("!", after));
    }
    let end = rest.bytes().take(TAG_BYTES_MAX).position(|b| b == b'>')?;
    Some((&rest[1..end], &rest[end + 1..]))
}

fn name_of(tag: &str) -> &str {
    let tag = tag.trim_start_matches('/');
    let end = tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
    &tag[..end]
}

/// What follows the closing tag of `name`; all of it when the tag never closes.
fn skip_content<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = &rest[at + 2..];
        if rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return rest.split_once('>').map_or("", |(_, after)| after);
        }
    }
    text
}

/// Reads an entity, or one `&`, from the front of `rest`; returns what follows.
fn take_entity<'a>(rest: &'a str, out: &mut String) -> &'a str {
    // The longest entity read is `&#x10FFFF;`.
    let end = rest.bytes().take(10).position(|b| b == b';');
    if let Some((end, c)) = end.and_then(|end| Some((end, decode(&rest[1..end])?))) {
        out.push(c);
        return &rest[end + 1..];
    }
    out.push('&');
    &rest[1..]
}

fn decode(name: &str) -> Option<char> {
    if let Some(hex) = name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
        return char::from_u32(u32::from_str_radix(hex, 16).ok()?);
    }
    if let Some(decimal) = name.strip_prefix('#') {
        return char::from_u32(decimal.parse().ok()?);
    }
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" | "rsquo" | "lsquo" => Some('\''),
        "nbsp" | "ensp" | "emsp" => Some(' '),
        "hellip" => Some('…'),
        "mdash" | "ndash" => Some('-'),
        "yen" => Some('¥'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut out = String::new();
        strip(text, &mut out);
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
    fn entities_are_read_and_unknown_ones_stay() {
        check("a&nbsp;&lt;b&gt; &#20320;&#x597D; R&D &bogus; &", "a <b> 你好 R&D &bogus; &");
        check("&#x110000; &#xD800;", "&#x110000; &#xD800;");
    }

    #[test]
    fn comments_and_quoted_mail_go() {
        check("a<!-- x > y -->b<blockquote>old</blockquote>c", "ab\nc");
    }

    #[test]
    fn markup_cut_in_the_middle_of_a_character_does_not_panic() {
        check("</blockquote<éé</é>", "</blockquote<éé</é>");
        check("&é;", "&é;");
        check("<style></sty", "\n</sty");
    }
}

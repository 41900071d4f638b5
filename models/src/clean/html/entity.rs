//! Characters written by name or number: `&lt;`, `&#20320;`.

/// Reads an entity, or one `&`, from the front of `rest`; returns what follows.
pub(super) fn take<'a>(rest: &'a str, out: &mut String) -> &'a str {
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
        "quot" | "ldquo" | "rdquo" => Some('"'),
        "apos" | "rsquo" | "lsquo" => Some('\''),
        "nbsp" | "ensp" | "emsp" => Some(' '),
        "hellip" => Some('…'),
        "mdash" | "ndash" => Some('-'),
        "yen" => Some('¥'),
        "euro" => Some('€'),
        "pound" => Some('£'),
        "middot" | "bull" => Some('·'),
        "deg" => Some('°'),
        "times" => Some('×'),
        "copy" => Some('©'),
        "reg" => Some('®'),
        "trade" => Some('™'),
        "shy" => Some('\u{AD}'),
        "zwnj" => Some('\u{200C}'),
        "zwj" => Some('\u{200D}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Quotes, strip};

    fn check(text: &str, expected: &str) {
        let mut out = String::new();
        strip(text, Quotes::Marked, &mut out);
        assert_eq!(out, expected, "{text}");
    }

    #[test]
    fn entities_are_read_and_unknown_ones_stay() {
        check("a&nbsp;&lt;b&gt; &#20320;&#x597D; R&D &bogus; &", "a <b> 你好 R&D &bogus; &");
        check("&#x110000; &#xD800;", "&#x110000; &#xD800;");
    }

    #[test]
    fn an_entity_cut_in_the_middle_of_a_character_does_not_panic() {
        check("&é;", "&é;");
        check("&abcdefg退;", "&abcdefg退;");
    }
}

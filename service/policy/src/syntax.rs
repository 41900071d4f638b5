//! Text to a tree of spanned TOML values, whatever the text.
//!
//! Apart from the rest because it is the guard: past it, a text is small and
//! shallow enough to be walked and dropped by recursion, and its keys are certain.

use toml::de::DeTable;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use crate::log::{Log, Place};

/// The largest text read: a policy of a few thousand rules is about this large.
const SOURCE_BYTES_MAX: usize = 1024 * 1024;

/// The most dots in one key; the deepest key of a policy has two.
///
/// `toml` allows 80 levels of values and, in each, keys of 80 levels. Dropping
/// a tree of 6,400 levels takes 1.4 MiB of stack, and a worker of tokio has 2.
const KEY_DOTS_MAX: usize = 8;

/// The tree of a text, or `None` after recording why there is none.
pub(crate) fn parse<'a>(source: &'a str, log: &Log) -> Option<DeTable<'a>> {
    if source.len() > SOURCE_BYTES_MAX {
        let n_bytes = source.len();
        let message = format!("expected at most {SOURCE_BYTES_MAX} bytes, got {n_bytes}");
        log.error(&Place::default(), &message);
        return None;
    }
    if let Some(offset) = too_deep_a_key(source) {
        let message = format!("expected a key of at most {KEY_DOTS_MAX} dots, got more");
        log.error(&place(offset, log), &message);
        return None;
    }
    tree(source, log)
}

fn tree<'a>(source: &'a str, log: &Log) -> Option<DeTable<'a>> {
    let (tree, errors) = DeTable::parse_recoverable(source);
    for error in &errors {
        let place = error.span().map(|span| place(span.start, log));
        log.error(&place.unwrap_or_default(), error.message());
    }
    errors.is_empty().then(|| tree.into_inner())
}

fn place(offset: usize, log: &Log) -> Place {
    Place { key: String::new(), line: Some(log.line_at(offset)) }
}

/// Where a key first has more than [`KEY_DOTS_MAX`] dots.
fn too_deep_a_key(source: &str) -> Option<usize> {
    let mut n_dots = 0;
    let mut is_too_deep = |kind: TokenKind| {
        match kind {
            TokenKind::Dot => n_dots += 1,
            // What may stand between the dots of one key.
            TokenKind::Atom
            | TokenKind::Whitespace
            | TokenKind::LiteralString
            | TokenKind::BasicString => {}
            _ => n_dots = 0,
        }
        n_dots > KEY_DOTS_MAX
    };
    let token = Source::new(source).lex().find(|token| is_too_deep(token.kind()))?;
    Some(token.span().start())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(source: &str) -> Vec<String> {
        let log = Log::new(source);
        let tree = parse(source, &log);
        assert!(tree.is_none(), "expected a refusal of {source:.40}");
        log.into_findings().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_syntax_error_is_reported_with_its_line() {
        let found = messages("a = \nb = 1\nb = 2\n\"c = 3\n");
        let lines: Vec<&str> = found.iter().filter_map(|text| text.split(": ").next()).collect();
        assert_eq!(lines, ["line 1", "line 3", "line 4", "line 4"], "{found:#?}");
    }

    #[test]
    fn a_text_over_the_limit_is_refused_unread() {
        let found = messages(&"#".repeat(SOURCE_BYTES_MAX + 1));
        assert_eq!(found, ["error: expected at most 1048576 bytes, got 1048577"]);
    }

    #[test]
    fn depth_is_refused_however_it_is_written() {
        let dotted = format!("{}a = 1", "a.".repeat(300_000));
        let hidden = format!("x = {{ b = [\n'''\n''', {{ {}a = 1 }}] }}", "'a' . ".repeat(100_000));
        let header = format!("[{}a]", "a.".repeat(300_000));
        let arrays = format!("a = {}", "[".repeat(300_000));
        let tables = format!("a = {}", "{a=".repeat(300_000));
        for source in [dotted, hidden, header, arrays, tables] {
            assert!(!messages(&source).is_empty());
        }
    }

    #[test]
    fn the_deepest_text_that_is_read_fits_a_quarter_of_a_workers_stack() {
        let key = format!("{}a", "a.".repeat(KEY_DOTS_MAX));
        let value = format!("{}1{}", format!("{{ {key} = ").repeat(79), "}".repeat(79));
        let source = format!("[{key}]\n{key} = {value}");
        let read = move || parse(&source, &Log::new(&source)).is_some();
        let worker = std::thread::Builder::new().stack_size(512 * 1024).spawn(read);
        assert!(worker.expect("a thread starts").join().expect("no panic"));
    }
}

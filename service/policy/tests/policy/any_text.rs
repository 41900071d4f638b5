//! No text makes the reader panic, and none makes it slow.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use switchyard_policy::{DEFAULT, Finding, read};

const MEBIBYTE: usize = 1024 * 1024;

/// Reads a text; what is refused has an error, and every line lies within the text.
fn check(source: &str) {
    let (findings, refused) = match read(source, 1) {
        Ok(checked) => (checked.warnings, false),
        Err(findings) => (findings, true),
    };
    assert_eq!(findings.iter().any(|finding| !finding.is_warning()), refused);
    let n_lines = source.matches('\n').count() as u32 + 1;
    let within = |finding: &Finding| finding.line.is_none_or(|line| (1..=n_lines).contains(&line));
    assert!(findings.iter().all(within), "{findings:?}");
}

/// A text with bytes `from..from + length` replaced, moved to character borders.
fn mutated(mut source: String, (from, length, insert): &(usize, usize, String)) -> String {
    let from = source.floor_char_boundary(from % (source.len() + 1));
    let to = source.floor_char_boundary((from + length).min(source.len()));
    source.replace_range(from..to, insert);
    source
}

/// The default text with the values of some lines replaced: still TOML, so every reader is reached.
fn with_values(edits: &[(usize, &str)]) -> String {
    let mut lines: Vec<String> = DEFAULT.lines().map(str::to_owned).collect();
    let n_lines = lines.len();
    for (line, value) in edits {
        let line = &mut lines[line % n_lines];
        if let Some((key, _)) = line.clone().split_once('=') {
            *line = format!("{key}= {value}");
        }
    }
    lines.join("\n")
}

fn value() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "0",
        "-1",
        "1.0005",
        "nan",
        "-inf",
        "1e400",
        "18446744073709551616",
        "0x7f",
        "true",
        "''",
        "' '",
        "'UTC'",
        "'24:00'",
        "'9d'",
        "'9999999999999d'",
        "'\\n'",
        "'票'",
        "2026-10-01",
        "[]",
        "[[]]",
        "[{}]",
        "['mon', 1]",
        "{}",
        "{ p1 = {} }",
        "{ load = 'x' }",
    ])
}

fn token() -> impl Strategy<Value = String> {
    let tokens = [
        "",
        "\"",
        "'''",
        "[",
        "]",
        "{",
        "}",
        "=",
        ".",
        ",",
        "\n",
        "#",
        "-",
        "nan",
        "1e400",
        "true",
        "\u{feff}",
        "\r",
        "票",
        "24:00",
        "2026-10-01",
        "[[sla]]\n",
        "x = 1\n",
        "schema = 2\n",
    ];
    prop_oneof![prop::sample::select(tokens.to_vec()).prop_map(str::to_owned), ".{0,8}"]
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(source in "(?s).{0,400}") {
        check(&source);
    }

    #[test]
    fn any_mixture_of_tokens_is_read_or_refused(tokens in prop::collection::vec(token(), 0..60)) {
        check(&tokens.concat());
    }

    #[test]
    fn a_mutated_default_is_read_or_refused(
        edits in prop::collection::vec((0usize..10_000, 0usize..40, token()), 1..4),
    ) {
        check(&edits.iter().fold(DEFAULT.to_owned(), mutated));
    }

    #[test]
    fn a_default_with_other_values_is_read_or_refused(
        edits in prop::collection::vec((0usize..1_000, value()), 1..6),
    ) {
        check(&with_values(&edits));
    }
}

#[test]
fn a_hostile_mebibyte_is_refused_within_seconds() {
    // Generous: the slowest takes a fraction of it, an accidental square minutes.
    let limit = Duration::from_secs(20);
    for unit in [
        "a.",
        "[",
        "{a=",
        "[[sla]]\n",
        "[[category]]\nid='a'\n",
        "x\n",
        "\"",
        "'''",
        "[a]\n",
        "[[a.b]]\n",
    ] {
        let source = format!("schema = 1\n{}", unit.repeat((MEBIBYTE - 16) / unit.len()));
        let begin = Instant::now();
        assert!(read(&source, 1).is_err(), "{unit:?}");
        assert!(begin.elapsed() < limit, "{unit:?} took {:?}", begin.elapsed());
    }
}

#[test]
fn many_keys_of_one_table_are_refused_within_seconds() {
    let keys: Vec<String> = (0..50_000).map(|at| format!("weigth{at} = 1")).collect();
    let begin = Instant::now();
    assert_eq!(read(&keys.join("\n"), 1).expect_err("unknown keys").len(), 50_001);
    assert!(begin.elapsed() < Duration::from_secs(20), "took {:?}", begin.elapsed());
}

//! Text as a spreadsheet saves it: rows of cells between commas, quoted where need be (RFC 4180).
//!
//! Rows are counted as the spreadsheet counts them: an empty one is one, and a line break within
//! quotation marks begins none. CSV libraries count lines or records, which is why this is here.

use std::iter::Peekable;
use std::str::Chars;

/// A cell whose quotation mark is never closed.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("row {row}: expected the quotation mark that closes a cell, got the end of the file")]
pub(super) struct Unclosed {
    /// The row, from 1.
    row: usize,
}

/// The rows of a text; the first is the heading.
pub(super) fn rows(text: &str) -> Result<Vec<Vec<String>>, Unclosed> {
    let mut chars = text.chars().peekable();
    let mut rows = Vec::new();
    while chars.peek().is_some() {
        let row = row(&mut chars).ok_or(Unclosed { row: rows.len() + 1 })?;
        rows.push(row);
    }
    Ok(rows)
}

fn row(chars: &mut Peekable<Chars<'_>>) -> Option<Vec<String>> {
    let mut cells = vec![String::new()];
    while let Some(c) = chars.next() {
        let cell = cells.last_mut().expect("a row has a cell");
        match c {
            '"' if cell.is_empty() => *cell = quoted(chars)?,
            ',' => cells.push(String::new()),
            '\n' => break,
            '\r' => {
                chars.next_if_eq(&'\n');
                break;
            }
            c => cell.push(c),
        }
    }
    Some(cells)
}

/// What stands up to the closing quotation mark; two of them are one that belongs to the cell.
fn quoted(chars: &mut Peekable<Chars<'_>>) -> Option<String> {
    let mut cell = String::new();
    loop {
        match chars.next()? {
            '"' if chars.next_if_eq(&'"').is_none() => return Some(cell),
            c => cell.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        assert_eq!(rows(text).expect("closed quotation marks"), expected);
    }

    #[test]
    fn lines_end_as_any_system_ends_them() {
        for text in ["a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\rc,d", "a,b\nc,d"] {
            check(text, &[&["a", "b"], &["c", "d"]]);
        }
    }

    #[test]
    fn quotation_marks_keep_commas_line_breaks_and_themselves() {
        check(
            "\"a,b\",\"c\nd\",\"say \"\"hi\"\"\"\ne,,\n",
            &[&["a,b", "c\nd", "say \"hi\""], &["e", "", ""]],
        );
        check("a \"b\",\"\"\n", &[&["a \"b\"", ""]]);
    }

    #[test]
    fn an_empty_row_is_a_row() {
        check("a\n\nb", &[&["a"], &[""], &["b"]]);
        check("", &[]);
    }

    #[test]
    fn a_cell_that_is_never_closed_is_told_with_its_row() {
        assert_eq!(rows("a\n\nb,\"c\nd\n"), Err(Unclosed { row: 3 }));
    }
}

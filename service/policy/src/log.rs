//! Gathers findings while a text is read, and turns byte offsets into lines.
//!
//! The list is behind a [`RefCell`], so that all open cursors of one text can
//! write to it: each of them only appends.

use std::cell::RefCell;

use crate::finding::{Finding, Severity};

/// The longest message and key shown, in characters: a message quotes what the
/// text holds, and a text may hold a megabyte in one value.
const SHOWN_CHARS_MAX: usize = 240;

/// Where something stands: its full key path and its line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Place {
    /// As in [`Finding::key`].
    pub(crate) key: String,
    /// As in [`Finding::line`].
    pub(crate) line: Option<u32>,
}

/// The findings of one text.
#[derive(Debug)]
pub(crate) struct Log {
    line_starts: Vec<usize>,
    findings: RefCell<Vec<Finding>>,
}

impl Log {
    /// An empty log for a text.
    pub(crate) fn new(source: &str) -> Self {
        let after_breaks = source.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            line_starts: std::iter::once(0).chain(after_breaks).collect(),
            findings: RefCell::default(),
        }
    }

    /// The line of a byte offset, from 1.
    pub(crate) fn line_at(&self, offset: usize) -> u32 {
        self.line_starts.partition_point(|start| *start <= offset) as u32
    }

    /// Records what keeps the policy from being applied.
    pub(crate) fn error(&self, place: &Place, message: &str) {
        self.record(Severity::Error, place, message);
    }

    /// Records what is legal but hardly meant.
    pub(crate) fn warn(&self, place: &Place, message: &str) {
        self.record(Severity::Warning, place, message);
    }

    /// Whether nothing was found so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.findings.borrow().is_empty()
    }

    /// Everything found, in the order of the text.
    pub(crate) fn into_findings(self) -> Vec<Finding> {
        let mut findings = self.findings.into_inner();
        findings.sort_by_key(|finding| finding.line);
        findings
    }

    fn record(&self, severity: Severity, place: &Place, message: &str) {
        self.findings.borrow_mut().push(Finding {
            severity,
            key: shortened(&place.key),
            line: place.line,
            message: shortened(message),
        });
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_begins_after_the_break() {
        let log = Log::new("a\nb\r\n\nc");
        let lines: Vec<u32> = (0..8).map(|offset| log.line_at(offset)).collect();
        assert_eq!(lines, [1, 1, 2, 2, 2, 3, 4, 4]);
    }

    #[test]
    fn findings_come_in_the_order_of_the_text() {
        let log = Log::new("");
        for line in [Some(7), None, Some(2)] {
            log.warn(&Place { key: String::new(), line }, "odd");
        }
        let lines: Vec<_> = log.into_findings().iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [None, Some(2), Some(7)]);
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(shortened(&"票".repeat(241)), format!("{}…", "票".repeat(240)));
        assert_eq!(shortened(&"票".repeat(240)), "票".repeat(240));
    }
}

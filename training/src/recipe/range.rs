//! Settings out of their ranges, told all at once with their key paths.

use std::fmt;

/// A setting that is out of its range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutOfRange {
    key: &'static str,
    expected: &'static str,
    got: String,
}

/// Everything that is out of range, in the order of the file format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(pub(super) Vec<OutOfRange>);

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, got {}", self.key, self.expected, self.got)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("; "))
    }
}

/// The problem of a setting, if its range does not hold.
pub(crate) fn check(
    key: &'static str,
    holds: bool,
    expected: &'static str,
    got: &dyn ToString,
) -> Option<OutOfRange> {
    (!holds).then(|| OutOfRange { key, expected, got: got.to_string() })
}

/// The problems there are.
pub(crate) fn gather<const N: usize>(checks: [Option<OutOfRange>; N]) -> Vec<OutOfRange> {
    checks.into_iter().flatten().collect()
}

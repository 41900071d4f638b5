//! What is wrong with an agent, key by key: all of it is told, not the first alone.

use std::fmt;

/// Where in an agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    /// A key.
    Of(&'static str),
    /// A key that needs another beside it, which is absent.
    Beside(&'static str),
    /// A named value of a key.
    Entry(&'static str, String),
    /// A value of a list.
    Item(&'static str, usize),
    /// A part of a weekly shift: days, start or end.
    Shift(usize, &'static str),
}

impl From<&'static str> for Key {
    fn from(key: &'static str) -> Self {
        Self::Of(key)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Of(key) | Self::Beside(key) => f.write_str(key),
            Self::Entry(key, name) => write!(f, "{key}.{name}"),
            Self::Item(key, idx) => write!(f, "{key}[{idx}]"),
            Self::Shift(idx, part) => write!(f, "shifts[{idx}].{part}"),
        }
    }
}

/// What is wrong, and where.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) key: Key,
    pub(super) why: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.why)
    }
}

/// All that is wrong with an agent.
#[derive(Debug, Default)]
pub(super) struct Problems(pub(super) Vec<Problem>);

impl Problems {
    pub(super) fn fail(&mut self, key: impl Into<Key>, why: impl Into<String>) {
        self.0.push(Problem { key: key.into(), why: why.into() });
    }

    /// The value, or a noted problem.
    pub(super) fn take<T, E: ToString>(
        &mut self,
        key: impl Into<Key>,
        result: Result<T, E>,
    ) -> Option<T> {
        result.map_err(|error| self.fail(key, error.to_string())).ok()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("; "))
    }
}

//! What is reported about a policy: one fact, where it stands, and how grave it is.

use std::fmt;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The policy cannot be applied.
    Error,
    /// The policy can be applied, but hardly does what was meant.
    Warning,
}

/// One thing found in a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How grave it is.
    pub severity: Severity,
    /// The full key path, such as `routing.weights.load` or `category[3].severity`,
    /// entries counted from 0; empty where the finding is about the text itself.
    pub key: String,
    /// The line, counted from 1; `None` where it is about the whole text.
    pub line: Option<u32>,
    /// A lower-case sentence: what was expected, and what came.
    pub message: String,
}

impl Finding {
    /// Whether the policy can be applied in spite of it.
    pub fn is_warning(&self) -> bool {
        match self.severity {
            Severity::Error => false,
            Severity::Warning => true,
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// `line 12: error: routing.weights.load: expected a number in 0..=100, got 101`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        write!(f, "{}: ", self.severity)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.message)
    }
}

//! What can be exported, and as what.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::column::{Documented, documented};
use super::{decisions, events, outcomes};

/// What the rows are.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub(super) enum Table {
    /// Every time the desk looked for an agent.
    Decisions,
    /// Everything that happened.
    Events,
    /// Every ticket that was closed.
    Outcomes,
}

impl Table {
    /// Its name in file names and options.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Decisions => "decisions",
            Self::Events => "events",
            Self::Outcomes => "outcomes",
        }
    }

    /// Its columns in order.
    pub(super) fn columns(self) -> Vec<Documented> {
        match self {
            Self::Decisions => documented(decisions::COLUMNS),
            Self::Events => documented(events::COLUMNS),
            Self::Outcomes => documented(outcomes::COLUMNS),
        }
    }
}

/// How rows are written.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    /// One JSON object a line.
    Jsonl,
    /// A header, then one row a line.
    Csv,
}

impl Format {
    /// The end of file names.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
        }
    }
}

/// A table in a format: what is continued by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Stream {
    /// What the rows are.
    pub(super) table: Table,
    /// How they are written.
    pub(super) format: Format,
}

impl Stream {
    /// The name of the file that covers a range of a tenant's events, ends included.
    pub(super) fn file_name(self, tenant: &str, first: u64, last: u64) -> String {
        let Self { table, format } = self;
        let tenant = in_file_name(tenant);
        format!("{}-{tenant}-{first}-{last}.{}", table.name(), format.extension())
    }
}

/// Bytes of a tenant's name in a file name: with all the rest below the 255 a name may have.
const TENANT_BYTES_MAX: usize = 160;

/// A tenant's name as part of a file name: what is no letter, digit, `.`, `_` or `-` as `%` and
/// its number, and the end of a name that is too long as a hash.
fn in_file_name(tenant: &str) -> String {
    let mut name = String::new();
    for c in tenant.chars() {
        if c.is_alphanumeric() || "._-".contains(c) {
            name.push(c);
        } else {
            // Writing to a String cannot fail.
            let _ = write!(name, "%{:02X}", u32::from(c));
        }
    }
    if name.len() <= TENANT_BYTES_MAX {
        return name;
    }
    let digest = super::state::digest(tenant.as_bytes());
    let mut end = TENANT_BYTES_MAX - digest.len() - 1;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}~{digest}", &name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenants_name_makes_a_file_name_of_its_own() {
        assert_eq!(in_file_name("acme-eu.2"), "acme-eu.2");
        assert_eq!(in_file_name("客服"), "客服");
        assert_eq!(in_file_name("../a:b%"), "..%2Fa%3Ab%25");
        let long = |end: &str| in_file_name(&("/".repeat(127) + end));
        assert!(long("a").len() <= TENANT_BYTES_MAX && long("a") != long("b"));
        assert!(in_file_name(&"客".repeat(64)).len() <= TENANT_BYTES_MAX);
    }
}

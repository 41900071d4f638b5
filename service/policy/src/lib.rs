//! The policy file: TOML text in, the domain's typed [`Policy`] out, with findings.
//!
//! [`read`] reports every problem of a text together, each with its full key
//! path and line, so that an operations lead mends a file in one go. What comes
//! out needs no further check. A setting that is left out takes the domain's
//! default; nothing left out ever means "unlimited".
//!
//! This crate knows nothing of the desk's state, the roster or the models: that
//! a team exists, or that a bundle has these categories, is checked where both
//! are at hand. It reads no file either; the caller brings the text.
//!
//! In reading order:
//! - [`finding`]: what is reported
//! - `log`: where findings are gathered and byte offsets become lines
//! - `syntax`: text to a tree of spanned TOML values
//! - `cursor`: the tree with key paths, one value at a time
//! - `document`: the whole file, and below `section` a module for each part of it
//! - `reach`: warnings about rules and calendars that can have no effect

mod cursor;
mod document;
pub mod finding;
mod log;
mod reach;
mod section;
mod syntax;

use switchyard_domain::policy::Policy;

pub use finding::{Finding, Severity};

/// The default policy, commented; it reads as the domain's `Policy::default()` with categories.
pub const DEFAULT: &str = include_str!("default.toml");

/// A policy that may be applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// What the desk goes by.
    pub policy: Policy,
    /// What is legal but hardly meant, in the order of the file.
    pub warnings: Vec<Finding>,
}

/// Reads a policy and gives it a revision.
///
/// # Errors
/// Every error of the text, in the order of the file. A text that is not TOML
/// has only its syntax reported, since its keys are not certain; warnings are
/// looked for once there is no error, since a rule that was misread would
/// raise false ones.
///
/// # Examples
/// ```
/// let checked = switchyard_policy::read(switchyard_policy::DEFAULT, 1).expect("no findings");
/// assert_eq!(checked.policy.categories.len(), 28);
///
/// let findings = switchyard_policy::read("schema = 1\nrouting.held_share = 1.5\n", 2)
///     .expect_err("a share is at most 1");
/// assert_eq!(
///     findings[0].to_string(),
///     "line 2: error: routing.held_share: expected a number in 0..=1, got 1.5",
/// );
/// ```
pub fn read(source: &str, revision: u64) -> Result<Checked, Vec<Finding>> {
    let log = log::Log::new(source);
    let policy = syntax::parse(source, &log).map(|tree| document::read(&tree, revision, &log));
    let findings = log.into_findings();
    match policy {
        Some(policy) if findings.iter().all(Finding::is_warning) => {
            Ok(Checked { policy, warnings: findings })
        }
        _ => Err(findings),
    }
}

//! Which data may be used for anything.

use std::path::Path;

use switchyard_models::bundle::DataSource;

use crate::error::TrainError;

/// Licences under which data may be used for anything, with or without naming it.
const PERMISSIVE: [&str; 9] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "MIT",
];

/// Whether a licence is on the list of clearly permissive ones.
pub fn is_permissive(licence: &str) -> bool {
    PERMISSIVE.contains(&licence)
}

/// A set of a recipe, with a licence.
pub trait Licensed {
    /// Its name and its licence.
    fn terms(&self) -> (&str, &str);
}

/// The sets that a recipe learns from: where it asks for clearly permissive data alone, those under
/// such licences.
///
/// *Errors*: it asks for them and has no such set.
pub fn allowed<'a, T: Licensed>(
    recipe: &str,
    sets: &'a [T],
    permissive_only: bool,
) -> Result<Vec<&'a T>, TrainError> {
    let takes = |set: &&T| !permissive_only || is_permissive(set.terms().1);
    let allowed: Vec<&T> = sets.iter().filter(takes).collect();
    if allowed.is_empty() {
        return Err(refusal(Path::new(recipe), sets.iter().map(Licensed::terms)));
    }
    Ok(allowed)
}

/// Refuses what a finished model stands on, where that is not clearly permissive.
pub fn check<'a>(
    what: &Path,
    sets: impl Iterator<Item = &'a DataSource>,
) -> Result<(), TrainError> {
    check_terms(what, sets.map(|set| (set.name.as_str(), set.licence.as_str())))
}

/// The same for names with their licences.
pub fn check_terms<'a>(
    what: &Path,
    terms: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<(), TrainError> {
    let mut others = terms.filter(|(_, licence)| !is_permissive(licence)).peekable();
    if others.peek().is_none() { Ok(()) } else { Err(refusal(what, others)) }
}

fn refusal<'a>(what: &Path, sets: impl Iterator<Item = (&'a str, &'a str)>) -> TrainError {
    let told: Vec<String> = sets.map(|(name, licence)| format!("{name} ({licence})")).collect();
    TrainError::NotPermissive { folder: what.to_owned(), sets: told.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Set(&'static str);

    impl Licensed for Set {
        fn terms(&self) -> (&str, &str) {
            ("a set", self.0)
        }
    }

    #[test]
    fn only_permissive_sets_are_left_where_only_they_are_wanted() {
        let sets = [Set("MIT"), Set("not stated"), Set("CC-BY-NC-4.0")];
        let n_sets = |permissive_only| allowed("r", &sets, permissive_only).expect("sets").len();
        assert_eq!((n_sets(false), n_sets(true)), (3, 1));
    }

    #[test]
    fn nothing_left_is_told_by_what_there_was() {
        let error = allowed("r", &[Set("not stated")], true).err().expect("an error").to_string();
        assert!(error.contains("clearly permissive") && error.contains("a set (not stated)"));
    }
}

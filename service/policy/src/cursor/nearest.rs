//! "Did you mean": the known word nearest to one that is not known.

/// Words longer than this get no hint: nobody mistypes them, and comparing costs their product.
const WORD_CHARS_MAX: usize = 64;

/// Of more known words than this only the first are compared, so that no text is slow to read.
const KNOWN_MAX: usize = 256;

/// `; did you mean "load"?`, or nothing where no known word is near.
pub(crate) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known).map_or_else(String::new, |near| format!("; did you mean {near:?}?"))
}

/// The known word with the fewest typing errors between, at most one in three characters.
fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let n_chars = word.chars().take(WORD_CHARS_MAX + 1).count();
    if n_chars > WORD_CHARS_MAX {
        return None;
    }
    let errors_max = n_chars / 3;
    known
        .into_iter()
        .take(KNOWN_MAX)
        .filter(|candidate| candidate.chars().count() <= WORD_CHARS_MAX)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(errors, _)| *errors <= errors_max)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance: insertions, deletions and replacements, one row at a time.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (at, typed) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (column, meant) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(typed != *meant);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_textbook() {
        // Wagner and Fischer's example, and the ends of the range.
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "load"), 4);
        assert_eq!(distance("load", "load"), 0);
        assert_eq!(distance("订单", "订购单"), 1);
    }

    #[test]
    fn a_typing_error_finds_its_word() {
        let known = ["severity", "skills", "team"];
        assert_eq!(nearest("severty", known), Some("severity"));
        assert_eq!(nearest("skill", known), Some("skills"));
        assert_eq!(nearest("teams", known), Some("team"));
    }

    #[test]
    fn a_word_of_its_own_finds_none() {
        assert_eq!(nearest("colour", ["severity", "team"]), None);
        assert_eq!(nearest("x", ["y"]), None);
        assert_eq!(nearest(&"severity".repeat(10_000), ["severity"]), None);
    }
}

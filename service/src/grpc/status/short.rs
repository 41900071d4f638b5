//! Errors as short as headers must be.
//!
//! A status travels in trailers, and clients refuse trailers above some 8 KiB: a caller who sent a
//! long id or a thousand bad fields would hear of that instead of what was wrong.

use tonic_types::FieldViolation;

use crate::lang::Lang;

/// The longest message in either language, in bytes; percent signs make three times as much of it.
const MESSAGE_BYTES_MAX: usize = 512;

/// The longest value named in `ErrorInfo`: any id fits.
pub(super) const VALUE_BYTES_MAX: usize = 256;

/// What all fields at fault may take together; base64 makes a third more of it.
const VIOLATIONS_BYTES_MAX: usize = 2_560;

/// What the encoding of one takes beside its texts.
const FRAME_BYTES: usize = 24;

/// The most faults that a message tells; `BadRequest` has more of them.
const TOLD_MAX: usize = 3;

/// A message, cut where it is too long.
pub(super) fn shortened(text: &str) -> String {
    cut(text, MESSAGE_BYTES_MAX)
}

/// A text of at most so many bytes, with a mark where it was cut.
pub(in crate::grpc) fn cut(text: &str, bytes_max: usize) -> String {
    const MARK: char = '…';
    if text.len() <= bytes_max {
        return text.to_owned();
    }
    let end = text.floor_char_boundary(bytes_max - MARK.len_utf8());
    format!("{}{MARK}", &text[..end])
}

/// The first faults in a sentence, and how many more there are.
pub(super) fn sentence(faults: impl ExactSizeIterator<Item = String>, lang: Lang) -> String {
    let n_more = faults.len().saturating_sub(TOLD_MAX);
    // A share each, and one for what stands around them.
    let each_max = MESSAGE_BYTES_MAX / (faults.len().min(TOLD_MAX) + 1);
    let told: Vec<_> = faults.take(TOLD_MAX).map(|fault| cut(&fault, each_max)).collect();
    let told = told.join(lang.pick("；", "; "));
    match (n_more, lang) {
        (0, _) => told,
        (_, Lang::Zh) => format!("{told}；另有 {n_more} 处"),
        (_, Lang::En) => format!("{told}; and {n_more} more"),
    }
}

/// As many of the fields at fault as there is room for, and always the first.
pub(super) fn listed(violations: Vec<FieldViolation>) -> Vec<FieldViolation> {
    let mut n_bytes = 0;
    let mut has_room = |violation: &FieldViolation| {
        let is_first = n_bytes == 0;
        n_bytes += size_of(violation);
        is_first || n_bytes <= VIOLATIONS_BYTES_MAX
    };
    violations.into_iter().take_while(|violation| has_room(violation)).collect()
}

fn size_of(violation: &FieldViolation) -> usize {
    let localized = violation.localized_message.as_ref().map_or(0, |zh| zh.message.len());
    FRAME_BYTES + violation.field.len() + violation.description.len() + localized
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters_and_only_where_it_is_too_long() {
        assert_eq!(cut("工单", 6), "工单");
        assert_eq!(cut("工单号", 8), "工…");
        for bytes_max in 3..20 {
            assert!(cut("工单 T-1 已关闭", bytes_max).len() <= bytes_max, "{bytes_max}");
        }
    }

    #[test]
    fn a_sentence_tells_the_first_faults_and_counts_the_rest() {
        let faults = |n: usize| (0..n).map(|n| n.to_string()).collect::<Vec<_>>().into_iter();
        assert_eq!(sentence(faults(2), Lang::En), "0; 1");
        assert_eq!(sentence(faults(6), Lang::En), "0; 1; 2; and 3 more");
        assert_eq!(sentence(faults(6), Lang::Zh), "0；1；2；另有 3 处");
        let long = vec!["长".repeat(2_000); 9];
        assert!(sentence(long.into_iter(), Lang::Zh).len() <= MESSAGE_BYTES_MAX);
    }

    #[test]
    fn fields_are_listed_while_there_is_room() {
        let violation = FieldViolation::new("agents[0].id", "x".repeat(500));
        assert_eq!(listed(vec![violation.clone(); 3]).len(), 3);
        assert_eq!(listed(vec![violation; 1_000]).len(), 4);
        let huge = FieldViolation::new("x".repeat(9_000), "");
        assert_eq!(listed(vec![huge; 2]).len(), 1);
    }
}

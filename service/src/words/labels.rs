//! Labels for programs that the domain's types do not carry themselves; the same in every language.

use switchyard_domain::assessment::{AbstainReason, Mode};

/// The label of a mode, for programs.
pub fn mode_label(mode: Mode) -> &'static str {
    match mode {
        Mode::Auto => "AUTO",
        Mode::Suggest => "SUGGEST",
        Mode::Abstain(_) => "ABSTAIN",
    }
}

/// The label of the reason where there is no judgement, for programs.
pub fn abstain_label(mode: Mode) -> Option<&'static str> {
    let Mode::Abstain(reason) = mode else { return None };
    Some(match reason {
        AbstainReason::LowConfidence => "LOW_CONFIDENCE",
        AbstainReason::OutOfScope => "OUT_OF_SCOPE",
        AbstainReason::NeedsAttachment => "NEEDS_ATTACHMENT",
        AbstainReason::UnknownLanguage => "UNKNOWN_LANGUAGE",
    })
}

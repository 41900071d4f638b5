//! Why a model answered as it did, in a sentence.

use switchyard_models::bundle::HeadName;
use switchyard_models::understand::{Explained, Reason};

use crate::lang::Lang;

/// Phrases named of each side.
const PHRASES_MAX: usize = 3;

/// The answer, and the phrases that spoke for it and against it.
pub fn explanation(explained: &Explained, lang: Lang) -> String {
    let (label, head) = (&explained.label, head_name(explained.head, lang));
    let what = match (&explained.rival, lang) {
        (Some(rival), Lang::Zh) => format!("{head}判为 {label}，其次 {rival}"),
        (Some(rival), Lang::En) => format!("{head} {label} rather than {rival}"),
        (None, Lang::Zh) => format!("{head}：{label}"),
        (None, Lang::En) => format!("{head} {label}"),
    };
    let said = [
        (side(explained, |weight| weight > 0.0, lang), lang.pick("支持：", "for it: ")),
        (side(explained, |weight| weight < 0.0, lang), lang.pick("反对：", "against it: ")),
    ];
    let said = said.into_iter().filter(|(phrases, _)| !phrases.is_empty());
    let parts: Vec<String> =
        [what].into_iter().chain(said.map(|(phrases, name)| format!("{name}{phrases}"))).collect();
    parts.join(lang.pick("；", "; "))
}

fn side(explained: &Explained, is_meant: impl Fn(f32) -> bool, lang: Lang) -> String {
    let phrase = |reason: &Reason| {
        let (phrase, weight) = (&reason.phrase, reason.weight);
        match lang {
            Lang::Zh => format!("“{phrase}”（{weight:+.1}）"),
            Lang::En => format!("\u{201c}{phrase}\u{201d} ({weight:+.1})"),
        }
    };
    let meant = explained.reasons.iter().filter(|reason| is_meant(reason.weight));
    let phrases: Vec<String> = meant.take(PHRASES_MAX).map(phrase).collect();
    phrases.join(lang.pick("、", ", "))
}

fn head_name(head: HeadName, lang: Lang) -> &'static str {
    let (zh, en) = match head {
        HeadName::Category => ("类别", "category"),
        HeadName::Sentiment => ("情绪", "sentiment"),
        HeadName::Urgency => ("紧急程度", "urgency"),
        HeadName::Signals => ("信号", "signal"),
        HeadName::Tags => ("标签", "tag"),
    };
    lang.pick(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_for_and_against_are_named_in_either_language() {
        let reason = |phrase: &str, weight| Reason { phrase: phrase.to_owned(), weight };
        let explained = Explained {
            head: HeadName::Category,
            label: "returns.refund".to_owned(),
            rival: Some("returns.exchange".to_owned()),
            log_odds: 1.5,
            reasons: vec![reason("退钱", 2.25), reason("尺码", -0.5)],
            examples: Vec::new(),
        };
        assert_eq!(
            explanation(&explained, Lang::Zh),
            "类别判为 returns.refund，其次 returns.exchange；支持：“退钱”（+2.2）；反对：“尺码”（-0.5）"
        );
        assert_eq!(
            explanation(&explained, Lang::En),
            "category returns.refund rather than returns.exchange; for it: “退钱” (+2.2); \
             against it: “尺码” (-0.5)"
        );
    }

    #[test]
    fn an_answer_that_nothing_moved_stands_alone() {
        let (label, rival, reasons) = ("abuse".to_owned(), None, Vec::new());
        let examples = Vec::new();
        let explained =
            Explained { head: HeadName::Signals, label, rival, log_odds: 0.0, reasons, examples };
        assert_eq!(explanation(&explained, Lang::En), "signal abuse");
    }
}

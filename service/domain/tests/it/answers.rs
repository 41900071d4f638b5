//! When an article may go out without a person.

use switchyard_domain::assessment::{AbstainReason, Assessment, Mode, Sentiment, Signal};
use switchyard_domain::knowledge::{AnswerHold, AnswerVerdict};
use switchyard_domain::probability::Probability;

use crate::fixture;

/// Gives an assessment a reason to look.
type Spoil = fn(&mut Assessment);

/// What keeps each answer back.
fn holds() -> Vec<(AnswerHold, Spoil)> {
    vec![
        (AnswerHold::Signals, |it| it.signals.push((Signal::SafetyHazard, Probability::ONE))),
        (AnswerHold::Mood, |it| it.sentiment = fixture::judged(Sentiment::VeryNegative)),
        (AnswerHold::Truncated, |it| it.truncated = true),
        (AnswerHold::CategoryUnsure, |it| it.category.mode = Mode::Suggest),
        (AnswerHold::CategoryUnsure, |it| {
            it.category.mode = Mode::Abstain(AbstainReason::LowConfidence);
        }),
    ]
}

fn verdict(assessment: &Assessment, confidence: f32, safe_from: Option<f32>) -> AnswerVerdict {
    AnswerVerdict::on(assessment, Probability::saturating(confidence), safe_from)
}

#[test]
fn an_article_that_is_sure_enough_for_a_calm_and_clear_ticket_is_safe() {
    let calm = fixture::assessment();
    assert_eq!(verdict(&calm, 0.9, Some(0.9)), AnswerVerdict::Safe);
    let unsure = AnswerVerdict::Held(AnswerHold::ArticleUnsure);
    assert_eq!(verdict(&calm, 0.89, Some(0.9)), unsure);
    assert_eq!(verdict(&calm, 1.0, None), unsure, "no risk was learnt");
}

#[test]
fn whatever_speaks_against_it_holds_it_however_sure_the_article_is() {
    for (hold, spoil) in holds() {
        let mut assessment = fixture::assessment();
        spoil(&mut assessment);
        assert_eq!(verdict(&assessment, 1.0, Some(0.5)), AnswerVerdict::Held(hold));
    }
}

/// Of several reasons the gravest is told.
#[test]
fn a_hazard_is_told_before_all_else() {
    let mut assessment = fixture::assessment();
    for (_, spoil) in holds() {
        spoil(&mut assessment);
    }
    assert_eq!(verdict(&assessment, 0.0, None), AnswerVerdict::Held(AnswerHold::Signals));
}

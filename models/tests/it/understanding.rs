//! What the assessment says, and what it refuses to say.

use proptest::prelude::*;
use switchyard_domain::assessment::{
    AbstainReason, Assessment, Degraded, Language, Mode, Origin, Sentiment, Signal, Urgency,
};
use switchyard_domain::ids::CategoryId;
use switchyard_domain::probability::Probability;
use switchyard_models::bundle::Bundle;
use switchyard_models::text::{Attachment, Author, Known, TicketText, Turn};
use switchyard_models::understand::{Categories, Depth, Understanding, fallback_assessment};

use crate::toy;

fn understanding() -> Understanding {
    let files = toy::files();
    let bundle = Bundle::from_files(&toy::borrowed(&files)).expect("a sound bundle");
    Understanding::new(&bundle).expect("known labels")
}

fn assess(body: &str) -> Assessment {
    understanding().analyze(&TicketText::new("", body), &Known::default()).assessment
}

fn category(id: &str) -> CategoryId {
    CategoryId::new(id).expect("an id")
}

#[test]
fn the_sketch_that_comes_with_an_analysis_is_the_texts_own() {
    let files = toy::seal_with_table(toy::manifest_with_table());
    let bundle = Bundle::from_files(&toy::borrowed(&files)).expect("a sound bundle");
    let model = Understanding::new(&bundle).expect("known labels");
    let stated = Known { language: Some(Language::ZhHant), ..Known::default() };
    for text in ["refund", "退款 12345", "", "of nothing known"] {
        let ticket = TicketText::new("order 77-1234", text);
        for known in [Known::default(), stated.clone()] {
            let with = |depth| model.analyze_for(&ticket, &known, Categories::Model, depth);
            assert_eq!(with(Depth::WithSketch).sketch, Some(model.sketch(&ticket)), "{text}");
            assert_eq!(with(Depth::Assessment).sketch, None);
            let alone = with(Depth::Assessment).assessment;
            assert_eq!(with(Depth::WithSketch).assessment, alone);
        }
    }
}

#[test]
fn a_known_wording_is_judged_with_confidence() {
    for (text, language) in [("refund", Language::En), ("退款", Language::ZhHans)] {
        let assessment = assess(text);
        assert_eq!(assessment.category.value, category("returns.refund"));
        assert_eq!((assessment.category.mode, assessment.language), (Mode::Auto, language));
        assert_eq!(assessment.category_origin, Origin::Model);
        assert!(assessment.has(Signal::Abuse));
        assert!(assessment.sentiment_score < 0.0);
    }
}

#[test]
fn traditional_script_is_judged_like_simplified() {
    assert_eq!(assess("請退款吧").category, assess("请退款吧").category);
}

#[test]
fn the_runner_up_comes_with_its_probability() {
    let judged = assess("refund").category;
    assert_eq!(judged.alternatives.len(), 1);
    let total = judged.confidence.get() + judged.alternatives[0].1.get();
    assert!((total - 1.0).abs() < 1e-6);
}

#[test]
fn an_empty_text_is_the_fallback_and_abstains() {
    for text in ["", "  \n ", "?", "\u{200B}"] {
        let judged = assess(text).category;
        assert_eq!(judged.value, category("other"), "{text:?}");
        assert_eq!(judged.mode, Mode::Abstain(AbstainReason::OutOfScope), "{text:?}");
        assert_eq!(judged.confidence, Probability::ZERO, "{text:?}");
    }
}

#[test]
fn a_text_that_lies_in_an_unread_attachment_asks_for_it() {
    let mut ticket = TicketText::new("", "");
    ticket.attachments.push(Attachment { text: None });
    let judged = understanding().analyze(&ticket, &Known::default()).assessment.category;
    assert_eq!(judged.mode, Mode::Abstain(AbstainReason::NeedsAttachment));
}

#[test]
fn an_unknown_language_is_not_judged() {
    let assessment = assess("Где мой заказ? refund");
    assert_eq!(assessment.category.mode, Mode::Abstain(AbstainReason::UnknownLanguage));
    assert!(assessment.signals.is_empty());
}

#[test]
fn a_text_like_nothing_known_is_out_of_scope() {
    let judged = assess("the weather is lovely today").category;
    assert_eq!(judged.mode, Mode::Abstain(AbstainReason::OutOfScope));
}

#[test]
fn what_the_caller_knows_wins() {
    let known = Known {
        category: Some(category("billing.invoice")),
        sentiment: Some(Sentiment::Positive),
        urgency: Some(Urgency::Critical),
        language: Some(Language::ZhHant),
        signals: vec![Signal::VipMention],
    };
    let it = understanding().analyze(&TicketText::new("", "refund"), &known).assessment;
    assert_eq!(
        (it.category.value, it.category_origin),
        (category("billing.invoice"), Origin::Caller)
    );
    assert_eq!((it.sentiment.value, it.urgency.value), (Sentiment::Positive, Urgency::Critical));
    assert_eq!((it.language, it.category.confidence), (Language::ZhHant, Probability::ONE));
    let signals: Vec<Signal> = it.signals.iter().map(|(signal, _)| *signal).collect();
    assert_eq!(signals, [Signal::VipMention, Signal::Abuse]);
}

/// Label and mode of the group.
fn group(assessment: &Assessment) -> Option<(String, Mode)> {
    let judged = assessment.category_group.as_ref()?;
    Some((judged.value.to_string(), judged.mode))
}

#[test]
fn a_category_has_its_group_by_whoever_says_it() {
    let judged = assess("refund");
    assert_eq!(group(&judged), Some(("returns".to_owned(), Mode::Auto)));
    let confidence = |it: &Assessment| it.category_group.as_ref().map(|it| it.confidence);
    assert!(confidence(&judged) >= Some(judged.category.confidence));
    let known = Known { category: Some(category("billing.invoice")), ..Known::default() };
    let ticket = TicketText::new("", "refund");
    let stated = understanding().analyze(&ticket, &known).assessment;
    let without = fallback_assessment(&ticket, &known, &category("other"));
    for assessment in [stated, without] {
        assert_eq!(group(&assessment), Some(("billing".to_owned(), Mode::Auto)));
        assert_eq!(confidence(&assessment), Some(Probability::ONE));
    }
}

#[test]
fn nobodys_category_has_no_group_and_a_strange_one_a_group_to_abstain_from() {
    assert_eq!(group(&assess("")), None);
    let ticket = TicketText::new("", "refund");
    let without = fallback_assessment(&ticket, &Known::default(), &category("other"));
    assert_eq!(group(&without), None);
    let strange = assess("of nothing known here");
    assert!(matches!(group(&strange), Some((_, Mode::Abstain(_)))), "{strange:?}");
}

#[test]
fn somebodys_own_categories_have_their_own_groups() {
    let meanings = [(category("returns.refund"), category("money.back"))].into();
    let ticket = TicketText::new("", "refund");
    let categories = Categories::Meant(&meanings);
    let model = understanding();
    let analysis =
        model.analyze_for(&ticket, &Known::default(), categories, Depth::Assessment).assessment;
    assert_eq!(group(&analysis), Some(("money".to_owned(), Mode::Auto)));
}

#[test]
fn staff_cannot_change_what_a_ticket_is_about() {
    let mut ticket = TicketText::new("", "hello there");
    ticket.turns.push(Turn { author: Author::Staff, text: "refund refund refund" });
    let judged = understanding().analyze(&ticket, &Known::default()).assessment.category;
    assert_ne!(judged.mode, Mode::Auto);
}

#[test]
fn without_a_model_the_assessment_says_so() {
    let known = Known { urgency: Some(Urgency::High), ..Known::default() };
    let it = fallback_assessment(&TicketText::new("", "退款"), &known, &category("other"));
    assert_eq!((it.degraded, it.category_origin), (Some(Degraded::ModelAbsent), Origin::Fallback));
    assert_eq!((it.urgency.value, it.language), (Urgency::High, Language::ZhHans));
}

#[test]
fn a_label_the_product_does_not_know_is_refused() {
    let mut manifest = toy::manifest();
    manifest.heads[1].labels[0] = "furious".to_owned();
    let files = toy::files_of(manifest);
    let bundle = Bundle::from_files(&toy::borrowed(&files)).expect("meanings are read later");
    let error = Understanding::new(&bundle).expect_err("a refusal").to_string();
    assert!(error.contains("head sentiment: label \"furious\""), "{error}");
}

#[test]
fn threads_share_one_model_and_agree() {
    let model = understanding();
    let alone = model.analyze(&TicketText::new("", "refund 退款"), &Known::default()).assessment;
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..50 {
                    let ticket = TicketText::new("", "refund 退款");
                    assert_eq!(model.analyze(&ticket, &Known::default()).assessment, alone);
                }
            });
        }
    });
}

#[test]
fn three_hundred_kibibytes_are_read_in_part() {
    let assessment = assess(&"refund ".repeat(43_000));
    assert!(assessment.truncated);
    assert_eq!(assessment.category.value, category("returns.refund"));
}

proptest! {
    #[test]
    fn no_text_panics_and_probabilities_are_probabilities(body in any::<String>(), mixed in "[a-z 退款!?<>&;()\n0-9]{0,80}") {
        for text in [body, mixed] {
            let assessment = assess(&text);
            let total: f32 = assessment.category.alternatives.iter().map(|(_, p)| p.get()).sum();
            prop_assert!(assessment.category.confidence.get() + total <= 1.001);
            prop_assert!((-1.0..=1.0).contains(&assessment.sentiment_score));
        }
    }
}

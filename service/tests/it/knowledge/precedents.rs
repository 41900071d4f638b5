//! What a ticket's answer says of what was solved before, and what follows for who gets it.

use switchyard_proto::v1 as pb;

use super::{shelf, solved};
use crate::harness::Harness;
use crate::samples::{self, at};

pub(super) const ANN: &str = "ann@example.com";

/// A ticket about a broken cup.
pub(super) fn broken_cup(id: &str, customer: &str) -> pb::Ticket {
    pb::Ticket {
        subject: String::new(),
        messages: vec![pb::Message {
            text: "the cup arrived broken into three pieces".to_owned(),
            ..pb::Message::default()
        }],
        customer: Some(pb::Customer { id: customer.to_owned(), ..pb::Customer::default() }),
        known: Some(pb::Known {
            known_category: "logistics.damaged".to_owned(),
            ..pb::Known::default()
        }),
        ..samples::ticket(id)
    }
}

fn theirs(id: &str) -> pb::KnowledgeItem {
    let customer_id = ANN.to_owned();
    pb::KnowledgeItem { customer_id, ..solved(id, "the cup arrived broken into three pieces") }
}

async fn relation_of(harness: &Harness, customer: &str) -> pb::Relation {
    let assessment = harness.analyzed(broken_cup("T-1", customer)).await;
    assessment.similar[0].relation()
}

impl Harness {
    pub(super) async fn analyzed(&self, ticket: pb::Ticket) -> pb::Assessment {
        let mode = pb::Mode::Analyze as i32;
        let request =
            pb::TriageRequest { ticket: Some(ticket), mode, ..pb::TriageRequest::default() };
        let answer = self.triage().triage(request).await.expect("analysed").into_inner();
        answer.assessment.expect("an assessment")
    }
}

#[tokio::test]
async fn a_ticket_is_answered_with_what_it_is_like() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 10.0)]).await;
    harness.upsert(shelf()).await;
    let answer = harness.assign(broken_cup("T-1", ANN)).await;
    let assessment = answer.assessment.expect("an assessment");
    let nearest = &assessment.similar[0];
    assert_eq!((nearest.id.as_str(), nearest.kind()), ("S-1", pb::ItemKind::Ticket));
    assert_eq!(nearest.relation(), pb::Relation::SameProblem);
    assert_eq!(nearest.solution, "how S-1 was solved");
    assert_eq!(nearest.solver, "li");
    assert!(nearest.same_problem > 0.9 && nearest.solved_time.is_some());

    let decision = answer.decision.expect("a decision");
    let request = pb::GetDecisionRequest { id: decision.id.clone() };
    let kept = harness.triage().get_decision(request).await.expect("kept").into_inner();
    let kept = kept.assessment.expect("an assessment");
    assert_eq!(kept.similar[0].id, "S-1", "a decision says what it rests on");
    assert!(kept.similar[0].title.is_empty() && kept.similar[0].solution.is_empty());
    assert!(harness.explain(&decision.id).await.reproduced);
}

#[tokio::test]
async fn ids_and_numbers_alone_are_told_where_no_more_is_asked_for() {
    let harness = Harness::start().await;
    harness.upsert(shelf()).await;
    let request = pb::TriageRequest {
        ticket: Some(broken_cup("", ANN)),
        mode: pb::Mode::Analyze as i32,
        similar_view: pb::SimilarView::Basic as i32,
        with_entities: false,
        ..pb::TriageRequest::default()
    };
    let answer = harness.triage().triage(request).await.expect("analysed").into_inner();
    let nearest = &answer.assessment.expect("an assessment").similar[0];
    assert_eq!((nearest.id.as_str(), nearest.solution.as_str()), ("S-1", ""));
}

#[tokio::test]
async fn a_ticket_is_not_like_itself() {
    let harness = Harness::start().await;
    harness.upsert(vec![theirs("T-1")]).await;
    assert!(harness.analyzed(broken_cup("T-1", ANN)).await.similar.is_empty());
    assert_eq!(harness.analyzed(broken_cup("T-2", ANN)).await.similar[0].id, "T-1");
}

#[tokio::test]
async fn the_same_customer_within_days_is_a_duplicate_or_comes_back() {
    let harness = Harness::start().await;
    // Opened two days before now, and solved one day before.
    harness.upsert(vec![theirs("S-1")]).await;
    assert_eq!(relation_of(&harness, ANN).await, pb::Relation::RepeatContact);
    assert_eq!(relation_of(&harness, "bob@example.com").await, pb::Relation::SameProblem);
    assert_eq!(relation_of(&harness, "").await, pb::Relation::SameProblem);
    harness.upsert(vec![pb::KnowledgeItem { solved_time: None, ..theirs("S-1") }]).await;
    assert_eq!(relation_of(&harness, ANN).await, pb::Relation::Duplicate);
    let opened_time = Some(at("2026-04-01T00:00:00Z"));
    harness.upsert(vec![pb::KnowledgeItem { opened_time, ..theirs("S-1") }]).await;
    assert_eq!(relation_of(&harness, ANN).await, pb::Relation::SameProblem, "long ago");
}

#[tokio::test]
async fn strangers_with_the_same_problem_do_not_hide_a_duplicate() {
    let harness = Harness::start().await;
    let cup = |n: usize| solved(&format!("S-{n:02}"), "the cup arrived broken into three pieces");
    harness.upsert((0..30).map(cup).collect()).await;
    let own = pb::KnowledgeItem {
        text: "the cup came broken into three pieces".to_owned(),
        solved_time: None,
        ..theirs("Z-1")
    };
    harness.upsert(vec![own]).await;
    let similar = harness.analyzed(broken_cup("T-1", ANN)).await.similar;
    let own = similar.iter().find(|it| it.id == "Z-1").expect("their own is shown");
    assert_eq!((own.relation(), similar.len()), (pb::Relation::Duplicate, 5));
    let scores: Vec<f64> = similar.iter().map(|it| it.same_problem).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
}

#[tokio::test]
async fn who_comes_back_carries_the_signal_of_it() {
    let harness = Harness::start().await;
    harness.upsert(vec![theirs("S-1")]).await;
    let signals = async |customer| {
        let assessment = harness.analyzed(broken_cup("T-1", customer)).await;
        assessment.signals.iter().map(pb::SignalJudgement::signal).collect::<Vec<_>>()
    };
    assert_eq!(signals(ANN).await, [pb::Signal::RepeatContact]);
    assert!(signals("bob@example.com").await.is_empty());
}

#[tokio::test]
async fn an_article_answers_but_is_held_without_a_learnt_risk() {
    let harness = Harness::start().await;
    harness.upsert(shelf()).await;
    let text = "a parcel arrived broken".to_owned();
    let messages = vec![pb::Message { text, ..pb::Message::default() }];
    let asked = pb::Ticket { messages, ..broken_cup("T-1", "") };
    let answer = harness.analyzed(asked).await.answer.expect("an answer");
    assert_eq!(answer.article_id, "KB-1");
    assert_eq!(answer.verdict(), pb::AnswerVerdict::Held);
    let invoice = pb::Message { text: "wrong invoice".to_owned(), ..pb::Message::default() };
    let other = pb::Ticket { messages: vec![invoice], ..broken_cup("T-1", "") };
    assert_eq!(harness.analyzed(other).await.answer, None);
}

#[tokio::test]
async fn who_solved_it_before_gets_it_among_equals() {
    let harness = Harness::start().await;
    harness.seat(&[("an", 10.0), ("li", 10.0)]).await;
    assert_eq!(harness.assign(broken_cup("T-0", "")).await.decision.expect("one").agent, "an");
    // Now an has more to do, and li would be next; wu's experience counts for nobody here.
    let by = |id: &str, solver: &str| pb::KnowledgeItem {
        solver: solver.to_owned(),
        ..solved(id, "the cup arrived broken into three pieces")
    };
    harness.upsert((0..8).map(|n| by(&format!("S-{n}"), "an")).collect()).await;
    harness.upsert(vec![by("S-9", "wu")]).await;
    let answer = harness.assign(broken_cup("T-1", "")).await;
    let experienced = answer.assessment.expect("an assessment").experience;
    let agents: Vec<_> = experienced.iter().map(|it| it.agent.as_str()).collect();
    assert_eq!(agents, ["an", "wu"]);
    let decision = answer.decision.expect("a decision");
    assert_eq!(decision.agent, "an", "{:?}", decision.candidates);
    let cost = |agent: &str| {
        let candidate = decision.candidates.iter().find(|it| it.agent == agent).expect("ranked");
        candidate.parts.iter().find(|part| part.name == "experience").map_or(0.0, |part| part.value)
    };
    assert_eq!(cost("li"), 0.3);
    assert!(cost("an") < 0.05, "{}", cost("an"));
    assert!(harness.explain(&decision.id).await.reproduced);
}

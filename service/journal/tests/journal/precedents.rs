//! What a ticket is like is refused as strictly as the rest.

use prost::Message as _;
use switchyard_domain::desk::Actor;
use switchyard_journal::{Entry, decode_entry, encode_entry};
use switchyard_proto::journal_v1 as pb;
use switchyard_proto::journal_v1::event::Kind;

use crate::samples;

/// How a ticket is refused after a change of what is known of it.
fn broken(change: impl Fn(&mut pb::Assessment)) -> String {
    let entry = Entry {
        first_sequence: 1,
        at: samples::at(0),
        actor: Actor::System,
        events: samples::precedent_events(),
        tz_version: String::new(),
    };
    let mut record = pb::Entry::decode(&encode_entry(&entry)[..]).expect("a valid record");
    let Some(Kind::TicketTriaged(triaged)) = &mut record.events[0].kind else { panic!("a ticket") };
    change(
        triaged
            .ticket
            .as_mut()
            .and_then(|ticket| ticket.assessment.as_mut())
            .expect("an assessment"),
    );
    let read = decode_entry(&record.encode_to_vec(), &samples::policy_of);
    read.expect_err("a broken record").to_string()
}

fn says(told: &str, words: &[&str]) {
    assert!(words.iter().all(|word| told.contains(word)), "expected {words:?} in {told:?}");
}

#[test]
fn similar_items_must_be_whole() {
    says(&broken(|it| it.similar[0].id = "a b".to_owned()), &["Similar.id", "white space"]);
    says(&broken(|it| it.similar[0].kind = 0), &["Similar.kind", "0"]);
    says(&broken(|it| it.similar[0].relation = 9), &["Similar.relation", "9"]);
    says(&broken(|it| it.similar[0].same_problem = None), &["Similar.same_problem"]);
    says(&broken(|it| it.similar[0].same_problem = Some(1.5)), &["Similar.same_problem", "1.5"]);
    says(&broken(|it| it.similar[0].solver = Some(String::new())), &["Similar.solver"]);
    says(&broken(|it| it.similar[0].opened_at = i64::MAX), &["Similar.opened_at"]);
    says(&broken(|it| it.similar[0].solved_at = Some(i64::MIN)), &["Similar.solved_at"]);
}

#[test]
fn answers_and_experience_must_be_whole() {
    let answer =
        |change: fn(&mut pb::Answer)| broken(|it| change(it.answer.as_mut().expect("an answer")));
    says(&answer(|it| it.article.clear()), &["Answer.article"]);
    says(&answer(|it| it.confidence = None), &["Answer.confidence"]);
    says(&answer(|it| it.hold = 77), &["Answer.hold", "77"]);
    says(&broken(|it| it.experience[0].agent.clear()), &["Experience.agent"]);
    for permille in [0, 1_001] {
        let told = broken(|it| it.experience[0].permille = permille);
        says(&told, &["Experience.permille", &permille.to_string()]);
    }
}

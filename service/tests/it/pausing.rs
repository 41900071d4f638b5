//! `PauseIntake` and `ResumeIntake`: an agent gets nothing new for a while and keeps what is theirs.

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::{DecisionOutcome, DecisionTrigger, TicketState};
use tonic::Code;

use crate::harness::Harness;
use crate::refusal::refused;
use crate::samples::ticket;

pub(crate) async fn pause(harness: &Harness, agent: &str) -> pb::AgentStatus {
    let request = pb::PauseIntakeRequest { agent: agent.to_owned(), actor: None };
    let answer = harness.roster().pause_intake(request).await.expect("paused");
    answer.into_inner().agent.expect("an agent")
}

pub(crate) async fn resume(harness: &Harness, agent: &str) -> pb::AgentStatus {
    let request = pb::ResumeIntakeRequest { agent: agent.to_owned(), actor: None };
    let answer = harness.roster().resume_intake(request).await.expect("resumed");
    answer.into_inner().agent.expect("an agent")
}

/// `li` has `T-1`, is paused, and `T-2` waits.
async fn paused_with_one() -> Harness {
    let harness = Harness::start().await;
    harness.seat(&[("li", 2.0)]).await;
    assert_eq!(harness.decide("T-1").await.agent, "li");
    assert!(pause(&harness, "li").await.intake_paused);
    let decision = harness.decide("T-2").await;
    assert_eq!(decision.outcome(), DecisionOutcome::Queued);
    harness
}

async fn waits(harness: &Harness, id: &str) -> bool {
    harness.ticket(id).await.state() == TicketState::Queued
}

#[tokio::test]
async fn who_is_paused_is_given_nothing_new_and_the_decision_says_why() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0), ("ann", 1.0)]).await;
    pause(&harness, "li").await;
    assert_eq!(harness.decide("T-1").await.agent, "ann");
    let decision = harness.decide("T-2").await;
    let exclusions = decision.exclusions.iter();
    let mut reasons: Vec<_> = exclusions.map(|e| (e.reason.as_str(), e.agents)).collect();
    reasons.sort_unstable();
    assert_eq!(reasons, [("AT_CAPACITY", 1), ("INTAKE_PAUSED", 1)]);
}

#[tokio::test]
async fn who_is_paused_keeps_what_they_own() {
    let harness = paused_with_one().await;
    let owned = harness.ticket("T-1").await;
    assert_eq!((owned.state(), owned.agent.as_str()), (TicketState::Active, "li"));
    let status = harness.agent("li").await;
    assert_eq!((status.intake_paused, status.n_open, status.load), (true, 1, 1.0));
    let again = harness.decide("T-1").await;
    assert_eq!((again.outcome(), again.agent.as_str()), (DecisionOutcome::Kept, "li"));
}

#[tokio::test]
async fn work_comes_when_the_pause_is_over() {
    let harness = paused_with_one().await;
    let status = resume(&harness, "li").await;
    assert_eq!((status.intake_paused, status.n_open), (false, 2), "what waited is in the answer");
    let given = harness.ticket("T-2").await;
    assert_eq!((given.state(), given.agent.as_str()), (TicketState::Active, "li"));
    let decision = harness.decision(&given.decision_id).await;
    assert_eq!(decision.trigger(), DecisionTrigger::Freed);
}

#[tokio::test]
async fn room_that_frees_during_a_pause_is_not_filled() {
    let harness = paused_with_one().await;
    harness.complete("T-1").await;
    assert!(waits(&harness, "T-2").await);
    assert_eq!(harness.agent("li").await.n_open, 0);
}

#[tokio::test]
async fn neither_presence_nor_a_roster_put_again_nor_a_restart_ends_a_pause() {
    let mut harness = paused_with_one().await;
    let presence = pb::Presence::Online as i32;
    let request = pb::SetPresenceRequest { agent: "li".into(), presence, ..Default::default() };
    harness.roster().set_presence(request).await.expect("noted");
    harness.seat(&[("li", 9.0)]).await;
    harness.restart().await;
    assert!(harness.agent("li").await.intake_paused && waits(&harness, "T-2").await);
    resume(&harness, "li").await;
    assert!(!waits(&harness, "T-2").await);
}

#[tokio::test]
async fn who_is_paused_may_ask_for_work() {
    let harness = paused_with_one().await;
    let request =
        pb::ClaimNextRequest { agent: "li".to_owned(), ..pb::ClaimNextRequest::default() };
    let answer = harness.desk().claim_next(request).await.expect("an answer").into_inner();
    assert_eq!(answer.ticket.expect("a ticket").id, "T-2");
    assert!(harness.agent("li").await.intake_paused, "and stays paused");
}

#[tokio::test]
async fn a_person_gives_to_who_is_paused() {
    let harness = paused_with_one().await;
    let (ticket_id, agent) = ("T-2".to_owned(), "li".to_owned());
    let request = pb::AssignRequest { ticket_id, agent, ..pb::AssignRequest::default() };
    harness.desk().assign(request).await.expect("assigned");
    assert_eq!(harness.ticket("T-2").await.agent, "li");
}

#[tokio::test]
async fn a_pause_of_who_is_paused_and_an_end_of_none_change_nothing() {
    let harness = paused_with_one().await;
    let before = harness.events().await.len();
    pause(&harness, "li").await;
    assert_eq!(harness.events().await.len(), before);
    harness.complete("T-1").await;
    resume(&harness, "li").await;
    let after = harness.events().await.len();
    resume(&harness, "li").await;
    assert_eq!(harness.events().await.len(), after);
}

#[tokio::test]
async fn advice_does_not_name_who_is_paused() {
    let harness = paused_with_one().await;
    let mode = pb::Mode::Advise as i32;
    let request = pb::TriageRequest { mode, ..crate::samples::triage(ticket("T-3")) };
    let answer = harness.triage().triage(request).await.expect("advised").into_inner();
    assert_eq!(answer.decision.expect("a decision").agent, "");
}

#[tokio::test]
async fn an_unknown_agent_is_neither_paused_nor_resumed() {
    let harness = Harness::start().await;
    let request = pb::PauseIntakeRequest { agent: "nobody".to_owned(), actor: None };
    let answer = harness.roster().pause_intake(request).await;
    refused(answer, Code::NotFound, "UNKNOWN_AGENT", &[]);
    let request = pb::ResumeIntakeRequest { agent: "nobody".to_owned(), actor: None };
    let answer = harness.roster().resume_intake(request).await;
    refused(answer, Code::NotFound, "UNKNOWN_AGENT", &[]);
}

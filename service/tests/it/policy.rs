//! Policies: checked, put in force, kept with what was decided under them.

use switchyard_policy::DEFAULT;
use switchyard_proto::v1 as pb;
use tonic::Code;

use crate::harness::Harness;
use crate::refusal::{refusal, refused};
use crate::samples::{message, ticket};

/// Three mistakes in one text.
const BROKEN: &str = "
schema = 1
colour = \"blue\"
[priority]
urgency = -5
[routing]
held_share = 1.5
";

/// The default policy with a capacity of two for everyone.
fn narrow() -> String {
    let text = DEFAULT.replace("default_capacity = 5", "default_capacity = 2");
    assert_ne!(text, DEFAULT);
    text
}

async fn apply(harness: &Harness, source: &str, validate_only: bool) -> pb::ApplyResponse {
    let request = request(source, validate_only);
    harness.policies().apply(request).await.expect("an answer").into_inner()
}

fn request(source: &str, validate_only: bool) -> pb::ApplyRequest {
    let (source, comment) = (source.to_owned(), "for the test".to_owned());
    pb::ApplyRequest { source, comment, validate_only, ..pb::ApplyRequest::default() }
}

/// Two categories in place of the model's labels.
const OWN: &str = "
schema = 1
default_team = \"care\"
[[category]]
id = \"deliveries\"
[[category]]
id = \"other\"
team = \"care\"
";

#[tokio::test]
async fn a_team_that_is_not_there_yet_is_warned_of() {
    let harness = Harness::start().await;
    let found = apply(&harness, OWN, true).await.findings;
    let keys: Vec<_> = found.iter().map(|finding| finding.key.as_str()).collect();
    assert_eq!(keys, ["category[other].team", "default_team"], "{found:?}");
    assert!(found.iter().all(|finding| finding.severity() == pb::finding::Severity::Warning));
    let team = pb::Team { id: "care".to_owned(), display_name: String::new() };
    let request = pb::UpsertTeamRequest { team: Some(team), actor: None };
    harness.roster().upsert_team(request).await.expect("a team");
    assert_eq!(apply(&harness, OWN, true).await.findings, []);
}

#[tokio::test]
async fn a_model_with_other_labels_judges_no_category_and_says_so() {
    let mut harness = Harness::start().await;
    apply(&harness, OWN, false).await;
    harness.restart_with(&[("model.bundle", "embedded")]).await;
    let angry = pb::Ticket {
        messages: vec![message("This is the third time! I am furious and will call my lawyer.")],
        ..ticket("T-1")
    };
    let answer = harness.assign(angry).await;
    let assessment = answer.assessment.expect("an assessment");
    assert_eq!(assessment.degraded_reason, "LABELS_DIFFER");
    let category = assessment.category.expect("a category");
    assert_eq!((category.label.as_str(), category.mode()), ("other", pb::FieldMode::Abstain));
    assert_ne!(assessment.model_version, "", "the rest is the model's");
    let known = Some(pb::Known { known_category: "deliveries".to_owned(), ..Default::default() });
    let stated = harness.assign(pb::Ticket { known, ..ticket("T-2") }).await;
    let category = stated.assessment.expect("an assessment").category.expect("a category");
    assert_eq!(category.label, "deliveries");
    let refusal = refusal(harness.policies().apply(request(OWN, false)).await);
    assert_eq!(refusal.reason, "POLICY_REJECTED", "only labels of the model can come anew");
}

async fn in_force(harness: &Harness) -> pb::PolicyRevision {
    let answer = harness
        .policies()
        .get(pb::GetRequest { ..pb::GetRequest::default() })
        .await
        .expect("a policy");
    answer.into_inner().policy.expect("a policy")
}

#[tokio::test]
async fn the_built_in_policy_is_in_force_at_first() {
    let harness = Harness::start().await;
    let policy = in_force(&harness).await;
    assert_eq!((policy.revision, policy.source.as_str()), (0, DEFAULT));
}

#[tokio::test]
async fn checking_tells_all_findings_and_changes_nothing() {
    let harness = Harness::start().await;
    let findings = apply(&harness, BROKEN, true).await.findings;
    let keys: Vec<_> = findings.iter().map(|finding| finding.key.as_str()).collect();
    for key in ["colour", "priority.urgency", "routing.held_share"] {
        assert!(keys.contains(&key), "{keys:?}");
    }
    assert!(findings.iter().all(|f| f.severity() == pb::finding::Severity::Error && f.line > 0));
    let sound = apply(&harness, &narrow(), true).await;
    assert_eq!((sound.findings.len(), sound.policy.expect("a policy").revision), (0, 0));
    assert_eq!(in_force(&harness).await.revision, 0);
    assert_eq!(harness.events().await, []);
}

#[tokio::test]
async fn a_policy_with_errors_is_refused_with_all_of_them() {
    let harness = Harness::start().await;
    let refusal = refusal(harness.policies().apply(request(BROKEN, false)).await);
    assert_eq!((refusal.code, refusal.reason.as_str()), (Code::InvalidArgument, "POLICY_REJECTED"));
    let mut fields = refusal.fields;
    fields.sort();
    assert_eq!(fields, ["colour", "priority.urgency", "routing.held_share"]);
    assert_eq!(in_force(&harness).await.revision, 0);
}

#[tokio::test]
async fn a_text_that_is_no_toml_is_refused() {
    let harness = Harness::start().await;
    let refusal = refusal(harness.policies().apply(request("= = =", false)).await);
    assert_eq!((refusal.code, refusal.reason.as_str()), (Code::InvalidArgument, "POLICY_REJECTED"));
    let large = "# ".to_owned() + &"x".repeat(1 << 20);
    let answer = harness.policies().apply(request(&large, false)).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["source"]);
}

#[tokio::test]
async fn a_policy_whose_categories_are_not_the_models_is_refused() {
    let harness = Harness::with(&[("model.bundle", "embedded")]).await;
    let other = DEFAULT.replace("id = \"billing.payment\"", "id = \"billing.fishing\"");
    let mut fields = refusal(harness.policies().apply(request(&other, false)).await).fields;
    fields.sort();
    assert_eq!(fields, ["category[billing.fishing]", "category[billing.payment]"]);
}

#[tokio::test]
async fn an_applied_policy_holds_and_drains_the_queue_also_after_a_restart() {
    let mut harness = Harness::start().await;
    // Without a stated capacity the policy's default holds.
    let agent = pb::Agent { id: "li".to_owned(), ..pb::Agent::default() };
    harness.seat_as(vec![agent]).await;
    let applied = apply(&harness, &narrow(), false).await.policy.expect("a policy");
    assert_eq!((applied.revision, applied.source.as_str()), (1, ""));
    for id in ["T-1", "T-2", "T-3"] {
        harness.decide(id).await;
    }
    assert_eq!(harness.ticket("T-3").await.agent, "");
    harness.restart().await;
    let policy = in_force(&harness).await;
    assert_eq!(
        (policy.revision, policy.source, policy.comment.as_str()),
        (1, narrow(), "for the test")
    );
    assert_eq!(apply(&harness, DEFAULT, false).await.policy.expect("a policy").revision, 2);
    let given = harness.ticket("T-3").await;
    assert_eq!(given.agent, "li", "more room drains the queue");
    let decision = harness.decision(&given.decision_id).await;
    assert_eq!((decision.trigger(), decision.policy_revision), (pb::DecisionTrigger::Freed, 2));
    harness.restart().await;
    assert_eq!(in_force(&harness).await.revision, 2);
}

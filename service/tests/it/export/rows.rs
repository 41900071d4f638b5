//! What stands in the rows.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::activity::Kind;
use tempfile::TempDir;

use super::{exported, files, rows};
use crate::harness::Harness;
use crate::samples::{agent, at, ticket, triage};

/// The header of a table's CSV file.
fn header(out: &Path, table: &str) -> Vec<String> {
    let [path] = &files(out, table, "default", "csv")[..] else { panic!("one file") };
    let text = std::fs::read_to_string(path).expect("a file");
    let header = text.lines().next().expect("a header");
    header.split(',').map(str::to_owned).collect()
}

#[tokio::test]
async fn the_columns_are_these() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 10.0)]).await;
    let folder = TempDir::new().expect("a folder");
    exported(harness.store(), folder.path(), &["--format", "csv"]).await;
    let decisions = "tenant sequence decision_id decided_time ticket_id trigger outcome agent_id \
        team_id priority_points priority_band priority_is_set priority_parts n_eligible candidates \
        excluded first_response_due_time next_response_due_time resolution_due_time \
        policy_revision triaged_sequence tz_version";
    let events = "tenant sequence time kind actor_kind actor_name ticket_id agent_id team_id value \
        reason policy_revision source_revision channel opened_time tier language category \
        category_probability category_mode category_origin sentiment sentiment_score urgency \
        urgency_probability signals model_version priority_points priority_band \
        first_response_due_time next_response_due_time resolution_due_time tags category_group \
        category_group_probability category_group_mode";
    let outcomes = "tenant sequence ticket_id n_closings channel team_id language category \
        category_probability category_origin sentiment sentiment_score urgency tier priority_band \
        opened_time taken_in_time first_decided_time first_assigned_time first_replied_time \
        closed_time closing first_chosen_agent_id closing_agent_id closed_by n_reassignments \
        first_response_in_time resolution_in_time policy_revision model_version";
    for (table, columns) in [("decisions", decisions), ("events", events), ("outcomes", outcomes)] {
        let columns: Vec<_> = columns.split_whitespace().collect();
        assert_eq!(
            header(folder.path(), table),
            columns,
            "{table}: a contract, add at the end only"
        );
    }
}

async fn every_kind_of_event(harness: &Harness) {
    let mut roster = harness.roster();
    let team = pb::Team { id: "care".to_owned(), display_name: "Care of Ms Li".to_owned() };
    let request = pb::UpsertTeamRequest { team: Some(team), actor: None };
    roster.upsert_team(request).await.expect("a team");
    harness.seat_as(vec![agent("li", 9.0), agent("wang", 9.0), agent("gone", 1.0)]).await;
    let id = || "gone".to_owned();
    roster
        .delete_agent(pb::DeleteAgentRequest {
            id: id(),
            actor: None,
            ..pb::DeleteAgentRequest::default()
        })
        .await
        .expect("removed");
    let request = pb::SetPresenceRequest {
        agent: "wang".to_owned(),
        presence: pb::Presence::Away as i32,
        ..pb::SetPresenceRequest::default()
    };
    roster.set_presence(request).await.expect("noted");
    let shifts = pb::ReplaceShiftsRequest { agent: "wang".to_owned(), shifts: vec![], actor: None };
    roster.replace_shifts(shifts).await.expect("replaced");
    let team = pb::DeleteTeamRequest { id: "care".to_owned(), actor: None };
    roster.delete_team(team).await.expect("removed");
    let source = switchyard_policy::DEFAULT.to_owned();
    let request = pb::ApplyRequest { source, ..pb::ApplyRequest::default() };
    harness.policies().apply(request).await.expect("applied");

    let secret = pb::Customer { id: "+86 138 0000 0000".to_owned(), ..pb::Customer::default() };
    let told = pb::Ticket { customer: Some(secret), ..ticket("T-1") };
    harness.assign(told).await;
    let advice = pb::TriageRequest { mode: pb::Mode::Advise as i32, ..triage(ticket("T-2")) };
    harness.triage().triage(advice).await.expect("advised");
    let adopted = pb::AdoptedTicket {
        ticket: Some(pb::Ticket { opened_time: Some(at("2026-06-03T08:00:00Z")), ..ticket("T-3") }),
        agent: "wang".to_owned(),
        first_reply_time: Some(at("2026-06-03T09:00:00Z")),
        ..pb::AdoptedTicket::default()
    };
    let request = pb::BatchAdoptTicketsRequest { tickets: vec![adopted], actor: None };
    harness.desk().batch_adopt_tickets(request).await.expect("adopted");
    let request = pb::AssignRequest {
        ticket_id: "T-1".to_owned(),
        agent: "wang".to_owned(),
        actor: Some(pb::Actor {
            kind: pb::actor::Kind::Person as i32,
            name: "zhao \"the boss\", HQ".to_owned(),
        }),
        ..pb::AssignRequest::default()
    };
    harness.desk().assign(request).await.expect("assigned");
    harness.pass_minutes(7);
    harness.report("T-1", Kind::AgentReply(pb::activity::AgentReply {})).await;
    let hold = pb::activity::Hold { reason: pb::HoldReason::Customer as i32 };
    harness.report("T-1", Kind::Hold(hold)).await;
    harness
        .report(
            "T-1",
            Kind::CustomerMessage(pb::activity::CustomerMessage {
                ..pb::activity::CustomerMessage::default()
            }),
        )
        .await;
    harness.pass_minutes(5);
    harness.report("T-1", Kind::Solved(pb::activity::Solved {})).await;
    harness.pass_minutes(1);
    harness.report("T-1", Kind::Reopened(pb::activity::Reopened {})).await;
    let request = pb::CancelRequest { ticket_id: "T-1".to_owned(), ..Default::default() };
    harness.desk().cancel(request).await.expect("cancelled");
    harness.complete("T-3").await;
}

#[tokio::test]
async fn every_kind_of_event_has_its_row_and_both_formats_say_the_same() {
    let harness = Harness::start().await;
    every_kind_of_event(&harness).await;
    let folder = TempDir::new().expect("a folder");
    exported(harness.store(), folder.path(), &["--format", "both"]).await;
    let events = rows(folder.path(), "events", "default");
    let told = harness.events().await;
    assert_eq!(events.len(), told.len());
    for (row, event) in events.iter().zip(&told) {
        assert_eq!(row["sequence"], event.sequence);
        assert_eq!(row["ticket_id"].as_str().unwrap_or(""), event.ticket_id, "{row}");
    }
    let kinds: BTreeSet<_> = events.iter().filter_map(|row| row["kind"].as_str()).collect();
    let expected = [
        "policy_applied",
        "team_upserted",
        "team_removed",
        "agent_upserted",
        "agent_removed",
        "shifts_replaced",
        "presence_set",
        "ticket_triaged",
        "ticket_adopted",
        "ticket_advised",
        "ticket_decided",
        "ticket_owner_set",
        "ticket_activity",
        "ticket_closed",
        "ticket_reopened",
    ];
    assert_eq!(kinds, BTreeSet::from(expected));
    for table in ["events", "decisions", "outcomes"] {
        let [path] = &files(folder.path(), table, "default", "csv")[..] else { panic!("a file") };
        let mut csv = csv::Reader::from_path(path).expect("CSV");
        let header = csv.headers().expect("a header").clone();
        let read: Vec<_> = csv.records().map(|record| record.expect("a record")).collect();
        let written = rows(folder.path(), table, "default");
        assert_eq!(read.len(), written.len());
        for (record, row) in read.iter().zip(&written) {
            for (name, cell) in header.iter().zip(record) {
                let same = match &row[name] {
                    Value::Null => cell.is_empty(),
                    Value::String(text) => cell == text,
                    other => *cell == *other.to_string(),
                };
                assert!(same, "{table}.{name}: {cell} and {}", row[name]);
            }
        }
    }
}

#[tokio::test]
async fn no_text_no_name_and_no_customer_is_in_any_file() {
    let harness = Harness::start().await;
    every_kind_of_event(&harness).await;
    let folder = TempDir::new().expect("a folder");
    exported(harness.store(), folder.path(), &["--format", "both"]).await;
    for entry in std::fs::read_dir(folder.path()).expect("a folder").flatten() {
        let text = std::fs::read_to_string(entry.path()).expect("a file");
        for secret in ["138 0000", "Refund", "money back", "1177", "Care of Ms Li"] {
            assert!(!text.contains(secret), "{secret} in {}", entry.path().display());
        }
    }
}

/// Some cells of a row.
fn cells(row: &Value, names: &[&str]) -> Value {
    names.iter().map(|name| ((*name).to_owned(), row[name].clone())).collect()
}

#[tokio::test]
async fn an_outcome_tells_a_tickets_whole_way() {
    let harness = Harness::start().await;
    every_kind_of_event(&harness).await;
    let folder = TempDir::new().expect("a folder");
    exported(harness.store(), folder.path(), &[]).await;
    let outcomes = rows(folder.path(), "outcomes", "default");
    let names = [
        "ticket_id",
        "n_closings",
        "channel",
        "opened_time",
        "first_decided_time",
        "first_assigned_time",
        "first_replied_time",
        "closed_time",
        "closing",
        "first_chosen_agent_id",
        "closing_agent_id",
        "closed_by",
        "n_reassignments",
        "first_response_in_time",
        "resolution_in_time",
        "policy_revision",
    ];
    let told: Vec<_> = outcomes.iter().map(|row| cells(row, &names)).collect();
    let solved = json!({
        "ticket_id": "T-1", "n_closings": 1, "channel": "email",
        "opened_time": "2026-06-03T10:00:00Z", "first_decided_time": "2026-06-03T10:00:00Z",
        "first_assigned_time": "2026-06-03T10:00:00Z",
        "first_replied_time": "2026-06-03T10:07:00Z", "closed_time": "2026-06-03T10:12:00Z",
        "closing": "solved", "first_chosen_agent_id": "li", "closing_agent_id": "wang",
        "closed_by": "backend", "n_reassignments": 1, "first_response_in_time": true,
        "resolution_in_time": true, "policy_revision": 1,
    });
    assert_eq!(told[0], solved);
    // Given back to the only one who is there; a cancelled ticket keeps no promise of its end.
    let cancelled = json!({
        "ticket_id": "T-1", "n_closings": 2, "channel": "email",
        "opened_time": "2026-06-03T10:00:00Z", "first_decided_time": "2026-06-03T10:00:00Z",
        "first_assigned_time": "2026-06-03T10:00:00Z",
        "first_replied_time": "2026-06-03T10:07:00Z", "closed_time": "2026-06-03T10:13:00Z",
        "closing": "cancelled", "first_chosen_agent_id": "li", "closing_agent_id": "li",
        "closed_by": "backend", "n_reassignments": 2, "first_response_in_time": true,
        "resolution_in_time": null, "policy_revision": 1,
    });
    assert_eq!(told[1], cancelled);
    let adopted = cells(
        &outcomes[2],
        &["ticket_id", "closing", "first_replied_time", "first_decided_time", "closing_agent_id"],
    );
    let expected = json!({
        "ticket_id": "T-3", "closing": "completed", "first_replied_time": "2026-06-03T09:00:00Z",
        "first_decided_time": null, "closing_agent_id": "wang",
    });
    assert_eq!(adopted, expected, "brought along with an owner and an answer");
    assert_eq!(told.len(), 3);
}

#[tokio::test]
async fn a_decision_is_exported_as_it_is_told() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 2.0), ("wang", 5.0)]).await;
    let decision = harness.decide("T-1").await;
    let folder = TempDir::new().expect("a folder");
    exported(harness.store(), folder.path(), &["--what", "decisions"]).await;
    let [row] = &rows(folder.path(), "decisions", "default")[..] else { panic!("one decision") };
    assert_eq!(row["decision_id"], decision.id);
    assert_eq!(row["agent_id"], decision.agent);
    assert_eq!((&row["trigger"], &row["outcome"]), (&json!("triage"), &json!("assigned")));
    assert_eq!(row["n_eligible"], decision.n_eligible);
    assert_eq!(row["priority_points"], decision.priority.as_ref().expect("one").score);
    let candidates: Vec<_> =
        (decision.candidates.iter()).map(|candidate| json!(candidate.agent)).collect();
    let exported: Vec<_> = (row["candidates"].as_array().expect("a list").iter())
        .map(|candidate| candidate["agent_id"].clone())
        .collect();
    assert_eq!(exported, candidates);
    assert_eq!(row["triaged_sequence"], decision.sequence - 1);
}

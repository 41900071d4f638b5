//! Fields that cannot be taken: `INVALID_ARGUMENT`, each named.

#![expect(clippy::unnecessary_wraps, reason = "tables put these where the wire has options")]
#![expect(clippy::assigning_clones, reason = "a table of what changes reads better this way")]

use std::collections::BTreeMap;

use prost_types::Timestamp;
use switchyard_proto::v1 as pb;
use tonic::Code;

use crate::harness::Harness;
use crate::refusal::refused;
use crate::samples::{agent, at, daily, message, report, ticket, triage, triage_once};

/// A change of a plain ticket and the field that must be named for it.
type TicketCase = (&'static str, fn(&mut pb::Ticket));

/// A change of a plain agent and the field that must be named for it.
type AgentCase = (&'static str, fn(&mut pb::Agent));

fn wishes(change: impl FnOnce(&mut pb::RoutingWishes)) -> Option<pb::RoutingWishes> {
    let mut wishes = pb::RoutingWishes::default();
    change(&mut wishes);
    Some(wishes)
}

fn requirement(weight: f64, min_level: u32) -> Option<pb::RoutingWishes> {
    let skill = "billing".to_owned();
    let one = pb::SkillRequirement { skill, min_level, preferred: true, weight };
    wishes(|wishes| wishes.requirements.push(one))
}

fn customer(change: impl FnOnce(&mut pb::Customer)) -> Option<pb::Customer> {
    let mut customer = pb::Customer::default();
    change(&mut customer);
    Some(customer)
}

fn known(change: impl FnOnce(&mut pb::Known)) -> Option<pb::Known> {
    let mut known = pb::Known::default();
    change(&mut known);
    Some(known)
}

fn custom(value: f64) -> [(String, pb::CustomValue); 1] {
    let kind = Some(pb::custom_value::Kind::Number(value));
    [("score".to_owned(), pb::CustomValue { kind })]
}

const REQUIREMENT_WEIGHT: &str = "ticket.routing.requirements[0].weight";
const LATE: Timestamp = Timestamp { seconds: i64::MAX, nanos: 0 };
const BAD_NANOS: Timestamp = Timestamp { seconds: 0, nanos: -1 };

const TICKETS: &[TicketCase] = &[
    ("ticket.id", |t| t.id.clear()),
    ("ticket.id", |t| t.id = "two words".to_owned()),
    ("ticket.id", |t| t.id = "x".repeat(129)),
    ("ticket.id", |t| t.id = "bell\u{7}".to_owned()),
    ("ticket.channel", |t| t.channel = "by mail".to_owned()),
    ("ticket.messages", |t| t.messages = vec![message(&"x".repeat(300 * 1024))]),
    ("ticket.messages", |t| t.subject = "很".repeat(100 * 1024)),
    (REQUIREMENT_WEIGHT, |t| t.routing = requirement(-1.0, 1)),
    (REQUIREMENT_WEIGHT, |t| t.routing = requirement(f64::NAN, 1)),
    (REQUIREMENT_WEIGHT, |t| t.routing = requirement(f64::INFINITY, 1)),
    (REQUIREMENT_WEIGHT, |t| t.routing = requirement(100.1, 1)),
    ("ticket.routing.requirements[0].min_level", |t| t.routing = requirement(1.0, 6)),
    ("ticket.routing.weight", |t| t.routing = wishes(|w| w.weight = Some(-0.5))),
    ("ticket.routing.weight", |t| t.routing = wishes(|w| w.weight = Some(f64::NAN))),
    ("ticket.routing.weight", |t| t.routing = wishes(|w| w.weight = Some(f64::INFINITY))),
    ("ticket.routing.weight", |t| t.routing = wishes(|w| w.weight = Some(100_001.0))),
    ("ticket.routing.team", |t| t.routing = wishes(|w| w.team = "a team".to_owned())),
    ("ticket.routing.team", |t| t.routing = wishes(|w| w.team = "nobodys".to_owned())),
    ("ticket.routing.last_agent", |t| t.routing = wishes(|w| w.last_agent = " ".to_owned())),
    ("ticket.routing.excluded_agents", |t| {
        t.routing = wishes(|w| w.excluded_agents = vec![String::new()]);
    }),
    ("ticket.routing.excluded_agents", |t| {
        t.routing = wishes(|w| w.excluded_agents = vec!["a".to_owned(); 1_001]);
    }),
    ("ticket.customer.time_zone", |t| {
        t.customer = customer(|c| c.time_zone = "Mars/Olympus".to_owned());
    }),
    ("ticket.customer.value", |t| t.customer = customer(|c| c.value = -1.0)),
    ("ticket.customer.value", |t| t.customer = customer(|c| c.value = f64::NAN)),
    ("ticket.customer.id", |t| t.customer = customer(|c| c.id = "x".repeat(321))),
    ("ticket.customer.tier", |t| t.customer = customer(|c| c.tier = 4)),
    ("ticket.messages[0].author", |t| t.messages[0].author = 9),
    ("ticket.custom[score]", |t| t.custom.extend(custom(f64::NAN))),
    ("ticket.custom[score]", |t| t.custom.extend(custom(f64::NEG_INFINITY))),
    ("ticket.custom", |t| {
        t.custom = (0..65).map(|n| (n.to_string(), pb::CustomValue::default())).collect();
    }),
    ("ticket.opened_time", |t| t.opened_time = Some(LATE)),
    ("ticket.opened_time", |t| t.opened_time = Some(BAD_NANOS)),
    ("ticket.hard_due_time", |t| t.hard_due_time = Some(LATE)),
    ("ticket.place", |t| t.place = Some(pb::Place { latitude: 90.5, longitude: 0.0 })),
    ("ticket.place", |t| t.place = Some(pb::Place { latitude: f64::NAN, longitude: 0.0 })),
    ("ticket.known.known_category", |t| {
        t.known = known(|k| k.known_category = "no.such_category".to_owned());
    }),
    ("ticket.known.known_priority", |t| t.known = known(|k| k.known_priority = 5)),
    ("ticket.known.known_sentiment", |t| t.known = known(|k| k.known_sentiment = 6)),
    ("ticket.known.known_urgency", |t| t.known = known(|k| k.known_urgency = 5)),
    ("ticket.known.known_language", |t| t.known = known(|k| k.known_language = -1)),
    ("ticket.known.known_signals", |t| t.known = known(|k| k.known_signals = vec![1, 7])),
];

const AGENTS: &[AgentCase] = &[
    ("agents[0].id", |a| a.id.clear()),
    ("agents[0].id", |a| a.id = "li na".to_owned()),
    ("agents[0].display_name", |a| a.display_name = "x".repeat(129)),
    ("agents[0].teams", |a| a.teams = vec!["a team".to_owned()]),
    ("agents[0].capacity.total", |a| a.capacity = capacity(-1.0)),
    ("agents[0].capacity.total", |a| a.capacity = capacity(f64::NAN)),
    ("agents[0].capacity.total", |a| a.capacity = capacity(f64::INFINITY)),
    ("agents[0].capacity.per_channel[chat]", |a| {
        let per_channel = [("chat".to_owned(), f64::NAN)].into_iter().collect();
        a.capacity = Some(pb::Capacity { per_channel, ..pb::Capacity::default() });
    }),
    ("agents[0].external_load", |a| a.external_load = -0.1),
    ("agents[0].external_load", |a| a.external_load = f64::NAN),
    ("agents[0].external_load", |a| a.external_load = f64::INFINITY),
    ("agents[0].skills[0].level", |a| a.skills = vec![skill("billing", 0)]),
    ("agents[0].skills[0].level", |a| a.skills = vec![skill("billing", 6)]),
    ("agents[0].skills[0].skill", |a| a.skills = vec![skill("", 1)]),
    ("agents[0].skills[1].skill", |a| a.skills = vec![skill("a", 1), skill("a", 2)]),
    ("agents[0].rota.time_zone", |a| a.schedule = rota(|r| r.time_zone = "UTC+8".to_owned())),
    ("agents[0].rota.time_zone", |a| a.schedule = rota(|r| r.time_zone.clear())),
    ("agents[0].rota.shifts[0]", |a| a.schedule = Some(daily("9am", "18:00"))),
    ("agents[0].rota.shifts[0]", |a| a.schedule = Some(daily("09:00", "24:01"))),
    ("agents[0].rota.shifts[0]", |a| a.schedule = Some(daily("24:00", "08:00"))),
    ("agents[0].rota.shifts[0]", |a| a.schedule = Some(daily("09:60", "18:00"))),
    ("agents[0].rota.shifts[0]", |a| a.schedule = Some(daily("09:00", "09:00"))),
    ("agents[0].rota.shifts[0].days", |a| {
        a.schedule = rota(|r| r.shifts[0].days = vec!["monday".to_owned()]);
    }),
    ("agents[0].rota.shifts[0].days", |a| a.schedule = rota(|r| r.shifts[0].days.clear())),
    ("agents[0].rota.days_off", |a| {
        a.schedule = rota(|r| r.days_off = vec!["2026-02-30".to_owned()]);
    }),
    ("agents[0].dated_shifts.shifts[0].end_time", |a| {
        a.schedule = dated("2026-06-03T18:00:00Z", "2026-06-03T09:00:00Z");
    }),
    ("agents[0].dated_shifts.shifts[0].end_time", |a| {
        a.schedule = dated("2026-06-03T09:00:00Z", "2026-06-03T09:00:00Z");
    }),
    ("agents[0].languages", |a| a.languages = vec!["en".to_owned(), "English".to_owned()]),
    ("agents[0].languages", |a| a.languages = vec!["en_US".to_owned()]),
    ("agents[0].presence", |a| a.presence = 4),
    ("agents[0].seniority", |a| a.seniority = 4),
    ("agents[0].place", |a| a.place = Some(pb::Place { latitude: 0.0, longitude: 181.0 })),
];

fn capacity(total: f64) -> Option<pb::Capacity> {
    Some(pb::Capacity { total: Some(total), ..pb::Capacity::default() })
}

fn skill(skill: &str, level: u32) -> pb::HeldSkill {
    pb::HeldSkill { skill: skill.to_owned(), level, expire_time: None }
}

fn rota(change: impl FnOnce(&mut pb::Rota)) -> Option<pb::agent::Schedule> {
    let mut schedule = daily("09:00", "18:00");
    if let pb::agent::Schedule::Rota(rota) = &mut schedule {
        change(rota);
    }
    Some(schedule)
}

fn dated(start: &str, end: &str) -> Option<pb::agent::Schedule> {
    let shift = pb::Interval { start_time: Some(at(start)), end_time: Some(at(end)) };
    Some(pb::agent::Schedule::DatedShifts(pb::DatedShifts { shifts: vec![shift] }))
}

#[tokio::test]
async fn a_ticket_that_cannot_be_taken_is_refused_with_its_field() {
    let harness = Harness::start().await;
    for (field, change) in TICKETS {
        let mut changed = ticket("T-1");
        change(&mut changed);
        let answer = harness.triage().triage(triage(changed)).await;
        refused(answer, Code::InvalidArgument, "INVALID_FIELD", &[field]);
    }
    assert_eq!(harness.events().await, [], "nothing was noted");
}

#[tokio::test]
async fn a_ticket_that_cannot_be_adopted_is_told_apart_from_the_rest_of_its_batch() {
    let harness = Harness::start().await;
    let adopted =
        |ticket| pb::AdoptedTicket { ticket: Some(ticket), ..pb::AdoptedTicket::default() };
    for (field, change) in TICKETS {
        let mut changed = ticket("T-1");
        change(&mut changed);
        let request = pb::BatchAdoptTicketsRequest { tickets: vec![adopted(changed)], actor: None };
        let answer = harness.desk().batch_adopt_tickets(request).await.expect("a batch");
        let status = answer.into_inner().results.remove(0).status.expect("a status");
        assert_eq!(status.code, Code::InvalidArgument as i32, "{field}: {status:?}");
        assert_eq!((status.field.as_str(), status.reason.as_str()), (*field, "INVALID_FIELD"));
    }
    assert_eq!(harness.events().await, [], "nothing was noted");
}

#[tokio::test]
async fn an_agent_that_cannot_be_taken_is_refused_with_its_field() {
    let harness = Harness::start().await;
    for (field, change) in AGENTS {
        let mut changed = agent("li", 3.0);
        change(&mut changed);
        let request = pb::BatchUpsertAgentsRequest {
            agents: vec![changed],
            actor: None,
            ..pb::BatchUpsertAgentsRequest::default()
        };
        let answer = harness.roster().batch_upsert_agents(request).await;
        refused(answer, Code::InvalidArgument, "INVALID_FIELD", &[field]);
    }
    assert_eq!(harness.events().await, [], "nothing was noted");
}

#[tokio::test]
async fn a_value_of_a_newer_contract_is_refused_not_guessed() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let request = pb::TriageRequest { mode: 7, ..triage(ticket("T-1")) };
    refused(
        harness.triage().triage(request).await,
        Code::InvalidArgument,
        "INVALID_FIELD",
        &["mode"],
    );
    let actor = Some(pb::Actor { kind: 9, name: String::new() });
    let request = pb::TriageRequest { actor, ..triage(ticket("T-1")) };
    let answer = harness.triage().triage(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["actor.kind"]);
    let held = pb::activity::Kind::Hold(pb::activity::Hold { reason: 9 });
    let answer = harness.desk().report_activity(report("T-1", held)).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["activity.hold.reason"]);
    let li = "li".to_owned();
    let request = pb::SetPresenceRequest { agent: li.clone(), presence: 9, ..Default::default() };
    let answer = harness.roster().set_presence(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["presence"]);
    let request = pb::SetPresenceRequest { agent: li, source: 9, ..Default::default() };
    let answer = harness.roster().set_presence(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["source"]);
    let request = pb::ListTicketsRequest { states: vec![9], ..Default::default() };
    let answer = harness.desk().list_tickets(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["states"]);
    assert_eq!(harness.agent("li").await.load, 0.0, "nothing was reserved");
}

#[tokio::test]
async fn an_agent_who_comes_twice_in_a_batch_is_a_mistake() {
    let harness = Harness::start().await;
    let agents = vec![agent("li", 3.0), agent("wang", 3.0), agent("li", 5.0)];
    let request = pb::BatchUpsertAgentsRequest {
        agents,
        actor: None,
        ..pb::BatchUpsertAgentsRequest::default()
    };
    let answer = harness.roster().batch_upsert_agents(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["agents[2].id"]);
}

#[tokio::test]
async fn an_adopted_ticket_was_answered_between_its_opening_and_now() {
    let harness = Harness::start().await;
    let opened = pb::Ticket { opened_time: Some(at("2026-06-03T09:00:00Z")), ..ticket("T-1") };
    for replied in ["2026-06-03T08:59:59Z", "2026-06-03T10:00:01Z"] {
        let adopted = pb::AdoptedTicket {
            ticket: Some(opened.clone()),
            first_reply_time: Some(at(replied)),
            ..pb::AdoptedTicket::default()
        };
        let request = pb::BatchAdoptTicketsRequest { tickets: vec![adopted], actor: None };
        let answer = harness.desk().batch_adopt_tickets(request).await.expect("a batch");
        let status = answer.into_inner().results.remove(0).status.expect("a status");
        assert_eq!(status.field, "first_reply_time", "{status:?}");
    }
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_together() {
    let harness = Harness::start().await;
    let mut changed = ticket("");
    changed.customer = customer(|c| c.time_zone = "Mars/Olympus".to_owned());
    changed.routing = wishes(|w| w.weight = Some(f64::NAN));
    let answer = harness.triage().triage(triage(changed)).await;
    let fields = ["ticket.id", "ticket.routing.weight", "ticket.customer.time_zone"];
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &fields);
}

#[tokio::test]
async fn refusals_speak_chinese_when_asked_to() {
    let harness = Harness::start().await;
    let mut request = tonic::Request::new(triage(ticket("")));
    request.metadata_mut().insert("accept-language", "zh-CN".parse().expect("ASCII"));
    let answer = harness.triage().triage(request).await;
    let refusal = refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["ticket.id"]);
    let localized = refusal.localized.expect("a localized message");
    assert_eq!(localized, "请求中有 1 处字段无效：ticket.id：应为编号，实际为空");
}

#[tokio::test]
async fn a_call_without_what_it_is_about_is_refused_with_its_field() {
    let harness = Harness::start().await;
    let nothing = harness.triage().triage(pb::TriageRequest::default()).await;
    refused(nothing, Code::InvalidArgument, "INVALID_FIELD", &["ticket"]);
    let nothing = pb::ReportActivityRequest { ticket_id: "T-1".to_owned(), ..Default::default() };
    let answer = harness.desk().report_activity(nothing).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["activity"]);
    let held = pb::activity::Kind::Hold(pb::activity::Hold::default());
    let answer = harness.desk().report_activity(report("T-1", held)).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["activity.hold.reason"]);
    let answer = harness.roster().upsert_team(pb::UpsertTeamRequest::default()).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["team.id"]);
    let answer = harness.desk().complete(pb::CompleteRequest::default()).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["ticket_id"]);
}

#[tokio::test]
async fn request_ids_actors_and_tenants_have_a_bounded_name() {
    let harness = Harness::start().await;
    let long = "x".repeat(129);
    let answer = harness.triage().triage(triage_once(ticket("T-1"), &long)).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["request_id"]);
    let actor = Some(pb::Actor { name: long.clone(), ..pb::Actor::default() });
    let request = pb::TriageRequest { actor, ..triage(ticket("T-1")) };
    let answer = harness.triage().triage(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["actor.name"]);
    let mut request = tonic::Request::new(triage(ticket("T-1")));
    request.metadata_mut().insert("switchyard-tenant", "two words".parse().expect("ASCII"));
    let answer = harness.triage().triage(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["switchyard-tenant"]);
}

#[tokio::test]
async fn only_a_person_gives_a_ticket_to_somebody() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    harness.decide("T-1").await;
    let kind = pb::actor::Kind::Policy as i32;
    let request = pb::AssignRequest {
        ticket_id: "T-1".to_owned(),
        agent: "li".to_owned(),
        actor: Some(pb::Actor { kind, name: String::new() }),
        ..pb::AssignRequest::default()
    };
    let answer = harness.desk().assign(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["actor.kind"]);
}

#[tokio::test]
async fn pages_have_a_size_of_at_most_a_thousand() {
    let harness = Harness::start().await;
    for page_size in [-1, 1_001] {
        let tickets = pb::ListTicketsRequest { page_size, ..pb::ListTicketsRequest::default() };
        let answer = harness.desk().list_tickets(tickets).await;
        refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["page_size"]);
        let queue = pb::ListQueueRequest { page_size, ..pb::ListQueueRequest::default() };
        let answer = harness.desk().list_queue(queue).await;
        refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["page_size"]);
        let events = pb::ListEventsRequest { page_size, ..pb::ListEventsRequest::default() };
        let answer = harness.desk().list_events(events).await;
        refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["page_size"]);
        let agents = pb::ListAgentsRequest { page_size, ..pb::ListAgentsRequest::default() };
        let answer = harness.roster().list_agents(agents).await;
        refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["page_size"]);
    }
}

#[tokio::test]
async fn batches_have_at_most_a_thousand_items() {
    let harness = Harness::start().await;
    let requests = vec![pb::TriageRequest::default(); 1_001];
    let answer = harness.triage().batch_triage(pb::BatchTriageRequest { requests }).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["requests"]);
    let tickets = vec![pb::AdoptedTicket::default(); 1_001];
    let request = pb::BatchAdoptTicketsRequest { tickets, actor: None };
    let answer = harness.desk().batch_adopt_tickets(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["tickets"]);
    let agents = (0..1_001).map(|n| agent(&format!("a-{n}"), 1.0)).collect();
    let request = pb::BatchUpsertAgentsRequest {
        agents,
        actor: None,
        ..pb::BatchUpsertAgentsRequest::default()
    };
    let answer = harness.roster().batch_upsert_agents(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["agents"]);
    let shift = pb::Interval {
        start_time: Some(at("2026-06-03T09:00:00Z")),
        end_time: Some(at("2026-06-03T18:00:00Z")),
    };
    let request = pb::ReplaceShiftsRequest {
        agent: "li".to_owned(),
        shifts: vec![shift; 1_001],
        actor: None,
    };
    let answer = harness.roster().replace_shifts(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["shifts"]);
}

#[tokio::test]
async fn a_replaced_shift_must_end_after_it_starts() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let shift = pb::Interval {
        start_time: Some(at("2026-06-03T18:00:00Z")),
        end_time: Some(at("2026-06-03T09:00:00Z")),
    };
    let open = pb::Interval { start_time: None, end_time: Some(at("2026-06-03T09:00:00Z")) };
    let shifts = vec![shift, open];
    let request = pb::ReplaceShiftsRequest { agent: "li".to_owned(), shifts, actor: None };
    let answer = harness.roster().replace_shifts(request).await;
    let fields = ["shifts[0].end_time", "shifts[1].start_time"];
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &fields);
}

#[tokio::test]
async fn a_batch_names_what_is_wrong_with_each_ticket() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 9.0)]).await;
    let bad = pb::Ticket { channel: "by mail".to_owned(), ..ticket("T-2") };
    let requests = vec![triage(ticket("T-1")), triage(bad), triage(ticket("T-3"))];
    let answer = harness.triage().batch_triage(pb::BatchTriageRequest { requests }).await;
    let results = answer.expect("a batch").into_inner().results;
    let statuses: Vec<_> = results.iter().map(|r| r.status.clone().expect("a status")).collect();
    let codes: Vec<_> = statuses.iter().map(|status| status.code).collect();
    assert_eq!(codes, [0, Code::InvalidArgument as i32, 0]);
    assert_eq!(statuses[1].field, "ticket.channel");
    assert_eq!(statuses[1].reason, "INVALID_FIELD");
    let answered: Vec<_> = results.iter().map(|result| result.response.is_some()).collect();
    assert_eq!(answered, [true, false, true]);
}

#[tokio::test]
async fn instants_at_the_ends_of_the_calendar_are_taken() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 9.0)]).await;
    for (n, at) in [at("0001-01-02T00:00:00Z"), at("9998-12-30T00:00:00Z")].into_iter().enumerate()
    {
        let (opened_time, hard_due_time) = (Some(at), Some(at));
        let extreme = pb::Ticket { opened_time, hard_due_time, ..ticket(&format!("T-{n}")) };
        let decision = harness.assign(extreme).await.decision.expect("a decision");
        assert_eq!(decision.outcome(), pb::DecisionOutcome::Assigned);
    }
}

#[tokio::test]
async fn maps_of_a_request_do_not_make_it_another_one() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 9.0)]).await;
    let flag = pb::CustomValue { kind: Some(pb::custom_value::Kind::Flag(true)) };
    let fields: BTreeMap<_, _> = (0..60).map(|n| (format!("field-{n}"), flag.clone())).collect();
    let full = pb::Ticket { custom: fields.into_iter().collect(), ..ticket("T-1") };
    let request = triage_once(full, "once");
    for replayed in [false, true, true] {
        let answer = harness.triage().triage(request.clone()).await.expect("triaged");
        assert_eq!(answer.into_inner().replayed, replayed);
    }
}

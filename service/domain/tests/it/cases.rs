//! The routing cases shared by the team, decided by the domain alone.

use std::path::PathBuf;
use std::sync::Arc;
use switchyard_domain::desk::Agreements;
use switchyard_domain::desk::Reach;

use serde_json::Value;
use switchyard_domain::agent::{Agent, Languages, Place, Presence, Seniority};
use switchyard_domain::assessment::Language;
use switchyard_domain::desk::{Action, Desk, Snapshot};
use switchyard_domain::hours::{Opening, WeeklyHours, weekday};
use switchyard_domain::ids::AgentId;
use switchyard_domain::policy::Policy;
use switchyard_domain::priority::Band;
use switchyard_domain::routing::{Need, Verdict, explain};
use switchyard_domain::schedule::{Rota, Schedule};
use switchyard_domain::skill::{Requirement, RequirementKind};
use switchyard_domain::ticket::{Ticket, Tier};
use switchyard_domain::time::{Timestamp, Zone};

use crate::fixture;

#[test]
fn every_routing_case_is_decided_as_expected() {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/routing-cases/cases.jsonl");
    let Ok(lines) = std::fs::read_to_string(&path) else {
        eprintln!("the routing cases are absent at {}: nothing was checked", path.display());
        let required = std::env::var("REQUIRE_PEERS").is_ok_and(|value| value == "1");
        assert!(!required, "expected the routing cases at {}", path.display());
        return;
    };
    let cases: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("a JSON object")).collect();
    assert_eq!(cases.len(), 8);
    cases.iter().for_each(check);
}

#[track_caller]
fn check(case: &Value) {
    let id = text(&case["id"]);
    let now = Timestamp::parse(text(&case["now"])).expect("an instant");
    let ticket = Arc::new(read_ticket(&case["ticket"], now));
    let mut desk = desk_of(case, now);
    let forbidden: Vec<&str> = list(&case["expect"]["forbidden"]).map(text).collect();
    let excluded = excluded(&desk, &ticket, now);
    for agent in forbidden {
        assert!(excluded.iter().any(|id| id == agent), "{id}: {agent} must be excluded");
    }
    let action =
        Action::Triage { ticket: ticket.clone(), source_revision: 0, reach: Reach::Assign };
    desk.handle(action, now).expect("a new ticket is taken in");
    let owner = desk.case(&ticket.id).expect("taken in").owner();
    assert_eq!(owner.map(AgentId::as_str), case["expect"]["assigned"].as_str(), "{id}");
}

fn excluded(desk: &Desk, ticket: &Ticket, now: Timestamp) -> Vec<String> {
    let need = Need::of(ticket, desk.policy());
    explain(desk.roster(), &need, &desk.policy().routing, now)
        .into_iter()
        .filter(|(_, verdict)| matches!(verdict, Verdict::Excluded(_)))
        .map(|(agent, _)| agent.to_string())
        .collect()
}

fn desk_of(case: &Value, now: Timestamp) -> Desk {
    let last_assigned_at =
        |agent: &Value| agent["last_assigned_at"].as_str().and_then(Timestamp::parse);
    Desk::restore(Snapshot {
        sequence: 0,
        now,
        policy: Arc::new(Policy::default()),
        teams: Vec::new(),
        agents: list(&case["agents"])
            .map(|agent| (Arc::new(read_agent(agent)), last_assigned_at(agent)))
            .collect(),
        cases: Vec::new(),
        agreements: Agreements::new(),
        renewal: None,
    })
}

fn read_agent(agent: &Value) -> Agent {
    let mut read = fixture::agent(text(&agent["id"]));
    read.skills = map(&agent["skills"])
        .map(|(skill, level)| (fixture::skill_id(skill), fixture::held(number(level))))
        .collect();
    read.languages =
        Languages::from_tags(list(&agent["languages"]).map(|tag| text(tag).to_owned()));
    read.capacity.total = Some(fixture::units(f64::from(number(&agent["capacity"]))));
    read.external_load = fixture::units(f64::from(number(&agent["load"])));
    read.schedule = Schedule::Rota(read_rota(agent));
    read.presence = Some(match text(&agent["presence"]) {
        "online" => Presence::Online,
        "away" => Presence::Away,
        "offline" => Presence::Offline,
        other => panic!("expected a presence, got {other}"),
    });
    read.seniority = [Seniority::Junior, Seniority::Regular, Seniority::Senior]
        [number(&agent["seniority"]) as usize - 1];
    read.place = place(&agent["location"]);
    read
}

fn read_rota(agent: &Value) -> Rota {
    let mut weekly = WeeklyHours::default();
    for shift in list(&agent["shift"]) {
        let opening = Opening::parse(text(&shift["start"]), text(&shift["end"])).expect("a shift");
        for day in list(&shift["days"]) {
            weekly.open(weekday(text(day)).expect("a weekday"), opening);
        }
    }
    let zone = Zone::named(text(&agent["timezone"])).expect("a zone");
    let days_off = agent["holidays"].as_array().into_iter().flatten();
    Rota { zone, weekly, days_off: days_off.map(|d| text(d).parse().expect("a date")).collect() }
}

fn read_ticket(ticket: &Value, now: Timestamp) -> Ticket {
    let mut read = fixture::ticket("case");
    read.opened_at = now;
    read.channel = fixture::channel(text(&ticket["channel"]));
    read.place = place(&ticket["location"]);
    read.customer.tier = Tier::from_label(text(&ticket["customer_tier"])).expect("a tier");
    let assessment = Arc::make_mut(&mut read.assessment);
    assessment.language = Language::from_tag(text(&ticket["language"])).expect("a language");
    let required = requirements(&ticket["required_skills"], RequirementKind::Required);
    let preferred = requirements(&ticket["preferred_skills"], RequirementKind::Preferred);
    read.wishes.requirements = Some(required.chain(preferred).collect());
    read.wishes.priority = Band::from_number(number(&ticket["priority"]));
    read.wishes.last_agent = ticket["last_agent"].as_str().map(fixture::agent_id);
    read.wishes.weight = Some(fixture::units(f64::from(number(&ticket["weight"]))));
    read
}

fn requirements(skills: &Value, kind: RequirementKind) -> impl Iterator<Item = Requirement> {
    map(skills).map(move |(skill, min)| fixture::requirement(skill, kind, number(min)))
}

fn place(value: &Value) -> Option<Place> {
    let degrees = |name: &str| value[name].as_f64();
    degrees("lat")
        .zip(degrees("lon"))
        .map(|(latitude, longitude)| Place::new(latitude, longitude).expect("a place"))
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn number(value: &Value) -> u32 {
    u32::try_from(value.as_u64().expect("a whole number")).expect("a small number")
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().expect("a list").iter()
}

fn map(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().expect("an object").iter()
}

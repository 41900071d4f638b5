//! Agents and teams: put, read back, listed, removed.

use std::collections::BTreeMap;

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::Presence::{Away, Offline, Online, Unspecified};
use tonic::Code;

use crate::harness::Harness;
use crate::refusal::refused;
use crate::samples::{agent, at};

/// An agent with everything there is to say of one, in the order the server gives it back.
fn full() -> pb::Agent {
    let per_channel: BTreeMap<_, _> = [("chat".to_owned(), 2.0)].into();
    pb::Agent {
        id: "li".to_owned(),
        display_name: "李雷".to_owned(),
        teams: vec!["billing".to_owned()],
        skills: vec![pb::HeldSkill {
            skill: "refunds".to_owned(),
            level: 4,
            expire_time: Some(at("2027-01-01T00:00:00Z")),
        }],
        languages: vec!["en".to_owned(), "zh-Hans".to_owned()],
        capacity: Some(pb::Capacity {
            total: Some(6.0),
            per_channel: per_channel.into_iter().collect(),
        }),
        external_load: 1.5,
        schedule: Some(pb::agent::Schedule::Rota(pb::Rota {
            time_zone: "Asia/Shanghai".to_owned(),
            shifts: ["wed", "sat"].map(evening).to_vec(),
            days_off: vec!["2026-10-01".to_owned()],
        })),
        presence: pb::Presence::Online as i32,
        seniority: pb::Seniority::Senior as i32,
        place: Some(pb::Place { latitude: 31.23, longitude: 121.47 }),
        ..pb::Agent::default()
    }
}

/// In Shanghai, 10:00 UTC is 18:00.
fn evening(day: &str) -> pb::WeeklyShift {
    let (start, end) = ("16:00".to_owned(), "24:00".to_owned());
    pb::WeeklyShift { days: vec![day.to_owned()], start, end }
}

async fn add_team(harness: &Harness, id: &str) {
    let team = pb::Team { id: id.to_owned(), display_name: format!("team {id}") };
    let request = pb::UpsertTeamRequest { team: Some(team), actor: None };
    harness.roster().upsert_team(request).await.expect("a team");
}

#[tokio::test]
async fn an_agent_is_given_back_as_put_also_after_a_restart() {
    let mut harness = Harness::start().await;
    add_team(&harness, "billing").await;
    harness.seat_as(vec![full()]).await;
    for _ in 0..2 {
        let status = harness.agent("li").await;
        let told = status.agent.expect("an agent");
        assert_eq!(told, pb::Agent { etag: told.etag.clone(), ..full() });
        assert_eq!((status.load, status.headroom, status.on_shift), (1.5, 4.5, true));
        assert_eq!(status.on_shift_until_time, Some(at("2026-06-03T16:00:00Z")));
        assert_eq!(status.last_assigned_time, None);
        harness.restart().await;
    }
}

#[tokio::test]
async fn agents_are_listed_in_the_order_of_their_ids_page_by_page() {
    let harness = Harness::start().await;
    let agents = [3, 1, 5, 2, 4].map(|n| agent(&format!("a-{n}"), 1.0)).to_vec();
    harness.seat_as(agents).await;
    let (mut seen, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = pb::ListAgentsRequest { page_size: 2, page_token };
        let page = harness.roster().list_agents(request).await.expect("a page").into_inner();
        seen.extend(page.agents.into_iter().filter_map(|status| Some(status.agent?.id)));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    assert_eq!(seen, ["a-1", "a-2", "a-3", "a-4", "a-5"]);
}

#[tokio::test]
async fn a_batch_of_agents_is_taken_whole_or_not_at_all() {
    let harness = Harness::start().await;
    let lost = pb::Agent { teams: vec!["nowhere".to_owned()], ..agent("b", 1.0) };
    let request = pb::BatchUpsertAgentsRequest {
        agents: vec![agent("a", 1.0), lost],
        actor: None,
        ..pb::BatchUpsertAgentsRequest::default()
    };
    let answer = harness.roster().batch_upsert_agents(request).await;
    refused(answer, Code::NotFound, "UNKNOWN_TEAM", &[]);
    let listed = harness.roster().list_agents(pb::ListAgentsRequest::default()).await;
    assert_eq!(listed.expect("a list").into_inner().agents, []);
}

#[tokio::test]
async fn a_removed_agent_is_gone() {
    let mut harness = Harness::start().await;
    harness.seat(&[("li", 1.0)]).await;
    let request = pb::DeleteAgentRequest {
        id: "li".to_owned(),
        actor: None,
        ..pb::DeleteAgentRequest::default()
    };
    harness.roster().delete_agent(request).await.expect("removed");
    for _ in 0..2 {
        let request = pb::GetAgentRequest { id: "li".to_owned() };
        refused(harness.roster().get_agent(request).await, Code::NotFound, "NOT_FOUND", &[]);
        harness.restart().await;
    }
}

#[tokio::test]
async fn teams_are_kept_listed_and_removed() {
    let mut harness = Harness::start().await;
    for id in ["returns", "billing"] {
        add_team(&harness, id).await;
    }
    harness.restart().await;
    let listed = harness.roster().list_teams(pb::ListTeamsRequest {}).await.expect("a list");
    let ids: Vec<_> = listed.into_inner().teams.into_iter().map(|team| team.id).collect();
    assert_eq!(ids, ["billing", "returns"]);
    let request = pb::GetTeamRequest { id: "billing".to_owned() };
    let team = harness.roster().get_team(request).await.expect("a team").into_inner().team;
    assert_eq!(team.expect("a team").display_name, "team billing");
    let request = pb::DeleteTeamRequest { id: "billing".to_owned(), actor: None };
    harness.roster().delete_team(request).await.expect("removed");
    let request = pb::GetTeamRequest { id: "billing".to_owned() };
    refused(harness.roster().get_team(request).await, Code::NotFound, "NOT_FOUND", &[]);
}

#[tokio::test]
async fn dated_shifts_replace_the_schedule() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 1.0)]).await;
    let shift = pb::Interval {
        start_time: Some(at("2026-06-03T09:00:00Z")),
        end_time: Some(at("2026-06-03T12:00:00Z")),
    };
    for (shifts, on_shift) in [(vec![shift], true), (Vec::new(), false)] {
        let request = pb::ReplaceShiftsRequest {
            agent: "li".to_owned(),
            shifts: shifts.clone(),
            actor: None,
        };
        let answer = harness.roster().replace_shifts(request).await.expect("replaced").into_inner();
        let status = answer.agent.expect("an agent");
        assert_eq!(status.on_shift, on_shift);
        let schedule = status.agent.and_then(|agent| agent.schedule);
        let dated = pb::agent::Schedule::DatedShifts(pb::DatedShifts { shifts });
        assert_eq!(schedule, Some(dated));
    }
}

#[tokio::test]
async fn an_agent_put_again_without_a_presence_stays_away() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let presence = pb::Presence::Away as i32;
    let request = pb::SetPresenceRequest { agent: "li".into(), presence, ..Default::default() };
    harness.roster().set_presence(request).await.expect("noted");
    harness.seat(&[("li", 5.0)]).await;
    let status = harness.agent("li").await;
    assert_eq!(status.agent.expect("an agent").presence(), pb::Presence::Away);
    assert_eq!(harness.decide("T-1").await.n_eligible, 0);
}

#[tokio::test]
async fn a_presence_holds_until_the_schedule_decides_again() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 1.0)]).await;
    for (presence, eligible) in [(Away, 0), (Offline, 0), (Unspecified, 1), (Online, 1)] {
        let request = pb::SetPresenceRequest {
            agent: "li".to_owned(),
            presence: presence as i32,
            ..pb::SetPresenceRequest::default()
        };
        let answer = harness.roster().set_presence(request).await.expect("noted").into_inner();
        let agent = answer.agent.and_then(|status| status.agent).expect("an agent");
        assert_eq!(agent.presence(), presence);
        let ticket = crate::samples::ticket("T-1");
        let request =
            pb::TriageRequest { mode: pb::Mode::Advise as i32, ..crate::samples::triage(ticket) };
        let answer = harness.triage().triage(request).await.expect("advised").into_inner();
        assert_eq!(answer.decision.expect("a decision").n_eligible, eligible, "{presence:?}");
    }
}

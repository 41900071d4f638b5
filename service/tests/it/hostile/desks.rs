//! The desks that hostile callers work on: set up as a backend would, and read at the end.

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::desk_service_client::DeskServiceClient;
use switchyard_proto::v1::roster_service_client::RosterServiceClient;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;
use tonic::Request;
use tonic::transport::Channel;

use super::names::{AGENTS, TEAMS, TENANTS, TICKETS};
use crate::samples;

fn of<T>(tenant: &str, message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("switchyard-tenant", tenant.parse().expect("ASCII"));
    request
}

/// Teams, agents and open tickets of every tenant that hostile callers name.
pub(super) async fn open(channel: &Channel) {
    for tenant in TENANTS {
        open_one(channel, tenant).await;
    }
}

async fn open_one(channel: &Channel, tenant: &str) {
    let mut roster = RosterServiceClient::new(channel.clone());
    for id in TEAMS {
        let team = Some(pb::Team { id: id.to_owned(), display_name: String::new() });
        let request = pb::UpsertTeamRequest { team, actor: None };
        roster.upsert_team(of(tenant, request)).await.expect("a team");
    }
    let agents = AGENTS.map(|id| samples::agent(id, 8.0)).to_vec();
    let request = pb::BatchUpsertAgentsRequest { agents, ..Default::default() };
    roster.batch_upsert_agents(of(tenant, request)).await.expect("seated");
    let requests = (0..TICKETS).map(|n| samples::triage(samples::ticket(&format!("T-{n}"))));
    let request = pb::BatchTriageRequest { requests: requests.collect() };
    let mut triage = TriageServiceClient::new(channel.clone());
    triage.batch_triage(of(tenant, request)).await.expect("triaged");
}

/// Every event of every desk, in the order of the tenants.
pub(super) async fn journals(channel: &Channel) -> Vec<Vec<pb::Event>> {
    let mut journals = Vec::new();
    for tenant in TENANTS {
        journals.push(journal(channel, tenant).await);
    }
    journals
}

async fn journal(channel: &Channel, tenant: &str) -> Vec<pb::Event> {
    let desk = DeskServiceClient::new(channel.clone());
    let mut desk = desk.max_decoding_message_size(256 << 20);
    let mut events: Vec<pb::Event> = Vec::new();
    loop {
        let after_sequence = events.last().map_or(0, |event| event.sequence);
        let request = pb::ListEventsRequest { after_sequence, page_size: 1_000, filter: None };
        let page = desk.list_events(of(tenant, request)).await.expect("events").into_inner();
        events.extend(page.events);
        if page.at_end {
            return events;
        }
    }
}

//! How each reason is provoked.

use std::time::Duration;

use switchyard_proto::errors::ErrorReason;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::activity::Kind;
use switchyard_proto::v1::desk_service_client::DeskServiceClient;
use switchyard_proto::v1::policy_service_client::PolicyServiceClient;
use switchyard_proto::v1::roster_service_client::RosterServiceClient;
use switchyard_proto::v1::server_service_client::ServerServiceClient;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;
use tonic::Status;

use crate::bare_call::BareCall;
use crate::changing::{Changing, as_if_compressed, as_if_json, changing, in_chinese, sent};
use crate::compaction::compacted;
use crate::full_store::large;
use crate::harness::Harness;
use crate::overload::take_all_room;
use crate::samples::{agent, message, report, ticket, triage, triage_once};

const TRIAGE: &str = "/switchyard.v1.TriageService/Triage";

/// What a provocation heard.
pub(super) enum Heard {
    /// The call was refused.
    Call(Status),
    /// An item of a batch was.
    Item(pb::ItemStatus),
}

/// The refusal of a call.
#[track_caller]
fn call<T: std::fmt::Debug>(answer: Result<T, Status>) -> Heard {
    Heard::Call(answer.expect_err("expected a refusal"))
}

struct Callers {
    triage: TriageServiceClient<Changing>,
    desk: DeskServiceClient<Changing>,
    roster: RosterServiceClient<Changing>,
    policies: PolicyServiceClient<Changing>,
    server: ServerServiceClient<Changing>,
}

impl Callers {
    fn of(harness: &Harness) -> Self {
        let channel = changing(harness, in_chinese);
        Self {
            triage: TriageServiceClient::new(channel.clone()),
            desk: DeskServiceClient::new(channel.clone()),
            roster: RosterServiceClient::new(channel.clone()),
            policies: PolicyServiceClient::new(channel.clone()),
            server: ServerServiceClient::new(channel),
        }
    }
}

/// Has a call refused for a reason.
pub(super) async fn provoke(reason: ErrorReason) -> Heard {
    match reason {
        ErrorReason::Unspecified => unreachable!("it is never answered"),
        ErrorReason::InvalidField
        | ErrorReason::PolicyRejected
        | ErrorReason::RequestIdReused
        | ErrorReason::NotFound
        | ErrorReason::UnknownTicket
        | ErrorReason::UnknownAgent
        | ErrorReason::UnknownTeam
        | ErrorReason::TicketClosed
        | ErrorReason::NotOwner
        | ErrorReason::MergedIntoItself
        | ErrorReason::EtagMismatch
        | ErrorReason::AlreadyAdopted
        | ErrorReason::AgentOwnsTickets
        | ErrorReason::TeamHasAgents
        | ErrorReason::SequenceAhead => by_request(reason).await,
        ErrorReason::Overloaded => without_room().await,
        ErrorReason::DeadlinePassed => too_late().await,
        ErrorReason::MessageTooSlow => too_slow().await,
        ErrorReason::Stopping => at_the_end().await,
        ErrorReason::StoreFailed => with_a_full_store().await,
        ErrorReason::JournalUnreadable => with_a_damaged_journal().await,
        ErrorReason::SequenceCompacted => {
            let harness = compacted().await;
            call(Callers::of(&harness).desk.list_events(pb::ListEventsRequest::default()).await)
        }
        ErrorReason::UndecodableMessage
        | ErrorReason::MessageTooLarge
        | ErrorReason::UnknownMethod
        | ErrorReason::UnsupportedCompression
        | ErrorReason::UnsupportedContentType
        | ErrorReason::Transport => by_transport(reason).await,
    }
}

/// What a sound server refuses by what is asked and what it knows.
async fn by_request(reason: ErrorReason) -> Heard {
    let harness = Harness::start().await;
    let team = pb::Team { id: "care".to_owned(), display_name: String::new() };
    let request = pb::UpsertTeamRequest { team: Some(team), actor: None };
    harness.roster().upsert_team(request).await.expect("a team");
    let elsewhere = pb::Agent { presence: pb::Presence::Offline as i32, ..agent("ann", 3.0) };
    let here = pb::Agent { teams: vec!["care".into()], ..agent("li", 3.0) };
    harness.seat_as(vec![here, elsewhere]).await;
    harness.decide("T-1").await;
    refused_of(reason, Callers::of(&harness)).await
}

/// At a desk with the team `care`, its agent `li`, and their open ticket `T-1`.
async fn refused_of(reason: ErrorReason, mut callers: Callers) -> Heard {
    let id = str::to_owned;
    let complete = |ticket: &str| pb::CompleteRequest {
        ticket_id: ticket.to_owned(),
        ..pb::CompleteRequest::default()
    };
    match reason {
        ErrorReason::InvalidField => call(callers.triage.triage(triage(ticket("a b"))).await),
        ErrorReason::PolicyRejected => {
            let source = "colour = 1".to_owned();
            let request = pb::ApplyRequest { source, ..pb::ApplyRequest::default() };
            call(callers.policies.apply(request).await)
        }
        ErrorReason::RequestIdReused => {
            callers.triage.triage(triage_once(ticket("T-2"), "r")).await.expect("triaged");
            call(callers.triage.triage(triage_once(ticket("T-3"), "r")).await)
        }
        ErrorReason::NotFound => call(
            callers
                .desk
                .get_ticket(pb::GetTicketRequest {
                    id: id("T-9"),
                    ..pb::GetTicketRequest::default()
                })
                .await,
        ),
        ErrorReason::UnknownTicket => call(callers.desk.complete(complete("T-9")).await),
        ErrorReason::UnknownAgent => {
            let request = pb::DeleteAgentRequest {
                id: id("nobody"),
                actor: None,
                ..pb::DeleteAgentRequest::default()
            };
            call(callers.roster.delete_agent(request).await)
        }
        ErrorReason::UnknownTeam => {
            let request = pb::DeleteTeamRequest { id: id("nowhere"), actor: None };
            call(callers.roster.delete_team(request).await)
        }
        ErrorReason::TicketClosed => {
            callers.desk.complete(complete("T-1")).await.expect("completed");
            call(callers.desk.complete(complete("T-1")).await)
        }
        ErrorReason::NotOwner => {
            let request = pb::DeclineRequest {
                ticket_id: id("T-1"),
                agent: id("ann"),
                reason: pb::DeclineReason::Busy as i32,
                ..pb::DeclineRequest::default()
            };
            call(callers.desk.decline(request).await)
        }
        ErrorReason::MergedIntoItself => {
            let merged = Kind::Merged(pb::activity::Merged { into: id("T-1") });
            call(callers.desk.report_activity(report("T-1", merged)).await)
        }
        ErrorReason::EtagMismatch => {
            let request = pb::CompleteRequest { etag: id("99"), ..complete("T-1") };
            call(callers.desk.complete(request).await)
        }
        ErrorReason::AlreadyAdopted => {
            let adopted = pb::AdoptedTicket { ticket: Some(ticket("T-1")), ..Default::default() };
            let request = pb::BatchAdoptTicketsRequest { tickets: vec![adopted], actor: None };
            let answer = callers.desk.batch_adopt_tickets(request).await.expect("a batch");
            Heard::Item(answer.into_inner().results[0].status.clone().expect("a status"))
        }
        ErrorReason::AgentOwnsTickets => {
            let request = pb::DeleteAgentRequest {
                id: id("li"),
                actor: None,
                ..pb::DeleteAgentRequest::default()
            };
            call(callers.roster.delete_agent(request).await)
        }
        ErrorReason::TeamHasAgents => {
            let request = pb::DeleteTeamRequest { id: id("care"), actor: None };
            call(callers.roster.delete_team(request).await)
        }
        ErrorReason::SequenceAhead => {
            let request = pb::ListEventsRequest { after_sequence: 99, ..Default::default() };
            call(callers.desk.list_events(request).await)
        }
        other => panic!("{other:?} is not a matter of what is asked"),
    }
}

async fn without_room() -> Heard {
    let harness = Harness::with(&[("server.in_flight_max", "1")]).await;
    let held = take_all_room(harness.channel()).await;
    let heard =
        call(Callers::of(&harness).server.get_server_info(pb::GetServerInfoRequest {}).await);
    held.answer.abort();
    heard
}

/// tonic's own client would give up before the server tells.
async fn too_late() -> Heard {
    let harness = Harness::start().await;
    let headers = [("grpc-timeout", "1n"), ("accept-language", "zh")];
    let (head, _) =
        BareCall::begin(harness.address(), &headers).await.send(&triage(ticket("T-1"))).await;
    Heard::Call(Status::from_header_map(head.headers()).expect("a refusal without a body"))
}

/// A call whose message never comes.
async fn too_slow() -> Heard {
    let harness = Harness::with(&[("server.message_seconds", "1")]).await;
    let mut call = BareCall::begin(harness.address(), &[("accept-language", "zh")]).await;
    let status = call.refused_within(Duration::from_mins(1)).await;
    Heard::Call(status.expect("a refusal while the message is waited for"))
}

async fn at_the_end() -> Heard {
    let mut harness = Harness::start().await;
    let watched = Callers::of(&harness).desk.watch(pb::WatchRequest::default()).await;
    let mut stream = watched.expect("a stream").into_inner();
    stream.message().await.expect("a bookmark");
    harness.stop().await;
    call(stream.message().await)
}

async fn with_a_full_store() -> Heard {
    let harness = Harness::with(&[("store.size_max_mib", "1")]).await;
    let mut callers = Callers::of(&harness);
    for n in 0..2_000 {
        if let Err(refusal) = callers.triage.triage(large(n)).await {
            return Heard::Call(refusal);
        }
    }
    panic!("expected the store to fill up")
}

async fn with_a_damaged_journal() -> Heard {
    use sqlx::Connection as _;
    let harness = Harness::start().await;
    harness.decide("T-1").await;
    let url = format!("sqlite://{}", harness.store().display());
    let mut other = sqlx::SqliteConnection::connect(&url).await.expect("opened");
    let damage = sqlx::raw_sql("UPDATE journal SET payload = x'08ff'");
    damage.execute(&mut other).await.expect("damaged");
    call(Callers::of(&harness).desk.list_events(pb::ListEventsRequest::default()).await)
}

/// What the transport refuses before anybody of ours sees it.
async fn by_transport(reason: ErrorReason) -> Heard {
    let harness = Harness::start().await;
    let change = match reason {
        ErrorReason::UnsupportedCompression => as_if_compressed,
        ErrorReason::UnsupportedContentType => as_if_json,
        _ => in_chinese,
    };
    let channel = changing(&harness, change);
    match reason {
        ErrorReason::MessageTooLarge => {
            let messages = vec![message(&"x".repeat(17 << 20))];
            let large = triage(pb::Ticket { messages, ..ticket("T-1") });
            call(TriageServiceClient::new(channel).triage(large).await)
        }
        ErrorReason::UndecodableMessage => call(sent(channel, TRIAGE, &[b"\xff\xff\xff"]).await),
        ErrorReason::UnknownMethod => {
            call(sent(channel, "/switchyard.v1.DeskService/Juggle", &[b""]).await)
        }
        ErrorReason::Transport => call(sent(channel, TRIAGE, &[]).await),
        _ => call(sent(channel, TRIAGE, &[b""]).await),
    }
}

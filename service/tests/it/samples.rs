//! Messages as plain as they can be; tests change what they are about.

use prost_types::Timestamp as PbTimestamp;
use switchyard_domain::time::Timestamp;
use switchyard_proto::v1 as pb;

pub(crate) fn ticket(id: &str) -> pb::Ticket {
    pb::Ticket {
        id: id.to_owned(),
        channel: "email".to_owned(),
        subject: "Refund".to_owned(),
        messages: vec![message("I would like my money back for order 1177.")],
        ..pb::Ticket::default()
    }
}

pub(crate) fn message(text: &str) -> pb::Message {
    pb::Message { text: text.to_owned(), ..pb::Message::default() }
}

/// A ticket in `MODE_ASSIGN` without a request id.
pub(crate) fn triage(ticket: pb::Ticket) -> pb::TriageRequest {
    pb::TriageRequest {
        ticket: Some(ticket),
        mode: pb::Mode::Assign as i32,
        ..pb::TriageRequest::default()
    }
}

/// The same with a request id.
pub(crate) fn triage_once(ticket: pb::Ticket, request_id: &str) -> pb::TriageRequest {
    pb::TriageRequest { request_id: request_id.to_owned(), ..triage(ticket) }
}

/// An agent who is always on shift.
pub(crate) fn agent(id: &str, capacity: f64) -> pb::Agent {
    let capacity = pb::Capacity { total: Some(capacity), ..pb::Capacity::default() };
    pb::Agent { id: id.to_owned(), capacity: Some(capacity), ..pb::Agent::default() }
}

/// A rota of every day in UTC.
pub(crate) fn daily(start: &str, end: &str) -> pb::agent::Schedule {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(str::to_owned).to_vec();
    let shift = pb::WeeklyShift { days, start: start.to_owned(), end: end.to_owned() };
    pb::agent::Schedule::Rota(pb::Rota {
        time_zone: "UTC".to_owned(),
        shifts: vec![shift],
        days_off: Vec::new(),
    })
}

pub(crate) fn report(id: &str, kind: pb::activity::Kind) -> pb::ReportActivityRequest {
    pb::ReportActivityRequest {
        ticket_id: id.to_owned(),
        activity: Some(pb::Activity { kind: Some(kind) }),
        ..pb::ReportActivityRequest::default()
    }
}

/// An instant such as `2026-06-03T10:00:00Z`.
pub(crate) fn at(text: &str) -> PbTimestamp {
    let millis = Timestamp::parse(text).expect("a valid instant").millis();
    PbTimestamp { seconds: millis / 1_000, nanos: 0 }
}

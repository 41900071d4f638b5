//! Calls with a request id, and what is said to them.

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::DecisionTrigger as Trigger;
use switchyard_proto::v1::activity::Kind as Reported;
use switchyard_proto::v1::event::Kind as Happened;
use tonic::{Code, Request, Response, Status};
use tonic_types::StatusExt as _;

use crate::harness::Harness;

/// A call that may be repeated.
#[derive(Debug, Clone)]
pub(super) enum Ask {
    Triage(pb::TriageRequest),
    Report(pb::ReportActivityRequest),
    Assign(pb::AssignRequest),
    Complete(pb::CompleteRequest),
    Cancel(pb::CancelRequest),
    Decline(pb::DeclineRequest),
    Claim(pb::ClaimNextRequest),
    Release(pb::ReleaseAgentRequest),
}

/// What must be said again to the same call.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    /// What was decided, in words; and whether the ticket changed by it, where that is said.
    Done {
        what: String,
        changed: bool,
    },
    Refused {
        code: Code,
        reason: String,
    },
}

/// An answer.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) said: Said,
    pub(super) replayed: bool,
}

/// The message as a tenant's.
pub(super) fn of<T>(tenant: &str, message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("switchyard-tenant", tenant.parse().expect("ASCII"));
    request
}

fn answer<T>(
    result: Result<Response<T>, Status>,
    read: impl FnOnce(T) -> (String, bool, bool),
) -> Answer {
    match result {
        Ok(response) => {
            let (what, changed, replayed) = read(response.into_inner());
            Answer { said: Said::Done { what, changed }, replayed }
        }
        Err(status) => {
            let details = status.get_error_details();
            let reason = details.error_info().map(|info| info.reason.clone()).unwrap_or_default();
            Answer { said: Said::Refused { code: status.code(), reason }, replayed: false }
        }
    }
}

impl Ask {
    pub(super) async fn ask(&self, harness: &Harness, tenant: &str) -> Answer {
        let (mut desk, mut roster) = (harness.desk(), harness.roster());
        match self.clone() {
            Self::Triage(asked) => {
                answer(harness.triage().triage(of(tenant, asked)).await, |said| {
                    let what = format!("{:?} {:?}", said.decision, said.assessment);
                    (what, !said.stale, said.replayed)
                })
            }
            Self::Report(asked) => answer(desk.report_activity(of(tenant, asked)).await, |said| {
                (format!("{:?}", said.decision), said.applied, said.replayed)
            }),
            Self::Assign(asked) => answer(desk.assign(of(tenant, asked)).await, |said| {
                (String::new(), true, said.replayed)
            }),
            Self::Complete(asked) => answer(desk.complete(of(tenant, asked)).await, |said| {
                (String::new(), true, said.replayed)
            }),
            Self::Cancel(asked) => answer(desk.cancel(of(tenant, asked)).await, |said| {
                (String::new(), true, said.replayed)
            }),
            Self::Decline(asked) => answer(desk.decline(of(tenant, asked)).await, |said| {
                (format!("{:?}", said.decision), true, said.replayed)
            }),
            Self::Claim(asked) => answer(desk.claim_next(of(tenant, asked)).await, |said| {
                (format!("{:?}", said.decision), said.decision.is_some(), said.replayed)
            }),
            Self::Release(asked) => answer(roster.release_agent(of(tenant, asked)).await, |said| {
                let ids: Vec<_> = said.tickets.iter().map(|ticket| &ticket.ticket_id).collect();
                (format!("{ids:?}"), true, said.replayed)
            }),
        }
    }

    pub(super) fn request_id(&self) -> &str {
        match self {
            Self::Triage(asked) => &asked.request_id,
            Self::Report(asked) => &asked.request_id,
            Self::Assign(asked) => &asked.request_id,
            Self::Complete(asked) => &asked.request_id,
            Self::Cancel(asked) => &asked.request_id,
            Self::Decline(asked) => &asked.request_id,
            Self::Claim(asked) => &asked.request_id,
            Self::Release(asked) => &asked.request_id,
        }
    }

    /// Something else under the same id.
    pub(super) fn with_another_body(&self) -> Self {
        let mut other = self.clone();
        match &mut other {
            Self::Triage(asked) => {
                asked.ticket.as_mut().expect("a ticket").subject.push_str(", again");
            }
            Self::Report(asked) => asked.source_revision += 1_000,
            Self::Assign(asked) => asked.etag.push_str("another"),
            Self::Complete(asked) => asked.etag.push_str("another"),
            Self::Cancel(asked) => asked.etag.push_str("another"),
            Self::Decline(asked) => asked.set_reason(pb::DeclineReason::Conflict),
            Self::Claim(asked) => asked.team.push_str("another"),
            Self::Release(asked) => asked.set_scope(pb::ReleaseScope::Unanswered),
        }
        other
    }

    /// Whether an event is what this call is there for; of a release there may be many.
    pub(super) fn is_effect(&self, event: &pb::Event) -> bool {
        let Some(kind) = &event.kind else { return false };
        match self {
            Self::Triage(_) => {
                matches!(kind, Happened::TicketTriaged(_)) || decided(kind, Trigger::Advice)
            }
            Self::Report(asked) => event.ticket_id == asked.ticket_id && is_report(asked, kind),
            Self::Assign(_) => matches!(kind, Happened::TicketOwnerSet(_)),
            Self::Complete(_) => {
                matches!(kind, Happened::TicketClosed(_) | Happened::TicketReturned(_))
            }
            Self::Cancel(_) => matches!(kind, Happened::TicketClosed(_)),
            Self::Decline(_) => matches!(kind, Happened::TicketReleased(_)),
            Self::Claim(_) => decided(kind, Trigger::Claimed),
            Self::Release(_) => false,
        }
    }
}

fn decided(kind: &Happened, trigger: Trigger) -> bool {
    let Happened::TicketDecided(decided) = kind else { return false };
    decided.decision.as_ref().is_some_and(|decision| decision.trigger() == trigger)
}

fn is_report(asked: &pb::ReportActivityRequest, kind: &Happened) -> bool {
    let reported = asked.activity.as_ref().and_then(|activity| activity.kind.as_ref());
    let is_noted = matches!(kind, Happened::TicketActivity(_));
    match reported.expect("an activity") {
        // One that says what is so already, in a newer revision, is only noted.
        Reported::AssignedByPerson(_) => is_noted || matches!(kind, Happened::TicketOwnerSet(_)),
        Reported::Solved(_) | Reported::Merged(_) => {
            is_noted || matches!(kind, Happened::TicketClosed(_))
        }
        Reported::Reopened(_) => is_noted || matches!(kind, Happened::TicketReopened(_)),
        Reported::Transferred(_) => is_noted || matches!(kind, Happened::TicketTransferred(_)),
        Reported::Returned(_) => is_noted || matches!(kind, Happened::TicketReturned(_)),
        Reported::CustomerMessage(_)
        | Reported::AgentReply(_)
        | Reported::Hold(_)
        | Reported::Resume(_)
        | Reported::Split(_)
        | Reported::Rated(_) => is_noted,
    }
}

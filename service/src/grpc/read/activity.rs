//! What happened to a ticket outside.

use switchyard_domain::desk::{Activity, Rating, Report, Transferral};
use switchyard_domain::ids::{AgentId, TeamId, TicketId};
use switchyard_models::text::TicketText;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::activity::{Kind, Transferred};

use super::skill::requirements;
use super::ticket::{facts, hold, text};
use crate::app::Facts;
use crate::app::fault::{Expected, Fault};
use crate::grpc::check::Check;

/// A ticket that a report brings along.
pub(crate) type Brought<'a> = Option<(TicketText<'a>, Facts)>;

/// What was reported, and the ticket that came along.
pub(crate) fn report<'a>(
    check: &mut Check,
    request: &'a pb::ReportActivityRequest,
) -> Option<(Report, Brought<'a>)> {
    let ticket = check.take("ticket_id", TicketId::new(&request.ticket_id));
    let happened_at = check.instant("happened_time", request.happened_time.as_ref());
    let kind = request.activity.as_ref().and_then(|activity| activity.kind.as_ref());
    let Some(kind) = kind else {
        check.fail("activity", Fault::missing(Expected::Activity));
        return None;
    };
    let brought = brought(check, kind, ticket.as_ref());
    let activity = activity(check, kind, ticket.as_ref());
    let (source_revision, report) = (request.source_revision, ticket.zip(activity));
    report.map(|(ticket, activity)| {
        let report = Report { ticket, activity, happened_at, source_revision, brought: None };
        (report, brought)
    })
}

/// Whether a kind of activity brings a ticket, and the ticket.
pub(crate) fn ticket_of(request: &pb::ReportActivityRequest) -> Option<&pb::Ticket> {
    match request.activity.as_ref()?.kind.as_ref()? {
        Kind::CustomerMessage(message) => message.ticket.as_ref(),
        Kind::Split(split) => split.ticket.as_ref(),
        _ => None,
    }
}

fn brought<'a>(check: &mut Check, kind: &'a Kind, about: Option<&TicketId>) -> Brought<'a> {
    let (ticket, is_same) = match kind {
        Kind::CustomerMessage(message) => (message.ticket.as_ref()?, true),
        Kind::Split(split) => (split.ticket.as_ref()?, false),
        _ => return None,
    };
    let facts = facts(check, ticket)?;
    if let Some(about) = about.filter(|about| (facts.id == **about) != is_same) {
        let about = about.clone();
        let expected = if is_same {
            Expected::TicketReportedOn(about)
        } else {
            Expected::OtherTicketThan(about)
        };
        check.fail("ticket.id", Fault::text(expected, facts.id.as_str()));
    }
    Some((text(ticket), facts))
}

fn activity(check: &mut Check, kind: &Kind, about: Option<&TicketId>) -> Option<Activity> {
    match kind {
        Kind::CustomerMessage(_) => Some(Activity::CustomerMessage),
        Kind::AgentReply(_) => Some(Activity::AgentReply),
        Kind::Hold(held) => {
            let reason = check.choice("activity.hold.reason", held.reason)?;
            if reason == pb::HoldReason::Unspecified {
                check.fail("activity.hold.reason", Fault::missing(Expected::HoldReason));
            }
            hold(reason).map(Activity::Held)
        }
        Kind::Resume(_) => Some(Activity::Resumed),
        Kind::AssignedByPerson(assigned) => {
            let agent = AgentId::new(&assigned.agent);
            check.take("activity.assigned_by_person.agent", agent).map(Activity::AssignedTo)
        }
        Kind::Solved(_) => Some(Activity::Solved),
        Kind::Reopened(_) => Some(Activity::Reopened),
        Kind::Transferred(asked) => {
            transferral(check, asked).map(Box::new).map(Activity::Transferred)
        }
        Kind::Returned(_) => Some(Activity::Returned),
        Kind::Merged(merged) => check
            .take("activity.merged.into", TicketId::new(&merged.into))
            .map(Activity::MergedInto),
        Kind::Split(split) => {
            if split.ticket.is_none() {
                check.fail("activity.split.ticket", Fault::missing(Expected::Ticket));
            }
            about.cloned().map(Activity::SplitInto)
        }
        Kind::Rated(rated) => {
            check.take("activity.rated.score", Rating::new(rated.score)).map(Activity::Rated)
        }
    }
}

fn transferral(check: &mut Check, asked: &Transferred) -> Option<Transferral> {
    let field = "activity.transferred";
    let team = check.take(format!("{field}.team"), TeamId::new(&asked.team));
    let agent = check.optional(format!("{field}.agent"), &asked.agent, AgentId::new);
    let requirements = requirements(check, &format!("{field}.requirements"), &asked.requirements);
    Some(Transferral { team: team?, agent, returns: asked.returns, requirements })
}

//! What the backend reports of a ticket: which reports count, and where each goes.

use super::command::{Activity, Report};
use super::handle::Turn;
use super::intake::is_stale;
use super::{Case, Closing, Event, Phase, Refusal};
use crate::ids::AgentId;
use crate::time::Timestamp;

impl Turn<'_> {
    pub(super) fn report(&mut self, report: &Report) -> Result<(), Refusal> {
        let case = self.known(&report.ticket)?;
        if is_stale(report.source_revision, case.source_revision) || is_late(case, report) {
            return Ok(());
        }
        if is_so_already(case, report) {
            self.acknowledge(report);
            return Ok(());
        }
        let (ticket, revision) = (&report.ticket, report.source_revision);
        match &report.activity {
            Activity::Solved => {
                self.close(ticket, Closing::Solved, self.instant_of(report), revision)
            }
            Activity::Reopened => {
                self.reopen(ticket, self.instant_of(report), revision);
                Ok(())
            }
            Activity::AssignedTo(agent) => self.assign(ticket, agent, revision),
            Activity::Transferred(asked) => self.transfer(ticket, asked, revision),
            Activity::Returned => {
                self.known_open(ticket)?;
                self.send_home(ticket, revision);
                Ok(())
            }
            Activity::MergedInto(into) => self.merge(ticket, into, revision),
            Activity::SplitInto(_) => self.split(report),
            Activity::Rated(_) => {
                let clocks = self.desk.cases[ticket].clocks;
                self.emit_report(report, clocks);
                Ok(())
            }
            Activity::CustomerMessage
            | Activity::AgentReply
            | Activity::Held(_)
            | Activity::Resumed => self.note(report),
        }
    }

    /// When what is reported happened: not ahead, and not before the ticket was opened.
    pub(super) fn instant_of(&self, report: &Report) -> Timestamp {
        let opened_at = self.desk.cases[&report.ticket].ticket.opened_at;
        report.happened_at.map_or(self.now, |at| at.max(opened_at).min(self.now))
    }

    /// What is so already changes nothing; a newer revision is noted all the same, or an older
    /// report that comes after it would be taken for new.
    fn acknowledge(&mut self, report: &Report) {
        let (ticket, source_revision) = (report.ticket.clone(), report.source_revision);
        if source_revision > self.desk.cases[&ticket].source_revision {
            self.emit(Event::Acknowledged { ticket, source_revision });
        }
    }
}

/// Whether it tells of a time before the ticket was closed, and comes after that; one that was
/// reopened since stays open.
fn is_late(case: &Case, report: &Report) -> bool {
    let told_at = match case.phase {
        Phase::Closed { at, .. } => Some(at),
        Phase::Queued { .. } | Phase::Advised { .. } | Phase::Active { .. } => None,
    };
    let closed_at = case.latest.closed_at.or(told_at);
    match (&report.activity, report.happened_at, closed_at) {
        (Activity::Rated(_), ..) => false,
        (_, Some(happened_at), Some(closed_at)) => happened_at <= closed_at,
        _ => false,
    }
}

fn is_so_already(case: &Case, report: &Report) -> bool {
    let is_now = report.happened_at.is_none_or(|at| case.latest.held_at == Some(at));
    match &report.activity {
        Activity::Solved => is_done(case),
        Activity::Reopened => case.is_open(),
        Activity::AssignedTo(agent) => case.owner() == Some(agent),
        Activity::Held(reason) => is_now && case.is_open() && case.hold == Some(*reason),
        Activity::Resumed => is_now && case.is_open() && case.hold.is_none(),
        Activity::Returned => case.is_open() && case.transfer.is_none(),
        Activity::MergedInto(into) => case.merged_into.as_ref() == Some(into),
        Activity::Rated(rating) => case.rating == Some(*rating),
        Activity::Transferred(asked) => {
            let is_there = case.transfer.as_ref().is_some_and(|at| at.is_as_asked(asked));
            is_there
                && asked.agent.as_ref().is_none_or(|agent: &AgentId| case.owner() == Some(agent))
        }
        Activity::CustomerMessage | Activity::AgentReply | Activity::SplitInto(_) => false,
    }
}

fn is_done(case: &Case) -> bool {
    match case.phase {
        Phase::Closed { closing, .. } => match closing {
            Closing::Completed | Closing::Solved => true,
            Closing::Cancelled | Closing::Merged => false,
        },
        Phase::Queued { .. } | Phase::Advised { .. } | Phase::Active { .. } => false,
    }
}

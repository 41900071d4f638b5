//! What the backend reports, and which reports count.

use switchyard_domain::desk::{Activity, Closing, HoldReason, Report};
use switchyard_domain::time::Timestamp;

use super::intake::{is_stale, terms};
use super::promises::Terms;
use super::{Done, Feed, Model, Paper, Promises, State};

impl Model {
    pub(super) fn report(&mut self, report: &Report, feed: &mut Feed<'_>) -> Done {
        let paper = self.known(&report.ticket)?;
        if is_stale(report.source_revision, paper.revision)
            || tells_of_before_its_end(paper, report)
        {
            return Ok(());
        }
        if is_so_already(paper, report) {
            if report.source_revision > paper.revision {
                feed.is_next("Acknowledged");
                self.paper(&report.ticket).revision = report.source_revision;
            }
            return Ok(());
        }
        let (ticket, revision) = (&report.ticket, report.source_revision);
        match &report.activity {
            Activity::Solved => {
                let at = self.instant_of(report).millis();
                self.close(ticket, Closing::Solved, at, revision, feed)
            }
            Activity::Reopened => {
                let at = self.instant_of(report).millis();
                self.reopen(ticket, at, revision, feed);
                Ok(())
            }
            Activity::AssignedTo(agent) => self.assign(ticket, agent, revision, feed),
            Activity::Transferred(asked) => self.transfer(ticket, asked, revision, feed),
            Activity::Returned => {
                self.known_open(ticket)?;
                self.send_home(ticket, revision, feed);
                Ok(())
            }
            Activity::MergedInto(into) => self.merge(ticket, into, revision, feed),
            Activity::SplitInto(_) => self.split(report, feed),
            Activity::Rated(_) => {
                self.note(report, feed);
                Ok(())
            }
            Activity::CustomerMessage
            | Activity::AgentReply
            | Activity::Held(_)
            | Activity::Resumed => self.clocks_turn(report, feed),
        }
    }

    /// What lies ahead is taken as now, what lies before the opening as the opening.
    fn instant_of(&self, report: &Report) -> Timestamp {
        let opened_at = self.papers[&report.ticket].told.opened_at;
        report.happened_at.map_or(self.now, |at| at.max(opened_at).min(self.now))
    }

    /// A report that is taken, whatever else it does.
    pub(super) fn note(&mut self, report: &Report, feed: &mut Feed<'_>) {
        feed.is_next("Reported");
        let at = self.instant_of(report);
        let paper = self.paper(&report.ticket);
        paper.revision = paper.revision.max(report.source_revision);
        match report.activity {
            Activity::Rated(rating) => paper.rating = Some(rating),
            Activity::Held(_) | Activity::Resumed => paper.held_at = paper.held_at.max(Some(at)),
            _ => {}
        }
    }

    fn clocks_turn(&mut self, report: &Report, feed: &mut Feed<'_>) -> Done {
        self.known_open(&report.ticket)?;
        let at = self.instant_of(report);
        let policy = self.policy.clone();
        feed.is_next("Reported");
        let paper = self.paper(&report.ticket);
        paper.revision = paper.revision.max(report.source_revision);
        let terms = terms(paper, &policy);
        match report.activity {
            Activity::CustomerMessage => paper.is_written_to(&terms, at),
            Activity::AgentReply => paper.is_answered(&terms, at),
            Activity::Held(reason) => paper.is_held(reason, &terms, at),
            Activity::Resumed => paper.goes_on(&terms, at),
            _ => unreachable!("nothing else turns only clocks"),
        }
        if matches!(report.activity, Activity::Held(_)) {
            self.drain(feed);
        }
        if let (Activity::CustomerMessage, Some(brought)) = (&report.activity, &report.brought) {
            let revision = brought.source_revision.max(report.source_revision);
            self.tell_again(&brought.ticket, revision, feed);
        }
        Ok(())
    }
}

/// The latest of what was said of a hold is what stands, whenever it is heard.
impl Paper {
    fn is_newest_of_holds(&self, at: Timestamp) -> bool {
        self.held_at.is_none_or(|held_at| held_at <= at)
    }

    fn is_written_to(&mut self, terms: &Terms, at: Timestamp) {
        if self.hold == Some(HoldReason::Customer) && self.is_newest_of_holds(at) {
            self.promises = self.promises.resumed(terms, at.millis());
            (self.hold, self.held_at) = (None, Some(at));
        }
        let is_answered = self.replied_at.is_some_and(|replied_at| at < replied_at);
        if !is_answered {
            let before = self.promises.next;
            self.promises = self.promises.asked(terms, at.millis());
            let is_new = self.promises.next != before;
            if let (true, Some(held_at), Some(_)) = (is_new, self.held_at, self.hold)
                && at < held_at
            {
                self.promises.next = self.promises.next.stopped(held_at.millis());
            }
        }
        self.asked_at = self.asked_at.max(Some(at));
    }

    fn is_answered(&mut self, terms: &Terms, at: Timestamp) {
        let opened = Promises::opened(terms, self.told.opened_at.millis());
        let asked_since = self.asked_at.is_some_and(|asked_at| at < asked_at);
        self.promises = if asked_since {
            self.promises.replied_before(&opened, at.millis())
        } else {
            self.promises.replied(&opened, at.millis())
        };
        self.replied_at = self.replied_at.max(Some(at));
    }

    /// A wait for the customer that is told of after the customer wrote is over.
    fn is_held(&mut self, reason: HoldReason, terms: &Terms, at: Timestamp) {
        if !self.is_newest_of_holds(at) {
            return;
        }
        self.promises = self.promises.held(at.millis());
        (self.hold, self.held_at) = (Some(reason), Some(at));
        let answered = self.asked_at.filter(|asked_at| at < *asked_at);
        if let (HoldReason::Customer, Some(asked_at)) = (reason, answered) {
            self.promises = self.promises.resumed(terms, asked_at.millis());
            (self.hold, self.held_at) = (None, Some(asked_at));
        }
    }

    fn goes_on(&mut self, terms: &Terms, at: Timestamp) {
        if self.is_newest_of_holds(at) {
            self.promises = self.promises.resumed(terms, at.millis());
            (self.hold, self.held_at) = (None, Some(at));
        }
    }
}

fn tells_of_before_its_end(paper: &Paper, report: &Report) -> bool {
    let Some(ended_at) = paper.ended_at else { return false };
    let is_rating = matches!(report.activity, Activity::Rated(_));
    !is_rating && report.happened_at.is_some_and(|at| at <= ended_at)
}

fn is_so_already(paper: &Paper, report: &Report) -> bool {
    let is_now = report.happened_at.is_none() || report.happened_at == paper.held_at;
    let is_open = paper.is_open();
    match &report.activity {
        Activity::Solved => {
            let State::Ended { closing, .. } = paper.state else { return false };
            matches!(closing, Closing::Solved | Closing::Completed)
        }
        Activity::Reopened => is_open,
        Activity::AssignedTo(agent) => paper.owner() == Some(agent),
        Activity::Held(reason) => is_open && is_now && paper.hold == Some(*reason),
        Activity::Resumed => is_open && is_now && paper.hold.is_none(),
        Activity::Returned => is_open && paper.away.is_none(),
        Activity::MergedInto(into) => paper.merged_into.as_ref() == Some(into),
        Activity::Rated(rating) => paper.rating == Some(*rating),
        Activity::Transferred(asked) => {
            let is_there = paper.away.as_ref().is_some_and(|away| {
                away.team == asked.team
                    && away.returns == asked.returns
                    && away.requirements == asked.requirements
            });
            is_there && asked.agent.as_ref().is_none_or(|agent| paper.owner() == Some(agent))
        }
        Activity::CustomerMessage | Activity::AgentReply | Activity::SplitInto(_) => false,
    }
}

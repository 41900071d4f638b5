//! The backend tells what it knows, and wins.

use switchyard_domain::desk::{Activity, IdRange, Known, KnownTicket, Report};
use switchyard_domain::ids::TicketId;

use super::intake::is_stale;
use super::{Feed, Model};

impl Model {
    pub(super) fn reconcile(&mut self, known: &Known, feed: &mut Feed<'_>) {
        for there in &known.tickets {
            self.mend(there, feed);
        }
        let Some(range) = &known.complete else { return };
        let is_listed = |id: &TicketId| known.tickets.iter().any(|there| there.ticket == *id);
        let open = self.papers.iter().filter(|(_, paper)| paper.is_open());
        let missing = open.map(|(id, _)| id).filter(|id| is_within(range, id) && !is_listed(id));
        for id in missing.cloned().collect::<Vec<_>>() {
            self.says(&id, Activity::Solved, 0, feed);
        }
    }

    fn mend(&mut self, there: &KnownTicket, feed: &mut Feed<'_>) {
        let (id, revision) = (&there.ticket, there.source_revision);
        let Some(here) = self.papers.get(id) else { return };
        if is_stale(revision, here.revision) {
            return;
        }
        if there.closed {
            if here.is_open() {
                self.says(id, Activity::Solved, revision, feed);
            }
            return;
        }
        if !here.is_open() {
            self.says(id, Activity::Reopened, revision, feed);
        }
        if let Some(owner) = there.owner.as_ref().filter(|owner| self.agents.contains_key(*owner))
            && self.papers[id].owner() != Some(owner)
        {
            self.says(id, Activity::AssignedTo(owner.clone()), revision, feed);
        }
        if self.papers[id].hold != there.hold {
            let said = there.hold.map_or(Activity::Resumed, Activity::Held);
            self.says(id, said, revision, feed);
        }
    }

    fn says(&mut self, id: &TicketId, activity: Activity, revision: u64, feed: &mut Feed<'_>) {
        let report = Report::now(id.clone(), activity, revision);
        self.report(&report, feed).expect("what differs can be reported");
    }
}

fn is_within(range: &IdRange, id: &TicketId) -> bool {
    range.after.as_ref().is_none_or(|after| after < id)
        && range.until.as_ref().is_none_or(|until| id <= until)
}

//! Reports of every kind, some of them late, some from a clock that is ahead.

use std::sync::Arc;

use switchyard_domain::desk::{Activity, Brought, Rating, Report, Transferral};
use switchyard_domain::ids::TicketId;
use switchyard_domain::time::Timestamp;

use super::tickets::{hold, requirement};
use super::{Source, TEAMS, minute, team_id};

impl Source {
    pub(super) fn report(&mut self) -> Report {
        let ticket = self.ticket_id();
        let activity = self.activity();
        let brought = self.brought(&ticket, &activity);
        let activity = match (activity, &brought) {
            (Activity::SplitInto(_), Some(part)) => Activity::SplitInto(part.ticket.id.clone()),
            (activity, _) => activity,
        };
        let (happened_at, source_revision) = (self.happened_at(), self.revision());
        Report { ticket, activity, happened_at, source_revision, brought }
    }

    fn happened_at(&mut self) -> Option<Timestamp> {
        let minutes = match self.dice.below(10) {
            0..6 => return None,
            6..8 => self.minutes - self.dice.within(0, 40),
            8 => self.minutes - self.dice.within(0, 900),
            _ => self.minutes + self.dice.within(0, 60),
        };
        Some(minute(minutes))
    }

    fn activity(&mut self) -> Activity {
        match self.dice.below(34) {
            0..4 => Activity::CustomerMessage,
            4..7 => Activity::AgentReply,
            7..11 => Activity::Held(hold(&mut self.dice)),
            11..14 => Activity::Resumed,
            14..16 => Activity::AssignedTo(self.agent_id()),
            16..18 => Activity::Solved,
            18..21 => Activity::Reopened,
            21..26 => Activity::Transferred(Box::new(self.transferral())),
            26..28 => Activity::Returned,
            28..30 => Activity::MergedInto(self.ticket_id()),
            30..32 => Activity::SplitInto(self.ticket_id()),
            _ => {
                let score = self.dice.within(1, 6) as i32;
                Activity::Rated(Rating::new(score).expect("a rating"))
            }
        }
    }

    fn transferral(&mut self) -> Transferral {
        Transferral {
            team: team_id(self.dice.one(&TEAMS)),
            agent: self.dice.hits(30).then(|| self.agent_id()),
            returns: self.dice.hits(60),
            requirements: self.dice.some(2, requirement),
        }
    }

    fn brought(&mut self, ticket: &TicketId, activity: &Activity) -> Option<Brought> {
        let id = match activity {
            Activity::CustomerMessage if self.dice.hits(50) => ticket.clone(),
            Activity::SplitInto(part) if part != ticket => part.clone(),
            _ => return None,
        };
        let brought = Arc::new(self.ticket_named(id));
        Some(Brought { ticket: brought, source_revision: self.revision() })
    }
}

//! Random histories: commands of every kind over few enough names to collide, many of them refused.

mod policies;
mod reports;
mod roster;
mod tickets;

use std::fmt;
use std::sync::Arc;

use switchyard_domain::agent::Team;
use switchyard_domain::desk::{Action, Closing, DeclineReason, Reach, ReleaseScope};
use switchyard_domain::ids::{AgentId, ChannelId, TeamId, TicketId};
use switchyard_domain::policy::Policy;
use switchyard_domain::time::{Span, Timestamp};

use crate::random::Dice;

/// 2026-06-03T11:00:00+08:00.
const START_MS: i64 = 1_780_455_600_000;

const TICKETS: [&str; 6] = ["t0", "t1", "t2", "t3", "t4", "t5"];
const AGENTS: [&str; 4] = ["a0", "a1", "a2", "a3"];
/// Teams that are pushed to, pull by themselves, and are only advised.
const TEAMS: [&str; 4] = ["back", "front", "hint", "pull"];

/// The instant so many minutes after the start.
pub(crate) fn minute(minutes: i64) -> Timestamp {
    Timestamp::from_millis(START_MS) + Span::from_minutes(minutes)
}

/// One command at its time.
#[derive(Clone)]
pub(crate) struct Step {
    pub(crate) at: Timestamp,
    pub(crate) action: Action,
}

/// A policy to begin with, and what happens then.
#[derive(Clone)]
pub(crate) struct History {
    pub(crate) policy: Arc<Policy>,
    pub(crate) steps: Vec<Step>,
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = (self.at.millis() - START_MS) / 60_000;
        write!(f, "{minutes:>6} min  {:?}", self.action)
    }
}

/// What a history is made with: chance, the time, and the tickets it is mostly about.
struct Source {
    dice: Dice,
    minutes: i64,
    favourites: [&'static str; 2],
    revision: u64,
}

/// The history of a seed.
pub(crate) fn history(seed: u64) -> History {
    let mut dice = Dice::new(seed);
    let favourites = [dice.one(&TICKETS), dice.one(&TICKETS)];
    let mut source = Source { dice, minutes: 0, favourites, revision: 0 };
    let policy = Arc::new(source.policy());
    let mut steps = source.beginning();
    let n_steps = source.dice.within(5, 60);
    steps.extend((0..n_steps).map(|_| source.step()));
    History { policy, steps }
}

impl Source {
    /// Most histories begin with teams and some agents, or nothing would ever be given to anybody.
    fn beginning(&mut self) -> Vec<Step> {
        let named: Vec<_> = TEAMS.into_iter().filter(|_| self.dice.hits(90)).collect();
        let teams = named.into_iter().map(|id| Action::UpsertTeam(team(id)));
        let mut actions: Vec<Action> = teams.collect();
        actions.push(Action::UpsertAgents(self.willing_agents()));
        actions.into_iter().map(|action| Step { at: minute(0), action }).collect()
    }

    fn step(&mut self) -> Step {
        self.minutes += self.pause();
        Step { at: minute(self.minutes), action: self.action() }
    }

    fn pause(&mut self) -> i64 {
        match self.dice.below(20) {
            0..7 => 0,
            7..16 => self.dice.within(0, 30),
            16..19 => self.dice.within(30, 400),
            _ => self.dice.within(400, 3_000),
        }
    }

    fn action(&mut self) -> Action {
        match self.dice.below(100) {
            0..16 => self.triage(),
            16..20 => {
                let (ticket, source_revision) = (self.ticket(), self.revision());
                Action::Advise { ticket, source_revision }
            }
            20..24 => Action::Adopt(Box::new(self.adoption())),
            24..60 => Action::Report(Box::new(self.report())),
            60..64 => Action::Reconcile(Box::new(self.known())),
            64..69 => Action::Assign { ticket: self.ticket_id(), agent: self.agent_id() },
            69..72 => Action::ClaimNext {
                agent: self.agent_id(),
                team: self.dice.maybe(40, |dice| team_id(dice.one(&TEAMS))),
            },
            72..76 => self.decline(),
            76..78 => Action::Release {
                agent: self.agent_id(),
                scope: self.dice.one(&[ReleaseScope::All, ReleaseScope::Unanswered]),
            },
            78..84 => Action::Close {
                ticket: self.ticket_id(),
                closing: self.dice.one(&[
                    Closing::Completed,
                    Closing::Completed,
                    Closing::Cancelled,
                    Closing::Solved,
                ]),
            },
            84..93 => self.roster_change(),
            93..96 => self.policy_change(),
            _ => Action::Tick,
        }
    }

    fn triage(&mut self) -> Action {
        let (ticket, source_revision) = (self.ticket(), self.revision());
        let reach = self.dice.one(&[Reach::Assign, Reach::ByPolicy]);
        Action::Triage { ticket, source_revision, reach }
    }

    fn decline(&mut self) -> Action {
        let reasons = [DeclineReason::Busy, DeclineReason::WrongTeam, DeclineReason::Other];
        let (ticket, agent) = (self.ticket_id(), self.agent_id());
        Action::Decline { ticket, agent, reason: self.dice.one(&reasons) }
    }

    fn ticket_id(&mut self) -> TicketId {
        let name = if self.dice.hits(60) {
            self.dice.one(&self.favourites.clone())
        } else {
            self.dice.one(&TICKETS)
        };
        TicketId::new(name).expect("a valid id")
    }

    fn agent_id(&mut self) -> AgentId {
        agent_id(self.dice.one(&AGENTS))
    }

    /// Mostly unknown, mostly rising, now and then an old one.
    fn revision(&mut self) -> u64 {
        match self.dice.below(10) {
            0..6 => 0,
            6..9 => {
                self.revision += 1;
                self.revision
            }
            _ => self.dice.below(self.revision + 1),
        }
    }
}

fn agent_id(id: &str) -> AgentId {
    AgentId::new(id).expect("a valid id")
}

fn team_id(id: &str) -> TeamId {
    TeamId::new(id).expect("a valid id")
}

fn channel(dice: &mut Dice) -> ChannelId {
    ChannelId::new(dice.one(&["chat", "phone"])).expect("a valid id")
}

fn team(id: &str) -> Team {
    Team { id: team_id(id), display_name: String::new() }
}

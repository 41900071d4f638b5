//! Calls drawn at random: over few names, many of them refused.

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::activity::{self, Kind};

use super::asking::Ask;
use crate::samples;

pub(super) const TICKETS: [&str; 6] = ["T-0", "T-1", "T-2", "T-3", "T-4", "T-5"];
pub(super) const AGENTS: [&str; 3] = ["ann", "bo", "cy"];
pub(super) const TEAMS: [&str; 2] = ["back", "front"];

/// Numbers that follow from a seed (`SplitMix64`), and request ids that never come twice.
#[derive(Debug)]
pub(crate) struct Drawer {
    state: u64,
    n_asked: u64,
}

impl Drawer {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed, n_asked: 0 }
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % n as u64) as usize
    }

    pub(crate) fn hits(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn name(&mut self, of: &[&str]) -> String {
        of[self.below(of.len())].to_owned()
    }

    fn sometimes(&mut self, percent: usize, of: &[&str]) -> String {
        if self.hits(percent) { self.name(of) } else { String::new() }
    }

    /// An id for the next request, and the actor that goes by it.
    pub(super) fn next_request(&mut self) -> (String, Option<pb::Actor>) {
        self.n_asked += 1;
        let name = format!("request-{}", self.n_asked);
        let actor = pb::Actor { kind: pb::actor::Kind::Person as i32, name: name.clone() };
        (name, Some(actor))
    }

    pub(super) fn ask(&mut self) -> Ask {
        let (request_id, actor) = self.next_request();
        let (ticket_id, agent) = (self.name(&TICKETS), self.name(&AGENTS));
        match self.below(20) {
            0..5 => {
                let mode = [pb::Mode::Assign, pb::Mode::Assign, pb::Mode::Advise][self.below(3)];
                let ticket = Some(self.ticket(&ticket_id));
                Ask::Triage(pb::TriageRequest {
                    ticket,
                    mode: mode as i32,
                    request_id,
                    actor,
                    ..pb::TriageRequest::default()
                })
            }
            5..14 => {
                let activity = Some(pb::Activity { kind: Some(self.activity(&ticket_id)) });
                let asked = pb::ReportActivityRequest { ticket_id, activity, ..Default::default() };
                Ask::Report(pb::ReportActivityRequest { request_id, actor, ..asked })
            }
            14..16 => Ask::Assign(pb::AssignRequest {
                ticket_id,
                agent,
                request_id,
                actor,
                ..Default::default()
            }),
            16 => Ask::Complete(pb::CompleteRequest {
                ticket_id,
                request_id,
                actor,
                ..Default::default()
            }),
            17 => Ask::Cancel(pb::CancelRequest {
                ticket_id,
                request_id,
                actor,
                ..Default::default()
            }),
            18 => {
                let reason = pb::DeclineReason::Busy as i32;
                Ask::Decline(pb::DeclineRequest { ticket_id, agent, reason, request_id, actor })
            }
            _ if self.hits(70) => {
                let team = self.sometimes(30, &TEAMS);
                Ask::Claim(pb::ClaimNextRequest { agent, team, request_id, actor })
            }
            _ => {
                let scope = pb::ReleaseScope::All as i32;
                Ask::Release(pb::ReleaseAgentRequest { agent, scope, request_id, actor })
            }
        }
    }

    fn ticket(&mut self, id: &str) -> pb::Ticket {
        let team = self.sometimes(40, &TEAMS);
        let excluded_agents = Vec::from_iter(self.hits(10).then(|| self.name(&AGENTS)));
        let routing = pb::RoutingWishes { team, excluded_agents, ..Default::default() };
        pb::Ticket { routing: Some(routing), ..samples::ticket(id) }
    }

    fn activity(&mut self, about: &str) -> Kind {
        match self.below(16) {
            0..2 => {
                let ticket = self.hits(50).then(|| self.ticket(about));
                Kind::CustomerMessage(activity::CustomerMessage { ticket })
            }
            2 => Kind::AgentReply(activity::AgentReply {}),
            3..5 => self.hold(),
            5 => Kind::Resume(activity::Resume {}),
            6 => {
                let agent = self.name(&AGENTS);
                Kind::AssignedByPerson(activity::AssignedByPerson { agent })
            }
            7 => Kind::Solved(activity::Solved {}),
            8..10 => Kind::Reopened(activity::Reopened {}),
            10..12 => Kind::Transferred(activity::Transferred {
                team: self.name(&TEAMS),
                agent: self.sometimes(30, &AGENTS),
                returns: self.hits(60),
                requirements: Vec::new(),
            }),
            12 => Kind::Returned(activity::Returned {}),
            13 => Kind::Merged(activity::Merged { into: self.name(&TICKETS) }),
            14 => {
                let part = TICKETS.into_iter().find(|id| *id != about).expect("another");
                Kind::Split(activity::Split { ticket: Some(self.ticket(part)) })
            }
            _ => Kind::Rated(activity::Rated { score: 1 + self.below(5) as i32 }),
        }
    }

    fn hold(&mut self) -> Kind {
        let reason = [pb::HoldReason::Customer, pb::HoldReason::Internal][self.below(2)] as i32;
        Kind::Hold(activity::Hold { reason })
    }

    /// What is told in revisions, and may come in any order.
    pub(super) fn in_revisions(&mut self) -> Kind {
        match self.below(3) {
            0 => Kind::AgentReply(activity::AgentReply {}),
            1 => self.hold(),
            _ => Kind::Resume(activity::Resume {}),
        }
    }

    /// What takes effect on any open ticket, if nothing changed since its etag.
    pub(super) fn if_unchanged(&mut self, ticket_id: &str, etag: &str) -> Ask {
        let (request_id, actor) = self.next_request();
        let (ticket_id, etag) = (ticket_id.to_owned(), etag.to_owned());
        match self.below(3) {
            0 => {
                let agent = self.name(&AGENTS);
                Ask::Assign(pb::AssignRequest { ticket_id, agent, request_id, actor, etag })
            }
            1 => Ask::Complete(pb::CompleteRequest { ticket_id, request_id, actor, etag }),
            _ => Ask::Cancel(pb::CancelRequest { ticket_id, request_id, actor, etag }),
        }
    }
}

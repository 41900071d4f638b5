//! What happens at one tenant's desk, call by call.

use std::time::Duration;

use futures_util::future::join_all;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::TicketState as State;
use tonic::Code;

use super::asking::{Answer, Ask, Said, of};
use super::drawing::{AGENTS, Drawer, TEAMS, TICKETS};
use super::ledger::Ledger;
use crate::harness::Harness;
use crate::samples;

/// Calls of one act.
const CALLS: usize = 14;

/// One tenant's history.
#[derive(Debug)]
pub(super) struct History {
    seed: u64,
    tenant: String,
    drawer: Drawer,
    done: Vec<(Ask, Answer)>,
    /// Calls whose callers left before they were answered.
    unheard: Vec<Ask>,
    ledger: Ledger,
}

impl History {
    pub(super) fn of(seed: u64) -> Self {
        Self {
            seed,
            tenant: format!("tenant-{seed}"),
            drawer: Drawer::new(seed),
            done: Vec::new(),
            unheard: Vec::new(),
            ledger: Ledger::default(),
        }
    }

    /// Two teams, and agents who soon have no room left.
    pub(super) async fn begin(&mut self, harness: &Harness) {
        for id in TEAMS {
            let team = Some(pb::Team { id: id.to_owned(), ..Default::default() });
            let request = of(&self.tenant, pb::UpsertTeamRequest { team, actor: None });
            harness.roster().upsert_team(request).await.expect("a team");
        }
        let mut agents = Vec::new();
        for id in AGENTS {
            let mut agent = samples::agent(id, self.drawer.below(4) as f64);
            agent.teams = TEAMS.iter().map(|id| (*id).to_owned()).collect();
            agents.push(agent);
        }
        // The last one's shift begins and ends meanwhile.
        let (start, end) =
            (samples::at("2026-06-03T10:05:00Z"), samples::at("2026-06-03T10:40:00Z"));
        let shift = pb::Interval { start_time: Some(start), end_time: Some(end) };
        let shifts = pb::DatedShifts { shifts: vec![shift] };
        agents[2].schedule = Some(pb::agent::Schedule::DatedShifts(shifts));
        let request = pb::BatchUpsertAgentsRequest { agents, ..Default::default() };
        harness.roster().batch_upsert_agents(of(&self.tenant, request)).await.expect("agents");
    }

    /// Some calls, the last of which may be cut short by what comes after the act.
    pub(super) async fn act(&mut self, harness: &Harness) {
        for _ in 0..CALLS {
            match self.drawer.below(100) {
                0..50 => self.call(harness).await,
                50..62 => self.call_at_once(harness).await,
                62..74 => self.call_again(harness).await,
                74..79 => self.call_otherwise(harness).await,
                79..86 => self.race(harness).await,
                86..93 => self.out_of_order(harness).await,
                93 => self.change_presence(harness).await,
                94 => self.adopt(harness).await,
                95 => self.reconcile(harness).await,
                96 => harness.pass_minutes(1),
                _ => self.leave_early(harness).await,
            }
        }
        self.leave_early(harness).await;
    }

    async fn call(&mut self, harness: &Harness) {
        let ask = self.drawer.ask();
        let answer = ask.ask(harness, &self.tenant).await;
        assert!(!answer.replayed, "{self:?}: {ask:?} was never asked before");
        self.done.push((ask, answer));
    }

    /// The same call several times at once is one call.
    async fn call_at_once(&mut self, harness: &Harness) {
        let ask = self.drawer.ask();
        let n_calls = 2 + self.drawer.below(3);
        let calls = (0..n_calls).map(|_| ask.ask(harness, &self.tenant));
        let answers = join_all(calls).await;
        let first = answers[0].clone();
        let alike = answers.iter().all(|answer| answer.said == first.said);
        assert!(alike, "{}: {ask:?} was told {answers:?}", self.seed);
        if let Said::Done { .. } = first.said {
            let n_done = answers.iter().filter(|answer| !answer.replayed).count();
            assert_eq!(n_done, 1, "{}: {ask:?} was told {answers:?}", self.seed);
        }
        self.done.push((ask, first));
    }

    /// What was done is told again; what was refused may be done by now.
    async fn call_again(&mut self, harness: &Harness) {
        if self.done.is_empty() {
            return;
        }
        let at = self.drawer.below(self.done.len());
        let (ask, first) = self.done[at].clone();
        let again = ask.ask(harness, &self.tenant).await;
        match first.said {
            Said::Done { .. } => self.is_told_again(&ask, &first, &again),
            Said::Refused { .. } => self.done[at].1 = again,
        }
    }

    fn is_told_again(&self, ask: &Ask, first: &Answer, again: &Answer) {
        assert!(again.replayed, "{}: {ask:?} was done again: {again:?}", self.seed);
        assert_eq!(again.said, first.said, "{}: {ask:?}", self.seed);
    }

    async fn call_otherwise(&mut self, harness: &Harness) {
        let is_done = |answer: &Answer| matches!(answer.said, Said::Done { .. });
        let done: Vec<_> = self.done.iter().filter(|(_, answer)| is_done(answer)).collect();
        if done.is_empty() {
            return;
        }
        let other = done[self.drawer.below(done.len())].0.with_another_body();
        let answer = other.ask(harness, &self.tenant).await;
        let reason = "REQUEST_ID_REUSED".to_owned();
        let refused = Said::Refused { code: Code::InvalidArgument, reason };
        assert_eq!(answer.said, refused, "{}: {other:?}", self.seed);
    }

    /// Two who rest on the same etag: one of them wins.
    async fn race(&mut self, harness: &Harness) {
        // A call whose caller left may still be under way, and would win.
        self.hear(harness).await;
        let Some(ticket) = self.open_ticket(harness).await else { return };
        let asks = [0, 1].map(|_| self.drawer.if_unchanged(&ticket.id, &ticket.etag));
        let answers = join_all(asks.iter().map(|ask| ask.ask(harness, &self.tenant))).await;
        let lost = Said::Refused { code: Code::Aborted, reason: "ETAG_MISMATCH".to_owned() };
        let won = |answer: &&Answer| matches!(answer.said, Said::Done { .. });
        let n_lost = answers.iter().filter(|answer| answer.said == lost).count();
        let n_won = answers.iter().filter(won).count();
        assert_eq!((n_won, n_lost), (1, 1), "{}: {asks:?} were told {answers:?}", self.seed);
        self.done.extend(asks.into_iter().zip(answers));
    }

    /// Three revisions in any order, each twice: only what is newer than all before counts.
    async fn out_of_order(&mut self, harness: &Harness) {
        // A call whose caller left may still be under way, and would close it meanwhile.
        self.hear(harness).await;
        let Some(ticket) = self.open_ticket(harness).await else { return };
        let mut newest = ticket.source_revision;
        for _ in 0..6 {
            let source_revision = ticket.source_revision + 1 + self.drawer.below(3) as u64;
            let (request_id, actor) = self.drawer.next_request();
            let kind = Some(self.drawer.in_revisions());
            let ask = Ask::Report(pb::ReportActivityRequest {
                ticket_id: ticket.id.clone(),
                activity: Some(pb::Activity { kind }),
                source_revision,
                request_id,
                actor,
                ..Default::default()
            });
            let answer = ask.ask(harness, &self.tenant).await;
            let Said::Done { changed, .. } = answer.said else {
                panic!("{}: {ask:?} was told {answer:?}", self.seed)
            };
            assert!(!changed || newest <= source_revision, "{}: {ask:?} is old", self.seed);
            newest = newest.max(source_revision);
            self.done.push((ask, answer));
        }
        let known = self.ticket(harness, &ticket.id).await.expect("an open ticket");
        assert_eq!(known.source_revision, newest, "{}", self.seed);
    }

    async fn change_presence(&mut self, harness: &Harness) {
        let presence = [pb::Presence::Online, pb::Presence::Offline][self.drawer.below(2)] as i32;
        let agent = self.drawer.name(&AGENTS);
        let request = pb::SetPresenceRequest { agent, presence, ..Default::default() };
        harness.roster().set_presence(of(&self.tenant, request)).await.expect("noted");
    }

    async fn adopt(&mut self, harness: &Harness) {
        let ticket = Some(samples::ticket(&self.drawer.name(&TICKETS)));
        let agent = self.drawer.name(&AGENTS);
        let adopted = pb::AdoptedTicket { ticket, agent, ..Default::default() };
        let request = pb::BatchAdoptTicketsRequest { tickets: vec![adopted], actor: None };
        harness.desk().batch_adopt_tickets(of(&self.tenant, request)).await.expect("an answer");
    }

    /// What was mended differs no more.
    async fn reconcile(&mut self, harness: &Harness) {
        let id = self.drawer.name(&TICKETS);
        let agent = self.drawer.name(&AGENTS);
        let closed = self.drawer.hits(30);
        let known = pb::KnownTicket { id, agent, closed, ..Default::default() };
        let request = pb::ReconcileRequest { tickets: vec![known], ..Default::default() };
        for round in 0..2 {
            let asked = of(&self.tenant, request.clone());
            let answer = harness.desk().reconcile(asked).await.expect("reconciled").into_inner();
            let mended = answer.differences.iter().filter(|differs| differs.mended).count();
            let can_be = |differs: &&pb::Difference| {
                use pb::DifferenceKind as Kind;
                !matches!(differs.kind(), Kind::UnknownHere | Kind::OlderThere)
            };
            let mendable = answer.differences.iter().filter(can_be).count();
            let wanted = if round == 0 { mendable } else { 0 };
            assert_eq!((mended, mendable), (wanted, wanted), "{}: {answer:?}", self.seed);
        }
    }

    /// Calls made, and those of them that were done.
    pub(super) fn n_done(&self) -> (usize, usize) {
        let is_done = |(_, answer): &&(Ask, Answer)| matches!(answer.said, Said::Done { .. });
        (self.done.len(), self.done.iter().filter(is_done).count())
    }

    /// A caller who hangs up asks again after the server was started again.
    async fn leave_early(&mut self, harness: &Harness) {
        let ask = self.drawer.ask();
        let patience = Duration::from_micros(self.drawer.below(1_500) as u64);
        match tokio::time::timeout(patience, ask.ask(harness, &self.tenant)).await {
            Ok(answer) => self.done.push((ask, answer)),
            Err(_) => self.unheard.push(ask),
        }
    }

    async fn open_ticket(&mut self, harness: &Harness) -> Option<pb::TicketStatus> {
        let id = self.drawer.name(&TICKETS);
        let ticket = self.ticket(harness, &id).await?;
        let is_open = matches!(ticket.state(), State::Queued | State::Active | State::Advised);
        is_open.then_some(ticket)
    }

    async fn ticket(&self, harness: &Harness, id: &str) -> Option<pb::TicketStatus> {
        let request = pb::GetTicketRequest { id: id.to_owned(), ..Default::default() };
        let answer = harness.desk().get_ticket(of(&self.tenant, request)).await;
        answer.ok().and_then(|answer| answer.into_inner().ticket)
    }

    /// Callers who left before they were answered ask again, and are.
    async fn hear(&mut self, harness: &Harness) {
        for ask in std::mem::take(&mut self.unheard) {
            let answer = ask.ask(harness, &self.tenant).await;
            self.done.push((ask, answer));
        }
    }

    /// After a restart: what was done is still there, once, and is told again.
    pub(super) async fn check(&mut self, harness: &Harness) {
        self.hear(harness).await;
        for (ask, first) in &self.done {
            if let Said::Done { .. } = first.said {
                let again = ask.ask(harness, &self.tenant).await;
                self.is_told_again(ask, first, &again);
            }
        }
        self.ledger.read_on(harness, &self.tenant).await;
        self.ledger.is_what_is_listed(harness, &self.tenant).await;
        for (ask, answer) in &self.done {
            self.ledger.has_once(ask, answer, self.seed);
        }
    }
}

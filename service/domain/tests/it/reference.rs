//! Routing as the contract tells it, agent by agent and name by name, against the way it goes
//! over rows and columns.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use switchyard_domain::agent::{Agent, Presence, Seniority};
use switchyard_domain::desk::{Action, Desk};
use switchyard_domain::ids::{AgentId, SkillId};
use switchyard_domain::load::Load;
use switchyard_domain::policy::RoutingPolicy;
use switchyard_domain::roster::Seat;
use switchyard_domain::routing::{
    CANDIDATES_KEPT, Candidate, Cost, Exclusion, Need, Ranking, Verdict, explain, route,
};
use switchyard_domain::skill::{Requirement, RequirementKind};
use switchyard_domain::ticket::Tier;
use switchyard_domain::time::Timestamp;

use crate::fixture::minute;
use crate::history::{agent, history, policy, ticket};
use crate::properties::{at_work, cases, run};

struct Reference<'a> {
    desk: &'a Desk,
    need: Need<'a>,
    policy: &'a RoutingPolicy,
    now: Timestamp,
}

impl Reference<'_> {
    fn verdict(&self, seat: &Seat) -> Verdict {
        match self.exclusion(seat) {
            Some(exclusion) => Verdict::Excluded(exclusion),
            None => Verdict::Eligible(self.cost(seat)),
        }
    }

    fn exclusion(&self, seat: &Seat) -> Option<Exclusion> {
        let (agent, need) = (seat.agent(), &self.need);
        if need.excluded.contains(&agent.id) {
            return Some(Exclusion::ExcludedByCaller);
        }
        if need.team.is_some_and(|team| !agent.teams.contains(team)) {
            return Some(Exclusion::OtherTeam);
        }
        match agent.presence {
            Some(Presence::Away) => return Some(Exclusion::Away),
            Some(Presence::Offline) => return Some(Exclusion::Offline),
            Some(Presence::Online) | None => {}
        }
        let window = agent.schedule.window_at(self.now);
        let left = window.until - self.now;
        if !window.on {
            return Some(Exclusion::OffShift { starts: window.until });
        }
        if left < self.policy.min_shift_left {
            return Some(Exclusion::ShiftEnding { left });
        }
        if !agent.languages.serve(need.language) {
            return Some(Exclusion::Language);
        }
        self.lacking(agent).or_else(|| self.full(seat))
    }

    fn lacking(&self, agent: &Agent) -> Option<Exclusion> {
        for (place, asked) in self.need.requirements.iter().enumerate() {
            let (requirement, held) = (place as u8, self.level(agent, &asked.skill));
            if asked.kind == RequirementKind::Preferred || held >= asked.min_level.get() {
                continue;
            }
            return Some(match held {
                0 => Exclusion::SkillMissing { requirement },
                held => Exclusion::SkillTooLow { requirement, held },
            });
        }
        None
    }

    fn full(&self, seat: &Seat) -> Option<Exclusion> {
        let weight = self.need.weight;
        let room = seat.load().room_below(seat.limit());
        if room < weight {
            return Some(Exclusion::AtCapacity { room });
        }
        let limit = seat.agent().capacity.per_channel.get(self.need.channel)?;
        let owned = self.desk.cases().values().filter(|case| {
            case.owner() == Some(&seat.agent().id) && case.ticket.channel == *self.need.channel
        });
        let owned = owned.fold(Load::ZERO, |sum, case| sum + case.load(self.desk.policy()));
        let room = owned.room_below(*limit);
        (room < weight).then_some(Exclusion::ChannelAtCapacity { room })
    }

    fn level(&self, agent: &Agent, skill: &SkillId) -> u8 {
        let held = agent.skills.get(skill);
        let held = held.filter(|held| held.expires.is_none_or(|expires| self.now < expires));
        held.map_or(0, |held| held.level.get())
    }

    fn asked(&self, kind: RequirementKind) -> impl Iterator<Item = &Requirement> {
        self.need.requirements.iter().filter(move |asked| asked.kind == kind)
    }

    fn cost(&self, seat: &Seat) -> Cost {
        let permille = [
            self.shortfall(seat.agent()),
            self.over_qualification(seat.agent()),
            self.affinity(seat.agent()),
            self.load(seat),
            self.distance(seat.agent()),
            self.juniority(seat.agent()),
            self.inexperience(seat.agent()),
        ];
        let weights = self.policy.weights.0;
        Cost(std::array::from_fn(|part| (i64::from(weights[part]) * permille[part] / 1_000) as i32))
    }

    fn shortfall(&self, agent: &Agent) -> i64 {
        let missing = self.asked(RequirementKind::Preferred).map(|asked| {
            let (wanted, held) = (asked.min_level.get(), self.level(agent, &asked.skill));
            let short = i64::from(wanted.saturating_sub(held));
            i64::from(asked.weight_permille) * 1_000 * short / i64::from(wanted)
        });
        let whole = self.asked(RequirementKind::Preferred).map(|a| i64::from(a.weight_permille));
        missing.sum::<i64>().checked_div(whole.sum()).unwrap_or(0)
    }

    fn over_qualification(&self, agent: &Agent) -> i64 {
        let above = self.asked(RequirementKind::Required).map(|asked| {
            let held = self.level(agent, &asked.skill);
            i64::from(held.saturating_sub(asked.min_level.get()))
        });
        let n_asked = self.asked(RequirementKind::Required).count() as i64;
        (above.sum::<i64>() * 1_000).checked_div(4 * n_asked).unwrap_or(0)
    }

    fn affinity(&self, agent: &Agent) -> i64 {
        let last = self.need.last_agent.filter(|last| self.desk.roster().seat(last).is_some());
        if last.is_some_and(|last| *last != agent.id) { 1_000 } else { 0 }
    }

    fn load(&self, seat: &Seat) -> i64 {
        let after = i64::from((seat.load() + self.need.weight).milli());
        (after * 1_000 / i64::from(seat.limit().milli()).max(1)).min(1_000)
    }

    fn distance(&self, agent: &Agent) -> i64 {
        let full = f64::from(self.policy.distance_full_km.max(1));
        match (self.need.place, agent.place) {
            (None, _) => 0,
            (Some(_), None) => 1_000,
            (Some(there), Some(here)) => {
                (here.distance_km(there) / full * 1_000.0).min(1_000.0) as i64
            }
        }
    }

    fn inexperience(&self, agent: &Agent) -> i64 {
        let of = |id: &AgentId| self.need.experience.iter().find(|(who, _)| *who == id);
        let anybody = self.desk.roster().seats().iter().any(|seat| of(&seat.agent().id).is_some());
        if !anybody {
            return 0;
        }
        1_000 - i64::from(of(&agent.id).map_or(0, |(_, permille)| permille))
    }

    fn juniority(&self, agent: &Agent) -> i64 {
        match (self.need.tier, agent.seniority) {
            (Tier::Standard | Tier::Premium, _) | (Tier::Vip, Seniority::Senior) => 0,
            (Tier::Vip, Seniority::Regular) => 500,
            (Tier::Vip, Seniority::Junior) => 1_000,
        }
    }

    /// Every agent's verdict, best candidates first, then the excluded by id.
    fn explanation(&self) -> Vec<(&Seat, Verdict)> {
        let seats = self.desk.roster().seats().iter();
        let mut verdicts: Vec<_> = seats.map(|seat| (seat, self.verdict(seat))).collect();
        verdicts.sort_by_key(|(seat, verdict)| match verdict {
            Verdict::Eligible(cost) => (false, cost.total(), seat.last_assigned_at()),
            Verdict::Excluded(_) => (true, 0, None),
        });
        verdicts
    }

    fn ranking(&self) -> Ranking {
        let mut ranking = Ranking::default();
        for (seat, verdict) in self.explanation() {
            match verdict {
                Verdict::Excluded(exclusion) => ranking.excluded.0[exclusion.kind()] += 1,
                Verdict::Eligible(cost) => {
                    ranking.n_eligible += 1;
                    ranking.candidates.push(Candidate { agent: seat.agent().id.clone(), cost });
                }
            }
        }
        ranking.candidates.truncate(CANDIDATES_KEPT);
        ranking
    }
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn rows_and_columns_say_what_the_agents_themselves_would(
        steps in history(40),
        joined in vec(agent(), 0..12),
        policy in policy(),
        tickets in vec(ticket(), 1..12),
        minutes in -2_000i64..20_000,
    ) {
        let mut desk = at_work();
        for step in steps {
            run(&mut desk, step);
        }
        // Twelve names more, so that the few best are not all there are.
        for (n, mut agent) in joined.into_iter().enumerate() {
            agent.id = crate::fixture::agent_id(&format!("b{n}"));
            run(&mut desk, (0, Action::UpsertAgents(vec![Arc::new(agent)])));
        }
        let (desk, now) = (&desk.desk, minute(minutes));
        for ticket in &tickets {
            let need = Need::of(ticket, &policy);
            let reference = Reference { desk, need, policy: &policy.routing, now };
            let verdicts = explain(desk.roster(), &need, &policy.routing, now);
            let wanted = reference.explanation().into_iter();
            let wanted: Vec<_> = wanted.map(|(seat, verdict)| (seat.agent().id.clone(), verdict)).collect();
            prop_assert_eq!(verdicts, wanted);
            prop_assert_eq!(route(desk.roster(), &need, &policy.routing, now), reference.ranking());
        }
    }
}

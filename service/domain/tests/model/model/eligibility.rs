//! Who may have a ticket, agent by agent.

use switchyard_domain::agent::{Agent, Presence};
use switchyard_domain::assessment::Language;
use switchyard_domain::hours::Interval;
use switchyard_domain::ids::{AgentId, ChannelId};
use switchyard_domain::schedule::Schedule;
use switchyard_domain::skill::RequirementKind;
use switchyard_domain::time::Timestamp;

use super::{Model, Paper};

impl Model {
    /// Those whom the desk may give a ticket to at this moment.
    pub(super) fn eligible(&self, paper: &Paper) -> Vec<&AgentId> {
        let agents = self.agents.values();
        let free = agents.filter(|agent| !agent.intake_paused && self.may_have(agent, paper));
        free.map(|agent| &agent.id).collect()
    }

    pub(super) fn is_eligible(&self, agent: &AgentId, paper: &Paper) -> bool {
        self.eligible(paper).contains(&agent)
    }

    /// Whether an agent may take a ticket by themselves: a paused intake does not matter.
    pub(super) fn may_have(&self, agent: &Agent, paper: &Paper) -> bool {
        !paper.excluded().contains(&agent.id)
            && paper.team(&self.policy).is_none_or(|team| agent.teams.contains(team))
            && self.is_there(agent)
            && speaks(agent, paper.told.assessment.language)
            && self.can(agent, paper)
            && self.has_room(agent, paper)
    }

    fn is_there(&self, agent: &Agent) -> bool {
        let is_away = matches!(agent.presence, Some(Presence::Away | Presence::Offline));
        let soon = self.now + self.policy.routing.min_shift_left;
        !is_away && on_shift(&agent.schedule, self.now, soon)
    }

    fn can(&self, agent: &Agent, paper: &Paper) -> bool {
        let asked = paper.requirements(&self.policy);
        let level = |skill| agent.skills.get(skill).map_or(0, |held| held.level.get());
        (asked.iter())
            .filter(|asked| asked.kind == RequirementKind::Required)
            .all(|asked| level(&asked.skill) >= asked.min_level.get())
    }

    fn has_room(&self, agent: &Agent, paper: &Paper) -> bool {
        let (weight, channel) = (paper.weight(&self.policy), &paper.told.channel);
        let fits = |load: u64, limit: u64| load + weight <= limit;
        let on_channel = agent.capacity.per_channel.get(channel).is_none_or(|limit| {
            fits(self.owned(&agent.id, Some(channel)), u64::from(limit.milli()))
        });
        on_channel && fits(self.load(agent), self.limit(agent))
    }

    pub(crate) fn limit(&self, agent: &Agent) -> u64 {
        let limit = agent.capacity.total.unwrap_or(self.policy.routing.default_capacity);
        u64::from(limit.milli())
    }

    /// All that weighs on an agent, what others report included.
    pub(crate) fn load(&self, agent: &Agent) -> u64 {
        u64::from(agent.external_load.milli()) + self.owned(&agent.id, None)
    }

    fn owned(&self, agent: &AgentId, channel: Option<&ChannelId>) -> u64 {
        let theirs = self.papers.values().filter(|paper| paper.owner() == Some(agent));
        let counted = theirs.filter(|paper| channel.is_none_or(|c| paper.told.channel == *c));
        counted.map(|paper| paper.load(&self.policy)).sum()
    }

    pub(crate) fn n_owned(&self, agent: &AgentId) -> u32 {
        self.papers.values().filter(|paper| paper.owner() == Some(agent)).count() as u32
    }
}

/// On shift now and until that instant at least; shifts that touch are one.
fn on_shift(schedule: &Schedule, now: Timestamp, until: Timestamp) -> bool {
    match schedule {
        Schedule::Always => true,
        Schedule::Dated(shifts) => {
            let mut end = now;
            while let Some(shift) = shifts.iter().find(|shift| reaches_past(shift, end)) {
                end = shift.end;
            }
            now < end && until <= end
        }
        Schedule::Rota(_) => panic!("histories have no rotas"),
    }
}

fn reaches_past(shift: &Interval, at: Timestamp) -> bool {
    shift.start <= at && at < shift.end
}

fn speaks(agent: &Agent, language: Language) -> bool {
    let tags: Vec<_> = agent.languages.tags().collect();
    match language {
        Language::En => tags.is_empty() || tags.contains(&"en"),
        Language::ZhHans => tags.is_empty() || tags.contains(&"zh-Hans"),
        Language::ZhHant | Language::Mixed | Language::Und => {
            panic!("histories are in two languages")
        }
    }
}

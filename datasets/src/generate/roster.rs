//! Agents as a support operation has them: teams, skills, languages, shifts.

use super::random::Random;

/// How large and how mixed a roster is.
#[derive(Debug, Clone, PartialEq)]
pub struct RosterSettings {
    /// How many agents.
    pub n_agents: usize,
    /// How many teams; agents are spread evenly.
    pub n_teams: usize,
    /// How many different skills there are.
    pub n_skills: usize,
    /// How many of them an agent has, at most; at least one.
    pub skills_max: usize,
    /// The time zones teams sit in, IANA names; a team has one.
    pub zones: Vec<&'static str>,
    /// The share of agents who speak Chinese, `0..=1`.
    pub chinese_share: f64,
    /// The share of agents who speak English, `0..=1`; who speaks neither speaks Chinese.
    pub english_share: f64,
}

impl Default for RosterSettings {
    /// Fifty agents in five teams, most of them bilingual.
    fn default() -> Self {
        Self {
            n_agents: 50,
            n_teams: 5,
            n_skills: 12,
            skills_max: 4,
            zones: vec!["Asia/Shanghai", "Europe/London", "America/New_York"],
            chinese_share: 0.7,
            english_share: 0.7,
        }
    }
}

/// Teams and their agents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// Teams in order of id.
    pub teams: Vec<Team>,
    /// Agents in order of id.
    pub agents: Vec<Agent>,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// `team-1` and on.
    pub id: String,
    /// The zone its shifts are written in.
    pub zone: &'static str,
}

/// An agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// `agent-00001` and on.
    pub id: String,
    /// The team, by its place in [`Roster::teams`].
    pub team_idx: usize,
    /// Skills with their levels, 1–5; each skill once, in order.
    pub skills: Vec<(String, u8)>,
    /// `zh`, `en` or both.
    pub languages: Vec<&'static str>,
    /// The week's shifts in the team's zone.
    pub rota: Vec<WeeklyShift>,
    /// How many open tickets the agent holds at most, 3–8.
    pub capacity: u32,
    /// 1 (new) to 3 (senior).
    pub seniority: u8,
}

/// A shift of every week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeeklyShift {
    /// 0 is Monday.
    pub weekday: u8,
    /// Minutes after midnight in the team's zone.
    pub start_min: u16,
    /// How long, in minutes; may reach into the next day.
    pub length_min: u16,
}

/// Starts of the three shifts in minutes after midnight: early, late, night.
const SHIFT_STARTS: [u16; 3] = [8 * 60, 14 * 60, 22 * 60];
/// How often each is worked; nights need few people.
const SHIFT_WEIGHTS: [f64; 3] = [0.5, 0.35, 0.15];
/// A shift's length in minutes.
const SHIFT_LENGTH: u16 = 8 * 60;
/// Days worked in a week.
const WORKDAYS: u8 = 5;

/// The roster of a seed.
pub fn roster(settings: &RosterSettings, seed: u64) -> Roster {
    let mut random = Random::new(seed);
    let teams =
        (0..settings.n_teams.max(1)).map(|at| team(at, &settings.zones)).collect::<Vec<_>>();
    let agents = (0..settings.n_agents).map(|at| agent(at, teams.len(), settings, &mut random));
    Roster { agents: agents.collect(), teams }
}

fn team(at: usize, zones: &[&'static str]) -> Team {
    let zone = zones.get(at % zones.len().max(1)).copied().unwrap_or("UTC");
    Team { id: format!("team-{}", at + 1), zone }
}

fn agent(at: usize, n_teams: usize, settings: &RosterSettings, random: &mut Random) -> Agent {
    Agent {
        id: format!("agent-{:05}", at + 1),
        team_idx: at % n_teams,
        skills: skills(settings, random),
        languages: languages(settings, random),
        rota: rota(random),
        capacity: 3 + random.below(6) as u32,
        seniority: 1 + random.weighted(&[0.5, 0.35, 0.15]) as u8,
    }
}

/// Some skills in order, each with a level; high levels are rare.
fn skills(settings: &RosterSettings, random: &mut Random) -> Vec<(String, u8)> {
    let n_skills = settings.n_skills.max(1);
    let n = (1 + random.below(settings.skills_max.max(1))).min(n_skills);
    let mut chosen: Vec<usize> = (0..n_skills).collect();
    for at in 0..n {
        chosen.swap(at, at + random.below(n_skills - at));
    }
    chosen.truncate(n);
    chosen.sort_unstable();
    let level = |random: &mut Random| 1 + random.weighted(&[0.15, 0.3, 0.3, 0.17, 0.08]) as u8;
    chosen.into_iter().map(|skill| (format!("skill-{:02}", skill + 1), level(random))).collect()
}

fn languages(settings: &RosterSettings, random: &mut Random) -> Vec<&'static str> {
    let speaks_chinese = random.happens(settings.chinese_share);
    let speaks_english = random.happens(settings.english_share);
    match (speaks_chinese, speaks_english) {
        (true, true) => vec!["zh", "en"],
        (false, true) => vec!["en"],
        (true | false, false) => vec!["zh"],
    }
}

/// Five days in a row from a random one, always the same shift.
fn rota(random: &mut Random) -> Vec<WeeklyShift> {
    let first = random.below(7) as u8;
    let start_min = SHIFT_STARTS[random.weighted(&SHIFT_WEIGHTS)];
    let shift =
        |day| WeeklyShift { weekday: (first + day) % 7, start_min, length_min: SHIFT_LENGTH };
    let mut week: Vec<WeeklyShift> = (0..WORKDAYS).map(shift).collect();
    week.sort_unstable_by_key(|shift| shift.weekday);
    week
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_is_one_roster() {
        let settings = RosterSettings::default();
        assert_eq!(roster(&settings, 7), roster(&settings, 7));
        assert_ne!(roster(&settings, 7), roster(&settings, 8));
    }

    #[test]
    fn every_agent_can_work() {
        let settings = RosterSettings { n_agents: 1_000, ..RosterSettings::default() };
        let roster = roster(&settings, 1);
        assert_eq!((roster.agents.len(), roster.teams.len()), (1_000, 5));
        for agent in &roster.agents {
            assert!(agent.team_idx < 5 && (3..=8).contains(&agent.capacity), "{agent:?}");
            assert!(!agent.languages.is_empty() && agent.rota.len() == 5, "{agent:?}");
            assert!((1..=4).contains(&agent.skills.len()), "{agent:?}");
            assert!(
                agent.skills.is_sorted()
                    && agent.skills.iter().all(|(_, level)| (1..=5).contains(level))
            );
        }
    }

    #[test]
    fn a_larger_roster_begins_with_the_smaller_one() {
        let of = |n_agents| roster(&RosterSettings { n_agents, ..RosterSettings::default() }, 3);
        assert_eq!(of(10).agents, of(100).agents[..10]);
    }

    #[test]
    fn settings_of_nothing_make_no_panic() {
        let settings = RosterSettings {
            n_agents: 2,
            n_teams: 0,
            n_skills: 0,
            skills_max: 0,
            zones: Vec::new(),
            chinese_share: 0.0,
            english_share: 0.0,
        };
        assert_eq!(roster(&settings, 1).agents[0].languages, ["zh"]);
    }
}

//! How well agents know what a ticket is about, by what they solved.

use std::collections::BTreeMap;

use super::Similar;
use crate::ids::AgentId;

/// The most agents whose experience is kept with a ticket: the most experienced.
pub const EXPERIENCED_MAX: usize = 64;

/// After how many solved tickets of a category half of all experience with it is there.
const HALF_AT: u32 = 10;

/// How many tickets of one category each agent has solved.
pub type Topic = BTreeMap<AgentId, u32>;

/// Agents with experience in what a ticket is about, in thousandths; nobody else has any.
///
/// Sorted by agent, none with 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Experience(Vec<(AgentId, u16)>);

impl Experience {
    /// By what was solved of the category, and who solved what the ticket is like.
    ///
    /// With the category it grows with the number solved; one problem solved that is surely the
    /// same counts as half of all there is to know. Both add up as chances do.
    pub fn of(topic: Option<&Topic>, similar: &[Similar]) -> Self {
        let mut lacking: BTreeMap<AgentId, f64> = BTreeMap::new();
        for (agent, n_solved) in topic.into_iter().flatten() {
            let lacks = f64::from(HALF_AT) / (f64::from(HALF_AT) + f64::from(*n_solved));
            lacking.insert(agent.clone(), lacks);
        }
        for (solver, item) in similar.iter().filter_map(|item| Some((item.solver.as_ref()?, item)))
        {
            let lacks = lacking.entry(solver.clone()).or_insert(1.0);
            *lacks *= 1.0 - f64::from(item.same_problem.get()) / 2.0;
        }
        let known = lacking.into_iter().map(|(agent, lacks)| (agent, permille(1.0 - lacks)));
        Self::from_parts(known)
    }

    /// From agents and thousandths; the most experienced are kept.
    pub fn from_parts(parts: impl IntoIterator<Item = (AgentId, u16)>) -> Self {
        let whole = |(agent, permille): (AgentId, u16)| (agent, permille.min(1_000));
        let parts: BTreeMap<AgentId, u16> = parts.into_iter().map(whole).collect();
        let mut parts: Vec<_> = parts.into_iter().filter(|(_, permille)| *permille > 0).collect();
        // The sort is stable: among equals the first by id stay.
        parts.sort_by_key(|(_, permille)| std::cmp::Reverse(*permille));
        parts.truncate(EXPERIENCED_MAX);
        parts.sort();
        Self(parts)
    }

    /// Whether nobody has any.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Everybody who has some.
    pub fn iter(&self) -> impl Iterator<Item = (&AgentId, u16)> {
        self.0.iter().map(|(agent, permille)| (agent, *permille))
    }
}

fn permille(share: f64) -> u16 {
    (share * 1_000.0).round() as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ItemId;
    use crate::knowledge::{ItemKey, ItemKind, Relation};
    use crate::probability::Probability;
    use crate::time::Timestamp;

    fn agent(name: &str) -> AgentId {
        AgentId::new(name).expect("valid")
    }

    fn solved_by(name: &str, same_problem: f32) -> Similar {
        Similar {
            key: ItemKey { kind: ItemKind::Ticket, id: ItemId::new("T-1").expect("valid") },
            relation: Relation::SameProblem,
            same_problem: Probability::saturating(same_problem),
            solver: Some(agent(name)),
            opened_at: Timestamp::from_millis(0),
            solved_at: None,
        }
    }

    fn told(experience: &Experience) -> Vec<(&str, u16)> {
        experience.iter().map(|(agent, permille)| (agent.as_str(), permille)).collect()
    }

    #[test]
    fn it_grows_with_what_was_solved() {
        let topic: Topic = [("li", 10), ("wu", 30), ("an", 0)].map(|(a, n)| (agent(a), n)).into();
        assert_eq!(told(&Experience::of(Some(&topic), &[])), [("li", 500), ("wu", 750)]);
    }

    #[test]
    fn who_solved_the_same_has_half_of_what_was_lacking() {
        let similar = [solved_by("li", 1.0), solved_by("li", 0.5), solved_by("wu", 0.1)];
        assert_eq!(told(&Experience::of(None, &similar)), [("li", 625), ("wu", 50)]);
        let topic: Topic = [(agent("li"), 10)].into();
        assert_eq!(told(&Experience::of(Some(&topic), &similar[..1])), [("li", 750)]);
    }

    #[test]
    fn the_most_experienced_are_kept() {
        let many = (0..100_u16).map(|n| (agent(&format!("a{n:03}")), n * 20));
        let kept = Experience::from_parts(many);
        let told = told(&kept);
        assert_eq!(
            (told.len(), told[0], told[63]),
            (EXPERIENCED_MAX, ("a036", 720), ("a099", 1_000))
        );
    }
}

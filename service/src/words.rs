//! Decisions in sentences that a person can read, in Chinese and English.
//!
//! - here: what came of a decision and why
//! - `verdict`: what the desk found of one agent
//! - `explanation`: why a model answered as it did
//! - `names`, `labels`: single things, for people and for programs

mod explanation;
mod labels;
mod names;
mod verdict;

use switchyard_domain::desk::Decision;
use switchyard_domain::desk::event::Outcome;
use switchyard_domain::routing::{Candidate, Ranking};
use switchyard_domain::time::Timestamp;

pub use self::explanation::explanation;
pub use self::labels::{
    abstain_label, activity_label, actor_label, closing_label, decline_label, hold_label,
    mode_label, origin_label, outcome_label, presence_label, presence_source_label, rating_label,
    trigger_label,
};
pub use self::names::{
    abstain_name, category_name, cost_name, exclusion_name, language_name, mode_name, part_name,
    sentiment_name, signal_name, tag_name, urgency_name,
};
pub use self::verdict::verdict;
use crate::lang::Lang;

/// What came of a decision and why, in a sentence.
pub fn summary(decision: &Decision, lang: Lang) -> String {
    let ranking = &decision.ranking;
    match (&decision.outcome, lang) {
        (Outcome::Assigned(agent), Lang::Zh) => format!("分配给 {agent}：{}", why(ranking, lang)),
        (Outcome::Assigned(agent), Lang::En) => {
            format!("assigned to {agent}: {}", why(ranking, lang))
        }
        (Outcome::Queued, Lang::Zh) => format!("排队等待，暂无合适坐席：{}", tally(ranking, lang)),
        (Outcome::Queued, Lang::En) => {
            format!("queued, nobody is eligible: {}", tally(ranking, lang))
        }
        (Outcome::Kept(agent), Lang::Zh) => {
            format!("仍由 {agent} 处理；建议：{}", why(ranking, lang))
        }
        (Outcome::Kept(agent), Lang::En) => {
            format!("stays with {agent}; suggestion: {}", why(ranking, lang))
        }
        (Outcome::Advised(Some(agent)), Lang::Zh) => {
            format!("建议 {agent}：{}", why(ranking, lang))
        }
        (Outcome::Advised(Some(agent)), Lang::En) => {
            format!("would go to {agent}: {}", why(ranking, lang))
        }
        (Outcome::Advised(None), Lang::Zh) => format!("建议排队：{}", tally(ranking, lang)),
        (Outcome::Advised(None), Lang::En) => format!("would wait: {}", tally(ranking, lang)),
    }
}

/// Why the first candidate is the best of the eligible.
fn why(ranking: &Ranking, lang: Lang) -> String {
    let n = ranking.n_eligible;
    match ranking.candidates.as_slice() {
        [] => tally(ranking, lang),
        [_] => lang.pick("唯一合适的坐席", "the only eligible agent").to_owned(),
        [best, next, ..] => {
            let cost = units(best.cost.total());
            let next = runner_up(best, next, lang);
            match lang {
                Lang::Zh => format!("{n} 位合适坐席中成本最低 {cost}，{next}"),
                Lang::En => format!("least cost {cost} of {n} eligible, {next}"),
            }
        }
    }
}

/// How the next best compares.
///
/// Of equal cost goes first who is longest without a ticket, then the smaller id. A larger id can
/// only be first by the wait, and the other then had a ticket since; a smaller id can be first by
/// either, which a ranking does not tell.
fn runner_up(best: &Candidate, next: &Candidate, lang: Lang) -> String {
    let (id, cost) = (&next.agent, next.cost.total());
    let is_level = best.cost.total() == cost;
    match lang {
        Lang::Zh if is_level && best.agent > *id => format!("与 {id} 持平，而 {id} 更晚接过工单"),
        Lang::En if is_level && best.agent > *id => {
            format!("level with {id}, who got a ticket more recently")
        }
        Lang::Zh if is_level => {
            format!("与 {id} 持平，按固定次序在前（先看多久没有接单，再看编号）")
        }
        Lang::En if is_level => {
            format!(
                "level with {id} and first in the fixed order (longest without a ticket, then id)"
            )
        }
        Lang::Zh => format!("其次 {id} {}", units(cost)),
        Lang::En => format!("next {id} {}", units(cost)),
    }
}

fn tally(ranking: &Ranking, lang: Lang) -> String {
    let parts: Vec<String> = (ranking.excluded.iter())
        .map(|(label, count)| format!("{} {count}", exclusion_name(label, lang)))
        .collect();
    if parts.is_empty() {
        return lang.pick("没有坐席", "there are no agents").to_owned();
    }
    parts.join(lang.pick("，", ", "))
}

/// Thousandths as units with up to three decimals.
pub fn units(milli: i32) -> f64 {
    f64::from(milli) / 1_000.0
}

/// An instant to the minute: `2026-06-03 04:00 UTC`.
pub fn minute(at: Timestamp) -> String {
    let text = at.to_string();
    let minute = text.get(..16).unwrap_or(&text);
    format!("{} UTC", minute.replace('T', " "))
}

#[cfg(test)]
mod tests {
    use switchyard_domain::ids::AgentId;
    use switchyard_domain::routing::Cost;

    use super::*;

    /// Why the first of these is chosen; each an agent with what it costs in thousandths.
    fn why_of(candidates: &[(&str, i32)], lang: Lang) -> String {
        let candidate = |(agent, cost): &(&str, i32)| Candidate {
            agent: AgentId::new(agent).expect("a valid id"),
            cost: Cost([*cost, 0, 0, 0, 0, 0, 0]),
        };
        let candidates: Vec<_> = candidates.iter().map(candidate).collect();
        let n_eligible = candidates.len() as u32;
        why(&Ranking { candidates, n_eligible, ..Ranking::default() }, lang)
    }

    #[test]
    fn of_equal_cost_a_larger_id_is_first_because_the_other_got_a_ticket_since() {
        let level = [("wang", 250), ("li", 250)];
        assert_eq!(
            why_of(&level, Lang::En),
            "least cost 0.25 of 2 eligible, level with li, who got a ticket more recently"
        );
        assert_eq!(
            why_of(&level, Lang::Zh),
            "2 位合适坐席中成本最低 0.25，与 li 持平，而 li 更晚接过工单"
        );
    }

    #[test]
    fn of_equal_cost_a_smaller_id_is_not_said_to_have_waited() {
        let level = [("li", 250), ("wang", 250)];
        assert_eq!(
            why_of(&level, Lang::En),
            "least cost 0.25 of 2 eligible, level with wang and first in the fixed order \
             (longest without a ticket, then id)"
        );
        assert_eq!(
            why_of(&level, Lang::Zh),
            "2 位合适坐席中成本最低 0.25，与 wang 持平，按固定次序在前（先看多久没有接单，再看编号）"
        );
    }

    #[test]
    fn a_lesser_cost_is_told_beside_the_next_and_a_single_agent_alone() {
        let apart = [("wang", 250), ("li", 300)];
        assert_eq!(why_of(&apart, Lang::En), "least cost 0.25 of 2 eligible, next li 0.3");
        assert_eq!(why_of(&apart, Lang::Zh), "2 位合适坐席中成本最低 0.25，其次 li 0.3");
        assert_eq!(why_of(&apart[..1], Lang::En), "the only eligible agent");
        assert_eq!(why_of(&apart[..1], Lang::Zh), "唯一合适的坐席");
    }
}

//! Decisions, priorities, promises and verdicts.

use switchyard_domain::desk::event::Outcome;
use switchyard_domain::desk::{Decision, Event, Trigger};
use switchyard_domain::ids::{AgentId, TicketId};
use switchyard_domain::priority::{Part, Priority};
use switchyard_domain::routing::{Candidate, Cost, Tally, Verdict};
use switchyard_domain::skill::Requirement;
use switchyard_domain::sla::{Clock, Clocks};
use switchyard_domain::time::Timestamp;
use switchyard_proto::v1 as pb;

use super::{duration, instant};
use crate::app::explain::decision_id;
use crate::app::history::Recorded;
use crate::lang::Lang;
use crate::words;

/// Where a decision stands in the journal.
pub(crate) struct Made<'a> {
    /// The sequence of its event.
    pub(crate) sequence: u64,
    /// When it was made.
    pub(crate) at: Timestamp,
    /// With which release of the time zone database.
    pub(crate) tz_version: &'a str,
}

/// A decision read back.
pub(crate) fn recorded(recorded: &Recorded, lang: Lang) -> pb::Decision {
    let Recorded { sequence, at, tz_version, .. } = recorded;
    let made = Made { sequence: *sequence, at: *at, tz_version };
    decision(&made, &recorded.decision, lang)
}

/// A decision with its place in the journal.
pub(crate) fn decision(made: &Made<'_>, decision: &Decision, lang: Lang) -> pb::Decision {
    let (outcome, agent) = outcome(&decision.outcome);
    pb::Decision {
        id: decision_id(made.sequence),
        ticket_id: decision.ticket.to_string(),
        trigger: trigger(decision.trigger) as i32,
        decided_time: Some(instant(made.at)),
        team: decision.team.as_ref().map(ToString::to_string).unwrap_or_default(),
        priority: Some(priority(&decision.priority)),
        sla: Some(sla(&decision.clocks)),
        outcome: outcome as i32,
        agent: agent.map(ToString::to_string).unwrap_or_default(),
        candidates: decision.ranking.candidates.iter().map(candidate).collect(),
        n_eligible: decision.ranking.n_eligible,
        exclusions: exclusions(&decision.ranking.excluded),
        policy_revision: decision.policy_revision,
        sequence: made.sequence,
        tz_version: made.tz_version.to_owned(),
        summary: words::summary(decision, lang),
    }
}

/// The ticket that a decision gave to whoever asked for work.
pub(crate) fn claimed(event: &Event) -> Option<&TicketId> {
    match event {
        Event::Decided(decision) if decision.trigger == Trigger::Claimed => Some(&decision.ticket),
        _ => None,
    }
}

/// What came of a decision, and whom it is about.
pub(crate) fn outcome(outcome: &Outcome) -> (pb::DecisionOutcome, Option<&AgentId>) {
    let kind = match outcome {
        Outcome::Assigned(_) => pb::DecisionOutcome::Assigned,
        Outcome::Queued => pb::DecisionOutcome::Queued,
        Outcome::Kept(_) => pb::DecisionOutcome::Kept,
        Outcome::Advised(_) => pb::DecisionOutcome::Advised,
    };
    (kind, outcome.agent())
}

/// Why a decision was made.
pub(crate) fn trigger(trigger: Trigger) -> pb::DecisionTrigger {
    match trigger {
        Trigger::Triage => pb::DecisionTrigger::Triage,
        Trigger::Retriage => pb::DecisionTrigger::Retriage,
        Trigger::Advice => pb::DecisionTrigger::Advice,
        Trigger::Adoption => pb::DecisionTrigger::Adoption,
        Trigger::Reopening => pb::DecisionTrigger::Reopening,
        Trigger::Freed => pb::DecisionTrigger::Freed,
        Trigger::Transferred => pb::DecisionTrigger::Transferred,
        Trigger::Returned => pb::DecisionTrigger::Returned,
        Trigger::Declined => pb::DecisionTrigger::Declined,
        Trigger::Released => pb::DecisionTrigger::Released,
        Trigger::Claimed => pb::DecisionTrigger::Claimed,
    }
}

/// A priority with the parts that add something.
pub(crate) fn priority(priority: &Priority) -> pb::Priority {
    let parts = Part::ALL.iter().zip(priority.parts).filter(|(_, points)| *points != 0);
    let part = |(part, points): (&Part, i64)| pb::Part {
        name: part.label().to_owned(),
        value: milli(points),
    };
    pb::Priority {
        score: milli(priority.score()),
        band: u32::from(priority.band.number()),
        parts: parts.map(part).collect(),
        overridden: priority.overridden,
    }
}

/// The three promises.
pub(crate) fn sla(clocks: &Clocks) -> pb::Sla {
    pb::Sla {
        first_response: Some(clock(clocks.first_response)),
        next_response: Some(clock(clocks.next_response)),
        resolution: Some(clock(clocks.resolution)),
    }
}

fn clock(clock: Clock) -> pb::SlaClock {
    use pb::sla_clock::State;
    let empty = pb::SlaClock::default();
    match clock {
        Clock::Idle => empty,
        Clock::Running { target, due } => pb::SlaClock {
            state: State::Running as i32,
            due_time: Some(instant(due)),
            target: Some(duration(target)),
            ..empty
        },
        Clock::Paused { target, left } => pb::SlaClock {
            state: State::Paused as i32,
            target: Some(duration(target)),
            left: Some(duration(left)),
            ..empty
        },
        Clock::Met { at, in_time } => pb::SlaClock {
            state: (if in_time { State::Met } else { State::Missed }) as i32,
            done_time: Some(instant(at)),
            ..empty
        },
    }
}

fn candidate(candidate: &Candidate) -> pb::Candidate {
    pb::Candidate {
        agent: candidate.agent.to_string(),
        cost: words::units(candidate.cost.total()),
        parts: parts(&candidate.cost),
    }
}

fn parts(cost: &Cost) -> Vec<pb::Part> {
    cost.parts()
        .map(|(part, cost)| pb::Part { name: part.label().to_owned(), value: words::units(cost) })
        .collect()
}

/// How many agents each filter kept out.
pub(crate) fn exclusions(tally: &Tally) -> Vec<pb::ExclusionCount> {
    let count =
        |(reason, agents): (&str, u32)| pb::ExclusionCount { reason: reason.to_owned(), agents };
    tally.iter().map(count).collect()
}

/// One agent's verdict.
pub(crate) fn verdict(
    agent: &AgentId,
    verdict: &Verdict,
    asked: &[Requirement],
    lang: Lang,
) -> pb::AgentVerdict {
    let detail = words::verdict(verdict, asked, lang);
    let agent = agent.to_string();
    match verdict {
        Verdict::Excluded(exclusion) => pb::AgentVerdict {
            agent,
            exclusion: exclusion.label().to_owned(),
            detail,
            ..pb::AgentVerdict::default()
        },
        Verdict::Eligible(cost) => pb::AgentVerdict {
            agent,
            exclusion: String::new(),
            detail,
            cost: words::units(cost.total()),
            parts: parts(cost),
        },
    }
}

fn milli(points: i64) -> f64 {
    points as f64 / 1_000.0
}

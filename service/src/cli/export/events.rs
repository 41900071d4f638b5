//! `events`: a row for everything that happened, whatever it was.

mod kind;

use serde_json::{Value, json};
use switchyard_domain::assessment::{Assessment, Judged};
use switchyard_domain::desk::Actor;
use switchyard_domain::ids::{GroupId, TeamId};
use switchyard_domain::priority::Priority;
use switchyard_domain::sla::Clocks;

use self::kind::{Told, told};
use super::column::{Column, column, decimal, due, id, probability, time, units};
use super::fact::Fact;
use crate::words;

/// An event with what its kind brings.
#[derive(Debug)]
pub(super) struct Happened<'a> {
    fact: &'a Fact<'a>,
    told: Told<'a>,
}

impl<'a> Happened<'a> {
    /// What an event tells.
    pub(super) fn of(fact: &'a Fact<'a>) -> Self {
        Self { fact, told: told(fact.event) }
    }

    fn assessment(&self) -> Option<&Assessment> {
        self.told.intake.map(|intake| &*intake.ticket.assessment)
    }

    fn priority(&self) -> Option<&Priority> {
        let decided = self.told.decision.map(|decision| &decision.priority);
        decided.or(self.told.intake.map(|intake| &intake.priority))
    }

    fn clocks(&self) -> Option<Clocks> {
        let decided = self.told.decision.map(|decision| decision.clocks);
        self.told.clocks.or(decided).or(self.told.intake.map(|intake| intake.clocks))
    }

    fn team(&self) -> Option<&TeamId> {
        let decided = self.told.decision.and_then(|decision| decision.team.as_ref());
        let brought = self.told.intake.and_then(|intake| intake.team.as_ref());
        self.told.team.or(decided).or(brought)
    }
}

fn actor_name(actor: &Actor) -> Option<&String> {
    match actor {
        Actor::Person(name) | Actor::Backend(name) => Some(name).filter(|name| !name.is_empty()),
        Actor::System | Actor::Policy => None,
    }
}

/// A cell of the assessment, empty where the event brings none.
fn judged(happened: &Happened<'_>, read: impl FnOnce(&Assessment) -> Value) -> Value {
    happened.assessment().map_or(Value::Null, read)
}

/// How a cell is read.
type Cell = fn(&Happened<'_>) -> Value;

/// The columns in order.
pub(super) const COLUMNS: &[Column<Cell>] = &[
    column("tenant", "whose desk", |e| json!(e.fact.tenant)),
    column("sequence", "its place in the tenant's journal, from 1, without a gap", |e| {
        json!(e.fact.sequence)
    }),
    column("time", "when it happened", |e| time(Some(e.fact.entry.at))),
    column("kind", "what happened, see above", |e| json!(e.told.kind)),
    column("actor_kind", "who asked: person, backend, system or policy", |e| {
        json!(words::actor_label(&e.fact.entry.actor))
    }),
    column("actor_name", "as the caller named them", |e| id(actor_name(&e.fact.entry.actor))),
    column("ticket_id", "which ticket", |e| id(e.fact.event.ticket())),
    column("agent_id", "which agent", |e| id(e.told.agent)),
    column("team_id", "which team", |e| id(e.team())),
    column("value", "outcome, activity, closing or presence, by kind", |e| json!(e.told.value)),
    column("reason", "trigger, hold reason or source of the presence, by kind", |e| {
        json!(e.told.reason)
    }),
    column("policy_revision", "applied, or in force at a decision", |e| {
        json!(e.told.policy_revision)
    }),
    column("source_revision", "the caller's revision of the ticket; 0 is unknown", |e| {
        json!(e.told.source_revision.or(e.told.intake.map(|intake| intake.source_revision)))
    }),
    column("channel", "how the ticket came in", |e| {
        id(e.told.intake.map(|intake| &intake.ticket.channel))
    }),
    column("opened_time", "when the customer opened it", |e| {
        time(e.told.intake.map(|intake| intake.ticket.opened_at))
    }),
    column("tier", "the customer's: standard, premium or vip", |e| {
        json!(e.told.intake.map(|intake| intake.ticket.customer.tier.label()))
    }),
    column("language", "zh-Hans, zh-Hant, en, mixed or und", |e| {
        judged(e, |a| json!(a.language.tag()))
    }),
    column("category", "the most probable", |e| judged(e, |a| json!(a.category.value.as_str()))),
    column("category_probability", "that it is right, 0 to 1", |e| {
        judged(e, |a| probability(a.category.confidence))
    }),
    column("category_mode", "AUTO, SUGGEST or ABSTAIN", |e| {
        judged(e, |a| json!(words::mode_label(a.category.mode)))
    }),
    column("category_origin", "model, caller or fallback", |e| {
        judged(e, |a| json!(words::origin_label(a.category_origin)))
    }),
    column("sentiment", "very_negative to very_positive", |e| {
        judged(e, |a| json!(a.sentiment.value.label()))
    }),
    column("sentiment_score", "-1 (worst) to 1 (best)", |e| {
        judged(e, |a| decimal(a.sentiment_score))
    }),
    column("urgency", "low, normal, high or critical", |e| {
        judged(e, |a| json!(a.urgency.value.label()))
    }),
    column("urgency_probability", "that it is right, 0 to 1", |e| {
        judged(e, |a| probability(a.urgency.confidence))
    }),
    column("signals", "what else the text tells, a list", |e| judged(e, signals)),
    column("model_version", "the bundle that judged; empty without one", |e| {
        judged(e, |a| json!(&*a.model_version))
    }),
    column("priority_points", "points", |e| {
        e.priority().map_or(Value::Null, |priority| units(priority.score()))
    }),
    column("priority_band", "1 (most urgent) to 4", |e| {
        json!(e.priority().map(|priority| priority.band.number()))
    }),
    column("first_response_due_time", "after it, while that clock runs", |e| {
        due(e.clocks().map(|clocks| clocks.first_response))
    }),
    column("next_response_due_time", "after it, while that clock runs", |e| {
        due(e.clocks().map(|clocks| clocks.next_response))
    }),
    column("resolution_due_time", "after it, while that clock runs", |e| {
        due(e.clocks().map(|clocks| clocks.resolution))
    }),
    column("tags", "what the customer wants and has, a list", |e| judged(e, tags)),
    column("category_group", "the most probable group of categories", |e| {
        judged(e, |a| group(a, |it| json!(it.value.as_str())))
    }),
    column("category_group_probability", "that it is right, 0 to 1", |e| {
        judged(e, |a| group(a, |it| probability(it.confidence)))
    }),
    column("category_group_mode", "AUTO, SUGGEST or ABSTAIN", |e| {
        judged(e, |a| group(a, |it| json!(words::mode_label(it.mode))))
    }),
];

fn group(assessment: &Assessment, read: impl FnOnce(&Judged<GroupId>) -> Value) -> Value {
    assessment.category_group.as_ref().map_or(Value::Null, read)
}

fn signals(assessment: &Assessment) -> Value {
    assessment.signals.iter().map(|(signal, _)| json!(signal.label())).collect()
}

fn tags(assessment: &Assessment) -> Value {
    assessment.tags.iter().map(|(tag, _)| json!(tag.as_str())).collect()
}

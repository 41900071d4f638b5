//! `outcomes`: a row for every time a ticket was closed, with what became of it until then.

mod life;

use serde_json::{Value, json};
use switchyard_domain::assessment::Assessment;
use switchyard_domain::desk::{Case, Closing};
use switchyard_domain::ids::AgentId;
use switchyard_domain::sla::{Clock, Clocks};
use switchyard_domain::time::Timestamp;

pub(super) use self::life::Lives;

use self::life::Life;
use super::column::{Column, column, decimal, id, probability, time};
use crate::words;

/// A ticket at its closing.
#[derive(Debug)]
pub(super) struct Ended {
    tenant: String,
    sequence: u64,
    at: Timestamp,
    closing: Closing,
    closed_by: &'static str,
    case: Case,
    /// Its promises just before it was closed.
    clocks_before: Clocks,
    life: Life,
    policy_revision: u64,
}

impl Ended {
    fn assessment(&self) -> &Assessment {
        &self.case.ticket.assessment
    }

    fn last_owner(&self) -> Option<&AgentId> {
        self.case.last_owner()
    }

    /// Whether a promise was kept, as one that was never made is too; `None` where nothing was done.
    fn in_time(&self, clock: impl Fn(&Clocks) -> Clock) -> Option<bool> {
        // Cancelling takes promises back, but not what was answered before.
        [self.case.clocks, self.clocks_before].iter().find_map(|clocks| match clock(clocks) {
            Clock::Met { in_time, .. } => Some(in_time),
            Clock::Idle | Clock::Running { .. } | Clock::Paused { .. } => None,
        })
    }
}

/// How a cell is read.
type Cell = fn(&Ended) -> Value;

/// The columns in order.
pub(super) const COLUMNS: &[Column<Cell>] = &[
    column("tenant", "whose desk", |o| json!(o.tenant)),
    column("sequence", "of the event that closed it", |o| json!(o.sequence)),
    column("ticket_id", "as the caller names the ticket", |o| json!(o.case.ticket.id.as_str())),
    column("n_closings", "1, and more after it was opened again", |o| json!(o.life.n_closings)),
    column("channel", "how it came in", |o| json!(o.case.ticket.channel.as_str())),
    column("team_id", "the team that served it", |o| id(o.case.team.as_ref())),
    column("language", "zh-Hans, zh-Hant, en, mixed or und", |o| {
        json!(o.assessment().language.tag())
    }),
    column("category", "the most probable", |o| json!(o.assessment().category.value.as_str())),
    column("category_probability", "that it is right, 0 to 1", |o| {
        probability(o.assessment().category.confidence)
    }),
    column("category_origin", "model, caller or fallback", |o| {
        json!(words::origin_label(o.assessment().category_origin))
    }),
    column("sentiment", "very_negative to very_positive", |o| {
        json!(o.assessment().sentiment.value.label())
    }),
    column("sentiment_score", "-1 (worst) to 1 (best)", |o| {
        decimal(o.assessment().sentiment_score)
    }),
    column("urgency", "low, normal, high or critical", |o| {
        json!(o.assessment().urgency.value.label())
    }),
    column("tier", "the customer's: standard, premium or vip", |o| {
        json!(o.case.ticket.customer.tier.label())
    }),
    column("priority_band", "when it was last decided, 1 (most urgent) to 4", |o| {
        json!(o.case.priority.band.number())
    }),
    column("opened_time", "when the customer opened it", |o| time(Some(o.case.ticket.opened_at))),
    column("taken_in_time", "when the desk first knew of it", |o| time(Some(o.life.taken_in_at))),
    column("first_decided_time", "when the desk first looked for an agent", |o| {
        time(o.life.first_decided_at)
    }),
    column("first_assigned_time", "when an agent first had it, whoever decided that", |o| {
        time(o.life.first_assigned_at)
    }),
    column("first_replied_time", "when an agent first answered", |o| time(o.life.first_replied_at)),
    column("closed_time", "when it was closed", |o| time(Some(o.at))),
    column("closing", "completed, solved or cancelled", |o| json!(words::closing_label(o.closing))),
    column("first_chosen_agent_id", "whom the desk first gave it to", |o| {
        id(o.life.first_chosen.as_ref())
    }),
    column("closing_agent_id", "who had it when it was closed", |o| id(o.last_owner())),
    column("closed_by", "who asked for it: person, backend, system or policy", |o| {
        json!(o.closed_by)
    }),
    column("n_reassignments", "how often it went from one agent to another", |o| {
        json!(o.life.n_reassignments)
    }),
    column("first_response_in_time", "answered or solved by then; empty if neither", |o| {
        json!(o.in_time(|clocks| clocks.first_response))
    }),
    column("resolution_in_time", "true or false; empty if not promised, or cancelled", |o| {
        json!(o.in_time(|clocks| clocks.resolution))
    }),
    column("policy_revision", "the policy in force at its closing", |o| json!(o.policy_revision)),
    column("model_version", "the bundle that judged; empty without one", |o| {
        json!(&*o.assessment().model_version)
    }),
];

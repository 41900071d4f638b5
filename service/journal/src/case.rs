//! A ticket's life at the desk, as snapshots keep it.

use switchyard_domain::desk::case::Latest;
use switchyard_domain::desk::{Case, Phase};
use switchyard_domain::ids::{AgentId, TeamId, TicketId};
use switchyard_domain::load::Load;
use switchyard_domain::time::Timestamp;
use switchyard_proto::journal_v1 as pb;
use switchyard_proto::journal_v1::phase::{Active, Advised, Closed, Kind, Queued};

use crate::labels::Label;
use crate::scalar::{
    id, ids, optional_id, optional_rating, optional_timestamp, required, texts, timestamp,
};
use crate::{DecodeError, decision, sla, ticket, transfer};

pub(crate) fn to_record(case: &Case) -> pb::Case {
    pb::Case {
        ticket: Some(ticket::to_record(&case.ticket)),
        team: case.team.as_ref().map(ToString::to_string),
        weight_milli: case.weight.milli(),
        priority: Some(decision::priority_to_record(&case.priority)),
        clocks: Some(sla::to_record(&case.clocks)),
        phase: Some(phase_to_record(&case.phase)),
        hold: Label::to_optional_record(case.hold),
        source_revision: case.source_revision,
        triaged_seq: case.triaged_seq,
        decision_seq: case.decision_seq,
        version: case.version,
        transfer: case.transfer.as_deref().map(transfer::to_record),
        declined_by: texts(&case.declined_by),
        rating: case.rating.map_or(0, |rating| rating.score().into()),
        merged_into: case.merged_into.as_ref().map(ToString::to_string),
        asked_at: case.latest.asked_at.map(Timestamp::millis),
        replied_at: case.latest.replied_at.map(Timestamp::millis),
        held_at: case.latest.held_at.map(Timestamp::millis),
        closed_at: case.latest.closed_at.map(Timestamp::millis),
        history_steps: steps_of(&case.history),
    }
}

/// From one to the next: small numbers, which take a byte or two each.
fn steps_of(history: &[u64]) -> Vec<u64> {
    let before = std::iter::once(0).chain(history.iter().copied());
    history.iter().zip(before).map(|(sequence, before)| sequence.wrapping_sub(before)).collect()
}

fn history_of(steps: &[u64]) -> Vec<u64> {
    let mut at = 0_u64;
    let next = |step: &u64| {
        at = at.wrapping_add(*step);
        at
    };
    steps.iter().map(next).collect()
}

pub(crate) fn from_record(record: pb::Case) -> Result<Case, DecodeError> {
    let ticket = required(record.ticket, "Case.ticket")?;
    let priority = required(record.priority, "Case.priority")?;
    let phase = required(record.phase, "Case.phase")?;
    Ok(Case {
        ticket: ticket::from_record(ticket)?.into(),
        team: optional_id(record.team.as_deref(), TeamId::new, "Case.team")?,
        weight: Load::from_milli(record.weight_milli),
        priority: decision::priority_from_record(&priority)?,
        clocks: sla::from_record(required(record.clocks, "Case.clocks")?)?,
        phase: phase_from_record(phase)?,
        hold: Label::from_optional_record(record.hold, "Case.hold")?,
        source_revision: record.source_revision,
        triaged_seq: record.triaged_seq,
        decision_seq: record.decision_seq,
        version: record.version,
        transfer: record.transfer.map(transfer::from_record).transpose()?.map(Box::new),
        declined_by: ids(&record.declined_by, AgentId::new, "Case.declined_by")?,
        rating: optional_rating(record.rating, "Case.rating")?,
        merged_into: optional_id(record.merged_into.as_deref(), TicketId::new, "Case.merged_into")?,
        latest: Latest {
            asked_at: optional_timestamp(record.asked_at, "Case.asked_at")?,
            replied_at: optional_timestamp(record.replied_at, "Case.replied_at")?,
            held_at: optional_timestamp(record.held_at, "Case.held_at")?,
            closed_at: optional_timestamp(record.closed_at, "Case.closed_at")?,
        },
        history: history_of(&record.history_steps),
    })
}

fn phase_to_record(phase: &Phase) -> pb::Phase {
    let kind = match phase {
        Phase::Queued { since } => Kind::Queued(Queued { since: since.millis() }),
        Phase::Active { owner, since } => {
            Kind::Active(Active { owner: owner.to_string(), since: since.millis() })
        }
        Phase::Advised { since, listed } => Kind::Advised(Advised {
            since: since.millis(),
            listed: listed.iter().map(ToString::to_string).collect(),
        }),
        Phase::Closed { at, closing, owner } => Kind::Closed(Closed {
            at: at.millis(),
            closing: closing.to_record(),
            owner: owner.as_ref().map(ToString::to_string),
        }),
    };
    pb::Phase { kind: Some(kind) }
}

fn phase_from_record(record: pb::Phase) -> Result<Phase, DecodeError> {
    match required(record.kind, "Phase.kind")? {
        Kind::Queued(Queued { since }) => {
            Ok(Phase::Queued { since: timestamp(since, "Phase.Queued.since")? })
        }
        Kind::Active(Active { owner, since }) => Ok(Phase::Active {
            owner: id(&owner, AgentId::new, "Phase.Active.owner")?,
            since: timestamp(since, "Phase.Active.since")?,
        }),
        Kind::Advised(Advised { since, listed }) => Ok(Phase::Advised {
            since: timestamp(since, "Phase.Advised.since")?,
            listed: listed
                .iter()
                .map(|agent| id(agent, AgentId::new, "Phase.Advised.listed"))
                .collect::<Result<_, _>>()?,
        }),
        Kind::Closed(Closed { at, closing, owner }) => Ok(Phase::Closed {
            at: timestamp(at, "Phase.Closed.at")?,
            closing: Label::from_record(closing, "Phase.Closed.closing")?,
            owner: optional_id(owner.as_deref(), AgentId::new, "Phase.Closed.owner")?,
        }),
    }
}

//! What a ticket was found to be like, and who knows about it.

use switchyard_domain::ids::{AgentId, ItemId};
use switchyard_domain::knowledge::{
    Answer, AnswerHold, AnswerVerdict, Experience, ItemKey, Precedents, Similar,
};
use switchyard_domain::time::Timestamp;
use switchyard_proto::journal_v1 as pb;

use crate::DecodeError;
use crate::labels::Label;
use crate::scalar::{id, optional_id, optional_timestamp, probability, timestamp};

pub(crate) fn similar_to_record(precedents: &Precedents) -> Vec<pb::Similar> {
    let to_record = |similar: &Similar| pb::Similar {
        kind: similar.key.kind.to_record(),
        id: similar.key.id.to_string(),
        relation: similar.relation.to_record(),
        same_problem: Some(similar.same_problem.get()),
        solver: similar.solver.as_ref().map(ToString::to_string),
        opened_at: similar.opened_at.millis(),
        solved_at: similar.solved_at.map(Timestamp::millis),
    };
    precedents.similar.iter().map(to_record).collect()
}

pub(crate) fn answer_to_record(precedents: &Precedents) -> Option<pb::Answer> {
    precedents.answer.as_ref().map(|answer| pb::Answer {
        article: answer.article.to_string(),
        confidence: Some(answer.confidence.get()),
        hold: match answer.verdict {
            AnswerVerdict::Safe => 0,
            AnswerVerdict::Held(reason) => reason.to_record(),
        },
    })
}

pub(crate) fn experience_to_record(precedents: &Precedents) -> Vec<pb::Experience> {
    let to_record = |(agent, permille): (&AgentId, u16)| pb::Experience {
        agent: agent.to_string(),
        permille: permille.into(),
    };
    precedents.experience.iter().map(to_record).collect()
}

pub(crate) fn from_record(record: &pb::Assessment) -> Result<Precedents, DecodeError> {
    let similar = record.similar.iter().map(similar_from_record);
    let experience = record.experience.iter().map(experienced_from_record);
    Ok(Precedents {
        similar: similar.collect::<Result<_, _>>()?,
        answer: record.answer.as_ref().map(answer_from_record).transpose()?,
        experience: Experience::from_parts(experience.collect::<Result<Vec<_>, _>>()?),
    })
}

fn similar_from_record(record: &pb::Similar) -> Result<Similar, DecodeError> {
    Ok(Similar {
        key: ItemKey {
            kind: Label::from_record(record.kind, "Similar.kind")?,
            id: id(&record.id, ItemId::new, "Similar.id")?,
        },
        relation: Label::from_record(record.relation, "Similar.relation")?,
        same_problem: probability(record.same_problem, "Similar.same_problem")?,
        solver: optional_id(record.solver.as_deref(), AgentId::new, "Similar.solver")?,
        opened_at: timestamp(record.opened_at, "Similar.opened_at")?,
        solved_at: optional_timestamp(record.solved_at, "Similar.solved_at")?,
    })
}

fn answer_from_record(record: &pb::Answer) -> Result<Answer, DecodeError> {
    let hold: Option<AnswerHold> = Label::from_optional_record(record.hold, "Answer.hold")?;
    Ok(Answer {
        article: id(&record.article, ItemId::new, "Answer.article")?,
        confidence: probability(record.confidence, "Answer.confidence")?,
        verdict: hold.map_or(AnswerVerdict::Safe, AnswerVerdict::Held),
    })
}

fn experienced_from_record(record: &pb::Experience) -> Result<(AgentId, u16), DecodeError> {
    let agent = id(&record.agent, AgentId::new, "Experience.agent")?;
    let field = "Experience.permille";
    let got = i64::from(record.permille);
    let out_of_range = DecodeError::OutOfRange { field, expected: "in 1..=1000", got };
    match record.permille {
        1..=1_000 => Ok((agent, record.permille as u16)),
        _ => Err(out_of_range),
    }
}

//! What was solved before.

use switchyard_domain::ids::AgentId;
use switchyard_domain::knowledge::{
    Answer, AnswerHold, AnswerVerdict, Item, ItemKind, Relation, Similar,
};
use switchyard_proto::v1 as pb;

use super::assessment::number;
use super::instant;
use crate::app::knowledge::FoundItem;

/// An item that a ticket is like; its texts are not there.
pub(crate) fn similar(similar: &Similar) -> pb::SimilarItem {
    pb::SimilarItem {
        kind: kind(similar.key.kind) as i32,
        id: similar.key.id.to_string(),
        relation: relation(similar.relation) as i32,
        same_problem: number(similar.same_problem),
        solver: similar.solver.as_ref().map_or_else(String::new, ToString::to_string),
        opened_time: Some(instant(similar.opened_at)),
        solved_time: similar.solved_at.map(instant),
        title: String::new(),
        solution: String::new(),
        uri: String::new(),
    }
}

/// An article that answers a ticket.
pub(crate) fn answer(answer: &Answer) -> pb::ArticleAnswer {
    let (verdict, reason) = match answer.verdict {
        AnswerVerdict::Safe => (pb::AnswerVerdict::Safe, pb::AnswerHoldReason::Unspecified),
        AnswerVerdict::Held(reason) => (pb::AnswerVerdict::Held, hold_reason(reason)),
    };
    pb::ArticleAnswer {
        article_id: answer.article.to_string(),
        confidence: number(answer.confidence),
        verdict: verdict as i32,
        hold_reason: reason as i32,
    }
}

/// What an agent knows of what a ticket is about.
pub(crate) fn experience((agent, permille): (&AgentId, u16)) -> pb::AgentExperience {
    pb::AgentExperience { agent: agent.to_string(), share: f64::from(permille) / 1_000.0 }
}

/// An item; who wrote is not told.
pub(crate) fn item(item: &Item) -> pb::KnowledgeItem {
    pb::KnowledgeItem {
        kind: kind(item.key.kind) as i32,
        id: item.key.id.to_string(),
        title: item.title.clone(),
        text: item.text.clone(),
        solution: item.solution.clone(),
        uri: item.uri.clone(),
        product: item.product.clone(),
        category: item.category.as_ref().map_or_else(String::new, ToString::to_string),
        tags: item.tags.clone(),
        solver: item.solver.as_ref().map_or_else(String::new, ToString::to_string),
        customer_id: String::new(),
        opened_time: Some(instant(item.opened_at)),
        solved_time: item.solved_at.map(instant),
    }
}

/// An item with how near it is.
pub(crate) fn found(found: &FoundItem) -> pb::FoundItem {
    pb::FoundItem {
        item: Some(item(&found.item)),
        same_problem: number(found.same_problem),
        score: f64::from(found.near.score),
        cosine: found.near.cosine.map(f64::from),
        word_share: found.near.share.map(f64::from),
    }
}

fn kind(kind: ItemKind) -> pb::ItemKind {
    match kind {
        ItemKind::Ticket => pb::ItemKind::Ticket,
        ItemKind::Article => pb::ItemKind::Article,
    }
}

fn relation(relation: Relation) -> pb::Relation {
    match relation {
        Relation::Duplicate => pb::Relation::Duplicate,
        Relation::RepeatContact => pb::Relation::RepeatContact,
        Relation::SameProblem => pb::Relation::SameProblem,
        Relation::Related => pb::Relation::Related,
    }
}

fn hold_reason(reason: AnswerHold) -> pb::AnswerHoldReason {
    match reason {
        AnswerHold::Signals => pb::AnswerHoldReason::Signals,
        AnswerHold::Mood => pb::AnswerHoldReason::Mood,
        AnswerHold::CategoryUnsure => pb::AnswerHoldReason::CategoryUnsure,
        AnswerHold::ArticleUnsure => pb::AnswerHoldReason::ArticleUnsure,
        AnswerHold::Truncated => pb::AnswerHoldReason::Truncated,
    }
}

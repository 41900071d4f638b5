//! What came with version 3: what a ticket is like, and who knows about it.

use std::sync::Arc;

use switchyard_domain::assessment::{Assessment, Judged, Mode};
use switchyard_domain::desk::Event;
use switchyard_domain::ids::{GroupId, ItemId, TagId};
use switchyard_domain::knowledge::{
    Answer, AnswerHold, AnswerVerdict, Experience, ItemKey, ItemKind, Precedents, Relation, Similar,
};
use switchyard_domain::probability::Probability;
use switchyard_domain::ticket::Ticket;

use super::decisions::intake;
use super::tickets::{assessment, plain_ticket};
use super::{agent_id, at};

/// Tickets with all that version 2 does not have, each at least once.
pub(crate) fn precedent_events() -> Vec<Event> {
    let verdicts = AnswerHold::ALL.map(AnswerVerdict::Held);
    let verdicts = [AnswerVerdict::Safe].into_iter().chain(verdicts);
    verdicts.map(|verdict| Event::TicketTriaged(intake(with_precedents(verdict)))).collect()
}

fn with_precedents(verdict: AnswerVerdict) -> Ticket {
    let answer = Answer { article: item("KB-7"), confidence: p(0.91), verdict };
    let experience = [(agent_id("li.na"), 1_000), (agent_id("王"), 1)];
    let precedents = Precedents {
        similar: Relation::ALL.map(similar).into(),
        answer: Some(answer),
        experience: Experience::from_parts(experience),
    };
    let tags = vec![(TagId::new("wants_refund").expect("valid"), p(0.875))];
    let group = |id: &str| GroupId::new(id).expect("valid");
    let category_group = Some(Judged {
        value: group("returns"),
        confidence: p(0.75),
        mode: Mode::Auto,
        alternatives: vec![(group("other"), p(0.125))],
    });
    let assessment = Arc::new(Assessment { precedents, tags, category_group, ..assessment() });
    Ticket { assessment, ..plain_ticket("T-9", None) }
}

fn similar(relation: Relation) -> Similar {
    let is_bare = relation == Relation::Related;
    Similar {
        key: ItemKey {
            kind: if is_bare { ItemKind::Article } else { ItemKind::Ticket },
            id: item("旧-1"),
        },
        relation,
        same_problem: p(if is_bare { 0.0 } else { 0.75 }),
        solver: (!is_bare).then(|| agent_id("li.na")),
        opened_at: at(-600),
        solved_at: (!is_bare).then(|| at(-60)),
    }
}

fn item(id: &str) -> ItemId {
    ItemId::new(id).expect("valid")
}

fn p(value: f32) -> Probability {
    Probability::saturating(value)
}

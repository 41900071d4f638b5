//! Anything a ticket may be like.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use switchyard_domain::ids::{AgentId, ItemId};
use switchyard_domain::knowledge::{
    Answer, AnswerHold, AnswerVerdict, Experience, ItemKey, ItemKind, Precedents, Relation, Similar,
};

use super::{any_of, id, probability, timestamp};

pub(crate) fn precedents() -> impl Strategy<Value = Precedents> {
    let experience = btree_map(id(AgentId::new), 0u16..=1_000, 0..4);
    (vec(similar(), 0..3), option::of(answer()), experience).prop_map(
        |(similar, answer, experience)| Precedents {
            similar,
            answer,
            experience: Experience::from_parts(experience),
        },
    )
}

fn similar() -> impl Strategy<Value = Similar> {
    let what = (any_of(ItemKind::ALL), id(ItemId::new), any_of(Relation::ALL), probability());
    (what, option::of(id(AgentId::new)), timestamp(), option::of(timestamp())).prop_map(
        |((kind, id, relation, same_problem), solver, opened_at, solved_at)| Similar {
            key: ItemKey { kind, id },
            relation,
            same_problem,
            solver,
            opened_at,
            solved_at,
        },
    )
}

fn answer() -> impl Strategy<Value = Answer> {
    let held = any_of(AnswerHold::ALL).prop_map(AnswerVerdict::Held);
    let verdict = prop_oneof![Just(AnswerVerdict::Safe), held];
    (id(ItemId::new), probability(), verdict).prop_map(|(article, confidence, verdict)| Answer {
        article,
        confidence,
        verdict,
    })
}

//! The desk and the model, side by side after every step.

use std::collections::BTreeMap;

use switchyard_domain::desk::{Case, Desk, Known, Phase};
use switchyard_domain::ids::TicketId;
use switchyard_domain::time::Timestamp;

use crate::model::{Model, Paper, State};

/// All that both know is the same.
pub(crate) fn alike(desk: &Desk, model: &Model) {
    for (id, paper) in &model.papers {
        let case = desk.case(id).unwrap_or_else(|| panic!("{id} is lost"));
        is_told_alike(case, paper, model);
        stands_alike(case, paper);
    }
    nothing_else_is_remembered(desk, model);
    agents_are_alike(desk, model);
    queues_are_alike(desk, model);
}

fn is_told_alike(case: &Case, paper: &Paper, model: &Model) {
    let (id, policy, wishes) = (&paper.told.id, &model.policy, &case.ticket.wishes);
    assert_eq!(case.team.as_ref(), paper.team(policy), "the team of {id}");
    assert_eq!(u64::from(case.weight.milli()), paper.weight(policy), "the weight of {id}");
    assert_eq!(wishes.excluded, paper.excluded(), "who does not get {id}");
    assert_eq!(wishes.last_agent, paper.last_agent, "who is preferred for {id}");
    assert_eq!(case.declined_by, paper.declined, "who gave {id} back");
    let stated = wishes.requirements.as_ref();
    let category = policy.categories.get(&paper.told.assessment.category.value);
    let by_category = category.map(|category| &category.requirements);
    let asked = stated.or(by_category).cloned().unwrap_or_default();
    assert_eq!(asked, paper.requirements(policy), "what {id} asks for");
    let away = paper.away.as_ref().map(|away| (&away.team, away.returns, &away.home));
    let transfer = case.transfer.as_ref().map(|t| (&t.team, t.returns, &t.home.agent));
    assert_eq!(transfer, away, "where {id} is");
}

fn stands_alike(case: &Case, paper: &Paper) {
    let id = &paper.told.id;
    let state = match case.phase.clone() {
        Phase::Queued { .. } => State::Waits,
        Phase::Active { owner, .. } => State::With(owner),
        Phase::Advised { since, listed } => State::Advised { since, listed },
        Phase::Closed { at, closing, owner: last } => State::Ended { at, closing, last },
    };
    assert_eq!(state, paper.state, "where {id} stands");
    assert_eq!(case.clocks, paper.promises.clocks(), "the promises of {id}");
    assert_eq!(case.hold, paper.hold, "the hold of {id}");
    assert_eq!(case.source_revision, paper.revision, "the revision of {id}");
    assert_eq!(case.rating, paper.rating, "the rating of {id}");
    assert_eq!(case.merged_into, paper.merged_into, "where {id} goes on");
}

/// Memory is tidied by events: what should be forgotten may still lie there until the next.
fn nothing_else_is_remembered(desk: &Desk, model: &Model) {
    let others = desk.cases().iter().filter(|(id, _)| !model.papers.contains_key(*id));
    for (id, case) in others {
        let (Phase::Closed { at: since, .. } | Phase::Advised { since, .. }) = case.phase else {
            panic!("nobody brought {id}")
        };
        assert!(since + model.policy.closed_kept < model.now, "{id} was forgotten too soon");
    }
}

fn agents_are_alike(desk: &Desk, model: &Model) {
    let agents: BTreeMap<_, _> =
        desk.roster().seats().iter().map(|seat| (seat.agent().id.clone(), seat)).collect();
    assert!(agents.keys().eq(model.agents.keys()), "other agents");
    assert!(desk.roster().teams().keys().eq(&model.teams), "other teams");
    for (id, seat) in agents {
        let agent = &model.agents[&id];
        assert_eq!(**seat.agent(), *agent, "{id}");
        assert_eq!(seat.n_owned(), model.n_owned(&id), "how many tickets {id} has");
        let room = model.limit(agent) as i64 - model.load(agent) as i64;
        assert_eq!(seat.headroom_milli(), room, "the room of {id}");
    }
}

fn queues_are_alike(desk: &Desk, model: &Model) {
    let queue: Vec<&TicketId> =
        desk.queue_at(model.now).into_iter().map(|case| &case.ticket.id).collect();
    let mut waiting: Vec<_> =
        model.papers.values().filter(|paper| paper.state == State::Waits).collect();
    waiting.sort_by_key(|paper| model.place(paper));
    assert!(queue.into_iter().eq(waiting.iter().map(|paper| &paper.told.id)), "the queue");
}

/// After a reconciliation nothing differs that can be mended.
pub(crate) fn is_mended(desk: &Desk, known: &Known, now: Timestamp) {
    use switchyard_domain::desk::Difference as Differs;
    for (id, difference) in desk.differences(known, now) {
        let stays = match difference {
            Differs::UnknownHere
            | Differs::OwnerUnknownThere { .. }
            | Differs::UnknownAgent { .. }
            | Differs::OlderThere { .. } => true,
            Differs::Owner { .. }
            | Differs::Hold { .. }
            | Differs::ClosedThere
            | Differs::OpenThere { .. }
            | Differs::NotListed => false,
        };
        assert!(stays, "{id} was mended, and is {difference:?}");
    }
}

/// A ticket that is otherwise than it was has another version, for as long as it is remembered.
pub(crate) fn versions_tell(before: &BTreeMap<TicketId, Case>, desk: &Desk) {
    for (id, was) in before {
        let is_it = |case: &&Case| case.history.first() == was.history.first();
        let Some(case) = desk.case(id).filter(is_it) else { continue };
        if case.version != was.version {
            continue;
        }
        let same = Case { history: case.history.clone(), ..was.clone() };
        assert_eq!(*case, same, "{id} changed, and its version {} did not", was.version);
    }
}

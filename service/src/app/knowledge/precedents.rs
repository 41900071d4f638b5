//! What a ticket's assessment says of what was solved before.

use std::sync::Arc;

use switchyard_domain::assessment::{Assessment, Judged, Signal};
use switchyard_domain::ids::{AgentId, CategoryId, CustomerRef, ItemId, TenantId};
use switchyard_domain::knowledge::{
    Answer, AnswerVerdict, Experience, ItemKey, ItemKind, Precedents, Relation, RelationPolicy,
    SIMILAR_MAX, Similar, Standing,
};
use switchyard_domain::time::Timestamp;
use switchyard_models::similar::{Match, Reading, Sketch};
use switchyard_models::understand::{Analysis, Depth};

use super::Shelved;
use super::filter::Filter;
use super::shelf::{Found, Shelf};
use crate::app::App;

/// How many items are looked at for who solved them.
const LOOKED_AT: usize = 20;

/// Below this an article is no answer to show.
const ANSWER_FROM: f32 = 0.5;

/// Below this an item is not worth a look.
const WORTH_FROM: f32 = 0.1;

/// Who asks, beside the text.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The ticket, which is not like itself; `None` where it has no id.
    pub ticket: Option<&'a str>,
    /// Who wrote it.
    pub customer: Option<&'a CustomerRef>,
    /// When.
    pub opened_at: Timestamp,
    /// It comes in, and may be remembered.
    pub comes_in: bool,
}

/// What a text is to be compared with.
#[derive(Debug)]
pub struct Comparing<'a> {
    room: Option<Arc<Shelved>>,
    asking: Asking<'a>,
}

impl Comparing<'_> {
    /// What is wanted of a text that has something to be compared with, or nothing.
    pub fn depth(comparing: Option<&Self>) -> Depth {
        comparing.map_or(Depth::Assessment, |_| Depth::WithSketch)
    }
}

impl App {
    /// What a text has to be compared with, or is to be remembered for; `None` where nothing.
    pub fn comparing<'a>(&self, tenant: &TenantId, asking: Asking<'a>) -> Option<Comparing<'a>> {
        let room = self.knowledge.shelved(tenant);
        let room = room.filter(|room| !room.read().has_nothing_for(asking.customer));
        let is_remembered =
            asking.comes_in && asking.customer.is_some() && self.knowledge.remembers();
        (room.is_some() || is_remembered).then_some(Comparing { room, asking })
    }

    /// Adds to an assessment what was solved before.
    pub fn add_precedents(
        &self,
        tenant: &TenantId,
        comparing: Option<Comparing<'_>>,
        analysis: &mut Analysis,
    ) {
        let Some(Comparing { room: Some(room), asking }) = comparing else { return };
        let Analysis { assessment, sketch, .. } = analysis;
        let sketch = sketch.as_ref().expect("what is compared was analysed with its sketch");
        let reading = self.understander.readings().of(sketch.language);
        let outcome_of = &|id: &ItemId| self.outcome_of(tenant, id);
        let since = self.knowledge.remembered_since(self.desks.clock.now());
        let look = Look { shelf: &room.read(), sketch, reading, asking, since, outcome_of };
        let mut precedents = look.precedents(assessment);
        note_repeat(assessment, &precedents);
        // Last: a customer who comes back gets no answer without a person.
        precedents.answer = look.answer(assessment);
        assessment.precedents = precedents;
    }
}

/// Who solved a ticket, and when.
pub(super) type Outcome = (Option<AgentId>, Timestamp);

/// One ticket's look at a shelf.
struct Look<'a> {
    shelf: &'a Shelf,
    sketch: &'a Sketch,
    reading: &'a Reading,
    asking: Asking<'a>,
    /// What came in before is not remembered any more.
    since: Timestamp,
    /// Who solved a remembered ticket and when.
    outcome_of: &'a dyn Fn(&ItemId) -> Option<Outcome>,
}

impl Look<'_> {
    fn precedents(&self, assessment: &Assessment) -> Precedents {
        let similar = self.similar(assessment);
        let judged = &assessment.category;
        let topic = is_judged(judged).then(|| self.shelf.topic(&judged.value)).flatten();
        let experience = Experience::of(topic, &similar);
        Precedents { similar: shown(similar), answer: None, experience }
    }

    /// Items worth a look, the nearest first: of all, and of the same customer.
    fn similar(&self, assessment: &Assessment) -> Vec<Similar> {
        let excluded = self.asking.ticket.and_then(|id| ItemId::new(id).ok());
        let excluded = excluded.map(|id| ItemKey { kind: ItemKind::Ticket, id });
        let filter = Filter { excluded, ..Filter::default() };
        let weights = self.reading.weights();
        let mut found = self.shelf.search(self.sketch, &filter, LOOKED_AT, weights);
        let is_new = |own: &Found, found: &[Found]| {
            filter.passes(&own.entry) && found.iter().all(|it| it.entry.key != own.entry.key)
        };
        for own in self.own_before() {
            if is_new(&own, &found) {
                found.push(own);
            }
        }
        found.sort_by(|a, b| b.near.score.total_cmp(&a.near.score));
        let similar = found.into_iter().map(|found| self.stands(found, assessment));
        similar.filter(|it| it.same_problem.get() >= WORTH_FROM).collect()
    }

    /// What the same customer brought before.
    fn own_before(&self) -> Vec<Found> {
        let own = self.asking.customer.map(|customer| {
            let theirs = (customer, self.since);
            self.shelf.own_of(theirs, self.sketch, self.reading.weights())
        });
        own.unwrap_or_default()
    }

    fn stands(&self, found: Found, assessment: &Assessment) -> Similar {
        let mut entry = found.entry;
        if entry.remembered.is_some()
            && let Some((solver, at)) = (self.outcome_of)(&entry.key.id)
        {
            (entry.solver, entry.solved_at) = (solver, Some(at));
        }
        let asking = &self.asking;
        let category = probability_of(&assessment.category, entry.category.as_ref());
        let standing = Standing {
            same_problem: self.reading.same_problem(&found.near, category),
            same_customer: asking.customer.is_some() && entry.customer.as_ref() == asking.customer,
            age: asking.opened_at - entry.opened_at,
            was_solved: entry.solved_at.is_some_and(|at| at <= asking.opened_at),
        };
        Similar {
            relation: standing.relation(&RelationPolicy::default()),
            same_problem: standing.same_problem,
            key: entry.key,
            solver: entry.solver,
            opened_at: entry.opened_at,
            solved_at: entry.solved_at,
        }
    }

    /// The nearest article, if it is likelier than not that it answers.
    fn answer(&self, assessment: &Assessment) -> Option<Answer> {
        let (_, n_articles) = self.shelf.counts();
        if n_articles == 0 {
            return None;
        }
        let filter = Filter { kind: Some(ItemKind::Article), ..Filter::default() };
        let reading = &self.reading.article;
        let found = self.shelf.search(self.sketch, &filter, 2, reading.weights());
        let near: Vec<Match> = found.iter().map(|it| it.near).collect();
        let confidence = reading.answers(&near);
        let nearest = found.into_iter().next().filter(|_| confidence.get() >= ANSWER_FROM)?;
        let verdict = AnswerVerdict::on(assessment, confidence, reading.answer_from);
        Some(Answer { article: nearest.entry.key.id, confidence, verdict })
    }
}

/// The nearest few. What the customer brought before is among them wherever it stands: strangers
/// with the same problem must not hide a duplicate.
fn shown(similar: Vec<Similar>) -> Vec<Similar> {
    let is_own =
        |it: &Similar| matches!(it.relation, Relation::Duplicate | Relation::RepeatContact);
    let mut places: Vec<usize> = (0..similar.len()).collect();
    places.sort_by_key(|at| !is_own(&similar[*at]));
    places.truncate(SIMILAR_MAX);
    let is_shown = |(at, it): (usize, Similar)| places.contains(&at).then_some(it);
    similar.into_iter().enumerate().filter_map(is_shown).collect()
}

/// Whether anything is known of what a text is about: a category that stands in for none is no
/// judgement.
fn is_judged(judged: &Judged<CategoryId>) -> bool {
    judged.confidence.get() > 0.0
}

/// The probability that a text is of an item's category; what is not among the best is hardly it.
/// `None` where either is unknown.
pub(super) fn probability_of(
    judged: &Judged<CategoryId>,
    category: Option<&CategoryId>,
) -> Option<f32> {
    let category = category.filter(|_| is_judged(judged))?;
    let best = (&judged.value, judged.confidence);
    let others = judged.alternatives.iter().map(|(id, probability)| (id, *probability));
    let mut known = std::iter::once(best).chain(others);
    Some(known.find(|(id, _)| *id == category).map_or(0.0, |(_, probability)| probability.get()))
}

/// A customer who comes back for the same reason says so by coming back.
fn note_repeat(assessment: &mut Assessment, precedents: &Precedents) {
    let repeat = precedents.similar.iter().find(|it| it.relation == Relation::RepeatContact);
    let Some(repeat) = repeat.filter(|_| !assessment.has(Signal::RepeatContact)) else { return };
    assessment.signals.push((Signal::RepeatContact, repeat.same_problem));
    assessment.signals.sort_by_key(|(signal, _)| *signal);
}

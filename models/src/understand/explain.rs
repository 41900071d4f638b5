//! Why a model answers as it does: the phrases of the text that moved it, and training texts near it.
//!
//! A phrase's weight is measured and not guessed: the text is judged once more without it, and the
//! weight is how far the log-odds of the answer fall. That holds for whatever features and heads
//! there are, and costs a judgement a word.

use std::ops::Range;

use super::meanings::Meant;
use super::{Categories, Understanding, WORKSPACE};
use crate::bundle::HeadName;
use crate::classifier::Workspace;
use crate::clean::han::is_han;
use crate::language;
use crate::rank::best;
use crate::scope::Exemplars;
use crate::text::TicketText;

/// Words or Chinese characters looked at one by one; longer texts are looked at in runs first.
const UNITS_MAX: usize = 128;
/// Runs of a long text that are looked into.
const RUNS_MAX: usize = 8;
/// Phrases told of each answer, for it and against it together.
const REASONS_MAX: usize = 8;
/// Smaller weights move nothing worth telling. *Units*: natural log-odds.
const WEIGHT_MIN: f32 = 0.1;
/// Phrases measured of each answer: the strongest by the sum of their words.
const MEASURED_MAX: usize = 12;
/// Neighbours this far below the strongest word do not join a phrase.
const JOIN_SHARE: f32 = 0.2;
/// Training texts told of the answer, and as many of its rival.
const EXAMPLES_MAX: usize = 3;
/// Probabilities closer to 0 or 1 are taken for this, so that odds stay finite.
const CERTAIN: f32 = 1e-7;

/// Why one answer was given.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The question.
    pub head: HeadName,
    /// The answer.
    pub label: String,
    /// The next best answer; `None` where labels are found or not, each by itself.
    pub rival: Option<String>,
    /// The natural log-odds of the answer against its rival, or against not being there.
    pub log_odds: f32,
    /// What moved it, the strongest first.
    pub reasons: Vec<Reason>,
    /// Training texts of the answer and its rival that are near, the nearest first; of the category
    /// alone, where the bundle has some.
    pub examples: Vec<Example>,
}

/// A phrase that moved an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// As the model reads it: in small letters and simplified script.
    pub phrase: String,
    /// How much the log-odds fall without it; below 0 it spoke against the answer.
    pub weight: f32,
}

/// A training text near the one judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its key in the data.
    pub key: String,
    /// What it is about.
    pub label: String,
    /// Its beginning; empty where the bundle has keys alone.
    pub text: String,
    /// The cosine of both texts' vectors.
    pub similarity: f32,
}

/// Which odds are asked: of a label against another, or against not being there.
#[derive(Debug, Clone, Copy)]
struct Question {
    head: HeadName,
    label: usize,
    rival: Option<usize>,
}

impl Understanding {
    /// Explains the best category, sentiment and urgency, and each signal and tag found; empty for
    /// a text that says nothing.
    pub fn explain(&self, ticket: &TicketText<'_>, categories: Categories<'_>) -> Vec<Explained> {
        WORKSPACE.with_borrow_mut(|work| {
            work.cleaned.read(ticket);
            let language = language::detect(&work.cleaned);
            if super::silence_of(work, language).is_some() {
                return Vec::new();
            }
            let text = work.cleaned.with_numbers().into_owned();
            let meant = self.meant_labels(categories);
            let mut judge = Judge { model: self, work, categories, meant };
            let full = judge.probabilities(&text);
            let questions = judge.questions(&full);
            let dense = judge.work.dense().to_vec();
            let found = judge.falls(&text, &full, &questions);
            let explained = questions.iter().zip(found);
            let mut all: Vec<Explained> = explained
                .map(|(question, reasons)| judge.explained(*question, &full, reasons))
                .collect();
            if let Some((question, told)) = questions.first().zip(all.first_mut()) {
                told.examples = judge.examples(*question, &dense);
            }
            all
        })
    }
}

/// Every head's probabilities.
type Probabilities = Vec<(HeadName, Vec<f32>)>;

struct Judge<'a> {
    model: &'a Understanding,
    work: &'a mut Workspace,
    categories: Categories<'a>,
    /// The categories that the bundle's labels mean, where they mean somebody's own.
    meant: Vec<String>,
}

impl Understanding {
    fn meant_labels(&self, categories: Categories<'_>) -> Vec<String> {
        let Categories::Meant(meanings) = categories else { return Vec::new() };
        let none = vec![0.0; self.labels.categories.len()];
        let meant = Meant::of(&self.labels.categories, &none, meanings, &self.fallback);
        meant.categories.iter().map(ToString::to_string).collect()
    }
}

impl Judge<'_> {
    fn probabilities(&mut self, text: &str) -> Probabilities {
        text.clone_into(&mut self.work.cleaned.text);
        self.model.classifier.vectorize(self.work);
        self.model.classifier.score(self.work);
        let of = |name: HeadName| (name, self.model.classifier.probabilities(name, self.work));
        let mut all: Probabilities =
            HeadName::ALL.map(of).into_iter().map(|(name, p)| (name, p.to_vec())).collect();
        match self.categories {
            Categories::Model => {}
            Categories::Own(head) => {
                all[0].1 = head.probabilities(text, &mut self.work.own).to_vec();
            }
            Categories::Meant(meanings) => {
                let Understanding { labels, fallback, .. } = self.model;
                let meant = Meant::of(&labels.categories, &all[0].1, meanings, fallback);
                all[0].1 = meant.probabilities;
            }
        }
        all
    }

    fn labels(&self, head: HeadName) -> &[String] {
        match (head, self.categories) {
            (HeadName::Category, Categories::Own(own)) => &own.spec().labels,
            (HeadName::Category, Categories::Meant(_)) => &self.meant,
            _ => self.model.classifier.head(head).map_or(&[], |spec| &spec.labels),
        }
    }

    fn questions(&self, full: &Probabilities) -> Vec<Question> {
        let of_head = |(head, p): &(HeadName, Vec<f32>)| {
            if head.is_multi_label() { self.found(*head, p) } else { one_of(*head, p) }
        };
        full.iter().flat_map(of_head).collect()
    }

    fn found(&self, head: HeadName, p: &[f32]) -> Vec<Question> {
        let Some(spec) = self.model.classifier.head(head) else { return Vec::new() };
        let found = p.iter().enumerate().filter(|(at, p)| **p >= spec.auto_of(*at));
        found.map(|(label, _)| Question { head, label, rival: None }).collect()
    }

    /// For each question the phrases that moved its answer.
    fn falls(
        &mut self,
        text: &str,
        full: &Probabilities,
        questions: &[Question],
    ) -> Vec<Vec<Reason>> {
        let units = self.units(text, full, questions);
        let falls: Vec<Vec<f32>> =
            units.iter().map(|unit| self.fall(text, unit, full, questions)).collect();
        let of_question = |at: usize| {
            let weights: Vec<f32> = falls.iter().map(|falls| falls[at]).collect();
            phrases(text, &units, &weights)
        };
        let phrases: Vec<Vec<Range<usize>>> = (0..questions.len()).map(of_question).collect();
        let asked = questions.iter().zip(&phrases);
        asked.map(|(question, phrases)| self.reasons(text, phrases, full, *question)).collect()
    }

    /// What is looked at one by one: every unit, or those of the runs that moved most.
    fn units(
        &mut self,
        text: &str,
        full: &Probabilities,
        questions: &[Question],
    ) -> Vec<Range<usize>> {
        let units = units(text);
        if units.len() <= UNITS_MAX {
            return units;
        }
        let runs: Vec<&[Range<usize>]> = units.chunks(units.len().div_ceil(UNITS_MAX)).collect();
        let moved = |run: &[Range<usize>]| run[0].start..run[run.len() - 1].end;
        let mut rated: Vec<(f32, usize)> = Vec::new();
        for (at, run) in runs.iter().enumerate() {
            let falls = self.fall(text, &moved(run), full, questions);
            rated.push((falls.iter().map(|fall| fall.abs()).fold(0.0, f32::max), at));
        }
        rated.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut kept: Vec<usize> = rated.iter().take(RUNS_MAX).map(|(_, at)| *at).collect();
        kept.sort_unstable();
        kept.into_iter().flat_map(|at| runs[at].iter().cloned()).collect()
    }

    /// How far each question's log-odds fall without a part of the text.
    fn fall(
        &mut self,
        text: &str,
        part: &Range<usize>,
        full: &Probabilities,
        questions: &[Question],
    ) -> Vec<f32> {
        let without = format!("{} {}", &text[..part.start], &text[part.end..]);
        let p = self.probabilities(&without);
        questions.iter().map(|question| question.odds(full) - question.odds(&p)).collect()
    }

    fn reasons(
        &mut self,
        text: &str,
        phrases: &[Range<usize>],
        full: &Probabilities,
        question: Question,
    ) -> Vec<Reason> {
        let reason = |part: &Range<usize>| Reason {
            phrase: text[part.clone()].to_owned(),
            weight: self.fall(text, part, full, &[question])[0],
        };
        let mut reasons: Vec<Reason> = phrases.iter().map(reason).collect();
        reasons.retain(|reason| reason.weight.abs() >= WEIGHT_MIN);
        reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        reasons.truncate(REASONS_MAX);
        reasons
    }

    fn explained(
        &self,
        question: Question,
        full: &Probabilities,
        reasons: Vec<Reason>,
    ) -> Explained {
        let labels = self.labels(question.head);
        let label = |at: usize| labels.get(at).cloned().unwrap_or_default();
        Explained {
            head: question.head,
            label: label(question.label),
            rival: question.rival.map(label),
            log_odds: question.odds(full),
            reasons,
            examples: Vec::new(),
        }
    }

    /// The answer that a label of the examples' speaks for.
    fn answer_of(&self, label: usize) -> usize {
        let Categories::Meant(meanings) = self.categories else { return label };
        let own = self.model.labels.categories.get(label).and_then(|id| meanings.get(id));
        let place = own.and_then(|own| self.meant.iter().skip(1).position(|it| it == own.as_str()));
        place.map_or(0, |at| at + 1)
    }

    fn examples(&self, question: Question, dense: &[f32]) -> Vec<Example> {
        let kept: Option<&Exemplars> = match self.categories {
            Categories::Own(own) => own.exemplars(),
            Categories::Model | Categories::Meant(_) => self.model.classifier.exemplars(),
        };
        let Some(kept) = kept.filter(|_| question.head == HeadName::Category) else {
            return Vec::new();
        };
        let asked = |label: &usize| {
            let at = self.answer_of(*label);
            at == question.label || Some(at) == question.rival
        };
        let asked: Vec<usize> = (0..kept.n_labels()).filter(asked).collect();
        let labels = self.labels(question.head);
        let near = kept.near(&asked, dense, EXAMPLES_MAX).into_iter();
        near.map(|near| Example {
            key: near.note.key.clone(),
            label: labels.get(self.answer_of(near.label)).cloned().unwrap_or_default(),
            text: near.note.text.clone(),
            similarity: near.cosine,
        })
        .collect()
    }
}

impl Question {
    fn odds(self, all: &Probabilities) -> f32 {
        let p = |at: usize| {
            let of_head = all.iter().find(|(head, _)| *head == self.head);
            of_head.and_then(|(_, p)| p.get(at)).copied().unwrap_or(0.0)
        };
        let for_it = p(self.label);
        let against = self.rival.map_or(1.0 - for_it, p);
        (for_it.max(CERTAIN) / against.max(CERTAIN)).ln()
    }
}

/// The best label against the next; nothing where there are not two.
fn one_of(head: HeadName, p: &[f32]) -> Vec<Question> {
    match best::<2>(p) {
        [Some(label), Some(rival)] => vec![Question { head, label, rival: Some(rival) }],
        _ => Vec::new(),
    }
}

/// The words, the Chinese characters and the runs of marks of a cleaned text.
fn units(text: &str) -> Vec<Range<usize>> {
    let mut units: Vec<(Kind, Range<usize>)> = Vec::new();
    for (at, c) in text.char_indices() {
        let (kind, end) = (Kind::of(c), at + c.len_utf8());
        match units.last_mut() {
            Some((last, range)) if kind == *last && kind.runs_on() && range.end == at => {
                range.end = end;
            }
            _ => units.push((kind, at..end)),
        }
    }
    let told = units.into_iter().filter(|(kind, _)| *kind != Kind::Space);
    told.map(|(_, range)| range).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    Han,
    Word,
    Mark,
}

impl Kind {
    fn of(c: char) -> Self {
        match c {
            _ if is_han(c) => Self::Han,
            _ if c.is_alphanumeric() || c == '\'' => Self::Word,
            _ if c.is_whitespace() => Self::Space,
            _ => Self::Mark,
        }
    }

    fn runs_on(self) -> bool {
        self != Self::Han
    }
}

/// Neighbouring units that push the same way, joined; the strongest first.
fn phrases(text: &str, units: &[Range<usize>], weights: &[f32]) -> Vec<Range<usize>> {
    let strongest = weights.iter().map(|weight| weight.abs()).fold(0.0, f32::max);
    let floor = (strongest * JOIN_SHARE).max(WEIGHT_MIN / 2.0);
    let mut joined: Vec<(Range<usize>, f32)> = Vec::new();
    for (unit, weight) in units.iter().zip(weights).filter(|(_, weight)| weight.abs() >= floor) {
        match joined.last_mut() {
            Some((last, sum)) if *sum * weight > 0.0 && is_beside(text, last.end, unit.start) => {
                last.end = unit.end;
                *sum += weight;
            }
            _ => joined.push((unit.clone(), *weight)),
        }
    }
    joined.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    joined.truncate(MEASURED_MAX);
    joined.into_iter().map(|(range, _)| range).collect()
}

/// Whether nothing but blanks of one line stands between.
fn is_beside(text: &str, end: usize, start: usize) -> bool {
    text[end..start].chars().all(|c| c == ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_characters_and_marks_are_looked_at_one_by_one() {
        let text = "where's it?! 退货";
        let units = units(text);
        let parts: Vec<&str> = units.into_iter().map(|unit| &text[unit]).collect();
        assert_eq!(parts, ["where's", "it", "?!", "退", "货"]);
    }

    #[test]
    fn neighbours_that_push_the_same_way_are_one_phrase() {
        let text = "my money back now please";
        let found = phrases(text, &units(text), &[0.0, 1.0, 0.5, -0.4, 0.05]);
        let parts: Vec<&str> = found.into_iter().map(|part| &text[part]).collect();
        assert_eq!(parts, ["money back", "now"]);
    }

    #[test]
    fn odds_of_a_certain_label_stay_finite() {
        let question = Question { head: HeadName::Tags, label: 0, rival: None };
        let odds = question.odds(&vec![(HeadName::Tags, vec![1.0])]);
        assert!(odds.is_finite() && odds > 10.0);
    }
}

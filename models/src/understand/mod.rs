//! A ticket's text to one [`Assessment`].
//!
//! The road is short and fixed: clean, vectorise, score, judge. What the caller
//! knows wins over what the model thinks; what the model cannot know it says.

mod explain;
mod judge;
mod labels;
mod meanings;
mod sketch;
mod topic;
mod without_model;

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Instant;

use switchyard_domain::assessment::{
    AbstainReason, Assessment, Judged, Language, Mode, Origin, Signal,
};
use switchyard_domain::ids::{CategoryId, TagId};
use switchyard_domain::knowledge::Precedents;
use switchyard_domain::probability::Probability;

pub use self::explain::{Example, Explained, Reason};
use self::judge::{expected_score, judged, known, unjudged};
use self::labels::Labels;
pub use self::meanings::Meanings;
pub use self::sketch::sketch_of_words;
use self::topic::Topic;
pub use self::without_model::{fallback_assessment, without_category};
use crate::bundle::{Bundle, BundleError, HeadName, HeadSpec};
use crate::classifier::{Classifier, Workspace};
use crate::clean::Cleaned;
use crate::language;
use crate::own::OwnHead;
use crate::similar::{Readings, Sketch};
use crate::text::{Known, TicketText};

thread_local! {
    /// One workspace a thread: analysing needs `&self` only and allocates little.
    static WORKSPACE: RefCell<Workspace> = RefCell::new(Workspace::default());
}

/// A loaded model, ready for any number of threads.
#[derive(Debug, Clone)]
pub struct Understanding {
    classifier: Classifier,
    labels: Labels,
    fallback: CategoryId,
    known_share_min: f32,
    version: Arc<str>,
    dense_width: Option<usize>,
    readings: Readings,
}

/// Whose categories a ticket is told in.
#[derive(Debug, Clone, Copy)]
pub enum Categories<'a> {
    /// The model's labels.
    Model,
    /// Somebody's own, some of which the model's labels mean: a category's probability is the sum
    /// of its labels'.
    ///
    /// Where labels that mean none of them are likelier than each of them, the category is
    /// abstained from as out of scope.
    Meant(&'a Meanings),
    /// Somebody's own, which a head of their own judges.
    Own(&'a OwnHead),
}

impl<'a> Categories<'a> {
    fn own(self) -> Option<&'a OwnHead> {
        match self {
            Self::Own(head) => Some(head),
            Self::Model | Self::Meant(_) => None,
        }
    }
}

/// What is wanted of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The assessment.
    Assessment,
    /// What the text is compared by, too.
    WithSketch,
}

/// An assessment and what it took.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// What is known of the ticket's content.
    pub assessment: Assessment,
    /// What the text is compared by, where that was wanted.
    pub sketch: Option<Sketch>,
    /// Where the time went.
    pub timings: StepTimings,
}

/// Wall-clock time of each step, in nanoseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StepTimings {
    /// Cleaning and language.
    pub clean_ns: u64,
    /// The sparse vector.
    pub features_ns: u64,
    /// All heads, calibration and judgement.
    pub heads_ns: u64,
}

impl Understanding {
    /// The understanding of a bundle.
    ///
    /// # Errors
    /// A label of the bundle is none that the product knows.
    pub fn new(bundle: &Bundle) -> Result<Self, BundleError> {
        // Folding tables are built now rather than in the first ticket's time.
        Cleaned::default().read(&TicketText::new("", "預"));
        let manifest = bundle.manifest();
        let fallback = CategoryId::new(&manifest.fallback)
            .map_err(|_| BundleError::NoFallback { fallback: manifest.fallback.clone() })?;
        Ok(Self {
            classifier: Classifier::new(bundle),
            labels: Labels::new(manifest)?,
            fallback,
            known_share_min: manifest.known_share_min,
            version: Arc::from(bundle.version()),
            dense_width: manifest.embedding.as_ref().map(|spec| spec.width),
            readings: manifest.retrieval.unwrap_or(Readings::UNLEARNT),
        })
    }

    /// The bundle's version, `name@digest-prefix`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The categories the model may answer with, in the order of the bundle.
    pub fn categories(&self) -> &[CategoryId] {
        &self.labels.categories
    }

    /// Assesses a ticket. Any text is fine; what cannot be judged is abstained from.
    pub fn analyze(&self, ticket: &TicketText<'_>, known: &Known) -> Analysis {
        self.analyze_for(ticket, known, Categories::Model, Depth::Assessment)
    }

    /// Assesses a ticket for somebody whose categories may be their own.
    pub fn analyze_for(
        &self,
        ticket: &TicketText<'_>,
        known: &Known,
        categories: Categories<'_>,
        depth: Depth,
    ) -> Analysis {
        WORKSPACE.with_borrow_mut(|work| {
            let mut analysis = self.analyze_in(work, ticket, known, categories);
            analysis.sketch = (depth == Depth::WithSketch).then(|| sketch::of(work));
            analysis
        })
    }

    fn analyze_in(
        &self,
        work: &mut Workspace,
        ticket: &TicketText<'_>,
        known: &Known,
        categories: Categories<'_>,
    ) -> Analysis {
        let mut timings = StepTimings::default();
        let start = Instant::now();
        work.cleaned.read(ticket);
        let language = known.language.unwrap_or_else(|| language::detect(&work.cleaned));
        let cleaned = Instant::now();
        self.classifier.vectorize(work);
        let vectorized = Instant::now();
        self.classifier.score(work);
        if let Categories::Own(head) = categories {
            head.probabilities(&work.cleaned.with_numbers(), &mut work.own);
        }
        let assessment = self.assess(work, language, known, categories);
        timings.clean_ns = (cleaned - start).as_nanos() as u64;
        timings.features_ns = (vectorized - cleaned).as_nanos() as u64;
        timings.heads_ns = vectorized.elapsed().as_nanos() as u64;
        Analysis { assessment, sketch: None, timings }
    }

    fn assess(
        &self,
        work: &Workspace,
        language: Language,
        facts: &Known,
        categories: Categories<'_>,
    ) -> Assessment {
        let silence = silence_of(work, language);
        let sentiment = match facts.sentiment {
            Some(stated) => known(stated),
            None => self.judge(HeadName::Sentiment, &self.labels.sentiments, work, silence),
        };
        let urgency = match facts.urgency {
            Some(stated) => known(stated),
            None => self.judge(HeadName::Urgency, &self.labels.urgencies, work, silence),
        };
        let Topic { category, group } = self.topic(work, silence, facts, categories);
        Assessment {
            language,
            category,
            category_group: group,
            category_origin: if facts.category.is_some() { Origin::Caller } else { Origin::Model },
            sentiment_score: self.sentiment_score(work, silence, facts),
            sentiment,
            urgency,
            signals: self.signals(work, silence, facts),
            tags: self.tags(work, silence),
            truncated: work.cleaned.truncated,
            model_version: Arc::clone(categories.own().map_or(&self.version, OwnHead::version)),
            degraded: None,
            precedents: Precedents::default(),
        }
    }

    /// The judgement of one head; `silence` turns any mode into abstention.
    fn judge<T: Clone>(
        &self,
        name: HeadName,
        values: &[T],
        work: &Workspace,
        silence: Option<AbstainReason>,
    ) -> Judged<T> {
        let probabilities = self.classifier.probabilities(name, work);
        self.judge_as(name, values, probabilities, work, silence, HeadSpec::mode_of)
    }

    fn judge_as<T: Clone>(
        &self,
        name: HeadName,
        values: &[T],
        probabilities: &[f32],
        work: &Workspace,
        silence: Option<AbstainReason>,
        mode_of: impl Fn(&HeadSpec, usize, f32) -> Mode,
    ) -> Judged<T> {
        let Some(spec) = self.classifier.head(name) else {
            return unjudged(values[0].clone(), AbstainReason::LowConfidence);
        };
        let silence = silence.or(self.strangeness_of(work));
        judged(values, probabilities, |at, p| match silence {
            Some(reason) => Mode::Abstain(reason),
            None => mode_of(spec, at, p),
        })
    }

    /// Few known n-grams, scaled to unit length, can look sure: such confidence means nothing.
    fn strangeness_of(&self, work: &Workspace) -> Option<AbstainReason> {
        (work.known_share() < self.known_share_min).then_some(AbstainReason::OutOfScope)
    }

    fn sentiment_score(
        &self,
        work: &Workspace,
        silence: Option<AbstainReason>,
        facts: &Known,
    ) -> f32 {
        match (facts.sentiment, silence) {
            (Some(stated), _) => stated.score(),
            (None, Some(_)) => 0.0,
            (None, None) => {
                let probabilities = self.classifier.probabilities(HeadName::Sentiment, work);
                expected_score(&self.labels.sentiments, probabilities)
            }
        }
    }

    fn tags(&self, work: &Workspace, silence: Option<AbstainReason>) -> Vec<(TagId, Probability)> {
        let Some(spec) = self.classifier.head(HeadName::Tags).filter(|_| silence.is_none()) else {
            return Vec::new();
        };
        let rated = self.labels.tags.iter().zip(self.classifier.probabilities(spec.name, work));
        let found = rated.enumerate().filter(|(at, (_, p))| **p >= spec.auto_of(*at));
        found.map(|(_, (tag, p))| (tag.clone(), Probability::saturating(*p))).collect()
    }

    fn signals(
        &self,
        work: &Workspace,
        silence: Option<AbstainReason>,
        facts: &Known,
    ) -> Vec<(Signal, Probability)> {
        let probabilities = self.classifier.probabilities(HeadName::Signals, work);
        let spec = self.classifier.head(HeadName::Signals);
        let found_from = |at: usize| spec.map_or(f32::MAX, |spec| spec.auto_of(at));
        let found = |signal: Signal| {
            if facts.signals.contains(&signal) {
                return Some((signal, Probability::ONE));
            }
            let at = self.labels.signals.iter().position(|label| *label == signal)?;
            let p = *probabilities.get(at)?;
            (silence.is_none() && p >= found_from(at))
                .then_some((signal, Probability::saturating(p)))
        };
        Signal::ALL.into_iter().filter_map(found).collect()
    }
}

/// Why nothing can be said of a text whatever the model thinks.
fn silence_of(work: &Workspace, language: Language) -> Option<AbstainReason> {
    let cleaned = &work.cleaned;
    match (cleaned.is_nearly_empty(), language) {
        (true, _) if cleaned.has_unread_attachment => Some(AbstainReason::NeedsAttachment),
        (true, _) => Some(AbstainReason::OutOfScope),
        (false, Language::Und) => Some(AbstainReason::UnknownLanguage),
        (false, Language::ZhHans | Language::ZhHant | Language::En | Language::Mixed) => None,
    }
}

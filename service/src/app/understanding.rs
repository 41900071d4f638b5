//! The models behind one door: a bundle if there is one, defaults if there is none.

use std::path::Path;

use switchyard_datasets::taxonomy::Taxonomy;
use switchyard_domain::ids::CategoryId;
use switchyard_domain::policy::{Labels, Policy};
use switchyard_models::bundle::{Bundle, BundleError, HeadName, Manifest};
use switchyard_models::fit::Encoder;
use switchyard_models::own::OwnHead;
use switchyard_models::similar::{Readings, Sketch};
use switchyard_models::text::{Known, TicketText};
use switchyard_models::understand::{
    Analysis, Categories, Depth, Explained, StepTimings, Understanding, fallback_assessment,
    sketch_of_words, without_category,
};

use crate::telemetry::measures;

/// The embedded default bundle, file by file.
const DEFAULT_BUNDLE: [(&str, &[u8]); 3] = [
    ("manifest.json", include_bytes!("../../../models/bundles/default/manifest.json")),
    (
        "weights.safetensors.gz",
        include_bytes!("../../../models/bundles/default/weights.safetensors.gz"),
    ),
    ("card.md", include_bytes!("../../../models/bundles/default/card.md")),
];

/// Which model to use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelChoice<'a> {
    /// The one in the binary.
    Embedded,
    /// One in a folder.
    Folder(&'a Path),
    /// None: rules and defaults decide.
    None,
}

/// What a model is and was made of.
#[derive(Debug)]
pub struct About {
    /// As `name@digest-prefix`.
    pub version: String,
    /// Heads, data and figures.
    pub manifest: Manifest,
    /// The card for people.
    pub card: String,
    /// What heads of tenants' own are fitted on.
    pub encoder: Encoder,
}

/// Text in, assessment out, with or without a model.
#[derive(Debug)]
pub struct Understander {
    model: Option<Understanding>,
    about: Option<About>,
    /// The category of texts that nobody judged.
    fallback: CategoryId,
}

impl Understander {
    /// Loads the chosen model.
    pub fn load(choice: &ModelChoice<'_>) -> Result<Self, BundleError> {
        let bundle = match choice {
            ModelChoice::Embedded => Bundle::from_files(&DEFAULT_BUNDLE)?,
            ModelChoice::Folder(folder) => Bundle::load(folder)?,
            ModelChoice::None => {
                return Ok(Self { model: None, about: None, fallback: fallback() });
            }
        };
        let model = Some(Understanding::new(&bundle)?);
        let (version, manifest) = (bundle.version().to_owned(), bundle.manifest().clone());
        let encoder = Encoder::new(&bundle);
        let about = Some(About { version, manifest, card: bundle.card().to_owned(), encoder });
        Ok(Self { model, about, fallback: fallback() })
    }

    /// The bundle's version; empty without a model.
    pub fn version(&self) -> &str {
        self.model.as_ref().map_or("", Understanding::version)
    }

    /// The labels the model may answer with; `None` without a model.
    pub fn categories(&self) -> Option<&[CategoryId]> {
        self.model.as_ref().map(Understanding::categories)
    }

    /// Whether the model's labels are the categories of a policy, or are all those that it says
    /// mean its own; without a model there are none.
    pub fn fits(&self, policy: &Policy) -> bool {
        self.categories().is_none_or(|labels| match &policy.labels {
            Labels::Model => {
                let ours = &policy.categories;
                labels.len() == ours.len() && labels.iter().all(|label| ours.contains_key(label))
            }
            Labels::Own(meanings) => meanings.keys().all(|label| labels.contains(label)),
        })
    }

    /// Assesses a text for a policy, by a head of the tenant's own where there is one; a model with
    /// other labels than the policy's categories judges no category.
    pub fn analyze_under(
        &self,
        policy: &Policy,
        own: Option<&OwnHead>,
        text: &TicketText<'_>,
        known: &Known,
        depth: Depth,
    ) -> Analysis {
        let mut analysis = self.assess(text, known, categories(policy, own), depth);
        if own.is_none() && !self.fits(policy) {
            analysis.assessment = without_category(analysis.assessment, &self.fallback);
        }
        note(&analysis);
        analysis
    }

    /// Assesses a text in the model's labels, or in those of a head of the tenant's own.
    ///
    /// Some tens of microseconds: shorter than handing it to another thread and back.
    pub fn analyze(
        &self,
        text: &TicketText<'_>,
        known: &Known,
        own: Option<&OwnHead>,
        depth: Depth,
    ) -> Analysis {
        let categories = own.map_or(Categories::Model, Categories::Own);
        let analysis = self.assess(text, known, categories, depth);
        note(&analysis);
        analysis
    }

    /// Why a text is assessed as it is; nothing without a model.
    pub fn explain(
        &self,
        policy: &Policy,
        own: Option<&OwnHead>,
        text: &TicketText<'_>,
    ) -> Vec<Explained> {
        let Some(model) = &self.model else { return Vec::new() };
        let mut explained = model.explain(text, categories(policy, own));
        // A category that is not judged has no reasons.
        let is_judged = own.is_some() || self.fits(policy);
        explained.retain(|it| is_judged || it.head != HeadName::Category);
        explained
    }

    /// What the model is and was made of; `None` without one.
    pub fn about(&self) -> Option<&About> {
        self.about.as_ref()
    }

    /// What a text is compared by.
    pub fn sketch(&self, text: &TicketText<'_>) -> Sketch {
        match &self.model {
            Some(model) => model.sketch(text),
            None => sketch_of_words(text),
        }
    }

    /// The numbers of a sketch's vector; `None` where sketches are words alone.
    pub fn dense_width(&self) -> Option<usize> {
        self.model.as_ref().and_then(Understanding::dense_width)
    }

    /// How what is found is read.
    pub fn readings(&self) -> &Readings {
        self.model.as_ref().map_or(&Readings::UNLEARNT, Understanding::readings)
    }

    fn assess(
        &self,
        text: &TicketText<'_>,
        known: &Known,
        categories: Categories<'_>,
        depth: Depth,
    ) -> Analysis {
        match &self.model {
            Some(model) => model.analyze_for(text, known, categories, depth),
            None => Analysis {
                assessment: fallback_assessment(text, known, &self.fallback),
                sketch: (depth == Depth::WithSketch).then(|| sketch_of_words(text)),
                timings: StepTimings::default(),
            },
        }
    }
}

/// Whose categories a policy speaks of.
fn categories<'a>(policy: &'a Policy, own: Option<&'a OwnHead>) -> Categories<'a> {
    match (own, &policy.labels) {
        (Some(head), _) => Categories::Own(head),
        (None, Labels::Own(meanings)) => Categories::Meant(meanings),
        (None, Labels::Model) => Categories::Model,
    }
}

fn fallback() -> CategoryId {
    Taxonomy::embedded().fallback
}

fn note(analysis: &Analysis) {
    let timings = &analysis.timings;
    measures::stage("clean", timings.clean_ns);
    measures::stage("features", timings.features_ns);
    measures::stage("heads", timings.heads_ns);
    if let Some(degraded) = analysis.assessment.degraded {
        measures::degraded(degraded.label());
    }
}

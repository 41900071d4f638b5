//! The models behind one door: a bundle if there is one, defaults if there is none.

use std::path::Path;

use switchyard_datasets::taxonomy::Taxonomy;
use switchyard_domain::ids::CategoryId;
use switchyard_domain::policy::{Labels, Policy};
use switchyard_models::bundle::{Bundle, BundleError};
use switchyard_models::similar::{Readings, Sketch};
use switchyard_models::text::{Known, TicketText};
use switchyard_models::understand::{
    Analysis, StepTimings, Understanding, fallback_assessment, sketch_of_words, without_category,
};

use crate::telemetry::measures;

/// The embedded default bundle, file by file.
const DEFAULT_BUNDLE: [(&str, &[u8]); 3] = [
    ("manifest.json", include_bytes!("../../../models/bundles/default/manifest.json")),
    ("weights.safetensors", include_bytes!("../../../models/bundles/default/weights.safetensors")),
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

/// Text in, assessment out, with or without a model.
#[derive(Debug)]
pub struct Understander {
    model: Option<Understanding>,
    /// The category of texts that nobody judged.
    fallback: CategoryId,
}

impl Understander {
    /// Loads the chosen model.
    pub fn load(choice: &ModelChoice<'_>) -> Result<Self, BundleError> {
        let bundle = match choice {
            ModelChoice::Embedded => Bundle::from_files(&DEFAULT_BUNDLE)?,
            ModelChoice::Folder(folder) => Bundle::load(folder)?,
            ModelChoice::None => return Ok(Self { model: None, fallback: fallback() }),
        };
        Ok(Self { model: Some(Understanding::new(&bundle)?), fallback: fallback() })
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

    /// Assesses a text for a policy: a model with other labels than its categories judges no category.
    pub fn analyze_under(&self, policy: &Policy, text: &TicketText<'_>, known: &Known) -> Analysis {
        let mut analysis = match (&self.model, &policy.labels) {
            (Some(model), Labels::Own(meanings)) => model.analyze_for(text, known, meanings),
            (Some(_), Labels::Model) | (None, _) => self.assess(text, known),
        };
        if !self.fits(policy) {
            analysis.assessment = without_category(analysis.assessment, &self.fallback);
        }
        note(&analysis);
        analysis
    }

    /// Assesses a text.
    ///
    /// Some tens of microseconds: shorter than handing it to another thread and back.
    pub fn analyze(&self, text: &TicketText<'_>, known: &Known) -> Analysis {
        let analysis = self.assess(text, known);
        note(&analysis);
        analysis
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

    fn assess(&self, text: &TicketText<'_>, known: &Known) -> Analysis {
        match &self.model {
            Some(model) => model.analyze(text, known),
            None => Analysis {
                assessment: fallback_assessment(text, known, &self.fallback),
                timings: StepTimings::default(),
            },
        }
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

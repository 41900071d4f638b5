//! Somebody's own category head on a bundle's dense table: other labels, the same reading of texts.
//!
//! A desk whose categories are its own names a few examples of each ([`crate::fit::fit_own`]);
//! mood, urgency, signals and tags stay the bundle's.

use std::sync::Arc;

use switchyard_domain::assessment::Mode;
use switchyard_domain::ids::CategoryId;

use crate::bundle::HeadSpec;
use crate::features::{Scratch, SparseRow, Vectorizer};
use crate::groups::Groups;
use crate::head::HeadMatrix;
use crate::scope::Exemplars;

/// A head that judges categories of somebody's own; shared by threads.
#[derive(Debug, Clone)]
pub struct OwnHead {
    vectorizer: Vectorizer,
    matrix: HeadMatrix,
    spec: HeadSpec,
    categories: Vec<CategoryId>,
    groups: Groups,
    version: Arc<str>,
    /// The examples, where the bundle has a dense table.
    exemplars: Option<Exemplars>,
}

/// Buffers and results of one text; one for each thread.
#[derive(Debug, Default)]
pub struct OwnWorkspace {
    scratch: Scratch,
    row: SparseRow,
    outputs: Vec<f32>,
}

impl OwnWorkspace {
    /// The last text's probabilities, in the order of the head's categories.
    pub fn probabilities(&self) -> &[f32] {
        &self.outputs
    }

    /// The share of the last text's n-grams that the head's examples or the bundle's dense table have,
    /// in `0..=1`.
    pub fn known_share(&self) -> f32 {
        self.scratch.known_share()
    }
}

impl OwnHead {
    /// *Shape*: the matrix and the head's labels are as `categories`, the matrix's rows as the
    /// vectoriser's columns.
    pub(crate) fn new(
        vectorizer: Vectorizer,
        matrix: HeadMatrix,
        spec: HeadSpec,
        categories: Vec<CategoryId>,
        version: Arc<str>,
        exemplars: Option<Exemplars>,
    ) -> Self {
        debug_assert_eq!(categories.len(), matrix.n_outputs());
        debug_assert_eq!(vectorizer.n_columns(), matrix.n_features());
        let groups = Groups::of(&categories);
        Self { vectorizer, matrix, spec, categories, groups, version, exemplars }
    }

    /// The categories it may answer with, in order.
    pub fn categories(&self) -> &[CategoryId] {
        &self.categories
    }

    /// The groups of its categories.
    pub fn groups(&self) -> &Groups {
        &self.groups
    }

    /// `bundle@digest+own@digest`: the bundle it stands on and the examples it learnt.
    pub fn version(&self) -> &Arc<str> {
        &self.version
    }

    /// What a confidence allows.
    pub fn mode_of(&self, confidence: f32) -> Mode {
        self.spec.thresholds.mode_of(confidence)
    }

    /// The examples it learnt, by their vectors.
    pub fn exemplars(&self) -> Option<&Exemplars> {
        self.exemplars.as_ref()
    }

    /// What the head is.
    pub fn spec(&self) -> &HeadSpec {
        &self.spec
    }

    /// The probability of each category for a cleaned text, its numbers as written.
    pub fn probabilities<'a>(&self, text: &str, work: &'a mut OwnWorkspace) -> &'a [f32] {
        self.vectorizer.transform(text, &mut work.scratch, &mut work.row);
        self.matrix.margins(&work.row, &mut work.outputs);
        self.spec.calibration.apply(&mut work.outputs);
        &work.outputs
    }
}

//! Cleaned text to the probabilities of every head.
//!
//! This is the whole model without the product's meaning: labels are texts and
//! there is no fallback. [`crate::understand`] adds the meaning; the benchmarks
//! in `training`, whose labels are not ours, use it as it is.

use std::ops::Range;

use crate::bundle::{Bundle, HeadName, HeadSpec};
use crate::clean::Cleaned;
use crate::features::{Scratch, SparseRow, Vectorizer};
use crate::head::HeadMatrix;
use crate::own::OwnWorkspace;
use crate::scope::{Exemplars, Scope};

/// The learnt function from text to probabilities; shared by threads.
#[derive(Debug, Clone)]
pub struct Classifier {
    vectorizer: Vectorizer,
    matrix: HeadMatrix,
    heads: Vec<Head>,
    /// What tells scope, and where the category's outputs stand.
    scope: Option<(Scope, Exemplars, Range<usize>)>,
}

/// A head and where its outputs stand.
#[derive(Debug, Clone)]
struct Head {
    spec: HeadSpec,
    columns: Range<usize>,
}

/// Buffers and results of one text; one for each thread.
#[derive(Debug, Default)]
pub struct Workspace {
    /// The text as the features see it; filled by [`Cleaned::read`].
    pub cleaned: Cleaned,
    scratch: Scratch,
    row: SparseRow,
    outputs: Vec<f32>,
    scope: Option<f32>,
    /// Of a head of somebody's own.
    pub(crate) own: OwnWorkspace,
}

impl Workspace {
    /// The share of the text's n-grams that the model knows, in `0..=1`.
    pub fn known_share(&self) -> f32 {
        self.scratch.known_share()
    }

    /// How much the text is like those the model was taught; `None` where that is not told.
    pub fn scope(&self) -> Option<f32> {
        self.scope
    }

    /// The text's dense vector, of unit length; empty without a table, zeros for unknown text.
    pub fn dense(&self) -> &[f32] {
        self.scratch.dense()
    }
}

impl Classifier {
    /// The classifier of a bundle.
    pub fn new(bundle: &Bundle) -> Self {
        let (manifest, weights) = (bundle.manifest(), bundle.weights());
        let mut next = 0;
        let heads = manifest.heads.iter().map(|spec| {
            let columns = next..next + spec.labels.len();
            next = columns.end;
            Head { spec: spec.clone(), columns }
        });
        let heads: Vec<Head> = heads.collect();
        let category = heads.iter().find(|head| head.spec.name == HeadName::Category);
        let columns = category.map(|head| head.columns.clone());
        let told = manifest.scope.as_ref().map(|spec| spec.scope);
        let scope = told.zip(weights.exemplars.clone()).zip(columns);
        Self {
            heads,
            scope: scope.map(|((scope, exemplars), columns)| (scope, exemplars, columns)),
            vectorizer: Vectorizer::new(
                manifest.features,
                &weights.fingerprints,
                weights.idf.clone(),
                bundle.embedding(),
            ),
            matrix: weights.matrix.clone(),
        }
    }

    /// The head with this name, if the bundle has it.
    pub fn head(&self, name: HeadName) -> Option<&HeadSpec> {
        self.heads.iter().find(|head| head.spec.name == name).map(|head| &head.spec)
    }

    /// The training texts by which scope is told, if it is.
    pub fn exemplars(&self) -> Option<&Exemplars> {
        self.scope.as_ref().map(|(_, exemplars, _)| exemplars)
    }

    /// Whether the text, by [`Self::score`], is about nothing the model was taught.
    pub fn is_out_of_scope(&self, work: &Workspace) -> bool {
        let told = self.scope.as_ref().zip(work.scope);
        told.is_some_and(|((scope, _, _), score)| score < scope.threshold)
    }

    /// The first step: the vector of the cleaned text.
    pub fn vectorize(&self, work: &mut Workspace) {
        let Workspace { cleaned, scratch, row, .. } = work;
        if self.vectorizer.settings().codes {
            self.vectorizer.transform(&cleaned.with_numbers(), scratch, row);
        } else {
            self.vectorizer.transform(&cleaned.text, scratch, row);
        }
    }

    /// The second step: the probabilities of every head.
    pub fn score(&self, work: &mut Workspace) {
        self.matrix.margins(&work.row, &mut work.outputs);
        work.scope = self.scope.as_ref().map(|(scope, exemplars, columns)| {
            let margins = &work.outputs[columns.clone()];
            scope.score(exemplars.signs(margins, work.scratch.dense()))
        });
        for head in &self.heads {
            head.spec.calibration.apply(&mut work.outputs[head.columns.clone()]);
        }
    }

    /// The probabilities of one head after [`Self::score`], in the order of its labels.
    ///
    /// Empty when the bundle has no such head.
    pub fn probabilities<'a>(&self, name: HeadName, work: &'a Workspace) -> &'a [f32] {
        let head = self.heads.iter().find(|head| head.spec.name == name);
        head.map_or(&[], |head| &work.outputs[head.columns.clone()])
    }
}

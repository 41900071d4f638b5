//! A category head from few examples, in the time of a call.
//!
//! The dense table is frozen; n-grams are those of the examples. How much the table weighs
//! beside them is chosen by folds of the examples, and so are calibration and thresholds:
//! each fold is judged by a head fitted without it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use switchyard_domain::ids::CategoryId;

use super::choice::{Choice, choose};
use super::descent::{Descent, LinearSvm, descend};
use super::risk::{thresholds, thresholds_of_groups};
use super::rows::SparseRows;
use super::softmax::{Judged, calibrated};
use crate::bundle::{Bundle, HeadName, HeadSpec, RiskBound, sha256_hex};
use crate::features::{DenseTable, Embedding, FeatureSettings, Scratch, SparseRow, Vectorizer};
use crate::groups::Groups;
use crate::head::HeadMatrix;
use crate::own::OwnHead;
use crate::rank::best;
use crate::scope::{Exemplars, Note};

/// Each label needs this many examples: one to learn from while the other is judged.
pub const PER_LABEL_MIN: usize = 2;
/// More examples are a recipe's work.
pub const EXAMPLES_MAX: usize = 5_000;
/// More categories are a recipe's work too.
pub const CATEGORIES_MAX: usize = 200;
/// The most frequent n-grams that are taken, so that a call bounds what a head takes.
const FEATURES_MAX: usize = 60_000;
/// Weights of a head, n-grams times categories: 8 MB, and four times as much while it is fitted.
const WEIGHTS_MAX: usize = 8_000_000;
/// Examples are judged in this many folds.
const FOLDS: usize = 5;
/// What the dense part may weigh where the sparse part weighs 1.
const DENSE_WEIGHTS: [f32; 4] = [0.5, 1.0, 2.0, 4.0];
/// With more examples than these only the first weight is taken: their words say enough.
const WEIGHED_MAX: usize = 1_000;
/// The cost of an error against the size of the weights.
const COST: f32 = 1.0;
/// How much of an example is told in explanations.
const NOTE_CHARS_MAX: usize = 120;
/// How much of the digest stands in a version, in hexadecimal digits.
const VERSION_DIGITS: usize = 12;

/// A text and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnExample {
    /// Cleaned, as the features see it.
    pub text: String,
    /// What it is about.
    pub category: CategoryId,
}

/// What heads are fitted on: what a bundle knows of texts, whatever its labels.
#[derive(Debug, Clone)]
pub struct Encoder {
    ngrams: FeatureSettings,
    table: Option<Arc<DenseTable>>,
    risk: RiskBound,
    version: Arc<str>,
}

/// A fitted head and what is known of it.
#[derive(Debug, Clone)]
pub struct OwnFit {
    /// The head.
    pub head: OwnHead,
    /// Examples of each category, in the order of the head's outputs.
    pub n_examples: Vec<usize>,
    /// The share of examples that a head fitted without their fold judges right.
    pub accuracy: f64,
    /// The share that it would judge without a person.
    pub auto_coverage: f64,
}

/// Why examples make no head.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FitOwnError {
    /// One label is no question.
    #[error("categories: expected examples of 2 or more, got {0}")]
    TooFewCategories(usize),
    /// More labels than a call should fit.
    #[error(
        "categories: expected at most {CATEGORIES_MAX}, got {0}; \
         more are a recipe for switchyard-train fit"
    )]
    TooManyCategories(usize),
    /// A label's only example cannot be judged by another.
    #[error(
        "examples of {category}: expected {PER_LABEL_MIN} or more with different texts, got {n}"
    )]
    TooFewExamples {
        /// The label.
        category: CategoryId,
        /// Its examples.
        n: usize,
    },
    /// More than a call should fit.
    #[error(
        "examples: expected at most {EXAMPLES_MAX}, got {0}; more are a recipe for switchyard-train fit"
    )]
    TooMany(usize),
    /// One text under two labels.
    #[error("examples {first} and {second}: expected one category for one text, got {} and {}", categories[0], categories[1])]
    Contradiction {
        /// The place of the first, from 0.
        first: usize,
        /// The place of the second.
        second: usize,
        /// Their labels.
        categories: [CategoryId; 2],
    },
    /// Nothing is left of a text after cleaning.
    #[error("example {0}: expected a text with words of its own, got none after cleaning")]
    Empty(usize),
}

impl Encoder {
    /// The encoder of a bundle.
    pub fn new(bundle: &Bundle) -> Self {
        Self {
            ngrams: FeatureSettings { codes: true, ..bundle.manifest().features },
            table: bundle.weights().dense.clone(),
            risk: bundle.manifest().risk,
            version: Arc::from(bundle.version()),
        }
    }

    fn vectorizer(&self, texts: &[&str], weight: f32, n_labels: usize) -> Vectorizer {
        let budget = FEATURES_MAX.min(WEIGHTS_MAX / n_labels.max(1));
        let Choice { fingerprints, idf } = choose(texts, self.ngrams, 1, budget, 1.0);
        let embedding = self.table.clone().map(|table| Embedding { table, weight });
        Vectorizer::new(self.ngrams, &fingerprints, idf, embedding)
    }

    fn weights(&self, n_examples: usize) -> &'static [f32] {
        let is_weighed = self.table.is_some() && n_examples <= WEIGHED_MAX;
        if is_weighed { &DENSE_WEIGHTS } else { &DENSE_WEIGHTS[..1] }
    }
}

/// Fits a head. The same examples in any order give the same head on the same bundle.
///
/// *Errors*: fewer than two labels, a label with fewer than two texts, a text with two labels or
/// without words, or more than [`EXAMPLES_MAX`] examples.
pub fn fit_own(encoder: &Encoder, examples: &[OwnExample]) -> Result<OwnFit, FitOwnError> {
    let examples = Examples::new(examples)?;
    let tried = encoder.weights(examples.texts.len()).iter();
    let tried = tried.map(|weight| (*weight, examples.judge(encoder, *weight)));
    let n_right = |margins: &[Vec<f32>]| examples.n_right(margins);
    // The first of equals: the less the table weighs, the plainer are the reasons.
    let chosen = tried.reduce(|a, b| if n_right(&b.1) > n_right(&a.1) { b } else { a });
    let (weight, margins) = chosen.unwrap_or_default();
    let spec = examples.spec(&margins, &encoder.risk);
    let vectorizer = encoder.vectorizer(&examples.texts, weight, examples.n());
    let separators = separators(&vectorizer, &examples.texts, &examples.targets, examples.n());
    let auto = n_auto(&margins, &spec);
    let share = |n: usize| n as f64 / examples.texts.len() as f64;
    let version = format!("{}+own@{}", encoder.version, examples.digest());
    let matrix = matrix_of(&separators, vectorizer.n_columns());
    let exemplars = examples.exemplars(&vectorizer);
    Ok(OwnFit {
        n_examples: examples.counts(),
        accuracy: share(n_right(&margins)),
        auto_coverage: share(auto),
        head: OwnHead::new(
            vectorizer,
            matrix,
            spec,
            examples.categories,
            version.into(),
            exemplars,
        ),
    })
}

/// Examples in the order of their labels and texts, each text once.
struct Examples<'a> {
    categories: Vec<CategoryId>,
    texts: Vec<&'a str>,
    /// *Shape*: as `texts`. The place of each one's label.
    targets: Vec<usize>,
}

impl<'a> Examples<'a> {
    fn new(examples: &'a [OwnExample]) -> Result<Self, FitOwnError> {
        if examples.len() > EXAMPLES_MAX {
            return Err(FitOwnError::TooMany(examples.len()));
        }
        let mut by_text: BTreeMap<&str, (usize, &CategoryId)> = BTreeMap::new();
        for (second, OwnExample { text, category }) in examples.iter().enumerate() {
            if text.chars().all(|c| !c.is_alphanumeric()) {
                return Err(FitOwnError::Empty(second));
            }
            let (first, known) = *by_text.entry(text).or_insert((second, category));
            if known != category {
                let categories = [known.clone(), category.clone()];
                return Err(FitOwnError::Contradiction { first, second, categories });
            }
        }
        Self::in_order(&by_text)
    }

    fn in_order(by_text: &BTreeMap<&'a str, (usize, &CategoryId)>) -> Result<Self, FitOwnError> {
        let categories: BTreeSet<&CategoryId> = by_text.values().map(|(_, it)| *it).collect();
        let categories: Vec<CategoryId> = categories.into_iter().cloned().collect();
        let place = |(text, (_, category)): (&&'a str, &(usize, &CategoryId))| {
            categories.binary_search(category).ok().map(|target| (target, *text))
        };
        let mut ordered: Vec<(usize, &str)> = by_text.iter().filter_map(place).collect();
        ordered.sort_unstable();
        let (targets, texts) = ordered.into_iter().unzip();
        let examples = Self { categories, texts, targets };
        examples.check()?;
        Ok(examples)
    }

    fn check(&self) -> Result<(), FitOwnError> {
        if self.n() < 2 {
            return Err(FitOwnError::TooFewCategories(self.n()));
        }
        if self.n() > CATEGORIES_MAX {
            return Err(FitOwnError::TooManyCategories(self.n()));
        }
        let counts = self.counts();
        let few = self.categories.iter().zip(&counts).find(|(_, n)| **n < PER_LABEL_MIN);
        few.map_or(Ok(()), |(category, n)| {
            Err(FitOwnError::TooFewExamples { category: category.clone(), n: *n })
        })
    }

    /// The labels.
    fn n(&self) -> usize {
        self.categories.len()
    }

    fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.n()];
        self.targets.iter().for_each(|target| counts[*target] += 1);
        counts
    }

    /// The margins of each text by a head that has not seen its fold; a label's texts are spread
    /// over all folds.
    fn judge(&self, encoder: &Encoder, weight: f32) -> Vec<Vec<f32>> {
        let mut margins = vec![Vec::new(); self.texts.len()];
        let fold_of = |at: usize| at % FOLDS;
        for fold in 0..FOLDS {
            let all = || 0..self.texts.len();
            let shown: Vec<usize> = all().filter(|at| fold_of(*at) != fold).collect();
            let texts: Vec<&str> = shown.iter().map(|at| self.texts[*at]).collect();
            let targets: Vec<usize> = shown.iter().map(|at| self.targets[*at]).collect();
            let vectorizer = encoder.vectorizer(&texts, weight, self.n());
            let separators = separators(&vectorizer, &texts, &targets, self.n());
            let held: Vec<usize> = all().filter(|at| fold_of(*at) == fold).collect();
            let texts: Vec<&str> = held.iter().map(|at| self.texts[*at]).collect();
            let rows = SparseRows::of(&vectorizer, &texts);
            for (row, at) in held.iter().enumerate() {
                let margin = |svm: &LinearSvm| rows.dot(row, &svm.weights) + svm.bias;
                margins[*at] = separators.iter().map(margin).collect();
            }
        }
        margins
    }

    fn n_right(&self, margins: &[Vec<f32>]) -> usize {
        let first = |margins: &Vec<f32>| best::<1>(margins)[0];
        let right = margins.iter().zip(&self.targets);
        right.filter(|(margins, target)| first(margins) == Some(**target)).count()
    }

    fn spec(&self, margins: &[Vec<f32>], risk: &RiskBound) -> HeadSpec {
        let pairs = margins.iter().zip(&self.targets);
        let judged: Vec<Judged<'_>> = pairs.map(|(it, target)| (it.as_slice(), *target)).collect();
        let calibration = calibrated(&judged, self.n());
        let thresholds = thresholds(&calibration, &judged, risk);
        let labels = self.categories.iter().map(CategoryId::to_string).collect();
        let auto_by_label = Vec::new();
        let groups = Groups::of(&self.categories);
        let groups = Some(thresholds_of_groups(&calibration, &judged, &groups, risk));
        HeadSpec {
            name: HeadName::Category,
            labels,
            calibration,
            thresholds,
            auto_by_label,
            groups,
        }
    }

    /// All texts by their dense vectors; `None` without a table.
    fn exemplars(&self, vectorizer: &Vectorizer) -> Option<Exemplars> {
        let (mut scratch, mut row) = (Scratch::default(), SparseRow::default());
        let mut labels = vec![Vec::new(); self.n()];
        for (text, target) in self.texts.iter().zip(&self.targets) {
            vectorizer.transform(text, &mut scratch, &mut row);
            labels[*target].extend_from_slice(scratch.dense());
        }
        let note = |(at, text): (usize, &&str)| Note {
            key: at.to_string(),
            text: text.chars().take(NOTE_CHARS_MAX).collect(),
        };
        let notes = self.texts.iter().enumerate().map(note).collect();
        Some(Exemplars::of(scratch.dense().len(), &labels)?.noted(notes))
    }

    fn digest(&self) -> String {
        let row =
            |(text, target): (&&str, &usize)| format!("{}\t{text}\n", self.categories[*target]);
        let all: String = self.texts.iter().zip(&self.targets).map(row).collect();
        sha256_hex(all.as_bytes())[..VERSION_DIGITS].to_owned()
    }
}

/// How many of the margins are sure enough to act on.
fn n_auto(margins: &[Vec<f32>], spec: &HeadSpec) -> usize {
    let confidence = |margins: &Vec<f32>| {
        let mut p = margins.clone();
        spec.calibration.apply(&mut p);
        p.into_iter().fold(0.0, f32::max)
    };
    margins.iter().filter(|it| confidence(it) >= spec.thresholds.auto).count()
}

/// One separator for each label.
fn separators(
    vectorizer: &Vectorizer,
    texts: &[&str],
    targets: &[usize],
    n_labels: usize,
) -> Vec<LinearSvm> {
    let rows = SparseRows::of(vectorizer, texts);
    let one = |label: usize| {
        let is_it: Vec<bool> = targets.iter().map(|target| *target == label).collect();
        let seed = label as u64;
        let settings = Descent { cost: COST, epochs_max: 200, tolerance: 0.01, seed };
        descend(&settings, &rows, &is_it, None)
    };
    (0..n_labels).map(one).collect()
}

fn matrix_of(separators: &[LinearSvm], n_columns: usize) -> HeadMatrix {
    let of_column = |at: usize| separators.iter().map(move |svm| svm.weights[at]);
    let weights: Vec<f32> = (0..n_columns).flat_map(of_column).collect();
    HeadMatrix::quantize(&weights, separators.iter().map(|svm| svm.bias).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::own::OwnWorkspace;

    fn encoder() -> Encoder {
        let risk = RiskBound { auto: 0.1, suggest: 0.25, confidence: 0.95 };
        let ngrams = FeatureSettings::default();
        Encoder { ngrams, table: None, risk, version: "toy@1".into() }
    }

    fn example(text: &str, category: &str) -> OwnExample {
        let category = CategoryId::new(category).expect("a valid id");
        OwnExample { text: text.to_owned(), category }
    }

    fn examples() -> Vec<OwnExample> {
        let wifi = ["wifi is down", "no wifi at all", "the wifi drops", "wifi 连不上", "slow wifi"];
        let pay = ["my pay is late", "pay slip wrong", "no pay this month", "工资 pay", "pay day?"];
        let wifi = wifi.map(|text| example(text, "it.wifi"));
        wifi.into_iter().chain(pay.map(|text| example(text, "hr.pay"))).collect()
    }

    #[test]
    fn a_head_judges_texts_like_its_examples() {
        let fit = fit_own(&encoder(), &examples()).expect("a head");
        let mut work = OwnWorkspace::default();
        let p = fit.head.probabilities("wifi gone", &mut work);
        // Categories stand in the order of their ids.
        assert!(p[1] > p[0] && (p.iter().sum::<f32>() - 1.0).abs() < 1e-5, "{p:?}");
        assert_eq!((fit.n_examples.as_slice(), fit.accuracy), ([5, 5].as_slice(), 1.0));
    }

    #[test]
    fn the_order_of_examples_and_repeats_change_nothing() {
        let mut turned = examples();
        turned.reverse();
        turned.push(turned[3].clone());
        let [a, b] = [examples(), turned].map(|it| fit_own(&encoder(), &it).expect("a head"));
        assert_eq!(a.head.version(), b.head.version());
        let mut works = [OwnWorkspace::default(), OwnWorkspace::default()];
        let [p, q] = [(&a, 0), (&b, 1)].map(|(fit, at): (&OwnFit, usize)| {
            fit.head.probabilities("no wifi, no pay", &mut works[at]).to_vec()
        });
        assert_eq!(p, q);
    }

    #[test]
    fn few_examples_act_on_nothing_without_a_person() {
        let fit = fit_own(&encoder(), &examples()).expect("a head");
        // Ten without an error bound the share of errors at 26 %.
        assert!(fit.head.spec().thresholds.auto > 1.0 && fit.auto_coverage == 0.0);
    }

    #[test]
    fn examples_that_make_no_head_are_refused() {
        let refused = |examples: &[OwnExample]| {
            fit_own(&encoder(), examples).expect_err("refused").to_string()
        };
        assert!(refused(&[]).contains("categories: expected examples of 2 or more, got 0"));
        let lonely = [examples(), vec![example("hello you", "x")]].concat();
        assert!(refused(&lonely).contains("examples of x: expected 2 or more"));
        let torn = [examples(), vec![example("wifi is down", "hr.pay")]].concat();
        assert!(refused(&torn).contains("examples 0 and 10"), "{}", refused(&torn));
        assert!(refused(&[example("?!", "x")]).contains("example 0"));
        let many: Vec<_> =
            (0..402).map(|n| example(&format!("w{n}"), &format!("c{}", n / 2))).collect();
        assert!(refused(&many).contains("categories: expected at most 200, got 201"));
    }
}

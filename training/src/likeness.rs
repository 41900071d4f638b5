//! How well two texts go together, learnt from pairs that people judged.
//!
//! What both texts have and what only one has weighs by what it says in such pairs: in some a shared
//! word tells nothing and one word of one side everything. A reply shares little with its question,
//! so there each word of one side stands beside each word of the other as well.

use std::collections::{BTreeSet, HashMap};

use switchyard_models::features::ngrams::walk;
use switchyard_models::features::{FeatureSettings, SparseRow};
use switchyard_models::fit::{Descent, LinearSvm, SparseRows, descend, idf};
use switchyard_models::hash::Rolling;

use crate::examples::cleaned_text;
use crate::metrics::{auroc, first_ranks, mrr};
use crate::parallel::each;

/// How two texts go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// They say the same: which is first does not matter.
    Alike,
    /// The second answers the first.
    Reply,
}

/// Two texts that people judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// A text, or the question.
    pub first: String,
    /// Another, or the reply.
    pub second: String,
    /// Pairs of one group are judged together: replies to one question.
    pub group: usize,
    /// Whether they go together.
    pub goes: bool,
    /// How sure that is, in `0..=1`.
    pub weight: f32,
}

/// What pairs have taught.
#[derive(Debug, Clone)]
pub struct Likeness {
    eyes: Eyes,
    scale: Scale,
    svm: LinearSvm,
}

/// What is seen of a pair.
#[derive(Debug, Clone)]
struct Eyes {
    kind: Kind,
    /// Inverse document frequency of n-grams.
    rarity: HashMap<u64, f32>,
    unknown: f32,
    columns: HashMap<u64, u32>,
    /// Mean and deviation of each sign.
    norms: [(f32, f32); N_SIGNS],
}

const N_SIGNS: usize = 7;
const SIGN_WEIGHT: f32 = 0.3;
/// A feature of fewer pairs teaches nothing.
const PAIRS_MIN: u32 = 3;
const FOLDS: usize = 4;
const COSTS: [f32; 4] = [0.03, 0.1, 0.3, 1.0];
const SCALES: [Scale; 4] =
    [Scale::Plain(0.3), Scale::Plain(0.6), Scale::Length(1.0), Scale::Length(2.0)];

/// How long the part of the features is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Scale {
    /// Each feature has this value.
    Plain(f32),
    /// All together have this length.
    Length(f32),
}

const GRAMS: FeatureSettings = FeatureSettings {
    words_max: 2,
    han_max: 3,
    codes: true,
    edges: true,
    ..FeatureSettings::PLAIN
};

const SEED_BOTH: u64 = 201;
const SEED_ONE: u64 = 202;
const SEED_FIRST: u64 = 203;
const SEED_SECOND: u64 = 204;
const SEED_REPLY: u64 = 205;
const SEED_CROSSED: u64 = 206;

/// A text's n-grams: all, and those of one word or character.
#[derive(Debug, Clone)]
struct Text {
    all: BTreeSet<u64>,
    single: BTreeSet<u64>,
}

impl Text {
    fn of(text: &str) -> Self {
        let cleaned = cleaned_text("", text);
        let grams = |settings| {
            let mut found = BTreeSet::new();
            walk(&cleaned, settings, |gram, _| {
                found.insert(gram);
            });
            found
        };
        Self { all: grams(GRAMS), single: grams(FeatureSettings::PLAIN) }
    }
}

impl Likeness {
    /// Learns from pairs. Cost and scale are those that rank pairs of held-out groups best.
    pub fn fit(kind: Kind, pairs: &[Judged], n_threads: usize) -> Self {
        let texts = texts_of(pairs);
        let eyes = Eyes::of(kind, &texts);
        let tries: Vec<(Scale, f32)> =
            SCALES.iter().flat_map(|scale| COSTS.map(|cost| (*scale, cost))).collect();
        let scores = each(tries.len(), n_threads, |at| {
            let (scale, cost) = tries[at];
            held_out_score(kind, &eyes.rows(&texts, scale), pairs, cost)
        });
        let best = (0..tries.len()).reduce(|a, b| if scores[b] > scores[a] { b } else { a });
        let (scale, cost) = tries[best.unwrap_or(0)];
        let all: Vec<usize> = (0..pairs.len()).collect();
        let svm = fit_rows(&eyes.rows(&texts, scale), pairs, &all, cost);
        Self { eyes, scale, svm }
    }

    /// How well each pair goes together: more is better, 0 is as likely as not.
    pub fn margins(&self, pairs: &[(&str, &str)]) -> Vec<f32> {
        let texts: Vec<(Text, Text)> =
            pairs.iter().map(|(first, second)| (Text::of(first), Text::of(second))).collect();
        self.svm.margins(&self.eyes.rows(&texts, self.scale))
    }
}

fn texts_of(pairs: &[Judged]) -> Vec<(Text, Text)> {
    pairs.iter().map(|pair| (Text::of(&pair.first), Text::of(&pair.second))).collect()
}

fn fit_rows(rows: &SparseRows, pairs: &[Judged], shown: &[usize], cost: f32) -> LinearSvm {
    let mut weights = vec![0.0; pairs.len()];
    for at in shown {
        weights[*at] = pairs[*at].weight;
    }
    let goes: Vec<bool> = pairs.iter().map(|pair| pair.goes).collect();
    let params = Descent { cost, epochs_max: 200, tolerance: 0.01, seed: 1 };
    descend(&params, rows, &goes, Some(&weights))
}

/// How well pairs are ranked by those of other groups.
fn held_out_score(kind: Kind, rows: &SparseRows, pairs: &[Judged], cost: f32) -> f64 {
    let fold = |pair: &Judged| Rolling::new(1).push(pair.group as u64).finish() as usize % FOLDS;
    let mut margins = vec![0.0; pairs.len()];
    for held in 0..FOLDS {
        let shown: Vec<usize> = (0..pairs.len()).filter(|at| fold(&pairs[*at]) != held).collect();
        let svm = fit_rows(rows, pairs, &shown, cost);
        for at in (0..pairs.len()).filter(|at| fold(&pairs[*at]) == held) {
            margins[at] = rows.dot(at, &svm.weights) + svm.bias;
        }
    }
    match kind {
        Kind::Alike => {
            let of = |wanted: bool| {
                let those = margins.iter().zip(pairs).filter(|(_, pair)| pair.goes == wanted);
                those.map(|(margin, _)| *margin).collect::<Vec<f32>>()
            };
            auroc(&of(true), &of(false))
        }
        Kind::Reply => {
            let scored = margins.iter().zip(pairs).map(|(it, pair)| (pair.group, *it, pair.goes));
            mrr(&first_ranks(scored))
        }
    }
}

impl Eyes {
    fn of(kind: Kind, texts: &[(Text, Text)]) -> Self {
        let mut n_with: HashMap<u64, u32> = HashMap::new();
        for gram in texts.iter().flat_map(|(a, b)| a.all.iter().chain(&b.all)) {
            *n_with.entry(*gram).or_default() += 1;
        }
        let n_texts = 2 * texts.len();
        let rarity = n_with.iter().map(|(gram, n)| (*gram, idf(n_texts, *n))).collect();
        let mut eyes = Self {
            kind,
            rarity,
            unknown: idf(n_texts, 0),
            columns: HashMap::new(),
            norms: [(0.0, 1.0); N_SIGNS],
        };
        let signs: Vec<_> = texts.iter().map(|pair| eyes.signs(pair)).collect();
        eyes.norms = std::array::from_fn(|at| mean_and_deviation(signs.iter().map(|it| it[at])));
        eyes.columns = eyes.frequent(texts);
        eyes
    }

    /// A column for each feature of several pairs, behind those of the signs.
    fn frequent(&self, texts: &[(Text, Text)]) -> HashMap<u64, u32> {
        let mut n_with: HashMap<u64, u32> = HashMap::new();
        for pair in texts {
            self.features(pair, |feature| *n_with.entry(feature).or_default() += 1);
        }
        let mut frequent: Vec<u64> =
            n_with.into_iter().filter(|(_, n)| *n >= PAIRS_MIN).map(|(it, _)| it).collect();
        frequent.sort_unstable();
        frequent.into_iter().zip(N_SIGNS as u32..).collect()
    }

    fn rows(&self, texts: &[(Text, Text)], scale: Scale) -> SparseRows {
        let mut rows = SparseRows::new(N_SIGNS + self.columns.len());
        for pair in texts {
            let signs = self.signs(pair).into_iter().zip(&self.norms);
            let mut values: Vec<f32> = signs
                .map(|(sign, (mean, deviation))| SIGN_WEIGHT * (sign - mean) / deviation)
                .collect();
            let mut indices: Vec<u32> = (0..N_SIGNS as u32).collect();
            self.features(pair, |feature| indices.extend(self.columns.get(&feature)));
            let n = (indices.len() - N_SIGNS) as f32;
            let value = match scale {
                Scale::Plain(value) => value,
                Scale::Length(length) => length / n.max(1.0).sqrt(),
            };
            values.resize(indices.len(), value);
            rows.push(&SparseRow { indices, values });
        }
        rows
    }

    /// What both have, what one has, and for replies each word beside each.
    fn features(&self, (first, second): &(Text, Text), mut emit: impl FnMut(u64)) {
        let of = |seed: u64, gram: u64| Rolling::new(seed).push(gram).finish();
        let (only_first, only_second) = match self.kind {
            Kind::Alike => (SEED_ONE, SEED_ONE),
            Kind::Reply => (SEED_FIRST, SEED_SECOND),
        };
        first.all.intersection(&second.all).for_each(|gram| emit(of(SEED_BOTH, *gram)));
        first.all.difference(&second.all).for_each(|gram| emit(of(only_first, *gram)));
        second.all.difference(&first.all).for_each(|gram| emit(of(only_second, *gram)));
        if self.kind == Kind::Reply {
            second.all.iter().for_each(|gram| emit(of(SEED_REPLY, *gram)));
            for a in &first.single {
                let crossed = Rolling::new(SEED_CROSSED).push(*a);
                second.single.iter().for_each(|b| emit(crossed.push(*b).finish()));
            }
        }
    }

    /// How much of either is in the other, and how long both are.
    fn signs(&self, (first, second): &(Text, Text)) -> [f32; N_SIGNS] {
        let shared = |a: &BTreeSet<u64>, b: &BTreeSet<u64>| self.weight(a.intersection(b));
        let [both, of_first, of_second] =
            [shared(&first.all, &second.all), self.weight(&first.all), self.weight(&second.all)];
        let [single, single_first, single_second] = [
            shared(&first.single, &second.single),
            self.weight(&first.single),
            self.weight(&second.single),
        ];
        let (short, long) = ordered(first.single.len() as f32, second.single.len() as f32);
        let (part, of_other) = match self.kind {
            Kind::Alike => ordered(of(both, of_first), of(both, of_second)),
            Kind::Reply => (of(both, of_first), of(both, of_second)),
        };
        [
            of(both, (of_first * of_second).sqrt()),
            of(single, (single_first * single_second).sqrt()),
            part,
            of_other,
            of(long - short, long),
            short.ln_1p(),
            long.ln_1p(),
        ]
    }

    /// The sum of squared rarities.
    fn weight<'a>(&self, grams: impl IntoIterator<Item = &'a u64>) -> f32 {
        let rarity = |gram: &u64| self.rarity.get(gram).copied().unwrap_or(self.unknown);
        grams.into_iter().map(|gram| rarity(gram).powi(2)).sum()
    }
}

fn ordered(a: f32, b: f32) -> (f32, f32) {
    (a.min(b), a.max(b))
}

/// A share, 0 of nothing.
fn of(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn mean_and_deviation(numbers: impl Iterator<Item = f32> + Clone) -> (f32, f32) {
    let n = numbers.clone().count().max(1) as f32;
    let mean = numbers.clone().sum::<f32>() / n;
    let variance = numbers.map(|it| (it - mean).powi(2)).sum::<f32>() / n;
    (mean, variance.sqrt().max(1e-6))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(at: usize, first: &str, second: &str, goes: bool) -> Judged {
        let (first, second) = (first.to_owned(), second.to_owned());
        Judged { first, second, group: at, goes, weight: 1.0 }
    }

    #[test]
    fn a_word_that_only_one_has_can_tell_everything() {
        let things = ["order", "refund", "parcel", "invoice", "account", "lamp", "chair", "phone"];
        let pair = |at: usize| {
            let thing = things[at / 2 % things.len()];
            let (first, goes) = (format!("where is my {thing}"), at.is_multiple_of(2));
            let second =
                if goes { format!("my {thing} where") } else { format!("my {thing} broke") };
            judged(at, &first, &second, goes)
        };
        let pairs: Vec<Judged> = (0..64).map(pair).collect();
        let likeness = Likeness::fit(Kind::Alike, &pairs, 1);
        let margins = likeness.margins(&[
            ("where is my lamp", "my lamp where"),
            ("where is my lamp", "my lamp broke"),
            ("where is my desk", "my desk where"),
            ("where is my desk", "my desk broke"),
        ]);
        assert!(margins[0] > 0.0 && margins[1] < 0.0, "{margins:?}");
        assert!(margins[2] > margins[3], "a thing that no pair has: {margins:?}");
    }

    #[test]
    fn which_of_two_alike_texts_is_first_does_not_matter() {
        let pairs: Vec<Judged> = (0..16)
            .map(|at| {
                judged(at, "退款多久", if at % 2 == 0 { "多久退款" } else { "你好" }, at % 2 == 0)
            })
            .collect();
        let likeness = Likeness::fit(Kind::Alike, &pairs, 1);
        let margins = likeness.margins(&[("退款没到", "退款呢"), ("退款呢", "退款没到")]);
        assert_eq!(margins[0].to_bits(), margins[1].to_bits());
    }

    #[test]
    fn a_reply_answers_what_was_asked_and_not_what_is_alike() {
        let asked = [("多少钱", "三百元"), ("几点开门", "九点钟")];
        let pair = |at: usize| {
            let (question, _) = asked[at % 2];
            let (_, reply) = asked[(at / 2) % 2];
            judged(at, question, reply, at % 2 == (at / 2) % 2)
        };
        let likeness = Likeness::fit(Kind::Reply, &(0..64).map(pair).collect::<Vec<_>>(), 1);
        let margins = likeness.margins(&[("多少钱", "三百元"), ("多少钱", "九点钟")]);
        assert!(margins[0] > margins[1], "{margins:?}");
    }
}

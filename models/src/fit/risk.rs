//! From which confidence on a stated share of errors is not exceeded.
//!
//! The bound is the exact binomial one (Clopper, Pearson, 1934): `k` errors in
//! `n` keep the true share under `risk` at level `confidence` exactly when so
//! few errors would be rarer than `1 − confidence` were the share `risk`.

use super::softmax::Judged;
use crate::bundle::RiskBound;
use crate::calibrate::{Calibration, Thresholds};
use crate::groups::Groups;
use crate::rank::best;

/// One held-out judgement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// How sure the model was.
    pub confidence: f32,
    /// Whether it was right.
    pub is_right: bool,
}

/// No judgement is as sure as this.
const NEVER: f32 = 1.01;

/// Confidences are tried in hundredths.
const STEPS: u16 = 100;

/// The first trial has so many times the judgements that could pass without any error: fewer fail by
/// one error, and what fails ends the trials.
const FIRST_TRIAL: usize = 3;

/// What is less likely than not is nobody's answer by itself, however rarely such answers err as a
/// whole.
const AUTO_MIN: f32 = 0.5;

/// The least confidence from which on the bound holds; above 1 where none does.
///
/// Confidences are tried from the surest down and the first that fails ends it, so that all trials
/// together keep the level of one.
///
/// *Source*: fixed sequence testing (Maurer, Hothorn, Lehmacher, 1995); for risks, Angelopoulos and
/// others (2021).
pub fn threshold(outcomes: &[Outcome], risk: f64, confidence: f64) -> f32 {
    let mut sorted = outcomes.to_vec();
    sorted.sort_unstable_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let n_first = FIRST_TRIAL * n_without_error(risk, confidence);
    let (mut n, mut n_wrong, mut best) = (0, 0, NEVER);
    for step in (0..STEPS).rev() {
        let from = f32::from(step) / f32::from(STEPS);
        let more = sorted[n..].iter().take_while(|it| it.confidence >= from);
        let (n_more, n_more_wrong) =
            more.fold((0, 0), |(n, n_wrong), it| (n + 1, n_wrong + usize::from(!it.is_right)));
        (n, n_wrong) = (n + n_more, n_wrong + n_more_wrong);
        if n < n_first {
            continue;
        }
        if !is_bounded(n_wrong, n, risk, confidence) {
            break;
        }
        best = from;
    }
    best
}

/// How many judgements without an error keep the share of errors under `risk`.
fn n_without_error(risk: f64, confidence: f64) -> usize {
    ((1.0 - confidence).ln() / (1.0 - risk).ln()).ceil() as usize
}

/// The thresholds of a head of one label a text, by held-out margins.
pub fn thresholds(
    calibration: &Calibration,
    judged: &[Judged<'_>],
    risk: &RiskBound,
) -> Thresholds {
    thresholds_of(judged.iter().map(|row| probable(calibration, row)), risk)
}

/// The thresholds of the groups that the labels belong to, each with the sum of its labels'
/// probabilities.
pub fn thresholds_of_groups(
    calibration: &Calibration,
    judged: &[Judged<'_>],
    groups: &Groups,
    risk: &RiskBound,
) -> Thresholds {
    let grouped = judged.iter().map(|row| {
        let (p, target) = probable(calibration, row);
        (groups.sums(&p), groups.of_category(target))
    });
    thresholds_of(grouped, risk)
}

fn probable(calibration: &Calibration, (margins, target): &Judged<'_>) -> (Vec<f32>, usize) {
    let mut p = margins.to_vec();
    calibration.apply(&mut p);
    (p, *target)
}

/// *Shape*: the probabilities of each row with the place of the right one.
fn thresholds_of(rows: impl Iterator<Item = (Vec<f32>, usize)>, risk: &RiskBound) -> Thresholds {
    let outcomes: Vec<(Outcome, Outcome)> = rows
        .map(|(p, target)| {
            let confidence = p.iter().copied().fold(0.0, f32::max);
            let rank = p.iter().filter(|other| **other > p[target]).count();
            let outcome = |is_right| Outcome { confidence, is_right };
            (outcome(rank == 0), outcome(rank < 3))
        })
        .collect();
    let (first, three): (Vec<Outcome>, Vec<Outcome>) = outcomes.into_iter().unzip();
    let auto = threshold(&first, risk.auto, risk.confidence).max(AUTO_MIN);
    let suggest = threshold(&three, risk.suggest, risk.confidence);
    Thresholds { auto, suggest: suggest.min(auto) }
}

/// The AUTO thresholds of single labels, by the held-out texts that each is the answer to; a label
/// that is the answer to fewer than `n_min` takes the one of all.
///
/// *Shape*: one for each label.
pub fn thresholds_by_label(
    calibration: &Calibration,
    judged: &[Judged<'_>],
    risk: &RiskBound,
    pooled: f32,
    n_min: usize,
) -> Vec<f32> {
    let mut by_label: Vec<Vec<Outcome>> = vec![Vec::new(); calibration.n_labels()];
    for row in judged {
        let (p, target) = probable(calibration, row);
        if let [Some(first)] = best(&p) {
            let outcome = Outcome { confidence: p[first], is_right: first == target };
            by_label[first].push(outcome);
        }
    }
    let of_label = |outcomes: &Vec<Outcome>| {
        if outcomes.len() < n_min {
            pooled
        } else {
            threshold(outcomes, risk.auto, risk.confidence).max(AUTO_MIN)
        }
    };
    by_label.iter().map(of_label).collect()
}

/// Whether `n_wrong` of `n` keep the share of errors under `risk`.
fn is_bounded(n_wrong: usize, n: usize, risk: f64, confidence: f64) -> bool {
    // Above the mean the probability is over a half: no need to sum.
    (n_wrong as f64) < n as f64 * risk && binomial_cdf(n_wrong, n, risk) <= 1.0 - confidence
}

/// `P(X ≤ k)` of `n` trials with probability `p`, summed in logarithms.
fn binomial_cdf(k: usize, n: usize, p: f64) -> f64 {
    let ln_odds = (p / (1.0 - p)).ln();
    let mut ln_term = n as f64 * (-p).ln_1p();
    let mut sum = ln_term.exp();
    for at in 1..=k {
        ln_term += ((n + 1 - at) as f64 / at as f64).ln() + ln_odds;
        sum += ln_term.exp();
    }
    sum
}

#[cfg(test)]
mod tests {
    use switchyard_domain::ids::CategoryId;

    use super::*;
    use crate::fit::SplitMix64;

    fn outcomes(n: usize, is_wrong: impl Fn(usize) -> bool) -> Vec<Outcome> {
        (0..n)
            .map(|at| Outcome { confidence: 1.0 - at as f32 / n as f32, is_right: !is_wrong(at) })
            .collect()
    }

    /// The rule of three: 0 errors in 59 bound the share by 1 − 0.05^(1/59) = 0.0495.
    #[test]
    fn without_errors_fifty_nine_judgements_bound_five_percent() {
        assert!(is_bounded(0, 59, 0.05, 0.95) && !is_bounded(0, 58, 0.05, 0.95));
    }

    /// Oracle: the upper limit for 2 of 100 at 95 % one-sided is 0.0616 (Clopper–Pearson tables).
    #[test]
    fn the_bound_is_the_exact_binomial_one() {
        assert!(is_bounded(2, 100, 0.0617, 0.95) && !is_bounded(2, 100, 0.0615, 0.95));
    }

    #[test]
    fn the_threshold_is_as_low_as_the_risk_allows() {
        let at_most = |risk| threshold(&outcomes(1_000, |at| at > 500 && at % 2 == 0), risk, 0.95);
        assert!(at_most(0.05) > at_most(0.2));
        assert!(at_most(0.3) == 0.0);
    }

    /// Judgements that err exactly as often as they may not: whatever passes does so by chance, in
    /// one run of twenty. The bound alone at each of a hundred places passes in one of four.
    #[test]
    fn a_hundred_trials_keep_the_level_of_one() {
        let mut random = SplitMix64(11);
        let mut passes = || {
            let one = |_| Outcome { confidence: random.share(), is_right: random.share() >= 0.15 };
            let outcomes: Vec<Outcome> = (0..2_000).map(one).collect();
            threshold(&outcomes, 0.15, 0.95) <= 1.0
        };
        let n_passed = (0..1_000).filter(|_| passes()).count();
        assert!((10..=65).contains(&n_passed), "{n_passed} of 1,000");
    }

    #[test]
    fn no_answer_less_likely_than_not_is_given_by_itself() {
        let calibration = Calibration::Softmax { scale: 1.0, bias: vec![0.0; 3] };
        let judged: Vec<Judged<'_>> = vec![(&[0.1, 0.0, 0.0], 0); 500];
        let risk = RiskBound { auto: 0.1, suggest: 0.25, confidence: 0.95 };
        let Thresholds { auto, suggest } = thresholds(&calibration, &judged, &risk);
        assert!((auto - AUTO_MIN).abs() < f32::EPSILON && suggest < 0.4, "{auto} {suggest}");
    }

    #[test]
    fn a_label_that_errs_has_a_higher_threshold_and_a_rare_one_that_of_all() {
        let calibration = Calibration::Softmax { scale: 1.0, bias: vec![0.0; 3] };
        // The first label is right with any margin, the second only with a large one.
        let margins: Vec<([f32; 3], usize)> = (0..600)
            .map(|at| {
                let margin = 1.0 + (at / 2 % 100) as f32 / 25.0;
                if at % 2 == 0 {
                    ([margin, 0.0, 0.0], 0)
                } else {
                    ([0.0, margin, 0.0], usize::from(margin > 3.0))
                }
            })
            .collect();
        let judged: Vec<Judged<'_>> = margins.iter().map(|(m, it)| (m.as_slice(), *it)).collect();
        let risk = RiskBound { auto: 0.1, suggest: 0.25, confidence: 0.95 };
        let by_label = thresholds_by_label(&calibration, &judged, &risk, 0.77, 200);
        assert!(by_label[0] < 0.6 && by_label[1] > 0.8, "{by_label:?}");
        assert!((by_label[2] - 0.77).abs() < f32::EPSILON);
    }

    /// Two labels of one group are told apart by nothing, and the group from the other one by all.
    #[test]
    fn a_group_is_sure_where_its_labels_are_not() {
        let calibration = Calibration::Softmax { scale: 1.0, bias: vec![0.0; 3] };
        let judged: Vec<Judged<'_>> = (0..400)
            .map(|at| if at % 4 < 2 { (&[3.0, 3.0, 0.0], at % 2) } else { (&[0.0, 0.0, 3.0], 2) })
            .map(|(margins, target): (&[f32; 3], usize)| (margins.as_slice(), target))
            .collect();
        let ids = ["a.x", "a.y", "b.z"].map(|id| CategoryId::new(id).expect("valid"));
        let groups = Groups::of(&ids);
        let risk = RiskBound { auto: 0.1, suggest: 0.1, confidence: 0.95 };
        let of_labels = thresholds(&calibration, &judged, &risk);
        let of_groups = thresholds_of_groups(&calibration, &judged, &groups, &risk);
        let mut p = [3.0, 3.0, 0.0];
        calibration.apply(&mut p);
        assert!(p[0] < of_labels.auto && p[0] + p[1] >= of_groups.auto, "{of_labels:?} {p:?}");
    }

    #[test]
    fn hopeless_judgements_have_no_threshold() {
        assert!(threshold(&outcomes(100, |_| true), 0.1, 0.95) > 1.0);
    }
}

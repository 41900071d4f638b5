//! One scale for all margins, and a bias for each label.
//!
//! *Source*: Guo, Pleiss, Sun, Weinberger: "On Calibration of Modern Neural
//! Networks", ICML 2017 (temperature scaling); the biases make the mean
//! probability of each label its frequency, which is where the likelihood's
//! gradient along them is zero.

use crate::calibrate::Calibration;

/// Margins with the output that is right.
pub type Judged<'a> = (&'a [f32], usize);

/// The scale is looked for between these, in powers of e.
const LN_SCALE: (f64, f64) = (-3.0, 4.0);
/// Golden sections of that range: to a ten-thousandth.
const STEPS: usize = 24;
/// Rounds of scale and biases; the likelihood is stationary well before.
const ROUNDS: usize = 4;
/// A label's frequency is smoothed by this many rows, so that rare labels keep their bias near 0.
const PRIOR_ROWS: f64 = 5.0;

/// The calibration of greatest likelihood.
pub fn calibrated(judged: &[Judged<'_>], n_labels: usize) -> Calibration {
    let mut bias = vec![0.0_f64; n_labels];
    let mut scale = 1.0;
    for _ in 0..ROUNDS {
        scale = best_scale(judged, &bias);
        update_bias(judged, scale, &mut bias);
    }
    Calibration::Softmax { scale: scale as f32, bias: bias.iter().map(|it| *it as f32).collect() }
}

/// Golden-section search: the loss is convex in the scale, hence unimodal in its logarithm.
fn best_scale(judged: &[Judged<'_>], bias: &[f64]) -> f64 {
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let loss = |ln_scale: f64| loss(judged, ln_scale.exp(), bias);
    let (mut low, mut high) = LN_SCALE;
    let (mut left, mut right) = (high - golden * (high - low), low + golden * (high - low));
    let (mut loss_left, mut loss_right) = (loss(left), loss(right));
    for _ in 0..STEPS {
        if loss_left < loss_right {
            (high, right, loss_right) = (right, left, loss_left);
            left = high - golden * (high - low);
            loss_left = loss(left);
        } else {
            (low, left, loss_left) = (left, right, loss_right);
            right = low + golden * (high - low);
            loss_right = loss(right);
        }
    }
    f64::midpoint(low, high).exp()
}

/// The negative log-likelihood.
fn loss(judged: &[Judged<'_>], scale: f64, bias: &[f64]) -> f64 {
    let mut p = Vec::new();
    let of = |(margins, target): &Judged<'_>| {
        probabilities(margins, scale, bias, &mut p);
        -p[*target].max(f64::MIN_POSITIVE).ln()
    };
    judged.iter().map(of).sum()
}

fn update_bias(judged: &[Judged<'_>], scale: f64, bias: &mut [f64]) {
    let (mut observed, mut expected) = (vec![PRIOR_ROWS; bias.len()], vec![PRIOR_ROWS; bias.len()]);
    let mut p = Vec::new();
    for (margins, target) in judged {
        probabilities(margins, scale, bias, &mut p);
        observed[*target] += 1.0;
        expected.iter_mut().zip(&p).for_each(|(sum, p)| *sum += p);
    }
    for ((bias, observed), expected) in bias.iter_mut().zip(observed).zip(expected) {
        *bias += (observed / expected).ln();
    }
}

fn probabilities(margins: &[f32], scale: f64, bias: &[f64], p: &mut Vec<f64>) {
    p.clear();
    p.extend(margins.iter().zip(bias).map(|(margin, bias)| scale * f64::from(*margin) + bias));
    let max = p.iter().copied().fold(f64::MIN, f64::max);
    let mut sum = 0.0;
    for it in p.iter_mut() {
        *it = (*it - max).exp();
        sum += *it;
    }
    for it in p.iter_mut() {
        *it /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Margins of ±1 that are right in 88 of 100 rows: `σ(2·scale) = 0.88` at scale 1.
    #[test]
    fn the_scale_makes_confidence_the_share_of_hits() {
        let margins = [[1.0_f32, -1.0], [-1.0, 1.0]];
        let rows: Vec<Judged<'_>> = (0..200)
            .map(|at| (margins[at % 2].as_slice(), if at % 100 < 88 { at % 2 } else { 1 - at % 2 }))
            .collect();
        let mut p = [1.0, -1.0];
        calibrated(&rows, 2).apply(&mut p);
        assert!((p[0] - 0.88).abs() < 0.005, "{p:?}");
    }
}

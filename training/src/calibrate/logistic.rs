//! Odds from a few numbers, by logistic regression.
//!
//! *Source*: fitted by linfa-logistic.

use linfa::prelude::{Dataset, Fit};
use linfa_logistic::LogisticRegression;
use linfa_logistic::error::Error;
use ndarray::{Array1, Array2};

/// The L2 weight on the sum of losses: enough to keep a separable label's slopes finite.
const ALPHA: f64 = 0.01;

/// Slopes and intercept. *Shape*: `rows` is `n × N`, `truth` is `n`.
///
/// A truth that is always or never so has no slope; its share stands in the intercept.
pub fn logistic<const N: usize>(
    rows: &[[f32; N]],
    truth: &[bool],
) -> Result<([f32; N], f32), Error> {
    let n_yes = truth.iter().filter(|yes| **yes).count();
    if n_yes == 0 || n_yes == truth.len() {
        let odds = (n_yes as f32 + 1.0) / ((truth.len() - n_yes) as f32 + 1.0);
        return Ok(([0.0; N], odds.ln()));
    }
    let records =
        Array2::from_shape_fn((rows.len(), N), |(at, column)| f64::from(rows[at][column]));
    let targets: Array1<bool> = truth.iter().copied().collect();
    let fitted = LogisticRegression::default().alpha(ALPHA).fit(&Dataset::new(records, targets))?;
    // linfa says which of the two labels its positive side is.
    let sign = if fitted.labels().pos.class { 1.0 } else { -1.0 };
    let slopes = std::array::from_fn(|column| (sign * fitted.params()[column]) as f32);
    Ok((slopes, (sign * fitted.intercept()) as f32))
}

/// The same with slopes that never fall: what comes out falling is left out, and the rest fitted
/// again.
///
/// Where rows were chosen, or written, so that a good sign looks like a bad one, the sign must not be
/// held against what has it.
pub fn rising<const N: usize>(rows: &[[f32; N]], truth: &[bool]) -> Result<([f32; N], f32), Error> {
    let mut used = [true; N];
    loop {
        let kept = |row: &[f32; N]| std::array::from_fn(|at| if used[at] { row[at] } else { 0.0 });
        let (slopes, bias) = logistic(&rows.iter().map(kept).collect::<Vec<_>>(), truth)?;
        match slopes.iter().position(|slope| *slope < 0.0) {
            Some(at) => used[at] = false,
            None => return Ok((slopes.map(f32::abs), bias)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_tells_something_has_a_slope() {
        let row = |at: u16| [f32::from(at % 10) / 10.0, f32::from(at % 7) / 7.0];
        let rows: Vec<[f32; 2]> = (0..700).map(row).collect();
        let truth: Vec<bool> = (0..700_u16).map(|at| at % 10 > 5 || at % 31 == 0).collect();
        let ([tells, idle], _) = logistic(&rows, &truth).expect("a fit");
        assert!(tells > 5.0 && idle.abs() < 1.0, "{tells} {idle}");
    }

    #[test]
    fn a_sign_that_falls_is_left_out() {
        let rows: Vec<[f32; 2]> = (0..200_u16)
            .map(|at| [f32::from(at), -f32::from(at % 50)].map(|it| it / 100.0))
            .collect();
        let truth: Vec<bool> = (0..200).map(|at| at > 120 || at % 50 > 40).collect();
        let ([up, down], _) = rising(&rows, &truth).expect("a fit");
        assert!(up > 0.0 && down == 0.0, "{up} {down}");
    }

    #[test]
    fn what_is_never_so_stays_improbable() {
        let (slopes, bias) = logistic(&[[3.0], [1.0]], &[false, false]).expect("a fit");
        assert!(slopes == [0.0] && bias < -1.0);
    }
}

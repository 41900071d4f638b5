//! One margin to the probability of yes: a logistic regression of one variable.
//!
//! *Source*: Platt, 1999; fitted by linfa-logistic.

use linfa::prelude::{Dataset, Fit};
use linfa_logistic::LogisticRegression;
use linfa_logistic::error::Error;
use ndarray::{Array1, Array2};

/// The L2 weight on the sum of losses: enough to keep a separable label's slope finite.
const ALPHA: f64 = 0.01;

/// Slope and intercept. *Shape*: one margin and its truth for each row.
///
/// A label that is always or never there has no slope; its share stands in the intercept.
pub(super) fn fit(rows: &[(f32, bool)]) -> Result<(f32, f32), Error> {
    let n_yes = rows.iter().filter(|(_, yes)| *yes).count();
    if n_yes == 0 || n_yes == rows.len() {
        let odds = (n_yes as f32 + 1.0) / ((rows.len() - n_yes) as f32 + 1.0);
        return Ok((0.0, odds.ln()));
    }
    let margins: Vec<f64> = rows.iter().map(|(margin, _)| f64::from(*margin)).collect();
    let margins = Array2::from_shape_fn((rows.len(), 1), |(at, _)| margins[at]);
    let targets: Array1<bool> = rows.iter().map(|(_, yes)| *yes).collect();
    let fitted = LogisticRegression::default().alpha(ALPHA).fit(&Dataset::new(margins, targets))?;
    // linfa says which of the two labels its positive side is.
    let sign = if fitted.labels().pos.class { 1.0 } else { -1.0 };
    Ok(((sign * fitted.params()[0]) as f32, (sign * fitted.intercept()) as f32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(rows: &[(f32, bool)], margin: f32) -> f32 {
        let (slope, intercept) = fit(rows).expect("a fit");
        1.0 / (1.0 + (-(slope * margin + intercept)).exp())
    }

    #[test]
    fn a_margin_without_news_gets_the_share_of_yes() {
        let rows: Vec<(f32, bool)> = (0..100).map(|at| (0.0, at % 5 == 0)).collect();
        assert!((p(&rows, 0.0) - 0.2).abs() < 0.01);
    }

    #[test]
    fn a_larger_margin_is_more_probable() {
        let rows: Vec<(f32, bool)> =
            (0..100).map(|at| (at as f32 / 50.0 - 1.0, at > 70 || at % 10 == 0)).collect();
        assert!(p(&rows, 1.0) > 0.8 && p(&rows, -1.0) < 0.3);
    }

    #[test]
    fn a_label_never_seen_stays_improbable() {
        assert!(p(&[(3.0, false); 20], 3.0) < 0.1);
    }
}

//! One margin to the probability of yes (Platt, 1999).

use linfa_logistic::error::Error;

use super::logistic::logistic;

/// Slope and intercept. *Shape*: one margin and its truth for each row.
pub(super) fn fit(rows: &[(f32, bool)]) -> Result<(f32, f32), Error> {
    let (margins, truth): (Vec<[f32; 1]>, Vec<bool>) =
        rows.iter().map(|(margin, yes)| ([*margin], *yes)).unzip();
    let ([slope], intercept) = logistic(&margins, &truth)?;
    Ok((slope, intercept))
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

//! Numbers within bounds, in whole steps or thousandths.
//!
//! People write `2.5`; the domain counts 2500 thousandths, so that sums are
//! exact. A fourth decimal would be lost, so it is refused.

use std::ops::RangeInclusive;

use toml::de::DeValue;

use super::item::Item;

impl Item<'_> {
    /// This number and no other.
    pub(crate) fn exactly(&self, number: u32) -> Option<u32> {
        self.integer().filter(|own| *own == number).or_else(|| self.refuse(&number.to_string()))
    }

    /// A whole number within bounds.
    pub(crate) fn whole(&self, bounds: RangeInclusive<u32>) -> Option<u32> {
        let (low, high) = (bounds.start(), bounds.end());
        let within = self.integer().filter(|number| bounds.contains(number));
        within.or_else(|| self.refuse(&format!("a whole number in {low}..={high}")))
    }

    /// A number in thousandths, within bounds that are thousandths too.
    pub(crate) fn milli(&self, bounds: RangeInclusive<u32>) -> Option<u32> {
        let (low, high) = (units(*bounds.start()), units(*bounds.end()));
        // No bounds contain NaN or, being finite, infinity.
        let within = self.number().filter(|number| (low..=high).contains(number));
        let Some(number) = within else {
            return self.refuse(&format!("a number in {low}..={high}"));
        };
        let milli = (number * 1_000.0).round() as u32;
        // Either is the double nearest to its decimal, so with three places they are the same.
        let is_exact = units(milli) - number == 0.0;
        if is_exact { Some(milli) } else { self.refuse("at most three decimals") }
    }

    fn integer(&self) -> Option<u32> {
        match self.value {
            DeValue::Integer(digits) => u32::from_str_radix(digits.as_str(), digits.radix()).ok(),
            _ => None,
        }
    }

    fn number(&self) -> Option<f64> {
        match self.value {
            DeValue::Integer(_) => self.integer().map(f64::from),
            DeValue::Float(digits) => digits.as_str().parse().ok(),
            _ => None,
        }
    }
}

fn units(milli: u32) -> f64 {
    f64::from(milli) / 1_000.0
}

#[cfg(test)]
mod tests {
    use crate::cursor::Table;
    use crate::log::{Log, Place};

    fn milli(text: &str) -> Result<u32, String> {
        let source = format!("x = {text}");
        let log = Log::new(&source);
        let tree = crate::syntax::parse(&source, &log).expect("TOML");
        let number = Table::new(Place::default(), &tree, &log)
            .get("x")
            .and_then(|item| item.milli(0..=100_000));
        number.ok_or_else(|| log.into_findings()[0].message.clone())
    }

    #[test]
    fn three_decimals_are_exact() {
        for (text, expected) in
            [("0.001", 1), ("99.999", 99_999), ("1", 1_000), ("0.1", 100), ("1e1", 10_000)]
        {
            assert_eq!(milli(text), Ok(expected), "{text}");
        }
        assert_eq!(milli("-0.0"), Ok(0));
        assert_eq!(milli("0x10"), Ok(16_000));
    }

    #[test]
    fn a_fourth_decimal_is_refused() {
        assert_eq!(milli("0.0015"), Err("expected at most three decimals, got 0.0015".to_owned()));
        assert_eq!(milli("1e-9"), Err("expected at most three decimals, got 1e-9".to_owned()));
    }

    #[test]
    fn what_is_no_number_within_bounds_is_refused() {
        for bad in ["nan", "inf", "-inf", "-1", "100.001", "1e999", "99999999999999999999", "true"]
        {
            let shown = format!("expected a number in 0..=100, got {bad}");
            assert_eq!(milli(bad), Err(shown), "{bad}");
        }
    }
}

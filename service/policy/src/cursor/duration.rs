//! Durations as people write them: `15m`, `4h`, `1h30m`, `7d`.
//!
//! A parser of its own, so that an SLA reads the same in every policy: whole
//! numbers, the largest unit first, each unit once, a day of 24 hours.

use std::ops::RangeInclusive;

use switchyard_domain::time::Span;

use super::item::Item;

/// The units, largest first.
const UNITS: [(char, Span); 4] = [
    ('d', Span::from_hours(24)),
    ('h', Span::from_hours(1)),
    ('m', Span::from_minutes(1)),
    ('s', Span::from_millis(1_000)),
];

impl Item<'_> {
    /// A duration within bounds.
    pub(crate) fn duration(&self, bounds: RangeInclusive<Span>) -> Option<Span> {
        let span = self.text_as("a duration such as 15m, 4h, 1h30m or 7d", parse)?;
        let (low, high) = (shown(*bounds.start()), shown(*bounds.end()));
        let within = bounds.contains(&span).then_some(span);
        within.or_else(|| self.refuse(&format!("a duration in {low}..={high}")))
    }
}

fn parse(text: &str) -> Option<Span> {
    let mut rest = text;
    let mut millis: i64 = 0;
    for (unit, span) in UNITS {
        let Some((number, after)) = rest.split_once(unit) else {
            continue;
        };
        millis = millis.checked_add(digits(number)?.checked_mul(span.millis())?)?;
        rest = after;
    }
    (rest.is_empty() && !text.is_empty()).then_some(Span::from_millis(millis))
}

/// A whole number without a sign, which `i64::from_str` would allow.
fn digits(text: &str) -> Option<i64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// The shortest text that reads as this span, of whole seconds.
fn shown(span: Span) -> String {
    let mut left = span.millis();
    let mut part = |(unit, span): (char, Span)| {
        let count = left / span.millis();
        left %= span.millis();
        (count > 0).then(|| format!("{count}{unit}"))
    };
    let text: String = UNITS.into_iter().filter_map(&mut part).collect();
    if text.is_empty() { "0s".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn durations_are_read_as_people_write_them() {
        for (text, minutes) in [("15m", 15), ("4h", 240), ("1h30m", 90), ("7d", 10_080), ("0s", 0)]
        {
            assert_eq!(parse(text), Some(Span::from_minutes(minutes)), "{text}");
        }
        assert_eq!(parse("1d2h3m4s"), Some(Span::from_millis(93_784_000)));
        assert_eq!(parse("90m"), parse("1h30m"));
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_refused() {
        for bad in [
            "",
            "15",
            "m",
            "1.5h",
            "30m1h",
            "1h1h",
            "1 h",
            "1h ",
            "-1h",
            "+1h",
            "1H",
            "1w",
            "１h",
            "99999999999999999999d",
            "9223372036854775807d",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_shown_duration_reads_as_itself(seconds in 0i64..100_000_000) {
            let span = Span::from_millis(seconds * 1_000);
            prop_assert_eq!(parse(&shown(span)), Some(span));
        }
    }
}

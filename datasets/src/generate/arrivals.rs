//! Tickets as they come in over days: a Poisson process with a daily profile.
//!
//! *Source*: thinning (Lewis, Shedler, 1979): events come at the busiest hour's
//! rate and each is kept with its own hour's share of it.

use super::random::Random;
use crate::taxonomy::Taxonomy;

/// A day in seconds.
const DAY_S: f64 = 86_400.0;

/// How much comes in, when, and about what.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrivalSettings {
    /// Tickets a day on average.
    pub per_day: f64,
    /// How many days, from midnight.
    pub n_days: u32,
    /// The weight of each hour of the day; need not sum to anything.
    pub hours: [f64; 24],
    /// Categories with their weights.
    pub mix: Vec<(String, f64)>,
    /// The share of tickets in Chinese, `0..=1`; the others are in English.
    pub chinese_share: f64,
}

impl ArrivalSettings {
    /// A shop's day: quiet nights, peaks before noon and in the evening; what goes
    /// wrong with parcels and refunds comes oftener than the rest.
    pub fn typical(per_day: f64, taxonomy: &Taxonomy) -> Self {
        let weight = |id: &str| match id.split_once('.').map_or(id, |(group, _)| group) {
            "logistics" | "returns" => 3.0,
            "order" | "product" | "billing" => 2.0,
            _ => 1.0,
        };
        let category = |id: &str| (id.to_owned(), weight(id));
        Self {
            per_day,
            n_days: 1,
            hours: [
                1.0, 0.6, 0.4, 0.3, 0.3, 0.5, 1.0, 2.0, 4.0, 6.0, 7.0, 7.0, 5.0, 5.0, 6.0, 6.0,
                6.0, 5.0, 5.0, 6.0, 7.0, 6.0, 4.0, 2.0,
            ],
            mix: taxonomy.categories.iter().map(|it| category(it.id.as_str())).collect(),
            chinese_share: 0.5,
        }
    }
}

/// One ticket that comes in.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    /// Seconds after the first midnight; arrivals are in order.
    pub at_s: f64,
    /// What it is about.
    pub category: String,
    /// `zh` or `en`.
    pub language: &'static str,
}

/// The arrivals of a seed, earliest first, made as they are asked for.
#[derive(Debug, Clone)]
pub struct Arrivals {
    settings: ArrivalSettings,
    weights: Vec<f64>,
    /// The busiest hour's weight, and its rate a second.
    peak: f64,
    peak_rate: f64,
    random: Random,
    /// When the next event comes that may be an arrival; never where nothing is to come.
    at_s: f64,
}

/// The arrivals of a seed; none where nothing is to come.
pub fn arrivals(settings: ArrivalSettings, seed: u64) -> Arrivals {
    let peak = settings.hours.iter().copied().fold(0.0, f64::max);
    let mean = settings.hours.iter().sum::<f64>() / 24.0;
    let peak_rate = settings.per_day / DAY_S * peak / mean;
    let weights = settings.mix.iter().map(|(_, weight)| *weight).collect();
    let mut random = Random::new(seed);
    let comes = peak_rate.is_finite() && peak_rate > 0.0 && !settings.mix.is_empty();
    let at_s = if comes { random.exponential(peak_rate) } else { f64::INFINITY };
    Arrivals { settings, weights, peak, peak_rate, random, at_s }
}

impl Iterator for Arrivals {
    type Item = Arrival;

    fn next(&mut self) -> Option<Arrival> {
        while self.at_s < f64::from(self.settings.n_days) * DAY_S {
            let share = self.hour_weight() / self.peak;
            let arrival = self.random.happens(share).then(|| self.arrival());
            self.at_s += self.random.exponential(self.peak_rate);
            if arrival.is_some() {
                return arrival;
            }
        }
        None
    }
}

impl Arrivals {
    fn hour_weight(&self) -> f64 {
        self.settings.hours[(self.at_s % DAY_S / 3_600.0) as usize % 24]
    }

    fn arrival(&mut self) -> Arrival {
        let category = self.settings.mix[self.random.weighted(&self.weights)].0.clone();
        let is_chinese = self.random.happens(self.settings.chinese_share);
        Arrival { at_s: self.at_s, category, language: if is_chinese { "zh" } else { "en" } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> ArrivalSettings {
        let typical = ArrivalSettings::typical(2_000.0, &Taxonomy::embedded());
        ArrivalSettings { n_days: 10, ..typical }
    }

    fn history(settings: ArrivalSettings, seed: u64) -> Vec<Arrival> {
        arrivals(settings, seed).collect()
    }

    #[test]
    fn one_seed_is_one_history_in_order() {
        let first = history(settings(), 7);
        assert_eq!(first, history(settings(), 7));
        assert_ne!(first, history(settings(), 8));
        assert!(first.is_sorted_by_key(|arrival| arrival.at_s));
    }

    /// 20,000 expected; a Poisson count is within four times √20,000 = 566.
    #[test]
    fn the_rate_is_kept() {
        let n = arrivals(settings(), 1).count();
        assert!(n.abs_diff(20_000) < 566, "{n}");
    }

    #[test]
    fn the_day_has_its_profile_and_the_mix_its_weights() {
        let history = history(settings(), 1);
        let in_hour = |hour: f64| {
            history
                .iter()
                .filter(|it| ((it.at_s % DAY_S) / 3_600.0 - hour - 0.5).abs() < 0.5)
                .count()
        };
        assert!(in_hour(10.0) > 10 * in_hour(3.0));
        let of = |id: &str| history.iter().filter(|it| it.category == id).count();
        assert!(of("returns.refund") > 2 * of("other"));
    }

    #[test]
    fn nothing_to_come_is_no_history() {
        assert!(history(ArrivalSettings { per_day: 0.0, ..settings() }, 1).is_empty());
        assert!(history(ArrivalSettings { mix: Vec::new(), ..settings() }, 1).is_empty());
        assert!(history(ArrivalSettings { hours: [0.0; 24], ..settings() }, 1).is_empty());
    }
}

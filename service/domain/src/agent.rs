//! People who can own tickets.

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::Language;
use crate::ids::{AgentId, SkillId, TeamId};
use crate::load::{Capacity, Load};
use crate::schedule::Schedule;
use crate::skill::HeldSkill;

/// Whether an agent takes tickets, as reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// At work.
    Online,
    /// On a break; keeps what they own.
    Away,
    /// Not at work.
    Offline,
}

/// Years of custom in three steps; the senior are preferred for VIP customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seniority {
    /// In training.
    Junior,
    /// The ordinary case.
    Regular,
    /// Experienced.
    Senior,
}

/// A place on earth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    latitude: f64,
    longitude: f64,
    /// The same as a point of the unit sphere: a distance is then a chord, without trigonometry.
    point: [f64; 3],
}

/// Coordinates that are no place.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("expected a latitude in -90..=90 and a longitude in -180..=180, got {0}, {1}")]
pub struct InvalidPlace(pub f64, pub f64);

/// Mean radius of the earth in kilometres (IUGG).
const EARTH_RADIUS_KM: f64 = 6_371.009;

impl Place {
    /// A place by degrees north and east.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, InvalidPlace> {
        let valid = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        let point = point_of(latitude, longitude);
        let place = Self { latitude, longitude, point };
        valid.then_some(place).ok_or(InvalidPlace(latitude, longitude))
    }

    /// Degrees north.
    pub fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east.
    pub fn longitude(self) -> f64 {
        self.longitude
    }

    /// The great-circle distance in kilometres, by the chord between the two points.
    pub fn distance_km(self, other: Self) -> f64 {
        let squares = (0..3).map(|axis| (self.point[axis] - other.point[axis]).powi(2));
        let half_chord = squares.sum::<f64>().sqrt() / 2.0;
        2.0 * EARTH_RADIUS_KM * half_chord.clamp(0.0, 1.0).asin()
    }
}

fn point_of(latitude: f64, longitude: f64) -> [f64; 3] {
    let (north, along) = latitude.to_radians().sin_cos();
    let (east, towards) = longitude.to_radians().sin_cos();
    [along * towards, along * east, north]
}

/// The languages an agent answers in, as BCP 47 tags.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Languages {
    tags: BTreeSet<String>,
    simplified: bool,
    traditional: bool,
    english: bool,
}

/// A text that is no language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a BCP 47 tag such as zh-Hans, zh-TW or en, got {0:?}")]
pub struct InvalidLanguageTag(pub String);

impl Languages {
    /// Reads tags that people wrote; one that is no tag, such as `English` or `en_US`, would match
    /// nothing and nobody would know why.
    pub fn parse(tags: &[String]) -> Result<Self, InvalidLanguageTag> {
        match tags.iter().find(|tag| !is_tag(tag)) {
            Some(bad) => Err(InvalidLanguageTag(bad.clone())),
            None => Ok(Self::from_tags(tags.iter().cloned())),
        }
    }

    /// Reads tags such as `zh-Hans`, `zh-TW` or `en-GB`; others are kept and match nothing.
    pub fn from_tags(tags: impl IntoIterator<Item = String>) -> Self {
        let mut languages = Self::default();
        for tag in tags {
            languages.note(&tag);
            languages.tags.insert(tag);
        }
        languages
    }

    fn note(&mut self, tag: &str) {
        // Upper and lower case mean the same in a tag (RFC 5646, section 2.1.1).
        let tag = tag.to_ascii_lowercase();
        let (base, subtags) = tag.split_once('-').unwrap_or((&tag, ""));
        match base {
            "en" => self.english = true,
            "zh" if is_traditional(subtags) => self.traditional = true,
            // Readers of the simplified script read the traditional one, not the reverse.
            "zh" => (self.simplified, self.traditional) = (true, true),
            _ => {}
        }
    }

    /// The tags as given, sorted.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.iter().map(String::as_str)
    }

    /// Whether an agent with these languages can serve a ticket in that one.
    ///
    /// Nobody is asked to read what could not be identified, and an agent
    /// without any tag is taken to read everything.
    pub fn serve(&self, language: Language) -> bool {
        self.tags.is_empty()
            || match language {
                Language::ZhHans => self.simplified,
                Language::ZhHant | Language::Mixed => self.traditional,
                Language::En => self.english,
                Language::Und => true,
            }
    }
}

/// The script if it is stated, else the one usual in the region.
/// A language of two or three letters, then subtags of up to eight letters and digits (RFC 5646, section 2.1).
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_language = |part: &str| {
        (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let is_subtag = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    parts.next().is_some_and(is_language) && parts.all(is_subtag)
}

fn is_traditional(subtags: &str) -> bool {
    let has = |wanted: &str| subtags.split('-').any(|subtag| subtag == wanted);
    has("hant") || !has("hans") && ["tw", "hk", "mo"].into_iter().any(has)
}

/// A person who can own tickets.
#[derive(Debug, Clone, PartialEq)]
pub struct Agent {
    /// Who.
    pub id: AgentId,
    /// The name shown to people; may be empty.
    pub display_name: String,
    /// The teams the agent works for.
    pub teams: BTreeSet<TeamId>,
    /// Skills held.
    pub skills: BTreeMap<SkillId, HeldSkill>,
    /// Languages read and written.
    pub languages: Languages,
    /// How much at a time.
    pub capacity: Capacity,
    /// Work the caller knows of and Switchyard does not.
    pub external_load: Load,
    /// When the agent works.
    pub schedule: Schedule,
    /// What was reported last; `None` follows the schedule.
    pub presence: Option<Presence>,
    /// Gets nothing new; what is owned stays.
    pub intake_paused: bool,
    /// Experience.
    pub seniority: Seniority,
    /// Where the agent works from.
    pub place: Option<Place>,
}

/// A team of agents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Which.
    pub id: TeamId,
    /// The name shown to people; may be empty.
    pub display_name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages(tags: &[&str]) -> Languages {
        Languages::from_tags(tags.iter().map(|tag| (*tag).to_owned()))
    }

    #[test]
    fn simplified_readers_also_serve_traditional_and_not_the_reverse() {
        assert!(languages(&["zh-Hans"]).serve(Language::ZhHant));
        assert!(languages(&["zh-CN"]).serve(Language::Mixed));
        assert!(!languages(&["zh-Hant-HK"]).serve(Language::ZhHans));
        assert!(!languages(&["en-GB"]).serve(Language::Mixed));
    }

    #[test]
    fn tags_are_read_in_any_case_and_the_script_beats_the_region() {
        assert!(!languages(&["zh-tw"]).serve(Language::ZhHans));
        assert!(!languages(&["ZH-HANT"]).serve(Language::ZhHans));
        assert!(languages(&["zh-Hans-HK"]).serve(Language::ZhHans));
        assert!(languages(&["EN"]).serve(Language::En));
    }

    #[test]
    fn without_tags_every_language_is_served_and_with_unknown_ones_none() {
        assert!(languages(&[]).serve(Language::En));
        assert!(!languages(&["de"]).serve(Language::En));
        assert!(languages(&["de"]).serve(Language::Und));
    }

    #[test]
    fn what_is_no_tag_is_refused_by_name() {
        let parse = |tag: &str| Languages::parse(&[tag.to_owned()]);
        for good in ["zh", "zh-Hans", "zh-Hant-TW", "en-GB", "yue", "es", "und"] {
            assert!(parse(good).is_ok(), "{good}");
        }
        for bad in ["", "English", "en_US", "中文", "zh-", "e", "en-ninecharss"] {
            assert_eq!(parse(bad), Err(InvalidLanguageTag(bad.to_owned())));
        }
    }

    #[test]
    fn distance_is_that_of_the_great_circle() {
        // Beijing to Shanghai, 1,067 km on any map.
        let beijing = Place::new(39.9042, 116.4074).expect("valid");
        let shanghai = Place::new(31.2304, 121.4737).expect("valid");
        assert!((beijing.distance_km(shanghai) - 1_067.0).abs() < 2.0);
        assert!(Place::new(f64::NAN, 0.0).is_err());
        assert!(Place::new(0.0, 180.5).is_err());
    }
}

//! A roster as it is written.

use std::marker::PhantomData;

use serde::Deserialize as Raw;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

/// A whole file.
#[derive(Debug, Raw)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRoster {
    #[serde(default)]
    pub(super) team: Vec<RawTeam>,
    pub(super) agent: Vec<RawAgent>,
}

/// `[[team]]`.
#[derive(Debug, Raw)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTeam {
    pub(super) id: String,
    #[serde(default)]
    pub(super) name: String,
}

/// `[[agent]]`.
#[derive(Debug, Raw)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAgent {
    pub(super) id: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) teams: Vec<String>,
    #[serde(default)]
    pub(super) skills: Entries<RawSkill>,
    #[serde(default)]
    pub(super) languages: Vec<String>,
    pub(super) capacity: Option<f64>,
    #[serde(default)]
    pub(super) channel_capacity: Entries<f64>,
    #[serde(default)]
    pub(super) external_load: f64,
    pub(super) time_zone: Option<String>,
    #[serde(default)]
    pub(super) shifts: Vec<RawShift>,
    #[serde(default)]
    pub(super) days_off: Vec<String>,
    pub(super) dated_shifts: Option<Vec<RawDated>>,
    pub(super) seniority: Option<String>,
    pub(super) presence: Option<String>,
    pub(super) location: Option<RawPlace>,
}

/// A level, or a level until an instant.
#[derive(Debug, Raw)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "expected a level of 1 to 5, or { level = 3, expires = TIME }"
)]
pub(super) enum RawSkill {
    Level(u32),
    Held { level: u32, expires: Option<String> },
}

/// One of an agent's weekly shifts.
#[derive(Debug, Raw)]
#[serde(deny_unknown_fields)]
pub(super) struct RawShift {
    pub(super) days: Vec<String>,
    pub(super) start: String,
    pub(super) end: String,
}

/// A shift from one instant to another.
#[derive(Debug, Raw)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDated {
    pub(super) start: String,
    pub(super) end: String,
}

/// Degrees north and east.
#[derive(Debug, Raw)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPlace {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

/// Names with values, each name once: JSON would let the last of several win.
#[derive(Debug)]
pub(super) struct Entries<T>(pub(super) Vec<(String, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
    type Value = Entries<T>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("names with values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
        let mut entries: Vec<(String, T)> = Vec::new();
        while let Some((name, value)) = map.next_entry()? {
            if entries.iter().any(|(known, _)| *known == name) {
                return Err(A::Error::custom(format!("expected {name:?} once, got it again")));
            }
            entries.push((name, value));
        }
        Ok(Entries(entries))
    }
}

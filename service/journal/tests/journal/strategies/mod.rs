//! Any value the domain can hold, edges included.

mod decisions;
mod desks;
mod events;
mod new_in_2;
mod precedents;
mod roster;
mod tickets;

pub(crate) use desks::snapshot;
pub(crate) use events::entry;

use proptest::prelude::*;
use proptest::sample::select;
use switchyard_domain::agent::Place;
use switchyard_domain::ids::InvalidId;
use switchyard_domain::load::Load;
use switchyard_domain::probability::Probability;
use switchyard_domain::skill::SkillLevel;
use switchyard_domain::time::{Span, Timestamp};

pub(crate) fn id<T: std::fmt::Debug>(
    new: fn(&str) -> Result<T, InvalidId>,
) -> impl Strategy<Value = T> {
    "[a-zA-Z0-9._李娜\u{1f600}-]{1,20}".prop_map(move |text| new(&text).expect("a valid id"))
}

pub(crate) fn any_of<T: Clone + std::fmt::Debug + 'static>(
    values: impl Into<Vec<T>>,
) -> impl Strategy<Value = T> + Clone {
    select(values.into())
}

pub(crate) fn timestamp() -> impl Strategy<Value = Timestamp> {
    let ordinary = 1_500_000_000_000i64..1_900_000_000_000;
    prop_oneof![
        8 => ordinary.prop_map(Timestamp::from_millis),
        1 => any::<i64>().prop_map(Timestamp::from_millis),
        1 => select(vec![Timestamp::MIN, Timestamp::MAX]),
    ]
}

pub(crate) fn span() -> impl Strategy<Value = Span> {
    any::<i64>().prop_map(Span::from_millis)
}

pub(crate) fn load() -> impl Strategy<Value = Load> {
    any::<u32>().prop_map(Load::from_milli)
}

pub(crate) fn probability() -> impl Strategy<Value = Probability> {
    (0.0f32..=1.0).prop_map(|value| Probability::new(value).expect("in range"))
}

pub(crate) fn place() -> impl Strategy<Value = Place> {
    let degrees = (-90.0..=90.0, -180.0..=180.0);
    degrees.prop_map(|(latitude, longitude)| Place::new(latitude, longitude).expect("in range"))
}

pub(crate) fn level() -> impl Strategy<Value = SkillLevel> {
    (1u32..=5).prop_map(|level| SkillLevel::new(level).expect("in range"))
}

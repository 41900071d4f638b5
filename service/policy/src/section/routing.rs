//! `[routing]`: what filters, what costs, and what work weighs.

use std::collections::BTreeMap;

use switchyard_domain::ids::ChannelId;
use switchyard_domain::load::Load;
use switchyard_domain::policy::RoutingPolicy;
use switchyard_domain::routing::{CostPart, CostWeights};
use switchyard_domain::time::Span;

use crate::cursor::Item;

const KEYS: [&str; 6] = [
    "min_shift_left",
    "default_capacity",
    "held_share",
    "distance_full_km",
    "weights",
    "channel_weights",
];

/// The most a cost may weigh, in thousandths: a hundred times the default's greatest.
const WEIGHT_MAX: u32 = 100_000;

/// The domain's limit on work, in thousandths of a unit.
const LOAD_MAX: u32 = (Load::UNITS_MAX * 1_000.0) as u32;

/// Half of the equator, rounded: no two places are farther apart.
const DISTANCE_KM_MAX: u32 = 20_000;

/// The settings of a `[routing]` table.
pub(crate) fn read(item: &Item<'_>) -> Option<RoutingPolicy> {
    let table = item.table(&KEYS)?;
    let default = RoutingPolicy::default();
    Some(RoutingPolicy {
        weights: table.value_or("weights", default.weights, weights),
        min_shift_left: table.value_or("min_shift_left", default.min_shift_left, min_shift_left),
        default_capacity: table
            .value_or("default_capacity", default.default_capacity, |item| load(item, 0)),
        held_permille: table
            .value_or("held_share", default.held_permille, |item| item.milli(0..=1_000)),
        channel_weights: table.value_or(
            "channel_weights",
            default.channel_weights,
            channel_weights,
        ),
        distance_full_km: table.value_or("distance_full_km", default.distance_full_km, distance_km),
    })
}

fn min_shift_left(item: &Item<'_>) -> Option<Span> {
    item.duration(Span::ZERO..=Span::from_hours(24))
}

fn distance_km(item: &Item<'_>) -> Option<u32> {
    item.whole(1..=DISTANCE_KM_MAX)
}

fn weights(item: &Item<'_>) -> Option<CostWeights> {
    let keys = CostPart::ALL.map(CostPart::label);
    let table = item.table(&keys)?;
    let CostWeights(default) = CostWeights::default();
    Some(CostWeights(std::array::from_fn(|part| {
        table.value_or(keys[part], default[part], |item| {
            item.milli(0..=WEIGHT_MAX).map(|weight| weight as i32)
        })
    })))
}

/// Every weight is above zero: work that weighs nothing would have no limit.
fn channel_weights(item: &Item<'_>) -> Option<BTreeMap<ChannelId, Load>> {
    let weight = |(channel, item): (&str, Item<'_>)| {
        let id = ChannelId::new(channel).map_err(|error| item.error(&error.to_string())).ok();
        let weight = load(&item, 1);
        Some((id?, weight?))
    };
    Some(item.open_table()?.items().filter_map(weight).collect())
}

fn load(item: &Item<'_>, least: u32) -> Option<Load> {
    item.milli(least..=LOAD_MAX).map(Load::from_milli)
}

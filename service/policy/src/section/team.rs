//! `[[team]]`: how far the desk goes with a team's tickets, and how they come to its agents.

use std::collections::BTreeMap;

use switchyard_domain::ids::TeamId;
use switchyard_domain::policy::{Dispatch, TeamMode, TeamPolicy};

use crate::cursor::{Item, Seen};

const KEYS: [&str; 3] = ["id", "mode", "dispatch"];

/// The teams of the `[[team]]` tables.
pub(crate) fn read(items: &[Item<'_>]) -> BTreeMap<TeamId, TeamPolicy> {
    let mut seen = Seen::default();
    items.iter().filter_map(|item| team(item, &mut seen)).collect()
}

/// All of it is read before a bad id drops it, so that its other errors show too.
fn team(item: &Item<'_>, seen: &mut Seen) -> Option<(TeamId, TeamPolicy)> {
    let table = item.table(&KEYS)?;
    let policy = TeamPolicy {
        mode: table.value_or("mode", TeamMode::default(), mode),
        dispatch: table.value_or("dispatch", Dispatch::default(), dispatch),
    };
    Some((table.own_id("id", seen, TeamId::new)?, policy))
}

fn mode(item: &Item<'_>) -> Option<TeamMode> {
    item.text_as("assign or advise", |text| match text {
        "assign" => Some(TeamMode::Assign),
        "advise" => Some(TeamMode::Advise),
        _ => None,
    })
}

fn dispatch(item: &Item<'_>) -> Option<Dispatch> {
    item.text_as("push or pull", |text| match text {
        "push" => Some(Dispatch::Push),
        "pull" => Some(Dispatch::Pull),
        _ => None,
    })
}

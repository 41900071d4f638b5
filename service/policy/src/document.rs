//! The whole policy file: its top-level keys, each handed to the module that reads it.

use toml::de::DeTable;

use switchyard_domain::ids::TeamId;
use switchyard_domain::policy::Policy;
use switchyard_domain::time::Span;

use crate::cursor::{Item, Table};
use crate::log::{Log, Place};
use crate::reach;
use crate::section::{calendar, category, labels, priority, routing, sla, team};

/// The only version of the file's shape so far; a later one may mean other things by the same keys.
const SCHEMA: u32 = 1;

/// The longest that closed tickets are remembered: what is remembered is held in memory.
const CLOSED_KEPT_MAX: Span = Span::from_hours(366 * 24);

const KEYS: [&str; 10] = [
    "schema",
    "labels",
    "default_team",
    "closed_kept",
    "priority",
    "team",
    "category",
    "calendar",
    "sla",
    "routing",
];

/// The policy of a tree; it holds only if the log then has no error.
pub(crate) fn read(tree: &DeTable<'_>, revision: u64, log: &Log) -> Policy {
    let root = Table::new(Place::default(), tree, log);
    root.refuse_keys_beside(&KEYS);
    root.needed("schema", |item| item.exactly(SCHEMA));
    let category_items = root.list("category");
    let categories = category::read(&category_items);
    let labels = labels::read(&root, &category_items);
    let calendars = calendar::read(&root.list("calendar"));
    let rules = sla::read(&root.list("sla"), &categories, &calendars);
    let default = Policy::default();
    let policy = Policy {
        revision,
        default_team: root.given("default_team", |item| item.parse(TeamId::new)),
        priority: root.value_or("priority", default.priority, priority::read),
        sla: sla::in_order(&rules).unwrap_or(default.sla),
        routing: root.value_or("routing", default.routing, routing::read),
        labels,
        teams: team::read(&root.list("team")),
        closed_kept: root.value_or("closed_kept", default.closed_kept, closed_kept),
        categories: categories.into_policies(),
    };
    if log.is_empty() {
        reach::warn(&rules, &calendars, log);
    }
    policy
}

fn closed_kept(item: &Item<'_>) -> Option<Span> {
    item.duration(Span::from_minutes(1)..=CLOSED_KEPT_MAX)
}

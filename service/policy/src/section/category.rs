//! `[[category]]`: how grave each kind of ticket is, who serves it, and what it asks for.

use std::collections::BTreeMap;

use switchyard_domain::ids::{CategoryId, SkillId, TeamId};
use switchyard_domain::policy::CategoryPolicy;
use switchyard_domain::skill::{Requirement, RequirementKind, SkillLevel};

use crate::cursor::{Item, Seen, Table};

const KEYS: [&str; 5] = ["id", "severity", "team", "skills", "model_labels"];
const SKILL_KEYS: [&str; 4] = ["skill", "level", "preferred", "weight"];

/// The most a preference may weigh, in thousandths; 1000 is ordinary.
const WEIGHT_MAX: u32 = 100_000;

/// The categories of a policy.
pub(crate) struct Categories(BTreeMap<CategoryId, CategoryPolicy>);

impl Categories {
    /// Every id.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(CategoryId::as_str)
    }

    /// Whether an id is among them.
    pub(crate) fn contains(&self, id: &CategoryId) -> bool {
        self.0.contains_key(id)
    }

    /// What each means.
    pub(crate) fn into_policies(self) -> BTreeMap<CategoryId, CategoryPolicy> {
        self.0
    }
}

/// The categories of the `[[category]]` tables.
pub(crate) fn read(items: &[Item<'_>]) -> Categories {
    let mut seen = Seen::default();
    Categories(items.iter().filter_map(|item| category(item, &mut seen)).collect())
}

/// All of it is read before a bad id drops it, so that its other errors show too.
fn category(item: &Item<'_>, seen: &mut Seen) -> Option<(CategoryId, CategoryPolicy)> {
    let table = item.table(&KEYS)?;
    let policy = CategoryPolicy {
        severity: table.value_or("severity", 0, |item| item.whole(0..=100)),
        team: table.given("team", |item| item.parse(TeamId::new)),
        requirements: requirements(&table),
    };
    Some((table.own_id("id", seen, CategoryId::new)?, policy))
}

fn requirements(table: &Table<'_>) -> Vec<Requirement> {
    let mut seen = Seen::default();
    table.list("skills").iter().filter_map(|item| requirement(item, &mut seen)).collect()
}

fn requirement(item: &Item<'_>, seen: &mut Seen) -> Option<Requirement> {
    let table = item.table(&SKILL_KEYS)?;
    let min_level = table.value_or("level", SkillLevel::MIN, level);
    let weight_permille = table.value_or("weight", 1_000, |item| item.milli(1..=WEIGHT_MAX));
    let preferred = table.value_or("preferred", false, Item::flag);
    Some(Requirement {
        skill: table.own_id("skill", seen, SkillId::new)?,
        kind: if preferred { RequirementKind::Preferred } else { RequirementKind::Required },
        min_level,
        weight_permille,
        relax_rank: None,
    })
}

fn level(item: &Item<'_>) -> Option<SkillLevel> {
    SkillLevel::new(item.whole(1..=5)?).ok()
}

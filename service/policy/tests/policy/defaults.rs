//! The default file says what the domain does, and what is left out is what it says.

use std::collections::{BTreeMap, BTreeSet};

use switchyard_domain::ids::CategoryId;
use switchyard_domain::policy::Policy;
use switchyard_policy::DEFAULT;

use crate::{checked, policy};

#[test]
fn the_default_file_reads_as_the_domains_default_with_categories() {
    let read = checked(DEFAULT);
    assert_eq!(read.warnings, []);
    assert_eq!(read.policy.revision, 7);
    let without_categories = Policy { revision: 0, categories: BTreeMap::new(), ..read.policy };
    assert_eq!(without_categories, Policy::default());
}

#[test]
fn what_is_left_out_takes_the_domains_default() {
    assert_eq!(policy(""), Policy { revision: 7, ..Policy::default() });
    let empty_tables = "[priority.band_floors]\n[routing.weights]\n[routing.channel_weights]\n";
    assert_eq!(policy(empty_tables), Policy { revision: 7, ..Policy::default() });
}

#[test]
fn the_default_file_has_the_categories_of_the_default_taxonomy() {
    let taxonomy = include_str!("../../../../datasets/taxonomy/default.toml");
    let ids: BTreeSet<_> = taxonomy
        .lines()
        .skip_while(|line| *line != "[[category]]")
        .filter_map(|line| line.strip_prefix("id = \"")?.strip_suffix('"'))
        .collect();
    let categories = checked(DEFAULT).policy.categories;
    assert_eq!(ids.len(), 28);
    assert_eq!(ids, categories.keys().map(CategoryId::as_str).collect());
}

#[test]
fn the_default_file_works_with_any_roster() {
    for (id, category) in checked(DEFAULT).policy.categories {
        assert_eq!(category.team, None, "{id}");
        assert_eq!(category.requirements, [], "{id}");
    }
}

#[test]
fn every_example_of_the_default_file_is_valid() {
    let lines: Vec<&str> = DEFAULT.lines().map(uncommented).collect();
    let policy = checked(&lines.join("\n")).policy;
    assert_eq!(policy.routing.channel_weights.len(), 3);
    assert_eq!(policy.teams.len(), 1);
}

/// The line with its example switched on, if it is one.
fn uncommented(line: &str) -> &str {
    match line.strip_prefix("# ") {
        Some(example) if example.contains(" = ") && !example.starts_with(' ') => example,
        Some("[[team]]") => "[[team]]",
        _ => line,
    }
}

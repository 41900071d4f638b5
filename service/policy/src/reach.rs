//! Warnings: rules and calendars that are legal but can have no effect.
//!
//! Apart from the readers because it looks at the policy as a whole, once it is
//! known to be without error.

use std::collections::BTreeSet;

use switchyard_domain::sla::SlaRule;
use switchyard_domain::ticket::Tier;

use crate::log::{Log, Place};
use crate::section::calendar::Calendars;
use crate::section::sla::Declared;

/// Records every warning about a policy that has no error.
pub(crate) fn warn(rules: &[Declared], calendars: &Calendars, log: &Log) {
    warn_of_hidden_rules(rules, log);
    warn_of_tickets_without_promise(rules, log);
    warn_of_unused_calendars(rules, calendars, log);
}

fn warn_of_hidden_rules(rules: &[Declared], log: &Log) {
    for (at, hidden) in rules.iter().enumerate() {
        let earlier =
            rules[..at].iter().find(|earlier| matches_all_of(&earlier.rule, &hidden.rule));
        if let Some(earlier) = earlier {
            let name = &earlier.rule.name;
            let message = format!(
                "expected a rule that can match, got one whose tickets all match {name:?} before it"
            );
            log.warn(&hidden.place, &message);
        }
    }
}

/// Whether the one rule matches every ticket that the other does.
fn matches_all_of(wide: &SlaRule, narrow: &SlaRule) -> bool {
    (wide.team.is_none() || wide.team == narrow.team)
        && (wide.tier.is_none() || wide.tier == narrow.tier)
        && (wide.category.is_none() || wide.category == narrow.category)
}

/// Without any rule the domain's own for everyone holds.
fn warn_of_tickets_without_promise(rules: &[Declared], log: &Log) {
    let has_rule = |tier: &Tier| rules.iter().any(|declared| is_for_all_of(*tier, &declared.rule));
    let (_, without): (Vec<Tier>, Vec<Tier>) = Tier::ALL.into_iter().partition(has_rule);
    if rules.is_empty() || without.is_empty() {
        return;
    }
    let tiers = without.into_iter().map(Tier::label).collect::<Vec<_>>().join(", ");
    let place = Place { key: "sla".to_owned(), line: None };
    let message = format!(
        "expected a last rule without team, tier and category, got none: \
         some tickets of {tiers} have no promise"
    );
    log.warn(&place, &message);
}

fn is_for_all_of(tier: Tier, rule: &SlaRule) -> bool {
    rule.team.is_none() && rule.category.is_none() && rule.tier.is_none_or(|own| own == tier)
}

fn warn_of_unused_calendars(rules: &[Declared], calendars: &Calendars, log: &Log) {
    let used: BTreeSet<_> = rules.iter().map(|declared| &declared.calendar).collect();
    for (id, declared) in calendars.iter().filter(|(id, _)| !used.contains(id)) {
        let message =
            format!("expected an sla rule that names calendar {:?}, got none", id.as_str());
        log.warn(&declared.place, &message);
    }
}

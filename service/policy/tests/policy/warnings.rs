//! What is legal but hardly meant.

use crate::{checked, shown};

const CALENDAR: &str = "[[calendar]]\nid = 'c'\ntime_zone = 'UTC'\n\
    hours = [{ days = ['mon'], start = '09:00', end = '18:00' }]\n";

/// The warnings of a policy with these rules, each given by what it matches.
fn warnings(rules: &[&str]) -> String {
    let target = "{ first_response = '1h', next_response = '1h', resolution = '1d' }";
    let targets = format!("p1 = {target}\np2 = {target}\np3 = {target}\np4 = {target}");
    let rule = |(at, matched): (usize, &&str)| {
        format!("[[sla]]\nname = 'rule {at}'\ncalendar = 'c'\n{matched}\n{targets}\n")
    };
    let rules: String = rules.iter().enumerate().map(rule).collect();
    let category = "[[category]]\nid = 'other'\n";
    shown(&checked(&format!("schema = 1\n{category}{CALENDAR}{rules}")).warnings)
}

#[test]
fn narrow_rules_above_wide_ones_are_fine() {
    assert_eq!(
        warnings(&["tier = 'vip'\nteam = 'a'", "tier = 'vip'", "category = 'other'", ""]),
        ""
    );
}

#[test]
fn a_rule_below_one_that_matches_all_of_its_tickets_is_hidden() {
    for (wide, narrow) in [
        ("", "tier = 'vip'"),
        ("", ""),
        ("tier = 'vip'", "tier = 'vip'\nteam = 'a'"),
        ("category = 'other'", "category = 'other'\ntier = 'premium'"),
    ] {
        let found = warnings(&[wide, narrow, ""]);
        assert!(
            found.contains(
                "warning: sla[1]: expected a rule that can match, \
                 got one whose tickets all match \"rule 0\" before it"
            ),
            "{found}"
        );
    }
}

#[test]
fn rules_that_share_only_some_tickets_hide_nothing() {
    assert_eq!(warnings(&["tier = 'vip'", "team = 'a'", "team = 'b'", ""]), "");
}

#[test]
fn tickets_without_a_promise_are_warned_of_by_tier() {
    assert_eq!(
        warnings(&["tier = 'vip'", "tier = 'standard'\nteam = 'a'"]),
        "warning: sla: expected a last rule without team, tier and category, \
         got none: some tickets of standard, premium have no promise"
    );
    assert_eq!(warnings(&["tier = 'vip'", "tier = 'premium'", "tier = 'standard'"]), "");
}

#[test]
fn a_calendar_that_no_rule_names_is_warned_of() {
    let source = format!("schema = 1\n{CALENDAR}");
    assert_eq!(
        shown(&checked(&source).warnings),
        "line 2: warning: calendar[0]: expected an sla rule that names calendar \"c\", got none"
    );
}

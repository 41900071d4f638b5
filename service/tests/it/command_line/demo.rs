//! What the demo shows.

use super::printed;

#[test]
fn the_demo_shows_twenty_tickets_and_explains_one() {
    let english = printed(&["demo"]);
    let rows = english.lines().filter(|line| line.trim_start().starts_with("T-")).count();
    assert_eq!(rows, 20, "{english}");
    assert!(english.contains("Why? T-"), "{english}");
    assert!(english.contains("Recomputed from the journal: the same decision."), "{english}");
    let chinese = printed(&["demo", "--lang", "zh"]);
    assert!(chinese.contains("由日志重算，结果完全一致。"), "{chinese}");
}

#[test]
fn the_demo_says_how_sure_it_is_in_the_readers_language() {
    let column = |lang: &str, mode: &str| {
        let shown = printed(&["demo", "--lang", lang]);
        shown.lines().filter(|line| line.starts_with("T-") && line.contains(mode)).count()
    };
    for (english, chinese) in [(" auto ", " 自动 "), (" suggest ", " 建议 ")] {
        assert_eq!(column("en", english), column("zh", chinese));
    }
    assert!(column("en", " auto ") > 0);
}

#[test]
fn the_demo_shows_due_times_in_the_zone_it_names() {
    let shown = printed(&["demo"]);
    assert!(shown.lines().next().is_some_and(|title| title.contains("Shanghai")), "{shown}");
    // A P1 on a Wednesday at 10:30 is to be answered within the hour.
    let hazard = shown.lines().find(|line| line.starts_with("T-01")).expect("the first ticket");
    assert!(hazard.contains(" 06-03 10:") || hazard.contains(" 06-03 11:"), "{hazard}");
}

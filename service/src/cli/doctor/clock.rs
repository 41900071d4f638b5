//! The time: plausible, and not before what the journal knows.

use switchyard_domain::time::{Span, Timestamp};

use super::report::{Check, Finding};
use crate::lang::Lang;

/// Milliseconds since the epoch. Before this release nobody ran it: 2026-01-01T00:00:00Z.
const EARLIEST_MS: i64 = 1_767_225_600_000;
/// A clock that says more than this is wrong: 2100-01-01T00:00:00Z.
const LATEST_MS: i64 = 4_102_444_800_000;

/// What servers that keep their clocks in step may differ by.
const NEGLIGIBLE: Span = Span::from_millis(60_000);

/// How the time stands, with the last entry of any journal.
pub(super) fn clock(now: Timestamp, last: Option<Timestamp>, lang: Lang) -> Finding {
    if !(EARLIEST_MS..=LATEST_MS).contains(&now.millis()) {
        let advice = lang.pick("校准系统时钟", "set the system's clock");
        return Finding::failed(Check::Clock, now.to_string(), advice);
    }
    let Some(last) = last.filter(|last| *last > now) else {
        return Finding::ok(Check::Clock, now.to_string());
    };
    let found = match lang {
        Lang::Zh => format!("{now}，早于日志最后一条 {last}"),
        Lang::En => format!("{now}, before the journal's last entry of {last}"),
    };
    let advice = lang.pick(
        "校准系统时钟；在赶上日志之前，工作台的时间停在该时刻",
        "set the system's clock; until it reaches the journal, time stands still for the desk",
    );
    if last - now > NEGLIGIBLE {
        return Finding::failed(Check::Clock, found, advice);
    }
    Finding::warning(Check::Clock, found, advice)
}

#[cfg(test)]
mod tests {
    use super::super::report::Report;
    use super::*;

    fn standing(now: &str, last: Option<&str>) -> String {
        let at = |text: &str| Timestamp::parse(text).expect("an instant");
        let report = Report(vec![clock(at(now), last.map(at), Lang::En)]);
        report.json()["status"].as_str().expect("a status").to_owned()
    }

    #[test]
    fn a_clock_behind_the_journal_is_wrong() {
        let now = "2026-06-03T10:00:00Z";
        assert_eq!(standing(now, None), "ok");
        assert_eq!(standing(now, Some("2026-06-03T10:00:00Z")), "ok");
        assert_eq!(standing(now, Some("2026-06-03T10:00:30Z")), "warning");
        assert_eq!(standing(now, Some("2026-06-03T11:00:00Z")), "failed");
    }

    #[test]
    fn a_year_that_cannot_be_is_wrong() {
        assert_eq!(standing("1970-01-01T00:00:07Z", None), "failed");
        assert_eq!(standing("2106-02-07T00:00:00Z", None), "failed");
    }
}

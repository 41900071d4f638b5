//! What was looked at, how it stands, and what to do about it.

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use crate::lang::Lang;

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// As it should be.
    Ok,
    /// A server would serve, but not as well or not for long.
    Warning,
    /// A server would not start, or would not be right.
    Failed,
}

impl Standing {
    fn label(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Failed => "failed",
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Ok => lang.pick("正常", "ok"),
            Self::Warning => lang.pick("注意", "warning"),
            Self::Failed => lang.pick("失败", "failed"),
        }
    }
}

/// What was looked at. Labels are a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// The file: there, of a known schema, open to us.
    Store,
    /// Its pages.
    Pages,
    /// Every tenant's journal and desk.
    Desks,
    /// Every tenant's policy, by itself and against the model.
    Policies,
    /// The bundle.
    Model,
    /// Room on the disk.
    Room,
    /// How long a commit waits for the disk.
    Sync,
    /// The time.
    Clock,
    /// Where gRPC is served.
    Port,
    /// Where metrics are served.
    MetricsPort,
}

impl Check {
    fn label(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::Pages => "pages",
            Self::Desks => "desks",
            Self::Policies => "policies",
            Self::Model => "model",
            Self::Room => "room",
            Self::Sync => "sync",
            Self::Clock => "clock",
            Self::Port => "port",
            Self::MetricsPort => "metrics_port",
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        let zh = match self {
            Self::Store => "存储",
            Self::Pages => "数据页",
            Self::Desks => "工作台",
            Self::Policies => "策略",
            Self::Model => "模型",
            Self::Room => "磁盘空间",
            Self::Sync => "落盘",
            Self::Clock => "时钟",
            Self::Port => "端口",
            Self::MetricsPort => "指标端口",
        };
        lang.pick(zh, self.label())
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    check: Check,
    standing: Standing,
    found: String,
    advice: String,
}

impl Finding {
    /// All is well.
    pub(super) fn ok(check: Check, found: impl Into<String>) -> Self {
        Self { check, standing: Standing::Ok, found: found.into(), advice: String::new() }
    }

    /// Something to look after.
    pub(super) fn warning(check: Check, found: impl Into<String>, advice: &str) -> Self {
        let (found, advice) = (found.into(), advice.to_owned());
        Self { check, standing: Standing::Warning, found, advice }
    }

    /// Something to repair.
    pub(super) fn failed(check: Check, found: impl Into<String>, advice: &str) -> Self {
        let (found, advice) = (found.into(), advice.to_owned());
        Self { check, standing: Standing::Failed, found, advice }
    }
}

/// Everything that was found, in the order in which it is told.
#[derive(Debug, Default)]
pub(super) struct Report(pub(super) Vec<Finding>);

impl Report {
    /// The gravest of all.
    fn standing(&self) -> Standing {
        self.0.iter().map(|finding| finding.standing).max().unwrap_or(Standing::Ok)
    }

    /// Whether a check failed.
    pub(super) fn has_failed(&self) -> bool {
        self.standing() == Standing::Failed
    }

    /// A line a check, the advice below it.
    pub(super) fn lines(&self, lang: Lang) -> String {
        let names = self.0.iter().map(|finding| finding.check.name(lang).width());
        let standings = self.0.iter().map(|finding| finding.standing.name(lang).width());
        let widths = (names.max().unwrap_or(0), standings.max().unwrap_or(0));
        self.0.iter().map(|finding| finding.line(widths, lang)).collect()
    }

    /// An object.
    pub(super) fn json(&self) -> Value {
        let checks: Vec<_> = self.0.iter().map(Finding::json).collect();
        json!({ "status": self.standing().label(), "checks": checks })
    }
}

impl Finding {
    fn line(&self, (name_width, standing_width): (usize, usize), lang: Lang) -> String {
        let padded = |text: &str, width: usize| {
            format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
        };
        let name = padded(self.check.name(lang), name_width);
        let standing = padded(self.standing.name(lang), standing_width);
        let found = self.found.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut line = format!("{name}  {standing}  {found}\n");
        if !self.advice.is_empty() {
            let indent = " ".repeat(name_width + standing_width + 4);
            line.extend([&indent, "→ ", &self.advice, "\n"]);
        }
        line
    }

    fn json(&self) -> Value {
        let advice = Some(&self.advice).filter(|advice| !advice.is_empty());
        json!({
            "check": self.check.label(),
            "status": self.standing.label(),
            "found": self.found,
            "advice": advice,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let warned = Finding::warning(Check::Clock, "an hour\nbehind", "set it");
        Report(vec![Finding::ok(Check::Store, "there"), warned])
    }

    #[test]
    fn each_check_is_a_line_with_the_advice_below_it() {
        let english =
            "store  ok       there\nclock  warning  an hour behind\n                → set it\n";
        assert_eq!(report().lines(Lang::En), english);
        assert!(report().lines(Lang::Zh).starts_with("存储  正常  there\n时钟  注意"));
    }

    #[test]
    fn the_gravest_finding_is_the_standing_of_all() {
        let mut report = report();
        assert_eq!(report.json()["status"], "warning");
        assert!(!report.has_failed());
        report.0.push(Finding::failed(Check::Port, "taken", "free it"));
        assert_eq!(report.json()["status"], "failed");
        assert!(report.has_failed());
        assert_eq!(Report::default().json()["status"], "ok");
    }
}

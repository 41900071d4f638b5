//! The server's own account of a window, from its metrics port.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::Context as _;
use serde::Serialize;

use super::report::rounded;

/// What the writer did within the window.
#[derive(Debug, Clone, Serialize)]
pub struct Inside {
    /// Commits a second.
    pub commits_per_s: f64,
    /// Commands that shared a commit, on average.
    pub batch_mean: f64,
    /// A commit with its sync, on average, in microseconds.
    pub commit_mean_us: f64,
    /// A bound that half of the commits stayed within, in microseconds; bounds double.
    pub commit_p50_within_us: f64,
    /// Journal bytes written for each command.
    pub journal_bytes_per_command: f64,
}

/// All samples at one time, by name and labels as written.
#[derive(Debug, Clone)]
pub struct Samples(BTreeMap<String, f64>);

impl Samples {
    /// Reads the metrics port; blocks.
    pub fn read(at: SocketAddr) -> anyhow::Result<Self> {
        let mut stream = TcpStream::connect(at).with_context(|| format!("no metrics at {at}"))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream
            .write_all(b"GET /metrics HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        Ok(Self::parse(&text))
    }

    fn parse(text: &str) -> Self {
        let sample = |line: &str| {
            let (name, value) = line.rsplit_once(' ')?;
            Some((name.to_owned(), value.parse().ok()?))
        };
        Self(text.lines().filter(|line| !line.starts_with('#')).filter_map(sample).collect())
    }

    fn get(&self, name: &str) -> f64 {
        self.0.get(name).copied().unwrap_or(0.0)
    }

    /// What happened since an earlier reading.
    pub fn since(&self, then: &Self, window: Duration) -> Inside {
        let grown = |name: &str| self.get(name) - then.get(name);
        let commits = grown("switchyard_commit_seconds_count").max(1.0);
        let commands = grown("switchyard_batch_commands_sum").max(1.0);
        let median = self.median_within(then, "switchyard_commit_seconds");
        Inside {
            commits_per_s: rounded(commits / window.as_secs_f64()),
            batch_mean: rounded(commands / commits),
            commit_mean_us: rounded(grown("switchyard_commit_seconds_sum") / commits * 1e6),
            commit_p50_within_us: rounded(median * 1e6),
            journal_bytes_per_command: rounded(
                grown("switchyard_journal_written_bytes_total") / commands,
            ),
        }
    }

    /// The least bound of a histogram that half of what came since an earlier reading is within.
    fn median_within(&self, then: &Self, name: &str) -> f64 {
        let half = (self.get(&format!("{name}_count")) - then.get(&format!("{name}_count"))) / 2.0;
        let prefix = format!("{name}_bucket{{le=\"");
        let bound = |key: &str| key.strip_prefix(&prefix)?.strip_suffix("\"}")?.parse().ok();
        let reached = (self.0.iter())
            .filter(|(key, n)| **n - then.get(key) >= half)
            .filter_map(|(key, _)| bound(key));
        reached.fold(f64::INFINITY, f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_told_per_commit() {
        let then = Samples::parse("# TYPE a b\nswitchyard_commit_seconds_count 10\n");
        let now = Samples::parse(
            "switchyard_commit_seconds_count 30\nswitchyard_commit_seconds_sum 0.1\n\
             switchyard_batch_commands_sum 600\n\
             switchyard_commit_seconds_bucket{le=\"0.001\"} 8\n\
             switchyard_commit_seconds_bucket{le=\"0.004\"} 12\n\
             switchyard_commit_seconds_bucket{le=\"+Inf\"} 30\n",
        );
        let inside = now.since(&then, Duration::from_secs(2));
        let told = [inside.commits_per_s, inside.batch_mean, inside.commit_mean_us];
        assert_eq!(told.map(|figure| figure as u64), [10, 30, 5_000]);
        assert_eq!(inside.commit_p50_within_us as u64, 4_000);
    }
}

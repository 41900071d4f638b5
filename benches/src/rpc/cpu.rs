//! Which threads of this process were busy, as the kernel counts, and whether others were.

use std::collections::BTreeMap;
use std::fs;
use std::time::Instant;

/// What a tick is in `/proc` on every Linux this runs on (`getconf CLK_TCK`).
const TICKS_PER_S: f64 = 100.0;

/// Ticks used so far.
#[derive(Debug)]
pub struct Used {
    at: Instant,
    /// By thread name.
    ticks: BTreeMap<String, u64>,
    /// By the whole machine.
    machine: u64,
}

impl Used {
    /// Up to now; nothing where there is no `/proc`.
    pub fn now() -> Self {
        let mut ticks = BTreeMap::new();
        for entry in fs::read_dir("/proc/self/task").into_iter().flatten().flatten() {
            let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
            if let Some((name, used)) = read(&stat) {
                *ticks.entry(name).or_default() += used;
            }
        }
        let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
        Self { at: Instant::now(), ticks, machine: busy(&stat) }
    }

    /// Cores busy since then by thread name, all of ours together, and those of other programs.
    ///
    /// Figures count only when `others` is near nothing.
    pub fn since(&self, then: &Self) -> BTreeMap<String, f64> {
        let seconds = (self.at - then.at).as_secs_f64();
        let cores = |ticks: u64| (ticks as f64 / TICKS_PER_S / seconds * 100.0).round() / 100.0;
        let used = self.ticks.iter().map(|(name, ticks)| {
            (name.clone(), ticks.saturating_sub(then.ticks.get(name).copied().unwrap_or(0)))
        });
        let mut used: BTreeMap<String, u64> = used.filter(|(_, ticks)| *ticks > 0).collect();
        let all = used.values().sum();
        used.insert("all".to_owned(), all);
        used.insert("others".to_owned(), (self.machine - then.machine).saturating_sub(all));
        used.into_iter().map(|(name, ticks)| (name, cores(ticks))).collect()
    }
}

/// Ticks in which the machine's cores did something: all of proc(5)'s but idle and iowait.
fn busy(stat: &str) -> u64 {
    let ticks = stat.lines().next().unwrap_or_default().split_whitespace().skip(1).take(8);
    let by_kind = ticks.enumerate().filter(|(kind, _)| ![3, 4].contains(kind));
    by_kind.filter_map(|(_, ticks)| ticks.parse::<u64>().ok()).sum()
}

/// Seconds of a core that a process or thread has used, by its `stat`.
pub fn seconds(stat: &str) -> Option<f64> {
    read(stat).map(|(_, ticks)| ticks as f64 / TICKS_PER_S)
}

/// Name and ticks (user and system, fields 14 and 15 of proc(5)) of a thread.
fn read(stat: &str) -> Option<(String, u64)> {
    let (front, back) = stat.rsplit_once(") ")?;
    let (_, name) = front.split_once(" (")?;
    let mut fields = back.split(' ').skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some((name.to_owned(), user + system))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idling_is_not_work() {
        assert_eq!(busy("cpu  10 1 5 900 80 2 3 0 0 0\ncpu0 1 1"), 21);
    }

    #[test]
    fn a_name_with_brackets_and_both_kinds_of_ticks_are_read() {
        let stat = "7 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 30 12 0 0 20 0 1";
        assert_eq!(read(stat), Some(("a (b) c".to_owned(), 42)));
    }
}

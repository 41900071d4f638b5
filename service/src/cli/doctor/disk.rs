//! The disk below the store: how much room it has, and how long a commit waits for it.

use std::io::{Seek as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use super::report::{Check, Finding};
use crate::cli::size::bytes;
use crate::config::StoreConfig;
use crate::files::{Draft, FileError, failed, folder_of, with_suffix};
use crate::lang::Lang;

/// Below this a server under load has hours at best: 1,000 decisions a second write a GiB in some
/// twenty minutes.
const ROOM_FAILED: u64 = 64 << 20;
const ROOM_WARNED: u64 = 1 << 30;

/// Writes that are timed, and how long each is: a page of the log.
const SYNCS: usize = 20;
const SYNC_BYTES: usize = 4096;

/// A durable answer waits for one sync or two; ten of these are a second.
const SYNC_SLOW: Duration = Duration::from_millis(50);
/// No disk answers within this; memory and disks that only say so do.
const SYNC_IMPLAUSIBLE: Duration = Duration::from_micros(5);

/// How much room is left on the disk and below the limit of the configuration.
pub(super) fn room(config: &StoreConfig, lang: Lang) -> Finding {
    let folder = folder_of(&config.path);
    let free = match rustix::fs::statvfs(folder) {
        Ok(disk) => disk.f_bavail.saturating_mul(disk.f_frsize),
        Err(error) => {
            let found = format!("{}: {error}", folder.display());
            let advice = lang.pick("检查存储目录", "check the folder of the store");
            return Finding::failed(Check::Room, found, advice);
        }
    };
    room_of(free, size(config), config.bytes_max, lang)
}

/// Bytes of the store with its log.
fn size(config: &StoreConfig) -> u64 {
    let size = |path: &Path| path.metadata().map_or(0, |file| file.len());
    size(&config.path) + size(&with_suffix(&config.path, "-wal"))
}

fn room_of(free: u64, size: u64, limit: Option<u64>, lang: Lang) -> Finding {
    let found = match (limit, lang) {
        (Some(limit), Lang::Zh) => {
            format!("剩余 {}，存储 {}，上限 {}", bytes(free), bytes(size), bytes(limit))
        }
        (Some(limit), Lang::En) => {
            format!("{} free, the store has {} of {}", bytes(free), bytes(size), bytes(limit))
        }
        (None, Lang::Zh) => format!("剩余 {}，存储 {}", bytes(free), bytes(size)),
        (None, Lang::En) => format!("{} free, the store has {}", bytes(free), bytes(size)),
    };
    let make_room = lang.pick(
        "腾出空间；磁盘写满时服务拒绝变更，但不会丢失已确认的内容",
        "make room: without it changes are refused, though nothing acknowledged is lost",
    );
    if free < ROOM_FAILED {
        return Finding::failed(Check::Room, found, make_room);
    }
    if free < ROOM_WARNED {
        return Finding::warning(Check::Room, found, make_room);
    }
    if limit.is_some_and(|limit| size >= limit / 10 * 9) {
        let advice = lang.pick("调高 store.size_max_mib", "raise store.size_max_mib");
        return Finding::warning(Check::Room, found, advice);
    }
    if free < size {
        let advice = lang.pick("备份请写到另一块磁盘", "write backups to another disk");
        return Finding::warning(Check::Room, found, advice);
    }
    Finding::ok(Check::Room, found)
}

/// How long the disk takes to keep a page, in a file of its own beside the store.
pub(super) fn sync(config: &StoreConfig, lang: Lang) -> Finding {
    match timed_syncs(folder_of(&config.path)) {
        Ok(took) => sync_of(&took, lang),
        Err(error) => {
            let advice = lang.pick(
                "以运行服务的用户执行，并允许它写入存储目录",
                "run this as the user of the server, who must be able to write to the folder",
            );
            Finding::failed(Check::Sync, error.to_string(), advice)
        }
    }
}

/// The times of some writes with their syncs, shortest first.
fn timed_syncs(folder: &Path) -> Result<Vec<Duration>, FileError> {
    let mut draft = Draft::of(&folder.join("switchyard-doctor"))?;
    let path = draft.path().to_owned();
    let page = [0x5a; SYNC_BYTES];
    let mut took = Vec::new();
    for _ in 0..SYNCS {
        let started = Instant::now();
        let file = draft.file();
        let written = file.rewind().and_then(|()| file.write_all(&page));
        written.and_then(|()| file.sync_data()).map_err(failed("write and sync", &path))?;
        took.push(started.elapsed());
    }
    took.sort_unstable();
    Ok(took)
}

fn sync_of(took: &[Duration], lang: Lang) -> Finding {
    let millis = |took: Duration| took.as_secs_f64() * 1_000.0;
    let (median, slowest) = (took[took.len() / 2], took[took.len() - 1]);
    let (p50, max, n) = (millis(median), millis(slowest), took.len());
    let found = match lang {
        Lang::Zh => format!("写入并落盘 4 KiB 共 {n} 次：中位 {p50:.3} 毫秒，最慢 {max:.3} 毫秒"),
        Lang::En => {
            format!("4 KiB written and synced {n} times: p50 {p50:.3} ms, slowest {max:.3} ms")
        }
    };
    if median > SYNC_SLOW {
        let advice = lang.pick(
            "每个确认都要等待落盘：换用更快的磁盘",
            "every acknowledged change waits for it: use a faster disk",
        );
        return Finding::warning(Check::Sync, found, advice);
    }
    if median < SYNC_IMPLAUSIBLE {
        let advice = lang.pick(
            "似乎没有真正落盘（内存文件系统？）：断电会丢失已确认的内容",
            "nothing seems to be waited for (a file system in memory?): a loss of power would lose what was acknowledged",
        );
        return Finding::warning(Check::Sync, found, advice);
    }
    Finding::ok(Check::Sync, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIB: u64 = 1 << 30;

    fn standing(finding: &Finding) -> String {
        let report = super::super::report::Report(vec![finding.clone()]);
        report.json()["status"].as_str().expect("a status").to_owned()
    }

    #[test]
    fn little_room_is_warned_of_and_hardly_any_fails() {
        let of = |free, size, limit| standing(&room_of(free, size, limit, Lang::En));
        assert_eq!(of(10 * GIB, GIB, None), "ok");
        assert_eq!(of(10 * GIB, 11 * GIB, None), "warning");
        assert_eq!(of(GIB - 1, 0, None), "warning");
        assert_eq!(of(ROOM_FAILED - 1, 0, None), "failed");
        assert_eq!(of(10 * GIB, GIB, Some(GIB)), "warning");
        assert_eq!(of(10 * GIB, GIB, Some(2 * GIB)), "ok");
    }

    #[test]
    fn a_slow_disk_and_one_that_does_not_sync_are_warned_of() {
        let of = |micros| standing(&sync_of(&[Duration::from_micros(micros); 3], Lang::En));
        assert_eq!(of(4_000), "ok");
        assert_eq!(of(60_000), "warning");
        assert_eq!(of(1), "warning");
    }
}

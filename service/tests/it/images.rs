//! The store opened from images in which writes that were not yet synced are missing or garbled.
//!
//! One commit at a time, so that the length of the write-ahead log at an answer is what had been
//! synced by then; what stands behind it may be anything after a loss of power.

use std::path::{Path, PathBuf};

use switchyard_proto::v1 as pb;
use tempfile::TempDir;
use tonic::Code;

use crate::harness::Harness;
use crate::refusal::refused;

/// SQLite's log begins with a header of 32 bytes; each frame has one of 24 before its page.
const WAL_HEADER: usize = 32;
const FRAME: usize = 24 + 4096;

/// What a disk writes at once.
const SECTOR: usize = 512;

/// An acknowledged decision, and the length of the log when its answer came.
struct Acknowledged {
    decision: pb::Decision,
    log_bytes: usize,
}

fn log_of(store: &Path) -> PathBuf {
    PathBuf::from(format!("{}-wal", store.display()))
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("a file of the store")
}

/// A running server with some acknowledged decisions, all of them still in the log.
async fn acknowledged(n: usize) -> (Harness, Vec<Acknowledged>) {
    let harness = Harness::start().await;
    harness.seat(&[("li", 1_000.0)]).await;
    let mut all = Vec::new();
    for n in 0..n {
        let decision = harness.decide(&format!("T-{n}")).await;
        let log_bytes = read(&log_of(harness.store())).len();
        all.push(Acknowledged { decision, log_bytes });
    }
    assert!(all.is_sorted_by_key(|one| one.log_bytes), "no checkpoint came between");
    (harness, all)
}

/// A store's file and its log as a loss of power left them.
fn image(file: &[u8], log: &[u8]) -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a temporary folder");
    let store = folder.path().join("image.sqlite");
    std::fs::write(&store, file).expect("written");
    std::fs::write(log_of(&store), log).expect("written");
    (folder, store)
}

/// A server on an image has every decision that was acknowledged, and takes new ones.
async fn check_image(file: &[u8], log: &[u8], acknowledged: &[Acknowledged], what: &str) {
    let (_folder, store) = image(file, log);
    let mut harness = Harness::on(&store).await;
    for one in acknowledged {
        assert_eq!(harness.decision(&one.decision.id).await, one.decision, "{what}");
        assert_eq!(harness.ticket(&one.decision.ticket_id).await.agent, "li", "{what}");
    }
    let events = harness.events().await;
    let sequences = events.iter().map(|event| event.sequence);
    assert!(sequences.eq(1..=events.len() as u64), "a gap: {what}");
    assert!(events.len() > 2 * acknowledged.len(), "{what}");
    let next = harness.decide("T-new").await;
    assert_eq!(next.sequence, events.len() as u64 + 2, "{what}");
    harness.stop().await;
}

#[tokio::test]
async fn acknowledged_decisions_survive_the_loss_of_everything_after_them() {
    let (harness, all) = acknowledged(12).await;
    let (file, log) = (read(harness.store()), read(&log_of(harness.store())));
    for n in [1, 5, 11, 12] {
        let synced = all[n - 1].log_bytes;
        for more in [0, 1, 24, SECTOR, FRAME - 1, FRAME, FRAME + SECTOR] {
            let kept = &log[..log.len().min(synced + more)];
            check_image(&file, kept, &all[..n], &format!("{n} and {more} bytes more")).await;
        }
    }
}

#[tokio::test]
async fn what_was_not_synced_is_gone_from_an_image() {
    // Else the other tests here would pass on whole files as well.
    let (harness, all) = acknowledged(3).await;
    let (file, log) = (read(harness.store()), read(&log_of(harness.store())));
    let (_folder, image) = image(&file, &log[..all[2].log_bytes - 1]);
    let harness = Harness::on(&image).await;
    assert_eq!(harness.decision(&all[1].decision.id).await, all[1].decision);
    let request = pb::GetDecisionRequest { id: all[2].decision.id.clone() };
    refused(harness.triage().get_decision(request).await, Code::NotFound, "NOT_FOUND", &[]);
}

#[tokio::test]
async fn acknowledged_decisions_survive_garbage_after_them() {
    let (harness, all) = acknowledged(12).await;
    let (file, log) = (read(harness.store()), read(&log_of(harness.store())));
    let noise: Vec<u8> =
        (0..16 * FRAME as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for n in [1, 6, 11] {
        let synced = all[n - 1].log_bytes;
        let old_frames = &log[WAL_HEADER..WAL_HEADER + 3 * FRAME];
        for (what, tail) in
            [("zeros", &vec![0; 16 * FRAME][..]), ("noise", &noise), ("old frames", old_frames)]
        {
            let image = [&log[..synced], tail].concat();
            check_image(&file, &image, &all[..n], &format!("{n} and {what}")).await;
        }
    }
}

#[tokio::test]
async fn a_commit_of_which_a_sector_is_missing_did_not_happen_and_harms_nothing() {
    let (harness, all) = acknowledged(4).await;
    let (file, log) = (read(harness.store()), read(&log_of(harness.store())));
    let (from, to) = (all[2].log_bytes, all[3].log_bytes);
    for hole in (from..to).step_by(3 * SECTOR) {
        let mut image = log.clone();
        let end = to.min(hole + SECTOR);
        image[hole..end].iter_mut().for_each(|byte| *byte ^= 0x5a);
        check_image(&file, &image, &all[..3], &format!("a hole at {hole}")).await;
    }
}

#[tokio::test]
async fn a_checkpoint_whose_pages_never_reached_the_file_is_made_again() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 100_000.0)]).await;
    let before = read(harness.store());
    let mut all = Vec::new();
    // Until SQLite folds the log into the file. One commit at a time: the next one would begin
    // the log anew, and only once the file is synced.
    while read(harness.store()).len() == before.len() {
        let decision = harness.decide(&format!("T-{}", all.len())).await;
        all.push(Acknowledged { decision, log_bytes: 0 });
        assert!(all.len() < 20_000, "no checkpoint came");
    }
    let (after, log) = (read(harness.store()), read(&log_of(harness.store())));
    let sample: Vec<_> = all.into_iter().step_by(7).collect();
    check_image(&before, &log, &sample, "none of its pages").await;
    let mut some = after.clone();
    // Every other page is as before, or missing where there was none.
    for page in (0..some.len() / 4096).step_by(2) {
        let at = page * 4096..(page + 1) * 4096;
        match before.get(at.clone()) {
            Some(old) => some[at].copy_from_slice(old),
            None => some[at].fill(0),
        }
    }
    check_image(&some, &log, &sample, "every other page").await;
    check_image(&after, &log, &sample, "all of its pages").await;
}

//! The one road by which desks change: decide, commit, show, answer.
//!
//! Two stages, a thread each. The [`decider`] takes what is waiting and decides
//! it on a speculative copy of the desks; the [`committer`] stores such a
//! [`round`] in one transaction, shows it to readers and answers. While one
//! round is being stored, the next is decided.
//!
//! A commit that fails fails its round and whatever was decided on top of it:
//! rounds carry a generation, a failure begins a new one, and the decider goes
//! on from the committed state. No answer leaves before its events are durable,
//! and no reader sees what is not.

mod command;
mod committer;
mod compacting;
mod decider;
mod recent;
mod round;
mod rows;
mod settling;
mod snapshots;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread::JoinHandle;

use switchyard_domain::time::{Span, Timestamp};
use tokio::sync::{mpsc, oneshot, watch};

use self::committer::Committer;
use self::compacting::Compacting;
use self::decider::Decider;
use self::recent::RecentRequests;
use self::settling::{SETTLE_AT, Settling};
use self::snapshots::Snapshots;
use super::clock::Clock;
use super::committed::Committed;
use super::policies::{PolicyBook, PolicyRecord};
use super::recovery::SnapshotMarks;
use super::submission::Message;
use crate::store::{RequestRow, Store};

/// Changes that may wait to be decided; above it callers are told to come back.
pub(super) const INBOX: usize = 4_096;

/// How long a request id is remembered.
const REQUEST_KEPT: Span = Span::from_hours(7 * 24);

/// What the two stages share or are made of.
pub(super) struct Parts {
    pub(super) committed: Arc<Committed>,
    pub(super) policies: Arc<PolicyBook>,
    pub(super) default_policy: PolicyRecord,
    pub(super) clock: Clock,
    pub(super) snapshot_every: u64,
    pub(super) journal_kept: Option<Span>,
    pub(super) snapshots: SnapshotMarks,
    pub(super) requests: Vec<RequestRow>,
}

/// The writer's threads, to be waited for at the end.
#[derive(Debug)]
pub struct WriterThreads {
    inbox: mpsc::Sender<Message>,
    threads: [JoinHandle<()>; 2],
}

impl WriterThreads {
    /// Lets the writer finish what waits, write its snapshots and close the store.
    pub async fn stop(self) {
        let (done, finished) = oneshot::channel();
        if self.inbox.send(Message::Stop(done)).await.is_ok() {
            let _ = finished.await;
        }
        let join = || self.threads.into_iter().for_each(|thread| drop(thread.join()));
        let _ = tokio::task::spawn_blocking(join).await;
    }
}

/// Starts both stages; the receiver closes when either has ended, on purpose or not.
pub(super) fn start(
    store: Store,
    parts: Parts,
) -> std::io::Result<(mpsc::Sender<Message>, WriterThreads, watch::Receiver<()>)> {
    let (inbox, messages) = mpsc::channel(INBOX);
    // One round waits while another is stored: enough to keep both stages at work.
    let (rounds, waiting) = mpsc::channel(1);
    let (generation, failures) = watch::channel(0);
    let (alive, ended) = watch::channel(());
    let recent = Arc::new(RecentRequests::new(parts.requests));
    let decider = Decider {
        lookup: store.lookup,
        recent: recent.clone(),
        speculative: parts.committed.copy(),
        latest: BTreeMap::new(),
        committed: parts.committed.clone(),
        default_policy: parts.default_policy,
        clock: parts.clock.clone(),
        inbox: messages,
        rounds,
        generation: 0,
        failures,
    };
    let committer = Committer {
        store: store.writer,
        committed: parts.committed,
        policies: parts.policies,
        clock: parts.clock,
        rounds: waiting,
        generation,
        snapshots: Snapshots::new(parts.snapshot_every, parts.snapshots),
        settling: Settling::new(recent, SETTLE_AT),
        compacting: Compacting::new(parts.journal_kept),
        swept_at: Timestamp::MIN,
        swept_to: None,
    };
    let threads = [
        spawn("desk-decider", decider.run())?,
        spawn("desk-committer", async move {
            // Dropped when the thread ends, by a panic too.
            let _alive = alive;
            committer.run().await;
        })?,
    ];
    Ok((inbox.clone(), WriterThreads { inbox, threads }, ended))
}

/// Deciding and storing are work, not waiting: they have threads of their own beside the
/// workers that answer calls.
fn spawn(
    name: &str,
    work: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<JoinHandle<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::Builder::new().name(name.to_owned()).spawn(move || runtime.block_on(work))
}

//! `Watch`: the journal as it grows, in order, each event at least once.
//!
//! A watcher reads the store at its own pace; the desk never waits for one.

use std::pin::Pin;
use std::time::Duration;

use switchyard_domain::desk::Desk;
use switchyard_domain::ids::TenantId;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::watch_response::Kind;
use tokio::sync::mpsc;
use tokio::sync::watch::Receiver;
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Status;
use tonic::metadata::MetadataMap;

use super::check::Check;
use super::status::status_of;
use super::{Handlers, call, write};
use crate::app::{App, AppError, SubmitError};
use crate::lang::Lang;
use crate::telemetry::measures;

/// How often an idle watcher gets a bookmark.
const BOOKMARK_EVERY: Duration = Duration::from_secs(10);

/// Entries read at a time.
const PAGE: u32 = 256;

/// Messages made ahead of a slow reader.
const AHEAD: usize = 64;

/// What a watcher reads.
pub(super) type WatchStream =
    Pin<Box<dyn Stream<Item = Result<pb::WatchResponse, Status>> + Send + 'static>>;

type Outlet = mpsc::Sender<Result<pb::WatchResponse, Status>>;

impl Handlers {
    pub(super) fn watch_from(
        &self,
        metadata: &MetadataMap,
        after: u64,
        lang: Lang,
    ) -> Result<WatchStream, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let tenant = check.finish(tenant)?;
        self.check_in_journal(&tenant, after)?;
        let (outlet, stream) = mpsc::channel(AHEAD);
        let watcher = Watcher { app: self.app.clone(), tenant, after, lang };
        tokio::spawn(watcher.run(outlet, self.stopping.clone()));
        Ok(Box::pin(ReceiverStream::new(stream)))
    }
}

struct Watcher {
    app: App,
    tenant: TenantId,
    after: u64,
    lang: Lang,
}

impl Watcher {
    async fn run(mut self, outlet: Outlet, mut stopping: Receiver<bool>) {
        measures::watchers(1);
        let mut bell = self.app.desks.committed.bell();
        while let Ok(()) = self.catch_up(&outlet).await {
            if outlet.send(Ok(bookmark(self.after))).await.is_err() {
                break;
            }
            tokio::select! {
                rung = bell.changed() => if rung.is_err() { break },
                () = outlet.closed() => break,
                _ = stopping.changed() => {
                    let stopping = AppError::Submit(SubmitError::Stopping);
                    let _ = outlet.send(Err(status_of(&stopping, self.lang))).await;
                    break;
                }
                () = tokio::time::sleep(BOOKMARK_EVERY) => {}
            }
        }
        measures::watchers(-1);
    }

    /// Sends what the journal has; `Err` when the reader left or the journal failed.
    async fn catch_up(&mut self, outlet: &Outlet) -> Result<(), ()> {
        loop {
            let head = self.app.desks.committed.read(&self.tenant, Desk::sequence);
            measures::watch_lag(head.saturating_sub(self.after));
            if head <= self.after {
                return Ok(());
            }
            let history = &self.app.desks.history;
            match history.entries_after(&self.tenant, self.after, PAGE).await {
                Ok(entries) => {
                    let after = self.after;
                    let events =
                        entries.iter().flat_map(|e| write::event::events(e, after, self.lang));
                    for event in events.collect::<Vec<_>>() {
                        let sequence = event.sequence;
                        let message = pb::WatchResponse { kind: Some(Kind::Event(event)) };
                        outlet.send(Ok(message)).await.map_err(|_| ())?;
                        self.after = sequence;
                    }
                }
                Err(error) => {
                    let status = status_of(&AppError::History(error), self.lang);
                    let _ = outlet.send(Err(status)).await;
                    return Err(());
                }
            }
        }
    }
}

fn bookmark(sequence: u64) -> pb::WatchResponse {
    pb::WatchResponse { kind: Some(Kind::Bookmark(pb::Bookmark { sequence })) }
}

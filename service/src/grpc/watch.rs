//! `Watch`: the journal as it grows, in order, each event at least once.
//!
//! A watcher reads the store at its own pace; the desk never waits for one.

use std::pin::Pin;
use std::time::Duration;

use switchyard_domain::desk::Desk;
use switchyard_domain::ids::TenantId;
use switchyard_journal::Entry;
use switchyard_proto::v1 as pb;
use tokio::sync::mpsc;
use tokio::sync::watch::Receiver;
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Status;
use tonic::metadata::MetadataMap;

use super::check::Check;
use super::read::filter::EventFilter;
use super::status::status_of;
use super::{Handlers, call, write};
use crate::app::{App, AppError, SubmitError};
use crate::lang::Lang;
use crate::telemetry::measures;

/// How often an idle watcher gets a bookmark.
const BOOKMARK_EVERY: Duration = Duration::from_secs(10);

/// Entries read at a time.
const PAGE: u32 = 256;

/// Events in a message.
const EVENTS_MAX: usize = 64;

/// Messages made ahead of a slow reader.
const AHEAD: usize = 4;

/// What a watcher reads.
pub(super) type WatchStream =
    Pin<Box<dyn Stream<Item = Result<pb::WatchResponse, Status>> + Send + 'static>>;

type Outlet = mpsc::Sender<Result<pb::WatchResponse, Status>>;

impl Handlers {
    pub(super) fn watch_from(
        &self,
        metadata: &MetadataMap,
        request: &pb::WatchRequest,
        lang: Lang,
    ) -> Result<WatchStream, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let filter = EventFilter::read(&mut check, request.filter.as_ref());
        let tenant = check.finish(tenant)?;
        let after = request.after_sequence;
        self.check_in_journal(&tenant, after)?;
        let (outlet, stream) = mpsc::channel(AHEAD);
        let watcher = Watcher { app: self.app.clone(), tenant, after, filter, lang };
        tokio::spawn(watcher.run(outlet, self.stopping.clone()));
        Ok(Box::pin(ReceiverStream::new(stream)))
    }
}

struct Watcher {
    app: App,
    tenant: TenantId,
    after: u64,
    filter: EventFilter,
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

    /// The events wanted of these entries, some at a time; the last message tells how far was read.
    fn messages(&self, entries: &[Entry], last: u64) -> Vec<pb::WatchResponse> {
        let wanted =
            entries.iter().flat_map(|entry| write::event::wanted(entry, self.after, &self.filter));
        let events: Vec<_> = wanted.map(|event| event.write(self.lang)).collect();
        let mut messages: Vec<_> = (events.chunks(EVENTS_MAX))
            .map(|some| pb::WatchResponse {
                sequence: some.last().map_or(last, |event| event.sequence),
                events: some.to_vec(),
                at_end: false,
            })
            .collect();
        if let Some(message) = messages.last_mut() {
            message.sequence = last;
        }
        messages
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
                    let Some(last) = entries.last().map(write::event::last_sequence) else {
                        return Ok(());
                    };
                    for message in self.messages(&entries, last) {
                        outlet.send(Ok(message)).await.map_err(|_| ())?;
                    }
                    self.after = last;
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
    pb::WatchResponse { events: Vec::new(), sequence, at_end: true }
}

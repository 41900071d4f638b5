//! One watcher: what it was sent, and what it waits for.
//!
//! A message is made when the transport asks for one. Who does not read keeps
//! nothing here but a place in the log.

use std::sync::Arc;
use std::time::Duration;

use switchyard_domain::desk::Desk;
use switchyard_domain::ids::TenantId;
use switchyard_proto::v1 as pb;
use tokio::sync::watch::Receiver;
use tokio::time::Instant;

use super::Audience;
use super::batches::Place;
use crate::app::{AppError, SubmitError};
use crate::grpc::read::filter::EventFilter;
use crate::lang::Lang;
use crate::telemetry::measures;

/// How long a watcher that wants nothing of what happens waits for a bookmark.
const BOOKMARK_EVERY: Duration = Duration::from_secs(10);

/// A reader of the log at its own pace.
#[derive(Debug)]
pub(super) struct Watcher {
    audience: Arc<Audience>,
    place: Place,
    filter: EventFilter,
    /// How far the log reaches, as it was told last.
    head: u64,
    told: Receiver<u64>,
    stopping: Receiver<bool>,
    /// Whether a message said that the log is read to its end, or none needs to.
    was_at_end: bool,
    bookmark_at: Instant,
}

impl Watcher {
    /// Takes a seat after a sequence.
    pub(super) fn seated(
        audience: &Arc<Audience>,
        tenant: TenantId,
        after: u64,
        filter: EventFilter,
        lang: Lang,
        stopping: Receiver<bool>,
    ) -> Self {
        measures::watchers(1);
        // The seat first: what is committed between the two is told of then.
        let told = audience.rooms.seat(&tenant);
        let head = audience.committed.read(&tenant, Desk::sequence);
        Self {
            audience: audience.clone(),
            place: Place { tenant, lang, after },
            filter,
            head,
            told,
            stopping,
            was_at_end: false,
            bookmark_at: Instant::now() + BOOKMARK_EVERY,
        }
    }

    /// The next message; waits until there is one.
    pub(super) async fn next(&mut self) -> Result<pb::WatchResponse, AppError> {
        let message = loop {
            if let Some(message) = self.catch_up().await? {
                break message;
            }
            if !self.was_at_end || self.is_bookmark_due() {
                break self.bookmark();
            }
            self.wait().await?;
        };
        self.was_at_end |= message.at_end;
        self.bookmark_at = Instant::now() + BOOKMARK_EVERY;
        Ok(message)
    }

    /// Reads on until something is wanted, a bookmark is due or the log has no more.
    async fn catch_up(&mut self) -> Result<Option<pb::WatchResponse>, AppError> {
        while self.place.after < self.head {
            if *self.stopping.borrow() {
                return Err(AppError::Submit(SubmitError::Stopping));
            }
            measures::watch_lag(self.head - self.place.after);
            let batch = self.audience.batches.at(&self.place, self.head).await;
            let batch = batch.map_err(AppError::History)?;
            self.place.after = batch.last();
            if let Some(message) = batch.message(&self.filter, self.head) {
                return Ok(Some(message));
            }
            // Only after something was read: one who asks seldom gets on all the same.
            if self.is_bookmark_due() {
                break;
            }
        }
        Ok(None)
    }

    fn is_bookmark_due(&self) -> bool {
        Instant::now() >= self.bookmark_at
    }

    /// Tells how far was read.
    fn bookmark(&self) -> pb::WatchResponse {
        let (sequence, at_end) = (self.place.after, self.place.after >= self.head);
        pb::WatchResponse { sequence, at_end, ..pb::WatchResponse::default() }
    }

    /// Waits until the log has grown or a bookmark is due.
    async fn wait(&mut self) -> Result<(), AppError> {
        tokio::select! {
            biased;
            // Also when the sender is gone, which is with the server.
            _ = self.stopping.changed() => return Err(AppError::Submit(SubmitError::Stopping)),
            // The sender is in the room that a watcher's own audience keeps open.
            _ = self.told.changed() => self.head = self.head.max(*self.told.borrow_and_update()),
            () = tokio::time::sleep_until(self.bookmark_at) => {}
        }
        Ok(())
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        measures::watchers(-1);
    }
}

//! `Watch`: the journal as it grows, in order, each event at least once.
//!
//! A watcher reads at its own pace; the desk never waits for one. In reading order:
//! - [`watcher`]: one watcher, and what it is sent next
//! - [`batch`], [`batches`]: events encoded once for all who watch
//! - [`rooms`]: when watchers look at the log

mod batch;
mod batches;
mod rooms;
mod watcher;

use std::pin::Pin;
use std::sync::Arc;

use futures_util::stream;
use switchyard_proto::v1 as pb;
use tokio::task::JoinHandle;
use tokio_stream::Stream;
use tonic::Status;
use tonic::metadata::MetadataMap;

use self::batches::Batches;
use self::rooms::Rooms;
use self::watcher::Watcher;
use super::check::Check;
use super::read::filter::EventFilter;
use super::status::status_of;
use super::{Handlers, call};
use crate::app::committed::Committed;
use crate::app::{AppError, Desks};
use crate::lang::Lang;

/// What a watcher reads.
pub(super) type WatchStream =
    Pin<Box<dyn Stream<Item = Result<pb::WatchResponse, Status>> + Send + 'static>>;

/// All who watch, and what they share.
#[derive(Debug)]
pub(super) struct Audience {
    committed: Arc<Committed>,
    batches: Batches,
    rooms: Arc<Rooms>,
    keeping_time: JoinHandle<()>,
}

impl Audience {
    /// Nobody yet; whoever comes is told of what is committed.
    pub(super) fn of(desks: &Desks) -> Arc<Self> {
        let (rooms, committed) = (Arc::new(Rooms::default()), desks.committed.clone());
        let keeping_time = tokio::spawn(rooms.clone().keep_time(committed.clone()));
        let batches = Batches::new(desks.history.clone());
        Arc::new(Self { committed, batches, rooms, keeping_time })
    }
}

impl Drop for Audience {
    fn drop(&mut self) {
        self.keeping_time.abort();
    }
}

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
        let stopping = self.stopping.clone();
        let watcher = Watcher::seated(&self.audience, tenant, after, filter, lang, stopping);
        Ok(Box::pin(messages(watcher, lang)))
    }
}

/// Messages until the first that cannot be made.
fn messages(
    watcher: Watcher,
    lang: Lang,
) -> impl Stream<Item = Result<pb::WatchResponse, Status>> + Send {
    stream::unfold(Some(watcher), move |watcher| async move {
        let mut watcher = watcher?;
        Some(match watcher.next().await {
            Ok(message) => (Ok(message), Some(watcher)),
            Err(error) => (Err(status_of(&error, lang)), None),
        })
    })
}

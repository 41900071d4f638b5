//! When watchers look at the log: all of a tenant's in step.
//!
//! Each commit wakes nobody by itself. A beat tells the watchers of a tenant how
//! far the log reaches, a few at a time, and lets the desk work in between. The
//! more watch, the longer a beat takes and the more events a message carries, so
//! that a thousand watchers cost a bounded share of the machine. In step, they
//! also ask for the same batches.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use switchyard_domain::desk::Desk;
use switchyard_domain::ids::TenantId;
use tokio::sync::watch;

use crate::app::committed::Committed;

/// Watchers woken together at most: a call that comes in just then waits for no more of them.
const GROUP_MAX: usize = 8;

/// The time a beat leaves for each watcher it wakes. A message takes about a quarter of it to send.
const EACH: Duration = Duration::from_micros(200);

/// The shortest rest of a beat, which is what timers can do.
const REST: Duration = Duration::from_millis(1);

/// The watchers of all tenants.
#[derive(Debug, Default)]
pub(super) struct Rooms(Mutex<BTreeMap<TenantId, Room>>);

/// The watchers of one tenant, told how far its log reaches.
#[derive(Debug, Default)]
struct Room {
    groups: Vec<watch::Sender<u64>>,
}

impl Rooms {
    /// A seat; changes whenever the log has grown.
    pub(super) fn seat(&self, tenant: &TenantId) -> watch::Receiver<u64> {
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rooms.entry(tenant.clone()).or_default().seat()
    }

    /// Beats for as long as the desks live.
    pub(super) async fn keep_time(self: Arc<Self>, committed: Arc<Committed>) {
        let mut bell = committed.bell();
        while bell.changed().await.is_ok() {
            self.beat(&committed).await;
        }
    }

    async fn beat(&self, committed: &Committed) {
        let mut rest = Duration::ZERO;
        for (tenant, groups) in self.occupied() {
            let head = committed.read(&tenant, Desk::sequence);
            for group in groups {
                rest += tell(&group, head);
                if rest >= REST {
                    tokio::time::sleep(std::mem::take(&mut rest)).await;
                }
            }
        }
    }

    /// Groups with somebody in them, by tenant; the others are closed.
    fn occupied(&self) -> Vec<(TenantId, Vec<watch::Sender<u64>>)> {
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rooms.values_mut().for_each(|room| room.groups.retain(|it| it.receiver_count() > 0));
        rooms.retain(|_, room| !room.groups.is_empty());
        rooms.iter().map(|(tenant, room)| (tenant.clone(), room.groups.clone())).collect()
    }
}

impl Room {
    /// A seat in the first group with room for one more.
    fn seat(&mut self) -> watch::Receiver<u64> {
        let with_room = self.groups.iter().find(|group| group.receiver_count() < GROUP_MAX);
        if let Some(group) = with_room {
            return group.subscribe();
        }
        let (group, seat) = watch::channel(0);
        self.groups.push(group);
        seat
    }
}

/// Tells a group how far the log reaches; gives the time that its watchers are to have for it.
fn tell(group: &watch::Sender<u64>, head: u64) -> Duration {
    let is_news = group.send_if_modified(|told| {
        let is_news = *told < head;
        *told = head.max(*told);
        is_news
    });
    if is_news { EACH * group.receiver_count() as u32 } else { Duration::ZERO }
}

//! One agent's place at the desk: how full it is, and whether anybody sits there.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::agent::Agent;
use crate::ids::{ChannelId, SkillId};
use crate::load::Load;
use crate::schedule::Window;
use crate::time::Timestamp;

/// An agent's place at the desk.
#[derive(Debug, Clone)]
pub struct Seat {
    pub(super) agent: Arc<Agent>,
    pub(super) limit: Load,
    /// Thousandths of the tickets owned; wide, so that no sum is cut off and
    /// what was added can be taken away again.
    pub(super) owned_milli: u64,
    /// The same by channel; a channel without any is absent.
    pub(super) channel_milli: BTreeMap<ChannelId, u64>,
    /// How many tickets are owned.
    pub(super) n_owned: u32,
    pub(super) window: Window,
    /// The instant the window was read at; it says nothing of earlier ones.
    pub(super) window_from: Timestamp,
    pub(super) last_assigned_at: Option<Timestamp>,
}

impl Seat {
    /// Who sits here.
    pub fn agent(&self) -> &Arc<Agent> {
        &self.agent
    }

    /// The limit over all channels.
    pub fn limit(&self) -> Load {
        self.limit
    }

    /// What the agent has now, the external load included.
    pub fn load(&self) -> Load {
        self.agent.external_load + saturated(self.owned_milli)
    }

    /// Thousandths of a unit left below the limit; negative when people assigned above it.
    pub fn headroom_milli(&self) -> i64 {
        let external = i64::from(self.agent.external_load.milli());
        i64::from(self.limit.milli()) - external - self.owned_milli as i64
    }

    /// How many tickets the agent owns.
    pub fn n_owned(&self) -> u32 {
        self.n_owned
    }

    /// The shift state at the roster's time.
    pub fn window(&self) -> Window {
        self.window
    }

    /// When the agent last got a ticket from the desk.
    pub fn last_assigned_at(&self) -> Option<Timestamp> {
        self.last_assigned_at
    }

    /// The shift state at any instant, looked up where the window at hand does not cover it.
    pub(crate) fn window_at(&self, now: Timestamp) -> Window {
        if self.is_read_for(now) { self.window } else { self.agent.schedule.window_at(now) }
    }

    pub(super) fn is_read_for(&self, now: Timestamp) -> bool {
        self.window_from <= now && now < self.window.until
    }

    /// What is left of a channel's share; `None` where it has no limit of its own.
    pub(crate) fn channel_room(&self, channel: &ChannelId) -> Option<Load> {
        let limits = &self.agent.capacity.per_channel;
        if limits.is_empty() {
            return None;
        }
        let limit = *limits.get(channel)?;
        let owned = self.channel_milli.get(channel).copied().unwrap_or(0);
        Some(saturated(owned).room_below(limit))
    }

    /// The level held at an instant, 0 for none.
    pub(crate) fn level(&self, skill: &SkillId, now: Timestamp) -> u8 {
        match self.agent.skills.get(skill) {
            Some(held) if held.expires.is_none_or(|expires| now < expires) => held.level.get(),
            Some(_) | None => 0,
        }
    }

    /// Reads the window at an instant; whether the agent is on shift then.
    pub(super) fn read_window(&mut self, now: Timestamp) -> bool {
        self.window = self.agent.schedule.window_at(now);
        self.window_from = now;
        self.window.on
    }

    pub(super) fn take_on(&mut self, channel: &ChannelId, load: Load) {
        let milli = u64::from(load.milli());
        self.owned_milli += milli;
        self.n_owned += 1;
        *self.channel_milli.entry(channel.clone()).or_default() += milli;
    }

    pub(super) fn put_down(&mut self, channel: &ChannelId, load: Load) {
        let milli = u64::from(load.milli());
        debug_assert!(milli <= self.owned_milli, "only what was taken on is put down");
        self.owned_milli = self.owned_milli.saturating_sub(milli);
        self.n_owned = self.n_owned.saturating_sub(1);
        if let Some(of_channel) = self.channel_milli.get_mut(channel) {
            *of_channel = of_channel.saturating_sub(milli);
        }
        self.channel_milli.retain(|_, milli| *milli > 0);
    }
}

fn saturated(milli: u64) -> Load {
    Load::from_milli(u32::try_from(milli).unwrap_or(u32::MAX))
}

//! What a table changes on a roster, and how that is told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use switchyard_domain::agent::Agent;
use switchyard_domain::ids::{AgentId, TeamId};
use switchyard_domain::load::Capacity;

use crate::cli::roster_file::csv::{AgentTable, Column, Columns, SCHEDULE};
use crate::grpc::client::KnownAgent;
use crate::lang::Lang;

/// What is to be sent, and how it differs from what is there.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) put: Vec<KnownAgent>,
    n_added: usize,
    n_changed: usize,
    n_unchanged: usize,
}

impl Changes {
    /// The changes that a table makes to the agents that are there.
    pub(super) fn of(table: &AgentTable, there: Vec<KnownAgent>) -> Self {
        let there: BTreeMap<AgentId, KnownAgent> =
            there.into_iter().map(|known| (known.agent.id.clone(), known)).collect();
        let mut changes = Self::default();
        for told in &table.agents {
            changes.note(told, there.get(&told.id), &table.columns);
        }
        changes
    }

    fn note(&mut self, told: &Arc<Agent>, known: Option<&KnownAgent>, columns: &Columns) {
        let Some(known) = known else {
            self.n_added += 1;
            self.put.push(KnownAgent { agent: told.clone(), etag: String::new() });
            return;
        };
        let agent = updated(&known.agent, told, columns);
        if agent == *known.agent {
            self.n_unchanged += 1;
            return;
        }
        self.n_changed += 1;
        self.put.push(KnownAgent { agent: Arc::new(agent), etag: known.etag.clone() });
    }
}

/// An agent that is there, as a table has it; what the table has no column for stays as it is.
fn updated(known: &Agent, told: &Agent, columns: &Columns) -> Agent {
    let told = told.clone();
    let mut agent = known.clone();
    let has = |column| columns.has(column);
    set(&mut agent.display_name, told.display_name, has(Column::Name));
    set(&mut agent.teams, told.teams, has(Column::Teams));
    set(&mut agent.skills, told.skills, has(Column::Skills));
    set(&mut agent.languages, told.languages, has(Column::Languages));
    let Capacity { total, per_channel } = told.capacity;
    set(&mut agent.capacity.total, total, has(Column::Capacity));
    set(&mut agent.capacity.per_channel, per_channel, has(Column::ChannelCapacity));
    set(&mut agent.external_load, told.external_load, has(Column::ExternalLoad));
    set(&mut agent.schedule, told.schedule, columns.has_any(&SCHEDULE));
    set(&mut agent.seniority, told.seniority, has(Column::Seniority));
    set(&mut agent.place, told.place, columns.has_any(&[Column::Latitude, Column::Longitude]));
    // As over the wire: one that is not stated keeps what was reported.
    agent.presence = told.presence.or(agent.presence);
    agent
}

fn set<T>(kept: &mut T, told: T, is_told: bool) {
    if is_told {
        *kept = told;
    }
}

/// What was done.
pub(super) fn summary(changes: &Changes, fresh: &[&TeamId], lang: Lang) -> String {
    let Changes { n_added, n_changed, n_unchanged, .. } = changes;
    let n = n_added + n_changed + n_unchanged;
    let names: Vec<_> = fresh.iter().map(|team| team.as_str()).collect();
    let agents = match lang {
        Lang::Zh => {
            format!("{n} 名坐席：新增 {n_added}，变更 {n_changed}，未变 {n_unchanged}\n")
        }
        Lang::En => {
            let agents = counted(n, "agent");
            format!("{agents}: {n_added} added, {n_changed} changed, {n_unchanged} unchanged\n")
        }
    };
    let teams = match (lang, names.len()) {
        (_, 0) => String::new(),
        (Lang::Zh, n) => format!("新增团队 {n} 个：{}\n", names.join("、")),
        (Lang::En, n) => format!("{} added: {}\n", counted(n, "team"), names.join(", ")),
    };
    agents + &teams
}

/// What was checked.
pub(super) fn checked(table: &AgentTable, lang: Lang) -> String {
    let teams: BTreeSet<&TeamId> = table.agents.iter().flat_map(|agent| &agent.teams).collect();
    let (n, n_teams) = (table.agents.len(), teams.len());
    match lang {
        Lang::Zh => format!("{n} 名坐席、{n_teams} 个团队，没有错误；未发送\n"),
        Lang::En => {
            let (agents, teams) = (counted(n, "agent"), counted(n_teams, "team"));
            format!("{agents} of {teams} without a mistake; nothing was sent\n")
        }
    }
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

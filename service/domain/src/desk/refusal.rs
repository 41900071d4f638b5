//! Why the desk does not do what it is asked; nothing has changed then.

use crate::ids::{AgentId, TeamId, TicketId};

/// Why a command is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The desk knows no such ticket.
    #[error("expected a ticket the desk knows, got {0}")]
    UnknownTicket(TicketId),
    /// The roster has no such agent.
    #[error("expected an agent of the roster, got {0}")]
    UnknownAgent(AgentId),
    /// The roster has no such team.
    #[error("expected a team of the roster, got {0}")]
    UnknownTeam(TeamId),
    /// The ticket's life has ended.
    #[error("expected an open ticket, but {0} is closed")]
    TicketClosed(TicketId),
    /// The ticket is not the agent's to give back.
    #[error("expected a ticket of {agent}, but {ticket} belongs to {}", owned_by(.owner.as_ref()))]
    NotOwner {
        /// Which.
        ticket: TicketId,
        /// Who wants to give it back.
        agent: AgentId,
        /// Whose it is.
        owner: Option<AgentId>,
    },
    /// A ticket cannot go on in itself.
    #[error("expected another ticket to merge into, got {0} itself")]
    MergedIntoItself(TicketId),
    /// The ticket is already at the desk.
    #[error("expected a ticket the desk does not know yet, got {0}")]
    AlreadyAdopted(TicketId),
    /// The agent still owns tickets.
    #[error("expected an agent without open tickets, but {agent} owns {n_open}")]
    AgentOwnsTickets {
        /// Who.
        agent: AgentId,
        /// How many.
        n_open: u32,
    },
    /// Agents still work for the team.
    #[error("expected a team without agents, but {team} has {n_agents}")]
    TeamHasAgents {
        /// Which.
        team: TeamId,
        /// How many.
        n_agents: usize,
    },
}

fn owned_by(owner: Option<&AgentId>) -> &str {
    owner.map_or("nobody", AgentId::as_str)
}

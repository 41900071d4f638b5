//! Two halves of a day at the desk: in the morning what version 1 knew, later what came with 2.

use std::sync::Arc;

use switchyard_domain::agent::{Agent, Presence, Team};
use switchyard_domain::desk::{
    Action, Activity, Adoption, Brought, Closing, DeclineReason, HoldReason, OpenTickets,
    PresenceSource, Rating, ReleaseScope, Report, Transferral,
};
use switchyard_domain::schedule::Schedule;
use switchyard_domain::ticket::Ticket;

use crate::recorded::{Recorded, STRICTER, close, policy, report, triage};
use crate::samples::{self, agent_id, at, team_id, ticket_id};

fn plain(id: &str) -> Ticket {
    samples::plain_ticket(id, None)
}

fn agents() -> Vec<Arc<Agent>> {
    let dated = samples::agent("li.na", Schedule::dated(samples::shifts()));
    [dated, samples::agent("wang", samples::rota()), samples::bare_agent("bare")]
        .map(Arc::new)
        .into()
}

fn team(id: &str) -> Team {
    Team { id: team_id(id), display_name: String::new() }
}

fn adoption(id: &str) -> Adoption {
    Adoption {
        held_at: None,
        asked_at: None,
        ticket: Arc::new(plain(id)),
        owner: Some(agent_id("bare")),
        first_replied_at: Some(at(1)),
        hold: Some(HoldReason::Internal),
        source_revision: 9,
    }
}

/// A morning in which every kind of command of version 1 is given.
pub(crate) fn morning() -> Recorded {
    let mut recorded = Recorded::new();
    let agent = || agent_id("li.na");
    let commands = [
        (triage(plain("early")), 0),
        (Action::UpsertTeam(samples::team()), 1),
        (Action::UpsertAgents(agents()), 2),
        (Action::UpsertTeam(team("spare")), 2),
        (Action::RemoveTeam(team_id("spare")), 2),
        (Action::UpsertAgents(vec![Arc::new(samples::bare_agent("temp"))]), 2),
        (report("early", Activity::AssignedTo(agent()), 0), 2),
        (Action::RemoveAgent(agent_id("temp")), 3),
        (Action::ApplyPolicy { policy: policy(3), open: OpenTickets::Keep }, 3),
        (triage(samples::ticket()), 4),
        (triage(plain("T-2")), 5),
        (triage(samples::ticket()), 6),
        (Action::Advise { ticket: Arc::new(plain("asked")), source_revision: 0 }, 7),
        (Action::Adopt(Box::new(adoption("T-3"))), 8),
        (report("T-1", Activity::AgentReply, 2), 9),
        (report("T-1", Activity::CustomerMessage, 3), 10),
        (report("T-1", Activity::Held(HoldReason::Customer), 4), 11),
        (report("T-2", Activity::AssignedTo(agent()), 5), 12),
        (Action::Assign { ticket: ticket_id("T-3"), agent: agent() }, 13),
        (report("T-1", Activity::Resumed, 6), 14),
        (close("T-2", Closing::Completed), 15),
        (report("T-1", Activity::Solved, 7), 16),
        (report("T-1", Activity::Reopened, 8), 17),
        (
            Action::SetPresence {
                agent: agent(),
                presence: Some(Presence::Away),
                source: PresenceSource::Manual,
            },
            18,
        ),
        (Action::ReplaceShifts { agent: agent(), shifts: samples::shifts() }, 19),
        (triage(plain("T-4")), 20),
        (close("T-4", Closing::Cancelled), 21),
        (Action::Tick, 300),
    ];
    for (action, minute) in commands {
        recorded.act(action, at(minute));
    }
    recorded
}

/// The day goes on with every kind of command that came with version 2.
pub(crate) fn whole_day() -> Recorded {
    let mut recorded = morning();
    let commands = [handed_over(), given_back(), merged_and_split(), advised(), promised_again()];
    for (action, minute) in commands.into_iter().flatten().zip(301..) {
        recorded.act(action, at(minute));
    }
    recorded
}

/// To another team and back, once as its work is completed and once as the backend says.
fn handed_over() -> Vec<Action> {
    let there = Agent { teams: [team_id("technical")].into(), ..samples::bare_agent("tech") };
    vec![
        Action::UpsertTeam(team("technical")),
        Action::UpsertAgents(vec![Arc::new(there)]),
        triage(samples::plain_ticket("away", Some(Vec::new()))),
        report("away", transferred(None, true), 10),
        report("away", Activity::CustomerMessage, 11),
        close("away", Closing::Completed),
        report("T-3", transferred(Some("tech"), false), 12),
        report("T-3", Activity::Returned, 13),
    ]
}

fn transferred(agent: Option<&str>, returns: bool) -> Activity {
    let team = team_id("technical");
    let agent = agent.map(agent_id);
    Activity::Transferred(Box::new(Transferral { team, agent, returns, requirements: Vec::new() }))
}

fn given_back() -> Vec<Action> {
    let agent = || agent_id("bare");
    let assigned = |id: &str| Action::Assign { ticket: ticket_id(id), agent: agent() };
    let declined =
        |id: &str, reason| Action::Decline { ticket: ticket_id(id), agent: agent(), reason };
    vec![
        triage(plain("back")),
        assigned("back"),
        declined("back", DeclineReason::MissingSkill),
        assigned("away"),
        Action::SetIntake { agent: agent_id("wang"), paused: true },
        Action::SetIntake { agent: agent_id("tech"), paused: true },
        Action::Release { agent: agent(), scope: ReleaseScope::Unanswered },
        // Nobody is given anything now, so that something is left to ask for.
        Action::ClaimNext { agent: agent(), team: None },
        Action::SetIntake { agent: agent(), paused: false },
    ]
}

fn merged_and_split() -> Vec<Action> {
    let part = Brought { ticket: Arc::new(plain("part")), source_revision: 2 };
    let activity = Activity::SplitInto(ticket_id("part"));
    let split = Report { brought: Some(part), ..Report::now(ticket_id("T-1"), activity, 20) };
    let late = Report::now(ticket_id("T-1"), Activity::AgentReply, 21);
    let rating = Rating::new(4).expect("valid");
    vec![
        triage(plain("twice")),
        report("twice", Activity::MergedInto(ticket_id("T-1")), 19),
        Action::Report(Box::new(split)),
        Action::Report(Box::new(Report { happened_at: Some(at(200)), ..late })),
        report("T-1", Activity::Solved, 22),
        report("T-1", Activity::Rated(rating), 23),
    ]
}

/// Advice that a person takes, and advice that nobody has taken yet.
fn advised() -> Vec<Action> {
    let advise = |id| Action::Advise { ticket: Arc::new(plain(id)), source_revision: 0 };
    let taken = Action::Assign { ticket: ticket_id("taken"), agent: agent_id("bare") };
    vec![advise("taken"), taken, advise("left")]
}

fn promised_again() -> Vec<Action> {
    let (policy, open) = (policy(STRICTER), OpenTickets::Recompute);
    vec![Action::ApplyPolicy { policy, open }, Action::Tick]
}

//! A policy's text: read, and where it may be applied, a ticket decided under it.

#![no_main]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use switchyard_domain::agent::{Agent, Languages, Seniority};
use switchyard_domain::desk::{Action, Desk, Event, Reach};
use switchyard_domain::ids::{AgentId, CategoryId, ChannelId, TicketId};
use switchyard_domain::load::{Capacity, Load};
use switchyard_domain::policy::Policy;
use switchyard_domain::schedule::Schedule;
use switchyard_domain::ticket::{Customer, Ticket, Wishes};
use switchyard_domain::time::{Span, Timestamp};
use switchyard_models::text::{Known, TicketText};
use switchyard_models::understand::fallback_assessment;
use switchyard_policy::{Finding, read};

/// 3 June 2026, in milliseconds since 1970.
const NOW: i64 = 1_780_480_800_000;

fn agent(id: &str) -> Arc<Agent> {
    Arc::new(Agent {
        id: AgentId::new(id).expect("a valid id"),
        display_name: String::new(),
        teams: BTreeSet::new(),
        skills: BTreeMap::new(),
        languages: Languages::default(),
        capacity: Capacity::default(),
        external_load: Load::ZERO,
        schedule: Schedule::Always,
        presence: None,
        intake_paused: false,
        seniority: Seniority::Regular,
        place: None,
    })
}

fn ticket(n: usize, category: &CategoryId) -> Arc<Ticket> {
    let text = TicketText::new("", "third time I'm asking, my parcel is NOT here");
    Arc::new(Ticket {
        id: TicketId::new(&format!("T-{n}")).expect("a valid id"),
        channel: ChannelId::new("email").expect("a valid id"),
        opened_at: Timestamp::from_millis(NOW),
        customer: Customer::default(),
        place: None,
        wishes: Wishes::default(),
        assessment: Arc::new(fallback_assessment(&text, &Known::default(), category)),
    })
}

/// What happens under a policy to a ticket of each of its first categories.
fn life(policy: &Arc<Policy>) -> Vec<Event> {
    let mut desk = Desk::new(policy.clone());
    let mut events = Vec::new();
    let mut act = |action, minutes| {
        let now = Timestamp::from_millis(NOW) + Span::from_minutes(minutes);
        events.extend(desk.handle(action, now).expect("nothing is asked that is refused"));
    };
    act(Action::UpsertAgents(vec![agent("ann"), agent("bo")]), 0);
    for (n, category) in policy.categories.keys().take(20).enumerate() {
        let reach = Reach::Assign;
        act(Action::Triage { ticket: ticket(n, category), source_revision: 0, reach }, 1);
    }
    for days in [1, 30, 500] {
        act(Action::Tick, days * 24 * 60);
    }
    events
}

fuzz_target!(|bytes: &[u8]| {
    let source = String::from_utf8_lossy(bytes);
    let n_lines = source.matches('\n').count() as u32 + 1;
    let within = |finding: &Finding| finding.line.is_none_or(|line| (1..=n_lines).contains(&line));
    match read(&source, 7) {
        Ok(checked) => {
            assert!(checked.warnings.iter().all(|finding| finding.is_warning() && within(finding)));
            let policy = Arc::new(checked.policy);
            assert_eq!(life(&policy), life(&policy), "the same policy decides the same");
        }
        Err(findings) => {
            assert!(findings.iter().any(|finding| !finding.is_warning()));
            assert!(findings.iter().all(within));
        }
    }
});

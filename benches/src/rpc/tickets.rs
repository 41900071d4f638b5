//! The tickets sent: real wordings in both languages, with facts that make every cost count.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, ensure};
use switchyard_datasets::corpus;
use switchyard_datasets::generate::Arrival;
use switchyard_datasets::ticket::LabelledTicket;
use switchyard_proto::v1 as pb;

use super::roster::skill;
use crate::random::{mixed, pick};

/// Wordings, cheap to share.
#[derive(Debug, Clone)]
pub struct Tickets(Arc<Wordings>);

#[derive(Debug)]
struct Wordings {
    all: Vec<Wording>,
    /// Places in `all` by the corpus's file, such as `returns.refund.zh`.
    by_topic: BTreeMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Wording {
    channel: String,
    subject: String,
    body: String,
}

impl Tickets {
    /// Reads the wordings of a corpus.
    pub fn load(folder: &Path) -> anyhow::Result<Self> {
        let entries = corpus::load(folder).with_context(|| format!("{}", folder.display()))?;
        ensure!(!entries.is_empty(), "expected tickets in {}, got none", folder.display());
        let mut by_topic: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate() {
            let topic = entry.row.place.file.trim_end_matches(".jsonl");
            by_topic.entry(topic.to_owned()).or_default().push(at);
        }
        let all = entries.into_iter().map(|entry| Wording::of(entry.ticket)).collect();
        Ok(Self(Arc::new(Wordings { all, by_topic })))
    }

    /// The request with this number; numbers name tickets.
    pub fn request(&self, n: u64, mode: pb::Mode) -> pb::TriageRequest {
        Self::request_in(pick(&self.0.all, n), n, mode)
    }

    /// The same, worded about what came in; like any other where the corpus has no such wording.
    pub fn request_about(&self, arrival: &Arrival, n: u64, mode: pb::Mode) -> pb::TriageRequest {
        let topic = format!("{}.{}", arrival.category, arrival.language);
        match self.0.by_topic.get(&topic) {
            Some(places) => Self::request_in(&self.0.all[*pick(places, n)], n, mode),
            None => self.request(n, mode),
        }
    }

    fn request_in(wording: &Wording, n: u64, mode: pb::Mode) -> pb::TriageRequest {
        pb::TriageRequest {
            similar_view: pb::SimilarView::Basic as i32,
            with_entities: false,
            ticket: Some(ticket(wording, n)),
            mode: mode as i32,
            // Spread like the UUIDs that backends send, not in the order of arrival.
            request_id: format!("{:016x}{:016x}", mixed(n), mixed(!n)),
            actor: None,
        }
    }
}

impl Wording {
    fn of(ticket: LabelledTicket) -> Self {
        Self { channel: ticket.channel, subject: ticket.subject, body: ticket.body }
    }
}

fn ticket(wording: &Wording, n: u64) -> pb::Ticket {
    let message = pb::Message { text: wording.body.clone(), ..pb::Message::default() };
    pb::Ticket {
        id: ticket_id(n),
        channel: wording.channel.clone(),
        subject: wording.subject.clone(),
        messages: vec![message],
        customer: Some(customer(n)),
        place: n.is_multiple_of(4).then(|| place(n)),
        routing: Some(wishes(n)),
        ..pb::Ticket::default()
    }
}

/// The id of a ticket, spread like the request ids.
pub fn ticket_id(n: u64) -> String {
    format!("T-{:012x}-{n}", mixed(n ^ 0x71C7) >> 16)
}

fn customer(n: u64) -> pb::Customer {
    use pb::customer::Tier;
    let tier = *pick(&[Tier::Standard, Tier::Standard, Tier::Premium, Tier::Vip], n ^ 1);
    pb::Customer {
        id: format!("customer-{}", mixed(n) % 50_000),
        tier: tier as i32,
        ..pb::Customer::default()
    }
}

/// A place in the rectangle the roster lies in.
pub fn place(n: u64) -> pb::Place {
    let share = |salt: u64| (mixed(n ^ salt) % 1_000) as f64 / 1_000.0;
    pb::Place { latitude: 30.0 + share(2), longitude: 120.0 + share(3) }
}

/// One skill required and another preferred.
fn wishes(n: u64) -> pb::RoutingWishes {
    let asked = |salt: u64, preferred| pb::SkillRequirement {
        skill: skill(mixed(n ^ salt)),
        min_level: 2,
        preferred,
        weight: 0.0,
    };
    pb::RoutingWishes {
        requirements: vec![asked(4, false), asked(5, true)],
        ..pb::RoutingWishes::default()
    }
}

//! Names that are on the desk, so that calls get beyond the first check, and what answers taught.

use std::collections::BTreeMap;

use super::contract::{Contract, Field};
use super::policies;
use super::wire::delimited;
use crate::races::Drawer;

pub(super) const TENANTS: [&str; 3] = ["default", "acme", "globex"];
pub(super) const AGENTS: [&str; 6] = ["ann", "bo", "cy", "li.na", "dee", "eve"];
pub(super) const TEAMS: [&str; 3] = ["front", "back", "care"];
pub(super) const TICKETS: usize = 40;

/// The most values remembered of a kind.
const LEARNT_MAX: usize = 200;

/// What answers name that later requests may name: etags, tokens, decisions, operations.
#[derive(Debug, Default)]
pub(super) struct Learnt(BTreeMap<&'static str, Vec<String>>);

impl Learnt {
    /// Takes in an answer; says whether it is a message at all.
    pub(super) fn read(&mut self, contract: &Contract, message: &str, bytes: &[u8]) -> bool {
        let Some(found) = delimited(bytes) else { return false };
        found.into_iter().all(|(number, bytes)| {
            let field = contract.fields(message).iter().find(|field| field.number == number);
            let Some(field) = field else { return false };
            if field.of.is_empty() {
                self.note(message, &field.name, bytes);
                return true;
            }
            // A packed list of an enum has its name too.
            field.kind != prost_types::field_descriptor_proto::Type::Message
                || self.read(contract, &field.of, bytes)
        })
    }

    fn note(&mut self, message: &str, field: &str, bytes: &[u8]) {
        let kind = match field {
            "etag" => "etag",
            "next_page_token" => "page_token",
            "operation" => "operation",
            "decision_id" => "decision",
            "id" if message.ends_with(".Decision") => "decision",
            _ => return,
        };
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        let known = self.0.entry(kind).or_default();
        if text.is_empty() || known.iter().any(|one| one == text) {
            return;
        }
        if known.len() == LEARNT_MAX {
            known.remove(0);
        }
        known.push(text.to_owned());
    }

    fn draw(&self, drawer: &mut Drawer, kind: &str) -> String {
        let Some(known) = self.0.get(kind) else { return String::new() };
        known[drawer.below(known.len())].clone()
    }

    /// A text that the field of a message may well hold.
    pub(super) fn text(&self, drawer: &mut Drawer, message: &str, field: &Field) -> String {
        let kind = match (field.name.as_str(), message.rsplit('.').next().unwrap_or_default()) {
            ("id", "GetTeamRequest" | "DeleteTeamRequest" | "Team") | ("teams", _) => "team",
            ("id", "GetAgentRequest" | "DeleteAgentRequest" | "Agent")
            | ("excluded_agents" | "last_agent", _) => "agent",
            ("id", "GetDecisionRequest" | "ExplainDecisionRequest") => "decision",
            ("id", "Customer") => "customer",
            ("id" | "into" | "after_id" | "until_id", _) => "ticket_id",
            ("name", "GetOperationRequest") => "operation",
            (name, _) => name,
        };
        match kind {
            "ticket_id" => format!("T-{}", drawer.below(TICKETS + 5)),
            "agent" => drawer.name(&AGENTS),
            "team" => drawer.name(&TEAMS),
            "decision" | "operation" => self.draw(drawer, kind),
            // Most change things whatever they are by now, and read from the start.
            "etag" | "page_token" if drawer.hits(40) => self.draw(drawer, kind),
            "request_id" if drawer.hits(50) => format!("request-{}", drawer.below(300)),
            "etag" | "page_token" | "request_id" => String::new(),
            "source" => policies::source(drawer),
            _ => drawer.name(usual(kind)),
        }
    }
}

/// Texts that are usual for a field by its name.
fn usual(field: &str) -> &'static [&'static str] {
    match field {
        "customer" => &["c-1", "c-2", "kim@example.com"],
        "channel" | "key" => &["email", "chat", "phone"],
        "known_category" => &["returns.refund", "order.cancel", "technical.network"],
        "languages" | "locale" => &["zh-Hans", "en", "ja"],
        "time_zone" => &["UTC", "Asia/Shanghai", "America/New_York"],
        "days" => &["mon", "tue", "sun"],
        "days_off" => &["2026-10-01", "2027-02-29", "2028-02-29"],
        "start" => &["00:00", "09:00", "22:30"],
        "end" => &["17:00", "24:00", "06:15"],
        "skill" => &["returns", "japanese"],
        "paths" => &["id", "state", "agent", "sla", "teams", "capacity", "skills", "display_name"],
        "service" => &["", "switchyard.v1.DeskService"],
        "file_containing_symbol" => &["switchyard.v1.Ticket", "grpc.health.v1.Health"],
        "file_by_filename" => &["switchyard/v1/ticket.proto", "google/protobuf/timestamp.proto"],
        _ => &[
            "third time I'm asking. the parcel is NOT here",
            "退款都过了十天还没到账，再不处理我就投诉到消协",
            "Hello, my router smokes. 着火了! https://example.com/a?b=c",
        ],
    }
}

//! Tickets: the text borrowed for the models, the facts checked for the desk.

use switchyard_domain::assessment::{Language, Sentiment, Signal, Urgency};
use switchyard_domain::desk::HoldReason;
use switchyard_domain::ids::{AgentId, CategoryId, ChannelId, TeamId, TicketId};
use switchyard_domain::priority::Band;
use switchyard_domain::ticket::{Customer, Tier, Wishes};
use switchyard_domain::time::{Timestamp, Zone};
use switchyard_models::text::{Attachment, Author, Known, TicketText, Turn};
use switchyard_proto::v1 as pb;

use super::place::coarse_place;
use super::skill::requirements;
use crate::app::facts::AdoptedFacts;
use crate::app::fault::{Expected, Fault};
use crate::app::{Asker, Facts};
use crate::grpc::check::Check;

/// The most bytes of subject, messages and attachments' text together.
pub(crate) const TEXT_BYTES_MAX: usize = 256 * 1024;

/// The most fields of the backend's own.
const CUSTOM_MAX: usize = 64;

/// The longest id of a customer, in bytes: an address of mail fits.
pub(crate) const CUSTOMER_ID_BYTES_MAX: usize = 320;

/// The most agents a ticket may rule out.
const EXCLUDED_MAX: usize = 1_000;

/// The text of a ticket, borrowed.
pub(crate) fn text(ticket: &pb::Ticket) -> TicketText<'_> {
    TicketText {
        subject: &ticket.subject,
        turns: ticket.messages.iter().map(turn).collect(),
        attachments: ticket.attachments.iter().map(attachment).collect(),
    }
}

fn turn(message: &pb::Message) -> Turn<'_> {
    let author = match message.author() {
        pb::message::Author::Unspecified | pb::message::Author::Customer => Author::Customer,
        pb::message::Author::Agent | pb::message::Author::System => Author::Staff,
    };
    Turn { author, text: &message.text }
}

fn attachment(attachment: &pb::Attachment) -> Attachment<'_> {
    let text = attachment.ocr_text.as_str();
    Attachment { text: (!text.is_empty()).then_some(text) }
}

/// What is checked whatever the mode: the size of the text and what is known of it.
pub(crate) fn content(check: &mut Check, ticket: &pb::Ticket) -> Known {
    let messages: usize = ticket.messages.iter().map(|message| message.text.len()).sum();
    let read: usize = ticket.attachments.iter().map(|file| file.ocr_text.len()).sum();
    let bytes = ticket.subject.len() + messages + read;
    if bytes > TEXT_BYTES_MAX {
        check.fail("ticket.messages", Fault::value(Expected::TextWithin(TEXT_BYTES_MAX), &bytes));
    }
    for (i, message) in ticket.messages.iter().enumerate() {
        check.choice::<pb::message::Author>(format!("ticket.messages[{i}].author"), message.author);
    }
    known(check, ticket.known.as_ref())
}

/// Who asks what a text says; the id need not be one of a ticket.
pub(crate) fn asker(check: &mut Check, ticket: &pb::Ticket) -> Asker {
    let customer = ticket.customer.as_ref().map_or("", |customer| &customer.id);
    check.bounded("ticket.customer.id", customer, CUSTOMER_ID_BYTES_MAX);
    Asker {
        ticket: Some(ticket.id.clone()).filter(|id| !id.is_empty()),
        customer_id: Some(customer.to_owned()).filter(|id| !id.is_empty()),
        opened_at: check.instant("ticket.opened_time", ticket.opened_time.as_ref()),
    }
}

/// The facts of a ticket that goes to the desk.
pub(crate) fn facts(check: &mut Check, ticket: &pb::Ticket) -> Option<Facts> {
    let known = content(check, ticket);
    let id = check.take("ticket.id", TicketId::new(&ticket.id));
    let channel = if ticket.channel.is_empty() { "unknown" } else { &ticket.channel };
    let channel = check.take("ticket.channel", ChannelId::new(channel));
    check_custom(check, ticket);
    let place = ticket.place.as_ref();
    let place = place.and_then(|place| check.take("ticket.place", coarse_place(place)));
    let opened_at = check.instant("ticket.opened_time", ticket.opened_time.as_ref());
    let wishes = wishes(check, ticket);
    let named = ticket.customer.as_ref().map(|customer| customer.id.clone());
    let customer = customer(check, ticket.customer.as_ref());
    Some(Facts {
        id: id?,
        channel: channel?,
        opened_at,
        customer,
        place,
        wishes,
        known,
        source_revision: ticket.source_revision,
        customer_id: named.filter(|id| !id.is_empty()),
    })
}

/// An open ticket a backend brings along.
pub(crate) fn adopted(
    check: &mut Check,
    adopted: &pb::AdoptedTicket,
    now: Timestamp,
) -> Option<AdoptedFacts> {
    let Some(ticket) = &adopted.ticket else {
        check.fail("ticket", Fault::missing(Expected::Ticket));
        return None;
    };
    let owner = check.optional("agent", &adopted.agent, AgentId::new);
    let first_replied_at = check.instant("first_reply_time", adopted.first_reply_time.as_ref());
    let held_at = check.instant("hold_time", adopted.hold_time.as_ref());
    let asked_at = check.instant("asked_time", adopted.asked_time.as_ref());
    let facts = facts(check, ticket)?;
    let opened = facts.opened_at.unwrap_or(now);
    check_past(check, "first_reply_time", first_replied_at, opened, now);
    check_past(check, "hold_time", held_at, opened, now);
    check_past(check, "asked_time", asked_at, opened, now);
    let hold = check.choice("hold", adopted.hold).and_then(hold);
    Some(AdoptedFacts { facts, owner, first_replied_at, hold, held_at, asked_at })
}

/// What happened to a ticket lies between its opening and now.
fn check_past(
    check: &mut Check,
    field: &str,
    at: Option<Timestamp>,
    opened: Timestamp,
    now: Timestamp,
) {
    let Some(at) = at else { return };
    if at < opened || now < at {
        check.fail(field, Fault::value(Expected::InstantBetween { opened, now }, &at));
    }
}

/// What a ticket waits for, if it does.
pub(crate) fn hold(reason: pb::HoldReason) -> Option<HoldReason> {
    match reason {
        pb::HoldReason::Unspecified => None,
        pb::HoldReason::Customer => Some(HoldReason::Customer),
        pb::HoldReason::ThirdParty => Some(HoldReason::ThirdParty),
        pb::HoldReason::Internal => Some(HoldReason::Internal),
    }
}

fn check_custom(check: &mut Check, ticket: &pb::Ticket) {
    if ticket.custom.len() > CUSTOM_MAX {
        let fault = Fault::value(Expected::ItemsWithin(CUSTOM_MAX), &ticket.custom.len());
        check.fail("ticket.custom", fault);
    }
    for (name, value) in &ticket.custom {
        match value.kind {
            Some(pb::custom_value::Kind::Number(number)) if !number.is_finite() => {
                let field = format!("ticket.custom[{name}]");
                check.fail(field, Fault::value(Expected::FiniteNumber, &number));
            }
            _ => {}
        }
    }
}

fn wishes(check: &mut Check, ticket: &pb::Ticket) -> Wishes {
    let hard_due = check.instant("ticket.hard_due_time", ticket.hard_due_time.as_ref());
    let band = ticket.known.as_ref().map_or(0, |known| known.known_priority);
    let priority = if band == 0 { None } else { Band::from_number(band) };
    if band != 0 && priority.is_none() {
        let fault = Fault::value(Expected::Number { least: 0, most: 4 }, &band);
        check.fail("ticket.known.known_priority", fault);
    }
    let routing = ticket.routing.clone().unwrap_or_default();
    let states = routing.replace_requirements || !routing.requirements.is_empty();
    let asked = requirements(check, "ticket.routing.requirements", &routing.requirements);
    check.at_most("ticket.routing.excluded_agents", &routing.excluded_agents, EXCLUDED_MAX);
    let excluded = routing
        .excluded_agents
        .iter()
        .filter_map(|id| check.take("ticket.routing.excluded_agents", AgentId::new(id)));
    let excluded = excluded.collect();
    Wishes {
        team: check.optional("ticket.routing.team", &routing.team, TeamId::new),
        requirements: states.then_some(asked),
        excluded,
        last_agent: check.optional("ticket.routing.last_agent", &routing.last_agent, AgentId::new),
        priority,
        hard_due,
        weight: routing.weight.and_then(|units| check.load("ticket.routing.weight", units)),
    }
}

fn customer(check: &mut Check, customer: Option<&pb::Customer>) -> Customer {
    let Some(customer) = customer else { return Customer::default() };
    check.bounded("ticket.customer.id", &customer.id, CUSTOMER_ID_BYTES_MAX);
    check.optional("ticket.customer.time_zone", &customer.time_zone, Zone::named);
    if !(customer.value.is_finite() && customer.value >= 0.0) {
        check.fail("ticket.customer.value", Fault::value(Expected::FiniteAmount, &customer.value));
    }
    let counters = customer.counters.unwrap_or_default();
    Customer {
        reference: None,
        tier: check.choice("ticket.customer.tier", customer.tier).map_or(Tier::Standard, tier),
        complaints_90d: counters.complaints,
        tickets_90d: counters.tickets,
    }
}

fn tier(tier: pb::customer::Tier) -> Tier {
    match tier {
        pb::customer::Tier::Unspecified | pb::customer::Tier::Standard => Tier::Standard,
        pb::customer::Tier::Premium => Tier::Premium,
        pb::customer::Tier::Vip => Tier::Vip,
    }
}

fn known(check: &mut Check, known: Option<&pb::Known>) -> Known {
    let Some(known) = known else { return Known::default() };
    let category = &known.known_category;
    Known {
        category: check.optional("ticket.known.known_category", category, CategoryId::new),
        sentiment: stated(check, "known_sentiment", known.known_sentiment, &Sentiment::ALL),
        urgency: stated(check, "known_urgency", known.known_urgency, &Urgency::ALL),
        language: stated(check, "known_language", known.known_language, &Language::ALL),
        signals: (known.known_signals.iter())
            .filter_map(|number| stated(check, "known_signals", *number, &Signal::ALL))
            .collect(),
    }
}

/// A value that the caller may state; 0 states none.
fn stated<T: Copy>(check: &mut Check, name: &str, number: i32, all: &[T]) -> Option<T> {
    let value = nth(all, number);
    if value.is_none() && number != 0 {
        let expected = Expected::Number { least: 0, most: all.len() as i64 };
        check.fail(format!("ticket.known.{name}"), Fault::value(expected, &number));
    }
    value
}

/// The value of an enum number that counts from 1; 0 is none.
pub(crate) fn nth<T: Copy>(all: &[T], number: i32) -> Option<T> {
    let place = usize::try_from(number).ok()?.checked_sub(1)?;
    all.get(place).copied()
}

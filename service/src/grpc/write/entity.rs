//! What a ticket's texts name, with where it stands.

use switchyard_models::entities::{self, EntityKind};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::message::Author;

/// The entities of the customer's texts: of the subject, then of each message.
pub(crate) fn entities(ticket: &pb::Ticket) -> Vec<pb::Entity> {
    let subject = of_text(&ticket.subject, None);
    let messages = ticket.messages.iter().enumerate();
    let customers = messages
        .filter(|(_, it)| matches!(it.author(), Author::Customer | Author::Unspecified))
        .flat_map(|(at, message)| of_text(&message.text, Some(at as u32)));
    subject.into_iter().chain(customers).collect()
}

fn of_text(text: &str, message_index: Option<u32>) -> Vec<pb::Entity> {
    let mut chars = Counted { text, bytes: 0, n_chars: 0 };
    let found = entities::find(text).into_iter();
    found
        .map(|entity| pb::Entity {
            kind: kind(entity.kind) as i32,
            value: entity.value,
            message_index,
            start: chars.until(entity.span.start),
            end: chars.until(entity.span.end),
        })
        .collect()
}

/// Counts characters up to places that never go back.
struct Counted<'a> {
    text: &'a str,
    bytes: usize,
    n_chars: usize,
}

impl Counted<'_> {
    fn until(&mut self, bytes: usize) -> u32 {
        self.n_chars += self.text[self.bytes..bytes].chars().count();
        self.bytes = bytes;
        self.n_chars as u32
    }
}

fn kind(kind: EntityKind) -> pb::EntityKind {
    match kind {
        EntityKind::OrderNumber => pb::EntityKind::OrderNumber,
        EntityKind::TrackingNumber => pb::EntityKind::TrackingNumber,
        EntityKind::SerialNumber => pb::EntityKind::SerialNumber,
        EntityKind::ModelCode => pb::EntityKind::ModelCode,
        EntityKind::Phone => pb::EntityKind::Phone,
        EntityKind::Email => pb::EntityKind::Email,
        EntityKind::BankCard => pb::EntityKind::BankCard,
        EntityKind::ResidentId => pb::EntityKind::ResidentId,
        EntityKind::HouseNumber => pb::EntityKind::HouseNumber,
        EntityKind::Amount => pb::EntityKind::Amount,
        EntityKind::Date => pb::EntityKind::Date,
        EntityKind::Time => pb::EntityKind::Time,
        EntityKind::City => pb::EntityKind::City,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_characters_of_the_text_they_stand_in() {
        let agent = pb::Message {
            author: Author::Agent as i32,
            text: "13900139000".into(),
            ..<_>::default()
        };
        let customer =
            pb::Message { text: "订单DD88231，电话13800138000".into(), ..<_>::default() };
        let messages = vec![agent, customer];
        let ticket = pb::Ticket { subject: "¥129.50".into(), messages, ..<_>::default() };
        let told =
            |it: pb::Entity| (it.kind(), it.value.clone(), it.message_index, it.start, it.end);
        let found: Vec<_> = entities(&ticket).into_iter().map(told).collect();
        let expected = [
            (pb::EntityKind::Amount, "CNY 129.50".to_owned(), None, 0, 7),
            (pb::EntityKind::OrderNumber, "DD88231".to_owned(), Some(1), 2, 9),
            (pb::EntityKind::Phone, "13800138000".to_owned(), Some(1), 12, 23),
        ];
        assert_eq!(found, expected);
    }
}

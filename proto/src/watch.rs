//! `WatchResponse`, written by hand so that events encoded once can be sent to many.
//!
//! On the wire it is the message of `desk_service.proto`, as a test here
//! compares. A server with a thousand watchers would encode every event a
//! thousand times otherwise.

use prost::bytes::{Buf, BufMut, Bytes};
use prost::encoding::{self, DecodeContext, WireType};
use prost::{DecodeError, Message};

use crate::v1::Event;

/// The field `events` as it stands before each event: number 1, length-delimited.
const EVENTS_KEY: u8 = 1 << 3 | WireType::LengthDelimited as u8;

/// Events that were committed, or a bookmark.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WatchResponse {
    /// In order; of a message that was received, all of them.
    pub events: Vec<Event>,
    /// Up to here all was sent, or not wanted.
    pub sequence: u64,
    /// Whether the log is read to its end.
    pub at_end: bool,
    /// Events that come before those of `events`, as [`append_event`] wrote them.
    ///
    /// Only ever filled by who sends: what is received stands in `events`.
    pub encoded_events: Bytes,
}

/// Writes an event as the field of its message, to be shared by many.
pub fn append_event(encoded: &mut Vec<u8>, event: &Event) {
    encoded.push(EVENTS_KEY);
    event.encode_length_delimited(encoded).expect("a vector takes whatever is written");
}

impl Message for WatchResponse {
    fn encode_raw(&self, buf: &mut impl BufMut) {
        buf.put_slice(&self.encoded_events);
        encoding::message::encode_repeated(1, &self.events, buf);
        if self.sequence != 0 {
            encoding::uint64::encode(2, &self.sequence, buf);
        }
        if self.at_end {
            encoding::bool::encode(3, &self.at_end, buf);
        }
    }

    fn encoded_len(&self) -> usize {
        let mut len = self.encoded_events.len();
        len += encoding::message::encoded_len_repeated(1, &self.events);
        if self.sequence != 0 {
            len += encoding::uint64::encoded_len(2, &self.sequence);
        }
        if self.at_end {
            len += encoding::bool::encoded_len(3, &self.at_end);
        }
        len
    }

    fn merge_field(
        &mut self,
        tag: u32,
        wire_type: WireType,
        buf: &mut impl Buf,
        context: DecodeContext,
    ) -> Result<(), DecodeError> {
        match tag {
            1 => encoding::message::merge_repeated(wire_type, &mut self.events, buf, context),
            2 => encoding::uint64::merge(wire_type, &mut self.sequence, buf, context),
            3 => encoding::bool::merge(wire_type, &mut self.at_end, buf, context),
            _ => encoding::skip_field(wire_type, tag, buf, context),
        }
    }

    fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::v1::event::Kind;
    use crate::v1::{AgentRemovedEvent, WatchRequest};

    /// The message as it would be generated.
    #[derive(Clone, PartialEq, Message)]
    struct Generated {
        #[prost(message, repeated, tag = "1")]
        events: Vec<Event>,
        #[prost(uint64, tag = "2")]
        sequence: u64,
        #[prost(bool, tag = "3")]
        at_end: bool,
    }

    fn event(sequence: u64) -> Event {
        let agent = format!("agent-{sequence}");
        let kind = Some(Kind::AgentRemoved(AgentRemovedEvent { agent }));
        Event { sequence, kind, ..Event::default() }
    }

    fn generated(n_events: u64, at_end: bool) -> Generated {
        Generated { events: (1..=n_events).map(event).collect(), sequence: n_events, at_end }
    }

    /// The same with its first events encoded before.
    fn by_hand(message: &Generated, n_encoded: usize) -> WatchResponse {
        let (first, rest) = message.events.split_at(n_encoded);
        let mut encoded = Vec::new();
        for event in first {
            append_event(&mut encoded, event);
        }
        WatchResponse {
            events: rest.to_vec(),
            sequence: message.sequence,
            at_end: message.at_end,
            encoded_events: encoded.into(),
        }
    }

    #[test]
    fn it_is_written_as_the_generated_message_would_be() {
        for (n_events, at_end) in [(0, false), (0, true), (3, false), (200, true)] {
            let expected = generated(n_events, at_end);
            for n_encoded in 0..=expected.events.len() {
                let written = by_hand(&expected, n_encoded);
                assert_eq!(written.encode_to_vec(), expected.encode_to_vec());
                assert_eq!(written.encoded_len(), expected.encoded_len());
            }
        }
    }

    #[test]
    fn what_is_received_has_all_events_in_their_field() {
        let expected = generated(3, true);
        let received = WatchResponse::decode(&*expected.encode_to_vec()).expect("a message");
        assert_eq!(received, by_hand(&expected, 0));
    }

    #[test]
    fn fields_of_a_later_contract_are_passed_over() {
        let mut bytes = generated(1, false).encode_to_vec();
        encoding::string::encode(15, &"later".to_owned(), &mut bytes);
        assert_eq!(WatchResponse::decode(&*bytes).expect("a message").events, [event(1)]);
        let truncated = &bytes[..bytes.len() - 1];
        assert!(WatchResponse::decode(truncated).is_err());
        assert!(WatchRequest::decode(truncated).is_err());
    }
}

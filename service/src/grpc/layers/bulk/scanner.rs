//! Reads messages as they come, chunk by chunk, as far as what their lists take in memory.
//!
//! It keeps nothing of them but where it is. What it cannot follow the decoder refuses as well, so
//! from there on nothing is counted until the next message.

use super::shapes::{Part, Shapes};

/// gRPC's head of a message: a flag and a length.
const HEAD_BYTES: u32 = 5;

/// Where it is, and what the message at hand takes so far.
#[derive(Debug)]
pub(super) struct Scanner {
    shapes: &'static Shapes,
    request: usize,
    /// Messages around the next byte, the outermost first; none between two messages.
    within: Vec<Level>,
    /// Groups around the next byte: all in them is unknown.
    n_groups: u32,
    reading: Reading,
    at: u64,
    parts_bytes: u64,
    message_bytes: u64,
}

#[derive(Debug)]
struct Level {
    message: usize,
    end: u64,
}

#[derive(Debug, Clone, Copy)]
enum Reading {
    Head { n_read: u32, length: u32 },
    Key(Varint),
    Number(Varint),
    Length(Part, Varint),
    Skip(u64),
}

/// A number as far as it was read.
#[derive(Debug, Clone, Copy, Default)]
struct Varint {
    number: u64,
    shift: u32,
}

impl Varint {
    /// The number with another byte, and whether it was the last.
    fn and(self, byte: u8) -> (Self, bool) {
        let bits = u64::from(byte & 0x7f).checked_shl(self.shift).unwrap_or(0);
        (Self { number: self.number | bits, shift: self.shift.saturating_add(7) }, byte & 0x80 == 0)
    }
}

const NEXT_MESSAGE: Reading = Reading::Head { n_read: 0, length: 0 };
const NEXT_KEY: Reading = Reading::Key(Varint { number: 0, shift: 0 });

impl Scanner {
    /// Before the first message, of a kind.
    pub(super) fn new(shapes: &'static Shapes, request: usize) -> Self {
        Self {
            shapes,
            request,
            within: Vec::new(),
            n_groups: 0,
            reading: NEXT_MESSAGE,
            at: 0,
            parts_bytes: 0,
            message_bytes: 0,
        }
    }

    /// What the lists of the message at hand take so far.
    pub(super) fn parts_bytes(&self) -> u64 {
        self.parts_bytes
    }

    /// The same with the bytes that came of it.
    pub(super) fn bytes(&self) -> u64 {
        self.parts_bytes + self.message_bytes
    }

    /// Reads on.
    pub(super) fn read(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let n_read = match self.reading {
                Reading::Skip(left) => self.skip(left, bytes.len() as u64),
                _ => {
                    self.step(bytes[0]);
                    1
                }
            };
            self.at += n_read;
            self.message_bytes += n_read;
            bytes = &bytes[n_read as usize..];
            self.leave();
        }
    }

    fn skip(&mut self, left: u64, here: u64) -> u64 {
        let n_skipped = left.min(here);
        self.reading = match left - n_skipped {
            0 => NEXT_KEY,
            left => Reading::Skip(left),
        };
        n_skipped
    }

    /// The position is still before this byte.
    fn step(&mut self, byte: u8) {
        self.reading = match self.reading {
            Reading::Head { n_read, length } => {
                self.head(n_read + 1, length << 8 | u32::from(byte))
            }
            Reading::Key(key) => match key.and(byte) {
                (key, true) => self.field(key.number),
                (key, false) => Reading::Key(key),
            },
            Reading::Number(number) => match number.and(byte) {
                (_, true) => NEXT_KEY,
                (number, false) => Reading::Number(number),
            },
            Reading::Length(part, length) => match length.and(byte) {
                (length, true) => self.delimited(part, length.number),
                (length, false) => Reading::Length(part, length),
            },
            Reading::Skip(_) => unreachable!("skipped as a whole"),
        };
    }

    /// The flag is shifted out by the last byte of the length.
    fn head(&mut self, n_read: u32, length: u32) -> Reading {
        if n_read < HEAD_BYTES {
            return Reading::Head { n_read, length };
        }
        (self.parts_bytes, self.message_bytes, self.n_groups) = (0, 0, 0);
        let end = self.at + 1 + u64::from(length);
        self.within.push(Level { message: self.request, end });
        NEXT_KEY
    }

    fn field(&mut self, key: u64) -> Reading {
        let message = self.within.last().expect("a key is within a message").message;
        let is_known = self.n_groups == 0;
        let number = u32::try_from(key >> 3).unwrap_or(0);
        let part = if is_known { self.shapes.part(message, number) } else { Part::default() };
        match key & 7 {
            2 => return Reading::Length(part, Varint::default()),
            3 => self.n_groups += 1,
            4 => self.n_groups = self.n_groups.saturating_sub(1),
            _ => self.parts_bytes += part.item_bytes,
        }
        match key & 7 {
            0 => Reading::Number(Varint::default()),
            1 => Reading::Skip(8),
            5 => Reading::Skip(4),
            _ => NEXT_KEY,
        }
    }

    fn delimited(&mut self, part: Part, length: u64) -> Reading {
        let start = self.at + 1;
        let end = self.within.last().expect("a length is within a message").end;
        if length > end.saturating_sub(start) {
            // The decoder refuses it here, and never reads what follows.
            return self.give_up(start);
        }
        self.parts_bytes += part.item_bytes * if part.is_packed { length } else { 1 };
        match part.inner {
            Some(message) => {
                self.within.push(Level { message, end: start + length });
                NEXT_KEY
            }
            None if length == 0 => NEXT_KEY,
            None => Reading::Skip(length),
        }
    }

    /// Goes to the end of the message.
    fn give_up(&mut self, start: u64) -> Reading {
        self.within.truncate(1);
        match self.within[0].end.saturating_sub(start) {
            0 => NEXT_KEY,
            left => Reading::Skip(left),
        }
    }

    /// Leaves what ends here; what should have ended before is no message, and ends as well.
    fn leave(&mut self) {
        while self.within.last().is_some_and(|level| level.end <= self.at) {
            self.within.pop();
            self.reading = if self.within.is_empty() { NEXT_MESSAGE } else { NEXT_KEY };
        }
    }
}

#[cfg(test)]
mod tests {
    use prost::Message as _;
    use switchyard_proto::v1 as pb;

    use super::*;

    const PATH: &str = "/switchyard.v1.TriageService/BatchTriage";

    fn scanner() -> Scanner {
        let shapes = Shapes::of_contract();
        Scanner::new(shapes, shapes.request(PATH).expect("a method"))
    }

    fn framed(message: &[u8]) -> Vec<u8> {
        [&[0], &(message.len() as u32).to_be_bytes()[..], message].concat()
    }

    /// Requests with so many messages each.
    fn batch(n_requests: usize, n_messages: usize) -> Vec<u8> {
        let messages =
            vec![pb::Message { text: "refund".to_owned(), ..Default::default() }; n_messages];
        let ticket = Some(pb::Ticket { messages, ..Default::default() });
        let request = pb::TriageRequest { ticket, ..Default::default() };
        pb::BatchTriageRequest { requests: vec![request; n_requests] }.encode_to_vec()
    }

    fn parts_bytes(message: &[u8], chunk: usize) -> u64 {
        let mut scanner = scanner();
        framed(message).chunks(chunk).for_each(|bytes| scanner.read(bytes));
        scanner.parts_bytes()
    }

    #[test]
    fn lists_within_lists_are_counted_however_the_bytes_come() {
        let [request, message] =
            [batch(1, 0), batch(1, 1)].map(|bytes| parts_bytes(&bytes, 1 << 20));
        let message = message - request;
        assert!(request > 300 && message > 40, "{request} {message}");
        for chunk in [1, 2, 3, 7, 64, 100_000] {
            let told = parts_bytes(&batch(20, 30), chunk);
            assert_eq!(told, 20 * request + 600 * message, "in chunks of {chunk}");
        }
    }

    #[test]
    fn each_message_of_a_stream_is_counted_by_itself() {
        let mut scanner = scanner();
        let (large, small) = (framed(&batch(50, 1)), framed(&batch(1, 1)));
        let told = [&large, &small, &large, &small].map(|bytes| {
            scanner.read(bytes);
            scanner.parts_bytes()
        });
        assert_eq!((told[0], told[1]), (told[2], told[3]));
        assert!(told[0] > 40 * told[1], "{told:?}");
    }

    #[test]
    fn what_is_unknown_takes_nothing_and_hides_nothing() {
        let group = [0xf3, 0x3e, 0x0a, 0x00, 0xf4, 0x3e];
        let unknown = [0xa2, 0x3f, 3, 1, 2, 3];
        let batch = batch(3, 3);
        let odd = [&group[..], &unknown, &batch, &group].concat();
        assert_eq!(parts_bytes(&odd, 5), parts_bytes(&batch, 5));
    }

    #[test]
    fn a_length_beyond_the_message_counts_nothing() {
        // A ticket's known signals, of all the bytes there are.
        let lengths = [0x0a, 0x0f, 0x0a, 0x0d, 0x6a, 0x0b, 0x2a];
        let message = [&lengths[..], &[0xff; 9], &[0x01]].concat();
        assert_eq!(parts_bytes(&message, 3), parts_bytes(&batch(1, 0), 3));
    }

    #[test]
    fn bytes_of_no_sense_do_not_stop_it() {
        let mut state = 1_u32;
        for _ in 0..200 {
            let mut scanner = scanner();
            let bytes: Vec<u8> = (0..500)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 24) as u8
                })
                .collect();
            let sound = batch(1, 2);
            scanner.read(&framed(&bytes));
            scanner.read(&framed(&sound));
            assert_eq!(scanner.parts_bytes(), parts_bytes(&sound, 9), "the next one is counted");
        }
    }
}

//! Messages that were sound, or nearly, until something happened to them.

use super::values;
use super::wire::{Value, put};
use crate::races::Drawer;

/// Something happens to a message.
pub(super) fn damaged(drawer: &mut Drawer, mut message: Vec<u8>) -> Vec<u8> {
    let n_bytes = message.len();
    if n_bytes == 0 {
        return vec![drawer.below(256) as u8];
    }
    match drawer.below(6) {
        0 => message.truncate(drawer.below(n_bytes)),
        1 => flip(drawer, &mut message, 1),
        2 => flip(drawer, &mut message, 1 + n_bytes / 50),
        3 => message.extend_from_within(drawer.below(n_bytes)..),
        4 => {
            message.drain(..drawer.below(n_bytes));
        }
        _ => add_unknown_fields(drawer, &mut message),
    }
    message
}

fn flip(drawer: &mut Drawer, message: &mut [u8], n_times: usize) {
    for _ in 0..n_times {
        let at = drawer.below(message.len());
        message[at] ^= 1 << drawer.below(8);
    }
}

/// Fields of a later contract, which must be skipped; among them messages within messages.
fn add_unknown_fields(drawer: &mut Drawer, message: &mut Vec<u8>) {
    let mut nested = values::text(drawer);
    for _ in 0..drawer.below(300) {
        let inner = Value::Bytes(std::mem::take(&mut nested));
        put(&mut nested, 1, &inner);
    }
    put(message, 2_000, &Value::Bytes(nested));
    put(message, (1 << 29) - 1, &Value::Fixed64(values::integer(drawer)));
    put(message, 19_000, &Value::Varint(values::integer(drawer)));
}

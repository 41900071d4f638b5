//! Messages as large as are taken, and a little larger, of as many parts as go into them.
//!
//! A part of two bytes on the wire may be hundreds in memory.

use prost_types::field_descriptor_proto::Type;

use super::contract::{Contract, Field, Method};
use super::wire::{Value, put};
use crate::races::Drawer;

/// What a server takes is at most 16 MiB, or 4.
const SIZES: [usize; 5] =
    [(4 << 20) - 64, (16 << 20) - 64, (16 << 20) - 64, (16 << 20) - 64, 17 << 20];

/// A list that a method's message may hold, with the fields on the way to it.
#[derive(Debug)]
pub(super) struct List {
    pub(super) method: Method,
    way: Vec<Field>,
}

/// Every list of every method.
pub(super) fn lists(contract: &Contract) -> Vec<List> {
    let mut lists = Vec::new();
    for method in &contract.methods {
        let mut ways = Vec::new();
        find(contract, &method.input, &[], &mut ways);
        lists.extend(ways.into_iter().map(|way| List { method: method.clone(), way }));
    }
    lists
}

fn find(contract: &Contract, message: &str, way: &[Field], ways: &mut Vec<Vec<Field>>) {
    for field in contract.fields(message) {
        let way = [way, std::slice::from_ref(field)].concat();
        if field.is_repeated {
            ways.push(way.clone());
        }
        if field.kind == Type::Message {
            find(contract, &field.of, &way, ways);
        }
    }
}

impl List {
    /// A message in which this list is as long as may be.
    pub(super) fn fill(&self, contract: &Contract, drawer: &mut Drawer) -> Vec<u8> {
        let n_bytes = SIZES[drawer.below(SIZES.len())];
        let (list, way) = self.way.split_last().expect("a list has a field");
        let part = part(contract, drawer, list);
        let mut message = part.repeat(n_bytes / part.len());
        for field in way.iter().rev() {
            let inner = Value::Bytes(std::mem::take(&mut message));
            put(&mut message, field.number, &inner);
        }
        message
    }
}

/// A part that holds nothing, or one empty part itself.
fn part(contract: &Contract, drawer: &mut Drawer, list: &Field) -> Vec<u8> {
    let (mut part, mut inner) = (Vec::new(), Vec::new());
    if list.kind == Type::Message && drawer.hits(50) {
        let fields = contract.fields(&list.of).iter();
        let within: Vec<_> = fields.filter(|field| field.kind == Type::Message).collect();
        if let Some(field) = within.get(drawer.below(within.len().max(1))) {
            put(&mut inner, field.number, &Value::Bytes(Vec::new()));
        }
    }
    let value = match list.kind {
        Type::Message | Type::String => Value::Bytes(inner),
        _ => Value::Varint(0x7f),
    };
    put(&mut part, list.number, &value);
    part
}

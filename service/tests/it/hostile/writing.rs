//! Requests off the contract, each field a likely value or one that nobody should send.

use prost_types::field_descriptor_proto::Type;

use super::contract::{Contract, Field};
use super::names::Learnt;
use super::values;
use super::wire::{Value, key, put, varint};
use crate::races::Drawer;

/// Where a message stops to grow; larger ones are drawn on purpose.
const ROOM: usize = 300_000;

/// Writes messages of one request.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    pub(super) contract: &'a Contract,
    pub(super) learnt: &'a Learnt,
    pub(super) drawer: Drawer,
    /// How many of a hundred values are hostile.
    pub(super) percent: usize,
    /// Seconds since 1970.
    pub(super) now: i64,
    room: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn new(contract: &'a Contract, learnt: &'a Learnt, drawer: Drawer) -> Self {
        let now = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs() as i64;
        Self { contract, learnt, drawer, percent: 0, now, room: ROOM }
    }

    /// A message by its full name.
    pub(super) fn message(&mut self, name: &str) -> Vec<u8> {
        let mut out = Vec::new();
        for field in self.present(name) {
            for _ in 0..self.times(field) {
                let value = self.value(name, field);
                put(&mut out, field.number, &value);
                if out.len() > self.room {
                    return out;
                }
            }
        }
        self.room = self.room.saturating_sub(out.len());
        out
    }

    /// Most fields, one of each oneof; of a hostile message also several, in any order.
    fn present(&mut self, name: &str) -> Vec<&'a Field> {
        let (contract, percent) = (self.contract, self.percent);
        let fields = contract.fields(name);
        let mut present: Vec<_> = fields.iter().filter(|_| self.drawer.hits(80)).collect();
        if percent > 0 && self.drawer.hits(percent) {
            let n_fields = present.len().max(1);
            present.rotate_left(self.drawer.below(n_fields) % n_fields);
            return present;
        }
        let chosen = self.drawer.below(usize::MAX);
        present.retain(|field| {
            let Some(oneof) = field.oneof else { return true };
            let of_it: Vec<_> = fields.iter().filter(|other| other.oneof == Some(oneof)).collect();
            of_it[chosen % of_it.len()].number == field.number
        });
        present
    }

    fn times(&mut self, field: &Field) -> usize {
        let is_hostile = self.drawer.hits(self.percent);
        match (field.is_repeated, is_hostile) {
            (true, true) => [0, 2, 70, 1_001, 5_000][self.drawer.below(5)],
            (true, false) => self.drawer.below(4),
            // The last one counts, or all are merged.
            (false, true) if self.drawer.hits(20) => 2,
            (false, _) => 1,
        }
    }

    fn value(&mut self, message: &str, field: &Field) -> Value {
        if self.drawer.hits(self.percent) {
            self.hostile(field)
        } else {
            self.likely(message, field)
        }
    }

    fn likely(&mut self, message: &str, field: &Field) -> Value {
        match field.kind {
            Type::Message if field.of.ends_with(".Timestamp") => {
                let days = self.drawer.below(40) as i64 - 20;
                moment(self.now + days * 43_200, 0)
            }
            Type::Message => Value::Bytes(self.message(&field.of)),
            Type::Enum => {
                let numbers = self.contract.numbers(&field.of);
                Value::Varint(numbers[self.drawer.below(numbers.len())] as u64)
            }
            Type::Bool => Value::Varint(self.drawer.below(2) as u64),
            Type::String => {
                let text = self.learnt.text(&mut self.drawer, message, field);
                Value::Bytes(text.into_bytes())
            }
            Type::Bytes => Value::Bytes(Vec::new()),
            Type::Double => Value::Fixed64((self.drawer.below(50) as f64 / 10.0).to_bits()),
            _ => Value::Varint(self.drawer.below(most(&field.name)) as u64),
        }
    }

    fn hostile(&mut self, field: &Field) -> Value {
        if self.drawer.hits(6) {
            return self.of_another_type(field.number);
        }
        match field.kind {
            Type::Message
                if field.of.ends_with(".Timestamp") || field.of.ends_with(".Duration") =>
            {
                let (seconds, nanos) = values::instant(&mut self.drawer);
                moment(seconds, nanos)
            }
            Type::Message if self.drawer.hits(70) => Value::Bytes(self.message(&field.of)),
            Type::Message => Value::Bytes(Vec::new()),
            Type::String | Type::Bytes => Value::Bytes(values::text(&mut self.drawer)),
            Type::Double => Value::Fixed64(values::float(&mut self.drawer).to_bits()),
            _ if field.is_repeated => {
                let numbers = 0..self.drawer.below(5_000);
                Value::Bytes(numbers.map(|n| (n % 0x80) as u8).collect())
            }
            _ => Value::Varint(values::integer(&mut self.drawer)),
        }
    }

    /// What a decoder refuses, or skips.
    fn of_another_type(&mut self, field: u32) -> Value {
        let mut raw = Vec::new();
        match self.drawer.below(5) {
            0 => return Value::Fixed32(u32::MAX),
            1 => return Value::Varint(u64::MAX),
            2 => {
                let n_groups = [1, 99, 100, 101, 50_000][self.drawer.below(5)];
                (0..n_groups).for_each(|_| key(&mut raw, field + 900, 3));
                (0..n_groups).for_each(|_| key(&mut raw, field + 900, 4));
            }
            3 => {
                key(&mut raw, field, 2);
                varint(&mut raw, values::integer(&mut self.drawer));
            }
            // Longer than any varint, and a field of number zero.
            _ => raw.extend([[0xff; 11].as_slice(), &[0]].concat()),
        }
        Value::Raw(raw)
    }
}

/// A timestamp or a duration.
fn moment(seconds: i64, nanos: i32) -> Value {
    let mut out = Vec::new();
    put(&mut out, 1, &Value::Varint(seconds as u64));
    put(&mut out, 2, &Value::Varint(i64::from(nanos) as u64));
    Value::Bytes(out)
}

/// How many numbers are usual for a field, from nothing on.
fn most(field: &str) -> usize {
    match field {
        "page_size" => 60,
        "after_sequence" => 400,
        "source_revision" => 30,
        _ => 6,
    }
}

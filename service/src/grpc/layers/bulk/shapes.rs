//! How much memory the parts of a message take, off the contract's descriptors.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use prost::Message as _;
use prost_types::field_descriptor_proto::{Label, Type};
use prost_types::{DescriptorProto, FieldDescriptorProto, FileDescriptorProto, FileDescriptorSet};
use switchyard_proto::DESCRIPTOR_SET;

/// What a text, a list or a map takes where it stands.
const HANDLE_BYTES: u64 = 24;

/// What a number takes, or what tells whether something is there.
const WORD_BYTES: u64 = 8;

/// A message's fields by their numbers.
#[derive(Debug, Default)]
pub(super) struct Shape(BTreeMap<u32, Part>);

/// What a field adds each time it comes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Part {
    /// Of an item of a list, its bytes in memory; anything else has its room in what holds it.
    pub(super) item_bytes: u64,
    /// The message it holds.
    pub(super) inner: Option<usize>,
    /// Numbers that come packed, at worst one in a byte.
    pub(super) is_packed: bool,
}

/// Every message of the contract.
#[derive(Debug)]
pub(super) struct Shapes {
    all: Vec<Shape>,
    /// By a method's path.
    requests: BTreeMap<String, usize>,
}

impl Shapes {
    /// Those of `switchyard.v1`.
    pub(super) fn of_contract() -> &'static Self {
        static SHAPES: LazyLock<Shapes> = LazyLock::new(|| {
            let set = FileDescriptorSet::decode(DESCRIPTOR_SET);
            Reader::default().read(&set.expect("the descriptor set is made by the build"))
        });
        &SHAPES
    }

    /// What a method is sent; `None` of a method that is none of ours.
    pub(super) fn request(&self, path: &str) -> Option<usize> {
        self.requests.get(path).copied()
    }

    /// A field of a message; one that the contract lacks is skipped and takes nothing.
    pub(super) fn part(&self, message: usize, number: u32) -> Part {
        self.all[message].0.get(&number).copied().unwrap_or_default()
    }
}

#[derive(Default)]
struct Reader<'a> {
    messages: Vec<&'a DescriptorProto>,
    by_name: BTreeMap<String, usize>,
}

impl<'a> Reader<'a> {
    fn read(mut self, set: &'a FileDescriptorSet) -> Shapes {
        for file in &set.file {
            let package = format!(".{}", file.package());
            file.message_type.iter().for_each(|message| self.add(&package, message));
        }
        let all = self.messages.iter().map(|message| self.shape(message)).collect();
        let requests = set.file.iter().flat_map(|file| self.requests(file)).collect();
        Shapes { all, requests }
    }

    fn add(&mut self, within: &str, message: &'a DescriptorProto) {
        let name = format!("{within}.{}", message.name());
        message.nested_type.iter().for_each(|inner| self.add(&name, inner));
        self.by_name.insert(name, self.messages.len());
        self.messages.push(message);
    }

    fn requests(&self, file: &FileDescriptorProto) -> Vec<(String, usize)> {
        let mut requests = Vec::new();
        for service in &file.service {
            for method in &service.method {
                let path = format!("/{}.{}/{}", file.package(), service.name(), method.name());
                requests.push((path, self.by_name[method.input_type()]));
            }
        }
        requests
    }

    fn shape(&self, message: &DescriptorProto) -> Shape {
        let parts = message.field.iter().map(|field| (field.number() as u32, self.part(field)));
        Shape(parts.collect())
    }

    fn part(&self, field: &FieldDescriptorProto) -> Part {
        let is_list = field.label() == Label::Repeated;
        let inner = (field.r#type() == Type::Message).then(|| self.by_name[field.type_name()]);
        let is_number = !matches!(field.r#type(), Type::Message | Type::String | Type::Bytes);
        Part {
            item_bytes: if is_list { self.bytes_of_one(field) } else { 0 },
            inner,
            is_packed: is_list && is_number,
        }
    }

    fn bytes_of(&self, message: &DescriptorProto) -> u64 {
        let bytes_of = |field: &FieldDescriptorProto| match field.label() {
            Label::Repeated => HANDLE_BYTES,
            _ => self.bytes_of_one(field),
        };
        message.field.iter().map(bytes_of).sum::<u64>() + WORD_BYTES
    }

    fn bytes_of_one(&self, field: &FieldDescriptorProto) -> u64 {
        match field.r#type() {
            Type::Message => self.bytes_of(self.messages[self.by_name[field.type_name()]]),
            Type::String | Type::Bytes => HANDLE_BYTES,
            _ => WORD_BYTES,
        }
    }
}

#[cfg(test)]
mod tests {
    use switchyard_proto::v1 as pb;

    use super::*;

    #[track_caller]
    fn check<T>(path: &str, list: u32) {
        let shapes = Shapes::of_contract();
        let request = shapes.request(path).expect("a method");
        let told = shapes.part(request, list).item_bytes;
        let real = size_of::<T>() as u64;
        assert!((real..4 * real).contains(&told), "expected {real} and little more, got {told}");
    }

    #[test]
    fn an_item_is_told_as_large_as_it_is_and_not_much_larger() {
        check::<pb::TriageRequest>("/switchyard.v1.TriageService/BatchTriage", 1);
        check::<pb::AdoptedTicket>("/switchyard.v1.DeskService/BatchAdoptTickets", 1);
        check::<pb::KnownTicket>("/switchyard.v1.DeskService/Reconcile", 1);
        check::<pb::Agent>("/switchyard.v1.RosterService/BatchUpsertAgents", 1);
        check::<pb::Interval>("/switchyard.v1.RosterService/ReplaceShifts", 2);
        check::<i32>("/switchyard.v1.DeskService/ListTickets", 3);
    }
}

//! What may be asked: every method that is served and the fields of its messages, off the descriptors.

use std::collections::BTreeMap;

use prost::Message as _;
use prost_types::field_descriptor_proto::{Label, Type};
use prost_types::{DescriptorProto, FieldDescriptorProto, FileDescriptorProto, FileDescriptorSet};
use switchyard_proto::DESCRIPTOR_SET;

/// Everything served: the contract, health, and reflection in both versions.
const SERVED: [&[u8]; 4] = [
    DESCRIPTOR_SET,
    tonic_health::pb::FILE_DESCRIPTOR_SET,
    tonic_reflection::pb::v1::FILE_DESCRIPTOR_SET,
    tonic_reflection::pb::v1alpha::FILE_DESCRIPTOR_SET,
];

/// A method with the full names of its messages.
#[derive(Debug, Clone)]
pub(super) struct Method {
    pub(super) path: String,
    pub(super) input: String,
    pub(super) output: String,
    /// Its callers may send more than one message.
    pub(super) takes_stream: bool,
    /// It may go on for ever.
    pub(super) gives_stream: bool,
}

/// A field of a message.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) number: u32,
    pub(super) kind: Type,
    /// Of a message or an enum: its full name.
    pub(super) of: String,
    pub(super) is_repeated: bool,
    /// Which of the message's oneofs it is of.
    pub(super) oneof: Option<i32>,
}

/// Methods, messages and enums by their full names.
#[derive(Debug, Default)]
pub(super) struct Contract {
    pub(super) methods: Vec<Method>,
    messages: BTreeMap<String, Vec<Field>>,
    enums: BTreeMap<String, Vec<i32>>,
}

impl Contract {
    /// What the server serves.
    pub(super) fn served() -> Self {
        let mut contract = Self::default();
        for set in SERVED {
            let set = FileDescriptorSet::decode(set).expect("made by a build");
            set.file.iter().for_each(|file| contract.add(file));
        }
        assert!(contract.methods.len() > 40, "expected every method, got {:?}", contract.methods);
        contract
    }

    /// The fields of a message.
    pub(super) fn fields(&self, message: &str) -> &[Field] {
        self.messages.get(message).unwrap_or_else(|| panic!("expected a message, got {message}"))
    }

    /// The numbers of an enum.
    pub(super) fn numbers(&self, of: &str) -> &[i32] {
        self.enums.get(of).unwrap_or_else(|| panic!("expected an enum, got {of}"))
    }

    fn add(&mut self, file: &FileDescriptorProto) {
        let package = format!(".{}", file.package());
        file.message_type.iter().for_each(|message| self.add_message(&package, message));
        for of in &file.enum_type {
            let numbers = of.value.iter().map(prost_types::EnumValueDescriptorProto::number);
            self.enums.insert(format!("{package}.{}", of.name()), numbers.collect());
        }
        for service in &file.service {
            let of = format!("/{}.{}", file.package(), service.name());
            self.methods.extend(service.method.iter().map(|method| Method {
                path: format!("{of}/{}", method.name()),
                input: method.input_type().to_owned(),
                output: method.output_type().to_owned(),
                takes_stream: method.client_streaming(),
                gives_stream: method.server_streaming(),
            }));
        }
    }

    fn add_message(&mut self, within: &str, message: &DescriptorProto) {
        let name = format!("{within}.{}", message.name());
        message.nested_type.iter().for_each(|inner| self.add_message(&name, inner));
        for of in &message.enum_type {
            let numbers = of.value.iter().map(prost_types::EnumValueDescriptorProto::number);
            self.enums.insert(format!("{name}.{}", of.name()), numbers.collect());
        }
        self.messages.insert(name, message.field.iter().map(field).collect());
    }
}

fn field(field: &FieldDescriptorProto) -> Field {
    Field {
        name: field.name().to_owned(),
        number: field.number() as u32,
        kind: field.r#type(),
        of: field.type_name().to_owned(),
        is_repeated: field.label() == Label::Repeated,
        oneof: field.oneof_index.filter(|_| !field.proto3_optional()),
    }
}

//! Items of knowledge are kept as they came, and what is none is refused.

use std::path::Path;
use std::{env, fs};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use prost::Message as _;
use switchyard_domain::assessment::Language;
use switchyard_domain::ids::{AgentId, CategoryId, CustomerRef, ItemId};
use switchyard_domain::knowledge::{Fingerprint, Item, ItemKey, ItemKind, Remembered};
use switchyard_journal::{decode_item, decode_remembered, encode_item, encode_remembered};
use switchyard_proto::journal_v1 as pb;

use crate::samples::{agent_id, at};
use crate::strategies::{any_of, id, timestamp};

fn sample(kind: ItemKind) -> Item {
    let is_ticket = kind == ItemKind::Ticket;
    Item {
        key: ItemKey { kind, id: ItemId::new("旧-1").expect("valid") },
        title: "收到的杯子碎了".to_owned(),
        text: "The cup came in pieces.".to_owned(),
        solution: if is_ticket { "Sent another one.".to_owned() } else { String::new() },
        uri: "https://help.example/7".to_owned(),
        product: "cup".to_owned(),
        category: is_ticket.then(|| CategoryId::new("logistics.damaged").expect("valid")),
        tags: if is_ticket { vec!["fragile".to_owned()] } else { Vec::new() },
        solver: is_ticket.then(|| agent_id("li.na")),
        customer: is_ticket.then(|| CustomerRef::new("0a1b").expect("valid")),
        opened_at: at(0),
        solved_at: is_ticket.then(|| at(90)),
    }
}

#[test]
fn items_are_as_stored() {
    for kind in ItemKind::ALL {
        let item = sample(kind);
        let today = encode_item(&item);
        let name = format!("golden/v3/knowledge_{}.bin", kind.label());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        if env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, &today).expect("a writable file");
        }
        let stored = fs::read(&path).expect("a golden file");
        assert_eq!(decode_item(&stored), Ok(item));
        assert!(stored == today, "expected the bytes of {}", path.display());
    }
}

#[test]
fn what_is_no_item_is_refused() {
    let broken = |change: fn(&mut pb::KnowledgeItem)| {
        let bytes = encode_item(&sample(ItemKind::Ticket));
        let mut record = pb::KnowledgeItem::decode(&bytes[..]).expect("a valid record");
        change(&mut record);
        decode_item(&record.encode_to_vec()).expect_err("a broken record").to_string()
    };
    assert!(broken(|it| it.version = 9).contains("got 9"));
    assert!(broken(|it| it.kind = 0).contains("KnowledgeItem.kind"));
    assert!(broken(|it| it.id.clear()).contains("KnowledgeItem.id"));
    assert!(broken(|it| it.category = Some(" ".to_owned())).contains("KnowledgeItem.category"));
    assert!(broken(|it| it.solver = Some(String::new())).contains("KnowledgeItem.solver"));
    assert!(broken(|it| it.customer = Some("\n".to_owned())).contains("KnowledgeItem.customer"));
    assert!(broken(|it| it.opened_at = i64::MAX).contains("KnowledgeItem.opened_at"));
    assert!(broken(|it| it.solved_at = Some(i64::MIN)).contains("KnowledgeItem.solved_at"));
    assert!(decode_item(b"").is_err() && decode_item(b"\x08\x03\xff").is_err());
}

fn remembered() -> Remembered {
    Remembered {
        id: ItemId::new("T-1").expect("valid"),
        category: CategoryId::new("returns.refund").expect("valid"),
        customer: Some(CustomerRef::new("0a1b").expect("valid")),
        opened_at: at(7),
        fingerprint: Fingerprint {
            model_version: "default@3f2a9c".to_owned(),
            language: Language::ZhHans,
            terms: vec![(1, 2), (u64::MAX, 1)],
            vector: vec![-127, 0, 127],
        },
    }
}

#[test]
fn remembered_tickets_are_as_stored() {
    let ticket = remembered();
    let today = encode_remembered(&ticket);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/v3/remembered.bin");
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &today).expect("a writable file");
    }
    let stored = fs::read(&path).expect("a golden file");
    assert_eq!(decode_remembered(&stored), Ok(ticket));
    assert!(stored == today, "expected the bytes of {}", path.display());
}

#[test]
fn what_is_no_remembered_ticket_is_refused() {
    let broken = |change: fn(&mut pb::RememberedTicket)| {
        let bytes = encode_remembered(&remembered());
        let mut record = pb::RememberedTicket::decode(&bytes[..]).expect("a valid record");
        change(&mut record);
        decode_remembered(&record.encode_to_vec()).expect_err("a broken record").to_string()
    };
    assert!(broken(|it| it.version = 9).contains("got 9"));
    assert!(broken(|it| it.id.clear()).contains("RememberedTicket.id"));
    assert!(broken(|it| it.category.clear()).contains("RememberedTicket.category"));
    assert!(broken(|it| it.customer = Some(" ".into())).contains("RememberedTicket.customer"));
    assert!(broken(|it| it.opened_at = i64::MAX).contains("RememberedTicket.opened_at"));
    assert!(broken(|it| it.language = 0).contains("RememberedTicket.language"));
    assert!(broken(|it| it.counts.push(1)).contains("RememberedTicket.counts"));
}

fn item() -> impl Strategy<Value = Item> {
    let key = (any_of(ItemKind::ALL), id(ItemId::new));
    let texts = (any::<[String; 5]>(), vec(any::<String>(), 0..3));
    let people = (option::of(id(AgentId::new)), option::of(id(CustomerRef::new)));
    let rest = (option::of(id(CategoryId::new)), timestamp(), option::of(timestamp()));
    (key, texts, people, rest).prop_map(|((kind, id), (texts, tags), people, rest)| {
        let [title, text, solution, uri, product] = texts;
        let (category, opened_at, solved_at) = rest;
        let (solver, customer) = people;
        let key = ItemKey { kind, id };
        Item {
            key,
            title,
            text,
            solution,
            uri,
            product,
            category,
            tags,
            solver,
            customer,
            opened_at,
            solved_at,
        }
    })
}

proptest! {
    #[test]
    fn any_item_comes_back(item in item()) {
        prop_assert_eq!(decode_item(&encode_item(&item)), Ok(item));
    }

    #[test]
    fn no_bytes_panic(bytes in vec(any::<u8>(), 0..200)) {
        let _ = (decode_item(&bytes), decode_remembered(&bytes));
        let bytes = [&[0x08, 0x03], &bytes[..]].concat();
        let _ = (decode_item(&bytes), decode_remembered(&bytes));
    }
}

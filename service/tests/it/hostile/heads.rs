//! Heads of calls: tenants, deadlines, languages, and what only a broken client sends.

use http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, HeaderName, HeaderValue, TE};

use super::names::TENANTS;
use super::request::Breaks;
use crate::races::Drawer;

/// Headers in the order in which they are sent.
pub(super) type Head = Vec<(HeaderName, HeaderValue)>;

/// Tenants that are none, or that nobody has heard of.
const ODD_TENANTS: [&[u8]; 7] =
    [b"", b" ", b"a b", b"..", b"\xe7\xa7\x9f", b"\xff\xfe", b"tenant-of-nobody"];

/// Deadlines: sound, past, endless, and none at all.
const TIMEOUTS: [&str; 14] = [
    "10S",
    "99999999H",
    "99999999n",
    "0n",
    "1n",
    "1m",
    "5m",
    "-1S",
    "+1S",
    "999999999S",
    "abc",
    "",
    "S",
    "1.5S",
];

/// Languages, weighed and not.
const LANGUAGES: [&str; 6] = ["zh", "zh-CN,zh;q=0.9", "en;q=nan", ",,;;==", "zh-", "*"];

/// A head that tells the tenant, and sometimes more.
pub(super) fn usual(drawer: &mut Drawer) -> Head {
    let mut head = vec![
        (CONTENT_TYPE, HeaderValue::from_static("application/grpc")),
        (TE, HeaderValue::from_static("trailers")),
    ];
    let tenant = TENANTS[drawer.below(TENANTS.len())];
    head.push((name("switchyard-tenant"), HeaderValue::from_static(tenant)));
    if drawer.hits(30) {
        head.push((ACCEPT_LANGUAGE, value(LANGUAGES[drawer.below(LANGUAGES.len())].as_bytes())));
    }
    head
}

/// Changes a head into one that nobody should send, and tells what may come of it.
pub(super) fn spoil(drawer: &mut Drawer, head: &mut Head) -> Breaks {
    match drawer.below(10) {
        0..2 => {
            let odd = ODD_TENANTS[drawer.below(ODD_TENANTS.len())];
            set(head, "switchyard-tenant", odd);
        }
        2..5 => {
            let timeout = TIMEOUTS[drawer.below(TIMEOUTS.len())];
            set(head, "grpc-timeout", timeout.as_bytes());
        }
        5 => set(head, "traceparent", b"00-zz-\xff\xff-01-----"),
        6 => {
            let types: [&[u8]; 4] =
                [b"application/json", b"", b"application/grpc+\xff", b"application/grpc-web"];
            set(head, "content-type", types[drawer.below(types.len())]);
        }
        7 => head.extend((0..60).map(|n| (name(&format!("x-{n}-bin")), value(b"!not base64!")))),
        8 => set(head, "accept-language", "zh,".repeat(3_000).as_bytes()),
        _ => {
            set(head, "x-large", &vec![b'x'; 100_000]);
            return Breaks::Head;
        }
    }
    Breaks::Nothing
}

fn set(head: &mut Head, name: &str, to: &[u8]) {
    head.retain(|(other, _)| other != name);
    head.push((self::name(name), value(to)));
}

fn name(name: &str) -> HeaderName {
    name.parse().expect("a name of a header")
}

fn value(bytes: &[u8]) -> HeaderValue {
    HeaderValue::from_bytes(bytes).expect("no control characters")
}

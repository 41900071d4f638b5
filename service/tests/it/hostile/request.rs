//! One request, drawn: a method, a head, and frames.

use super::contract::{Contract, Method};
use super::damage::damaged;
use super::heads::{self, Head};
use super::large::List;
use super::names::Learnt;
use super::wire::framed;
use super::writing::Writer;
use crate::races::Drawer;

/// What of a call's own making may keep it from an answer of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breaks {
    Nothing,
    /// The frames are none of gRPC.
    Framing,
    /// The head is larger than any server takes.
    Head,
}

/// How its caller listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listens {
    /// To the end, or to the first messages of what has none.
    Properly,
    /// Sends no end, and goes after a moment.
    Briefly,
    /// Stays and reads nothing.
    Never,
}

/// A call to make.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) method: Method,
    pub(super) head: Head,
    pub(super) body: Vec<u8>,
    pub(super) breaks: Breaks,
    pub(super) listens: Listens,
}

/// Draws requests, all from one seed.
#[derive(Debug)]
pub(super) struct Requests {
    pub(super) contract: Contract,
    pub(super) learnt: Learnt,
    pub(super) seed: u64,
}

impl Requests {
    /// The request of a number; names that were learnt aside, the same in every run of a seed.
    pub(super) fn nth(&self, n: u64) -> Request {
        let methods = &self.contract.methods;
        // Every method comes as often as any other.
        let method = methods[(n % methods.len() as u64) as usize].clone();
        let mut writer = Writer::new(&self.contract, &self.learnt, self.drawer(n));
        let body = frames(&mut writer, &method);
        let drawer = &mut writer.drawer;
        let mut request = Request {
            method,
            head: heads::usual(drawer),
            body,
            breaks: Breaks::Nothing,
            listens: listens(drawer),
        };
        if drawer.hits(10) {
            request.breaks = heads::spoil(drawer, &mut request.head);
        }
        if drawer.hits(3) {
            break_framing(drawer, &mut request);
        }
        request
    }

    /// A sound call but for the length of a list.
    pub(super) fn long(&self, n: u64, list: &List) -> Request {
        let mut drawer = self.drawer(n);
        Request {
            method: list.method.clone(),
            head: heads::usual(&mut drawer),
            body: framed(&list.fill(&self.contract, &mut drawer)),
            breaks: Breaks::Nothing,
            listens: Listens::Properly,
        }
    }

    fn drawer(&self, n: u64) -> Drawer {
        Drawer::new(self.seed ^ n.wrapping_mul(0x2545_f491_4f6c_dd1d))
    }
}

fn frames(writer: &mut Writer<'_>, method: &Method) -> Vec<u8> {
    let n_messages = if method.takes_stream { writer.drawer.below(6) } else { 1 };
    (0..n_messages).flat_map(|_| framed(&message(writer, &method.input))).collect()
}

/// Half of them as a sound client sends them, so that they change something.
fn message(writer: &mut Writer<'_>, name: &str) -> Vec<u8> {
    writer.percent = [0, 0, 0, 0, 0, 3, 3, 12, 40, 12][writer.drawer.below(10)];
    let message = writer.message(name);
    if writer.drawer.hits(15) { damaged(&mut writer.drawer, message) } else { message }
}

fn listens(drawer: &mut Drawer) -> Listens {
    match drawer.below(20) {
        0 => Listens::Briefly,
        1 => Listens::Never,
        _ => Listens::Properly,
    }
}

fn break_framing(drawer: &mut Drawer, request: &mut Request) {
    request.breaks = Breaks::Framing;
    let body = &mut request.body;
    match drawer.below(6) {
        0 => body.clear(),
        1 => body.truncate(drawer.below(body.len().max(1))),
        2 => body.extend(framed(b"")),
        3 => body.splice(..0, [1, 0, 0, 0, 0]).for_each(drop),
        4 => body.splice(..0, [7]).for_each(drop),
        _ => body.splice(..0, [0, 0xff, 0xff, 0xff, 0xff]).for_each(drop),
    }
}

//! One history on the desk and on the model; where they part, the shortest history that parts them.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use switchyard_domain::desk::{Action, Desk, Refusal};

use crate::compare;
use crate::histories::{History, Step};
use crate::model::Model;

/// How often a desk is brought back from its snapshot, and its history folded again.
const RESTORED_EVERY: usize = 7;

thread_local! {
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Where a history parted the desk from the model.
#[derive(Debug, Clone)]
pub(crate) struct Parting {
    pub(crate) step: usize,
    pub(crate) why: String,
}

/// Panics are findings here: kept, not printed.
pub(crate) fn keep_panics() {
    std::panic::set_hook(Box::new(|panic| {
        LAST_PANIC.with(|last| *last.borrow_mut() = panic.to_string());
    }));
}

/// Runs a history; `Err` tells where desk and model part.
pub(crate) fn run(history: &History) -> Result<(), Parting> {
    let mut step = 0;
    let ran = catch_unwind(AssertUnwindSafe(|| side_by_side(history, &mut step)));
    ran.map_err(|_| Parting { step, why: LAST_PANIC.with(|last| last.borrow().clone()) })
}

fn side_by_side(history: &History, step: &mut usize) {
    let mut desk = Desk::new(history.policy.clone());
    let mut model = Model::new(history.policy.clone());
    let mut twin = desk.clone();
    for (n, Step { at, action }) in history.steps.iter().enumerate() {
        *step = n;
        let before = desk.clone();
        let outcome = desk.handle(action.clone(), *at);
        let events = outcome.as_deref().unwrap_or_default();
        for event in events {
            twin.apply(event, *at);
        }
        let wanted = model.step(action, *at, events);
        assert_eq!(refusal(&outcome), refusal(&wanted), "refused");
        compare::alike(&desk, &model);
        compare::versions_tell(before.cases(), &desk);
        match action {
            Action::Reconcile(known) => compare::is_mended(&desk, known, *at),
            _ if outcome.is_err() => assert_eq!(desk.snapshot(), before.snapshot(), "a trace"),
            _ => {}
        }
        if n % RESTORED_EVERY == 0 || n + 1 == history.steps.len() {
            let restored = Desk::restore(desk.snapshot());
            assert_eq!(restored.snapshot(), desk.snapshot(), "a restored desk");
            assert_eq!(twin.snapshot(), desk.snapshot(), "events folded again");
            compare::alike(&restored, &model);
        }
    }
}

fn refusal<T>(outcome: &Result<T, Refusal>) -> Option<&Refusal> {
    outcome.as_ref().err()
}

/// The shortest history found that parts them: steps are left out for as long as it still does.
pub(crate) fn shrunk(history: &History, parting: &Parting) -> (History, Parting) {
    let mut found = (history.clone(), parting.clone());
    found.0.steps.truncate(parting.step + 1);
    let mut chunk = found.0.steps.len() / 2;
    while chunk > 0 {
        let mut from = 0;
        while from < found.0.steps.len() {
            let mut shorter = found.0.clone();
            shorter.steps.drain(from..(from + chunk).min(found.0.steps.len()));
            match run(&shorter) {
                Err(parting) => found = (shorter, parting),
                Ok(()) => from += chunk,
            }
        }
        chunk /= 2;
    }
    found
}

//! The three promises of a ticket where every hour counts, in milliseconds since the epoch.

use switchyard_domain::sla::{Clock, Clocks};
use switchyard_domain::time::{Span, Timestamp};

/// One promise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Promise {
    None,
    Runs { whole: i64, due: i64 },
    Stands { whole: i64, left: i64 },
    Kept { at: i64, in_time: bool },
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Promises {
    pub(crate) first: Promise,
    pub(crate) next: Promise,
    pub(crate) solved: Promise,
}

/// What a ticket is promised: first response, next response, resolution; and its last instant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms {
    pub(crate) targets: Option<[i64; 3]>,
    pub(crate) hard: Option<i64>,
}

use Promise::{Kept, None as Nothing, Runs, Stands};

impl Promise {
    fn of(target: Option<i64>, from: i64) -> Self {
        target.map_or(Nothing, |whole| Runs { whole, due: from + whole })
    }

    fn due(self) -> Option<i64> {
        if let Runs { due, .. } = self { Some(due) } else { None }
    }

    fn kept(self, at: i64) -> Self {
        match self {
            Runs { due, .. } => Kept { at, in_time: at <= due },
            Stands { left, .. } => Kept { at, in_time: left >= 0 },
            Nothing | Kept { .. } => self,
        }
    }

    /// Time left stays left, up to the whole; what was broken stays broken by as much.
    pub(crate) fn stopped(self, at: i64) -> Self {
        match self {
            Runs { whole, due } => Stands { whole, left: (due - at).min(whole) },
            Nothing | Stands { .. } | Kept { .. } => self,
        }
    }

    fn goes_on(self, at: i64) -> Self {
        match self {
            Stands { whole, left } => Runs { whole, due: at + left },
            Nothing | Runs { .. } | Kept { .. } => self,
        }
    }

    fn at_most(self, hard: Option<i64>) -> Self {
        match (self, hard) {
            (Runs { whole, due }, Some(hard)) => Runs { whole, due: due.min(hard) },
            _ => self,
        }
    }

    /// Another promise takes the place of one that is not kept yet.
    fn anew(self, was: Self, fresh: Self) -> Self {
        let is_kept = matches!(self, Kept { .. });
        if is_kept || was == fresh { self } else { fresh }
    }

    fn ended(self) -> Self {
        if matches!(self, Kept { .. }) { self } else { Nothing }
    }

    fn sooner(self, other: Self) -> Self {
        match (self, other) {
            (Runs { due, .. }, Runs { due: other_due, .. }) if other_due < due => other,
            (Nothing, Runs { .. }) => other,
            _ => self,
        }
    }
}

impl Promises {
    pub(crate) fn opened(terms: &Terms, at: i64) -> Self {
        let first = Promise::of(terms.targets.map(|t| t[0]), at);
        Self { first, next: Nothing, solved: terms.solution(at) }
    }

    /// The earliest reply is the first one, whenever it is heard of; a promise is not broken by it
    /// unless it came after what was promised at the opening.
    pub(crate) fn replied(self, opened: &Self, at: i64) -> Self {
        let first = match self.first {
            Nothing => Kept { at, in_time: true },
            Kept { at: later, in_time } if at < later => {
                let breaks = opened.first.due().is_some_and(|due| due < at);
                Kept { at, in_time: in_time || !breaks }
            }
            first => first.kept(at),
        };
        Self { first, next: self.next.ended(), ..self }
    }

    /// A reply to what was said before the customer's latest message.
    pub(crate) fn replied_before(self, opened: &Self, at: i64) -> Self {
        Self { next: self.next, ..self.replied(opened, at) }
    }

    pub(crate) fn asked(self, terms: &Terms, at: i64) -> Self {
        let is_due =
            matches!(self.next, Nothing | Kept { .. }) && matches!(self.first, Kept { .. });
        let next = Promise::of(terms.targets.map(|t| t[1]), at);
        if is_due { Self { next, ..self } } else { self }
    }

    pub(crate) fn held(self, at: i64) -> Self {
        Self { next: self.next.stopped(at), solved: self.solved.stopped(at), ..self }
    }

    pub(crate) fn resumed(self, terms: &Terms, at: i64) -> Self {
        let solved = self.solved.goes_on(at).at_most(terms.hard);
        Self { next: self.next.goes_on(at), solved, ..self }
    }

    pub(crate) fn solved(self, at: i64) -> Self {
        Self { first: self.first.kept(at), next: Nothing, solved: self.solved.kept(at) }
    }

    pub(crate) fn without_verdict(self) -> Self {
        Self { first: self.first.ended(), next: Nothing, solved: self.solved.ended() }
    }

    pub(crate) fn cancelled() -> Self {
        Self { first: Nothing, next: Nothing, solved: Nothing }
    }

    pub(crate) fn reopened(self, terms: &Terms, at: i64) -> Self {
        let fresh = Self::opened(terms, at);
        let first = if self.first == Nothing { fresh.first } else { self.first };
        Self { first, solved: fresh.solved, ..self }
    }

    /// Whoever waits for an answer in the other ticket waits for one here.
    pub(crate) fn absorbed(self, other: Self) -> Self {
        let answer = other.first.sooner(other.next);
        let solved = self.solved.sooner(other.solved);
        if matches!(self.first, Kept { .. }) {
            Self { next: self.next.sooner(answer), solved, ..self }
        } else {
            Self { first: self.first.sooner(answer), solved, ..self }
        }
    }

    /// Promises made again: a resolution that was paused or begun anew keeps its own time.
    pub(crate) fn anew(self, was: Self, fresh: Self, hard: Option<i64>) -> Self {
        let has_own_time = self.solved != Nothing && self.solved != was.solved;
        let by_target = fresh.solved.due().is_some_and(|due| Some(due) != hard);
        let solved = if has_own_time && by_target {
            self.solved.at_most(hard)
        } else {
            self.solved.anew(was.solved, fresh.solved)
        };
        Self { first: self.first.anew(was.first, fresh.first), solved, ..self }
    }

    /// As the domain writes it.
    pub(crate) fn clocks(self) -> Clocks {
        Clocks {
            first_response: clock(self.first),
            next_response: clock(self.next),
            resolution: clock(self.solved),
        }
    }
}

impl Terms {
    fn solution(&self, at: i64) -> Promise {
        let by_target = Promise::of(self.targets.map(|t| t[2]), at);
        match self.hard {
            Some(due) if by_target.due().is_none_or(|target| due < target) => {
                Runs { whole: (due - at).max(0), due }
            }
            _ => by_target,
        }
    }
}

fn clock(promise: Promise) -> Clock {
    let (span, instant) = (Span::from_millis, Timestamp::from_millis);
    match promise {
        Nothing => Clock::Idle,
        Runs { whole, due } => Clock::Running { target: span(whole), due: instant(due) },
        Stands { whole, left } => Clock::Paused { target: span(whole), left: span(left) },
        Kept { at, in_time } => Clock::Met { at: instant(at), in_time },
    }
}

//! How a ticket's promises press: towards its priority, and the nearest due time.

use super::{Clock, Clocks};
use crate::time::Timestamp;

impl Clocks {
    /// How near the nearest deadline is: 0 until half of its time is left, 1000 at and after it.
    pub fn pressure_permille(&self, now: Timestamp) -> i64 {
        [self.first_response, self.next_response, self.resolution]
            .into_iter()
            .map(|clock| pressure(clock, now))
            .max()
            .unwrap_or(0)
    }

    /// The nearest due time of the running clocks.
    pub fn next_due(&self) -> Option<Timestamp> {
        [self.first_response, self.next_response, self.resolution]
            .into_iter()
            .filter_map(Clock::due)
            .min()
    }
}

/// Wall time against the target: cheap enough for every ticket of a queue.
fn pressure(clock: Clock, now: Timestamp) -> i64 {
    let Clock::Running { target, due } = clock else {
        return 0;
    };
    let half = (target.millis() / 2).max(1);
    let left = (due - now).millis().clamp(0, half);
    1_000 - (i128::from(left) * 1_000 / i128::from(half)) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::time::Span;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_millis(1_780_000_000_000) + Span::from_minutes(minute)
    }

    fn due_after(minutes: i64) -> Clock {
        Clock::start(Span::from_minutes(minutes), at(0), Calendar::wall_time())
    }

    #[test]
    fn pressure_rises_in_the_second_half_and_saturates() {
        let clocks = Clocks { resolution: due_after(60), ..Clocks::IDLE };
        let pressures = [0, 30, 45, 60, 600].map(|minute| clocks.pressure_permille(at(minute)));
        assert_eq!(pressures, [0, 0, 500, 1_000, 1_000]);
    }

    #[test]
    fn the_nearest_deadline_presses_and_only_while_its_clock_runs() {
        let clocks =
            Clocks { first_response: due_after(20), resolution: due_after(60), ..Clocks::IDLE };
        assert_eq!((clocks.pressure_permille(at(15)), clocks.next_due()), (500, Some(at(20))));
        let replied = clocks.replied(Clock::Idle, at(15));
        assert_eq!((replied.pressure_permille(at(15)), replied.next_due()), (0, Some(at(60))));
        assert_eq!((Clocks::IDLE.pressure_permille(at(15)), Clocks::IDLE.next_due()), (0, None));
    }
}

//! Promises as they stand.

use switchyard_domain::sla::{Clock, Clocks};
use switchyard_domain::time::Span;
use switchyard_proto::journal_v1 as pb;
use switchyard_proto::journal_v1::clock::{Met, Paused, Running, State};

use crate::DecodeError;
use crate::scalar::{required, timestamp};

pub(crate) fn to_record(clocks: &Clocks) -> pb::Clocks {
    pb::Clocks {
        first_response: clock_to_record(clocks.first_response),
        next_response: clock_to_record(clocks.next_response),
        resolution: clock_to_record(clocks.resolution),
    }
}

pub(crate) fn from_record(record: pb::Clocks) -> Result<Clocks, DecodeError> {
    Ok(Clocks {
        first_response: clock_from_record(record.first_response)?,
        next_response: clock_from_record(record.next_response)?,
        resolution: clock_from_record(record.resolution)?,
    })
}

fn clock_to_record(clock: Clock) -> Option<pb::Clock> {
    let state = match clock {
        Clock::Idle => return None,
        Clock::Running { target, due } => {
            State::Running(Running { target: target.millis(), due: due.millis() })
        }
        Clock::Paused { target, left } => {
            State::Paused(Paused { target: target.millis(), left: left.millis() })
        }
        Clock::Met { at, in_time } => State::Met(Met { at: at.millis(), in_time }),
    };
    Some(pb::Clock { state: Some(state) })
}

fn clock_from_record(record: Option<pb::Clock>) -> Result<Clock, DecodeError> {
    let Some(record) = record else {
        return Ok(Clock::Idle);
    };
    match required(record.state, "Clock.state")? {
        State::Running(Running { target, due }) => Ok(Clock::Running {
            target: Span::from_millis(target),
            due: timestamp(due, "Clock.Running.due")?,
        }),
        State::Paused(Paused { target, left }) => {
            Ok(Clock::Paused { target: Span::from_millis(target), left: Span::from_millis(left) })
        }
        State::Met(Met { at, in_time }) => {
            Ok(Clock::Met { at: timestamp(at, "Clock.Met.at")?, in_time })
        }
    }
}

//! When an agent works.

use std::collections::BTreeSet;

use switchyard_domain::hours::{Interval, Opening, WeeklyHours};
use switchyard_domain::schedule::{Rota, Schedule};
use switchyard_domain::time::{UnknownZone, Zone};
use switchyard_domain::{Date, Weekday};
use switchyard_proto::journal_v1 as pb;
use switchyard_proto::journal_v1::schedule::Kind;

use crate::DecodeError;
use crate::scalar::{required, timestamp};

/// A schedule's record; one that is always on has none.
pub(crate) fn to_record(schedule: &Schedule) -> Option<pb::Schedule> {
    let kind = match schedule {
        Schedule::Always => return None,
        Schedule::Rota(rota) => Kind::Rota(rota_to_record(rota)),
        Schedule::Dated(shifts) => {
            Kind::Dated(pb::DatedShifts { shifts: shifts_to_record(shifts) })
        }
    };
    Some(pb::Schedule { kind: Some(kind) })
}

pub(crate) fn from_record(record: Option<pb::Schedule>) -> Result<Schedule, DecodeError> {
    let Some(record) = record else {
        return Ok(Schedule::Always);
    };
    match required(record.kind, "Schedule.kind")? {
        Kind::Rota(rota) => rota_from_record(&rota).map(Schedule::Rota),
        Kind::Dated(dated) => shifts_from_record(&dated.shifts).map(Schedule::Dated),
    }
}

pub(crate) fn shifts_to_record(shifts: &[Interval]) -> Vec<pb::Interval> {
    let shift =
        |shift: &Interval| pb::Interval { start: shift.start.millis(), end: shift.end.millis() };
    shifts.iter().map(shift).collect()
}

pub(crate) fn shifts_from_record(records: &[pb::Interval]) -> Result<Vec<Interval>, DecodeError> {
    let shift = |record: &pb::Interval| {
        let start = timestamp(record.start, "Interval.start")?;
        Ok(Interval { start, end: timestamp(record.end, "Interval.end")? })
    };
    records.iter().map(shift).collect()
}

fn rota_to_record(rota: &Rota) -> pb::Rota {
    pb::Rota {
        zone: rota.zone.name().to_owned(),
        openings: weekly_to_record(&rota.weekly),
        days_off: rota.days_off.iter().copied().map(date_to_record).collect(),
    }
}

fn rota_from_record(record: &pb::Rota) -> Result<Rota, DecodeError> {
    let zone =
        Zone::named(&record.zone).map_err(|UnknownZone(got)| DecodeError::UnknownZone { got })?;
    let days_off = record.days_off.iter().copied().map(date_from_record);
    Ok(Rota {
        zone,
        weekly: weekly_from_record(&record.openings)?,
        days_off: days_off.collect::<Result<BTreeSet<_>, _>>()?,
    })
}

fn weekly_to_record(weekly: &WeeklyHours) -> Vec<pb::WeeklyOpening> {
    let opening = |day: Weekday, opening: Opening| pb::WeeklyOpening {
        weekday: day.to_monday_one_offset() as u32,
        start_minute: opening.start_minute().into(),
        end_minute: opening.end_minute().into(),
    };
    let week = Weekday::Monday.cycle_forward().take(7);
    week.flat_map(|day| weekly.on(day).iter().map(move |&of_day| opening(day, of_day))).collect()
}

fn weekly_from_record(records: &[pb::WeeklyOpening]) -> Result<WeeklyHours, DecodeError> {
    let mut weekly = WeeklyHours::default();
    for record in records {
        weekly.open(weekday_from_record(record.weekday)?, opening_from_record(record)?);
    }
    Ok(weekly)
}

fn weekday_from_record(number: u32) -> Result<Weekday, DecodeError> {
    let weekday = i8::try_from(number).ok().map(Weekday::from_monday_one_offset);
    weekday.and_then(Result::ok).ok_or(DecodeError::OutOfRange {
        field: "WeeklyOpening.weekday",
        expected: "in 1..=7",
        got: number.into(),
    })
}

fn opening_from_record(record: &pb::WeeklyOpening) -> Result<Opening, DecodeError> {
    let minute = |minute: u32| u16::try_from(minute).ok();
    let opening = minute(record.start_minute)
        .zip(minute(record.end_minute))
        .and_then(|(start, end)| Opening::from_minutes(start, end));
    opening.ok_or(DecodeError::NotAnOpening {
        start_minute: record.start_minute,
        end_minute: record.end_minute,
    })
}

/// The decimal number yyyymmdd.
fn date_to_record(date: Date) -> i32 {
    i32::from(date.year()) * 10_000 + i32::from(date.month()) * 100 + i32::from(date.day())
}

fn date_from_record(number: i32) -> Result<Date, DecodeError> {
    let (year, rest) = (number.div_euclid(10_000), number.rem_euclid(10_000));
    let (month, day) = ((rest / 100) as i8, (rest % 100) as i8);
    let date = i16::try_from(year).ok().and_then(|year| Date::new(year, month, day).ok());
    date.ok_or(DecodeError::OutOfRange {
        field: "Rota.days_off",
        expected: "a date as yyyymmdd",
        got: number.into(),
    })
}

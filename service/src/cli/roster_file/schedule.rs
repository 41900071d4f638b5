//! An agent's weekly shifts and days off.

use std::collections::BTreeSet;

use anyhow::{Context as _, anyhow, ensure};
use switchyard_domain::Date;
use switchyard_domain::hours::{Opening, WeeklyHours, weekday};
use switchyard_domain::schedule::{Rota, Schedule};
use switchyard_domain::time::Zone;

use super::raw::{RawAgent, RawShift};

/// A weekly rota, or without shifts none: then presence alone decides.
pub(super) fn schedule(raw: &RawAgent) -> anyhow::Result<Schedule> {
    if raw.shifts.is_empty() {
        ensure!(raw.days_off.is_empty(), "days_off: expected shifts beside them, got none");
        return Ok(Schedule::Always);
    }
    let zone = raw.time_zone.as_deref();
    let zone = zone.context("time_zone: expected one beside shifts, got none")?;
    let zone = Zone::named(zone).context("time_zone")?;
    let mut weekly = WeeklyHours::default();
    for (i, shift) in raw.shifts.iter().enumerate() {
        open(&mut weekly, shift).with_context(|| format!("shifts[{i}]"))?;
    }
    Ok(Schedule::Rota(Rota { zone, weekly, days_off: days_off(&raw.days_off)? }))
}

fn open(weekly: &mut WeeklyHours, shift: &RawShift) -> anyhow::Result<()> {
    let opening = Opening::parse(&shift.start, &shift.end)?;
    ensure!(!shift.days.is_empty(), "days: expected at least one of mon to sun, got none");
    for name in &shift.days {
        let wrong = || anyhow!("days: expected mon, tue, wed, thu, fri, sat or sun, got {name:?}");
        weekly.open(weekday(name).ok_or_else(wrong)?, opening);
    }
    Ok(())
}

fn days_off(raw: &[String]) -> anyhow::Result<BTreeSet<Date>> {
    let date = |text: &String| {
        let date = text.parse::<Date>();
        date.map_err(|_| anyhow!("days_off: expected a date such as 2026-10-01, got {text:?}"))
    };
    raw.iter().map(date).collect()
}

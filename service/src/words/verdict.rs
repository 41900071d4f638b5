//! What the desk found of one agent, in a sentence.

use switchyard_domain::routing::{Exclusion, Verdict};
use switchyard_domain::skill::Requirement;
use switchyard_domain::time::Timestamp;

use super::{cost_name, exclusion_name, minute, units};
use crate::lang::Lang;

/// One agent's verdict in a sentence.
pub fn verdict(verdict: &Verdict, asked: &[Requirement], lang: Lang) -> String {
    match verdict {
        Verdict::Eligible(cost) => {
            let parts = cost.parts().filter(|(_, cost)| *cost != 0);
            let parts =
                parts.map(|(part, cost)| format!("{} {}", cost_name(part, lang), units(cost)));
            let parts: Vec<_> = parts.collect();
            let sum = units(cost.total());
            match lang {
                Lang::Zh => format!("合适，成本 {sum}（{}）", parts.join("，")),
                Lang::En => format!("eligible at {sum} ({})", parts.join(", ")),
            }
        }
        Verdict::Excluded(exclusion) => excluded(*exclusion, asked, lang),
    }
}

fn excluded(exclusion: Exclusion, asked: &[Requirement], lang: Lang) -> String {
    let name = exclusion_name(exclusion.label(), lang);
    let detail = match exclusion {
        Exclusion::OffShift { starts } if starts < Timestamp::MAX => match lang {
            Lang::Zh => format!("下一班 {}", minute(starts)),
            Lang::En => format!("next shift {}", minute(starts)),
        },
        Exclusion::ShiftEnding { left } => {
            let minutes = left.millis() / 60_000;
            match lang {
                Lang::Zh => format!("还剩 {minutes} 分钟"),
                Lang::En => format!("{minutes} minutes left"),
            }
        }
        Exclusion::SkillMissing { requirement } => skill(asked, requirement).0,
        Exclusion::SkillTooLow { requirement, held } => {
            let (skill, needed) = skill(asked, requirement);
            match lang {
                Lang::Zh => format!("{skill} {held} 级，需要 {needed} 级"),
                Lang::En => format!("{skill} at {held}, {needed} required"),
            }
        }
        Exclusion::AtCapacity { room } | Exclusion::ChannelAtCapacity { room } => match lang {
            Lang::Zh => format!("还剩 {} 单位", room.units()),
            Lang::En => format!("{} units left", room.units()),
        },
        Exclusion::ExcludedByCaller
        | Exclusion::OtherTeam
        | Exclusion::IntakePaused
        | Exclusion::Away
        | Exclusion::Offline
        | Exclusion::OffShift { .. }
        | Exclusion::Language => String::new(),
    };
    if detail.is_empty() {
        return name.to_owned();
    }
    match lang {
        Lang::Zh => format!("{name}（{detail}）"),
        Lang::En => format!("{name} ({detail})"),
    }
}

fn skill(asked: &[Requirement], place: u8) -> (String, u8) {
    match asked.get(usize::from(place)) {
        Some(requirement) => (requirement.skill.to_string(), requirement.min_level.get()),
        None => (String::new(), 0),
    }
}

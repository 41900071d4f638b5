//! Decisions in sentences that a person can read, in Chinese and English.

use switchyard_datasets::taxonomy::{Category, Taxonomy};
use switchyard_domain::assessment::{AbstainReason, Language, Mode, Sentiment, Signal, Urgency};
use switchyard_domain::desk::Decision;
use switchyard_domain::desk::event::Outcome;
use switchyard_domain::routing::{CostPart, Exclusion, Ranking, Verdict};
use switchyard_domain::skill::Requirement;
use switchyard_domain::time::Timestamp;

use crate::lang::Lang;

/// What came of a decision and why, in a sentence.
pub fn summary(decision: &Decision, lang: Lang) -> String {
    let ranking = &decision.ranking;
    match (&decision.outcome, lang) {
        (Outcome::Assigned(agent), Lang::Zh) => format!("分配给 {agent}：{}", why(ranking, lang)),
        (Outcome::Assigned(agent), Lang::En) => {
            format!("assigned to {agent}: {}", why(ranking, lang))
        }
        (Outcome::Queued, Lang::Zh) => format!("排队等待，暂无合适坐席：{}", tally(ranking, lang)),
        (Outcome::Queued, Lang::En) => {
            format!("queued, nobody is eligible: {}", tally(ranking, lang))
        }
        (Outcome::Kept(agent), Lang::Zh) => {
            format!("仍由 {agent} 处理；建议：{}", why(ranking, lang))
        }
        (Outcome::Kept(agent), Lang::En) => {
            format!("stays with {agent}; suggestion: {}", why(ranking, lang))
        }
        (Outcome::Advised(Some(agent)), Lang::Zh) => {
            format!("建议 {agent}：{}", why(ranking, lang))
        }
        (Outcome::Advised(Some(agent)), Lang::En) => {
            format!("would go to {agent}: {}", why(ranking, lang))
        }
        (Outcome::Advised(None), Lang::Zh) => format!("建议排队：{}", tally(ranking, lang)),
        (Outcome::Advised(None), Lang::En) => format!("would wait: {}", tally(ranking, lang)),
    }
}

/// Why the first candidate is the best of the eligible.
fn why(ranking: &Ranking, lang: Lang) -> String {
    let n = ranking.n_eligible;
    match (ranking.candidates.as_slice(), lang) {
        ([], _) => tally(ranking, lang),
        ([_], Lang::Zh) => "唯一合适的坐席".to_owned(),
        ([_], Lang::En) => "the only eligible agent".to_owned(),
        ([best, next, ..], lang) => {
            let is_level = best.cost.total() == next.cost.total();
            let (cost, other) = (units(best.cost.total()), units(next.cost.total()));
            let runner_up = &next.agent;
            match lang {
                Lang::Zh if is_level => {
                    format!("{n} 位合适坐席中成本最低 {cost}，与 {runner_up} 持平，等候最久者优先")
                }
                Lang::En if is_level => format!(
                    "least cost {cost} of {n} eligible, level with {runner_up}, idle the longest"
                ),
                Lang::Zh => format!("{n} 位合适坐席中成本最低 {cost}，其次 {runner_up} {other}"),
                Lang::En => format!("least cost {cost} of {n} eligible, next {runner_up} {other}"),
            }
        }
    }
}

fn tally(ranking: &Ranking, lang: Lang) -> String {
    let parts: Vec<String> = (ranking.excluded.iter())
        .map(|(label, count)| format!("{} {count}", exclusion_name(label, lang)))
        .collect();
    if parts.is_empty() {
        return lang.pick("没有坐席", "there are no agents").to_owned();
    }
    parts.join(lang.pick("，", ", "))
}

/// The name of a filter by its label.
pub fn exclusion_name(label: &str, lang: Lang) -> &'static str {
    let (zh, en) = match label {
        "EXCLUDED_BY_CALLER" => ("被请求排除", "excluded by the caller"),
        "OTHER_TEAM" => ("属于其他团队", "in other teams"),
        "AWAY" => ("暂离", "away"),
        "OFFLINE" => ("离线", "offline"),
        "OFF_SHIFT" => ("不在班", "off shift"),
        "SHIFT_ENDING" => ("即将下班", "shift ending"),
        "LANGUAGE" => ("语言不符", "other language"),
        "SKILL_MISSING" => ("缺少技能", "missing a skill"),
        "SKILL_TOO_LOW" => ("技能等级不足", "skill too low"),
        "AT_CAPACITY" => ("容量已满", "at capacity"),
        "CHANNEL_AT_CAPACITY" => ("渠道容量已满", "channel at capacity"),
        _ => ("其他原因", "another reason"),
    };
    lang.pick(zh, en)
}

/// The name of a cost part.
pub fn cost_name(part: CostPart, lang: Lang) -> &'static str {
    let (zh, en) = match part {
        CostPart::SkillFit => ("技能匹配", "skill fit"),
        CostPart::OverQualification => ("大材小用", "over-qualification"),
        CostPart::Affinity => ("熟客优先", "affinity"),
        CostPart::Load => ("负载", "load"),
        CostPart::Distance => ("距离", "distance"),
        CostPart::Seniority => ("资历", "seniority"),
    };
    lang.pick(zh, en)
}

/// The name of a mood.
pub fn sentiment_name(sentiment: Sentiment, lang: Lang) -> &'static str {
    let (zh, en) = match sentiment {
        Sentiment::VeryNegative => ("非常负面", "very negative"),
        Sentiment::Negative => ("负面", "negative"),
        Sentiment::Neutral => ("中性", "neutral"),
        Sentiment::Positive => ("正面", "positive"),
        Sentiment::VeryPositive => ("非常正面", "very positive"),
    };
    lang.pick(zh, en)
}

/// The name of an urgency.
pub fn urgency_name(urgency: Urgency, lang: Lang) -> &'static str {
    let (zh, en) = match urgency {
        Urgency::Low => ("低", "low"),
        Urgency::Normal => ("普通", "normal"),
        Urgency::High => ("高", "high"),
        Urgency::Critical => ("危急", "critical"),
    };
    lang.pick(zh, en)
}

/// The name of a text's language.
pub fn language_name(language: Language, lang: Lang) -> &'static str {
    let (zh, en) = match language {
        Language::ZhHans => ("简体中文", "Simplified Chinese"),
        Language::ZhHant => ("繁体中文", "Traditional Chinese"),
        Language::En => ("英文", "English"),
        Language::Mixed => ("中英混合", "Chinese and English"),
        Language::Und => ("语言不明", "unknown language"),
    };
    lang.pick(zh, en)
}

/// The name of a category; of one the taxonomy lacks its id.
pub fn category_name<'a>(taxonomy: &'a Taxonomy, id: &'a str, lang: Lang) -> &'a str {
    let name = |known: &'a Category| lang.pick(&known.name_zh, &known.name_en);
    taxonomy.category(id).map_or(id, name)
}

/// The label of a mode, for programs.
pub fn mode_label(mode: Mode) -> &'static str {
    match mode {
        Mode::Auto => "AUTO",
        Mode::Suggest => "SUGGEST",
        Mode::Abstain(_) => "ABSTAIN",
    }
}

/// The label of the reason where there is no judgement, for programs.
pub fn abstain_label(mode: Mode) -> Option<&'static str> {
    let Mode::Abstain(reason) = mode else { return None };
    Some(match reason {
        AbstainReason::LowConfidence => "LOW_CONFIDENCE",
        AbstainReason::OutOfScope => "OUT_OF_SCOPE",
        AbstainReason::NeedsAttachment => "NEEDS_ATTACHMENT",
        AbstainReason::UnknownLanguage => "UNKNOWN_LANGUAGE",
    })
}

/// The name of a mode.
pub fn mode_name(mode: Mode, lang: Lang) -> &'static str {
    let (zh, en) = match mode {
        Mode::Auto => ("自动", "auto"),
        Mode::Suggest => ("建议", "suggest"),
        Mode::Abstain(_) => ("存疑", "abstain"),
    };
    lang.pick(zh, en)
}

/// The name of a reason for no judgement.
pub fn abstain_name(reason: AbstainReason, lang: Lang) -> &'static str {
    let (zh, en) = match reason {
        AbstainReason::LowConfidence => ("把握不足", "too unsure"),
        AbstainReason::OutOfScope => ("超出范围", "out of scope"),
        AbstainReason::NeedsAttachment => ("需要附件", "needs the attachment"),
        AbstainReason::UnknownLanguage => ("语言不明", "unknown language"),
    };
    lang.pick(zh, en)
}

/// The name of a signal.
pub fn signal_name(signal: Signal, lang: Lang) -> &'static str {
    let (zh, en) = match signal {
        Signal::SafetyHazard => ("安全隐患", "safety hazard"),
        Signal::LegalThreat => ("法律威胁", "legal threat"),
        Signal::ChurnThreat => ("流失风险", "churn threat"),
        Signal::RepeatContact => ("重复来访", "repeat contact"),
        Signal::VipMention => ("自称重要客户", "VIP mention"),
        Signal::Abuse => ("辱骂", "abuse"),
    };
    lang.pick(zh, en)
}

/// The name of a part of the priority by its label.
pub fn part_name(label: &str, lang: Lang) -> &str {
    let (zh, en) = match label {
        "urgency" => ("紧急", "urgency"),
        "sentiment" => ("情绪", "mood"),
        "tier" => ("客户等级", "tier"),
        "category" => ("类别", "category"),
        "signals" => ("信号", "signals"),
        "repeat_contact" => ("重复来访", "repeat contact"),
        "history" => ("历史", "history"),
        "slack" => ("时限临近", "deadline"),
        "age" => ("等待", "age"),
        other => (other, other),
    };
    lang.pick(zh, en)
}

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
            Lang::Zh => format!("下一班 {starts}"),
            Lang::En => format!("next shift {starts}"),
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

/// Thousandths as units with up to three decimals.
pub fn units(milli: i32) -> f64 {
    f64::from(milli) / 1_000.0
}

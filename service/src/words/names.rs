//! Names of single things, in Chinese and English.

use switchyard_datasets::taxonomy::{Category, Taxonomy};
use switchyard_domain::assessment::{AbstainReason, Language, Mode, Sentiment, Signal, Urgency};
use switchyard_domain::routing::CostPart;

use crate::lang::Lang;

/// The name of a filter by its label.
pub fn exclusion_name(label: &str, lang: Lang) -> &'static str {
    let (zh, en) = match label {
        "EXCLUDED_BY_CALLER" => ("被请求排除", "excluded by the caller"),
        "OTHER_TEAM" => ("属于其他团队", "in other teams"),
        "INTAKE_PAUSED" => ("暂停接单", "intake paused"),
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
        CostPart::Experience => ("同类经验", "experience"),
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

/// The name of a tag of the default model; another tag is its own name.
pub fn tag_name(tag: &str, lang: Lang) -> &str {
    let (zh, en) = match tag {
        "wants_refund" => ("要退款", "wants a refund"),
        "wants_replacement" => ("要换货", "wants a replacement"),
        "wants_repair" => ("要维修", "wants a repair"),
        "wants_cancellation" => ("要取消", "wants to cancel"),
        "wants_change" => ("要修改", "wants a change"),
        "wants_status" => ("问进度", "asks for the status"),
        "wants_instructions" => ("问做法", "asks how to"),
        "wants_information" => ("问信息", "asks for information"),
        "wants_compensation" => ("要赔偿", "wants compensation"),
        "wants_contact" => ("要联系", "wants to be contacted"),
        "has_deadline" => ("有期限", "has a deadline"),
        "has_attachment" => ("有附件", "has an attachment"),
        _ => (tag, tag),
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

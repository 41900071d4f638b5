//! A ticket in a few lines for a person: names in their language, labels aligned.

use switchyard_datasets::taxonomy::Taxonomy;
use switchyard_domain::assessment::{Assessment, Judged, Mode};
use switchyard_domain::ids::CategoryId;
use switchyard_domain::priority::{Part, Priority};
use switchyard_domain::sla::Clocks;
use unicode_width::UnicodeWidthStr as _;

use super::Shown;
use crate::lang::Lang;
use crate::words;

/// A line's label and what stands after it.
type Line = (&'static str, String);

/// The ticket's id and language, then a line for each thing known.
pub(super) fn lines(shown: &Shown, lang: Lang, taxonomy: &Taxonomy) -> String {
    let assessment = &shown.ticket.assessment;
    let mut lines = judged(assessment, lang, taxonomy);
    lines.push((lang.pick("优先级", "priority"), priority(&shown.priority, lang)));
    lines.extend(promises(&shown.clocks, lang));
    if let Some(decision) = &shown.decision {
        lines.push((lang.pick("分配", "assignment"), words::summary(decision, lang)));
    }
    if assessment.degraded.is_some() {
        let note = lang.pick("没有模型，由规则和已知事实判断", "no model; rules and facts decided");
        lines.push((lang.pick("注意", "note"), note.to_owned()));
    }
    let language = words::language_name(assessment.language, lang);
    format!("{}  {language}\n{}", shown.ticket.id, aligned(&lines))
}

fn judged(assessment: &Assessment, lang: Lang, taxonomy: &Taxonomy) -> Vec<Line> {
    let mood = words::sentiment_name(assessment.sentiment.value, lang);
    let urgency = words::urgency_name(assessment.urgency.value, lang);
    let comma = comma(lang);
    let mut lines =
        vec![(lang.pick("类别", "category"), category(&assessment.category, lang, taxonomy))];
    lines.extend(group(assessment, lang));
    lines.extend([
        (lang.pick("情绪", "mood"), format!("{mood}{comma}{}", assessment.sentiment.confidence)),
        (
            lang.pick("紧急", "urgency"),
            format!("{urgency}{comma}{}", assessment.urgency.confidence),
        ),
    ]);
    let signals = assessment.signals.iter().map(|(signal, _)| words::signal_name(*signal, lang));
    let signals: Vec<_> = signals.collect();
    if !signals.is_empty() {
        lines.push((lang.pick("信号", "signals"), signals.join(comma)));
    }
    let tags: Vec<_> =
        assessment.tags.iter().map(|(tag, _)| words::tag_name(tag.as_str(), lang)).collect();
    if !tags.is_empty() {
        lines.push((lang.pick("标签", "tags"), tags.join(comma)));
    }
    lines
}

fn category(judged: &Judged<CategoryId>, lang: Lang, taxonomy: &Taxonomy) -> String {
    let name = words::category_name(taxonomy, judged.value.as_str(), lang);
    let mode = words::mode_name(judged.mode, lang);
    let comma = comma(lang);
    let text = format!("{}{comma}{name}{comma}{} {mode}", judged.value, judged.confidence);
    match judged.mode {
        Mode::Abstain(reason) => format!("{text}{comma}{}", words::abstain_name(reason, lang)),
        Mode::Auto | Mode::Suggest => text,
    }
}

/// The group, where it may be surer than the category.
fn group(assessment: &Assessment, lang: Lang) -> Option<Line> {
    let judged = assessment.category_group.as_ref()?;
    let mode = words::mode_name(judged.mode, lang);
    let is_news =
        assessment.category.mode != Mode::Auto && !matches!(judged.mode, Mode::Abstain(_));
    let text = format!("{}{}{} {mode}", judged.value, comma(lang), judged.confidence);
    is_news.then(|| (lang.pick("大类", "group"), text))
}

fn comma(lang: Lang) -> &'static str {
    lang.pick("，", ", ")
}

/// `P2, 44.9 = urgency 13.5 + signals 15.4`.
fn priority(priority: &Priority, lang: Lang) -> String {
    let points = |milli: i64| milli as f64 / 1_000.0;
    let parts = Part::ALL.iter().zip(priority.parts).filter(|(_, milli)| *milli != 0);
    let part = |(part, milli): (&Part, i64)| {
        format!("{} {:.1}", words::part_name(part.label(), lang), points(milli))
    };
    let parts: Vec<_> = parts.map(part).collect();
    let stated =
        if priority.overridden { lang.pick("（由请求指定）", " (as stated)") } else { "" };
    let (band, score) = (priority.band.number(), points(priority.score()));
    format!("P{band}{stated}{}{score:.1} = {}", comma(lang), parts.join(" + "))
}

fn promises(clocks: &Clocks, lang: Lang) -> impl Iterator<Item = Line> {
    let reply = clocks.first_response.due().map(|due| (lang.pick("首响时限", "reply by"), due));
    let solve = clocks.resolution.due().map(|due| (lang.pick("解决时限", "solve by"), due));
    [reply, solve].into_iter().flatten().map(|(label, due)| (label, words::minute(due)))
}

fn aligned(lines: &[Line]) -> String {
    let width = lines.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
    let line =
        |(label, value): &Line| format!("  {}{label}: {value}", " ".repeat(width - label.width()));
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

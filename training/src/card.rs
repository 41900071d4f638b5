//! A bundle's card: origin, licence and known gaps, for people.

use std::fmt::Write as _;

use switchyard_models::bundle::{DataSource, Manifest, RiskBound};

use crate::score::{Group, Report};

/// What no figure says.
const GAPS: &str = "\
## Known gaps

Letters are matched, not meanings: a wording unlike every training row is judged by its n-grams.
The held-out rows come from the writers of the training rows, who wrote many of them to be confusable.
Sentiment and urgency hold some judgement; a neighbouring step is often as good.
";

/// The card of a bundle, in Markdown, with its scores on the test sets by name, and with what people
/// have to say of it.
pub fn card_of(manifest: &Manifest, tests: &[(String, Report)], notes: &str) -> String {
    let mut card = format!(
        "# Bundle `{}`\n\nLinear heads over hashed n-grams, for tickets in Chinese and English.\n\
         Made on CPU with seed {}: {} features, int8 weights.\n\n",
        manifest.name, manifest.seed, manifest.n_features,
    );
    [write_data, write_table, write_heads, write_figures]
        .into_iter()
        .try_for_each(|write| write(&mut card, manifest))
        .and_then(|()| tests.iter().try_for_each(|test| write_test(&mut card, test)))
        .expect("writing into a text cannot fail");
    card.push_str(GAPS);
    if !notes.is_empty() {
        card.push('\n');
        card.push_str(notes);
    }
    card
}

fn write_data(card: &mut String, manifest: &Manifest) -> std::fmt::Result {
    writeln!(card, "## Data\n\n| Set | Licence | Rows | SHA-256 |\n|---|---|---|---|")?;
    for set in &manifest.data {
        let DataSource { name, licence, sha256, .. } = set;
        writeln!(card, "| {name} | {licence} | {} | `{sha256}` |", n_texts(set))?;
    }
    writeln!(card)
}

/// How many texts of a set were used.
fn n_texts(set: &DataSource) -> String {
    let drawn = set.drawn_from.map(|n| format!(", of rows drawn from {n}"));
    format!("{}{}", set.n_rows, drawn.unwrap_or_default())
}

/// What the dense table learnt from, if there is one.
fn write_table(card: &mut String, manifest: &Manifest) -> std::fmt::Result {
    let Some(table) = &manifest.embedding else {
        return Ok(());
    };
    let (name, n_rows, width) = (&table.name, table.n_rows, table.width);
    writeln!(
        card,
        "## Dense table\n\n`{name}`: {n_rows} n-grams with {width} int8 numbers each.\n"
    )?;
    writeln!(card, "| Learnt from | Licence | Texts | SHA-256 |\n|---|---|---|---|")?;
    let teacher = table.teacher.iter().map(|teacher| ("the encoder ", teacher));
    for (what, set) in teacher.chain(table.data.iter().map(|set| ("", set))) {
        let DataSource { name, licence, sha256, .. } = set;
        writeln!(card, "| {what}{name} | {licence} | {} | `{sha256}` |", n_texts(set))?;
    }
    writeln!(card)
}

fn write_heads(card: &mut String, manifest: &Manifest) -> std::fmt::Result {
    writeln!(
        card,
        "## Heads\n\n| Head | Labels | AUTO from | of single labels | of groups | SUGGEST from |\n|---|---|---|---|---|---|"
    )?;
    for head in &manifest.heads {
        let (auto, suggest) = (head.thresholds.auto, head.thresholds.suggest);
        let (name, n_labels, own) = (head.name, head.labels.len(), span_of(&head.auto_by_label));
        let groups = head
            .groups
            .map_or("-".to_owned(), |groups| format!("{:.2}, {:.2}", groups.auto, groups.suggest));
        writeln!(card, "| {name} | {n_labels} | {auto:.2} | {own} | {groups} | {suggest:.2} |")?;
    }
    let RiskBound { auto, suggest, confidence } = manifest.risk;
    writeln!(
        card,
        "\nFrom its threshold on at most {auto} of the AUTO judgements are wrong, and at most {suggest} of the\n\
         SUGGEST ones miss with all three values: binomial upper bounds at {confidence} on held-out rows.\n\
         Labels with held-out answers enough keep the bound each by itself.\n\
         A threshold above 1 is never reached. Signals and tags count as found from theirs on, where F1 was best.\n"
    )
}

/// The least and the greatest of some thresholds.
fn span_of(thresholds: &[f32]) -> String {
    let least = thresholds.iter().copied().fold(f32::INFINITY, f32::min);
    let most = thresholds.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if thresholds.is_empty() { "-".to_owned() } else { format!("{least:.2} to {most:.2}") }
}

fn write_figures(card: &mut String, manifest: &Manifest) -> std::fmt::Result {
    writeln!(
        card,
        "## Held-out figures\n\nEach row is judged by a model fitted without its fold; scales, maps of \
         margins and thresholds are set on these judgements, so that what they make of them (`auto_*`, \
         `ece`) is a little kind.\n"
    )?;
    writeln!(card, "| Figure | Value |\n|---|---|")?;
    for (name, value) in &manifest.metrics {
        writeln!(card, "| {name} | {value:.3} |")?;
    }
    writeln!(card)
}

fn write_test(card: &mut String, (name, report): &(String, Report)) -> std::fmt::Result {
    writeln!(
        card,
        "## Test figures: {name}\n\nIn percent; nothing was learnt or chosen by these rows. \
         Categories have their 95 % interval.\n"
    )?;
    writeln!(
        card,
        "| Rows | | Category | one of the best three | in mode AUTO | of these right | Group | AUTO where \
         the category is not | Sentiment | Urgency, macro-F1 | Signals, F1 | Tags, F1 |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|"
    )?;
    report.groups.iter().try_for_each(|(name, group)| write_group(card, name, group))?;
    writeln!(card)
}

/// A share in percent of so many rows; of none there is none.
fn percent(share: f64, n: usize) -> String {
    if n == 0 { "-".to_owned() } else { format!("{:.1}", share * 100.0) }
}

fn write_group(card: &mut String, name: &str, rows: &Group) -> std::fmt::Result {
    let Group { n, category, category_group: group, sentiment, urgency, signals, tags, .. } = rows;
    let [low, high] = category.accuracy_interval;
    let of_category = |share| percent(share, category.n);
    let right = category.auto.auto_accuracy.map_or("-".to_owned(), of_category);
    let cells = [
        format!("{} ({}–{})", of_category(category.accuracy), of_category(low), of_category(high)),
        of_category(category.top3),
        of_category(category.auto.auto_coverage),
        right,
        of_category(group.accuracy),
        of_category(group.where_category_is_not.auto_coverage),
        percent(sentiment.exact, sentiment.n),
        percent(urgency.macro_f1, urgency.n),
        percent(signals.f1, signals.n),
        percent(tags.f1, tags.n),
    ];
    writeln!(card, "| {name} | {n} | {} |", cells.join(" | "))
}

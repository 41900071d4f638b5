//! `switchyard errors`: the catalogue of errors, or one of its entries.

use anyhow::bail;
use serde_json::{Value, json};

use super::nearest::nearest;
use super::out::Out;
use super::table::Table;
use crate::grpc::catalogue::{self, Entry, Words, code_name};
use crate::lang::Lang;

/// How many reasons are offered in place of one that is not known.
const OFFERED: usize = 3;

/// What `errors` takes.
#[derive(Debug, clap::Args)]
pub(super) struct ErrorsArgs {
    /// A reason such as `STORE_FAILED`; by default all.
    #[arg(value_name = "REASON")]
    reason: Option<String>,
    /// Print one JSON object a line for each reason.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &ErrorsArgs, lang: Lang) -> anyhow::Result<()> {
    let mut out = Out::locked();
    match (&args.reason, args.json) {
        (Some(name), true) => out.line(&object(&found(name)?, lang).to_string())?,
        (Some(name), false) => out.line(&text(&found(name)?, lang))?,
        (None, true) => {
            for entry in catalogue::catalogue() {
                out.line(&object(&entry, lang).to_string())?;
            }
        }
        (None, false) => out.line(table(lang).to_string().trim_end())?,
    }
    Ok(out.flush()?)
}

fn found(name: &str) -> anyhow::Result<Entry> {
    if let Some(entry) = catalogue::find(name) {
        return Ok(entry);
    }
    let all = catalogue::catalogue();
    let like = nearest(name, all.iter().map(Entry::name), OFFERED).join(", ");
    bail!("expected a reason of the catalogue such as {like}, got {name:?}")
}

fn words(entry: &Entry, lang: Lang) -> Words {
    match lang {
        Lang::Zh => entry.zh,
        Lang::En => entry.en,
    }
}

fn retry(entry: &Entry, lang: Lang) -> &'static str {
    let (zh, en) = entry.retry.words();
    lang.pick(zh, en)
}

fn table(lang: Lang) -> Table {
    let head = match lang {
        Lang::Zh => ["原因", "状态码", "何时"],
        Lang::En => ["reason", "code", "when"],
    };
    let mut table = Table::new(&head);
    for entry in catalogue::catalogue() {
        let cells = [entry.name(), code_name(entry.code), words(&entry, lang).when];
        table.row(cells.map(str::to_owned).to_vec());
    }
    table
}

/// One reason for people.
fn text(entry: &Entry, lang: Lang) -> String {
    let [when, advice, again, wait] = match lang {
        Lang::Zh => ["何时", "怎么办", "重试", "等待"],
        Lang::En => ["when", "what to do", "retry", "wait"],
    };
    let words = words(entry, lang);
    let between = lang.pick("：", ": ");
    let code = format!("{} ({})", code_name(entry.code), entry.code as i32);
    let mut lines = vec![format!("{}  {code}", entry.name())];
    let told = [(when, words.when), (advice, words.advice), (again, retry(entry, lang))];
    lines.extend(told.map(|(label, text)| format!("  {label}{between}{text}")));
    let after = entry.retry_after.map(|after| after.as_millis());
    lines.extend(after.map(|ms| format!("  {wait}{between}{ms} ms (RetryInfo)")));
    lines.join("\n")
}

/// One reason for programs; its keys are a contract.
fn object(entry: &Entry, lang: Lang) -> Value {
    let words = words(entry, lang);
    json!({
        "reason": entry.name(),
        "code": code_name(entry.code),
        "code_number": entry.code as i32,
        "when": words.when,
        "advice": words.advice,
        "retry": entry.retry.label(),
        "retry_advice": retry(entry, lang),
        "retry_after_ms": entry.retry_after.map(|after| after.as_millis() as u64),
    })
}

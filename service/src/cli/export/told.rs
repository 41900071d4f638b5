//! What an export says at its end, and the columns in its help.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::ExportArgs;
use super::range::Filled;
use super::table::Table;
use super::work::Exported;
use crate::lang::Lang;

/// Before the columns.
const ABOUT: &str = "\
Writes what is in the store when it begins, also while a server goes on. A file covers a
range of a tenant's events and is called TABLE-TENANT-FIRST-LAST.FORMAT, ends included, such
as decisions-default-1-250000.jsonl. In a tenant's name, what is no letter, digit, . _ or - is
% and its number.

Every file is there whole or not at all, and all files of a range together. The folder's
switchyard-export.json tells how far each table of each tenant went: --resume goes on there,
and a table or format that is new to the folder begins at the first event. An export that was
killed or had no room is gone on with by --resume too: nothing is written twice, nothing is
skipped. Files may be moved away; the state must stay.

Each row is an object a line (jsonl) or a line below a header (csv, UTF-8). Both have the same
columns; a list or an object is JSON in a csv cell, what is not known is null or an empty cell.
Times are RFC 3339 in UTC. Names are stable: columns may be added at the end.

There is no text and no customer in the files: tickets and agents by their ids, and actors as
callers name them.

Kinds of events: policy_applied, team_upserted, team_removed, agent_upserted, agent_removed,
shifts_replaced, presence_set, ticket_triaged, ticket_adopted, ticket_advised, ticket_decided,
ticket_owner_set, ticket_activity, ticket_closed, ticket_reopened. What a kind does not tell is
an empty cell. An outcome is told at its closing: a ticket that is opened and closed again has
two, the later one with n_closings 2.
";

/// After the columns.
const EXAMPLES: &str = "
Examples:
  switchyard export --store switchyard.sqlite --out export
  switchyard export --store switchyard.sqlite --out export --resume
  switchyard export --store desk.sqlite --out acme --tenant acme --what outcomes --format both
  switchyard export --store desk.sqlite --out part --tenant acme --after 120000 --json

Exit codes:
  0  everything up to the journal's end is in the folder
  2  not possible, such as a full disk; what was written before is whole, --resume goes on";

/// The longer part of `--help`.
pub(in crate::cli) fn long_help() -> String {
    let mut text = ABOUT.to_owned();
    let tables = [
        (Table::Decisions, "a row for every time the desk looked for an agent"),
        (Table::Events, "a row for everything that happened; cells by kind"),
        (Table::Outcomes, "a row for every time a ticket was closed"),
    ];
    for (table, about) in tables {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "\nColumns of {}, {about}:", table.name());
        for (name, about) in table.columns() {
            let _ = writeln!(text, "  {name:<24} {about}");
        }
    }
    text + EXAMPLES
}

/// A line a file, or that there is nothing new.
pub(super) fn lines(args: &ExportArgs, exported: &[Exported], lang: Lang) -> String {
    if exported.is_empty() {
        return lang
            .pick("没有可导出的内容：还没有任何事件", "nothing to export: there are no events yet")
            .to_owned();
    }
    exported.iter().map(|exported| of_tenant(args, exported, lang)).collect::<Vec<_>>().join("\n")
}

fn of_tenant(args: &ExportArgs, exported: &Exported, lang: Lang) -> String {
    let (tenant, last) = (&exported.extent.tenant, exported.extent.last_sequence);
    if exported.files.is_empty() {
        return match lang {
            Lang::Zh => format!("{tenant}：事件 {last} 之后没有新内容"),
            Lang::En => format!("{tenant}: nothing new after event {last}"),
        };
    }
    let line = |(_, _, filled): &(u64, u64, Filled)| {
        let path = args.out.join(&filled.name);
        let (path, n) = (path.display(), filled.n_rows);
        match lang {
            Lang::Zh => format!("{tenant}：{n} 行 → {path}"),
            Lang::En => format!("{tenant}: {n} rows to {path}"),
        }
    };
    exported.files.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The same as an object.
pub(super) fn json(args: &ExportArgs, exported: &[Exported]) -> String {
    let tenant = |exported: &Exported| {
        json!({
            "tenant": exported.extent.tenant,
            "last_sequence": exported.extent.last_sequence,
            "files": exported.files.iter().map(file).collect::<Vec<_>>(),
        })
    };
    let tenants: Vec<_> = exported.iter().map(tenant).collect();
    json!({ "out": args.out.display().to_string(), "tenants": tenants }).to_string()
}

fn file((first, last, filled): &(u64, u64, Filled)) -> Value {
    json!({
        "name": filled.name,
        "table": filled.stream.table.name(),
        "format": filled.stream.format.extension(),
        "first_sequence": first,
        "last_sequence": last,
        "rows": filled.n_rows,
    })
}

//! The files of one range of a tenant's events, written side by side.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;

use super::column::Column;
use super::decisions::{self, Decided};
use super::events::{self, Happened};
use super::fact::Fact;
use super::outcomes::{self, Lives};
use super::table::{Format, Stream, Table};
use crate::files::{Draft, failed, refuse_existing};

/// A file that is being filled.
struct Filling {
    stream: Stream,
    draft: Draft,
    sink: Sink,
    n_rows: u64,
}

enum Sink {
    Jsonl(BufWriter<File>),
    Csv(Box<csv::Writer<File>>),
}

/// A file that was filled.
#[derive(Debug)]
pub(super) struct Filled {
    /// What is in it.
    pub(super) stream: Stream,
    /// Its name in the folder.
    pub(super) name: String,
    /// How many rows.
    pub(super) n_rows: u64,
}

/// The files of a range.
pub(super) struct RangeFiles(Vec<Filling>);

impl RangeFiles {
    /// Empty files for some tables, which no file may have the name of.
    pub(super) fn begin(
        folder: &Path,
        tenant: &str,
        (first, last): (u64, u64),
        streams: &[Stream],
    ) -> anyhow::Result<Self> {
        let filling = streams.iter().map(|stream| {
            let target = folder.join(stream.file_name(tenant, first, last));
            refuse_existing(&target)?;
            Filling::begin(*stream, Draft::of(&target)?)
        });
        Ok(Self(filling.collect::<Result<_, _>>()?))
    }

    /// Adds the rows of an event.
    pub(super) fn add(&mut self, fact: &Fact<'_>, lives: Option<&mut Lives>) -> anyhow::Result<()> {
        let happened = Happened::of(fact);
        self.put(Table::Events, events::COLUMNS, |value| value(&happened))?;
        if let Some(decided) = Decided::of(fact) {
            self.put(Table::Decisions, decisions::COLUMNS, |value| value(&decided))?;
        }
        if let Some(ended) = lives.and_then(|lives| lives.see(fact)) {
            self.put(Table::Outcomes, outcomes::COLUMNS, |value| value(&ended))?;
        }
        Ok(())
    }

    fn put<F>(
        &mut self,
        table: Table,
        columns: &[Column<F>],
        value: impl Fn(&F) -> Value,
    ) -> anyhow::Result<()> {
        let mut filling = self.0.iter_mut().filter(|file| file.stream.table == table).peekable();
        if filling.peek().is_none() {
            return Ok(());
        }
        let row: Vec<_> =
            columns.iter().map(|column| (column.name, value(&column.value))).collect();
        filling.try_for_each(|file| file.put(&row))
    }

    /// Everything handed to the system; the drafts are whole.
    pub(super) fn end(self) -> anyhow::Result<(Vec<Filled>, Vec<Draft>)> {
        let ended = self.0.into_iter().map(Filling::end);
        Ok(ended.collect::<anyhow::Result<Vec<_>>>()?.into_iter().unzip())
    }
}

impl Filling {
    fn begin(stream: Stream, mut draft: Draft) -> anyhow::Result<Self> {
        let file = draft.file().try_clone().map_err(failed("write", draft.path()))?;
        let sink = match stream.format {
            Format::Jsonl => Sink::Jsonl(BufWriter::new(file)),
            Format::Csv => {
                let mut sink = csv::Writer::from_writer(file);
                let header = stream.table.columns();
                let written = sink.write_record(header.iter().map(|(name, _)| name));
                written.with_context(|| unwritten(&draft))?;
                Sink::Csv(Box::new(sink))
            }
        };
        Ok(Self { stream, draft, sink, n_rows: 0 })
    }

    fn put(&mut self, row: &[(&'static str, Value)]) -> anyhow::Result<()> {
        self.n_rows += 1;
        let written = match &mut self.sink {
            Sink::Jsonl(sink) => sink.write_all(line(row).as_bytes()),
            Sink::Csv(sink) => {
                sink.write_record(row.iter().map(|(_, value)| cell(value))).map_err(Into::into)
            }
        };
        written.with_context(|| unwritten(&self.draft))
    }

    fn end(mut self) -> anyhow::Result<(Filled, Draft)> {
        let flushed = match &mut self.sink {
            Sink::Jsonl(sink) => sink.flush(),
            Sink::Csv(sink) => sink.flush(),
        };
        flushed.with_context(|| unwritten(&self.draft))?;
        let name = self.draft.target().file_name().unwrap_or_default().to_string_lossy();
        let (stream, name, n_rows) = (self.stream, name.into_owned(), self.n_rows);
        Ok((Filled { stream, name, n_rows }, self.draft))
    }
}

fn unwritten(draft: &Draft) -> String {
    format!("expected to write {}", draft.path().display())
}

/// An object with every column, and the line's end.
fn line(row: &[(&'static str, Value)]) -> String {
    let members: Vec<_> = row.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}\n", members.join(","))
}

/// A cell: nothing for null, JSON for a list or an object.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_is_json_and_a_cell_is_plain() {
        let row = [("a", json!("x\"y\n")), ("b", Value::Null), ("c", json!([1, 2.5]))];
        let read: Value = serde_json::from_str(&line(&row)).expect("JSON");
        assert_eq!(read, json!({ "a": "x\"y\n", "b": null, "c": [1, 2.5] }));
        assert_eq!(line(&row).matches('\n').count(), 1);
        let cells: Vec<_> = row.iter().map(|(_, value)| cell(value)).collect();
        assert_eq!(cells, ["x\"y\n", "", "[1,2.5]"]);
    }
}

//! A table with a header line, as spreadsheets and databases export it.

use std::collections::BTreeSet;
use std::io::{BufRead, Read};
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord, StringRecordsIntoIter};

use super::error::{Place, ReadError};
use super::{Row, Rows};
use crate::record::{Record, Value};

/// The rows of a CSV stream; every value is a text.
pub(super) fn rows(source: Box<dyn BufRead>, file: Arc<str>) -> Result<Rows, ReadError> {
    let mut reader = ReaderBuilder::new().from_reader(skip_byte_order_mark(source));
    let place = Place { file, line: 1 };
    let header = reader.headers().map_err(|source| at(&place, source))?.clone();
    check_unique(&header, &place)?;
    Ok(Box::new(TableRows { header, records: reader.into_records(), place, is_over: false }))
}

/// The csv crate removes the mark only from the first field's value, not from a quoted one.
fn skip_byte_order_mark(mut source: Box<dyn BufRead>) -> impl Read {
    let has_mark = source.fill_buf().is_ok_and(|bytes| bytes.starts_with("\u{FEFF}".as_bytes()));
    if has_mark {
        source.consume("\u{FEFF}".len());
    }
    source
}

fn check_unique(header: &StringRecord, place: &Place) -> Result<(), ReadError> {
    let mut seen = BTreeSet::new();
    match header.iter().find(|column| !seen.insert(*column)) {
        Some(column) => {
            Err(ReadError::DuplicateColumn { place: place.clone(), column: column.to_owned() })
        }
        None => Ok(()),
    }
}

/// The error with the line the parser names, if it names one.
fn at(place: &Place, source: csv::Error) -> ReadError {
    let line = source.position().map_or(place.line, csv::Position::line);
    ReadError::Csv { place: Place { line, ..place.clone() }, source }
}

struct TableRows<R> {
    header: StringRecord,
    records: StringRecordsIntoIter<R>,
    /// The last line read.
    place: Place,
    is_over: bool,
}

impl<R: Read> TableRows<R> {
    fn row(&mut self, values: &StringRecord) -> Row {
        self.place.line = values.position().map_or(self.place.line, csv::Position::line);
        let fields = self
            .header
            .iter()
            .zip(values)
            .map(|(column, value)| (column.to_owned(), Value::Text(value.to_owned())));
        Row { place: self.place.clone(), record: Record(fields.collect()) }
    }
}

impl<R: Read> Iterator for TableRows<R> {
    type Item = Result<Row, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        match self.records.next()? {
            Ok(values) => Some(Ok(self.row(&values))),
            Err(source) => {
                self.is_over = source.is_io_error();
                Some(Err(at(&self.place, source)))
            }
        }
    }
}

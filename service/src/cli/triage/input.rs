//! Where rows come from: a file, or JSONL on standard input.

use std::io::{self, BufRead as _, Read as _, StdinLock};
use std::path::Path;
use std::sync::Arc;

use switchyard_datasets::read::{self, Place, ReadError, Row, Rows};

/// The bound that files of rows have.
const LINE_BYTES_MAX: usize = 64 << 20;

/// Whether a path means standard input.
pub(super) fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}

/// The rows of a file, or of standard input.
pub(super) fn rows(path: &Path) -> Result<Rows, ReadError> {
    if is_standard_input(path) {
        let place = Place { file: Arc::from("standard input"), line: 0 };
        return Ok(Box::new(StandardInput { lines: io::stdin().lock(), place }));
    }
    read::open(path)
}

/// One JSON object a line; blank lines are skipped.
struct StandardInput {
    lines: StdinLock<'static>,
    /// The last line read.
    place: Place,
}

impl StandardInput {
    fn next_line(&mut self) -> Result<Vec<u8>, ReadError> {
        let mut line = Vec::new();
        self.place.line += 1;
        let bounded = &mut self.lines.by_ref().take(LINE_BYTES_MAX as u64 + 1);
        let place = || self.place.clone();
        match bounded.read_until(b'\n', &mut line) {
            Ok(n) if n > LINE_BYTES_MAX => {
                Err(ReadError::LineTooLong { place: place(), max: LINE_BYTES_MAX })
            }
            Ok(_) => Ok(line),
            Err(source) => Err(ReadError::Damaged { place: place(), source }),
        }
    }

    /// The parser itself tells bytes that are not UTF-8.
    fn parse(&self, line: &[u8]) -> Result<Row, ReadError> {
        let place = self.place.clone();
        match serde_json::from_slice(line) {
            Ok(record) => Ok(Row { place, record }),
            Err(source) => Err(ReadError::Json { place, source }),
        }
    }
}

impl Iterator for StandardInput {
    type Item = Result<Row, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.next_line() {
                Ok(line) if line.is_empty() => return None,
                Ok(line) if line.trim_ascii().is_empty() => {}
                Ok(line) => return Some(self.parse(&line)),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

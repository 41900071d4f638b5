//! One JSON object a line.

use std::io::{BufRead, Read};
use std::sync::Arc;

use super::error::{Place, ReadError};
use super::{Record, Row};

/// Longer lines are refused before they fill the memory.
///
/// A ticket's text is at most 256 KiB; a thread of hundreds of them fits.
pub(super) const LINE_BYTES_MAX: usize = 64 << 20;

/// The byte order mark some exporters write.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// The rows of a JSONL stream; blank lines are skipped.
pub(super) struct JsonlRows {
    source: Box<dyn BufRead>,
    place: Place,
    line: Vec<u8>,
    is_over: bool,
}

impl JsonlRows {
    pub(super) fn new(source: Box<dyn BufRead>, file: Arc<str>) -> Self {
        Self { source, place: Place { file, line: 0 }, line: Vec::new(), is_over: false }
    }

    /// Reads the next line that is not blank into `self.line`; `false` at the end.
    fn advance(&mut self) -> Result<bool, ReadError> {
        loop {
            self.line.clear();
            self.place.line += 1;
            let mut bounded = self.source.by_ref().take(LINE_BYTES_MAX as u64 + 1);
            let n =
                bounded.read_until(b'\n', &mut self.line).map_err(|source| self.damaged(source))?;
            if n > LINE_BYTES_MAX {
                return Err(ReadError::LineTooLong {
                    place: self.place.clone(),
                    max: LINE_BYTES_MAX,
                });
            }
            if n == 0 || !self.line.trim_ascii().is_empty() {
                return Ok(n > 0);
            }
        }
    }

    fn damaged(&self, source: std::io::Error) -> ReadError {
        ReadError::Damaged { place: self.place.clone(), source }
    }

    fn parse(&self) -> Result<Row, ReadError> {
        let bytes = match self.place.line {
            1 => self.line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&self.line),
            _ => &self.line,
        };
        let text = std::str::from_utf8(bytes).map_err(|error| self.not_utf8(bytes, error))?;
        let record: Record = serde_json::from_str(text)
            .map_err(|source| ReadError::Json { place: self.place.clone(), source })?;
        Ok(Row { place: self.place.clone(), record })
    }

    fn not_utf8(&self, bytes: &[u8], error: std::str::Utf8Error) -> ReadError {
        let at = error.valid_up_to();
        ReadError::NotUtf8 { place: self.place.clone(), byte: bytes[at], column: at + 1 }
    }
}

impl Iterator for JsonlRows {
    type Item = Result<Row, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        match self.advance() {
            Ok(true) => Some(self.parse()),
            Ok(false) => {
                self.is_over = true;
                None
            }
            Err(error) => {
                self.is_over = true;
                Some(Err(error))
            }
        }
    }
}

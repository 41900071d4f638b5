//! What the commands print: to a standard output whose reader may leave, and to standard error.
//!
//! `println!` and `eprintln!` panic where nobody reads any more, as under
//! `switchyard demo | head -3`. That is no mishap: the reader has seen enough.

use std::io::{self, BufWriter, StdoutLock, Write as _};

/// Why something could not be printed.
#[derive(Debug, thiserror::Error)]
pub(super) enum OutError {
    /// The reader left.
    #[error("nobody reads standard output any more")]
    ReaderLeft,
    /// Anything else, such as a full disk.
    #[error("expected to write to standard output: {0}")]
    Failed(io::Error),
}

impl From<io::Error> for OutError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ReaderLeft,
            _ => Self::Failed(error),
        }
    }
}

/// Standard output, locked once.
#[derive(Debug)]
pub(super) struct Out(BufWriter<StdoutLock<'static>>);

impl Out {
    /// Locks standard output until this is dropped.
    pub(super) fn locked() -> Self {
        Self(BufWriter::new(io::stdout().lock()))
    }

    /// Adds a line.
    pub(super) fn line(&mut self, text: &str) -> Result<(), OutError> {
        Ok(writeln!(self.0, "{text}")?)
    }

    /// Hands everything to the reader.
    pub(super) fn flush(&mut self) -> Result<(), OutError> {
        Ok(self.0.flush()?)
    }
}

/// Prints a text that ends its own lines.
pub(super) fn print(text: &str) -> Result<(), OutError> {
    let mut out = Out::locked();
    write!(out.0, "{text}")?;
    out.flush()
}

/// Prints a line on standard error; where nobody reads that either there is nobody left to tell.
pub(super) fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Whether a command failed only because its reader left.
pub(super) fn is_reader_gone(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(OutError::ReaderLeft))
}

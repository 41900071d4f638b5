//! A file's bytes, decompressed by the ending of its name.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use super::error::ReadError;

/// The bytes of a file as they were before compression.
pub(super) fn open(path: &Path) -> Result<Box<dyn BufRead>, ReadError> {
    let cannot_open = |source| ReadError::Open { path: path.to_owned(), source };
    let file = BufReader::new(File::open(path).map_err(cannot_open)?);
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("gz") => Ok(Box::new(BufReader::new(MultiGzDecoder::new(file)))),
        Some("zst") => {
            let frames = ZstdFrames { frame: Some(next_frame(file).map_err(cannot_open)?) };
            Ok(Box::new(BufReader::new(frames)))
        }
        _ => Ok(Box::new(file)),
    }
}

type Frame = StreamingDecoder<BufReader<File>, FrameDecoder>;

fn next_frame(file: BufReader<File>) -> io::Result<Frame> {
    StreamingDecoder::new(file).map_err(io::Error::other)
}

/// All frames of a zstd file one after another; the decoder itself reads one.
struct ZstdFrames {
    /// `None` once the file has ended.
    frame: Option<Frame>,
}

impl Read for ZstdFrames {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while let Some(frame) = &mut self.frame {
            let n = frame.read(out)?;
            if n > 0 || out.is_empty() {
                return Ok(n);
            }
            self.advance()?;
        }
        Ok(0)
    }
}

impl ZstdFrames {
    /// Opens the frame after the one that ended, if there is one.
    fn advance(&mut self) -> io::Result<()> {
        let Some(mut file) = self.frame.take().map(Frame::into_inner) else {
            return Ok(());
        };
        if !file.fill_buf()?.is_empty() {
            self.frame = Some(next_frame(file)?);
        }
        Ok(())
    }
}

//! What a teacher said of texts before: vectors kept on the disk.
//!
//! Reading texts takes a teacher minutes, and the next recipe asks of most of them again. Vectors
//! are appended as they come, so that a run that was cut short goes on where it stopped; a record
//! that was only half written is left out and written over.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use switchyard_models::bundle::sha256_hex;

use super::error::EncoderError;

/// Bytes of a text's digest that name it.
const KEY: usize = 16;

/// The vectors of one teacher. A record is the text's key and its vector, little-endian.
#[derive(Debug)]
pub struct Vectors {
    path: PathBuf,
    file: File,
    width: usize,
    known: HashMap<[u8; KEY], Vec<f32>>,
}

impl Vectors {
    /// Opens the file beside a teacher whose weights have this digest, or begins it.
    pub fn open(folder: &Path, digest: &str, width: usize) -> Result<Self, EncoderError> {
        let path = folder.join(format!("vectors-{}.bin", &digest[..12]));
        let failed = |source| EncoderError::Write { path: path.clone(), source };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&path).map_err(failed)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        let record = KEY + 4 * width;
        let whole = bytes.len() / record * record;
        file.seek(SeekFrom::Start(whole as u64)).map_err(failed)?;
        let known = bytes[..whole].chunks_exact(record).map(parse).collect();
        Ok(Self { path, file, width, known })
    }

    /// What the teacher said of a text, if it was asked.
    pub fn get(&self, text: &str) -> Option<&[f32]> {
        self.known.get(&key_of(text)).map(Vec::as_slice)
    }

    /// Keeps the vectors of some texts. *Shape*: `vectors` is `n_texts × width`.
    pub fn keep(&mut self, texts: &[&str], vectors: &[f32]) -> Result<(), EncoderError> {
        let mut bytes = Vec::new();
        for (text, vector) in texts.iter().zip(vectors.chunks_exact(self.width)) {
            let key = key_of(text);
            bytes.extend(key);
            bytes.extend(vector.iter().flat_map(|number| number.to_le_bytes()));
            self.known.insert(key, vector.to_vec());
        }
        let written = self.file.write_all(&bytes);
        written.map_err(|source| EncoderError::Write { path: self.path.clone(), source })
    }
}

fn parse(record: &[u8]) -> ([u8; KEY], Vec<f32>) {
    let (key, vector) = record.split_at(KEY);
    let key = key.try_into().expect("a record begins with a key");
    (key, vector.as_chunks().0.iter().map(|it| f32::from_le_bytes(*it)).collect())
}

fn key_of(text: &str) -> [u8; KEY] {
    let digest = sha256_hex(text.as_bytes());
    digest.as_bytes()[..KEY].try_into().expect("a digest has 64 digits")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "0123456789abcdef";

    #[test]
    fn what_was_kept_is_there_again_and_a_torn_record_is_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = || Vectors::open(folder.path(), DIGEST, 2).expect("vectors");
        open().keep(&["a", "b"], &[1.0, 2.0, 3.0, 4.0]).expect("kept");
        let path = folder.path().join("vectors-0123456789ab.bin");
        let bytes = std::fs::read(&path).expect("a file");
        std::fs::write(&path, &bytes[..bytes.len() - 1]).expect("a torn file");
        let mut torn = open();
        assert_eq!((torn.get("a"), torn.get("b")), (Some(&[1.0, 2.0][..]), None));
        torn.keep(&["c"], &[5.0, 6.0]).expect("kept");
        let again = open();
        assert_eq!(
            (again.get("a"), again.get("c")),
            (Some(&[1.0, 2.0][..]), Some(&[5.0, 6.0][..]))
        );
    }
}

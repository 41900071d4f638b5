//! Bytes by their SHA-256.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

/// The digest of what is written to it.
#[derive(Debug, Clone, Default)]
pub struct Digester(Sha256);

impl Digester {
    /// The digest, in hexadecimal.
    pub fn hex(self) -> String {
        const DIGITS: [char; 16] =
            ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
        let digits = |byte: &u8| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]];
        self.0.finalize().iter().flat_map(digits).collect()
    }
}

impl Write for Digester {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    let mut digest = Digester::default();
    digest.0.update(bytes);
    digest.hex()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Oracle: the digest of `abc` in FIPS 180-2, appendix B.1.
    #[test]
    fn bytes_in_parts_have_the_digest_of_the_whole() {
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let mut digest = Digester::default();
        digest.write_all(b"a").and_then(|()| digest.write_all(b"bc")).expect("written");
        assert_eq!((digest.hex().as_str(), sha256_hex(b"abc").as_str()), (known, known));
    }
}

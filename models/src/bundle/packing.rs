//! The learnt numbers in fewer bytes than they have.
//!
//! Most weights are small, so a byte of them says less than a byte: gzip takes a third away, and
//! every tool reads it.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::BundleError;

/// No bundle is larger than this in memory: a few bytes could unpack to any number of them.
const UNPACKED_MAX: u64 = 1 << 30;

/// The bytes packed; the same bytes give the same ones, without a name or a time.
pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.expect("writing into memory does not fail")
}

/// What a packed file holds.
pub(super) fn unpacked(name: &'static str, bytes: &[u8]) -> Result<Vec<u8>, BundleError> {
    let mut unpacked = Vec::new();
    let read = GzDecoder::new(bytes).take(UNPACKED_MAX + 1).read_to_end(&mut unpacked);
    read.map_err(|source| BundleError::Packed { name, source })?;
    if unpacked.len() as u64 > UNPACKED_MAX {
        return Err(BundleError::TooLarge { name, max: UNPACKED_MAX });
    }
    Ok(unpacked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::WEIGHTS_FILE;

    #[test]
    fn what_is_packed_comes_back_and_always_in_the_same_bytes() {
        let bytes: Vec<u8> = (0..10_000_u32).map(|n| (n % 7) as u8).collect();
        let once = packed(&bytes);
        assert!(once.len() < bytes.len() / 10);
        assert_eq!(once, packed(&bytes));
        assert_eq!(unpacked(WEIGHTS_FILE, &once).expect("sound"), bytes);
    }

    #[test]
    fn half_of_it_and_other_bytes_are_refused() {
        let once = packed(&[1; 1000]);
        for bytes in [&once[..once.len() / 2], b"tensors".as_slice(), &[]] {
            let error = unpacked(WEIGHTS_FILE, bytes).expect_err("refused").to_string();
            assert!(error.starts_with("bundle weights.safetensors.gz: "), "{error}");
        }
    }
}

//! The learnt numbers in fewer bytes than they have.
//!
//! Most weights are small, so a byte of them says less than a byte: gzip takes a third away, and
//! every tool reads it.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

use super::BundleError;

/// The bytes packed; the same bytes give the same ones, without a name or a time.
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.expect("writing into memory does not fail")
}

/// What a packed file holds; more than `max` bytes are refused before they are in memory.
pub(super) fn unpacked(name: &'static str, bytes: &[u8], max: u64) -> Result<Vec<u8>, BundleError> {
    let mut unpacked = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(max.saturating_add(1)).read_to_end(&mut unpacked);
    read.map_err(|source| BundleError::Packed { name, source })?;
    if unpacked.len() as u64 > max {
        return Err(BundleError::TooLarge { name, max });
    }
    Ok(unpacked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::WEIGHTS_FILE;

    fn refusal(bytes: &[u8], max: u64) -> String {
        unpacked(WEIGHTS_FILE, bytes, max).expect_err("refused").to_string()
    }

    #[test]
    fn what_is_packed_comes_back_and_always_in_the_same_bytes() {
        let bytes: Vec<u8> = (0..10_000_u32).map(|n| (n % 7) as u8).collect();
        let once = packed(&bytes);
        assert!(once.len() < bytes.len() / 10);
        assert_eq!(once, packed(&bytes));
        assert_eq!(unpacked(WEIGHTS_FILE, &once, 10_000).expect("sound"), bytes);
        let halves = [packed(&bytes[..3_000]), packed(&bytes[3_000..])].concat();
        assert_eq!(unpacked(WEIGHTS_FILE, &halves, 10_000).expect("sound"), bytes);
    }

    #[test]
    fn half_of_it_other_bytes_and_bytes_behind_it_are_refused() {
        let once = packed(&[1; 1000]);
        let behind = [once.as_slice(), b"tensors"].concat();
        for bytes in [&once[..once.len() / 2], b"tensors", &behind, &[]] {
            let error = refusal(bytes, 1000);
            assert!(error.starts_with("bundle weights.safetensors.gz: expected gzip"), "{error}");
        }
    }

    #[test]
    fn a_few_bytes_that_unpack_to_many_are_refused() {
        let expected =
            "bundle weights.safetensors.gz: expected at most 999 bytes once unpacked, got more";
        assert_eq!(refusal(&packed(&[0; 1000]), 999), expected);
        assert!(unpacked(WEIGHTS_FILE, &packed(&[0; 1000]), 1000).is_ok());
    }
}

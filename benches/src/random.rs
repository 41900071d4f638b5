//! A seeded choice: the same number gives the same choice on every machine.

/// Bits that look random, of a number (`SplitMix64`, Steele et al. 2014).
pub fn mixed(n: u64) -> u64 {
    let z = n.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// One of the items, by a number.
pub fn pick<T>(items: &[T], n: u64) -> &T {
    &items[(mixed(n) % items.len() as u64) as usize]
}

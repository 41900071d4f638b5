//! The innermost loops, by the best instructions of this machine: sums over rows of int8, and dot
//! products of int8 codes.
//!
//! A stored code is biased: a byte is the code plus 128. The instruction for the
//! sum of products (VNNI) multiplies unsigned by signed bytes; with the stored
//! side biased, what comes out is too large by 128 times the sum of the query's
//! own code, which is known once a query and nothing per item.
//!
//! All ways give the same integer, bit for bit: codes are in −127..=127.
//! - `lanes`: floats over rows of int8; the same numbers, bit for bit, by every instruction set
//! - `portable`: safe code that any compiler turns into vector code of its baseline (NEON, SSE2)
//! - `x86`: AVX-512 VNNI and AVX2; the only unsafe code of the package

mod lanes;
mod portable;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use lanes::LANES;

/// `sums += value · row`.
///
/// *Shape*: both equally long, a multiple of [`LANES`]; a remainder is left alone.
pub fn add_scaled(sums: &mut [f32], value: f32, row: &[i8]) {
    #[cfg(target_arch = "x86_64")]
    if x86::has_avx2() {
        return x86::add_scaled_avx2(sums, value, row);
    }
    lanes::add_scaled(sums, value, row);
}

/// Codes are read in whole runs of this many bytes.
pub(crate) const RUN: usize = 64;

/// What is added to a code where it is stored.
const BIAS: u8 = 128;

/// The query's side of a dot product: a code as it is, with its sum.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Probe {
    code: Vec<i8>,
    sum: i32,
}

impl Probe {
    /// A probe of a code in −127..=127; −128 becomes −127.
    ///
    /// *Shape*: any length; dimensions past the last whole [`RUN`] are not read.
    pub(crate) fn new(mut code: Vec<i8>) -> Self {
        for value in &mut code {
            *value = (*value).max(-i8::MAX);
        }
        let sum = code.iter().map(|value| i32::from(*value)).sum();
        Self { code, sum }
    }

    /// Becomes the probe of a stored code.
    pub(crate) fn load(&mut self, stored: &[u8]) {
        self.code.clear();
        self.code.extend(stored.iter().map(|byte| unbiased(*byte)));
        self.sum = stored.iter().map(|byte| i32::from(*byte)).sum::<i32>()
            - i32::from(BIAS) * stored.len() as i32;
    }

    /// The code as it is stored.
    pub(crate) fn biased(&self) -> impl Iterator<Item = u8> {
        self.code.iter().map(|value| biased(*value))
    }

    /// As [`Self::biased`], the probe being done with.
    pub(crate) fn stored(self) -> impl Iterator<Item = u8> {
        self.code.into_iter().map(biased)
    }

    /// The number of dimensions.
    pub(crate) fn dimension(&self) -> usize {
        self.code.len()
    }

    /// What a biased dot product has too much.
    fn excess(&self) -> i32 {
        i32::from(BIAS) * self.sum
    }
}

fn biased(value: i8) -> u8 {
    value.cast_unsigned() ^ BIAS
}

/// A code's number from the byte it is stored as.
pub(crate) fn unbiased(byte: u8) -> i8 {
    (byte ^ BIAS).cast_signed()
}

/// A set of instructions that this machine has.
///
/// Only [`detect`](Self::detect) and [`all`](Self::all) make one, so that having
/// one is the proof that its instructions are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kernel(Isa);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Isa {
    #[cfg(target_arch = "x86_64")]
    Vnni,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    Portable,
}

impl Kernel {
    /// The fastest kernel of this machine.
    pub fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        if x86::has_vnni() {
            return Self(Isa::Vnni);
        } else if x86::has_avx2() {
            return Self(Isa::Avx2);
        }
        Self(Isa::Portable)
    }

    /// Every kernel of this machine, the fastest first.
    pub fn all() -> Vec<Self> {
        #[cfg(target_arch = "x86_64")]
        let fast = [(x86::has_vnni(), Isa::Vnni), (x86::has_avx2(), Isa::Avx2)];
        #[cfg(not(target_arch = "x86_64"))]
        let fast: [(bool, Isa); 0] = [];
        let fast = fast.into_iter().filter_map(|(has, isa)| has.then_some(isa));
        fast.chain([Isa::Portable]).map(Self).collect()
    }

    /// The name in measurements.
    pub fn name(self) -> &'static str {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Isa::Vnni => "avx512vnni",
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => "avx2",
            Isa::Portable => "portable",
        }
    }

    /// Dot products with the stored codes of consecutive items.
    ///
    /// *Shape*: `stored` is at least `dots.len() × dimension`.
    pub(crate) fn scan(self, probe: &Probe, stored: &[u8], dots: &mut [i32]) {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Isa::Vnni => x86::scan_vnni(probe, stored, dots),
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => x86::scan_avx2(probe, stored, dots),
            Isa::Portable => portable::scan(probe, stored, dots),
        }
    }

    /// Dot products with the stored codes at these places.
    ///
    /// *Shape*: `dots` as `places`, each below the number of stored items.
    pub(crate) fn gather(self, probe: &Probe, stored: &[u8], places: &[u32], dots: &mut [i32]) {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Isa::Vnni => x86::gather_vnni(probe, stored, places, dots),
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => x86::gather_avx2(probe, stored, places, dots),
            Isa::Portable => portable::gather(probe, stored, places, dots),
        }
    }
}

/// Asks the memory for what will soon be read; without the instruction it does nothing.
pub(crate) fn prefetch<T>(items: &[T]) {
    #[cfg(target_arch = "x86_64")]
    x86::prefetch(items);
    #[cfg(not(target_arch = "x86_64"))]
    let _ = items;
}

/// The stored code of one item.
fn row(stored: &[u8], place: u32, dimension: usize) -> &[u8] {
    &stored[place as usize * dimension..][..dimension]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn floats_are_the_same_by_every_instruction_set() {
        let row: Vec<i8> = (0..96).map(|n| (n * 37 % 255 - 127) as i8).collect();
        let vector: Vec<f32> = (0..96_u8).map(|n| f32::from(n).sin()).collect();
        let (mut fast, mut plain) = (vector.clone(), vector);
        super::add_scaled(&mut fast, 0.37, &row);
        lanes::add_scaled(&mut plain, 0.37, &row);
        assert_eq!(fast, plain);
    }

    fn product(a: &[i8], b: &[i8]) -> i32 {
        a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
    }

    #[track_caller]
    fn check(query: &[i8], items: &[Vec<i8>]) {
        let probe = Probe::new(query.to_vec());
        let stored: Vec<u8> = items
            .iter()
            .flat_map(|item| Probe::new(item.clone()).biased().collect::<Vec<_>>())
            .collect();
        let want: Vec<i32> = items.iter().map(|item| product(query, item)).collect();
        let places: Vec<u32> = (0..items.len() as u32).rev().collect();
        for kernel in Kernel::all() {
            let mut dots = vec![0; items.len()];
            kernel.scan(&probe, &stored, &mut dots);
            assert_eq!(dots, want, "{}", kernel.name());
            kernel.gather(&probe, &stored, &places, &mut dots);
            dots.reverse();
            assert_eq!(dots, want, "{}", kernel.name());
        }
    }

    #[test]
    fn every_kernel_is_exact_at_the_extremes() {
        for dimension in [64, 128, 256, 4096] {
            let of = |value: i8| vec![value; dimension];
            let items = [of(127), of(-127), of(0), of(1), of(-1)];
            for query in [127, -127, 0, 1] {
                check(&of(query), &items);
            }
        }
    }

    #[test]
    fn a_code_of_minus_128_becomes_minus_127() {
        assert_eq!(Probe::new(vec![-128; 64]), Probe::new(vec![-127; 64]));
    }

    #[test]
    fn a_stored_code_comes_back_as_it_was() {
        let probe = Probe::new((-127..=64).collect());
        let mut again = Probe::default();
        again.load(&probe.biased().collect::<Vec<_>>());
        assert_eq!(again, probe);
    }

    fn code(dimension: usize) -> impl Strategy<Value = Vec<i8>> {
        proptest::collection::vec(-127..=127_i8, dimension)
    }

    proptest! {
        #[test]
        fn every_kernel_gives_the_same_integers(
            (query, items) in (1..=5_usize).prop_flat_map(|runs| {
                (code(runs * 64), proptest::collection::vec(code(runs * 64), 0..11))
            })
        ) {
            check(&query, &items);
        }
    }
}

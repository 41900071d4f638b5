//! Unit vectors as two int8 codes each.
//!
//! The first code is the vector in steps of its largest component by 127; the
//! second is what that left, in steps 254 times finer, since what rounding leaves
//! is at most half a step. A scan reads the first codes alone; the few it finds
//! are scored again by both, in integers, as exactly as single floats would.

use super::refusal::Refusal;
use crate::kernel::{Kernel, Probe, RUN};

/// The largest code; −128 is not used, so that the range is symmetric.
const CODE_MAX: f64 = 127.0;

/// Fine steps of a coarse one: half a step is `CODE_MAX` fine ones.
const FINE: i32 = 254;

/// Longer vectors could overflow the kernels' 32-bit sums; embeddings have at most 4,096.
const DIMENSION_MAX: usize = 4096;

/// Places compared at a time: as many as a node of the graph has links.
pub(super) const GROUP: usize = 32;

/// One vector as codes: what is stored, and what a query asks with.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Code {
    first: Probe,
    second: Probe,
    /// What a coarse step is worth; makes the decoded vector a unit vector.
    scale: f32,
}

impl Code {
    /// The code of a vector, which is scaled to unit length.
    ///
    /// *Errors*: a dimension the kernels do not read, NaN, an infinity, the zero vector.
    pub fn of(vector: &[f32]) -> Result<Self, Refusal> {
        check_dimension(vector.len())?;
        if let Some((at, value)) = vector.iter().enumerate().find(|(_, value)| !value.is_finite()) {
            return Err(Refusal::NotFinite { at, value: *value });
        }
        let max = vector.iter().fold(0.0_f32, |max, value| max.max(value.abs()));
        if max > 0.0 {
            Ok(Self::in_steps(vector, CODE_MAX / f64::from(max)))
        } else {
            Err(Refusal::Zero)
        }
    }

    fn in_steps(vector: &[f32], steps_per_unit: f64) -> Self {
        let code = |value: &f32| {
            let steps = f64::from(*value) * steps_per_unit;
            let coarse = rounded(steps);
            (coarse as i8, rounded((steps - f64::from(coarse)) * f64::from(FINE)) as i8)
        };
        let (first, second): (Vec<i8>, Vec<i8>) = vector.iter().map(code).unzip();
        let scale = scale_of(&first, &second);
        Self { first: Probe::new(first), second: Probe::new(second), scale }
    }

    /// The number of dimensions.
    pub fn dimension(&self) -> usize {
        self.first.dimension()
    }

    /// What first codes are compared with.
    pub(super) fn first(&self) -> &Probe {
        &self.first
    }
}

/// `f64::round` for small numbers, without the call that it is on older instruction sets.
fn rounded(value: f64) -> i32 {
    (value + 0.5_f64.copysign(value)) as i32
}

/// Whether kernels can read vectors of this length.
pub(super) fn check_dimension(dimension: usize) -> Result<(), Refusal> {
    let fits = dimension.is_multiple_of(RUN) && (RUN..=DIMENSION_MAX).contains(&dimension);
    if fits { Ok(()) } else { Err(Refusal::Dimension(dimension)) }
}

/// The coarse step that makes the decoded vector a unit vector.
fn scale_of(first: &[i8], second: &[i8]) -> f32 {
    let fine =
        |(first, second): (&i8, &i8)| i64::from(*first) * i64::from(FINE) + i64::from(*second);
    let squares: i64 = first.iter().zip(second).map(fine).map(|value| value * value).sum();
    (f64::from(FINE) / (squares as f64).sqrt()) as f32
}

/// The codes of many items, by place.
///
/// *Units*: two bytes a dimension and four bytes an item.
#[derive(Debug, Clone)]
pub(super) struct Codes {
    kernel: Kernel,
    dimension: usize,
    /// *Shape*: `n × dimension`, biased for the kernels.
    firsts: Vec<u8>,
    /// *Shape*: as `firsts`.
    seconds: Vec<u8>,
    /// *Shape*: `n`.
    scales: Vec<f32>,
}

impl Codes {
    /// No codes yet.
    pub(super) fn new(dimension: usize, kernel: Kernel) -> Result<Self, Refusal> {
        check_dimension(dimension)?;
        let (firsts, seconds, scales) = Default::default();
        Ok(Self { kernel, dimension, firsts, seconds, scales })
    }

    /// Room for `n` codes of this dimension.
    pub(super) fn emptied(&self, n: usize) -> Self {
        let bytes = || Vec::with_capacity(n * self.dimension);
        Self { firsts: bytes(), seconds: bytes(), scales: Vec::with_capacity(n), ..*self }
    }

    /// Whether the code is of this dimension.
    pub(super) fn check(&self, code: &Code) -> Result<(), Refusal> {
        let (expected, got) = (self.dimension, code.dimension());
        if expected == got { Ok(()) } else { Err(Refusal::Length { expected, got }) }
    }

    pub(super) fn len(&self) -> usize {
        self.scales.len()
    }

    pub(super) fn dimension(&self) -> usize {
        self.dimension
    }

    pub(super) fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// *Shape*: `n`. What turns a dot product with a first code into a score up to the query's scale.
    pub(super) fn scales(&self) -> &[f32] {
        &self.scales
    }

    /// *Shape*: `n × dimension`.
    pub(super) fn firsts(&self) -> &[u8] {
        &self.firsts
    }

    /// Appends a code of this dimension.
    pub(super) fn push(&mut self, code: &Code) {
        self.firsts.extend(code.first.biased());
        self.seconds.extend(code.second.biased());
        self.scales.push(code.scale);
    }

    /// Writes a code over another.
    pub(super) fn write(&mut self, place: u32, code: &Code) {
        let span = self.span(place);
        for (to, from) in self.firsts[span.clone()].iter_mut().zip(code.first.biased()) {
            *to = from;
        }
        for (to, from) in self.seconds[span].iter_mut().zip(code.second.biased()) {
            *to = from;
        }
        self.scales[place as usize] = code.scale;
    }

    /// The code at a place.
    pub(super) fn read(&self, place: u32) -> Code {
        let mut code = Code { scale: self.scales[place as usize], ..Code::default() };
        code.first.load(&self.firsts[self.span(place)]);
        code.second.load(&self.seconds[self.span(place)]);
        code
    }

    /// Makes `probe` that of the first code at a place.
    pub(super) fn load_first(&self, place: u32, probe: &mut Probe) {
        probe.load(&self.firsts[self.span(place)]);
    }

    /// Scores of first codes at places, but for the scale of what asks.
    ///
    /// *Shape*: at most `GROUP` places, and at least as many scores.
    pub(super) fn score_firsts(&self, probe: &Probe, places: &[u32], scores: &mut [f32]) {
        let mut dots = [0; GROUP];
        let dots = &mut dots[..places.len()];
        self.kernel.gather(probe, &self.firsts, places, dots);
        for ((score, dot), place) in scores.iter_mut().zip(dots).zip(places) {
            *score = *dot as f32 * self.scales[*place as usize];
        }
    }

    /// Whether the code at a place is this one, to the byte.
    pub(super) fn holds(&self, place: u32, code: &Code) -> bool {
        self.firsts[self.span(place)].iter().copied().eq(code.first.biased())
            && self.seconds[self.span(place)].iter().copied().eq(code.second.biased())
    }

    /// Asks the memory for what a comparison of first codes reads.
    pub(super) fn prefetch(&self, place: u32) {
        crate::kernel::prefetch(&self.firsts[self.span(place)]);
        crate::kernel::prefetch(&self.scales[place as usize..=place as usize]);
    }

    /// Takes a code away; the last one moves into its place.
    pub(super) fn swap_remove(&mut self, place: u32) {
        let (span, start) = (self.span(place), self.firsts.len() - self.dimension);
        for codes in [&mut self.firsts, &mut self.seconds] {
            codes.copy_within(start.., span.start);
            codes.truncate(start);
        }
        self.scales.swap_remove(place as usize);
    }

    /// The cosine by both codes. *Units*: in −1..=1, off by some 1e-5 at most.
    pub(super) fn cosine(&self, query: &Code, place: u32) -> f32 {
        let mut cosine = [0.0];
        self.cosines_of_group(query, &[place], &mut cosine);
        cosine[0]
    }

    /// The cosines of many. *Shape*: as `places`.
    pub(super) fn cosines(&self, query: &Code, places: &[u32]) -> Vec<f32> {
        let mut cosines = vec![0.0; places.len()];
        for (places, cosines) in places.chunks(GROUP).zip(cosines.chunks_mut(GROUP)) {
            self.cosines_of_group(query, places, cosines);
        }
        cosines
    }

    fn cosines_of_group(&self, query: &Code, places: &[u32], cosines: &mut [f32]) {
        let dots = |probe: &Probe, stored: &[u8]| {
            let mut dots = [0; GROUP];
            self.kernel.gather(probe, stored, places, &mut dots[..places.len()]);
            dots.map(i64::from)
        };
        let coarse = dots(&query.first, &self.firsts);
        let mixed = [dots(&query.first, &self.seconds), dots(&query.second, &self.firsts)];
        let fine = dots(&query.second, &self.seconds);
        for (at, (place, cosine)) in places.iter().zip(cosines).enumerate() {
            let steps =
                i64::from(FINE) * (i64::from(FINE) * coarse[at] + mixed[0][at] + mixed[1][at]);
            let worth = f64::from(query.scale) * f64::from(self.scales[*place as usize]);
            let value = (steps + fine[at]) as f64 * worth / f64::from(FINE * FINE);
            *cosine = value.clamp(-1.0, 1.0) as f32;
        }
    }

    fn span(&self, place: u32) -> std::ops::Range<usize> {
        let start = place as usize * self.dimension;
        start..start + self.dimension
    }

    /// *Units*: bytes on the heap.
    pub(super) fn bytes(&self) -> usize {
        self.firsts.capacity() + self.seconds.capacity() + self.scales.capacity() * size_of::<f32>()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn codes_of(vectors: &[Vec<f32>]) -> Codes {
        let mut codes = Codes::new(vectors[0].len(), Kernel::detect()).unwrap();
        for vector in vectors {
            codes.push(&Code::of(vector).unwrap());
        }
        codes
    }

    fn exact(a: &[f32], b: &[f32]) -> f64 {
        let dot = |a: &[f32], b: &[f32]| -> f64 {
            a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
        };
        dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
    }

    #[test]
    fn what_has_no_direction_or_no_dimension_is_refused() {
        let of = |value: f32| Code::of(&[value; 64]).unwrap_err();
        assert_eq!(of(0.0), Refusal::Zero);
        assert_eq!(of(f32::INFINITY), Refusal::NotFinite { at: 0, value: f32::INFINITY });
        assert!(matches!(of(f32::NAN), Refusal::NotFinite { at: 0, .. }));
        assert_eq!(Code::of(&[1.0; 65]).unwrap_err(), Refusal::Dimension(65));
        assert_eq!(Code::of(&[]).unwrap_err(), Refusal::Dimension(0));
    }

    #[test]
    fn the_largest_and_the_smallest_floats_have_codes() {
        for value in [f32::MAX, f32::MIN_POSITIVE, f32::from_bits(1)] {
            let codes = codes_of(&[vec![value; 64]]);
            let cosine = codes.cosine(&Code::of(&[-value; 64]).unwrap(), 0);
            assert!((cosine + 1.0).abs() < 1e-6, "{value}: {cosine}");
        }
    }

    #[test]
    fn removing_moves_the_last_code_into_the_gap() {
        let mut vectors: Vec<Vec<f32>> = vec![vec![0.0; 64]; 3];
        (0..3).for_each(|at| vectors[at][at] = 1.0);
        let mut codes = codes_of(&vectors);
        codes.swap_remove(0);
        assert_eq!((codes.len(), codes.read(0)), (2, Code::of(&vectors[2]).unwrap()));
    }

    fn vector() -> impl Strategy<Value = Vec<f32>> {
        proptest::collection::vec(-1.0_f32..1.0, 128)
    }

    proptest! {
        #[test]
        fn both_codes_give_the_cosine_nearly_as_floats_do(a in vector(), b in vector()) {
            let codes = codes_of(std::slice::from_ref(&a));
            let cosine = f64::from(codes.cosine(&Code::of(&b).unwrap(), 0));
            prop_assert!((cosine - exact(&a, &b)).abs() < 2e-5, "{cosine} {}", exact(&a, &b));
        }

        #[test]
        fn a_vector_is_its_own_nearest(a in vector()) {
            let codes = codes_of(std::slice::from_ref(&a));
            let code = Code::of(&a).unwrap();
            prop_assert!((codes.cosine(&code, 0) - 1.0).abs() < 1e-6);
            prop_assert!(codes.holds(0, &code) && codes.read(0) == code);
        }
    }
}

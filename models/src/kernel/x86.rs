//! AVX-512 VNNI and AVX2.
//!
//! Floats go through the portable loops, compiled once more for AVX2.
//! For codes:
//! Four items are worked on at a time: a run of the query is loaded once for all
//! four, and their sums are folded together.
//!
//! Memory is read through references to whole runs, so no address here is
//! computed; what is unsafe is that the instructions must exist, which a
//! [`Kernel`](super::Kernel) proves, and the three intrinsics that take a pointer.
#![expect(unsafe_code, reason = "instructions chosen at run time have no safe form")]

use std::arch::x86_64::{
    __m128i, __m256i, __m512i, _MM_HINT_T0, _mm_add_epi32, _mm_extract_epi32, _mm_prefetch,
    _mm256_abs_epi8, _mm256_add_epi32, _mm256_castsi256_si128, _mm256_extracti128_si256,
    _mm256_hadd_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16,
    _mm256_set1_epi8, _mm256_set1_epi16, _mm256_setzero_si256, _mm256_sign_epi8, _mm256_xor_si256,
    _mm512_castsi512_si256, _mm512_dpbusd_epi32, _mm512_extracti64x4_epi64, _mm512_loadu_si512,
    _mm512_setzero_si512,
};

use super::{BIAS, Probe, RUN, lanes, row};

/// Items worked on at a time.
const LANES: usize = 4;

/// Bytes that memory hands over at a time.
const LINE: usize = 64;

type Run<T> = [T; RUN];

pub(super) fn has_vnni() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vnni")
        && has_avx2()
}

pub(super) fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2")
}

pub(super) fn add_scaled_avx2(sums: &mut [f32], value: f32, row: &[i8]) {
    // SAFETY: called only where `has_avx2` found the feature enabled below.
    unsafe { add_scaled_with_avx2(sums, value, row) }
}

#[target_feature(enable = "avx2")]
fn add_scaled_with_avx2(sums: &mut [f32], value: f32, row: &[i8]) {
    lanes::add_scaled(sums, value, row);
}

pub(super) fn scan_vnni(probe: &Probe, stored: &[u8], dots: &mut [i32]) {
    // SAFETY: a VNNI kernel is made only where `has_vnni` found every feature enabled below.
    unsafe { scan_with_vnni(probe, stored, dots) }
}

pub(super) fn scan_avx2(probe: &Probe, stored: &[u8], dots: &mut [i32]) {
    // SAFETY: an AVX2 kernel is made only where `has_avx2` found the feature enabled below.
    unsafe { scan_with_avx2(probe, stored, dots) }
}

pub(super) fn gather_vnni(probe: &Probe, stored: &[u8], places: &[u32], dots: &mut [i32]) {
    // SAFETY: a VNNI kernel is made only where `has_vnni` found every feature enabled below.
    unsafe { gather_with_vnni(probe, stored, places, dots) }
}

pub(super) fn gather_avx2(probe: &Probe, stored: &[u8], places: &[u32], dots: &mut [i32]) {
    // SAFETY: an AVX2 kernel is made only where `has_avx2` found the feature enabled below.
    unsafe { gather_with_avx2(probe, stored, places, dots) }
}

pub(super) fn prefetch<T>(items: &[T]) {
    let start = items.as_ptr().cast::<i8>();
    for offset in (0..size_of_val(items)).step_by(LINE) {
        // SAFETY: the address lies within the slice, and a prefetch reads nothing that is seen.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(start.add(offset)) };
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vnni,avx2")]
fn scan_with_vnni(probe: &Probe, stored: &[u8], dots: &mut [i32]) {
    for (first, dots) in (0..).step_by(LANES).zip(dots.chunks_mut(LANES)) {
        let place = |lane: usize| first + lane.min(dots.len() - 1) as u32;
        let sums = four_with_vnni(probe, rows(stored, probe.code.len(), place));
        dots.copy_from_slice(&sums[..dots.len()]);
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vnni,avx2")]
fn gather_with_vnni(probe: &Probe, stored: &[u8], places: &[u32], dots: &mut [i32]) {
    for (dots, places) in dots.chunks_mut(LANES).zip(places.chunks(LANES)) {
        let place = |lane: usize| places[lane.min(places.len() - 1)];
        let sums = four_with_vnni(probe, rows(stored, probe.code.len(), place));
        dots.copy_from_slice(&sums[..dots.len()]);
    }
}

#[target_feature(enable = "avx2")]
fn scan_with_avx2(probe: &Probe, stored: &[u8], dots: &mut [i32]) {
    for (first, dots) in (0..).step_by(LANES).zip(dots.chunks_mut(LANES)) {
        let place = |lane: usize| first + lane.min(dots.len() - 1) as u32;
        let sums = four_with_avx2(probe, rows(stored, probe.code.len(), place));
        dots.copy_from_slice(&sums[..dots.len()]);
    }
}

#[target_feature(enable = "avx2")]
fn gather_with_avx2(probe: &Probe, stored: &[u8], places: &[u32], dots: &mut [i32]) {
    for (dots, places) in dots.chunks_mut(LANES).zip(places.chunks(LANES)) {
        let place = |lane: usize| places[lane.min(places.len() - 1)];
        let sums = four_with_avx2(probe, rows(stored, probe.code.len(), place));
        dots.copy_from_slice(&sums[..dots.len()]);
    }
}

/// Four rows; where fewer are left, the last one again.
fn rows(stored: &[u8], dimension: usize, place: impl Fn(usize) -> u32) -> [&[Run<u8>]; LANES] {
    std::array::from_fn(|lane| row(stored, place(lane), dimension).as_chunks().0)
}

#[target_feature(enable = "avx512f,avx512bw,avx512vnni,avx2")]
fn four_with_vnni(probe: &Probe, rows: [&[Run<u8>]; LANES]) -> [i32; LANES] {
    let mut sums = [_mm512_setzero_si512(); LANES];
    for (at, run) in probe.code.as_chunks().0.iter().enumerate() {
        let code = load_512(run);
        for (sum, row) in sums.iter_mut().zip(rows) {
            *sum = _mm512_dpbusd_epi32(*sum, load_512(&row[at]), code);
        }
    }
    folded(sums.map(|sum| halves_added(sum))).map(|sum| sum - probe.excess())
}

/// Products of two pairs are at most 2 × 127 × 127, which 16 bits hold: nothing saturates.
#[target_feature(enable = "avx2")]
fn four_with_avx2(probe: &Probe, rows: [&[Run<u8>]; LANES]) -> [i32; LANES] {
    let mut sums = [_mm256_setzero_si256(); LANES];
    for (at, run) in probe.code.as_chunks().0.iter().enumerate() {
        let code = load_256(run);
        for (sum, row) in sums.iter_mut().zip(rows) {
            let row = load_256(&row[at]);
            *sum = _mm256_add_epi32(*sum, products(code[0], row[0]));
            *sum = _mm256_add_epi32(*sum, products(code[1], row[1]));
        }
    }
    folded(sums)
}

/// Sums of four products each: |code| by the row with the code's sign.
#[target_feature(enable = "avx2")]
fn products(code: __m256i, biased: __m256i) -> __m256i {
    let row = _mm256_xor_si256(biased, _mm256_set1_epi8(BIAS.cast_signed()));
    let pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(code), _mm256_sign_epi8(row, code));
    _mm256_madd_epi16(pairs, _mm256_set1_epi16(1))
}

#[target_feature(enable = "avx512f")]
fn halves_added(sum: __m512i) -> __m256i {
    _mm256_add_epi32(_mm512_castsi512_si256(sum), _mm512_extracti64x4_epi64::<1>(sum))
}

/// The sum of each of four registers.
#[target_feature(enable = "avx2")]
fn folded([a, b, c, d]: [__m256i; LANES]) -> [i32; LANES] {
    let sums = _mm256_hadd_epi32(_mm256_hadd_epi32(a, b), _mm256_hadd_epi32(c, d));
    let sums = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256::<1>(sums));
    unpacked(sums)
}

#[target_feature(enable = "avx2")]
fn unpacked(sums: __m128i) -> [i32; LANES] {
    [
        _mm_extract_epi32::<0>(sums),
        _mm_extract_epi32::<1>(sums),
        _mm_extract_epi32::<2>(sums),
        _mm_extract_epi32::<3>(sums),
    ]
}

/// A byte, signed or not, so that a run of it is 64 bytes of plain memory.
trait Byte {}
impl Byte for i8 {}
impl Byte for u8 {}

#[target_feature(enable = "avx512f")]
fn load_512<T: Byte>(run: &Run<T>) -> __m512i {
    // SAFETY: the reference is to 64 readable bytes, and the load needs no alignment.
    unsafe { _mm512_loadu_si512(run.as_ptr().cast()) }
}

#[target_feature(enable = "avx2")]
fn load_256<T: Byte>(run: &Run<T>) -> [__m256i; 2] {
    // SAFETY: the reference is to 64 readable bytes, two times 32, and a load needs no alignment.
    unsafe {
        let start = run.as_ptr().cast::<__m256i>();
        [_mm256_loadu_si256(start), _mm256_loadu_si256(start.add(1))]
    }
}

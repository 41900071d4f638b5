//! Dot products without any special instruction.

use super::{Probe, RUN, row, unbiased};

pub(super) fn scan(probe: &Probe, stored: &[u8], dots: &mut [i32]) {
    for (place, dot) in (0..).zip(dots) {
        *dot = product(&probe.code, row(stored, place, probe.code.len()));
    }
}

pub(super) fn gather(probe: &Probe, stored: &[u8], places: &[u32], dots: &mut [i32]) {
    for (dot, place) in dots.iter_mut().zip(places) {
        *dot = product(&probe.code, row(stored, *place, probe.code.len()));
    }
}

/// Products of a run fit 32 bits, so the compiler may add them in any order.
fn product(code: &[i8], row: &[u8]) -> i32 {
    let (code, row) = (code.as_chunks::<RUN>().0, row.as_chunks::<RUN>().0);
    code.iter().zip(row).map(|(code, row)| product_of_run(code, row)).sum()
}

fn product_of_run(code: &[i8; RUN], row: &[u8; RUN]) -> i32 {
    let pairs = code.iter().zip(row);
    pairs.map(|(code, byte)| i32::from(i16::from(*code) * i16::from(unbiased(*byte)))).sum()
}

//! What a durable write costs on the store's disk, whatever the program.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use crate::latency::Latency;

const WRITES: usize = 100;

/// The median time of a 4 KiB append and its `fdatasync` in a folder, in microseconds.
pub fn sync_p50_us(folder: &Path) -> std::io::Result<f64> {
    let path = folder.join("probe");
    let mut file = File::create(&path)?;
    let mut latency = Latency::default();
    for _ in 0..WRITES {
        let begun = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        latency.record(begun.elapsed());
    }
    std::fs::remove_file(path)?;
    Ok(latency.quantile_us(0.5))
}

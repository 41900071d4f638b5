//! What the kernel says of a process: its bytes to disks, and its memory.

use std::fs;

/// Bytes this process has had written to disks so far; unknown where there is no `/proc`.
pub fn disk_bytes() -> Option<u64> {
    field(&fs::read_to_string("/proc/self/io").ok()?, "write_bytes:")
}

/// Memory this process holds now, in MB of 10^6 bytes.
pub fn memory_mb() -> Option<f64> {
    memory_of("self").map(|(now, _)| now)
}

/// Memory that a process, by its id, holds now and held at most so far, in MB of 10^6 bytes.
pub fn memory_of(process: &str) -> Option<(f64, f64)> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    Some((megabytes(field(&status, "VmRSS:")?), megabytes(field(&status, "VmHWM:")?)))
}

/// Seconds of a core that a process, by its id, has used so far.
pub fn cpu_s_of(process: &str) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    super::cpu::seconds(&stat)
}

fn megabytes(kib: u64) -> f64 {
    (kib as f64 * 1_024.0 / 1e5).round() / 10.0
}

/// The number after a name at the start of a line, as proc(5) writes them.
fn field(text: &str, name: &str) -> Option<u64> {
    let value = text.lines().find_map(|line| line.strip_prefix(name))?;
    value.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_read_by_its_whole_name() {
        let text = "cancelled_write_bytes: 7\nwrite_bytes: 4096\nVmRSS:\t  120 kB\n";
        assert_eq!(field(text, "write_bytes:"), Some(4_096));
        assert_eq!(field(text, "VmRSS:"), Some(120));
        assert_eq!(field(text, "read_bytes:"), None);
    }
}

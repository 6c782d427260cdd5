//! What both benchmarks measure memory by, and how they print times.

use std::fs;
use std::time::Duration;

/// The most memory, in KiB, that the process has while it does some work once.
pub fn peak(work: impl FnOnce()) -> Option<usize> {
    fs::write("/proc/self/clear_refs", "5").ok()?;
    work();
    high_water("self")
}

/// The most memory, in KiB, that a process has had.
pub fn high_water(process: &str) -> Option<usize> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let mut lines = status.lines();
    let line = lines.find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// A time in the unit that suits it.
pub fn shown(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match time.as_micros() {
        0..1_000 => format!("{:.0} us", seconds * 1e6),
        1_000..1_000_000 => format!("{:.1} ms", seconds * 1e3),
        _ => format!("{seconds:.2} s"),
    }
}

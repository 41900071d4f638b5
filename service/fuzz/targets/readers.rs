//! Files of users, of any bytes: rosters in CSV, TOML and JSON, and tickets in rows.

#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use switchyard::cli::readable;
use switchyard_domain::policy::Policy;
use tempfile::TempDir;

/// In memory where there is such a folder.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).expect("a temporary folder")
});

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    switchyard_policy::read(switchyard_policy::DEFAULT, 0).expect("a sound policy").policy
});

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = FOLDER.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    path
}

fn roster_table(bytes: &[u8]) {
    if let Err(lines) = readable::agents_of_table(&file("agents.csv", bytes)) {
        assert!(!lines.is_empty(), "a table that is not taken says why");
        assert!(lines.iter().all(|line| !line.contains('\n')), "a line for each: {lines:?}");
    }
}

fn tickets(name: &str, bytes: &[u8]) {
    let path = file(name, bytes);
    if let Ok(n_tickets) = readable::tickets(&path, &POLICY) {
        assert!(n_tickets <= bytes.len() || name.contains(".gz") || name.contains(".zst"));
    }
}

fuzz_target!(|bytes: &[u8]| {
    match bytes {
        [0x1f, 0x8b, ..] => tickets("rows.jsonl.gz", bytes),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => tickets("rows.csv.zst", bytes),
        _ => {
            roster_table(bytes);
            tickets("rows.csv", bytes);
            tickets("rows.jsonl", bytes);
            let _ = readable::agents_of_roster(&file("roster.toml", bytes));
            let _ = readable::agents_of_roster(&file("roster.json", bytes));
        }
    }
});

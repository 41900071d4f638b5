//! The real binary as a process of its own, so that its memory is told apart from the load's.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::Context as _;
use tempfile::TempDir;

use crate::rpc::process;
use crate::rpc::target::fresh_folder;

/// A serving process on a fresh store; it ends with this value.
#[derive(Debug)]
pub struct Served {
    child: Child,
    /// Such as <http://127.0.0.1:50051>.
    pub url: String,
    /// Kept for as long as it runs.
    _folder: TempDir,
}

impl Served {
    /// Starts the `switchyard` binary that lies beside this program, or another one.
    pub fn start(binary: Option<&Path>, store_in: &Path) -> anyhow::Result<Self> {
        let binary = binary.map_or_else(beside, |binary| Ok(binary.to_owned()))?;
        let folder = fresh_folder(store_in)?;
        let mut child = Command::new(&binary)
            .args(["serve", "--listen", "127.0.0.1:0", "--store"])
            .arg(folder.path().join("switchyard.sqlite"))
            .args(["--set", "server.metrics_listen=", "--set", "log.filter=error"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| {
                let built = "build it with `cargo build --release --workspace`";
                format!("expected the server's binary at {}: {built}", binary.display())
            })?;
        let stdout = child.stdout.take().context("the output is piped")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let at = line.trim().strip_prefix("listening on ");
        let at = at.with_context(|| format!("expected `listening on …`, got {line:?}"))?;
        Ok(Self { child, url: format!("http://{at}"), _folder: folder })
    }

    /// Memory it holds now and held at most so far, in MB of 10^6 bytes.
    pub fn memory_mb(&self) -> Option<(f64, f64)> {
        process::memory_of(&self.child.id().to_string())
    }

    /// Seconds of a core that it has used so far.
    pub fn cpu_s(&self) -> Option<f64> {
        process::cpu_s_of(&self.child.id().to_string())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Both fail only where it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The binary that the same build put beside this one.
fn beside() -> anyhow::Result<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name("switchyard"))
}

//! The folder of an export: how far each table went, and which files still await their names.
//!
//! A range is written under temporary names and synced. Then the state is
//! replaced by one that has the range behind it and lists its files: from that
//! instant on the range is exported. Then the files get their names. Whoever
//! opens the folder next finishes what a killed process left of that, so
//! nothing is exported twice and nothing is skipped, whenever it was killed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::table::{Stream, Table};
use crate::files::{Draft, failed, name_draft_of, sync_folder_of};

/// The state, and what keeps a second export out of the folder.
const STATE: &str = "switchyard-export.json";
const LOCK: &str = ".switchyard-export.lock";

/// The form of the state that is written; one of another form is refused.
const FORM: u32 = 1;

/// How far a table went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Position {
    /// Its table and format.
    #[serde(flatten)]
    pub(super) stream: Stream,
    /// The last event behind it.
    pub(super) sequence: u64,
    /// A digest of the entry with that event, which tells another journal.
    pub(super) entry: String,
    /// Where outcomes must begin to know the tickets that are still open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) lives_from: Option<u64>,
}

/// The state as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    form: u32,
    tenants: BTreeMap<String, Vec<Position>>,
    /// Files that are exported and may still be drafts.
    naming: Vec<String>,
}

/// A folder that only this process exports to.
#[derive(Debug)]
pub(super) struct ExportFolder {
    path: PathBuf,
    state: State,
    _lock: File,
}

impl ExportFolder {
    /// Opens or makes a folder, and finishes what an export that was killed there left.
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(path).map_err(failed("make the folder", path))?;
        let lock = lock(path)?;
        let state = State::read(&path.join(STATE))?;
        let mut folder = Self { path: path.to_owned(), state, _lock: lock };
        folder.finish()?;
        Ok(folder)
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        if !self.state.naming.is_empty() {
            self.name()?;
            // Else a draft of the same name that is begun later would be taken for one of these.
            self.state.naming.clear();
            self.state.write(&self.path)?;
        }
        remove_drafts(&self.path)
    }

    /// Where files go.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// How far a table of a tenant went.
    pub(super) fn position(&self, tenant: &str, stream: Stream) -> Option<&Position> {
        let positions = self.state.tenants.get(tenant)?;
        positions.iter().find(|position| position.stream == stream)
    }

    /// Puts a range behind the tables it was written for, and names its files; all or nothing.
    pub(super) fn commit(
        &mut self,
        tenant: &str,
        positions: Vec<Position>,
        drafts: Vec<Draft>,
    ) -> anyhow::Result<()> {
        drafts.iter().try_for_each(Draft::sync)?;
        let before = self.state.clone();
        self.state.put(tenant, positions);
        self.state.naming = drafts.iter().map(name_of).collect();
        if let Err(error) = self.state.write(&self.path) {
            // It may have failed after all was in its place.
            if State::read(&self.path.join(STATE)).is_ok_and(|there| there == self.state) {
                drafts.into_iter().for_each(Draft::leave);
            }
            self.state = before;
            return Err(error);
        }
        drafts.into_iter().for_each(Draft::leave);
        self.name()
    }

    fn name(&self) -> anyhow::Result<()> {
        for name in &self.state.naming {
            name_draft_of(&self.path.join(name))?;
        }
        Ok(sync_folder_of(&self.path.join(STATE))?)
    }
}

impl State {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self { form: FORM, tenants: BTreeMap::new(), naming: Vec::new() });
            }
            Err(error) => return Err(failed("read", path)(error).into()),
        };
        let unreadable = || format!("expected the state of an export in {}", path.display());
        let raw: serde_json::Value = serde_json::from_str(&text).with_context(unreadable)?;
        match raw["form"].as_u64() {
            Some(form) if form == u64::from(FORM) => {
                serde_json::from_value(raw).with_context(unreadable)
            }
            _ => bail!("{}: expected form {FORM}, got {}", path.display(), raw["form"]),
        }
    }

    fn put(&mut self, tenant: &str, positions: Vec<Position>) {
        let of_tenant = self.tenants.entry(tenant.to_owned()).or_default();
        of_tenant.retain(|old| positions.iter().all(|new| new.stream != old.stream));
        of_tenant.extend(positions);
        of_tenant.sort_by_key(|position| position.stream);
    }

    fn write(&self, folder: &Path) -> anyhow::Result<()> {
        let mut draft = Draft::of(&folder.join(STATE))?;
        let text = serde_json::to_string_pretty(self)? + "\n";
        draft.file().write_all(text.as_bytes()).map_err(failed("write", draft.path()))?;
        Ok(draft.replace()?)
    }
}

fn name_of(draft: &Draft) -> String {
    let name = draft.target().file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn lock(folder: &Path) -> anyhow::Result<File> {
    let path = folder.join(LOCK);
    let file = File::create(&path).map_err(failed("write", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!(
                "expected to be the only export to {}, but another one is at it",
                folder.display()
            )
        }
        Err(TryLockError::Error(error)) => Err(failed("lock", &path)(error).into()),
    }
}

/// Removes what killed exports had begun.
fn remove_drafts(folder: &Path) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder).map_err(failed("read", folder))? {
        let path = entry.map_err(failed("read", folder))?.path();
        if is_draft(&path) {
            std::fs::remove_file(&path).map_err(failed("remove", &path))?;
        }
    }
    Ok(())
}

fn is_draft(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(name) = name.strip_prefix('.').and_then(|name| name.strip_suffix(".part")) else {
        return false;
    };
    let tables = [Table::Decisions, Table::Events, Table::Outcomes];
    tables.iter().any(|table| name.starts_with(&format!("{}-", table.name())))
}

/// The first half of SHA-256, in hexadecimal digits.
pub(super) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..16].iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

//! The store: its file, its pages, every tenant's desk and policy.

use std::fs::OpenOptions;
use std::path::Path;

use switchyard_domain::time::Timestamp;

use super::report::{Check, Finding};
use crate::app::archive::expect_whole;
use crate::app::recovery::RecoveryError;
use crate::app::{Archive, Understander};
use crate::cli::size::bytes;
use crate::files::{folder_of, with_suffix};
use crate::lang::Lang;
use crate::store::{Beside, Check as PageCheck, Extent, StoreError};

/// A log of this size was not folded for long: something reads without end, or nothing writes.
const LOG_LARGE: u64 = 1 << 30;

/// What is known of a store after a look at it.
#[derive(Debug, Default)]
pub(super) struct Stored {
    /// What was found.
    pub(super) findings: Vec<Finding>,
    /// When the last entry of any journal was made.
    pub(super) last_at: Option<Timestamp>,
}

/// Looks at a store; without a model no policy is held against its labels.
pub(super) async fn look(path: &Path, model: Option<&Understander>, lang: Lang) -> Stored {
    let mut stored = Stored::default();
    if path.symlink_metadata().is_err() {
        stored.findings.push(absent(path, lang));
        return stored;
    }
    let store = match Beside::open(path).await {
        Ok(store) => store,
        Err(error) => {
            stored.findings.push(unusable(Check::Store, &error, lang));
            return stored;
        }
    };
    stored.findings.push(file(path, lang));
    if let Err(error) = store.check(PageCheck::Quick).await {
        stored.findings.push(unusable(Check::Pages, &error, lang));
        return stored;
    }
    stored.findings.push(Finding::ok(Check::Pages, lang.pick("完好", "sound")));
    if let Err(error) = stored.look_at_desks(&store, model, lang).await {
        stored.findings.push(unusable(Check::Desks, &error, lang));
    }
    stored
}

fn absent(path: &Path, lang: Lang) -> Finding {
    let shown = path.display();
    if folder_of(path).is_dir() {
        let found = match lang {
            Lang::Zh => format!("{shown} 尚不存在，serve 会创建"),
            Lang::En => format!("{shown} is not there yet; serve makes it"),
        };
        return Finding::ok(Check::Store, found);
    }
    let found = match lang {
        Lang::Zh => format!("{shown} 所在的目录不存在"),
        Lang::En => format!("the folder of {shown} is not there"),
    };
    let advice = lang.pick("创建该目录，或修改 store.path", "make the folder, or set store.path");
    Finding::failed(Check::Store, found, advice)
}

/// The file of a store that can be read.
fn file(path: &Path, lang: Lang) -> Finding {
    let size = |path: &Path| path.metadata().map_or(0, |file| file.len());
    let (shown, log) = (path.display(), size(&with_suffix(path, "-wal")));
    // Opened to be written and closed again: nothing of it changes.
    if let Err(error) = OpenOptions::new().write(true).open(path) {
        return Finding::failed(Check::Store, format!("{shown}: {error}"), permissions(lang));
    }
    let (store, log_size) = (bytes(size(path)), bytes(log));
    let found = match lang {
        Lang::Zh => format!("{shown}，{store}，预写日志 {log_size}"),
        Lang::En => format!("{shown}, {store}, with a log of {log_size}"),
    };
    if log > LOG_LARGE {
        let advice = lang.pick(
            "日志长期未能并入：检查是否有长时间的读取，或重启服务",
            "the log was not folded for long: look for a reader without end, or restart the server",
        );
        return Finding::warning(Check::Store, found, advice);
    }
    Finding::ok(Check::Store, found)
}

fn unusable(check: Check, error: &StoreError, lang: Lang) -> Finding {
    let advice = match error {
        StoreError::FromTheFuture { .. } => lang.pick(
            "使用写入它的新版本，或恢复本版本的备份",
            "run the newer version that wrote it, or restore a backup of this one",
        ),
        StoreError::Corrupt { .. } => lang.pick(
            "停止服务，保留该文件，用 switchyard restore --replace 恢复备份",
            "stop the server, keep the file, and restore a backup with switchyard restore --replace",
        ),
        StoreError::FromThePast { .. } => lang.pick(
            "确认路径；serve 会升级旧版存储",
            "check the path; serve brings an older store up to date",
        ),
        _ => permissions(lang),
    };
    Finding::failed(check, error.to_string(), advice)
}

fn permissions(lang: Lang) -> &'static str {
    lang.pick(
        "允许运行服务的用户读写该文件及其目录",
        "let the user of the server read and write the file and its folder",
    )
}

impl Stored {
    async fn look_at_desks(
        &mut self,
        store: &Beside,
        model: Option<&Understander>,
        lang: Lang,
    ) -> Result<(), StoreError> {
        let archive = Archive::of(store).await?;
        let extents = archive.extents().await?;
        self.last_at = extents.iter().map(|extent| Timestamp::from_millis(extent.last_at_ms)).max();
        let mut found = Desks::default();
        for extent in &extents {
            found.look_at(&archive, extent, model).await;
        }
        archive.close().await;
        self.findings.extend(found.findings(&extents, lang));
        Ok(())
    }
}

/// What is wrong with tenants.
#[derive(Debug, Default)]
struct Desks {
    unreadable: Vec<String>,
    bad_policies: Vec<String>,
    other_labels: Vec<String>,
}

impl Desks {
    async fn look_at(&mut self, archive: &Archive, extent: &Extent, model: Option<&Understander>) {
        let desk = match expect_whole(extent) {
            Ok(()) => archive.desk(extent).await,
            Err(error) => Err(error),
        };
        match desk {
            Ok(desk) => {
                let policy = desk.policy();
                if model.is_some_and(|model| !model.fits(policy)) {
                    self.other_labels.push(format!("{} ({})", extent.tenant, policy.revision));
                }
            }
            Err(error @ RecoveryError::Policy { .. }) => self.bad_policies.push(error.to_string()),
            Err(error) => self.unreadable.push(format!("{}: {error}", extent.tenant)),
        }
    }

    fn findings(&self, extents: &[Extent], lang: Lang) -> [Finding; 2] {
        [self.desks(extents, lang), self.policies(lang)]
    }

    fn desks(&self, extents: &[Extent], lang: Lang) -> Finding {
        if !self.unreadable.is_empty() {
            let advice = lang.pick(
                "用写入它的版本启动，或用 switchyard restore --replace 恢复备份",
                "start the version that wrote it, or restore a backup with switchyard restore --replace",
            );
            return Finding::failed(Check::Desks, self.unreadable.join("; "), advice);
        }
        let (n, events) = (extents.len(), extents.iter().map(|e| e.n_events).sum::<u64>());
        let found = match lang {
            Lang::Zh => format!("{n} 个租户，{events} 个事件，均可重建"),
            Lang::En => format!("tenants: {n}, events: {events}, all rebuilt"),
        };
        Finding::ok(Check::Desks, found)
    }

    fn policies(&self, lang: Lang) -> Finding {
        if !self.bad_policies.is_empty() {
            let advice = lang.pick(
                "用接受该策略的版本启动，再应用可读的策略",
                "start the version that took it, and apply a policy that can be read",
            );
            return Finding::failed(Check::Policies, self.bad_policies.join("; "), advice);
        }
        if !self.other_labels.is_empty() {
            let tenants = self.other_labels.join(", ");
            let found = match lang {
                Lang::Zh => format!("以下租户（策略版本）的类别不是模型的标签：{tenants}"),
                Lang::En => {
                    format!("categories that are not the model's labels: {tenants} (revision)")
                }
            };
            let advice = lang.pick(
                "应用与模型标签一致的策略，或换用对应的模型；在此之前模型不判断类别",
                "apply a policy with the model's labels, or set the model they are of; until then no category is judged",
            );
            return Finding::warning(Check::Policies, found, advice);
        }
        Finding::ok(
            Check::Policies,
            lang.pick("均可读，且与模型标签一致", "all read, and fit the model"),
        )
    }
}

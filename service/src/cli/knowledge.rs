//! `switchyard knowledge`: solved tickets and articles of a file onto a running server.

mod rows;

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, bail};
use futures_util::stream;
use sha2::{Digest as _, Sha256};
use switchyard_models::bundle::sha256_hex;

use super::out;
use super::progress::Progress;
use crate::grpc::client::{Client, ToldItem};
use crate::lang::Lang;

/// How often a stream that broke is begun again without coming any further.
const RETRIES_MAX: u32 = 5;

/// Between two of them.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Mistakes told of a file before it is given up.
const MISTAKES_MAX: usize = 20;

/// What `knowledge` takes.
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub(super) struct KnowledgeArgs {
    #[command(subcommand)]
    command: KnowledgeCommand,
}

#[derive(Debug, clap::Subcommand)]
enum KnowledgeCommand {
    /// Send the solved tickets and articles of a file to a server.
    ///
    /// Every row is checked before anything is sent. An import that was stopped goes on where it was:
    /// the same command for the same file sends nothing twice.
    #[command(after_long_help = super::help::KNOWLEDGE_IMPORT)]
    Import(ImportArgs),
}

#[derive(Debug, clap::Args)]
struct ImportArgs {
    /// The items: .jsonl or .csv, plain, .gz or .zst.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The server.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:50051")]
    address: String,
    /// Whose knowledge; by default the tenant of calls that name none.
    #[arg(long, value_name = "TENANT")]
    tenant: Option<String>,
    /// Names the import, by which it goes on; by default the file's digest.
    #[arg(long, value_name = "NAME")]
    import_id: Option<String>,
    /// Only check the file; no server is needed.
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &KnowledgeArgs, lang: Lang) -> anyhow::Result<()> {
    match &args.command {
        KnowledgeCommand::Import(args) => import(args, lang),
    }
}

fn import(args: &ImportArgs, lang: Lang) -> anyhow::Result<()> {
    let n_items = checked(&args.file)?;
    if args.dry_run {
        let n = n_items.to_string();
        return Ok(out::print(&match lang {
            Lang::Zh => format!("{n} 条可以导入"),
            Lang::En => format!("{n} items can be imported"),
        })?);
    }
    let runtime = tokio::runtime::Runtime::new().context("expected to start the runtime")?;
    let told = runtime.block_on(send(args, n_items, lang))?;
    Ok(out::print(&told)?)
}

/// The number of items, or a line on standard error for each mistake.
fn checked(file: &Path) -> anyhow::Result<u64> {
    let (mut n_items, mut n_wrong) = (0, 0);
    for item in rows::open(file)? {
        match item {
            Ok(_) => n_items += 1,
            Err(error) => {
                n_wrong += 1;
                out::complain(&error.to_string());
            }
        }
        if n_wrong >= MISTAKES_MAX {
            break;
        }
    }
    let name = file.display();
    match (n_items, n_wrong) {
        (0, 0) => bail!("{name}: expected at least one row, got none"),
        (_, 0) => Ok(n_items),
        _ => bail!("{name}: expected rows without a mistake, got {n_wrong}; nothing was sent"),
    }
}

async fn send(args: &ImportArgs, n_items: u64, lang: Lang) -> anyhow::Result<String> {
    let client = Client::connect(&args.address, args.tenant.as_deref(), lang).await?;
    let import = args.import_id.clone().map_or_else(|| digest(&args.file), Ok)?;
    let what = lang.pick("导入", "importing").to_owned();
    let progress = Progress::of_items(what, n_items);
    let mut next = client.import_mark(&import).await?;
    let begun = next;
    let (mut n_refused, mut n_retries) = (0_u64, 0);
    while next < n_items {
        let before = next;
        let items = stream::iter(items_from(&args.file, next));
        let sent = client.import(import.clone(), items, |taken| {
            next = taken.next_index;
            progress.set(next);
            n_refused += taken.refused.len() as u64;
            for (index, why) in taken.refused {
                out::complain(&refused(index, &why, lang));
            }
        });
        if let Err(error) = sent.await {
            n_retries = if next > before { 1 } else { n_retries + 1 };
            if n_retries > RETRIES_MAX {
                return Err(error.context(format!("sent up to item {next} of {n_items}")));
            }
            tokio::time::sleep(RETRY_AFTER).await;
            next = client.import_mark(&import).await.unwrap_or(next);
        } else if next == before {
            bail!("expected the server to take items from {before} on, got nothing");
        }
    }
    drop(progress);
    let (n_tickets, n_articles) = client.knowledge_counts().await?;
    // A name may have been used for a longer file before.
    let n_sent = n_items.saturating_sub(begun).saturating_sub(n_refused);
    Ok(match lang {
        Lang::Zh => format!(
            "已导入 {n_sent} 条（之前已发送 {begun} 条，拒绝 {n_refused} 条）；\
             现有工单 {n_tickets}，文章 {n_articles}"
        ),
        Lang::En => format!(
            "imported {n_sent} items ({begun} were sent before, {n_refused} refused); \
             now {n_tickets} tickets and {n_articles} articles"
        ),
    })
}

fn refused(index: u64, why: &str, lang: Lang) -> String {
    let row = index + 1;
    match lang {
        Lang::Zh => format!("第 {row} 条被拒绝：{why}"),
        Lang::En => format!("item {row} was refused: {why}"),
    }
}

/// Rows that were checked, from one on, with their places.
fn items_from(
    file: &Path,
    from: u64,
) -> impl Iterator<Item = (u64, ToldItem)> + Send + 'static + use<> {
    // The rows are read on a thread of their own: a file is no future.
    let (sender, receiver) = std::sync::mpsc::sync_channel(64);
    let file = file.to_owned();
    std::thread::spawn(move || {
        let Ok(rows) = rows::open(&file) else { return };
        for (index, item) in (0_u64..).zip(rows).skip(from as usize) {
            // One that is no item any more ends the import: the file was changed meanwhile.
            let Ok(item) = item else { return };
            if sender.send((index, item)).is_err() {
                return;
            }
        }
    });
    receiver.into_iter()
}

/// Names the import of a file by what is in it.
fn digest(file: &Path) -> anyhow::Result<String> {
    let opened = || format!("{}: expected a readable file", file.display());
    let mut reader = std::fs::File::open(file).with_context(opened)?;
    let (mut digest, mut buffer) = (Sha256::new(), vec![0; 64 * 1024]);
    loop {
        let n_bytes = reader.read(&mut buffer).with_context(opened)?;
        if n_bytes == 0 {
            break;
        }
        digest.update(&buffer[..n_bytes]);
    }
    Ok(format!("file-{}", &sha256_hex(&digest.finalize())[..32]))
}

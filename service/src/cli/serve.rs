//! `switchyard serve`: configuration, logs, build, serve, drain.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::out;
use super::settings::{SettingsArgs, store_setting};
use crate::app::Clock;
use crate::config::{Config, Setting};
use crate::lang::Lang;
use crate::server;
use crate::telemetry::logs;

/// What `serve` takes.
#[derive(Debug, clap::Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    settings: SettingsArgs,
    /// Address for gRPC, over `server.listen`; port 0 takes a free one.
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// SQLite file, over `store.path`; made when absent.
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
}

impl ServeArgs {
    fn flags(&self) -> anyhow::Result<Vec<Setting>> {
        let listen = self.listen.map(|at| ("server.listen".to_owned(), at.to_string()));
        Ok(listen.into_iter().chain(store_setting(self.store.as_deref())?).collect())
    }
}

pub(super) fn run(args: &ServeArgs, lang: Lang) -> anyhow::Result<()> {
    let config = args.settings.load(&args.flags()?, lang)?;
    logs::init(config.log.format, &config.log.filter)?;
    let runtime = tokio::runtime::Runtime::new().context("expected to start the runtime")?;
    runtime.block_on(serve(config))
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let (app, writer) = server::build(&config, Clock::System).await?;
    let listener = bind(config.server.listen).await?;
    let (stop, stopped) = watch::channel(false);
    if let Some(at) = config.server.metrics_listen {
        let metrics = bind(at).await?;
        tokio::spawn(server::serve_metrics(metrics, app.desks.clone(), stopped));
    }
    let at = listener.local_addr().context("expected a bound address")?;
    // Before anybody can know that the server is there.
    let stop_asked = stop_signal().context("expected to receive signals")?;
    tracing::info!(%at, model = app.understander.version(), "serving");
    if let Err(error) = out::print(&format!("listening on {at}\n")) {
        // Whoever started us may not care; calls are answered all the same.
        tracing::warn!(%error, "the address was not printed");
    }
    let drain = Duration::from_secs(u64::from(config.server.drain_seconds));
    let served = server::serve(listener, app, drain, stop_asked).await;
    let _ = stop.send(true);
    writer.stop().await;
    tracing::info!("stopped");
    served.context("the gRPC server failed")
}

async fn bind(at: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(at).await.with_context(|| format!("expected to listen on {at}"))
}

/// SIGTERM or SIGINT, heard from now on.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

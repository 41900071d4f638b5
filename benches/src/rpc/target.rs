//! The server under load: one started here, or one that runs elsewhere.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use switchyard::app::{Clock, WriterThreads};
use switchyard::config::Config;
use switchyard::server;
use switchyard::telemetry::logs;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use tonic::metadata::AsciiMetadataValue;
use tonic::transport::{Channel, Endpoint};

use super::args::Args;
use super::disk;

/// Calls admitted at a time: a load generator asks for what there is; `--overload` asks about more.
const IN_FLIGHT_MAX: u32 = 16_384;

/// What is called.
#[derive(Debug)]
pub struct Target {
    /// Connections; callers share them in turn.
    pub channels: Vec<Channel>,
    /// Where its metrics are, if they are known.
    pub metrics: Option<SocketAddr>,
    /// The disk's sync, if the store is ours.
    pub fsync_p50_us: Option<f64>,
    own: Option<Own>,
}

/// A server of our own.
#[derive(Debug)]
struct Own {
    stop: oneshot::Sender<()>,
    stop_metrics: watch::Sender<bool>,
    serving: JoinHandle<Result<(), server::ServeError>>,
    writer: WriterThreads,
    /// Kept for as long as the server runs, if it is the server's alone.
    folder: Option<TempDir>,
}

impl Target {
    /// Starts or reaches the server.
    pub async fn of(args: &Args) -> anyhow::Result<Self> {
        match &args.url {
            Some(url) => {
                let channels = connect(url, args.connections).await?;
                Ok(Self { channels, metrics: args.metrics, fsync_p50_us: None, own: None })
            }
            None => Self::start(args).await,
        }
    }

    /// The server as `switchyard serve` runs it, logs and metrics on; it admits all callers there are.
    async fn start(args: &Args) -> anyhow::Result<Self> {
        let folder = fresh_folder(&args.store_in)?;
        let config = config(folder.path())?;
        logs::init(config.log.format, &config.log.filter)?;
        let mut target = Self::on(folder.path(), args.connections).await?;
        if let Some(own) = &mut target.own {
            own.folder = Some(folder);
        }
        Ok(target)
    }

    /// The same on a store that is there, and stays.
    pub async fn on(folder: &Path, n_connections: u32) -> anyhow::Result<Self> {
        let fsync_p50_us = Some(disk::sync_p50_us(folder)?);
        let config = config(folder)?;
        let (app, writer) = server::build(&config, Clock::System).await?;
        let (stop_metrics, stopped) = watch::channel(false);
        let (listener, at) = listen().await?;
        let (metrics_listener, metrics_at) = listen().await?;
        tokio::spawn(server::serve_metrics(metrics_listener, app.desks.clone(), stopped));
        let (stop, stopping) = oneshot::channel::<()>();
        let drain = Duration::from_secs(u64::from(config.server.drain_seconds));
        let serving = tokio::spawn(server::serve(listener, app, drain, async {
            let _ = stopping.await;
        }));
        let channels = connect(&format!("http://{at}"), n_connections).await?;
        let own = Some(Own { stop, stop_metrics, serving, writer, folder: None });
        Ok(Self { channels, metrics: Some(metrics_at), fsync_p50_us, own })
    }

    /// The connection of a caller.
    pub fn channel(&self, caller: usize) -> Channel {
        self.channels[caller % self.channels.len()].clone()
    }

    /// Whether the server runs in this process, so that the kernel's account covers it.
    pub fn is_own(&self) -> bool {
        self.own.is_some()
    }

    /// Stops a server of our own.
    pub async fn stop(self) -> anyhow::Result<()> {
        drop(self.channels);
        let Some(own) = self.own else { return Ok(()) };
        let _ = own.stop.send(());
        let _ = own.stop_metrics.send(true);
        own.serving.await?.context("the server failed")?;
        own.writer.stop().await;
        drop(own.folder);
        Ok(())
    }
}

/// A folder for a store, on the disk of another folder.
pub fn fresh_folder(within: &Path) -> anyhow::Result<TempDir> {
    Ok(tempfile::Builder::new().prefix("rpc-store-").tempdir_in(within)?)
}

fn config(folder: &Path) -> anyhow::Result<Config> {
    let path = folder.join("switchyard.sqlite").display().to_string();
    let setting = |key: &str, value: String| (key.to_owned(), value);
    let settings = [
        setting("store.path", path),
        setting("log.filter", "warn".to_owned()),
        setting("server.in_flight_max", IN_FLIGHT_MAX.to_string()),
    ];
    Ok(Config::load(None, &[], &settings)?)
}

/// A free port of this machine.
pub async fn listen() -> anyhow::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let at = listener.local_addr()?;
    Ok((listener, at))
}

/// So many connections to one server.
pub async fn connect(url: &str, n: u32) -> anyhow::Result<Vec<Channel>> {
    let endpoint = Endpoint::from_shared(url.to_owned())?.tcp_nodelay(true);
    let mut channels = Vec::new();
    for _ in 0..n {
        let channel = endpoint.connect().await;
        channels.push(channel.with_context(|| format!("expected a server at {url}"))?);
    }
    Ok(channels)
}

/// A message for the tenant of this run, so that nobody else's desk is touched.
pub fn request<T>(message: T) -> tonic::Request<T> {
    static TENANT: std::sync::LazyLock<AsciiMetadataValue> = std::sync::LazyLock::new(|| {
        let started = std::time::UNIX_EPOCH.elapsed().unwrap_or_default().as_millis();
        let name = format!("bench-{started}");
        name.parse().expect("letters and digits")
    });
    let mut request = tonic::Request::new(message);
    request.metadata_mut().insert("switchyard-tenant", TENANT.clone());
    request
}

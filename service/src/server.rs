//! Build the parts, serve, drain.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::app::recovery::{RecoveryError, recover};
use crate::app::understanding::ModelChoice;
use crate::app::{App, Clock, Desks, Heads, Knowledge, Understander, WriterThreads};
use crate::config::{Config, ModelConfig, ServerConfig, StoreConfig};
use crate::store::{Store, StoreError, StoreOptions};
use crate::telemetry::metrics_server;

/// Why the service cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The bundle cannot be used.
    #[error("model: {0}")]
    Model(#[from] switchyard_models::bundle::BundleError),
    /// The store cannot be used.
    #[error("store: {0}")]
    Store(#[from] StoreError),
    /// The desks cannot be rebuilt.
    #[error("store: {0}")]
    Recovery(#[from] RecoveryError),
    /// Vectors of the model cannot be searched.
    #[error("model: {0}")]
    Vectors(#[from] switchyard_models::similar::Refusal),
    /// The writer's thread cannot be started.
    #[error("expected to start the writer's thread: {0}")]
    Thread(#[from] std::io::Error),
}

/// Loads the configured model.
pub fn load_model(config: &ModelConfig) -> Result<Understander, BuildError> {
    let choice = match config {
        ModelConfig::Embedded => ModelChoice::Embedded,
        ModelConfig::None => ModelChoice::None,
        ModelConfig::Folder(folder) => ModelChoice::Folder(folder),
    };
    Ok(Understander::load(&choice)?)
}

/// Opens the store, rebuilds the desks and starts the writer.
pub async fn build(config: &Config, clock: Clock) -> Result<(App, WriterThreads), BuildError> {
    let understander = Arc::new(load_model(&config.model)?);
    let options =
        StoreOptions { path: config.store.path.clone(), bytes_max: config.store.bytes_max };
    let store = Store::open(&options).await?;
    let recovered = match recover(&store.reader).await {
        Ok(recovered) => recovered,
        Err(error) => {
            // Why it is not served says more than a store that does not close either.
            let _ = store.close().await;
            return Err(error.into());
        }
    };
    let knowledge = Arc::new(Knowledge::new(understander.dense_width(), config.knowledge)?);
    if let Err(error) = knowledge.load(&store.reader, &understander).await {
        let _ = store.close().await;
        return Err(error.into());
    }
    let heads = Heads::new(understander.about().map(|about| about.encoder.clone()));
    if let Err(error) = heads.load(&store.reader).await {
        let _ = store.close().await;
        return Err(error.into());
    }
    let heads = Arc::new(heads);
    let StoreConfig { snapshot_every, journal_kept, .. } = config.store;
    let (desks, writer) = Desks::start(store, recovered, clock, snapshot_every, journal_kept)?;
    warn_of_other_labels(&desks, &understander, &heads);
    let ServerConfig { in_flight_max, message_seconds, .. } = config.server;
    let message_time_max = Duration::from_secs(message_seconds.into());
    let app = App { desks, understander, heads, knowledge, in_flight_max, message_time_max };
    if let Err(error) = app.sweep_memories().await {
        tracing::warn!(%error, "what need not be remembered is forgotten later");
    }
    Ok((app, writer))
}

/// Their tickets get no category from this model until a policy that fits is applied.
fn warn_of_other_labels(desks: &Desks, understander: &Understander, heads: &Heads) {
    desks.committed.for_each(|tenant, desk| {
        if !understander.fits(desk.policy()) && heads.judging(tenant, desk.policy()).is_none() {
            let (revision, model) = (desk.policy().revision, understander.version());
            tracing::warn!(%tenant, revision, model, "the policy's categories are not the model's labels");
        }
    });
}

/// Why the service stopped serving by itself.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The gRPC server failed.
    #[error("the gRPC server failed: {0}")]
    Transport(#[from] tonic::transport::Error),
    /// Nothing can change any more, so there is no use in going on.
    #[error("the writer ended unexpectedly; everything acknowledged is in the store")]
    WriterEnded,
}

/// Serves until `shutdown` is done; calls at work then have `drain` to finish.
pub async fn serve(
    listener: TcpListener,
    app: App,
    drain: Duration,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let (stop, stopped) = watch::channel(false);
    let desks = app.desks.clone();
    // Ends with this call, or the writer would wait for it.
    let mut beside = JoinSet::new();
    beside.spawn(app.clone().keep_sweeping());
    let serving = crate::grpc::serve(listener, app, until(stopped));
    tokio::pin!(serving);
    let outcome = tokio::select! {
        ended = &mut serving => return Ok(ended?),
        () = shutdown => Ok(()),
        () = desks.writer_ended() => Err(ServeError::WriterEnded),
    };
    tracing::info!(drain_seconds = drain.as_secs(), "stopping");
    let _ = stop.send(true);
    match tokio::time::timeout(drain, serving).await {
        Ok(ended) => ended?,
        Err(_) => tracing::warn!("calls were still at work at the end of the drain"),
    }
    outcome
}

/// Serves metrics beside it.
pub async fn serve_metrics(listener: TcpListener, desks: Desks, stopped: watch::Receiver<bool>) {
    if let Err(error) = metrics_server::serve(listener, desks, until(stopped)).await {
        tracing::error!(%error, "the metrics port failed");
    }
}

async fn until(mut stopped: watch::Receiver<bool>) {
    // A sender that is gone stops as well.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

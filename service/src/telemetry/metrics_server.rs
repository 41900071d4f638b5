//! The metrics port: `GET /metrics` in the text format that Prometheus reads.

use std::future::Future;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;

use super::measures;
use crate::app::Desks;

/// Sets up the process's recorder; histograms are shown as quantiles.
pub fn install_recorder() -> Result<PrometheusHandle, BuildError> {
    let handle = PrometheusBuilder::new().install_recorder()?;
    measures::describe();
    Ok(handle)
}

#[derive(Clone)]
struct Shown {
    recorder: PrometheusHandle,
    desks: Desks,
}

/// Serves until `shutdown` is done.
pub async fn serve(
    listener: TcpListener,
    recorder: PrometheusHandle,
    desks: Desks,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let shown = Shown { recorder, desks };
    let router = Router::new().route("/metrics", get(render)).with_state(shown);
    axum::serve(listener, router).with_graceful_shutdown(shutdown).await
}

async fn render(State(shown): State<Shown>) -> impl IntoResponse {
    gauge_desks(&shown.desks).await;
    let content_type = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    shown.recorder.run_upkeep();
    (content_type, shown.recorder.render())
}

/// What is cheaper to look up when asked than to keep up to date.
async fn gauge_desks(desks: &Desks) {
    let now = desks.clock.now();
    desks.committed.for_each(|tenant, desk| {
        let oldest = desk.oldest_queued_since().map_or(0, |since| (now - since).millis());
        measures::queue(tenant.as_str(), desk.n_queued(), oldest as f64 / 1_000.0);
    });
    measures::writer_waiting(desks.n_waiting());
    match desks.history.reader().bytes().await {
        Ok(bytes) => measures::store_bytes(bytes),
        Err(error) => tracing::warn!(%error, "the store's size is unknown"),
    }
}

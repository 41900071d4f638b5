//! The metrics port: `GET /metrics` in the `OpenMetrics` text format.

use std::future::Future;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;

use super::measures;
use crate::app::Desks;

const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Serves until `shutdown` is done.
pub async fn serve(
    listener: TcpListener,
    desks: Desks,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let router = Router::new().route("/metrics", get(render)).with_state(desks);
    axum::serve(listener, router).with_graceful_shutdown(shutdown).await
}

async fn render(State(desks): State<Desks>) -> impl IntoResponse {
    gauge_desks(&desks).await;
    ([(header::CONTENT_TYPE, CONTENT_TYPE)], measures::rendered())
}

/// What is cheaper to look up when asked than to keep up to date.
async fn gauge_desks(desks: &Desks) {
    let now = desks.clock.now();
    measures::forget_queues();
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

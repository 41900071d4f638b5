//! The wire: the only place that names the public protobuf types.
//!
//! A handler converts in ([`check`], [`read`]), calls one use case, converts
//! out ([`write`]). Reasons are decided in [`status`] and have their codes in
//! the [`catalogue`]; what every call goes through stands in [`layers`].

mod call;
mod check;
pub mod client;
mod decisions;
mod desk;
mod knowledge;
mod layers;
mod model;
mod operation;
mod policy;
mod read;
mod roster;
mod server_info;
pub(crate) mod status;
mod triage;
mod triage_stream;
mod watch;
mod write;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use switchyard_proto::DESCRIPTOR_SET;
pub(crate) use switchyard_proto::errors as catalogue;
use switchyard_proto::v1::desk_service_server::{self, DeskServiceServer};
use switchyard_proto::v1::knowledge_service_server::{self, KnowledgeServiceServer};
use switchyard_proto::v1::model_service_server::{self, ModelServiceServer};
use switchyard_proto::v1::operation_service_server::{self, OperationServiceServer};
use switchyard_proto::v1::policy_service_server::{self, PolicyServiceServer};
use switchyard_proto::v1::roster_service_server::{self, RosterServiceServer};
use switchyard_proto::v1::server_service_server::{self, ServerServiceServer};
use switchyard_proto::v1::triage_service_server::{self, TriageServiceServer};
use tokio::net::TcpListener;
use tonic::service::Routes;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Response, Status};
use tonic_health::ServingStatus;
use tonic_health::pb::health_server::{Health, HealthServer};
use tonic_health::server::HealthReporter;

use self::layers::admission::Admission;
use self::layers::around::AroundLayer;
use self::layers::arrival::Arrival;
use self::layers::bulk::Bulk;
use self::layers::deadline::Deadlines;
use self::layers::outcome::Outcomes;
use self::watch::Audience;
use crate::app::{App, AppError};
use crate::lang::Lang;

/// The largest message taken: a full batch of ordinary tickets.
const MESSAGE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// What health is told of: the whole server, and each service.
const SERVICES: [&str; 9] = [
    "",
    triage_service_server::SERVICE_NAME,
    desk_service_server::SERVICE_NAME,
    roster_service_server::SERVICE_NAME,
    knowledge_service_server::SERVICE_NAME,
    model_service_server::SERVICE_NAME,
    policy_service_server::SERVICE_NAME,
    operation_service_server::SERVICE_NAME,
    server_service_server::SERVICE_NAME,
];

/// The services over one application.
#[derive(Debug, Clone)]
struct Handlers {
    app: App,
    audience: Arc<Audience>,
    /// Turns true when the server stops: streams that never end by themselves end then.
    stopping: tokio::sync::watch::Receiver<bool>,
}

/// Answers calls on a bound listener until `shutdown` is done, then lets those at work finish.
pub async fn serve(
    listener: TcpListener,
    app: App,
    shutdown: impl Future<Output = ()>,
) -> Result<(), tonic::transport::Error> {
    let (admission, arrival) =
        (Admission::new(app.in_flight_max), Arrival { time_max: app.message_time_max });
    let (stop, stopping) = tokio::sync::watch::channel(false);
    let (health, reporter) = health().await;
    let audience = Audience::of(&app.desks);
    let routes = routes(Handlers { app, audience, stopping }, health);
    let shutdown = async move {
        shutdown.await;
        not_serving(&reporter).await;
        let _ = stop.send(true);
    };
    // The builder's own setting does not reach listeners that are handed in; without this one
    // small answers wait for 40 ms acknowledgements.
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    Server::builder()
        .http2_keepalive_interval(Some(Duration::from_secs(30)))
        .layer(AroundLayer(admission))
        .layer(AroundLayer(Outcomes))
        .layer(AroundLayer(Deadlines))
        .layer(AroundLayer(arrival))
        .layer(AroundLayer(Bulk::default()))
        .add_routes(routes)
        .serve_with_incoming_shutdown(incoming, shutdown)
        .await
}

fn routes(handlers: Handlers, health: HealthServer<impl Health>) -> Routes {
    let mut routes = Routes::builder();
    routes
        .add_service(
            TriageServiceServer::new(handlers.clone()).max_decoding_message_size(MESSAGE_BYTES_MAX),
        )
        .add_service(
            DeskServiceServer::new(handlers.clone()).max_decoding_message_size(MESSAGE_BYTES_MAX),
        )
        .add_service(
            RosterServiceServer::new(handlers.clone()).max_decoding_message_size(MESSAGE_BYTES_MAX),
        )
        .add_service(
            KnowledgeServiceServer::new(handlers.clone())
                .max_decoding_message_size(MESSAGE_BYTES_MAX),
        )
        .add_service(
            ModelServiceServer::new(handlers.clone()).max_decoding_message_size(MESSAGE_BYTES_MAX),
        )
        .add_service(PolicyServiceServer::new(handlers.clone()))
        .add_service(OperationServiceServer::new(handlers.clone()))
        .add_service(ServerServiceServer::new(handlers))
        .add_service(health)
        .add_service(reflection().build_v1().expect("the descriptor set is made by the build"))
        .add_service(
            reflection().build_v1alpha().expect("the descriptor set is made by the build"),
        );
    routes.routes()
}

/// Serving, for the whole server and by service, from the first answer on.
async fn health() -> (HealthServer<impl Health>, HealthReporter) {
    let (reporter, service) = tonic_health::server::health_reporter();
    for name in SERVICES {
        reporter.set_service_status(name, ServingStatus::Serving).await;
    }
    (service, reporter)
}

/// Tells whoever watches that no new calls should come, before open ones are waited for.
async fn not_serving(reporter: &HealthReporter) {
    for name in SERVICES {
        reporter.set_service_status(name, ServingStatus::NotServing).await;
    }
}

fn reflection() -> tonic_reflection::server::Builder<'static> {
    tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
}

/// A use case's result as the transport wants it.
fn answer<T>(result: Result<T, AppError>, lang: Lang) -> Result<Response<T>, Status> {
    result.map(Response::new).map_err(|error| status::status_of(&error, lang))
}

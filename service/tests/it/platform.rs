//! What platforms and tools ask of any gRPC server.

use switchyard_proto::v1 as pb;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_reflection::pb::{v1, v1alpha};

use crate::harness::Harness;

const SERVICES: [&str; 5] = [
    "switchyard.v1.DeskService",
    "switchyard.v1.PolicyService",
    "switchyard.v1.RosterService",
    "switchyard.v1.ServerService",
    "switchyard.v1.TriageService",
];

#[tokio::test]
async fn every_service_reports_that_it_serves() {
    let harness = Harness::start().await;
    let mut health = HealthClient::new(harness.channel());
    for service in SERVICES.into_iter().chain([""]) {
        let request = HealthCheckRequest { service: service.to_owned() };
        let answer = health.check(request).await.expect("an answer").into_inner();
        assert_eq!(answer.status(), ServingStatus::Serving, "{service}");
    }
}

#[tokio::test]
async fn reflection_v1_lists_every_service() {
    use v1::server_reflection_request::MessageRequest;
    use v1::server_reflection_response::MessageResponse;
    let harness = Harness::start().await;
    let mut client = v1::server_reflection_client::ServerReflectionClient::new(harness.channel());
    let request = v1::ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let answer = client.server_reflection_info(tokio_stream::once(request)).await;
    let first = answer.expect("a stream").into_inner().message().await.expect("an answer");
    let Some(MessageResponse::ListServicesResponse(list)) = first.and_then(|m| m.message_response)
    else {
        panic!("expected a list of services")
    };
    let names: Vec<_> = list.service.iter().map(|service| service.name.as_str()).collect();
    assert!(SERVICES.iter().all(|service| names.contains(service)), "{names:?}");
}

#[tokio::test]
async fn reflection_v1alpha_finds_a_file_by_its_symbol() {
    use v1alpha::server_reflection_request::MessageRequest;
    use v1alpha::server_reflection_response::MessageResponse;
    let harness = Harness::start().await;
    let channel = harness.channel();
    let mut client = v1alpha::server_reflection_client::ServerReflectionClient::new(channel);
    let symbol = "switchyard.v1.TriageService".to_owned();
    let request = v1alpha::ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::FileContainingSymbol(symbol)),
    };
    let answer = client.server_reflection_info(tokio_stream::once(request)).await;
    let first = answer.expect("a stream").into_inner().message().await.expect("an answer");
    let response = first.and_then(|m| m.message_response);
    let Some(MessageResponse::FileDescriptorResponse(files)) = response else {
        panic!("expected a file, got {response:?}")
    };
    assert!(!files.file_descriptor_proto.is_empty());
}

#[tokio::test]
async fn a_server_tells_what_it_is() {
    let harness = Harness::with(&[("model.bundle", "embedded")]).await;
    let info = harness.server().get_server_info(pb::GetServerInfoRequest {}).await;
    let info = info.expect("info").into_inner();
    assert_eq!(info.version, env!("CARGO_PKG_VERSION"));
    assert!(info.model_version.contains('@'), "{}", info.model_version);
    assert_eq!(info.tenant, "default");
    assert!(!info.tz_version.is_empty() && !info.features.is_empty());
    let limits = info.limits.expect("limits");
    assert_eq!(limits.text_bytes_max, 256 * 1024);
    assert_eq!((limits.text_chars_analyzed, limits.batch_items_max), (8_000, 1_000));
    assert_eq!(limits.in_flight_max, 128);
}

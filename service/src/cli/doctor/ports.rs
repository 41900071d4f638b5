//! The ports: free, or served by a server that is well.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::time::Duration;

use tonic::transport::Endpoint;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use super::report::{Check, Finding};
use crate::config::ServerConfig;
use crate::lang::Lang;

/// How long whoever listens may take to say that it is well.
const PATIENCE: Duration = Duration::from_secs(2);

/// The ports of a configuration.
pub(super) async fn ports(config: &ServerConfig, lang: Lang) -> Vec<Finding> {
    let is_served = match bind(config.listen) {
        Err(ErrorKind::AddrInUse) => is_serving(config.listen).await,
        _ => false,
    };
    let grpc = port(Check::Port, config.listen, is_served, lang);
    let metrics = config.metrics_listen.map(|at| port(Check::MetricsPort, at, is_served, lang));
    std::iter::once(grpc).chain(metrics).collect()
}

fn bind(at: SocketAddr) -> Result<(), ErrorKind> {
    // Gone at once; nothing was accepted, so nothing lingers.
    TcpListener::bind(at).map(|_| ()).map_err(|error| error.kind())
}

fn port(check: Check, at: SocketAddr, is_served: bool, lang: Lang) -> Finding {
    match bind(at) {
        Ok(()) => Finding::ok(check, format!("{at} {}", lang.pick("空闲", "is free"))),
        Err(ErrorKind::AddrInUse) if is_served => {
            let found = match lang {
                Lang::Zh => format!("{at} 已被占用，有 gRPC 服务在正常应答"),
                Lang::En => {
                    format!("{at} is taken, and a gRPC server there answers that it serves")
                }
            };
            Finding::ok(check, found)
        }
        Err(ErrorKind::AddrInUse) => {
            let found = match lang {
                Lang::Zh => format!("{at} 已被占用，且没有正常的 gRPC 服务应答"),
                Lang::En => format!("{at} is taken, and no gRPC server answers that it serves"),
            };
            let advice = lang.pick(
                "停掉占用者，或改用另一个地址（server.listen、server.metrics_listen）",
                "stop whoever has it, or set another address (server.listen, server.metrics_listen)",
            );
            Finding::failed(check, found, advice)
        }
        Err(kind) => {
            let advice = lang.pick("设置本机可用的地址", "set an address that this machine has");
            Finding::failed(check, format!("{at}: {kind}"), advice)
        }
    }
}

/// Whether a gRPC server at an address says that it serves.
async fn is_serving(at: SocketAddr) -> bool {
    matches!(tokio::time::timeout(PATIENCE, health(at)).await, Ok(Some(ServingStatus::Serving)))
}

async fn health(at: SocketAddr) -> Option<ServingStatus> {
    let endpoint = Endpoint::from_shared(format!("http://{}", reachable(at))).ok()?;
    let channel = endpoint.connect().await.ok()?;
    let asked = HealthCheckRequest { service: String::new() };
    Some(HealthClient::new(channel).check(asked).await.ok()?.into_inner().status())
}

/// Where one that listens everywhere is found.
fn reachable(at: SocketAddr) -> SocketAddr {
    let ip = match at.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, at.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_listens_everywhere_is_asked_here() {
        let of = |text: &str| reachable(text.parse().expect("an address")).to_string();
        assert_eq!(of("0.0.0.0:50051"), "127.0.0.1:50051");
        assert_eq!(of("[::]:50051"), "[::1]:50051");
        assert_eq!(of("10.0.0.7:50051"), "10.0.0.7:50051");
    }
}

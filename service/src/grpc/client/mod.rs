//! A small client of our own server: what `switchyard demo` shows and what the import commands
//! send goes over the real wire.
//!
//! Here are the connection and the calls about tickets, `roster` has those about people, `knowledge`
//! those about what was solved before; `shown` is
//! what goes in and comes out, free of the wire's types.

mod knowledge;
mod roster;
mod shown;

use std::time::Duration;

use anyhow::{Context as _, anyhow};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::policy_service_client::PolicyServiceClient;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;
use tonic::metadata::AsciiMetadataValue;
use tonic::transport::Channel;
use tonic::{Request, Status};

pub use self::knowledge::{Taken, ToldItem};
pub use self::roster::KnownAgent;
pub use self::shown::{DemoTicket, Seen, SeenExplanation};
use super::call::TENANT_KEY;
use crate::lang::Lang;

/// How long a server may take to answer the knock.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A connection to a server.
#[derive(Debug, Clone)]
pub struct Client {
    channel: Channel,
    language: AsciiMetadataValue,
    tenant: Option<AsciiMetadataValue>,
}

impl Client {
    /// Connects to a host and port, for a tenant if not the default one, to be answered in a
    /// language.
    pub async fn connect(at: &str, tenant: Option<&str>, lang: Lang) -> anyhow::Result<Self> {
        let endpoint = Channel::from_shared(format!("http://{at}"))
            .with_context(|| format!("expected an address such as 127.0.0.1:50051, got {at:?}"))?;
        let channel = endpoint.connect_timeout(CONNECT_TIMEOUT).connect().await;
        let channel = channel.with_context(|| format!("expected a server at {at}"))?;
        let language = AsciiMetadataValue::from_static(lang.pick("zh", "en"));
        let tenant = tenant.map(|name| {
            let value = AsciiMetadataValue::try_from(name);
            value.map_err(|_| anyhow!("expected a tenant's id, got {name:?}"))
        });
        Ok(Self { channel, language, tenant: tenant.transpose()? })
    }

    fn request<T>(&self, message: T) -> Request<T> {
        let mut request = Request::new(message);
        let metadata = request.metadata_mut();
        metadata.insert("accept-language", self.language.clone());
        if let Some(tenant) = &self.tenant {
            metadata.insert(TENANT_KEY, tenant.clone());
        }
        request
    }

    /// Puts a policy in force.
    pub async fn apply_policy(&mut self, source: &str) -> anyhow::Result<()> {
        let source = source.to_owned();
        let request = self.request(pb::ApplyRequest { source, ..pb::ApplyRequest::default() });
        PolicyServiceClient::new(self.channel.clone())
            .apply(request)
            .await
            .map_err(|status| plain(&status))?;
        Ok(())
    }

    /// Triages a ticket.
    pub async fn triage(&mut self, ticket: DemoTicket) -> anyhow::Result<Seen> {
        let message = pb::TriageRequest {
            request_id: format!("demo-{}", ticket.id),
            ticket: Some(ticket.to_pb()),
            mode: pb::Mode::Assign as i32,
            actor: None,
            similar_view: pb::SimilarView::Basic as i32,
            with_entities: false,
        };
        let request = self.request(message);
        let answer = TriageServiceClient::new(self.channel.clone()).triage(request).await;
        Seen::of(ticket, answer.map_err(|status| plain(&status))?.into_inner())
    }

    /// Has a decision explained.
    pub async fn explain(&mut self, decision_id: &str) -> anyhow::Result<SeenExplanation> {
        let request = self.request(pb::ExplainDecisionRequest { id: decision_id.to_owned() });
        let answer = TriageServiceClient::new(self.channel.clone()).explain_decision(request).await;
        SeenExplanation::of(answer.map_err(|status| plain(&status))?.into_inner())
    }
}

fn plain(status: &Status) -> anyhow::Error {
    anyhow!("{:?}: {}", status.code(), status.message())
}

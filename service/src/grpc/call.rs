//! What a call's metadata says: tenant, deadline, language, request id.

use std::time::{Duration, Instant};

use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;
use prost::Message;
use switchyard_domain::desk::Actor;
use switchyard_domain::ids::{TeamId, TenantId};
use switchyard_proto::v1 as pb;
use tonic::metadata::MetadataMap;

use super::check::Check;
use crate::app::etag::{Expected, Thing};
use crate::app::named::Named;
use crate::app::{Call, RequestId};
use crate::lang::Lang;

/// The metadata key that names the tenant.
pub(super) const TENANT_KEY: &str = "switchyard-tenant";

/// The tenant of calls that name none.
const DEFAULT_TENANT: &str = "default";

/// The longest request id and actor name, in bytes.
pub(super) const NAME_BYTES_MAX: usize = 128;

/// The tenant a call is for.
pub(super) fn tenant(check: &mut Check, metadata: &MetadataMap) -> Option<TenantId> {
    let name = match metadata.get(TENANT_KEY) {
        None => DEFAULT_TENANT,
        Some(value) => value.to_str().unwrap_or_default(),
    };
    check.take(TENANT_KEY, TenantId::new(name))
}

/// The language a caller asks to be spoken to in.
pub(super) fn lang(metadata: &MetadataMap) -> Lang {
    lang_of(metadata.as_ref())
}

/// The same by headers.
pub(super) fn lang_of(headers: &HeaderMap) -> Lang {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Lang::from_tag(asked.unwrap_or_default())
}

/// A call that changes something.
pub(super) fn changing(
    check: &mut Check,
    metadata: &MetadataMap,
    method: &'static str,
    request_id: &str,
    actor: Option<&pb::Actor>,
    body: &impl Message,
) -> Option<Call> {
    check.bounded("request_id", request_id, NAME_BYTES_MAX);
    let actor = self::actor(check, actor);
    let tenant = tenant(check, metadata)?;
    let request = (!request_id.is_empty())
        .then(|| RequestId::new(&tenant, method, request_id, &body.encode_to_vec()));
    let deadline = deadline_of(metadata.as_ref());
    Some(Call { tenant, actor, request, deadline, expected: Vec::new(), named: Vec::new() })
}

/// What the change rests on, if the caller says so.
pub(super) fn expecting(call: Call, thing: Thing, etag: &str) -> Call {
    let expected = (!etag.is_empty()).then(|| Expected { thing, etag: etag.to_owned() });
    Call { expected: call.expected.into_iter().chain(expected).collect(), ..call }
}

/// What a ticket of the call names; what is no id at all is told by who reads the ticket.
pub(super) fn naming(call: Call, ticket: Option<&pb::Ticket>) -> Call {
    let known = ticket.and_then(|ticket| ticket.known.as_ref());
    let category = known.map(|known| &known.known_category).filter(|name| !name.is_empty());
    let routing = ticket.and_then(|ticket| ticket.routing.as_ref());
    let team = routing.and_then(|routing| TeamId::new(&routing.team).ok());
    let category = category.map(|name| Named::Category(name.clone()));
    Call { named: category.into_iter().chain(team.map(Named::Team)).collect(), ..call }
}

fn actor(check: &mut Check, actor: Option<&pb::Actor>) -> Actor {
    let Some(actor) = actor else { return Actor::Backend(String::new()) };
    check.bounded("actor.name", &actor.name, NAME_BYTES_MAX);
    match check.choice("actor.kind", actor.kind) {
        Some(pb::actor::Kind::Unspecified | pb::actor::Kind::Backend) | None => {
            Actor::Backend(actor.name.clone())
        }
        Some(pb::actor::Kind::Person) => Actor::Person(actor.name.clone()),
        Some(pb::actor::Kind::System) => Actor::System,
        Some(pb::actor::Kind::Policy) => Actor::Policy,
    }
}

/// When the caller stops waiting.
pub(super) fn deadline_of(headers: &HeaderMap) -> Option<Instant> {
    let text = headers.get("grpc-timeout")?.to_str().ok()?;
    Instant::now().checked_add(timeout(text)?)
}

/// Reads the `grpc-timeout` header: up to eight digits and a unit.
fn timeout(text: &str) -> Option<Duration> {
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let amount: u64 = (digits.len() <= 8).then(|| digits.parse().ok())??;
    Some(match unit {
        "H" => Duration::from_secs(amount * 3_600),
        "M" => Duration::from_secs(amount * 60),
        "S" => Duration::from_secs(amount),
        "m" => Duration::from_millis(amount),
        "u" => Duration::from_micros(amount),
        "n" => Duration::from_nanos(amount),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timeouts_are_read_as_the_protocol_writes_them() {
        assert_eq!(timeout("100m"), Some(Duration::from_millis(100)));
        assert_eq!(timeout("1H"), Some(Duration::from_hours(1)));
        for bad in ["", "m", "5", "123456789S", "5x", "-1S", "5é"] {
            assert_eq!(timeout(bad), None, "{bad}");
        }
    }
}

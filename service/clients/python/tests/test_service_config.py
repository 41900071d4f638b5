"""What `service_config.json` says, and that gRPC goes by it."""

import json

import grpc
import pytest
from google.protobuf.descriptor_pb2 import MethodOptions
from fakes import serving

from switchyard import v1
from switchyard.client import service_config
from switchyard.client.retry import POLICIES

SERVICES = [
    stub.DESCRIPTOR.services_by_name[name]
    for name, stub in (
        ("TriageService", v1.triage_service_pb2),
        ("DeskService", v1.desk_service_pb2),
        ("RosterService", v1.roster_service_pb2),
        ("KnowledgeService", v1.knowledge_service_pb2),
        ("ModelService", v1.model_service_pb2),
        ("PolicyService", v1.policy_service_pb2),
        ("OperationService", v1.operation_service_pb2),
        ("ServerService", v1.server_service_pb2),
    )
]
UNARY = {
    f"/{service.full_name}/{method.name}": method
    for service in SERVICES
    for method in service.methods
    if not method.server_streaming
}


def is_safe(method):
    """It changes nothing, or does so once whatever the number of calls: as the contract says, or by its id."""
    is_idempotent = method.GetOptions().idempotency_level != MethodOptions.IDEMPOTENCY_UNKNOWN
    return is_idempotent or "request_id" in method.input_type.fields_by_name or method.name == "BatchTriage"


def test_every_method_has_a_deadline_and_stands_once():
    entries = json.loads(service_config())["methodConfig"]
    named = [f"/{name['service']}/{name['method']}" for entry in entries for name in entry["name"]]
    assert sorted(named) == sorted(UNARY)
    assert all(entry["timeout"] == "10s" for entry in entries)


def test_exactly_what_is_safe_is_made_again():
    assert POLICIES.keys() == {path for path, method in UNARY.items() if is_safe(method)}


class Flaky(v1.ServerServiceServicer):
    def __init__(self):
        self.n_calls = 0

    def GetServerInfo(self, request, context):
        self.n_calls += 1
        if self.n_calls < 3:
            context.abort(grpc.StatusCode.UNAVAILABLE, "not yet")
        return v1.GetServerInfoResponse(version="1")


@pytest.mark.parametrize(("config", "succeeds"), [(None, False), (service_config(), True)])
def test_any_grpc_client_can_go_by_it(config, succeeds):
    flaky = Flaky()
    stop, address = serving(flaky)
    options = [("grpc.service_config", config)] if config else []
    with grpc.insecure_channel(address, options) as channel:
        call = v1.ServerServiceStub(channel).GetServerInfo
        if succeeds:
            assert call(v1.GetServerInfoRequest()).version == "1"
        else:
            with pytest.raises(grpc.RpcError):
                call(v1.GetServerInfoRequest())
    stop()

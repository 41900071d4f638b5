"""The real server as a stranger meets it: started, found by reflection, called, stopped."""

import sys

import grpc
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import (
    ProtoReflectionDescriptorDatabase,
)
from grpc_status import rpc_status

from server import check, serving


class Service:
    """Calls a service's methods by what reflection tells of them."""

    def __init__(self, channel, name):
        pool = DescriptorPool(ProtoReflectionDescriptorDatabase(channel))
        self.channel, self.descriptor = channel, pool.FindServiceByName(f"switchyard.v1.{name}")

    def call(self, method, **fields):
        found = self.descriptor.FindMethodByName(method)
        request = GetMessageClass(found.input_type)(**fields)
        stub = self.channel.unary_unary(
            f"/{self.descriptor.full_name}/{method}",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=GetMessageClass(found.output_type).FromString,
        )
        return stub(request, timeout=10)


def talk(address):
    with grpc.insecure_channel(address) as channel:
        health = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(), timeout=10)
        check("it is healthy", health.status == health_pb2.HealthCheckResponse.SERVING)

        info = Service(channel, "ServerService").call("GetServerInfo")
        check("it tells its version and model", bool(info.version and info.model_version))

        roster = Service(channel, "RosterService")
        roster.call("UpsertTeam", team={"id": "care"})
        agents = [{"id": "li.na", "teams": ["care"], "languages": ["zh-Hans", "en"]}]
        roster.call("BatchUpsertAgents", agents=agents)

        triage = Service(channel, "TriageService")
        ticket = {"id": "T-1", "channel": "chat", "messages": [{"text": "退款十天了还没到账"}]}
        first = triage.call("Triage", ticket=ticket, request_id="r-1")
        check("the ticket is assigned", first.decision.agent == "li.na")
        check("it is about a refund", first.assessment.category.label == "returns.refund")
        again = triage.call("Triage", ticket=ticket, request_id="r-1")
        check("a retry gets the same decision", again.replayed and again.decision == first.decision)
        explained = triage.call("ExplainDecision", id=first.decision.id)
        check("the decision can be recomputed", explained.reproduced and len(explained.verdicts) == 1)

        try:
            triage.call("Triage", ticket={"id": "not an id"})
            check("a bad id is refused", False)
        except grpc.RpcError as error:
            status = rpc_status.from_call(error)
            info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
            for detail in status.details:
                detail.Unpack(info)
                detail.Unpack(bad)
            fields = [violation.field for violation in bad.field_violations]
            check("a bad id is refused", error.code() == grpc.StatusCode.INVALID_ARGUMENT)
            check("the error tells its reason and field", info.reason == "INVALID_FIELD" and fields == ["ticket.id"])

        desk = Service(channel, "DeskService")
        done = desk.call("Complete", ticket_id="T-1", request_id="r-2")
        check("the ticket can be completed", done.ticket.state == 3)
        events = desk.call("ListEvents").events
        check("every change is an event, in order", [e.sequence for e in events] == list(range(1, len(events) + 1)))


if __name__ == "__main__":
    with serving(sys.argv[1]) as address:
        talk(address)

"""Servers made of the generated servicers, which fail as they are told to."""

from concurrent.futures import ThreadPoolExecutor

import grpc
from google.protobuf.any_pb2 import Any
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2, status_pb2

from switchyard import v1


def serving(*servicers):
    """Serves on a free port; gives how to stop it, and its address."""
    server = grpc.server(ThreadPoolExecutor(max_workers=8))
    for servicer in servicers:
        add_to(server, servicer)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return lambda: server.stop(0).wait(), f"127.0.0.1:{port}"


def add_to(server, servicer):
    if isinstance(servicer, grpc.GenericRpcHandler):
        server.add_generic_rpc_handlers((servicer,))
        return
    service = next(
        base.__name__ for base in type(servicer).__mro__ if base.__name__.endswith("ServiceServicer")
    )
    getattr(v1, f"add_{service}_to_server")(servicer, server)


def fail(context, code, message="failed", *details):
    """Ends the call with a code and details of google.rpc."""
    status = status_pb2.Status(code=code.value[0], message=message)
    for detail in details:
        packed = Any()
        packed.Pack(detail)
        status.details.append(packed)
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    context.abort(code, message)


def retry_info(seconds):
    return error_details_pb2.RetryInfo(retry_delay=Duration(nanos=int(seconds * 1e9)))


def reason(name, **metadata):
    return error_details_pb2.ErrorInfo(reason=name, domain="switchyard.v1", metadata=metadata)


class Lossy(grpc.GenericRpcHandler):
    """Stands before a server and loses the answers of the first calls, after they took effect."""

    def __init__(self, address, n_lost):
        self._channel = grpc.insecure_channel(address)
        self._n_lost = n_lost
        self.n_calls = 0

    def service(self, handler_call_details):
        forward = self._channel.unary_unary(handler_call_details.method)

        def handle(request, context):
            # The rest is this connection's own.
            kept = [pair for pair in context.invocation_metadata() if pair[0].startswith("switchyard-")]
            answer = forward(request, timeout=context.time_remaining(), metadata=kept)
            self.n_calls += 1
            if self.n_calls <= self._n_lost:
                context.abort(grpc.StatusCode.UNAVAILABLE, "the answer was lost")
            return answer

        return grpc.unary_unary_rpc_method_handler(handle)

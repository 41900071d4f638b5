from collections.abc import Iterator

import grpc

from switchyard.v1 import server_service_pb2

class ServerServiceStub:
    def __init__(self, channel: grpc.Channel) -> None: ...
    GetServerInfo: grpc.UnaryUnaryMultiCallable[server_service_pb2.GetServerInfoRequest, server_service_pb2.GetServerInfoResponse]

class ServerServiceServicer:
    def GetServerInfo(self, request: server_service_pb2.GetServerInfoRequest, context: grpc.ServicerContext) -> server_service_pb2.GetServerInfoResponse: ...

def add_ServerServiceServicer_to_server(servicer: ServerServiceServicer, server: grpc.Server) -> None: ...

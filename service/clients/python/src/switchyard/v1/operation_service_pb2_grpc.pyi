from collections.abc import Iterator

import grpc

from switchyard.v1 import operation_service_pb2

class OperationServiceStub:
    def __init__(self, channel: grpc.Channel) -> None: ...
    GetOperation: grpc.UnaryUnaryMultiCallable[operation_service_pb2.GetOperationRequest, operation_service_pb2.GetOperationResponse]

class OperationServiceServicer:
    def GetOperation(self, request: operation_service_pb2.GetOperationRequest, context: grpc.ServicerContext) -> operation_service_pb2.GetOperationResponse: ...

def add_OperationServiceServicer_to_server(servicer: OperationServiceServicer, server: grpc.Server) -> None: ...

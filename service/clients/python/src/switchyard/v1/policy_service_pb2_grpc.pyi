from collections.abc import Iterator

import grpc

from switchyard.v1 import policy_service_pb2

class PolicyServiceStub:
    def __init__(self, channel: grpc.Channel) -> None: ...
    Apply: grpc.UnaryUnaryMultiCallable[policy_service_pb2.ApplyRequest, policy_service_pb2.ApplyResponse]
    Get: grpc.UnaryUnaryMultiCallable[policy_service_pb2.GetRequest, policy_service_pb2.GetResponse]
    ListRevisions: grpc.UnaryUnaryMultiCallable[policy_service_pb2.ListRevisionsRequest, policy_service_pb2.ListRevisionsResponse]
    RollBack: grpc.UnaryUnaryMultiCallable[policy_service_pb2.RollBackRequest, policy_service_pb2.RollBackResponse]

class PolicyServiceServicer:
    def Apply(self, request: policy_service_pb2.ApplyRequest, context: grpc.ServicerContext) -> policy_service_pb2.ApplyResponse: ...
    def Get(self, request: policy_service_pb2.GetRequest, context: grpc.ServicerContext) -> policy_service_pb2.GetResponse: ...
    def ListRevisions(self, request: policy_service_pb2.ListRevisionsRequest, context: grpc.ServicerContext) -> policy_service_pb2.ListRevisionsResponse: ...
    def RollBack(self, request: policy_service_pb2.RollBackRequest, context: grpc.ServicerContext) -> policy_service_pb2.RollBackResponse: ...

def add_PolicyServiceServicer_to_server(servicer: PolicyServiceServicer, server: grpc.Server) -> None: ...

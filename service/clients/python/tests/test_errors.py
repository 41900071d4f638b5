"""What a caller is told of an error."""

import grpc
import pytest
from fakes import fail, reason, retry_info
from google.rpc import error_details_pb2

from switchyard import v1
from switchyard.client import SwitchyardError, Violation, from_item, raise_for_item

DETAILS = (
    reason("INVALID_FIELD", ticket="T-1"),
    error_details_pb2.BadRequest(
        field_violations=[{"field": "ticket.id", "description": "expected no white space"}]
    ),
    error_details_pb2.LocalizedMessage(locale="zh-CN", message="请求中有字段无效"),
    retry_info(0.25),
)


class Failing(v1.ServerServiceServicer):
    def __init__(self, *details):
        self.details = details

    def GetServerInfo(self, request, context):
        fail(context, grpc.StatusCode.INVALID_ARGUMENT, "a field is invalid", *self.details)


def error_of(client):
    with pytest.raises(SwitchyardError) as raised:
        client.server.GetServerInfo(v1.GetServerInfoRequest())
    return raised.value


def test_all_details_are_told(fake):
    error = error_of(fake(Failing(*DETAILS)))
    assert error.code is grpc.StatusCode.INVALID_ARGUMENT
    assert error.message == "a field is invalid"
    assert error.reason == "INVALID_FIELD"
    assert error.metadata == {"ticket": "T-1"}
    assert error.violations == (Violation("ticket.id", "expected no white space"),)
    assert error.localized_message == "请求中有字段无效"
    assert error.retry_delay == 0.25
    assert isinstance(error.__cause__, grpc.RpcError)


def test_it_reads_as_a_person_would_tell_it(fake):
    text = "INVALID_ARGUMENT INVALID_FIELD: 请求中有字段无效\n  ticket.id: expected no white space"
    assert str(error_of(fake(Failing(*DETAILS)))) == text
    assert str(error_of(fake(Failing()))) == "INVALID_ARGUMENT: a field is invalid"


def test_details_that_cannot_be_read_leave_code_and_message(fake):
    class Garbled(v1.ServerServiceServicer):
        def GetServerInfo(self, request, context):
            context.set_trailing_metadata((("grpc-status-details-bin", b"\xff"),))
            context.abort(grpc.StatusCode.NOT_FOUND, "nothing there")

    error = error_of(fake(Garbled()))
    assert (error.code, error.message, error.reason) == (grpc.StatusCode.NOT_FOUND, "nothing there", "")


def test_an_item_of_a_batch_fails_as_a_call_does():
    status = v1.ItemStatus(code=3, message="expected an id", reason="INVALID_FIELD", field="ticket.id")
    with pytest.raises(SwitchyardError) as raised:
        raise_for_item(status)
    assert raised.value.code is grpc.StatusCode.INVALID_ARGUMENT
    assert raised.value.violations == (Violation("ticket.id", "expected an id"),)


def test_an_item_that_went_well_is_no_error():
    assert from_item(v1.ItemStatus()) is None
    raise_for_item(v1.ItemStatus())


def test_a_stream_fails_as_a_call_does(fake):
    class Desk(v1.DeskServiceServicer):
        def Watch(self, request, context):
            fail(context, grpc.StatusCode.OUT_OF_RANGE, "gone", reason("SEQUENCE_COMPACTED"))
            yield

    with pytest.raises(SwitchyardError, match="SEQUENCE_COMPACTED"):
        next(fake(Desk()).desk.Watch(v1.WatchRequest()))

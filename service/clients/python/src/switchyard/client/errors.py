"""The one exception of the client, with what the server tells of an error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import grpc
from google.protobuf.message import DecodeError
from google.rpc import error_details_pb2, status_pb2

from switchyard import v1

DETAILS_KEY = "grpc-status-details-bin"
CODES = {code.value[0]: code for code in grpc.StatusCode}


class Violation(NamedTuple):
    """A field at fault, and what was expected of it."""

    field: str
    description: str


@dataclass(eq=False)
class SwitchyardError(Exception):
    """A call, or one item of a batch, did not succeed."""

    code: grpc.StatusCode
    # In English: what was expected and what came.
    message: str
    # Such as `TICKET_CLOSED`; empty when the error was not made by Switchyard.
    reason: str = ""
    # What the reason is about, such as `{"ticket": "T-1"}`.
    metadata: Mapping[str, str] = field(default_factory=dict)
    violations: tuple[Violation, ...] = ()
    # In the language that the client asked for; empty where that is English.
    localized_message: str = ""
    # In seconds: how long the server asks to wait before the call is made again.
    retry_delay: float | None = None
    # Such as `/switchyard.v1.DeskService/Assign`; empty for an item of a batch.
    method: str = ""
    # Under which the call may be made again; empty if it has none.
    request_id: str = ""

    def __str__(self) -> str:
        head = " ".join(part for part in (self.code.name, self.reason) if part)
        fields = "".join(f"\n  {violation.field}: {violation.description}" for violation in self.violations)
        return f"{head}: {self.localized_message or self.message}{fields}"


def from_call(error: grpc.RpcError, method: str = "", request_id: str = "") -> SwitchyardError:
    """Reads an error of grpc, and the details of google.rpc that came with it."""
    # Every error that a call raises is also the call that failed.
    call: Any = error
    made = SwitchyardError(call.code(), call.details() or "", method=method, request_id=request_id)
    for detail in _details(call.trailing_metadata()):
        _read(detail, made)
    return made


def from_item(status: v1.ItemStatus) -> SwitchyardError | None:
    """The error of one item of a batch or a stream; `None` when it went well."""
    if status.code == 0:
        return None
    violations = (Violation(status.field, status.message),) if status.field else ()
    code = CODES.get(status.code, grpc.StatusCode.UNKNOWN)
    return SwitchyardError(code, status.message, status.reason, violations=violations)


def raise_for_item(status: v1.ItemStatus) -> None:
    """Raises the error of one item of a batch or a stream, if there is one."""
    error = from_item(status)
    if error:
        raise error


def _details(metadata: Iterable[tuple[str, str | bytes]] | None) -> list[Any]:
    values = [value for key, value in metadata or () if key == DETAILS_KEY]
    try:
        return [detail for value in values for detail in status_pb2.Status.FromString(value).details]
    except DecodeError:
        # Code and message are told all the same.
        return []


def _read(detail: Any, made: SwitchyardError) -> None:
    info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    text, retry = error_details_pb2.LocalizedMessage(), error_details_pb2.RetryInfo()
    if detail.Unpack(info):
        made.reason, made.metadata = info.reason, dict(info.metadata)
    elif detail.Unpack(bad):
        made.violations = tuple(Violation(v.field, v.description) for v in bad.field_violations)
    elif detail.Unpack(text):
        made.localized_message = text.message
    elif detail.Unpack(retry):
        made.retry_delay = retry.retry_delay.ToTimedelta().total_seconds()

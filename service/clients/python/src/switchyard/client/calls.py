"""What every call goes through: metadata, a deadline, a request id, retries, errors as one type."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

import grpc
from google.protobuf.message import Message

from switchyard import v1
from switchyard.client.errors import SwitchyardError, from_call
from switchyard.client.retry import POLICIES

Request = TypeVar("Request", bound=Message)
Metadata = tuple[tuple[str, str], ...]


class CallDetails(NamedTuple):
    """How one call is to be made; named as grpc names them."""

    method: str
    timeout: float | None
    metadata: Any
    credentials: Any
    wait_for_ready: bool | None
    compression: Any


class Calls(
    grpc.UnaryUnaryClientInterceptor, grpc.UnaryStreamClientInterceptor, grpc.StreamStreamClientInterceptor
):
    """Makes calls for one tenant, in one language, with a default deadline.

    Streams have no deadline by default and are not made again here: see `Watch` and `stream_triage`.
    """

    def __init__(self, metadata: Metadata, timeout: float | None) -> None:
        self._metadata = metadata
        self._timeout = timeout

    def intercept_unary_unary(self, continuation: Any, client_call_details: Any, request: Any) -> Any:
        details = self._details(client_call_details, self._timeout)
        return _until_done(continuation, details, with_request_ids(request))

    def intercept_unary_stream(self, continuation: Any, client_call_details: Any, request: Any) -> Any:
        details = self._details(client_call_details, None)
        return Answers(continuation(details, request), details.method)

    def intercept_stream_stream(
        self, continuation: Any, client_call_details: Any, request_iterator: Any
    ) -> Any:
        details = self._details(client_call_details, None)
        return Answers(continuation(details, map(with_request_ids, request_iterator)), details.method)

    def _details(self, asked: Any, timeout: float | None) -> CallDetails:
        given = tuple(asked.metadata or ())
        stated = {key for key, _ in given}
        return CallDetails(
            method=_text(asked.method),
            timeout=timeout if asked.timeout is None else asked.timeout,
            # What the caller states for one call goes before what is stated for all.
            metadata=given + tuple(pair for pair in self._metadata if pair[0] not in stated),
            credentials=asked.credentials,
            wait_for_ready=asked.wait_for_ready,
            compression=asked.compression,
        )


def _text(method: str | bytes) -> str:
    return method.decode() if isinstance(method, bytes) else method


def _until_done(continuation: Callable[..., Any], details: CallDetails, request: Message) -> Any:
    """Makes the call until it succeeds, may not be made again, or its time is over."""
    policy = POLICIES.get(details.method)
    ends_at = None if details.timeout is None else time.monotonic() + details.timeout
    n_failed = 0
    while True:
        outcome = continuation(_with_time_left(details, ends_at), request)
        failure = outcome.exception()
        if failure is None:
            return outcome
        if not isinstance(failure, grpc.RpcError):
            raise failure
        error = from_call(failure, details.method, getattr(request, "request_id", ""))
        n_failed += 1
        delay = policy.delay_after(n_failed, error) if policy else None
        if delay is None or _is_over(ends_at, delay):
            raise error from failure
        time.sleep(delay)


def _with_time_left(details: CallDetails, ends_at: float | None) -> CallDetails:
    return details if ends_at is None else details._replace(timeout=max(ends_at - time.monotonic(), 0.0))


def _is_over(ends_at: float | None, delay: float) -> bool:
    return ends_at is not None and time.monotonic() + delay >= ends_at


def with_request_ids(request: Request) -> Request:
    """The request, or a copy of it in which every request id that was left empty is filled.

    A copy, because whoever changes and sends the same message again means another call.
    """
    if not any(not item.request_id for item in _identified(request)):
        return request
    copy = type(request)()
    copy.CopyFrom(request)
    for item in _identified(copy):
        item.request_id = item.request_id or str(uuid.uuid4())
    return copy


def _identified(request: Message) -> list[Any]:
    """The messages in a request that carry a request id."""
    if isinstance(request, v1.BatchTriageRequest):
        return list(request.requests)
    if isinstance(request, v1.StreamTriageRequest):
        return [request.request]
    return [request] if "request_id" in request.DESCRIPTOR.fields_by_name else []


class Answers(Iterator[Any]):
    """The answers of a stream; an error is the client's own."""

    def __init__(self, call: Any, method: str) -> None:
        self._call = call
        self._method = method

    def __next__(self) -> Any:
        try:
            return next(self._call)
        except grpc.RpcError as failure:
            error: SwitchyardError = from_call(failure, self._method)
            raise error from failure

    def __getattr__(self, name: str) -> Any:
        """Such as `cancel`: whatever else grpc's call offers."""
        return getattr(self._call, name)

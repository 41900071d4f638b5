import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetServerInfoRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Limits(_message.Message):
    __slots__ = ("text_bytes_max", "text_chars_analyzed", "batch_items_max", "in_flight_max")
    TEXT_BYTES_MAX_FIELD_NUMBER: _ClassVar[int]
    TEXT_CHARS_ANALYZED_FIELD_NUMBER: _ClassVar[int]
    BATCH_ITEMS_MAX_FIELD_NUMBER: _ClassVar[int]
    IN_FLIGHT_MAX_FIELD_NUMBER: _ClassVar[int]
    text_bytes_max: int
    text_chars_analyzed: int
    batch_items_max: int
    in_flight_max: int
    def __init__(self, text_bytes_max: _Optional[int] = ..., text_chars_analyzed: _Optional[int] = ..., batch_items_max: _Optional[int] = ..., in_flight_max: _Optional[int] = ...) -> None: ...

class GetServerInfoResponse(_message.Message):
    __slots__ = ("version", "model_version", "policy_revision", "tz_version", "limits", "features", "tenant", "server_time")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    MODEL_VERSION_FIELD_NUMBER: _ClassVar[int]
    POLICY_REVISION_FIELD_NUMBER: _ClassVar[int]
    TZ_VERSION_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    TENANT_FIELD_NUMBER: _ClassVar[int]
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    version: str
    model_version: str
    policy_revision: int
    tz_version: str
    limits: Limits
    features: _containers.RepeatedScalarFieldContainer[str]
    tenant: str
    server_time: _timestamp_pb2.Timestamp
    def __init__(self, version: _Optional[str] = ..., model_version: _Optional[str] = ..., policy_revision: _Optional[int] = ..., tz_version: _Optional[str] = ..., limits: _Optional[_Union[Limits, _Mapping]] = ..., features: _Optional[_Iterable[str]] = ..., tenant: _Optional[str] = ..., server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

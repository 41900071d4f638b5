import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from switchyard.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OpenTickets(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OPEN_TICKETS_UNSPECIFIED: _ClassVar[OpenTickets]
    OPEN_TICKETS_KEEP: _ClassVar[OpenTickets]
    OPEN_TICKETS_RECOMPUTE: _ClassVar[OpenTickets]
OPEN_TICKETS_UNSPECIFIED: OpenTickets
OPEN_TICKETS_KEEP: OpenTickets
OPEN_TICKETS_RECOMPUTE: OpenTickets

class Finding(_message.Message):
    __slots__ = ("severity", "key", "line", "message")
    class Severity(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        SEVERITY_UNSPECIFIED: _ClassVar[Finding.Severity]
        SEVERITY_ERROR: _ClassVar[Finding.Severity]
        SEVERITY_WARNING: _ClassVar[Finding.Severity]
    SEVERITY_UNSPECIFIED: Finding.Severity
    SEVERITY_ERROR: Finding.Severity
    SEVERITY_WARNING: Finding.Severity
    SEVERITY_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    severity: Finding.Severity
    key: str
    line: int
    message: str
    def __init__(self, severity: _Optional[_Union[Finding.Severity, str]] = ..., key: _Optional[str] = ..., line: _Optional[int] = ..., message: _Optional[str] = ...) -> None: ...

class PolicyRevision(_message.Message):
    __slots__ = ("revision", "source", "comment", "applied_time", "etag", "in_force")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    COMMENT_FIELD_NUMBER: _ClassVar[int]
    APPLIED_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    IN_FORCE_FIELD_NUMBER: _ClassVar[int]
    revision: int
    source: str
    comment: str
    applied_time: _timestamp_pb2.Timestamp
    etag: str
    in_force: bool
    def __init__(self, revision: _Optional[int] = ..., source: _Optional[str] = ..., comment: _Optional[str] = ..., applied_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ..., in_force: _Optional[bool] = ...) -> None: ...

class ApplyRequest(_message.Message):
    __slots__ = ("source", "validate_only", "comment", "request_id", "actor", "open_tickets", "etag")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    COMMENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    OPEN_TICKETS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    source: str
    validate_only: bool
    comment: str
    request_id: str
    actor: _common_pb2.Actor
    open_tickets: OpenTickets
    etag: str
    def __init__(self, source: _Optional[str] = ..., validate_only: _Optional[bool] = ..., comment: _Optional[str] = ..., request_id: _Optional[str] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ..., open_tickets: _Optional[_Union[OpenTickets, str]] = ..., etag: _Optional[str] = ...) -> None: ...

class ApplyResponse(_message.Message):
    __slots__ = ("policy", "findings", "operation", "replayed")
    POLICY_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    policy: PolicyRevision
    findings: _containers.RepeatedCompositeFieldContainer[Finding]
    operation: str
    replayed: bool
    def __init__(self, policy: _Optional[_Union[PolicyRevision, _Mapping]] = ..., findings: _Optional[_Iterable[_Union[Finding, _Mapping]]] = ..., operation: _Optional[str] = ..., replayed: _Optional[bool] = ...) -> None: ...

class GetRequest(_message.Message):
    __slots__ = ("revision",)
    REVISION_FIELD_NUMBER: _ClassVar[int]
    revision: int
    def __init__(self, revision: _Optional[int] = ...) -> None: ...

class GetResponse(_message.Message):
    __slots__ = ("policy",)
    POLICY_FIELD_NUMBER: _ClassVar[int]
    policy: PolicyRevision
    def __init__(self, policy: _Optional[_Union[PolicyRevision, _Mapping]] = ...) -> None: ...

class ListRevisionsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRevisionsResponse(_message.Message):
    __slots__ = ("revisions", "next_page_token")
    REVISIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    revisions: _containers.RepeatedCompositeFieldContainer[PolicyRevision]
    next_page_token: str
    def __init__(self, revisions: _Optional[_Iterable[_Union[PolicyRevision, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RollBackRequest(_message.Message):
    __slots__ = ("revision", "comment", "open_tickets", "etag", "request_id", "actor")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    COMMENT_FIELD_NUMBER: _ClassVar[int]
    OPEN_TICKETS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    revision: int
    comment: str
    open_tickets: OpenTickets
    etag: str
    request_id: str
    actor: _common_pb2.Actor
    def __init__(self, revision: _Optional[int] = ..., comment: _Optional[str] = ..., open_tickets: _Optional[_Union[OpenTickets, str]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class RollBackResponse(_message.Message):
    __slots__ = ("policy", "findings", "operation", "replayed")
    POLICY_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    policy: PolicyRevision
    findings: _containers.RepeatedCompositeFieldContainer[Finding]
    operation: str
    replayed: bool
    def __init__(self, policy: _Optional[_Union[PolicyRevision, _Mapping]] = ..., findings: _Optional[_Iterable[_Union[Finding, _Mapping]]] = ..., operation: _Optional[str] = ..., replayed: _Optional[bool] = ...) -> None: ...

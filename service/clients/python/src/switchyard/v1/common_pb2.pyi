import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class HoldReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HOLD_REASON_UNSPECIFIED: _ClassVar[HoldReason]
    HOLD_REASON_CUSTOMER: _ClassVar[HoldReason]
    HOLD_REASON_THIRD_PARTY: _ClassVar[HoldReason]
    HOLD_REASON_INTERNAL: _ClassVar[HoldReason]

class DeclineReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DECLINE_REASON_UNSPECIFIED: _ClassVar[DeclineReason]
    DECLINE_REASON_BUSY: _ClassVar[DeclineReason]
    DECLINE_REASON_MISSING_SKILL: _ClassVar[DeclineReason]
    DECLINE_REASON_WRONG_TEAM: _ClassVar[DeclineReason]
    DECLINE_REASON_CONFLICT: _ClassVar[DeclineReason]
    DECLINE_REASON_LEAVING: _ClassVar[DeclineReason]
    DECLINE_REASON_OTHER: _ClassVar[DeclineReason]

class TicketState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TICKET_STATE_UNSPECIFIED: _ClassVar[TicketState]
    TICKET_STATE_QUEUED: _ClassVar[TicketState]
    TICKET_STATE_ACTIVE: _ClassVar[TicketState]
    TICKET_STATE_COMPLETED: _ClassVar[TicketState]
    TICKET_STATE_SOLVED: _ClassVar[TicketState]
    TICKET_STATE_CANCELLED: _ClassVar[TicketState]
    TICKET_STATE_MERGED: _ClassVar[TicketState]
    TICKET_STATE_ADVISED: _ClassVar[TicketState]

class Presence(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PRESENCE_UNSPECIFIED: _ClassVar[Presence]
    PRESENCE_ONLINE: _ClassVar[Presence]
    PRESENCE_AWAY: _ClassVar[Presence]
    PRESENCE_OFFLINE: _ClassVar[Presence]

class ActivityKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ACTIVITY_KIND_UNSPECIFIED: _ClassVar[ActivityKind]
    ACTIVITY_KIND_CUSTOMER_MESSAGE: _ClassVar[ActivityKind]
    ACTIVITY_KIND_AGENT_REPLY: _ClassVar[ActivityKind]
    ACTIVITY_KIND_HOLD: _ClassVar[ActivityKind]
    ACTIVITY_KIND_RESUME: _ClassVar[ActivityKind]
    ACTIVITY_KIND_SPLIT: _ClassVar[ActivityKind]
    ACTIVITY_KIND_RATED: _ClassVar[ActivityKind]
    ACTIVITY_KIND_ACKNOWLEDGED: _ClassVar[ActivityKind]
HOLD_REASON_UNSPECIFIED: HoldReason
HOLD_REASON_CUSTOMER: HoldReason
HOLD_REASON_THIRD_PARTY: HoldReason
HOLD_REASON_INTERNAL: HoldReason
DECLINE_REASON_UNSPECIFIED: DeclineReason
DECLINE_REASON_BUSY: DeclineReason
DECLINE_REASON_MISSING_SKILL: DeclineReason
DECLINE_REASON_WRONG_TEAM: DeclineReason
DECLINE_REASON_CONFLICT: DeclineReason
DECLINE_REASON_LEAVING: DeclineReason
DECLINE_REASON_OTHER: DeclineReason
TICKET_STATE_UNSPECIFIED: TicketState
TICKET_STATE_QUEUED: TicketState
TICKET_STATE_ACTIVE: TicketState
TICKET_STATE_COMPLETED: TicketState
TICKET_STATE_SOLVED: TicketState
TICKET_STATE_CANCELLED: TicketState
TICKET_STATE_MERGED: TicketState
TICKET_STATE_ADVISED: TicketState
PRESENCE_UNSPECIFIED: Presence
PRESENCE_ONLINE: Presence
PRESENCE_AWAY: Presence
PRESENCE_OFFLINE: Presence
ACTIVITY_KIND_UNSPECIFIED: ActivityKind
ACTIVITY_KIND_CUSTOMER_MESSAGE: ActivityKind
ACTIVITY_KIND_AGENT_REPLY: ActivityKind
ACTIVITY_KIND_HOLD: ActivityKind
ACTIVITY_KIND_RESUME: ActivityKind
ACTIVITY_KIND_SPLIT: ActivityKind
ACTIVITY_KIND_RATED: ActivityKind
ACTIVITY_KIND_ACKNOWLEDGED: ActivityKind

class Actor(_message.Message):
    __slots__ = ("kind", "name")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[Actor.Kind]
        KIND_PERSON: _ClassVar[Actor.Kind]
        KIND_BACKEND: _ClassVar[Actor.Kind]
        KIND_SYSTEM: _ClassVar[Actor.Kind]
        KIND_POLICY: _ClassVar[Actor.Kind]
    KIND_UNSPECIFIED: Actor.Kind
    KIND_PERSON: Actor.Kind
    KIND_BACKEND: Actor.Kind
    KIND_SYSTEM: Actor.Kind
    KIND_POLICY: Actor.Kind
    KIND_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    kind: Actor.Kind
    name: str
    def __init__(self, kind: _Optional[_Union[Actor.Kind, str]] = ..., name: _Optional[str] = ...) -> None: ...

class Place(_message.Message):
    __slots__ = ("latitude", "longitude")
    LATITUDE_FIELD_NUMBER: _ClassVar[int]
    LONGITUDE_FIELD_NUMBER: _ClassVar[int]
    latitude: float
    longitude: float
    def __init__(self, latitude: _Optional[float] = ..., longitude: _Optional[float] = ...) -> None: ...

class Interval(_message.Message):
    __slots__ = ("start_time", "end_time")
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SkillRequirement(_message.Message):
    __slots__ = ("skill", "min_level", "preferred", "weight")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    MIN_LEVEL_FIELD_NUMBER: _ClassVar[int]
    PREFERRED_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    skill: str
    min_level: int
    preferred: bool
    weight: float
    def __init__(self, skill: _Optional[str] = ..., min_level: _Optional[int] = ..., preferred: _Optional[bool] = ..., weight: _Optional[float] = ...) -> None: ...

class ItemStatus(_message.Message):
    __slots__ = ("code", "message", "reason", "field")
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    FIELD_FIELD_NUMBER: _ClassVar[int]
    code: int
    message: str
    reason: str
    field: str
    def __init__(self, code: _Optional[int] = ..., message: _Optional[str] = ..., reason: _Optional[str] = ..., field: _Optional[str] = ...) -> None: ...

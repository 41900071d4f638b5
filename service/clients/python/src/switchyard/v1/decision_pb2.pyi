import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DecisionTrigger(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DECISION_TRIGGER_UNSPECIFIED: _ClassVar[DecisionTrigger]
    DECISION_TRIGGER_TRIAGE: _ClassVar[DecisionTrigger]
    DECISION_TRIGGER_RETRIAGE: _ClassVar[DecisionTrigger]
    DECISION_TRIGGER_ADVICE: _ClassVar[DecisionTrigger]
    DECISION_TRIGGER_ADOPTION: _ClassVar[DecisionTrigger]
    DECISION_TRIGGER_REOPENING: _ClassVar[DecisionTrigger]
    DECISION_TRIGGER_FREED: _ClassVar[DecisionTrigger]
    DECISION_TRIGGER_TRANSFERRED: _ClassVar[DecisionTrigger]
    DECISION_TRIGGER_RETURNED: _ClassVar[DecisionTrigger]
    DECISION_TRIGGER_DECLINED: _ClassVar[DecisionTrigger]
    DECISION_TRIGGER_RELEASED: _ClassVar[DecisionTrigger]
    DECISION_TRIGGER_CLAIMED: _ClassVar[DecisionTrigger]

class DecisionOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DECISION_OUTCOME_UNSPECIFIED: _ClassVar[DecisionOutcome]
    DECISION_OUTCOME_ASSIGNED: _ClassVar[DecisionOutcome]
    DECISION_OUTCOME_QUEUED: _ClassVar[DecisionOutcome]
    DECISION_OUTCOME_KEPT: _ClassVar[DecisionOutcome]
    DECISION_OUTCOME_ADVISED: _ClassVar[DecisionOutcome]
DECISION_TRIGGER_UNSPECIFIED: DecisionTrigger
DECISION_TRIGGER_TRIAGE: DecisionTrigger
DECISION_TRIGGER_RETRIAGE: DecisionTrigger
DECISION_TRIGGER_ADVICE: DecisionTrigger
DECISION_TRIGGER_ADOPTION: DecisionTrigger
DECISION_TRIGGER_REOPENING: DecisionTrigger
DECISION_TRIGGER_FREED: DecisionTrigger
DECISION_TRIGGER_TRANSFERRED: DecisionTrigger
DECISION_TRIGGER_RETURNED: DecisionTrigger
DECISION_TRIGGER_DECLINED: DecisionTrigger
DECISION_TRIGGER_RELEASED: DecisionTrigger
DECISION_TRIGGER_CLAIMED: DecisionTrigger
DECISION_OUTCOME_UNSPECIFIED: DecisionOutcome
DECISION_OUTCOME_ASSIGNED: DecisionOutcome
DECISION_OUTCOME_QUEUED: DecisionOutcome
DECISION_OUTCOME_KEPT: DecisionOutcome
DECISION_OUTCOME_ADVISED: DecisionOutcome

class Part(_message.Message):
    __slots__ = ("name", "value")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    name: str
    value: float
    def __init__(self, name: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...

class Priority(_message.Message):
    __slots__ = ("score", "band", "parts", "overridden")
    SCORE_FIELD_NUMBER: _ClassVar[int]
    BAND_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    OVERRIDDEN_FIELD_NUMBER: _ClassVar[int]
    score: float
    band: int
    parts: _containers.RepeatedCompositeFieldContainer[Part]
    overridden: bool
    def __init__(self, score: _Optional[float] = ..., band: _Optional[int] = ..., parts: _Optional[_Iterable[_Union[Part, _Mapping]]] = ..., overridden: _Optional[bool] = ...) -> None: ...

class SlaClock(_message.Message):
    __slots__ = ("state", "due_time", "target", "left", "done_time")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[SlaClock.State]
        STATE_RUNNING: _ClassVar[SlaClock.State]
        STATE_PAUSED: _ClassVar[SlaClock.State]
        STATE_MET: _ClassVar[SlaClock.State]
        STATE_MISSED: _ClassVar[SlaClock.State]
    STATE_UNSPECIFIED: SlaClock.State
    STATE_RUNNING: SlaClock.State
    STATE_PAUSED: SlaClock.State
    STATE_MET: SlaClock.State
    STATE_MISSED: SlaClock.State
    STATE_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    LEFT_FIELD_NUMBER: _ClassVar[int]
    DONE_TIME_FIELD_NUMBER: _ClassVar[int]
    state: SlaClock.State
    due_time: _timestamp_pb2.Timestamp
    target: _duration_pb2.Duration
    left: _duration_pb2.Duration
    done_time: _timestamp_pb2.Timestamp
    def __init__(self, state: _Optional[_Union[SlaClock.State, str]] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., target: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., left: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., done_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Sla(_message.Message):
    __slots__ = ("first_response", "next_response", "resolution")
    FIRST_RESPONSE_FIELD_NUMBER: _ClassVar[int]
    NEXT_RESPONSE_FIELD_NUMBER: _ClassVar[int]
    RESOLUTION_FIELD_NUMBER: _ClassVar[int]
    first_response: SlaClock
    next_response: SlaClock
    resolution: SlaClock
    def __init__(self, first_response: _Optional[_Union[SlaClock, _Mapping]] = ..., next_response: _Optional[_Union[SlaClock, _Mapping]] = ..., resolution: _Optional[_Union[SlaClock, _Mapping]] = ...) -> None: ...

class Candidate(_message.Message):
    __slots__ = ("agent", "cost", "parts")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    agent: str
    cost: float
    parts: _containers.RepeatedCompositeFieldContainer[Part]
    def __init__(self, agent: _Optional[str] = ..., cost: _Optional[float] = ..., parts: _Optional[_Iterable[_Union[Part, _Mapping]]] = ...) -> None: ...

class ExclusionCount(_message.Message):
    __slots__ = ("reason", "agents")
    REASON_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    reason: str
    agents: int
    def __init__(self, reason: _Optional[str] = ..., agents: _Optional[int] = ...) -> None: ...

class Decision(_message.Message):
    __slots__ = ("id", "ticket_id", "trigger", "decided_time", "team", "priority", "sla", "outcome", "agent", "candidates", "n_eligible", "exclusions", "policy_revision", "sequence", "tz_version", "summary")
    ID_FIELD_NUMBER: _ClassVar[int]
    TICKET_ID_FIELD_NUMBER: _ClassVar[int]
    TRIGGER_FIELD_NUMBER: _ClassVar[int]
    DECIDED_TIME_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    SLA_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    CANDIDATES_FIELD_NUMBER: _ClassVar[int]
    N_ELIGIBLE_FIELD_NUMBER: _ClassVar[int]
    EXCLUSIONS_FIELD_NUMBER: _ClassVar[int]
    POLICY_REVISION_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TZ_VERSION_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    id: str
    ticket_id: str
    trigger: DecisionTrigger
    decided_time: _timestamp_pb2.Timestamp
    team: str
    priority: Priority
    sla: Sla
    outcome: DecisionOutcome
    agent: str
    candidates: _containers.RepeatedCompositeFieldContainer[Candidate]
    n_eligible: int
    exclusions: _containers.RepeatedCompositeFieldContainer[ExclusionCount]
    policy_revision: int
    sequence: int
    tz_version: str
    summary: str
    def __init__(self, id: _Optional[str] = ..., ticket_id: _Optional[str] = ..., trigger: _Optional[_Union[DecisionTrigger, str]] = ..., decided_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., team: _Optional[str] = ..., priority: _Optional[_Union[Priority, _Mapping]] = ..., sla: _Optional[_Union[Sla, _Mapping]] = ..., outcome: _Optional[_Union[DecisionOutcome, str]] = ..., agent: _Optional[str] = ..., candidates: _Optional[_Iterable[_Union[Candidate, _Mapping]]] = ..., n_eligible: _Optional[int] = ..., exclusions: _Optional[_Iterable[_Union[ExclusionCount, _Mapping]]] = ..., policy_revision: _Optional[int] = ..., sequence: _Optional[int] = ..., tz_version: _Optional[str] = ..., summary: _Optional[str] = ...) -> None: ...

class AgentVerdict(_message.Message):
    __slots__ = ("agent", "exclusion", "detail", "cost", "parts")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    EXCLUSION_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    agent: str
    exclusion: str
    detail: str
    cost: float
    parts: _containers.RepeatedCompositeFieldContainer[Part]
    def __init__(self, agent: _Optional[str] = ..., exclusion: _Optional[str] = ..., detail: _Optional[str] = ..., cost: _Optional[float] = ..., parts: _Optional[_Iterable[_Union[Part, _Mapping]]] = ...) -> None: ...

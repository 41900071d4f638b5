import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from switchyard.v1 import assessment_pb2 as _assessment_pb2
from switchyard.v1 import common_pb2 as _common_pb2
from switchyard.v1 import decision_pb2 as _decision_pb2
from switchyard.v1 import ticket_pb2 as _ticket_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Mode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MODE_UNSPECIFIED: _ClassVar[Mode]
    MODE_ANALYZE: _ClassVar[Mode]
    MODE_ADVISE: _ClassVar[Mode]
    MODE_ASSIGN: _ClassVar[Mode]

class SimilarView(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SIMILAR_VIEW_UNSPECIFIED: _ClassVar[SimilarView]
    SIMILAR_VIEW_BASIC: _ClassVar[SimilarView]
    SIMILAR_VIEW_FULL: _ClassVar[SimilarView]

class EntityKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ENTITY_KIND_UNSPECIFIED: _ClassVar[EntityKind]
    ENTITY_KIND_ORDER_NUMBER: _ClassVar[EntityKind]
    ENTITY_KIND_TRACKING_NUMBER: _ClassVar[EntityKind]
    ENTITY_KIND_SERIAL_NUMBER: _ClassVar[EntityKind]
    ENTITY_KIND_MODEL_CODE: _ClassVar[EntityKind]
    ENTITY_KIND_PHONE: _ClassVar[EntityKind]
    ENTITY_KIND_EMAIL: _ClassVar[EntityKind]
    ENTITY_KIND_BANK_CARD: _ClassVar[EntityKind]
    ENTITY_KIND_RESIDENT_ID: _ClassVar[EntityKind]
    ENTITY_KIND_HOUSE_NUMBER: _ClassVar[EntityKind]
    ENTITY_KIND_AMOUNT: _ClassVar[EntityKind]
    ENTITY_KIND_DATE: _ClassVar[EntityKind]
    ENTITY_KIND_TIME: _ClassVar[EntityKind]
    ENTITY_KIND_CITY: _ClassVar[EntityKind]
MODE_UNSPECIFIED: Mode
MODE_ANALYZE: Mode
MODE_ADVISE: Mode
MODE_ASSIGN: Mode
SIMILAR_VIEW_UNSPECIFIED: SimilarView
SIMILAR_VIEW_BASIC: SimilarView
SIMILAR_VIEW_FULL: SimilarView
ENTITY_KIND_UNSPECIFIED: EntityKind
ENTITY_KIND_ORDER_NUMBER: EntityKind
ENTITY_KIND_TRACKING_NUMBER: EntityKind
ENTITY_KIND_SERIAL_NUMBER: EntityKind
ENTITY_KIND_MODEL_CODE: EntityKind
ENTITY_KIND_PHONE: EntityKind
ENTITY_KIND_EMAIL: EntityKind
ENTITY_KIND_BANK_CARD: EntityKind
ENTITY_KIND_RESIDENT_ID: EntityKind
ENTITY_KIND_HOUSE_NUMBER: EntityKind
ENTITY_KIND_AMOUNT: EntityKind
ENTITY_KIND_DATE: EntityKind
ENTITY_KIND_TIME: EntityKind
ENTITY_KIND_CITY: EntityKind

class TriageRequest(_message.Message):
    __slots__ = ("ticket", "mode", "request_id", "actor", "similar_view", "with_entities")
    TICKET_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    SIMILAR_VIEW_FIELD_NUMBER: _ClassVar[int]
    WITH_ENTITIES_FIELD_NUMBER: _ClassVar[int]
    ticket: _ticket_pb2.Ticket
    mode: Mode
    request_id: str
    actor: _common_pb2.Actor
    similar_view: SimilarView
    with_entities: bool
    def __init__(self, ticket: _Optional[_Union[_ticket_pb2.Ticket, _Mapping]] = ..., mode: _Optional[_Union[Mode, str]] = ..., request_id: _Optional[str] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ..., similar_view: _Optional[_Union[SimilarView, str]] = ..., with_entities: _Optional[bool] = ...) -> None: ...

class Timings(_message.Message):
    __slots__ = ("clean_ns", "features_ns", "heads_ns", "desk_ns", "total_ns")
    CLEAN_NS_FIELD_NUMBER: _ClassVar[int]
    FEATURES_NS_FIELD_NUMBER: _ClassVar[int]
    HEADS_NS_FIELD_NUMBER: _ClassVar[int]
    DESK_NS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_NS_FIELD_NUMBER: _ClassVar[int]
    clean_ns: int
    features_ns: int
    heads_ns: int
    desk_ns: int
    total_ns: int
    def __init__(self, clean_ns: _Optional[int] = ..., features_ns: _Optional[int] = ..., heads_ns: _Optional[int] = ..., desk_ns: _Optional[int] = ..., total_ns: _Optional[int] = ...) -> None: ...

class TriageResponse(_message.Message):
    __slots__ = ("assessment", "decision", "timings", "replayed", "stale", "entities")
    ASSESSMENT_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    TIMINGS_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    STALE_FIELD_NUMBER: _ClassVar[int]
    ENTITIES_FIELD_NUMBER: _ClassVar[int]
    assessment: _assessment_pb2.Assessment
    decision: _decision_pb2.Decision
    timings: Timings
    replayed: bool
    stale: bool
    entities: _containers.RepeatedCompositeFieldContainer[Entity]
    def __init__(self, assessment: _Optional[_Union[_assessment_pb2.Assessment, _Mapping]] = ..., decision: _Optional[_Union[_decision_pb2.Decision, _Mapping]] = ..., timings: _Optional[_Union[Timings, _Mapping]] = ..., replayed: _Optional[bool] = ..., stale: _Optional[bool] = ..., entities: _Optional[_Iterable[_Union[Entity, _Mapping]]] = ...) -> None: ...

class Entity(_message.Message):
    __slots__ = ("kind", "value", "message_index", "start", "end")
    KIND_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_INDEX_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    kind: EntityKind
    value: str
    message_index: int
    start: int
    end: int
    def __init__(self, kind: _Optional[_Union[EntityKind, str]] = ..., value: _Optional[str] = ..., message_index: _Optional[int] = ..., start: _Optional[int] = ..., end: _Optional[int] = ...) -> None: ...

class BatchTriageRequest(_message.Message):
    __slots__ = ("requests",)
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[TriageRequest]
    def __init__(self, requests: _Optional[_Iterable[_Union[TriageRequest, _Mapping]]] = ...) -> None: ...

class BatchTriageResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BatchTriageResult]
    def __init__(self, results: _Optional[_Iterable[_Union[BatchTriageResult, _Mapping]]] = ...) -> None: ...

class BatchTriageResult(_message.Message):
    __slots__ = ("status", "response")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    RESPONSE_FIELD_NUMBER: _ClassVar[int]
    status: _common_pb2.ItemStatus
    response: TriageResponse
    def __init__(self, status: _Optional[_Union[_common_pb2.ItemStatus, _Mapping]] = ..., response: _Optional[_Union[TriageResponse, _Mapping]] = ...) -> None: ...

class StreamTriageRequest(_message.Message):
    __slots__ = ("request",)
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    request: TriageRequest
    def __init__(self, request: _Optional[_Union[TriageRequest, _Mapping]] = ...) -> None: ...

class StreamTriageResponse(_message.Message):
    __slots__ = ("index", "status", "response")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    RESPONSE_FIELD_NUMBER: _ClassVar[int]
    index: int
    status: _common_pb2.ItemStatus
    response: TriageResponse
    def __init__(self, index: _Optional[int] = ..., status: _Optional[_Union[_common_pb2.ItemStatus, _Mapping]] = ..., response: _Optional[_Union[TriageResponse, _Mapping]] = ...) -> None: ...

class DecisionFilter(_message.Message):
    __slots__ = ("ticket_id", "agent", "team", "outcomes", "triggers", "start_time", "end_time")
    TICKET_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    TRIGGERS_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    ticket_id: str
    agent: str
    team: str
    outcomes: _containers.RepeatedScalarFieldContainer[_decision_pb2.DecisionOutcome]
    triggers: _containers.RepeatedScalarFieldContainer[_decision_pb2.DecisionTrigger]
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, ticket_id: _Optional[str] = ..., agent: _Optional[str] = ..., team: _Optional[str] = ..., outcomes: _Optional[_Iterable[_Union[_decision_pb2.DecisionOutcome, str]]] = ..., triggers: _Optional[_Iterable[_Union[_decision_pb2.DecisionTrigger, str]]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListDecisionsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "filter")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    filter: DecisionFilter
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[_Union[DecisionFilter, _Mapping]] = ...) -> None: ...

class ListDecisionsResponse(_message.Message):
    __slots__ = ("decisions", "next_page_token")
    DECISIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    decisions: _containers.RepeatedCompositeFieldContainer[_decision_pb2.Decision]
    next_page_token: str
    def __init__(self, decisions: _Optional[_Iterable[_Union[_decision_pb2.Decision, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetDecisionRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class GetDecisionResponse(_message.Message):
    __slots__ = ("decision", "assessment")
    DECISION_FIELD_NUMBER: _ClassVar[int]
    ASSESSMENT_FIELD_NUMBER: _ClassVar[int]
    decision: _decision_pb2.Decision
    assessment: _assessment_pb2.Assessment
    def __init__(self, decision: _Optional[_Union[_decision_pb2.Decision, _Mapping]] = ..., assessment: _Optional[_Union[_assessment_pb2.Assessment, _Mapping]] = ...) -> None: ...

class ExplainDecisionRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class ExplainDecisionResponse(_message.Message):
    __slots__ = ("decision", "assessment", "verdicts", "reproduced", "now")
    DECISION_FIELD_NUMBER: _ClassVar[int]
    ASSESSMENT_FIELD_NUMBER: _ClassVar[int]
    VERDICTS_FIELD_NUMBER: _ClassVar[int]
    REPRODUCED_FIELD_NUMBER: _ClassVar[int]
    NOW_FIELD_NUMBER: _ClassVar[int]
    decision: _decision_pb2.Decision
    assessment: _assessment_pb2.Assessment
    verdicts: _containers.RepeatedCompositeFieldContainer[_decision_pb2.AgentVerdict]
    reproduced: bool
    now: _timestamp_pb2.Timestamp
    def __init__(self, decision: _Optional[_Union[_decision_pb2.Decision, _Mapping]] = ..., assessment: _Optional[_Union[_assessment_pb2.Assessment, _Mapping]] = ..., verdicts: _Optional[_Iterable[_Union[_decision_pb2.AgentVerdict, _Mapping]]] = ..., reproduced: _Optional[bool] = ..., now: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from switchyard.v1 import assessment_pb2 as _assessment_pb2
from switchyard.v1 import common_pb2 as _common_pb2
from switchyard.v1 import decision_pb2 as _decision_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EventKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EVENT_KIND_UNSPECIFIED: _ClassVar[EventKind]
    EVENT_KIND_TICKET_TRIAGED: _ClassVar[EventKind]
    EVENT_KIND_TICKET_ADOPTED: _ClassVar[EventKind]
    EVENT_KIND_TICKET_DECIDED: _ClassVar[EventKind]
    EVENT_KIND_TICKET_OWNER_SET: _ClassVar[EventKind]
    EVENT_KIND_TICKET_ACTIVITY: _ClassVar[EventKind]
    EVENT_KIND_TICKET_CLOSED: _ClassVar[EventKind]
    EVENT_KIND_TICKET_REOPENED: _ClassVar[EventKind]
    EVENT_KIND_TICKET_TRANSFERRED: _ClassVar[EventKind]
    EVENT_KIND_TICKET_RETURNED: _ClassVar[EventKind]
    EVENT_KIND_TICKET_RELEASED: _ClassVar[EventKind]
    EVENT_KIND_TICKET_ABSORBED: _ClassVar[EventKind]
    EVENT_KIND_AGENT_UPSERTED: _ClassVar[EventKind]
    EVENT_KIND_AGENT_REMOVED: _ClassVar[EventKind]
    EVENT_KIND_TEAM_UPSERTED: _ClassVar[EventKind]
    EVENT_KIND_TEAM_REMOVED: _ClassVar[EventKind]
    EVENT_KIND_SHIFTS_REPLACED: _ClassVar[EventKind]
    EVENT_KIND_PRESENCE_SET: _ClassVar[EventKind]
    EVENT_KIND_INTAKE_SET: _ClassVar[EventKind]
    EVENT_KIND_POLICY_APPLIED: _ClassVar[EventKind]
    EVENT_KIND_PROMISES_RENEWED: _ClassVar[EventKind]
EVENT_KIND_UNSPECIFIED: EventKind
EVENT_KIND_TICKET_TRIAGED: EventKind
EVENT_KIND_TICKET_ADOPTED: EventKind
EVENT_KIND_TICKET_DECIDED: EventKind
EVENT_KIND_TICKET_OWNER_SET: EventKind
EVENT_KIND_TICKET_ACTIVITY: EventKind
EVENT_KIND_TICKET_CLOSED: EventKind
EVENT_KIND_TICKET_REOPENED: EventKind
EVENT_KIND_TICKET_TRANSFERRED: EventKind
EVENT_KIND_TICKET_RETURNED: EventKind
EVENT_KIND_TICKET_RELEASED: EventKind
EVENT_KIND_TICKET_ABSORBED: EventKind
EVENT_KIND_AGENT_UPSERTED: EventKind
EVENT_KIND_AGENT_REMOVED: EventKind
EVENT_KIND_TEAM_UPSERTED: EventKind
EVENT_KIND_TEAM_REMOVED: EventKind
EVENT_KIND_SHIFTS_REPLACED: EventKind
EVENT_KIND_PRESENCE_SET: EventKind
EVENT_KIND_INTAKE_SET: EventKind
EVENT_KIND_POLICY_APPLIED: EventKind
EVENT_KIND_PROMISES_RENEWED: EventKind

class Event(_message.Message):
    __slots__ = ("sequence", "time", "actor", "ticket_id", "ticket_triaged", "ticket_adopted", "ticket_decided", "ticket_owner_set", "ticket_activity", "ticket_closed", "ticket_reopened", "ticket_transferred", "ticket_returned", "ticket_released", "ticket_absorbed", "agent_upserted", "agent_removed", "team_upserted", "team_removed", "shifts_replaced", "presence_set", "intake_set", "policy_applied", "promises_renewed")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    TICKET_ID_FIELD_NUMBER: _ClassVar[int]
    TICKET_TRIAGED_FIELD_NUMBER: _ClassVar[int]
    TICKET_ADOPTED_FIELD_NUMBER: _ClassVar[int]
    TICKET_DECIDED_FIELD_NUMBER: _ClassVar[int]
    TICKET_OWNER_SET_FIELD_NUMBER: _ClassVar[int]
    TICKET_ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    TICKET_CLOSED_FIELD_NUMBER: _ClassVar[int]
    TICKET_REOPENED_FIELD_NUMBER: _ClassVar[int]
    TICKET_TRANSFERRED_FIELD_NUMBER: _ClassVar[int]
    TICKET_RETURNED_FIELD_NUMBER: _ClassVar[int]
    TICKET_RELEASED_FIELD_NUMBER: _ClassVar[int]
    TICKET_ABSORBED_FIELD_NUMBER: _ClassVar[int]
    AGENT_UPSERTED_FIELD_NUMBER: _ClassVar[int]
    AGENT_REMOVED_FIELD_NUMBER: _ClassVar[int]
    TEAM_UPSERTED_FIELD_NUMBER: _ClassVar[int]
    TEAM_REMOVED_FIELD_NUMBER: _ClassVar[int]
    SHIFTS_REPLACED_FIELD_NUMBER: _ClassVar[int]
    PRESENCE_SET_FIELD_NUMBER: _ClassVar[int]
    INTAKE_SET_FIELD_NUMBER: _ClassVar[int]
    POLICY_APPLIED_FIELD_NUMBER: _ClassVar[int]
    PROMISES_RENEWED_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    time: _timestamp_pb2.Timestamp
    actor: _common_pb2.Actor
    ticket_id: str
    ticket_triaged: TicketTriagedEvent
    ticket_adopted: TicketAdoptedEvent
    ticket_decided: TicketDecidedEvent
    ticket_owner_set: TicketOwnerSetEvent
    ticket_activity: TicketActivityEvent
    ticket_closed: TicketClosedEvent
    ticket_reopened: TicketReopenedEvent
    ticket_transferred: TicketTransferredEvent
    ticket_returned: TicketReturnedEvent
    ticket_released: TicketReleasedEvent
    ticket_absorbed: TicketAbsorbedEvent
    agent_upserted: AgentUpsertedEvent
    agent_removed: AgentRemovedEvent
    team_upserted: TeamUpsertedEvent
    team_removed: TeamRemovedEvent
    shifts_replaced: ShiftsReplacedEvent
    presence_set: PresenceSetEvent
    intake_set: IntakeSetEvent
    policy_applied: PolicyAppliedEvent
    promises_renewed: PromisesRenewedEvent
    def __init__(self, sequence: _Optional[int] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ..., ticket_id: _Optional[str] = ..., ticket_triaged: _Optional[_Union[TicketTriagedEvent, _Mapping]] = ..., ticket_adopted: _Optional[_Union[TicketAdoptedEvent, _Mapping]] = ..., ticket_decided: _Optional[_Union[TicketDecidedEvent, _Mapping]] = ..., ticket_owner_set: _Optional[_Union[TicketOwnerSetEvent, _Mapping]] = ..., ticket_activity: _Optional[_Union[TicketActivityEvent, _Mapping]] = ..., ticket_closed: _Optional[_Union[TicketClosedEvent, _Mapping]] = ..., ticket_reopened: _Optional[_Union[TicketReopenedEvent, _Mapping]] = ..., ticket_transferred: _Optional[_Union[TicketTransferredEvent, _Mapping]] = ..., ticket_returned: _Optional[_Union[TicketReturnedEvent, _Mapping]] = ..., ticket_released: _Optional[_Union[TicketReleasedEvent, _Mapping]] = ..., ticket_absorbed: _Optional[_Union[TicketAbsorbedEvent, _Mapping]] = ..., agent_upserted: _Optional[_Union[AgentUpsertedEvent, _Mapping]] = ..., agent_removed: _Optional[_Union[AgentRemovedEvent, _Mapping]] = ..., team_upserted: _Optional[_Union[TeamUpsertedEvent, _Mapping]] = ..., team_removed: _Optional[_Union[TeamRemovedEvent, _Mapping]] = ..., shifts_replaced: _Optional[_Union[ShiftsReplacedEvent, _Mapping]] = ..., presence_set: _Optional[_Union[PresenceSetEvent, _Mapping]] = ..., intake_set: _Optional[_Union[IntakeSetEvent, _Mapping]] = ..., policy_applied: _Optional[_Union[PolicyAppliedEvent, _Mapping]] = ..., promises_renewed: _Optional[_Union[PromisesRenewedEvent, _Mapping]] = ...) -> None: ...

class TicketTriagedEvent(_message.Message):
    __slots__ = ("assessment", "priority")
    ASSESSMENT_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    assessment: _assessment_pb2.Assessment
    priority: _decision_pb2.Priority
    def __init__(self, assessment: _Optional[_Union[_assessment_pb2.Assessment, _Mapping]] = ..., priority: _Optional[_Union[_decision_pb2.Priority, _Mapping]] = ...) -> None: ...

class TicketAdoptedEvent(_message.Message):
    __slots__ = ("agent", "priority")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    agent: str
    priority: _decision_pb2.Priority
    def __init__(self, agent: _Optional[str] = ..., priority: _Optional[_Union[_decision_pb2.Priority, _Mapping]] = ...) -> None: ...

class TicketDecidedEvent(_message.Message):
    __slots__ = ("decision",)
    DECISION_FIELD_NUMBER: _ClassVar[int]
    decision: _decision_pb2.Decision
    def __init__(self, decision: _Optional[_Union[_decision_pb2.Decision, _Mapping]] = ...) -> None: ...

class TicketOwnerSetEvent(_message.Message):
    __slots__ = ("agent", "advised_place", "was_advised")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    ADVISED_PLACE_FIELD_NUMBER: _ClassVar[int]
    WAS_ADVISED_FIELD_NUMBER: _ClassVar[int]
    agent: str
    advised_place: int
    was_advised: bool
    def __init__(self, agent: _Optional[str] = ..., advised_place: _Optional[int] = ..., was_advised: _Optional[bool] = ...) -> None: ...

class TicketActivityEvent(_message.Message):
    __slots__ = ("activity", "sla", "hold", "rating", "split_into", "happened_time")
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    SLA_FIELD_NUMBER: _ClassVar[int]
    HOLD_FIELD_NUMBER: _ClassVar[int]
    RATING_FIELD_NUMBER: _ClassVar[int]
    SPLIT_INTO_FIELD_NUMBER: _ClassVar[int]
    HAPPENED_TIME_FIELD_NUMBER: _ClassVar[int]
    activity: _common_pb2.ActivityKind
    sla: _decision_pb2.Sla
    hold: _common_pb2.HoldReason
    rating: int
    split_into: str
    happened_time: _timestamp_pb2.Timestamp
    def __init__(self, activity: _Optional[_Union[_common_pb2.ActivityKind, str]] = ..., sla: _Optional[_Union[_decision_pb2.Sla, _Mapping]] = ..., hold: _Optional[_Union[_common_pb2.HoldReason, str]] = ..., rating: _Optional[int] = ..., split_into: _Optional[str] = ..., happened_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class TicketClosedEvent(_message.Message):
    __slots__ = ("state", "sla", "merged_into")
    STATE_FIELD_NUMBER: _ClassVar[int]
    SLA_FIELD_NUMBER: _ClassVar[int]
    MERGED_INTO_FIELD_NUMBER: _ClassVar[int]
    state: _common_pb2.TicketState
    sla: _decision_pb2.Sla
    merged_into: str
    def __init__(self, state: _Optional[_Union[_common_pb2.TicketState, str]] = ..., sla: _Optional[_Union[_decision_pb2.Sla, _Mapping]] = ..., merged_into: _Optional[str] = ...) -> None: ...

class TicketTransferredEvent(_message.Message):
    __slots__ = ("team", "returns")
    TEAM_FIELD_NUMBER: _ClassVar[int]
    RETURNS_FIELD_NUMBER: _ClassVar[int]
    team: str
    returns: bool
    def __init__(self, team: _Optional[str] = ..., returns: _Optional[bool] = ...) -> None: ...

class TicketReturnedEvent(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class TicketReleasedEvent(_message.Message):
    __slots__ = ("agent", "reason")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    agent: str
    reason: _common_pb2.DeclineReason
    def __init__(self, agent: _Optional[str] = ..., reason: _Optional[_Union[_common_pb2.DeclineReason, str]] = ...) -> None: ...

class TicketAbsorbedEvent(_message.Message):
    __slots__ = ("merged", "sla")
    MERGED_FIELD_NUMBER: _ClassVar[int]
    SLA_FIELD_NUMBER: _ClassVar[int]
    merged: str
    sla: _decision_pb2.Sla
    def __init__(self, merged: _Optional[str] = ..., sla: _Optional[_Union[_decision_pb2.Sla, _Mapping]] = ...) -> None: ...

class TicketReopenedEvent(_message.Message):
    __slots__ = ("sla",)
    SLA_FIELD_NUMBER: _ClassVar[int]
    sla: _decision_pb2.Sla
    def __init__(self, sla: _Optional[_Union[_decision_pb2.Sla, _Mapping]] = ...) -> None: ...

class AgentUpsertedEvent(_message.Message):
    __slots__ = ("agent",)
    AGENT_FIELD_NUMBER: _ClassVar[int]
    agent: str
    def __init__(self, agent: _Optional[str] = ...) -> None: ...

class AgentRemovedEvent(_message.Message):
    __slots__ = ("agent",)
    AGENT_FIELD_NUMBER: _ClassVar[int]
    agent: str
    def __init__(self, agent: _Optional[str] = ...) -> None: ...

class TeamUpsertedEvent(_message.Message):
    __slots__ = ("team",)
    TEAM_FIELD_NUMBER: _ClassVar[int]
    team: str
    def __init__(self, team: _Optional[str] = ...) -> None: ...

class TeamRemovedEvent(_message.Message):
    __slots__ = ("team",)
    TEAM_FIELD_NUMBER: _ClassVar[int]
    team: str
    def __init__(self, team: _Optional[str] = ...) -> None: ...

class ShiftsReplacedEvent(_message.Message):
    __slots__ = ("agent", "n_shifts")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    N_SHIFTS_FIELD_NUMBER: _ClassVar[int]
    agent: str
    n_shifts: int
    def __init__(self, agent: _Optional[str] = ..., n_shifts: _Optional[int] = ...) -> None: ...

class PresenceSetEvent(_message.Message):
    __slots__ = ("agent", "presence")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    PRESENCE_FIELD_NUMBER: _ClassVar[int]
    agent: str
    presence: _common_pb2.Presence
    def __init__(self, agent: _Optional[str] = ..., presence: _Optional[_Union[_common_pb2.Presence, str]] = ...) -> None: ...

class IntakeSetEvent(_message.Message):
    __slots__ = ("agent", "paused")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    PAUSED_FIELD_NUMBER: _ClassVar[int]
    agent: str
    paused: bool
    def __init__(self, agent: _Optional[str] = ..., paused: _Optional[bool] = ...) -> None: ...

class PromisesRenewedEvent(_message.Message):
    __slots__ = ("ticket_ids", "is_last")
    TICKET_IDS_FIELD_NUMBER: _ClassVar[int]
    IS_LAST_FIELD_NUMBER: _ClassVar[int]
    ticket_ids: _containers.RepeatedScalarFieldContainer[str]
    is_last: bool
    def __init__(self, ticket_ids: _Optional[_Iterable[str]] = ..., is_last: _Optional[bool] = ...) -> None: ...

class PolicyAppliedEvent(_message.Message):
    __slots__ = ("revision",)
    REVISION_FIELD_NUMBER: _ClassVar[int]
    revision: int
    def __init__(self, revision: _Optional[int] = ...) -> None: ...

import datetime

from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from switchyard.v1 import assessment_pb2 as _assessment_pb2
from switchyard.v1 import common_pb2 as _common_pb2
from switchyard.v1 import decision_pb2 as _decision_pb2
from switchyard.v1 import event_pb2 as _event_pb2
from switchyard.v1 import ticket_pb2 as _ticket_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DifferenceKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DIFFERENCE_KIND_UNSPECIFIED: _ClassVar[DifferenceKind]
    DIFFERENCE_KIND_UNKNOWN_HERE: _ClassVar[DifferenceKind]
    DIFFERENCE_KIND_OWNER: _ClassVar[DifferenceKind]
    DIFFERENCE_KIND_HOLD: _ClassVar[DifferenceKind]
    DIFFERENCE_KIND_CLOSED_THERE: _ClassVar[DifferenceKind]
    DIFFERENCE_KIND_OPEN_THERE: _ClassVar[DifferenceKind]
    DIFFERENCE_KIND_NOT_LISTED: _ClassVar[DifferenceKind]
    DIFFERENCE_KIND_OLDER_THERE: _ClassVar[DifferenceKind]
    DIFFERENCE_KIND_UNKNOWN_AGENT: _ClassVar[DifferenceKind]
DIFFERENCE_KIND_UNSPECIFIED: DifferenceKind
DIFFERENCE_KIND_UNKNOWN_HERE: DifferenceKind
DIFFERENCE_KIND_OWNER: DifferenceKind
DIFFERENCE_KIND_HOLD: DifferenceKind
DIFFERENCE_KIND_CLOSED_THERE: DifferenceKind
DIFFERENCE_KIND_OPEN_THERE: DifferenceKind
DIFFERENCE_KIND_NOT_LISTED: DifferenceKind
DIFFERENCE_KIND_OLDER_THERE: DifferenceKind
DIFFERENCE_KIND_UNKNOWN_AGENT: DifferenceKind

class TicketStatus(_message.Message):
    __slots__ = ("id", "state", "team", "agent", "hold", "priority", "sla", "assessment", "opened_time", "state_time", "source_revision", "decision_id", "etag", "channel", "weight", "rating", "merged_into", "transfer")
    ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    HOLD_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    SLA_FIELD_NUMBER: _ClassVar[int]
    ASSESSMENT_FIELD_NUMBER: _ClassVar[int]
    OPENED_TIME_FIELD_NUMBER: _ClassVar[int]
    STATE_TIME_FIELD_NUMBER: _ClassVar[int]
    SOURCE_REVISION_FIELD_NUMBER: _ClassVar[int]
    DECISION_ID_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    RATING_FIELD_NUMBER: _ClassVar[int]
    MERGED_INTO_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_FIELD_NUMBER: _ClassVar[int]
    id: str
    state: _common_pb2.TicketState
    team: str
    agent: str
    hold: _common_pb2.HoldReason
    priority: _decision_pb2.Priority
    sla: _decision_pb2.Sla
    assessment: _assessment_pb2.Assessment
    opened_time: _timestamp_pb2.Timestamp
    state_time: _timestamp_pb2.Timestamp
    source_revision: int
    decision_id: str
    etag: str
    channel: str
    weight: float
    rating: int
    merged_into: str
    transfer: Transfer
    def __init__(self, id: _Optional[str] = ..., state: _Optional[_Union[_common_pb2.TicketState, str]] = ..., team: _Optional[str] = ..., agent: _Optional[str] = ..., hold: _Optional[_Union[_common_pb2.HoldReason, str]] = ..., priority: _Optional[_Union[_decision_pb2.Priority, _Mapping]] = ..., sla: _Optional[_Union[_decision_pb2.Sla, _Mapping]] = ..., assessment: _Optional[_Union[_assessment_pb2.Assessment, _Mapping]] = ..., opened_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., state_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source_revision: _Optional[int] = ..., decision_id: _Optional[str] = ..., etag: _Optional[str] = ..., channel: _Optional[str] = ..., weight: _Optional[float] = ..., rating: _Optional[int] = ..., merged_into: _Optional[str] = ..., transfer: _Optional[_Union[Transfer, _Mapping]] = ...) -> None: ...

class Transfer(_message.Message):
    __slots__ = ("team", "returns", "home_agent")
    TEAM_FIELD_NUMBER: _ClassVar[int]
    RETURNS_FIELD_NUMBER: _ClassVar[int]
    HOME_AGENT_FIELD_NUMBER: _ClassVar[int]
    team: str
    returns: bool
    home_agent: str
    def __init__(self, team: _Optional[str] = ..., returns: _Optional[bool] = ..., home_agent: _Optional[str] = ...) -> None: ...

class Activity(_message.Message):
    __slots__ = ("customer_message", "agent_reply", "hold", "resume", "assigned_by_person", "solved", "reopened", "transferred", "returned", "merged", "split", "rated")
    class CustomerMessage(_message.Message):
        __slots__ = ("ticket",)
        TICKET_FIELD_NUMBER: _ClassVar[int]
        ticket: _ticket_pb2.Ticket
        def __init__(self, ticket: _Optional[_Union[_ticket_pb2.Ticket, _Mapping]] = ...) -> None: ...
    class AgentReply(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    class Hold(_message.Message):
        __slots__ = ("reason",)
        REASON_FIELD_NUMBER: _ClassVar[int]
        reason: _common_pb2.HoldReason
        def __init__(self, reason: _Optional[_Union[_common_pb2.HoldReason, str]] = ...) -> None: ...
    class Resume(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    class AssignedByPerson(_message.Message):
        __slots__ = ("agent",)
        AGENT_FIELD_NUMBER: _ClassVar[int]
        agent: str
        def __init__(self, agent: _Optional[str] = ...) -> None: ...
    class Transferred(_message.Message):
        __slots__ = ("team", "agent", "returns", "requirements")
        TEAM_FIELD_NUMBER: _ClassVar[int]
        AGENT_FIELD_NUMBER: _ClassVar[int]
        RETURNS_FIELD_NUMBER: _ClassVar[int]
        REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
        team: str
        agent: str
        returns: bool
        requirements: _containers.RepeatedCompositeFieldContainer[_common_pb2.SkillRequirement]
        def __init__(self, team: _Optional[str] = ..., agent: _Optional[str] = ..., returns: _Optional[bool] = ..., requirements: _Optional[_Iterable[_Union[_common_pb2.SkillRequirement, _Mapping]]] = ...) -> None: ...
    class Returned(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    class Merged(_message.Message):
        __slots__ = ("into",)
        INTO_FIELD_NUMBER: _ClassVar[int]
        into: str
        def __init__(self, into: _Optional[str] = ...) -> None: ...
    class Split(_message.Message):
        __slots__ = ("ticket",)
        TICKET_FIELD_NUMBER: _ClassVar[int]
        ticket: _ticket_pb2.Ticket
        def __init__(self, ticket: _Optional[_Union[_ticket_pb2.Ticket, _Mapping]] = ...) -> None: ...
    class Solved(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    class Reopened(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    class Rated(_message.Message):
        __slots__ = ("score",)
        SCORE_FIELD_NUMBER: _ClassVar[int]
        score: int
        def __init__(self, score: _Optional[int] = ...) -> None: ...
    CUSTOMER_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    AGENT_REPLY_FIELD_NUMBER: _ClassVar[int]
    HOLD_FIELD_NUMBER: _ClassVar[int]
    RESUME_FIELD_NUMBER: _ClassVar[int]
    ASSIGNED_BY_PERSON_FIELD_NUMBER: _ClassVar[int]
    SOLVED_FIELD_NUMBER: _ClassVar[int]
    REOPENED_FIELD_NUMBER: _ClassVar[int]
    TRANSFERRED_FIELD_NUMBER: _ClassVar[int]
    RETURNED_FIELD_NUMBER: _ClassVar[int]
    MERGED_FIELD_NUMBER: _ClassVar[int]
    SPLIT_FIELD_NUMBER: _ClassVar[int]
    RATED_FIELD_NUMBER: _ClassVar[int]
    customer_message: Activity.CustomerMessage
    agent_reply: Activity.AgentReply
    hold: Activity.Hold
    resume: Activity.Resume
    assigned_by_person: Activity.AssignedByPerson
    solved: Activity.Solved
    reopened: Activity.Reopened
    transferred: Activity.Transferred
    returned: Activity.Returned
    merged: Activity.Merged
    split: Activity.Split
    rated: Activity.Rated
    def __init__(self, customer_message: _Optional[_Union[Activity.CustomerMessage, _Mapping]] = ..., agent_reply: _Optional[_Union[Activity.AgentReply, _Mapping]] = ..., hold: _Optional[_Union[Activity.Hold, _Mapping]] = ..., resume: _Optional[_Union[Activity.Resume, _Mapping]] = ..., assigned_by_person: _Optional[_Union[Activity.AssignedByPerson, _Mapping]] = ..., solved: _Optional[_Union[Activity.Solved, _Mapping]] = ..., reopened: _Optional[_Union[Activity.Reopened, _Mapping]] = ..., transferred: _Optional[_Union[Activity.Transferred, _Mapping]] = ..., returned: _Optional[_Union[Activity.Returned, _Mapping]] = ..., merged: _Optional[_Union[Activity.Merged, _Mapping]] = ..., split: _Optional[_Union[Activity.Split, _Mapping]] = ..., rated: _Optional[_Union[Activity.Rated, _Mapping]] = ...) -> None: ...

class ReportActivityRequest(_message.Message):
    __slots__ = ("ticket_id", "activity", "source_revision", "request_id", "actor", "happened_time", "etag")
    TICKET_ID_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    SOURCE_REVISION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    HAPPENED_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    ticket_id: str
    activity: Activity
    source_revision: int
    request_id: str
    actor: _common_pb2.Actor
    happened_time: _timestamp_pb2.Timestamp
    etag: str
    def __init__(self, ticket_id: _Optional[str] = ..., activity: _Optional[_Union[Activity, _Mapping]] = ..., source_revision: _Optional[int] = ..., request_id: _Optional[str] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ..., happened_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ...) -> None: ...

class ReportActivityResponse(_message.Message):
    __slots__ = ("ticket", "applied", "replayed", "decision")
    TICKET_FIELD_NUMBER: _ClassVar[int]
    APPLIED_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    ticket: TicketStatus
    applied: bool
    replayed: bool
    decision: _decision_pb2.Decision
    def __init__(self, ticket: _Optional[_Union[TicketStatus, _Mapping]] = ..., applied: _Optional[bool] = ..., replayed: _Optional[bool] = ..., decision: _Optional[_Union[_decision_pb2.Decision, _Mapping]] = ...) -> None: ...

class AdoptedTicket(_message.Message):
    __slots__ = ("ticket", "agent", "first_reply_time", "hold", "hold_time", "asked_time")
    TICKET_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    FIRST_REPLY_TIME_FIELD_NUMBER: _ClassVar[int]
    HOLD_FIELD_NUMBER: _ClassVar[int]
    HOLD_TIME_FIELD_NUMBER: _ClassVar[int]
    ASKED_TIME_FIELD_NUMBER: _ClassVar[int]
    ticket: _ticket_pb2.Ticket
    agent: str
    first_reply_time: _timestamp_pb2.Timestamp
    hold: _common_pb2.HoldReason
    hold_time: _timestamp_pb2.Timestamp
    asked_time: _timestamp_pb2.Timestamp
    def __init__(self, ticket: _Optional[_Union[_ticket_pb2.Ticket, _Mapping]] = ..., agent: _Optional[str] = ..., first_reply_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., hold: _Optional[_Union[_common_pb2.HoldReason, str]] = ..., hold_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., asked_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class BatchAdoptTicketsRequest(_message.Message):
    __slots__ = ("tickets", "actor")
    TICKETS_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    tickets: _containers.RepeatedCompositeFieldContainer[AdoptedTicket]
    actor: _common_pb2.Actor
    def __init__(self, tickets: _Optional[_Iterable[_Union[AdoptedTicket, _Mapping]]] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class BatchAdoptTicketsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[AdoptResult]
    def __init__(self, results: _Optional[_Iterable[_Union[AdoptResult, _Mapping]]] = ...) -> None: ...

class AdoptResult(_message.Message):
    __slots__ = ("status", "ticket")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    TICKET_FIELD_NUMBER: _ClassVar[int]
    status: _common_pb2.ItemStatus
    ticket: TicketStatus
    def __init__(self, status: _Optional[_Union[_common_pb2.ItemStatus, _Mapping]] = ..., ticket: _Optional[_Union[TicketStatus, _Mapping]] = ...) -> None: ...

class KnownTicket(_message.Message):
    __slots__ = ("id", "agent", "hold", "source_revision", "closed")
    ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    HOLD_FIELD_NUMBER: _ClassVar[int]
    SOURCE_REVISION_FIELD_NUMBER: _ClassVar[int]
    CLOSED_FIELD_NUMBER: _ClassVar[int]
    id: str
    agent: str
    hold: _common_pb2.HoldReason
    source_revision: int
    closed: bool
    def __init__(self, id: _Optional[str] = ..., agent: _Optional[str] = ..., hold: _Optional[_Union[_common_pb2.HoldReason, str]] = ..., source_revision: _Optional[int] = ..., closed: _Optional[bool] = ...) -> None: ...

class ReconcileRequest(_message.Message):
    __slots__ = ("tickets", "complete", "after_id", "until_id", "validate_only", "actor")
    TICKETS_FIELD_NUMBER: _ClassVar[int]
    COMPLETE_FIELD_NUMBER: _ClassVar[int]
    AFTER_ID_FIELD_NUMBER: _ClassVar[int]
    UNTIL_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    tickets: _containers.RepeatedCompositeFieldContainer[KnownTicket]
    complete: bool
    after_id: str
    until_id: str
    validate_only: bool
    actor: _common_pb2.Actor
    def __init__(self, tickets: _Optional[_Iterable[_Union[KnownTicket, _Mapping]]] = ..., complete: _Optional[bool] = ..., after_id: _Optional[str] = ..., until_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class Difference(_message.Message):
    __slots__ = ("ticket_id", "kind", "here", "there", "mended")
    TICKET_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    HERE_FIELD_NUMBER: _ClassVar[int]
    THERE_FIELD_NUMBER: _ClassVar[int]
    MENDED_FIELD_NUMBER: _ClassVar[int]
    ticket_id: str
    kind: DifferenceKind
    here: str
    there: str
    mended: bool
    def __init__(self, ticket_id: _Optional[str] = ..., kind: _Optional[_Union[DifferenceKind, str]] = ..., here: _Optional[str] = ..., there: _Optional[str] = ..., mended: _Optional[bool] = ...) -> None: ...

class ReconcileResponse(_message.Message):
    __slots__ = ("differences",)
    DIFFERENCES_FIELD_NUMBER: _ClassVar[int]
    differences: _containers.RepeatedCompositeFieldContainer[Difference]
    def __init__(self, differences: _Optional[_Iterable[_Union[Difference, _Mapping]]] = ...) -> None: ...

class ListTicketsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "states", "agent", "team", "read_mask")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    READ_MASK_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    states: _containers.RepeatedScalarFieldContainer[_common_pb2.TicketState]
    agent: str
    team: str
    read_mask: _field_mask_pb2.FieldMask
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., states: _Optional[_Iterable[_Union[_common_pb2.TicketState, str]]] = ..., agent: _Optional[str] = ..., team: _Optional[str] = ..., read_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ...) -> None: ...

class ListTicketsResponse(_message.Message):
    __slots__ = ("tickets", "next_page_token", "sequence")
    TICKETS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    tickets: _containers.RepeatedCompositeFieldContainer[TicketStatus]
    next_page_token: str
    sequence: int
    def __init__(self, tickets: _Optional[_Iterable[_Union[TicketStatus, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., sequence: _Optional[int] = ...) -> None: ...

class GetTicketRequest(_message.Message):
    __slots__ = ("id", "include_history", "read_mask")
    ID_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_HISTORY_FIELD_NUMBER: _ClassVar[int]
    READ_MASK_FIELD_NUMBER: _ClassVar[int]
    id: str
    include_history: bool
    read_mask: _field_mask_pb2.FieldMask
    def __init__(self, id: _Optional[str] = ..., include_history: _Optional[bool] = ..., read_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ...) -> None: ...

class GetTicketResponse(_message.Message):
    __slots__ = ("ticket", "history", "history_goes_on")
    TICKET_FIELD_NUMBER: _ClassVar[int]
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    HISTORY_GOES_ON_FIELD_NUMBER: _ClassVar[int]
    ticket: TicketStatus
    history: _containers.RepeatedCompositeFieldContainer[_event_pb2.Event]
    history_goes_on: bool
    def __init__(self, ticket: _Optional[_Union[TicketStatus, _Mapping]] = ..., history: _Optional[_Iterable[_Union[_event_pb2.Event, _Mapping]]] = ..., history_goes_on: _Optional[bool] = ...) -> None: ...

class AssignRequest(_message.Message):
    __slots__ = ("ticket_id", "agent", "request_id", "actor", "etag")
    TICKET_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    ticket_id: str
    agent: str
    request_id: str
    actor: _common_pb2.Actor
    etag: str
    def __init__(self, ticket_id: _Optional[str] = ..., agent: _Optional[str] = ..., request_id: _Optional[str] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ..., etag: _Optional[str] = ...) -> None: ...

class AssignResponse(_message.Message):
    __slots__ = ("ticket", "headroom", "replayed")
    TICKET_FIELD_NUMBER: _ClassVar[int]
    HEADROOM_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    ticket: TicketStatus
    headroom: float
    replayed: bool
    def __init__(self, ticket: _Optional[_Union[TicketStatus, _Mapping]] = ..., headroom: _Optional[float] = ..., replayed: _Optional[bool] = ...) -> None: ...

class ClaimNextRequest(_message.Message):
    __slots__ = ("agent", "team", "request_id", "actor")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    agent: str
    team: str
    request_id: str
    actor: _common_pb2.Actor
    def __init__(self, agent: _Optional[str] = ..., team: _Optional[str] = ..., request_id: _Optional[str] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class ClaimNextResponse(_message.Message):
    __slots__ = ("ticket", "decision", "replayed")
    TICKET_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    ticket: TicketStatus
    decision: _decision_pb2.Decision
    replayed: bool
    def __init__(self, ticket: _Optional[_Union[TicketStatus, _Mapping]] = ..., decision: _Optional[_Union[_decision_pb2.Decision, _Mapping]] = ..., replayed: _Optional[bool] = ...) -> None: ...

class DeclineRequest(_message.Message):
    __slots__ = ("ticket_id", "agent", "reason", "request_id", "actor")
    TICKET_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    ticket_id: str
    agent: str
    reason: _common_pb2.DeclineReason
    request_id: str
    actor: _common_pb2.Actor
    def __init__(self, ticket_id: _Optional[str] = ..., agent: _Optional[str] = ..., reason: _Optional[_Union[_common_pb2.DeclineReason, str]] = ..., request_id: _Optional[str] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class DeclineResponse(_message.Message):
    __slots__ = ("ticket", "decision", "replayed")
    TICKET_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    ticket: TicketStatus
    decision: _decision_pb2.Decision
    replayed: bool
    def __init__(self, ticket: _Optional[_Union[TicketStatus, _Mapping]] = ..., decision: _Optional[_Union[_decision_pb2.Decision, _Mapping]] = ..., replayed: _Optional[bool] = ...) -> None: ...

class CompleteRequest(_message.Message):
    __slots__ = ("ticket_id", "request_id", "actor", "etag")
    TICKET_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    ticket_id: str
    request_id: str
    actor: _common_pb2.Actor
    etag: str
    def __init__(self, ticket_id: _Optional[str] = ..., request_id: _Optional[str] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ..., etag: _Optional[str] = ...) -> None: ...

class CompleteResponse(_message.Message):
    __slots__ = ("ticket", "replayed")
    TICKET_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    ticket: TicketStatus
    replayed: bool
    def __init__(self, ticket: _Optional[_Union[TicketStatus, _Mapping]] = ..., replayed: _Optional[bool] = ...) -> None: ...

class CancelRequest(_message.Message):
    __slots__ = ("ticket_id", "request_id", "actor", "etag")
    TICKET_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    ticket_id: str
    request_id: str
    actor: _common_pb2.Actor
    etag: str
    def __init__(self, ticket_id: _Optional[str] = ..., request_id: _Optional[str] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ..., etag: _Optional[str] = ...) -> None: ...

class CancelResponse(_message.Message):
    __slots__ = ("ticket", "replayed")
    TICKET_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    ticket: TicketStatus
    replayed: bool
    def __init__(self, ticket: _Optional[_Union[TicketStatus, _Mapping]] = ..., replayed: _Optional[bool] = ...) -> None: ...

class ListQueueRequest(_message.Message):
    __slots__ = ("page_size", "team", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    team: str
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., team: _Optional[str] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListQueueResponse(_message.Message):
    __slots__ = ("tickets", "n_queued", "next_page_token")
    TICKETS_FIELD_NUMBER: _ClassVar[int]
    N_QUEUED_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    tickets: _containers.RepeatedCompositeFieldContainer[QueuedTicket]
    n_queued: int
    next_page_token: str
    def __init__(self, tickets: _Optional[_Iterable[_Union[QueuedTicket, _Mapping]]] = ..., n_queued: _Optional[int] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class QueuedTicket(_message.Message):
    __slots__ = ("ticket", "exclusions", "next_change_time")
    TICKET_FIELD_NUMBER: _ClassVar[int]
    EXCLUSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    ticket: TicketStatus
    exclusions: _containers.RepeatedCompositeFieldContainer[_decision_pb2.ExclusionCount]
    next_change_time: _timestamp_pb2.Timestamp
    def __init__(self, ticket: _Optional[_Union[TicketStatus, _Mapping]] = ..., exclusions: _Optional[_Iterable[_Union[_decision_pb2.ExclusionCount, _Mapping]]] = ..., next_change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class EventFilter(_message.Message):
    __slots__ = ("ticket_id", "agent", "kinds")
    TICKET_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    KINDS_FIELD_NUMBER: _ClassVar[int]
    ticket_id: str
    agent: str
    kinds: _containers.RepeatedScalarFieldContainer[_event_pb2.EventKind]
    def __init__(self, ticket_id: _Optional[str] = ..., agent: _Optional[str] = ..., kinds: _Optional[_Iterable[_Union[_event_pb2.EventKind, str]]] = ...) -> None: ...

class WatchRequest(_message.Message):
    __slots__ = ("after_sequence", "filter")
    AFTER_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    after_sequence: int
    filter: EventFilter
    def __init__(self, after_sequence: _Optional[int] = ..., filter: _Optional[_Union[EventFilter, _Mapping]] = ...) -> None: ...

class WatchResponse(_message.Message):
    __slots__ = ("events", "sequence", "at_end")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    AT_END_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.Event]
    sequence: int
    at_end: bool
    def __init__(self, events: _Optional[_Iterable[_Union[_event_pb2.Event, _Mapping]]] = ..., sequence: _Optional[int] = ..., at_end: _Optional[bool] = ...) -> None: ...

class ListEventsRequest(_message.Message):
    __slots__ = ("after_sequence", "page_size", "filter")
    AFTER_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    after_sequence: int
    page_size: int
    filter: EventFilter
    def __init__(self, after_sequence: _Optional[int] = ..., page_size: _Optional[int] = ..., filter: _Optional[_Union[EventFilter, _Mapping]] = ...) -> None: ...

class ListEventsResponse(_message.Message):
    __slots__ = ("events", "last_sequence", "at_end")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    LAST_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    AT_END_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.Event]
    last_sequence: int
    at_end: bool
    def __init__(self, events: _Optional[_Iterable[_Union[_event_pb2.Event, _Mapping]]] = ..., last_sequence: _Optional[int] = ..., at_end: _Optional[bool] = ...) -> None: ...

class GetAgreementRequest(_message.Message):
    __slots__ = ("team", "start_time", "end_time")
    TEAM_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    team: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, team: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Agreement(_message.Message):
    __slots__ = ("team", "date", "n_taken", "n_first", "n_listed", "n_nobody")
    TEAM_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    N_TAKEN_FIELD_NUMBER: _ClassVar[int]
    N_FIRST_FIELD_NUMBER: _ClassVar[int]
    N_LISTED_FIELD_NUMBER: _ClassVar[int]
    N_NOBODY_FIELD_NUMBER: _ClassVar[int]
    team: str
    date: str
    n_taken: int
    n_first: int
    n_listed: int
    n_nobody: int
    def __init__(self, team: _Optional[str] = ..., date: _Optional[str] = ..., n_taken: _Optional[int] = ..., n_first: _Optional[int] = ..., n_listed: _Optional[int] = ..., n_nobody: _Optional[int] = ...) -> None: ...

class GetAgreementResponse(_message.Message):
    __slots__ = ("rows", "total")
    ROWS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    rows: _containers.RepeatedCompositeFieldContainer[Agreement]
    total: Agreement
    def __init__(self, rows: _Optional[_Iterable[_Union[Agreement, _Mapping]]] = ..., total: _Optional[_Union[Agreement, _Mapping]] = ...) -> None: ...

import datetime

from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from switchyard.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Seniority(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SENIORITY_UNSPECIFIED: _ClassVar[Seniority]
    SENIORITY_JUNIOR: _ClassVar[Seniority]
    SENIORITY_REGULAR: _ClassVar[Seniority]
    SENIORITY_SENIOR: _ClassVar[Seniority]

class PresenceSource(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PRESENCE_SOURCE_UNSPECIFIED: _ClassVar[PresenceSource]
    PRESENCE_SOURCE_MANUAL: _ClassVar[PresenceSource]
    PRESENCE_SOURCE_SHIFT: _ClassVar[PresenceSource]
    PRESENCE_SOURCE_HEARTBEAT: _ClassVar[PresenceSource]

class ReleaseScope(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RELEASE_SCOPE_UNSPECIFIED: _ClassVar[ReleaseScope]
    RELEASE_SCOPE_UNANSWERED: _ClassVar[ReleaseScope]
    RELEASE_SCOPE_ALL: _ClassVar[ReleaseScope]
SENIORITY_UNSPECIFIED: Seniority
SENIORITY_JUNIOR: Seniority
SENIORITY_REGULAR: Seniority
SENIORITY_SENIOR: Seniority
PRESENCE_SOURCE_UNSPECIFIED: PresenceSource
PRESENCE_SOURCE_MANUAL: PresenceSource
PRESENCE_SOURCE_SHIFT: PresenceSource
PRESENCE_SOURCE_HEARTBEAT: PresenceSource
RELEASE_SCOPE_UNSPECIFIED: ReleaseScope
RELEASE_SCOPE_UNANSWERED: ReleaseScope
RELEASE_SCOPE_ALL: ReleaseScope

class HeldSkill(_message.Message):
    __slots__ = ("skill", "level", "expire_time")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    skill: str
    level: int
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, skill: _Optional[str] = ..., level: _Optional[int] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Capacity(_message.Message):
    __slots__ = ("total", "per_channel")
    class PerChannelEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    PER_CHANNEL_FIELD_NUMBER: _ClassVar[int]
    total: float
    per_channel: _containers.ScalarMap[str, float]
    def __init__(self, total: _Optional[float] = ..., per_channel: _Optional[_Mapping[str, float]] = ...) -> None: ...

class WeeklyShift(_message.Message):
    __slots__ = ("days", "start", "end")
    DAYS_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    days: _containers.RepeatedScalarFieldContainer[str]
    start: str
    end: str
    def __init__(self, days: _Optional[_Iterable[str]] = ..., start: _Optional[str] = ..., end: _Optional[str] = ...) -> None: ...

class Rota(_message.Message):
    __slots__ = ("time_zone", "shifts", "days_off")
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    SHIFTS_FIELD_NUMBER: _ClassVar[int]
    DAYS_OFF_FIELD_NUMBER: _ClassVar[int]
    time_zone: str
    shifts: _containers.RepeatedCompositeFieldContainer[WeeklyShift]
    days_off: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, time_zone: _Optional[str] = ..., shifts: _Optional[_Iterable[_Union[WeeklyShift, _Mapping]]] = ..., days_off: _Optional[_Iterable[str]] = ...) -> None: ...

class DatedShifts(_message.Message):
    __slots__ = ("shifts",)
    SHIFTS_FIELD_NUMBER: _ClassVar[int]
    shifts: _containers.RepeatedCompositeFieldContainer[_common_pb2.Interval]
    def __init__(self, shifts: _Optional[_Iterable[_Union[_common_pb2.Interval, _Mapping]]] = ...) -> None: ...

class Agent(_message.Message):
    __slots__ = ("id", "display_name", "teams", "skills", "languages", "capacity", "external_load", "rota", "dated_shifts", "presence", "seniority", "place", "etag")
    ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    SKILLS_FIELD_NUMBER: _ClassVar[int]
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    CAPACITY_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_LOAD_FIELD_NUMBER: _ClassVar[int]
    ROTA_FIELD_NUMBER: _ClassVar[int]
    DATED_SHIFTS_FIELD_NUMBER: _ClassVar[int]
    PRESENCE_FIELD_NUMBER: _ClassVar[int]
    SENIORITY_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    id: str
    display_name: str
    teams: _containers.RepeatedScalarFieldContainer[str]
    skills: _containers.RepeatedCompositeFieldContainer[HeldSkill]
    languages: _containers.RepeatedScalarFieldContainer[str]
    capacity: Capacity
    external_load: float
    rota: Rota
    dated_shifts: DatedShifts
    presence: _common_pb2.Presence
    seniority: Seniority
    place: _common_pb2.Place
    etag: str
    def __init__(self, id: _Optional[str] = ..., display_name: _Optional[str] = ..., teams: _Optional[_Iterable[str]] = ..., skills: _Optional[_Iterable[_Union[HeldSkill, _Mapping]]] = ..., languages: _Optional[_Iterable[str]] = ..., capacity: _Optional[_Union[Capacity, _Mapping]] = ..., external_load: _Optional[float] = ..., rota: _Optional[_Union[Rota, _Mapping]] = ..., dated_shifts: _Optional[_Union[DatedShifts, _Mapping]] = ..., presence: _Optional[_Union[_common_pb2.Presence, str]] = ..., seniority: _Optional[_Union[Seniority, str]] = ..., place: _Optional[_Union[_common_pb2.Place, _Mapping]] = ..., etag: _Optional[str] = ...) -> None: ...

class AgentStatus(_message.Message):
    __slots__ = ("agent", "load", "headroom", "on_shift", "on_shift_until_time", "last_assigned_time", "intake_paused", "n_open")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    LOAD_FIELD_NUMBER: _ClassVar[int]
    HEADROOM_FIELD_NUMBER: _ClassVar[int]
    ON_SHIFT_FIELD_NUMBER: _ClassVar[int]
    ON_SHIFT_UNTIL_TIME_FIELD_NUMBER: _ClassVar[int]
    LAST_ASSIGNED_TIME_FIELD_NUMBER: _ClassVar[int]
    INTAKE_PAUSED_FIELD_NUMBER: _ClassVar[int]
    N_OPEN_FIELD_NUMBER: _ClassVar[int]
    agent: Agent
    load: float
    headroom: float
    on_shift: bool
    on_shift_until_time: _timestamp_pb2.Timestamp
    last_assigned_time: _timestamp_pb2.Timestamp
    intake_paused: bool
    n_open: int
    def __init__(self, agent: _Optional[_Union[Agent, _Mapping]] = ..., load: _Optional[float] = ..., headroom: _Optional[float] = ..., on_shift: _Optional[bool] = ..., on_shift_until_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_assigned_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., intake_paused: _Optional[bool] = ..., n_open: _Optional[int] = ...) -> None: ...

class Team(_message.Message):
    __slots__ = ("id", "display_name")
    ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    id: str
    display_name: str
    def __init__(self, id: _Optional[str] = ..., display_name: _Optional[str] = ...) -> None: ...

class BatchUpsertAgentsRequest(_message.Message):
    __slots__ = ("agents", "actor", "update_mask")
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    agents: _containers.RepeatedCompositeFieldContainer[Agent]
    actor: _common_pb2.Actor
    update_mask: _field_mask_pb2.FieldMask
    def __init__(self, agents: _Optional[_Iterable[_Union[Agent, _Mapping]]] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ...) -> None: ...

class BatchUpsertAgentsResponse(_message.Message):
    __slots__ = ("agents",)
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    agents: _containers.RepeatedCompositeFieldContainer[AgentStatus]
    def __init__(self, agents: _Optional[_Iterable[_Union[AgentStatus, _Mapping]]] = ...) -> None: ...

class GetAgentRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class GetAgentResponse(_message.Message):
    __slots__ = ("agent",)
    AGENT_FIELD_NUMBER: _ClassVar[int]
    agent: AgentStatus
    def __init__(self, agent: _Optional[_Union[AgentStatus, _Mapping]] = ...) -> None: ...

class ListAgentsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAgentsResponse(_message.Message):
    __slots__ = ("agents", "next_page_token")
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    agents: _containers.RepeatedCompositeFieldContainer[AgentStatus]
    next_page_token: str
    def __init__(self, agents: _Optional[_Iterable[_Union[AgentStatus, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class DeleteAgentRequest(_message.Message):
    __slots__ = ("id", "actor", "etag")
    ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    id: str
    actor: _common_pb2.Actor
    etag: str
    def __init__(self, id: _Optional[str] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ..., etag: _Optional[str] = ...) -> None: ...

class DeleteAgentResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class UpsertTeamRequest(_message.Message):
    __slots__ = ("team", "actor")
    TEAM_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    team: Team
    actor: _common_pb2.Actor
    def __init__(self, team: _Optional[_Union[Team, _Mapping]] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class UpsertTeamResponse(_message.Message):
    __slots__ = ("team",)
    TEAM_FIELD_NUMBER: _ClassVar[int]
    team: Team
    def __init__(self, team: _Optional[_Union[Team, _Mapping]] = ...) -> None: ...

class GetTeamRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class GetTeamResponse(_message.Message):
    __slots__ = ("team",)
    TEAM_FIELD_NUMBER: _ClassVar[int]
    team: Team
    def __init__(self, team: _Optional[_Union[Team, _Mapping]] = ...) -> None: ...

class ListTeamsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListTeamsResponse(_message.Message):
    __slots__ = ("teams",)
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    teams: _containers.RepeatedCompositeFieldContainer[Team]
    def __init__(self, teams: _Optional[_Iterable[_Union[Team, _Mapping]]] = ...) -> None: ...

class DeleteTeamRequest(_message.Message):
    __slots__ = ("id", "actor")
    ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    id: str
    actor: _common_pb2.Actor
    def __init__(self, id: _Optional[str] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class DeleteTeamResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ReplaceShiftsRequest(_message.Message):
    __slots__ = ("agent", "shifts", "actor")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    SHIFTS_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    agent: str
    shifts: _containers.RepeatedCompositeFieldContainer[_common_pb2.Interval]
    actor: _common_pb2.Actor
    def __init__(self, agent: _Optional[str] = ..., shifts: _Optional[_Iterable[_Union[_common_pb2.Interval, _Mapping]]] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class ReplaceShiftsResponse(_message.Message):
    __slots__ = ("agent",)
    AGENT_FIELD_NUMBER: _ClassVar[int]
    agent: AgentStatus
    def __init__(self, agent: _Optional[_Union[AgentStatus, _Mapping]] = ...) -> None: ...

class SetPresenceRequest(_message.Message):
    __slots__ = ("agent", "presence", "source", "actor")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    PRESENCE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    agent: str
    presence: _common_pb2.Presence
    source: PresenceSource
    actor: _common_pb2.Actor
    def __init__(self, agent: _Optional[str] = ..., presence: _Optional[_Union[_common_pb2.Presence, str]] = ..., source: _Optional[_Union[PresenceSource, str]] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class SetPresenceResponse(_message.Message):
    __slots__ = ("agent",)
    AGENT_FIELD_NUMBER: _ClassVar[int]
    agent: AgentStatus
    def __init__(self, agent: _Optional[_Union[AgentStatus, _Mapping]] = ...) -> None: ...

class PauseIntakeRequest(_message.Message):
    __slots__ = ("agent", "actor")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    agent: str
    actor: _common_pb2.Actor
    def __init__(self, agent: _Optional[str] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class PauseIntakeResponse(_message.Message):
    __slots__ = ("agent",)
    AGENT_FIELD_NUMBER: _ClassVar[int]
    agent: AgentStatus
    def __init__(self, agent: _Optional[_Union[AgentStatus, _Mapping]] = ...) -> None: ...

class ResumeIntakeRequest(_message.Message):
    __slots__ = ("agent", "actor")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    agent: str
    actor: _common_pb2.Actor
    def __init__(self, agent: _Optional[str] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class ResumeIntakeResponse(_message.Message):
    __slots__ = ("agent",)
    AGENT_FIELD_NUMBER: _ClassVar[int]
    agent: AgentStatus
    def __init__(self, agent: _Optional[_Union[AgentStatus, _Mapping]] = ...) -> None: ...

class ReleaseAgentRequest(_message.Message):
    __slots__ = ("agent", "scope", "request_id", "actor")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    SCOPE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    agent: str
    scope: ReleaseScope
    request_id: str
    actor: _common_pb2.Actor
    def __init__(self, agent: _Optional[str] = ..., scope: _Optional[_Union[ReleaseScope, str]] = ..., request_id: _Optional[str] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class ReleaseAgentResponse(_message.Message):
    __slots__ = ("agent", "tickets", "replayed")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    TICKETS_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    agent: AgentStatus
    tickets: _containers.RepeatedCompositeFieldContainer[ReleasedTicket]
    replayed: bool
    def __init__(self, agent: _Optional[_Union[AgentStatus, _Mapping]] = ..., tickets: _Optional[_Iterable[_Union[ReleasedTicket, _Mapping]]] = ..., replayed: _Optional[bool] = ...) -> None: ...

class ReleasedTicket(_message.Message):
    __slots__ = ("ticket_id", "agent")
    TICKET_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    ticket_id: str
    agent: str
    def __init__(self, ticket_id: _Optional[str] = ..., agent: _Optional[str] = ...) -> None: ...

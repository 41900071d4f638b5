import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from switchyard.v1 import assessment_pb2 as _assessment_pb2
from switchyard.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Ticket(_message.Message):
    __slots__ = ("id", "channel", "subject", "messages", "attachments", "customer", "product", "custom", "opened_time", "place", "source_revision", "hard_due_time", "known", "routing")
    class CustomEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: CustomValue
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[CustomValue, _Mapping]] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    CUSTOM_FIELD_NUMBER: _ClassVar[int]
    OPENED_TIME_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_REVISION_FIELD_NUMBER: _ClassVar[int]
    HARD_DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    KNOWN_FIELD_NUMBER: _ClassVar[int]
    ROUTING_FIELD_NUMBER: _ClassVar[int]
    id: str
    channel: str
    subject: str
    messages: _containers.RepeatedCompositeFieldContainer[Message]
    attachments: _containers.RepeatedCompositeFieldContainer[Attachment]
    customer: Customer
    product: str
    custom: _containers.MessageMap[str, CustomValue]
    opened_time: _timestamp_pb2.Timestamp
    place: _common_pb2.Place
    source_revision: int
    hard_due_time: _timestamp_pb2.Timestamp
    known: Known
    routing: RoutingWishes
    def __init__(self, id: _Optional[str] = ..., channel: _Optional[str] = ..., subject: _Optional[str] = ..., messages: _Optional[_Iterable[_Union[Message, _Mapping]]] = ..., attachments: _Optional[_Iterable[_Union[Attachment, _Mapping]]] = ..., customer: _Optional[_Union[Customer, _Mapping]] = ..., product: _Optional[str] = ..., custom: _Optional[_Mapping[str, CustomValue]] = ..., opened_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., place: _Optional[_Union[_common_pb2.Place, _Mapping]] = ..., source_revision: _Optional[int] = ..., hard_due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., known: _Optional[_Union[Known, _Mapping]] = ..., routing: _Optional[_Union[RoutingWishes, _Mapping]] = ...) -> None: ...

class Message(_message.Message):
    __slots__ = ("author", "text", "sent_time")
    class Author(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        AUTHOR_UNSPECIFIED: _ClassVar[Message.Author]
        AUTHOR_CUSTOMER: _ClassVar[Message.Author]
        AUTHOR_AGENT: _ClassVar[Message.Author]
        AUTHOR_SYSTEM: _ClassVar[Message.Author]
    AUTHOR_UNSPECIFIED: Message.Author
    AUTHOR_CUSTOMER: Message.Author
    AUTHOR_AGENT: Message.Author
    AUTHOR_SYSTEM: Message.Author
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    SENT_TIME_FIELD_NUMBER: _ClassVar[int]
    author: Message.Author
    text: str
    sent_time: _timestamp_pb2.Timestamp
    def __init__(self, author: _Optional[_Union[Message.Author, str]] = ..., text: _Optional[str] = ..., sent_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Attachment(_message.Message):
    __slots__ = ("name", "media_type", "size", "ocr_text")
    NAME_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    OCR_TEXT_FIELD_NUMBER: _ClassVar[int]
    name: str
    media_type: str
    size: int
    ocr_text: str
    def __init__(self, name: _Optional[str] = ..., media_type: _Optional[str] = ..., size: _Optional[int] = ..., ocr_text: _Optional[str] = ...) -> None: ...

class Customer(_message.Message):
    __slots__ = ("id", "tier", "locale", "time_zone", "counters", "value")
    class Tier(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        TIER_UNSPECIFIED: _ClassVar[Customer.Tier]
        TIER_STANDARD: _ClassVar[Customer.Tier]
        TIER_PREMIUM: _ClassVar[Customer.Tier]
        TIER_VIP: _ClassVar[Customer.Tier]
    TIER_UNSPECIFIED: Customer.Tier
    TIER_STANDARD: Customer.Tier
    TIER_PREMIUM: Customer.Tier
    TIER_VIP: Customer.Tier
    ID_FIELD_NUMBER: _ClassVar[int]
    TIER_FIELD_NUMBER: _ClassVar[int]
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    COUNTERS_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    id: str
    tier: Customer.Tier
    locale: str
    time_zone: str
    counters: CustomerCounters
    value: float
    def __init__(self, id: _Optional[str] = ..., tier: _Optional[_Union[Customer.Tier, str]] = ..., locale: _Optional[str] = ..., time_zone: _Optional[str] = ..., counters: _Optional[_Union[CustomerCounters, _Mapping]] = ..., value: _Optional[float] = ...) -> None: ...

class CustomerCounters(_message.Message):
    __slots__ = ("tickets", "complaints")
    TICKETS_FIELD_NUMBER: _ClassVar[int]
    COMPLAINTS_FIELD_NUMBER: _ClassVar[int]
    tickets: int
    complaints: int
    def __init__(self, tickets: _Optional[int] = ..., complaints: _Optional[int] = ...) -> None: ...

class CustomValue(_message.Message):
    __slots__ = ("text", "number", "flag")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    FLAG_FIELD_NUMBER: _ClassVar[int]
    text: str
    number: float
    flag: bool
    def __init__(self, text: _Optional[str] = ..., number: _Optional[float] = ..., flag: _Optional[bool] = ...) -> None: ...

class Known(_message.Message):
    __slots__ = ("known_category", "known_sentiment", "known_urgency", "known_language", "known_signals", "known_priority")
    KNOWN_CATEGORY_FIELD_NUMBER: _ClassVar[int]
    KNOWN_SENTIMENT_FIELD_NUMBER: _ClassVar[int]
    KNOWN_URGENCY_FIELD_NUMBER: _ClassVar[int]
    KNOWN_LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    KNOWN_SIGNALS_FIELD_NUMBER: _ClassVar[int]
    KNOWN_PRIORITY_FIELD_NUMBER: _ClassVar[int]
    known_category: str
    known_sentiment: _assessment_pb2.Sentiment
    known_urgency: _assessment_pb2.Urgency
    known_language: _assessment_pb2.Language
    known_signals: _containers.RepeatedScalarFieldContainer[_assessment_pb2.Signal]
    known_priority: int
    def __init__(self, known_category: _Optional[str] = ..., known_sentiment: _Optional[_Union[_assessment_pb2.Sentiment, str]] = ..., known_urgency: _Optional[_Union[_assessment_pb2.Urgency, str]] = ..., known_language: _Optional[_Union[_assessment_pb2.Language, str]] = ..., known_signals: _Optional[_Iterable[_Union[_assessment_pb2.Signal, str]]] = ..., known_priority: _Optional[int] = ...) -> None: ...

class RoutingWishes(_message.Message):
    __slots__ = ("team", "requirements", "replace_requirements", "excluded_agents", "last_agent", "weight")
    TEAM_FIELD_NUMBER: _ClassVar[int]
    REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
    REPLACE_REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_AGENTS_FIELD_NUMBER: _ClassVar[int]
    LAST_AGENT_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    team: str
    requirements: _containers.RepeatedCompositeFieldContainer[_common_pb2.SkillRequirement]
    replace_requirements: bool
    excluded_agents: _containers.RepeatedScalarFieldContainer[str]
    last_agent: str
    weight: float
    def __init__(self, team: _Optional[str] = ..., requirements: _Optional[_Iterable[_Union[_common_pb2.SkillRequirement, _Mapping]]] = ..., replace_requirements: _Optional[bool] = ..., excluded_agents: _Optional[_Iterable[str]] = ..., last_agent: _Optional[str] = ..., weight: _Optional[float] = ...) -> None: ...

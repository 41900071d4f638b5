import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from switchyard.v1 import assessment_pb2 as _assessment_pb2
from switchyard.v1 import common_pb2 as _common_pb2
from switchyard.v1 import ticket_pb2 as _ticket_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetModelRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetModelResponse(_message.Message):
    __slots__ = ("version", "heads", "data", "metrics", "card")
    class MetricsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    VERSION_FIELD_NUMBER: _ClassVar[int]
    HEADS_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    CARD_FIELD_NUMBER: _ClassVar[int]
    version: str
    heads: _containers.RepeatedCompositeFieldContainer[ModelHead]
    data: _containers.RepeatedCompositeFieldContainer[ModelData]
    metrics: _containers.ScalarMap[str, float]
    card: str
    def __init__(self, version: _Optional[str] = ..., heads: _Optional[_Iterable[_Union[ModelHead, _Mapping]]] = ..., data: _Optional[_Iterable[_Union[ModelData, _Mapping]]] = ..., metrics: _Optional[_Mapping[str, float]] = ..., card: _Optional[str] = ...) -> None: ...

class ModelHead(_message.Message):
    __slots__ = ("name", "labels", "auto_from", "suggest_from", "label_auto_from", "group_auto_from", "group_suggest_from")
    NAME_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    AUTO_FROM_FIELD_NUMBER: _ClassVar[int]
    SUGGEST_FROM_FIELD_NUMBER: _ClassVar[int]
    LABEL_AUTO_FROM_FIELD_NUMBER: _ClassVar[int]
    GROUP_AUTO_FROM_FIELD_NUMBER: _ClassVar[int]
    GROUP_SUGGEST_FROM_FIELD_NUMBER: _ClassVar[int]
    name: str
    labels: _containers.RepeatedScalarFieldContainer[str]
    auto_from: float
    suggest_from: float
    label_auto_from: _containers.RepeatedScalarFieldContainer[float]
    group_auto_from: float
    group_suggest_from: float
    def __init__(self, name: _Optional[str] = ..., labels: _Optional[_Iterable[str]] = ..., auto_from: _Optional[float] = ..., suggest_from: _Optional[float] = ..., label_auto_from: _Optional[_Iterable[float]] = ..., group_auto_from: _Optional[float] = ..., group_suggest_from: _Optional[float] = ...) -> None: ...

class ModelData(_message.Message):
    __slots__ = ("name", "licence", "n_rows", "sha256")
    NAME_FIELD_NUMBER: _ClassVar[int]
    LICENCE_FIELD_NUMBER: _ClassVar[int]
    N_ROWS_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    name: str
    licence: str
    n_rows: int
    sha256: str
    def __init__(self, name: _Optional[str] = ..., licence: _Optional[str] = ..., n_rows: _Optional[int] = ..., sha256: _Optional[str] = ...) -> None: ...

class ExplainTextRequest(_message.Message):
    __slots__ = ("ticket",)
    TICKET_FIELD_NUMBER: _ClassVar[int]
    ticket: _ticket_pb2.Ticket
    def __init__(self, ticket: _Optional[_Union[_ticket_pb2.Ticket, _Mapping]] = ...) -> None: ...

class ExplainTextResponse(_message.Message):
    __slots__ = ("assessment", "explanations")
    ASSESSMENT_FIELD_NUMBER: _ClassVar[int]
    EXPLANATIONS_FIELD_NUMBER: _ClassVar[int]
    assessment: _assessment_pb2.Assessment
    explanations: _containers.RepeatedCompositeFieldContainer[Explanation]
    def __init__(self, assessment: _Optional[_Union[_assessment_pb2.Assessment, _Mapping]] = ..., explanations: _Optional[_Iterable[_Union[Explanation, _Mapping]]] = ...) -> None: ...

class Explanation(_message.Message):
    __slots__ = ("head", "label", "rival", "log_odds", "reasons", "examples", "summary")
    HEAD_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    RIVAL_FIELD_NUMBER: _ClassVar[int]
    LOG_ODDS_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    EXAMPLES_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    head: str
    label: str
    rival: str
    log_odds: float
    reasons: _containers.RepeatedCompositeFieldContainer[Reason]
    examples: _containers.RepeatedCompositeFieldContainer[NearExample]
    summary: str
    def __init__(self, head: _Optional[str] = ..., label: _Optional[str] = ..., rival: _Optional[str] = ..., log_odds: _Optional[float] = ..., reasons: _Optional[_Iterable[_Union[Reason, _Mapping]]] = ..., examples: _Optional[_Iterable[_Union[NearExample, _Mapping]]] = ..., summary: _Optional[str] = ...) -> None: ...

class Reason(_message.Message):
    __slots__ = ("phrase", "weight")
    PHRASE_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    phrase: str
    weight: float
    def __init__(self, phrase: _Optional[str] = ..., weight: _Optional[float] = ...) -> None: ...

class NearExample(_message.Message):
    __slots__ = ("key", "label", "text", "similarity")
    KEY_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    SIMILARITY_FIELD_NUMBER: _ClassVar[int]
    key: str
    label: str
    text: str
    similarity: float
    def __init__(self, key: _Optional[str] = ..., label: _Optional[str] = ..., text: _Optional[str] = ..., similarity: _Optional[float] = ...) -> None: ...

class HeadExample(_message.Message):
    __slots__ = ("text", "category")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    text: str
    category: str
    def __init__(self, text: _Optional[str] = ..., category: _Optional[str] = ...) -> None: ...

class FitHeadRequest(_message.Message):
    __slots__ = ("examples", "validate_only", "actor")
    EXAMPLES_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    examples: _containers.RepeatedCompositeFieldContainer[HeadExample]
    validate_only: bool
    actor: _common_pb2.Actor
    def __init__(self, examples: _Optional[_Iterable[_Union[HeadExample, _Mapping]]] = ..., validate_only: _Optional[bool] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class FitHeadResponse(_message.Message):
    __slots__ = ("head", "fit_duration")
    HEAD_FIELD_NUMBER: _ClassVar[int]
    FIT_DURATION_FIELD_NUMBER: _ClassVar[int]
    head: Head
    fit_duration: _duration_pb2.Duration
    def __init__(self, head: _Optional[_Union[Head, _Mapping]] = ..., fit_duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class Head(_message.Message):
    __slots__ = ("model_version", "categories", "accuracy", "auto_from", "suggest_from", "fitted_time", "in_use", "group_auto_from", "group_suggest_from")
    MODEL_VERSION_FIELD_NUMBER: _ClassVar[int]
    CATEGORIES_FIELD_NUMBER: _ClassVar[int]
    ACCURACY_FIELD_NUMBER: _ClassVar[int]
    AUTO_FROM_FIELD_NUMBER: _ClassVar[int]
    SUGGEST_FROM_FIELD_NUMBER: _ClassVar[int]
    FITTED_TIME_FIELD_NUMBER: _ClassVar[int]
    IN_USE_FIELD_NUMBER: _ClassVar[int]
    GROUP_AUTO_FROM_FIELD_NUMBER: _ClassVar[int]
    GROUP_SUGGEST_FROM_FIELD_NUMBER: _ClassVar[int]
    model_version: str
    categories: _containers.RepeatedCompositeFieldContainer[HeadCategory]
    accuracy: float
    auto_from: float
    suggest_from: float
    fitted_time: _timestamp_pb2.Timestamp
    in_use: bool
    group_auto_from: float
    group_suggest_from: float
    def __init__(self, model_version: _Optional[str] = ..., categories: _Optional[_Iterable[_Union[HeadCategory, _Mapping]]] = ..., accuracy: _Optional[float] = ..., auto_from: _Optional[float] = ..., suggest_from: _Optional[float] = ..., fitted_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., in_use: _Optional[bool] = ..., group_auto_from: _Optional[float] = ..., group_suggest_from: _Optional[float] = ...) -> None: ...

class HeadCategory(_message.Message):
    __slots__ = ("category", "n_examples")
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    N_EXAMPLES_FIELD_NUMBER: _ClassVar[int]
    category: str
    n_examples: int
    def __init__(self, category: _Optional[str] = ..., n_examples: _Optional[int] = ...) -> None: ...

class GetHeadRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetHeadResponse(_message.Message):
    __slots__ = ("head",)
    HEAD_FIELD_NUMBER: _ClassVar[int]
    head: Head
    def __init__(self, head: _Optional[_Union[Head, _Mapping]] = ...) -> None: ...

class DeleteHeadRequest(_message.Message):
    __slots__ = ("actor",)
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    actor: _common_pb2.Actor
    def __init__(self, actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class DeleteHeadResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

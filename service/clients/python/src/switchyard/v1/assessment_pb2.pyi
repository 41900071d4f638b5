import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Language(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LANGUAGE_UNSPECIFIED: _ClassVar[Language]
    LANGUAGE_ZH_HANS: _ClassVar[Language]
    LANGUAGE_ZH_HANT: _ClassVar[Language]
    LANGUAGE_EN: _ClassVar[Language]
    LANGUAGE_MIXED: _ClassVar[Language]
    LANGUAGE_UNDETERMINED: _ClassVar[Language]

class Sentiment(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SENTIMENT_UNSPECIFIED: _ClassVar[Sentiment]
    SENTIMENT_VERY_NEGATIVE: _ClassVar[Sentiment]
    SENTIMENT_NEGATIVE: _ClassVar[Sentiment]
    SENTIMENT_NEUTRAL: _ClassVar[Sentiment]
    SENTIMENT_POSITIVE: _ClassVar[Sentiment]
    SENTIMENT_VERY_POSITIVE: _ClassVar[Sentiment]

class Urgency(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    URGENCY_UNSPECIFIED: _ClassVar[Urgency]
    URGENCY_LOW: _ClassVar[Urgency]
    URGENCY_NORMAL: _ClassVar[Urgency]
    URGENCY_HIGH: _ClassVar[Urgency]
    URGENCY_CRITICAL: _ClassVar[Urgency]

class Signal(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SIGNAL_UNSPECIFIED: _ClassVar[Signal]
    SIGNAL_SAFETY_HAZARD: _ClassVar[Signal]
    SIGNAL_LEGAL_THREAT: _ClassVar[Signal]
    SIGNAL_CHURN_THREAT: _ClassVar[Signal]
    SIGNAL_REPEAT_CONTACT: _ClassVar[Signal]
    SIGNAL_VIP_MENTION: _ClassVar[Signal]
    SIGNAL_ABUSE: _ClassVar[Signal]

class FieldMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FIELD_MODE_UNSPECIFIED: _ClassVar[FieldMode]
    FIELD_MODE_AUTO: _ClassVar[FieldMode]
    FIELD_MODE_SUGGEST: _ClassVar[FieldMode]
    FIELD_MODE_ABSTAIN: _ClassVar[FieldMode]

class AbstainReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ABSTAIN_REASON_UNSPECIFIED: _ClassVar[AbstainReason]
    ABSTAIN_REASON_LOW_CONFIDENCE: _ClassVar[AbstainReason]
    ABSTAIN_REASON_OUT_OF_SCOPE: _ClassVar[AbstainReason]
    ABSTAIN_REASON_NEEDS_ATTACHMENT: _ClassVar[AbstainReason]
    ABSTAIN_REASON_UNKNOWN_LANGUAGE: _ClassVar[AbstainReason]

class FieldOrigin(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FIELD_ORIGIN_UNSPECIFIED: _ClassVar[FieldOrigin]
    FIELD_ORIGIN_MODEL: _ClassVar[FieldOrigin]
    FIELD_ORIGIN_CALLER: _ClassVar[FieldOrigin]
    FIELD_ORIGIN_FALLBACK: _ClassVar[FieldOrigin]

class ItemKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ITEM_KIND_UNSPECIFIED: _ClassVar[ItemKind]
    ITEM_KIND_TICKET: _ClassVar[ItemKind]
    ITEM_KIND_ARTICLE: _ClassVar[ItemKind]

class Relation(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RELATION_UNSPECIFIED: _ClassVar[Relation]
    RELATION_DUPLICATE: _ClassVar[Relation]
    RELATION_REPEAT_CONTACT: _ClassVar[Relation]
    RELATION_SAME_PROBLEM: _ClassVar[Relation]
    RELATION_RELATED: _ClassVar[Relation]

class AnswerVerdict(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ANSWER_VERDICT_UNSPECIFIED: _ClassVar[AnswerVerdict]
    ANSWER_VERDICT_SAFE: _ClassVar[AnswerVerdict]
    ANSWER_VERDICT_HELD: _ClassVar[AnswerVerdict]

class AnswerHoldReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ANSWER_HOLD_REASON_UNSPECIFIED: _ClassVar[AnswerHoldReason]
    ANSWER_HOLD_REASON_SIGNALS: _ClassVar[AnswerHoldReason]
    ANSWER_HOLD_REASON_MOOD: _ClassVar[AnswerHoldReason]
    ANSWER_HOLD_REASON_CATEGORY_UNSURE: _ClassVar[AnswerHoldReason]
    ANSWER_HOLD_REASON_ARTICLE_UNSURE: _ClassVar[AnswerHoldReason]
    ANSWER_HOLD_REASON_TRUNCATED: _ClassVar[AnswerHoldReason]
LANGUAGE_UNSPECIFIED: Language
LANGUAGE_ZH_HANS: Language
LANGUAGE_ZH_HANT: Language
LANGUAGE_EN: Language
LANGUAGE_MIXED: Language
LANGUAGE_UNDETERMINED: Language
SENTIMENT_UNSPECIFIED: Sentiment
SENTIMENT_VERY_NEGATIVE: Sentiment
SENTIMENT_NEGATIVE: Sentiment
SENTIMENT_NEUTRAL: Sentiment
SENTIMENT_POSITIVE: Sentiment
SENTIMENT_VERY_POSITIVE: Sentiment
URGENCY_UNSPECIFIED: Urgency
URGENCY_LOW: Urgency
URGENCY_NORMAL: Urgency
URGENCY_HIGH: Urgency
URGENCY_CRITICAL: Urgency
SIGNAL_UNSPECIFIED: Signal
SIGNAL_SAFETY_HAZARD: Signal
SIGNAL_LEGAL_THREAT: Signal
SIGNAL_CHURN_THREAT: Signal
SIGNAL_REPEAT_CONTACT: Signal
SIGNAL_VIP_MENTION: Signal
SIGNAL_ABUSE: Signal
FIELD_MODE_UNSPECIFIED: FieldMode
FIELD_MODE_AUTO: FieldMode
FIELD_MODE_SUGGEST: FieldMode
FIELD_MODE_ABSTAIN: FieldMode
ABSTAIN_REASON_UNSPECIFIED: AbstainReason
ABSTAIN_REASON_LOW_CONFIDENCE: AbstainReason
ABSTAIN_REASON_OUT_OF_SCOPE: AbstainReason
ABSTAIN_REASON_NEEDS_ATTACHMENT: AbstainReason
ABSTAIN_REASON_UNKNOWN_LANGUAGE: AbstainReason
FIELD_ORIGIN_UNSPECIFIED: FieldOrigin
FIELD_ORIGIN_MODEL: FieldOrigin
FIELD_ORIGIN_CALLER: FieldOrigin
FIELD_ORIGIN_FALLBACK: FieldOrigin
ITEM_KIND_UNSPECIFIED: ItemKind
ITEM_KIND_TICKET: ItemKind
ITEM_KIND_ARTICLE: ItemKind
RELATION_UNSPECIFIED: Relation
RELATION_DUPLICATE: Relation
RELATION_REPEAT_CONTACT: Relation
RELATION_SAME_PROBLEM: Relation
RELATION_RELATED: Relation
ANSWER_VERDICT_UNSPECIFIED: AnswerVerdict
ANSWER_VERDICT_SAFE: AnswerVerdict
ANSWER_VERDICT_HELD: AnswerVerdict
ANSWER_HOLD_REASON_UNSPECIFIED: AnswerHoldReason
ANSWER_HOLD_REASON_SIGNALS: AnswerHoldReason
ANSWER_HOLD_REASON_MOOD: AnswerHoldReason
ANSWER_HOLD_REASON_CATEGORY_UNSURE: AnswerHoldReason
ANSWER_HOLD_REASON_ARTICLE_UNSURE: AnswerHoldReason
ANSWER_HOLD_REASON_TRUNCATED: AnswerHoldReason

class Alternative(_message.Message):
    __slots__ = ("label", "confidence")
    LABEL_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    label: str
    confidence: float
    def __init__(self, label: _Optional[str] = ..., confidence: _Optional[float] = ...) -> None: ...

class GroupJudgement(_message.Message):
    __slots__ = ("label", "confidence", "mode", "abstain_reason", "alternatives")
    LABEL_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    ABSTAIN_REASON_FIELD_NUMBER: _ClassVar[int]
    ALTERNATIVES_FIELD_NUMBER: _ClassVar[int]
    label: str
    confidence: float
    mode: FieldMode
    abstain_reason: AbstainReason
    alternatives: _containers.RepeatedCompositeFieldContainer[Alternative]
    def __init__(self, label: _Optional[str] = ..., confidence: _Optional[float] = ..., mode: _Optional[_Union[FieldMode, str]] = ..., abstain_reason: _Optional[_Union[AbstainReason, str]] = ..., alternatives: _Optional[_Iterable[_Union[Alternative, _Mapping]]] = ...) -> None: ...

class CategoryJudgement(_message.Message):
    __slots__ = ("label", "confidence", "mode", "abstain_reason", "alternatives", "origin", "group")
    LABEL_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    ABSTAIN_REASON_FIELD_NUMBER: _ClassVar[int]
    ALTERNATIVES_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    label: str
    confidence: float
    mode: FieldMode
    abstain_reason: AbstainReason
    alternatives: _containers.RepeatedCompositeFieldContainer[Alternative]
    origin: FieldOrigin
    group: GroupJudgement
    def __init__(self, label: _Optional[str] = ..., confidence: _Optional[float] = ..., mode: _Optional[_Union[FieldMode, str]] = ..., abstain_reason: _Optional[_Union[AbstainReason, str]] = ..., alternatives: _Optional[_Iterable[_Union[Alternative, _Mapping]]] = ..., origin: _Optional[_Union[FieldOrigin, str]] = ..., group: _Optional[_Union[GroupJudgement, _Mapping]] = ...) -> None: ...

class SentimentJudgement(_message.Message):
    __slots__ = ("label", "score", "confidence", "mode", "abstain_reason")
    LABEL_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    ABSTAIN_REASON_FIELD_NUMBER: _ClassVar[int]
    label: Sentiment
    score: float
    confidence: float
    mode: FieldMode
    abstain_reason: AbstainReason
    def __init__(self, label: _Optional[_Union[Sentiment, str]] = ..., score: _Optional[float] = ..., confidence: _Optional[float] = ..., mode: _Optional[_Union[FieldMode, str]] = ..., abstain_reason: _Optional[_Union[AbstainReason, str]] = ...) -> None: ...

class UrgencyJudgement(_message.Message):
    __slots__ = ("label", "confidence", "mode", "abstain_reason")
    LABEL_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    ABSTAIN_REASON_FIELD_NUMBER: _ClassVar[int]
    label: Urgency
    confidence: float
    mode: FieldMode
    abstain_reason: AbstainReason
    def __init__(self, label: _Optional[_Union[Urgency, str]] = ..., confidence: _Optional[float] = ..., mode: _Optional[_Union[FieldMode, str]] = ..., abstain_reason: _Optional[_Union[AbstainReason, str]] = ...) -> None: ...

class SignalJudgement(_message.Message):
    __slots__ = ("signal", "confidence")
    SIGNAL_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    signal: Signal
    confidence: float
    def __init__(self, signal: _Optional[_Union[Signal, str]] = ..., confidence: _Optional[float] = ...) -> None: ...

class TagJudgement(_message.Message):
    __slots__ = ("tag", "confidence")
    TAG_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    tag: str
    confidence: float
    def __init__(self, tag: _Optional[str] = ..., confidence: _Optional[float] = ...) -> None: ...

class Assessment(_message.Message):
    __slots__ = ("language", "category", "sentiment", "urgency", "signals", "truncated", "model_version", "degraded_reason", "similar", "answer", "experience", "tags")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    SENTIMENT_FIELD_NUMBER: _ClassVar[int]
    URGENCY_FIELD_NUMBER: _ClassVar[int]
    SIGNALS_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    MODEL_VERSION_FIELD_NUMBER: _ClassVar[int]
    DEGRADED_REASON_FIELD_NUMBER: _ClassVar[int]
    SIMILAR_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    EXPERIENCE_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    language: Language
    category: CategoryJudgement
    sentiment: SentimentJudgement
    urgency: UrgencyJudgement
    signals: _containers.RepeatedCompositeFieldContainer[SignalJudgement]
    truncated: bool
    model_version: str
    degraded_reason: str
    similar: _containers.RepeatedCompositeFieldContainer[SimilarItem]
    answer: ArticleAnswer
    experience: _containers.RepeatedCompositeFieldContainer[AgentExperience]
    tags: _containers.RepeatedCompositeFieldContainer[TagJudgement]
    def __init__(self, language: _Optional[_Union[Language, str]] = ..., category: _Optional[_Union[CategoryJudgement, _Mapping]] = ..., sentiment: _Optional[_Union[SentimentJudgement, _Mapping]] = ..., urgency: _Optional[_Union[UrgencyJudgement, _Mapping]] = ..., signals: _Optional[_Iterable[_Union[SignalJudgement, _Mapping]]] = ..., truncated: _Optional[bool] = ..., model_version: _Optional[str] = ..., degraded_reason: _Optional[str] = ..., similar: _Optional[_Iterable[_Union[SimilarItem, _Mapping]]] = ..., answer: _Optional[_Union[ArticleAnswer, _Mapping]] = ..., experience: _Optional[_Iterable[_Union[AgentExperience, _Mapping]]] = ..., tags: _Optional[_Iterable[_Union[TagJudgement, _Mapping]]] = ...) -> None: ...

class SimilarItem(_message.Message):
    __slots__ = ("kind", "id", "relation", "same_problem", "solver", "opened_time", "solved_time", "title", "solution", "uri")
    KIND_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    RELATION_FIELD_NUMBER: _ClassVar[int]
    SAME_PROBLEM_FIELD_NUMBER: _ClassVar[int]
    SOLVER_FIELD_NUMBER: _ClassVar[int]
    OPENED_TIME_FIELD_NUMBER: _ClassVar[int]
    SOLVED_TIME_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    SOLUTION_FIELD_NUMBER: _ClassVar[int]
    URI_FIELD_NUMBER: _ClassVar[int]
    kind: ItemKind
    id: str
    relation: Relation
    same_problem: float
    solver: str
    opened_time: _timestamp_pb2.Timestamp
    solved_time: _timestamp_pb2.Timestamp
    title: str
    solution: str
    uri: str
    def __init__(self, kind: _Optional[_Union[ItemKind, str]] = ..., id: _Optional[str] = ..., relation: _Optional[_Union[Relation, str]] = ..., same_problem: _Optional[float] = ..., solver: _Optional[str] = ..., opened_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., solved_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., title: _Optional[str] = ..., solution: _Optional[str] = ..., uri: _Optional[str] = ...) -> None: ...

class ArticleAnswer(_message.Message):
    __slots__ = ("article_id", "confidence", "verdict", "hold_reason")
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    HOLD_REASON_FIELD_NUMBER: _ClassVar[int]
    article_id: str
    confidence: float
    verdict: AnswerVerdict
    hold_reason: AnswerHoldReason
    def __init__(self, article_id: _Optional[str] = ..., confidence: _Optional[float] = ..., verdict: _Optional[_Union[AnswerVerdict, str]] = ..., hold_reason: _Optional[_Union[AnswerHoldReason, str]] = ...) -> None: ...

class AgentExperience(_message.Message):
    __slots__ = ("agent", "share")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    SHARE_FIELD_NUMBER: _ClassVar[int]
    agent: str
    share: float
    def __init__(self, agent: _Optional[str] = ..., share: _Optional[float] = ...) -> None: ...

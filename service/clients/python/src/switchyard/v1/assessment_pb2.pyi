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

class Alternative(_message.Message):
    __slots__ = ("label", "confidence")
    LABEL_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    label: str
    confidence: float
    def __init__(self, label: _Optional[str] = ..., confidence: _Optional[float] = ...) -> None: ...

class CategoryJudgement(_message.Message):
    __slots__ = ("label", "confidence", "mode", "abstain_reason", "alternatives", "origin")
    LABEL_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    ABSTAIN_REASON_FIELD_NUMBER: _ClassVar[int]
    ALTERNATIVES_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    label: str
    confidence: float
    mode: FieldMode
    abstain_reason: AbstainReason
    alternatives: _containers.RepeatedCompositeFieldContainer[Alternative]
    origin: FieldOrigin
    def __init__(self, label: _Optional[str] = ..., confidence: _Optional[float] = ..., mode: _Optional[_Union[FieldMode, str]] = ..., abstain_reason: _Optional[_Union[AbstainReason, str]] = ..., alternatives: _Optional[_Iterable[_Union[Alternative, _Mapping]]] = ..., origin: _Optional[_Union[FieldOrigin, str]] = ...) -> None: ...

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

class Assessment(_message.Message):
    __slots__ = ("language", "category", "sentiment", "urgency", "signals", "truncated", "model_version", "degraded_reason")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    SENTIMENT_FIELD_NUMBER: _ClassVar[int]
    URGENCY_FIELD_NUMBER: _ClassVar[int]
    SIGNALS_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    MODEL_VERSION_FIELD_NUMBER: _ClassVar[int]
    DEGRADED_REASON_FIELD_NUMBER: _ClassVar[int]
    language: Language
    category: CategoryJudgement
    sentiment: SentimentJudgement
    urgency: UrgencyJudgement
    signals: _containers.RepeatedCompositeFieldContainer[SignalJudgement]
    truncated: bool
    model_version: str
    degraded_reason: str
    def __init__(self, language: _Optional[_Union[Language, str]] = ..., category: _Optional[_Union[CategoryJudgement, _Mapping]] = ..., sentiment: _Optional[_Union[SentimentJudgement, _Mapping]] = ..., urgency: _Optional[_Union[UrgencyJudgement, _Mapping]] = ..., signals: _Optional[_Iterable[_Union[SignalJudgement, _Mapping]]] = ..., truncated: _Optional[bool] = ..., model_version: _Optional[str] = ..., degraded_reason: _Optional[str] = ...) -> None: ...

//! Every enum of the format: which number stands for which value.
//!
//! A file of its own, because the enums are used across concepts and are all
//! alike. The numbers stand in the `.proto` files; here the compiler checks
//! that every value of the domain has one.

use switchyard_domain::agent::{Presence, Seniority};
use switchyard_domain::assessment::{Degraded, Language, Origin, Sentiment, Signal, Urgency};
use switchyard_domain::desk::{Closing, DeclineReason, HoldReason, PresenceSource, Trigger};
use switchyard_domain::knowledge::{AnswerHold, ItemKind, Relation};
use switchyard_domain::priority::Band;
use switchyard_domain::skill::RequirementKind;
use switchyard_domain::ticket::Tier;
use switchyard_proto::journal_v1 as pb;

use crate::DecodeError;

/// A value with a number in the format; 0 is no value.
pub(crate) trait Label: Sized {
    /// Its number.
    fn to_record(self) -> i32;

    /// The value with this number.
    fn from_record(number: i32, field: &'static str) -> Result<Self, DecodeError>;

    /// The value's number, or 0.
    fn to_optional_record(label: Option<Self>) -> i32 {
        label.map_or(0, Self::to_record)
    }

    /// The value with this number, or `None` for 0.
    fn from_optional_record(number: i32, field: &'static str) -> Result<Option<Self>, DecodeError> {
        match number {
            0 => Ok(None),
            _ => Self::from_record(number, field).map(Some),
        }
    }
}

/// Pairs a domain enum with the record's enum of the same name and variants.
macro_rules! labels {
    ($($name:ident { $($variant:ident),+ })+) => {$(
        impl Label for $name {
            fn to_record(self) -> i32 {
                match self {
                    $(Self::$variant => pb::$name::$variant as i32,)+
                }
            }

            fn from_record(number: i32, field: &'static str) -> Result<Self, DecodeError> {
                match pb::$name::try_from(number) {
                    $(Ok(pb::$name::$variant) => Ok(Self::$variant),)+
                    Ok(pb::$name::Unspecified) | Err(_) => {
                        Err(DecodeError::UnknownValue { field, got: number })
                    }
                }
            }
        }
    )+};
}

labels! {
    Presence { Online, Away, Offline }
    Seniority { Junior, Regular, Senior }
    Language { ZhHans, ZhHant, En, Mixed, Und }
    Sentiment { VeryNegative, Negative, Neutral, Positive, VeryPositive }
    Urgency { Low, Normal, High, Critical }
    Signal { SafetyHazard, LegalThreat, ChurnThreat, RepeatContact, VipMention, Abuse }
    Origin { Model, Caller, Fallback }
    Degraded { ModelAbsent, LabelsDiffer }
    ItemKind { Ticket, Article }
    Relation { Duplicate, RepeatContact, SameProblem, Related }
    AnswerHold { Signals, Mood, CategoryUnsure, ArticleUnsure, Truncated }
    Tier { Standard, Premium, Vip }
    RequirementKind { Required, Preferred }
    Band { P1, P2, P3, P4 }
    Trigger { Triage, Retriage, Advice, Adoption, Reopening, Freed, Transferred, Returned, Declined, Released, Claimed }
    Closing { Completed, Solved, Cancelled, Merged }
    HoldReason { Customer, ThirdParty, Internal }
    DeclineReason { Busy, MissingSkill, WrongTeam, Conflict, Leaving, Other }
    PresenceSource { Manual, Shift, Heartbeat }
}

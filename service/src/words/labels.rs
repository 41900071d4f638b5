//! Labels for programs that the domain's types do not carry themselves; the same in every language.

use switchyard_domain::agent::Presence;
use switchyard_domain::assessment::{AbstainReason, Mode, Origin};
use switchyard_domain::desk::event::Outcome;
use switchyard_domain::desk::{
    Activity, Actor, Closing, DeclineReason, HoldReason, PresenceSource, Rating, Trigger,
};

/// The label of a mode, for programs.
pub fn mode_label(mode: Mode) -> &'static str {
    match mode {
        Mode::Auto => "AUTO",
        Mode::Suggest => "SUGGEST",
        Mode::Abstain(_) => "ABSTAIN",
    }
}

/// The label of the reason where there is no judgement, for programs.
pub fn abstain_label(mode: Mode) -> Option<&'static str> {
    let Mode::Abstain(reason) = mode else { return None };
    Some(match reason {
        AbstainReason::LowConfidence => "LOW_CONFIDENCE",
        AbstainReason::OutOfScope => "OUT_OF_SCOPE",
        AbstainReason::NeedsAttachment => "NEEDS_ATTACHMENT",
        AbstainReason::UnknownLanguage => "UNKNOWN_LANGUAGE",
    })
}

/// The label of where a field's value came from, for programs.
pub fn origin_label(origin: Origin) -> &'static str {
    match origin {
        Origin::Model => "model",
        Origin::Caller => "caller",
        Origin::Fallback => "fallback",
    }
}

/// The label of who asked, for programs.
pub fn actor_label(actor: &Actor) -> &'static str {
    match actor {
        Actor::Person(_) => "person",
        Actor::Backend(_) => "backend",
        Actor::System => "system",
        Actor::Policy => "policy",
    }
}

/// The label of why the desk looked for an agent, for programs.
pub fn trigger_label(trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::Triage => "triage",
        Trigger::Retriage => "retriage",
        Trigger::Advice => "advice",
        Trigger::Adoption => "adoption",
        Trigger::Reopening => "reopening",
        Trigger::Freed => "freed",
        Trigger::Transferred => "transferred",
        Trigger::Returned => "returned",
        Trigger::Declined => "declined",
        Trigger::Released => "released",
        Trigger::Claimed => "claimed",
    }
}

/// The label of what came of looking for an agent, for programs.
pub fn outcome_label(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Assigned(_) => "assigned",
        Outcome::Queued => "queued",
        Outcome::Kept(_) => "kept",
        Outcome::Advised(_) => "advised",
    }
}

/// The label of what happened outside, for programs.
pub fn activity_label(activity: &Activity) -> &'static str {
    match activity {
        Activity::CustomerMessage => "customer_message",
        Activity::AgentReply => "agent_reply",
        Activity::Held(_) => "hold",
        Activity::Resumed => "resume",
        Activity::AssignedTo(_) => "assigned_by_person",
        Activity::Solved => "solved",
        Activity::Reopened => "reopened",
        Activity::Transferred(_) => "transferred",
        Activity::Returned => "returned",
        Activity::MergedInto(_) => "merged",
        Activity::SplitInto(_) => "split",
        Activity::Rated(_) => "rated",
    }
}

/// The label of how a ticket ended, for programs.
pub fn closing_label(closing: Closing) -> &'static str {
    match closing {
        Closing::Completed => "completed",
        Closing::Solved => "solved",
        Closing::Cancelled => "cancelled",
        Closing::Merged => "merged",
    }
}

/// The label of why an agent gave a ticket back, for programs.
pub fn decline_label(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::Busy => "busy",
        DeclineReason::MissingSkill => "missing_skill",
        DeclineReason::WrongTeam => "wrong_team",
        DeclineReason::Conflict => "conflict",
        DeclineReason::Leaving => "leaving",
        DeclineReason::Other => "other",
    }
}

/// The label of a rating, for programs.
pub fn rating_label(rating: Rating) -> &'static str {
    match rating.score() {
        1 => "1",
        2 => "2",
        3 => "3",
        4 => "4",
        _ => "5",
    }
}

/// The label of what a ticket waits for, for programs.
pub fn hold_label(reason: HoldReason) -> &'static str {
    match reason {
        HoldReason::Customer => "customer",
        HoldReason::ThirdParty => "third_party",
        HoldReason::Internal => "internal",
    }
}

/// The label of a presence, for programs.
pub fn presence_label(presence: Presence) -> &'static str {
    match presence {
        Presence::Online => "online",
        Presence::Away => "away",
        Presence::Offline => "offline",
    }
}

/// The label of where a presence came from, for programs.
pub fn presence_source_label(source: PresenceSource) -> &'static str {
    match source {
        PresenceSource::Manual => "manual",
        PresenceSource::Shift => "shift",
        PresenceSource::Heartbeat => "heartbeat",
    }
}

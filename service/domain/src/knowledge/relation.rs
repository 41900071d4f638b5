//! Whether a ticket is another one once more.

use crate::probability::Probability;
use crate::time::Span;

/// What an earlier item is to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The same customer with the same problem a short time before, not solved since: one of both
    /// is too many.
    Duplicate,
    /// The same customer with the same problem, which was thought solved or lies longer back.
    RepeatContact,
    /// Another customer with the same problem, or an article about it.
    SameProblem,
    /// Near it, but probably another problem.
    Related,
}

impl Relation {
    /// Every relation, in the order of the wire contract.
    pub const ALL: [Self; 4] =
        [Self::Duplicate, Self::RepeatContact, Self::SameProblem, Self::Related];

    /// The name used in data.
    pub fn label(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::RepeatContact => "repeat_contact",
            Self::SameProblem => "same_problem",
            Self::Related => "related",
        }
    }
}

/// What makes two the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RelationPolicy {
    /// From which probability on both are taken to be about the same problem.
    pub same_problem_min: Probability,
    /// How long after the first a second one is a duplicate.
    pub duplicate_within: Span,
    /// How long after it the same customer comes back for the same reason.
    pub repeat_within: Span,
}

impl Default for RelationPolicy {
    /// Likelier than not; three days; thirty days, in which a repair that failed shows.
    fn default() -> Self {
        Self {
            same_problem_min: Probability::saturating(0.5),
            duplicate_within: Span::from_hours(3 * 24),
            repeat_within: Span::from_hours(30 * 24),
        }
    }
}

/// How an earlier item stands to a ticket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The calibrated probability that both are about the same problem.
    pub same_problem: Probability,
    /// Both are known to be the same customer's.
    pub same_customer: bool,
    /// How long before the ticket it was opened; below zero for one that was opened after it.
    pub age: Span,
    /// It was solved before the ticket was opened.
    pub was_solved: bool,
}

impl Standing {
    /// What the item is to the ticket.
    pub fn relation(&self, policy: &RelationPolicy) -> Relation {
        if self.same_problem.get() < policy.same_problem_min.get() {
            return Relation::Related;
        }
        match self {
            Self { same_customer: false, .. } => Relation::SameProblem,
            _ if self.age > policy.repeat_within => Relation::SameProblem,
            Self { was_solved: false, .. } if self.age <= policy.duplicate_within => {
                Relation::Duplicate
            }
            _ => Relation::RepeatContact,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(hours: i64) -> Standing {
        let same_problem = Probability::saturating(0.8);
        Standing {
            same_problem,
            same_customer: true,
            age: Span::from_hours(hours),
            was_solved: false,
        }
    }

    fn relation(standing: Standing) -> Relation {
        standing.relation(&RelationPolicy::default())
    }

    #[test]
    fn a_second_ticket_within_days_is_a_duplicate_unless_the_first_was_solved() {
        assert_eq!(relation(standing(0)), Relation::Duplicate);
        assert_eq!(relation(standing(72)), Relation::Duplicate);
        let solved = Standing { was_solved: true, ..standing(1) };
        assert_eq!(relation(solved), Relation::RepeatContact);
    }

    #[test]
    fn later_it_is_a_repeat_contact_and_after_a_month_only_the_same_problem() {
        assert_eq!(relation(standing(73)), Relation::RepeatContact);
        assert_eq!(relation(standing(30 * 24)), Relation::RepeatContact);
        assert_eq!(relation(standing(30 * 24 + 1)), Relation::SameProblem);
    }

    #[test]
    fn another_customer_or_another_problem_is_no_duplicate() {
        let other = Standing { same_customer: false, ..standing(1) };
        assert_eq!(relation(other), Relation::SameProblem);
        let unlike = Standing { same_problem: Probability::saturating(0.49), ..standing(1) };
        assert_eq!(relation(unlike), Relation::Related);
    }
}

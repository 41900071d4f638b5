//! Identifiers that cannot be swapped by mistake.
//!
//! An id is opaque text given by the caller (tickets, agents, teams, skills)
//! or by the taxonomy (categories). Cloning is cheap: the text is shared.

use std::fmt;
use std::sync::Arc;

/// The longest id accepted, in bytes.
///
/// Long enough for a URN or a UUID with a prefix, short enough for an index key.
pub const ID_BYTES_MAX: usize = 128;

/// Why a text cannot be an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidId {
    /// The text is empty.
    #[error("expected an id, got an empty text")]
    Empty,
    /// The text is longer than [`ID_BYTES_MAX`].
    #[error("expected an id of at most {ID_BYTES_MAX} bytes, got {0}")]
    TooLong(usize),
    /// The text holds white space or a control character.
    #[error("expected an id without white space or control characters, got {0:?}")]
    BadCharacter(char),
}

fn validate(text: &str) -> Result<(), InvalidId> {
    if text.is_empty() {
        return Err(InvalidId::Empty);
    }
    if text.len() > ID_BYTES_MAX {
        return Err(InvalidId::TooLong(text.len()));
    }
    match text.chars().find(|c| c.is_whitespace() || c.is_control()) {
        Some(c) => Err(InvalidId::BadCharacter(c)),
        None => Ok(()),
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Reads an id from text.
            ///
            /// # Errors
            /// Empty, longer than [`ID_BYTES_MAX`], or with white space or control characters.
            pub fn new(text: &str) -> Result<Self, InvalidId> {
                validate(text)?;
                Ok(Self(Arc::from(text)))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

id!(
    /// A ticket, as the caller names it.
    TicketId
);
id!(
    /// An agent: a person who can own tickets.
    AgentId
);
id!(
    /// A team of agents with one routing policy.
    TeamId
);
id!(
    /// A skill an agent holds at a level.
    SkillId
);
id!(
    /// A category of the taxonomy, `group.name`.
    CategoryId
);
id!(
    /// A group of categories: what stands before the first point of their ids.
    GroupId
);
id!(
    /// A tag on a ticket, such as `wants_refund`.
    TagId
);
id!(
    /// A working-time calendar of the policy.
    CalendarId
);
id!(
    /// One customer of several in an installation; every desk belongs to one.
    TenantId
);
id!(
    /// An opaque reference to a customer; the name behind it is kept outside the journal.
    CustomerRef
);
id!(
    /// An item of knowledge: a solved ticket or an article, as the caller names it.
    ItemId
);
id!(
    /// A channel a ticket came through, such as `email` or `chat`.
    ChannelId
);

impl CategoryId {
    /// What stands before the first point; an id without one, or that begins with it, is its own group.
    pub fn group(&self) -> GroupId {
        let group = self.0.split_once('.').map_or(&*self.0, |(group, _)| group);
        GroupId(if group.is_empty() { self.0.clone() } else { Arc::from(group) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_refuse_what_cannot_be_a_key() {
        assert_eq!(TicketId::new(""), Err(InvalidId::Empty));
        assert_eq!(TicketId::new("a b"), Err(InvalidId::BadCharacter(' ')));
        assert_eq!(TicketId::new("a\n"), Err(InvalidId::BadCharacter('\n')));
        assert_eq!(TicketId::new(&"x".repeat(129)), Err(InvalidId::TooLong(129)));
    }

    #[test]
    fn ids_keep_any_script() {
        assert_eq!(AgentId::new("李娜").map(|id| id.to_string()), Ok("李娜".to_owned()));
    }

    #[test]
    fn a_group_is_what_stands_before_the_first_point() {
        let group = |id: &str| CategoryId::new(id).expect("valid").group().to_string();
        assert_eq!(group("returns.refund.late"), "returns");
        assert_eq!((group("other"), group(".late")), ("other".to_owned(), ".late".to_owned()));
    }
}

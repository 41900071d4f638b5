//! What stands between two spaces: jargon with its digits and punctuation.

use super::emit::BOUNDARY;

/// Longer tokens are addresses of the web, whose ends are nobody's words.
const TOKEN_CHARS_MAX: usize = 80;

/// What stands between two spaces, cut at [`TOKEN_CHARS_MAX`].
#[derive(Debug)]
pub(super) struct Token {
    /// The characters after a leading boundary mark.
    chars: [u32; TOKEN_CHARS_MAX + 2],
    pub(super) len: usize,
}

impl Token {
    pub(super) fn new() -> Self {
        Self { chars: [BOUNDARY; TOKEN_CHARS_MAX + 2], len: 0 }
    }

    pub(super) fn push(&mut self, c: char) {
        if self.len < TOKEN_CHARS_MAX {
            self.len += 1;
            self.chars[self.len] = u32::from(c);
        }
    }

    pub(super) fn bounded(&mut self) -> &[u32] {
        self.chars[self.len + 1] = BOUNDARY;
        &self.chars[..self.len + 2]
    }
}

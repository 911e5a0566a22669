//! Secrets at rest: the keys of a platform, and texts that nobody can read without them.
//!
//! There is one secret key, from outside: whoever has the database alone has nothing. What is
//! done with it is done with keys derived from it, one for each purpose, so that no two uses can
//! be played against each other. The room knows no table.

mod key;
mod keys;
mod sealed;

pub use key::{BadKey, Key};
pub use keys::SecretKeys;
pub use sealed::Place;

#[cfg(test)]
mod tests;

//! What was sent.

/// A letter.
#[record(view = ["clerks"], create = ["clerks"], update = ["clerks"], delete = ["clerks"])]
pub struct Letter {
    address: String,
}

//! The reasons of decisions, as people read them.

use crate::security::{Because, Reason};
use crate::ui::text::own::admin as words;

/// Why, with the names that decided it.
pub(super) fn reason(reason: &Reason) -> String {
    match reason {
        Reason::SystemAdmin => words::is_admin().to_owned(),
        Reason::PublicAccess => words::is_public().to_owned(),
        Reason::Listed { group, list } => words::is_listed(group, list.as_str()),
        Reason::TierDefault { group, list, .. } => words::is_default(group, list.as_str()),
        Reason::Granted { group, pattern, permission } => words::is_granted(group, pattern, permission.as_str()),
        Reason::Inactive => words::is_inactive().to_owned(),
        Reason::OutsideApp { app } => words::is_outside(app),
        Reason::Missing => words::is_missing().to_owned(),
    }
}

/// Why, in a few words.
pub(super) fn because(because: Because) -> &'static str {
    match because {
        Because::SystemAdmin => words::because_admin(),
        Because::PublicAccess => words::because_public(),
        Because::Listed => words::because_listed(),
        Because::TierDefault => words::because_default(),
        Because::Granted => words::because_granted(),
        Because::Inactive => words::switched_off(),
        Because::OutsideApp => words::because_outside(),
        Because::Missing => words::because_missing(),
    }
}

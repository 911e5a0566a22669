//! What a colour means. It never stands alone: there is always a word or a shape beside it.

use super::icon::IconName;
use crate::icon;

/// What a colour means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Neutral,
    /// Worth knowing; in progress.
    Info,
    /// Done; as it should be.
    Good,
    /// Needs a look.
    Warning,
    /// Failed; refused; overdue.
    Bad,
}

impl Tone {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Neutral => "ao-neutral",
            Self::Info => "ao-info",
            Self::Good => "ao-good",
            Self::Warning => "ao-warning",
            Self::Bad => "ao-bad",
        }
    }

    pub(crate) fn icon(self) -> IconName {
        match self {
            Self::Neutral | Self::Info => icon!("info"),
            Self::Good => icon!("circle-check"),
            Self::Warning => icon!("triangle-alert"),
            Self::Bad => icon!("circle-alert"),
        }
    }
}

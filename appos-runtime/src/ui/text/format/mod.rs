//! How values are written for people, by their language and their preferences; and how inputs of forms
//! hold and give them back.
//!
//! ```text
//! let format = Format::current();
//! format.decimal(invoice.total)      1.234,50
//! format.date_time(order.placed_at)  29.11.2026, 14:05
//! ```

// Reading order: who reads, numbers, sizes, days and times, how long ago, lists, inputs.
mod dates;
mod input;
mod list;
mod locale;
mod number_input;
mod numbers;
mod relative;
mod size;

use std::sync::Arc;

use chrono_tz::Tz;

#[allow(unused_imports, reason = "forms will read inputs")]
pub(crate) use input::WrongInput;

use crate::state::{Ctx, DateStyle, NumberStyle, Preferences};

/// How values are written for one reader.
#[derive(Clone, Debug)]
pub(crate) struct Format {
    language: Arc<str>,
    time_zone: Tz,
    numbers: NumberStyle,
    dates: DateStyle,
}

#[allow(dead_code, reason = "screens take what they need")]
impl Format {
    /// For whoever the running call is for.
    pub(crate) fn current() -> Self {
        Ctx::current().map_or_else(|| Self::of(&Preferences::default()), |ctx| Self::of(&ctx.preferences))
    }

    pub(crate) fn of(preferences: &Preferences) -> Self {
        Self {
            language: Arc::clone(&preferences.language),
            time_zone: preferences.time_zone,
            numbers: preferences.number_style,
            dates: preferences.date_style,
        }
    }

    /// For a reader of a language who has chosen nothing else.
    pub(crate) fn of_language(language: &str) -> Self {
        Self::of(&Preferences { language: Arc::from(language), ..Preferences::default() })
    }

    /// The time zone in which times are written.
    pub(crate) fn time_zone(&self) -> Tz {
        self.time_zone
    }
}

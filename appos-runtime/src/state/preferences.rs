//! How a user wants to see things: language, time zone, style of numbers and dates, looks.

use std::fmt;
use std::sync::Arc;

use chrono_tz::Tz;

/// How a user wants to see things. What somebody has not chosen is the platform's choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Language of texts, such as `en` or `fr-CA`.
    pub language: Arc<str>,
    /// Time zone in which times are shown and read.
    pub time_zone: Tz,
    /// How numbers are written.
    pub number_style: NumberStyle,
    /// How dates and times are written.
    pub date_style: DateStyle,
    /// Light or dark.
    pub theme: Theme,
    /// Height of rows.
    pub density: Density,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            language: Arc::from("en"),
            time_zone: Tz::UTC,
            number_style: NumberStyle::default(),
            date_style: DateStyle::default(),
            theme: Theme::default(),
            density: Density::default(),
        }
    }
}

/// What a user has chosen by himself; `None`: nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChosenPreferences {
    /// Language of texts.
    pub language: Option<String>,
    /// Time zone in which times are shown and read.
    pub time_zone: Option<Tz>,
    /// How numbers are written.
    pub number_style: NumberStyle,
    /// How dates and times are written.
    pub date_style: DateStyle,
    /// Light or dark.
    pub theme: Theme,
    /// Height of rows.
    pub density: Density,
}

impl ChosenPreferences {
    /// With the platform's choices, where nothing was chosen.
    #[must_use]
    pub fn over(&self, platform: &Preferences) -> Preferences {
        Preferences {
            language: self.language.as_deref().map_or_else(|| Arc::clone(&platform.language), Arc::from),
            time_zone: self.time_zone.unwrap_or(platform.time_zone),
            number_style: self.number_style,
            date_style: self.date_style,
            theme: self.theme,
            density: self.density,
        }
    }
}

/// A choice among few, each with a name under which it is kept.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $(#[$first_doc:meta])* $first:ident => $first_text:literal, $($(#[$variant_doc:meta])* $variant:ident => $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum $name {
            $(#[$first_doc])*
            #[default]
            $first,
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// Every choice, the one of who chooses nothing first.
            pub const ALL: &'static [Self] = &[Self::$first, $(Self::$variant),*];

            /// The name under which it is kept.
            pub const fn as_str(self) -> &'static str {
                match self {
                    Self::$first => $first_text,
                    $(Self::$variant => $text,)*
                }
            }

            /// The choice of this name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.as_str() == name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

choice! {
    /// How numbers are written.
    NumberStyle {
        /// As the language writes them.
        Language => "language",
        /// 1,234.56
        CommaPoint => "comma_point",
        /// 1.234,56
        PointComma => "point_comma",
        /// 1 234,56
        SpaceComma => "space_comma",
        /// 1'234.56
        ApostrophePoint => "apostrophe_point",
    }
}

choice! {
    /// How dates and times are written.
    DateStyle {
        /// As the language writes them.
        Language => "language",
        /// 2026-11-29 14:05
        Iso => "iso",
        /// 29/11/2026, 14:05
        DayMonthYear => "day_month_year",
        /// 11/29/2026, 2:05 PM
        MonthDayYear => "month_day_year",
    }
}

choice! {
    /// Colours of screens.
    Theme {
        /// As the user's system has it.
        System => "system",
        /// Dark on light.
        Light => "light",
        /// Light on dark.
        Dark => "dark",
    }
}

choice! {
    /// How close together screens set their rows.
    Density {
        /// For reading.
        Normal => "normal",
        /// For seeing much.
        Compact => "compact",
    }
}

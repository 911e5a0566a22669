//! How users want to see things: each changes his own, by a rule of the platform.

use std::future::Future;

use chrono_tz::Tz;
use sea_orm::sea_query::{Expr, OnConflict, Query};

use super::rules::{platform_rule, resource};
use super::session::Sessions;
use crate::codegen_support::{ArgumentReader, dispatch, to_json};
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::record::Store;
use crate::registry::{
    ObjectDescriptor, ObjectDetail, ObjectKind, Parameter, PermissionLists, Registration, RuleDescriptor, Slot,
    canonical_tag,
};
use crate::security::PUBLIC_ACCESS;
use crate::state::{ChosenPreferences, Ctx, DateStyle, Density, NumberStyle, Theme};

platform_rule!(SET_PREFERENCES, SET_PREFERENCES_RULE, "set_preferences",
    "Sets how the caller wants to see things: language, time zone, style of numbers and dates, theme and density. What is left out is as the platform has it.",
    "()", use [PUBLIC_ACCESS],
    [language: Option<String>, time_zone: Option<String>, number_style: Option<String>, date_style: Option<String>,
     theme: Option<String>, density: Option<String>],
    set_preferences(PreferencesGiven { language, time_zone, number_style, date_style, theme, density }));

/// Preferences by their names, as somebody gives them; `None`: as the platform has it.
#[derive(Clone, Debug, Default)]
pub struct PreferencesGiven {
    /// A language that the platform has, such as `de`.
    pub language: Option<String>,
    /// Such as `Europe/Berlin`.
    pub time_zone: Option<String>,
    /// A [`NumberStyle`].
    pub number_style: Option<String>,
    /// A [`DateStyle`].
    pub date_style: Option<String>,
    /// A [`Theme`].
    pub theme: Option<String>,
    /// A [`Density`].
    pub density: Option<String>,
}

/// Sets how the caller wants to see things. There is no way to do so for somebody else.
#[cfg_attr(feature = "impact", deprecated(note = "platform.rules.set_preferences"))]
pub fn set_preferences(given: PreferencesGiven) -> impl Future<Output = Result<()>> + Send {
    let logged = LoggedArguments::begin()
        .argument("language", &given.language)
        .argument("time_zone", &given.time_zone)
        .argument("number_style", &given.number_style)
        .argument("date_style", &given.date_style)
        .argument("theme", &given.theme)
        .argument("density", &given.density)
        .finish();
    dispatch(&SET_PREFERENCES, logged, move |ctx, _| async move {
        // The accounts that are in no table have nobody who looks.
        if ctx.user.id <= 0 {
            return Err(AppOsError::security("sign in first").code_is("not_signed_in"));
        }
        let chosen = read(&ctx, given)?;
        keep(resource::<Store>(&ctx)?, ctx.user.id, &chosen).await?;
        resource::<Sessions>(&ctx)?.forget_account(ctx.user.id);
        Ok(())
    })
}

/// Reads all of them, and tells all that is wrong.
fn read(ctx: &Ctx, given: PreferencesGiven) -> Result<ChosenPreferences> {
    let mut error: Option<AppOsError> = None;
    let mut wrong = |field: &str, message: String| {
        let before =
            error.take().unwrap_or_else(|| AppOsError::validation("some fields are wrong").code_is("invalid_fields"));
        error = Some(before.field(field, "unknown_choice", message));
    };
    let PreferencesGiven { language, time_zone, number_style, date_style, theme, density } = given;
    let languages = ctx.scope().engine.registry.languages();
    let language = language.and_then(|written| {
        let tag = canonical_tag(&written);
        let known = tag.filter(|tag| languages.contains(tag) || base(tag).is_some_and(|base| languages.contains(base)));
        if known.is_none() {
            let all = languages.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            wrong("language", format!("must be one of {all}"));
        }
        known
    });
    let time_zone = time_zone.and_then(|written| {
        let zone = written.parse::<Tz>().ok();
        if zone.is_none() {
            wrong("time_zone", "must be the name of a time zone, such as Europe/Berlin".to_owned());
        }
        zone
    });
    let mut one_of = |field: &str, names: Vec<&str>| wrong(field, format!("must be one of {}", names.join(", ")));
    macro_rules! choice {
        ($field:ident, $ty:ident) => {
            $field.map_or(Some($ty::default()), |name| $ty::named(&name)).unwrap_or_else(|| {
                one_of(stringify!($field), $ty::ALL.iter().map(|choice| choice.as_str()).collect());
                $ty::default()
            })
        };
    }
    let chosen = ChosenPreferences {
        language,
        time_zone,
        number_style: choice!(number_style, NumberStyle),
        date_style: choice!(date_style, DateStyle),
        theme: choice!(theme, Theme),
        density: choice!(density, Density),
    };
    error.map_or(Ok(chosen), Err)
}

/// The language of a tag with a region: `fr` of `fr-CA`.
fn base(tag: &str) -> Option<&str> {
    tag.split('-').next()
}

async fn keep(store: &Store, user_id: i64, chosen: &ChosenPreferences) -> Result<()> {
    let ChosenPreferences { language, time_zone, number_style, date_style, theme, density } = chosen;
    let columns = ["language", "time_zone", "number_style", "date_style", "theme", "density"];
    let mut insert = Query::insert();
    insert.into_table("platform_preference").columns(std::iter::once("user_id").chain(columns));
    let values: [Expr; 7] = [
        Expr::value(user_id),
        Expr::value(language.clone()),
        Expr::value(time_zone.map(Tz::name)),
        Expr::value(number_style.as_str()),
        Expr::value(date_style.as_str()),
        Expr::value(theme.as_str()),
        Expr::value(density.as_str()),
    ];
    insert.values_panic(values);
    insert.on_conflict(OnConflict::column("user_id").update_columns(columns).to_owned());
    store.execute(&insert).await
}

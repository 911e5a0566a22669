//! The page on which a user sets how he wants to see things. A form that works without script.

use actix_web::HttpResponse;
use actix_web::http::{Method, StatusCode};
use chrono_tz::TZ_VARIANTS;
use dioxus::prelude::*;
use rust_decimal::Decimal;

use super::pages::{form, page, problem_line, redirect, refused};
use super::router::Call;
use super::{auth, guard};
use crate::error::{AppOsError, Result};
use crate::platform::account_by_id;
use crate::platform::rules::{PreferencesGiven, set_preferences};
use crate::question::Parameters;
use crate::record::Store;
use crate::state::{ChosenPreferences, Ctx, DateStyle, Density, NumberStyle, Preferences, Theme};
use crate::ui::text::own::{actions, settings, shell};
use crate::ui::text::{Format, errors, language_name};

/// Where a form that was taken leads: the same page, which says so.
const SAVED: &str = "/settings?saved=1";

pub(super) async fn route(mut call: Call<'_>, query: &str) -> Result<HttpResponse> {
    if call.scope.user.id == 0 {
        return redirect("/login?next=/settings", None);
    }
    let csrf = auth::csrf_token(&call).unwrap_or_default();
    if call.method() == Method::GET {
        let saved = Parameters::read(query)?.get("saved").is_some();
        let given = given_of(&chosen(&call).await?);
        let note = saved.then(settings::saved);
        return Ok(page(StatusCode::OK, settings::title(), settings_form(&csrf, &given, note, None)));
    }
    let form = form(&mut call)?;
    // An empty choice is none.
    let field = |name| form.get(name).filter(|text| !text.is_empty()).map(str::to_owned);
    let given = PreferencesGiven {
        language: field("language"),
        time_zone: field("time_zone"),
        number_style: field("number_style"),
        date_style: field("date_style"),
        theme: field("theme"),
        density: field("density"),
    };
    match set_preferences(given.clone()).await {
        Ok(()) => redirect(SAVED, None),
        Err(error) => {
            let text = in_words(&error);
            Ok(refused(settings::title(), &error, settings_form(&csrf, &given, None, Some(&text))))
        }
    }
}

/// What the user has chosen so far.
async fn chosen(call: &Call<'_>) -> Result<ChosenPreferences> {
    let store = call.server.engine.resource::<Store>();
    let store =
        store.ok_or_else(|| AppOsError::dispatch("this program runs without a database").code_is("no_database"))?;
    Ok(account_by_id(store, call.scope.user.id).await?.map(|account| account.chosen).unwrap_or_default())
}

fn in_words(error: &AppOsError) -> String {
    let fields =
        error.fields().iter().map(|wrong| format!("{}: {}", label(&wrong.field), errors::of_field(None, wrong)));
    std::iter::once(errors::message(error)).chain(fields).collect::<Vec<_>>().join(" ")
}

fn label(field: &str) -> &str {
    match field {
        "language" => settings::language(),
        "time_zone" => settings::time_zone(),
        "number_style" => settings::number_style(),
        "date_style" => settings::date_style(),
        "theme" => shell::theme(),
        "density" => settings::density(),
        other => other,
    }
}

fn given_of(chosen: &ChosenPreferences) -> PreferencesGiven {
    PreferencesGiven {
        language: chosen.language.clone(),
        time_zone: chosen.time_zone.map(|zone| zone.name().to_owned()),
        number_style: Some(chosen.number_style.as_str().to_owned()),
        date_style: Some(chosen.date_style.as_str().to_owned()),
        theme: Some(chosen.theme.as_str().to_owned()),
        density: Some(chosen.density.as_str().to_owned()),
    }
}

/// A value, and what stands for it.
type Choices = Vec<(String, String)>;

fn settings_form(csrf: &str, given: &PreferencesGiven, note: Option<&str>, problem: Option<&str>) -> Element {
    let problem = problem_line(problem);
    let (title, save, back) = (settings::title(), actions::save(), shell::home());
    let fields = [
        ("language", &given.language, languages()),
        ("time_zone", &given.time_zone, time_zones()),
        ("number_style", &given.number_style, number_styles()),
        ("date_style", &given.date_style, date_styles()),
        ("theme", &given.theme, themes()),
        ("density", &given.density, densities()),
    ];
    rsx! {
        h1 { "{title}" }
        if let Some(note) = note {
            p { role: "status", "{note}" }
        }
        {problem}
        form { method: "post", action: "/settings",
            input { r#type: "hidden", name: guard::TOKEN_FIELD, value: "{csrf}" }
            for (name , chosen , choices) in fields {
                label { r#for: name, {label(name)} }
                select { id: name, name,
                    for (value , shown) in choices {
                        option {
                            selected: chosen.as_deref().unwrap_or_default() == value,
                            value: "{value}",
                            "{shown}"
                        }
                    }
                }
            }
            button { r#type: "submit", "{save}" }
        }
        p { a { href: "/", "{back}" } }
    }
}

fn languages() -> Choices {
    let none = (String::new(), settings::of_browser().to_owned());
    let known = crate::registry::Registry::global().languages();
    // Each in its own words: who cannot read the page finds his language all the same.
    std::iter::once(none).chain(known.iter().map(|tag| (tag.clone(), language_name(tag)))).collect()
}

fn time_zones() -> Choices {
    let platform = Ctx::current().map_or(chrono_tz::Tz::UTC, |ctx| ctx.scope().engine.settings.preferences.time_zone);
    let none = (String::new(), settings::of_platform(platform.name()));
    let zones = TZ_VARIANTS.iter().map(|zone| zone.name());
    // Names of places; others are older names of the same.
    let places = zones.filter(|name| *name == "UTC" || (name.contains('/') && !name.starts_with("Etc/")));
    std::iter::once(none).chain(places.map(|name| (name.to_owned(), name.replace('_', " ")))).collect()
}

fn example(change: impl FnOnce(&mut Preferences)) -> Format {
    let mut preferences = Ctx::current().map(|ctx| ctx.preferences.clone()).unwrap_or_default();
    change(&mut preferences);
    Format::of(&preferences)
}

fn number_styles() -> Choices {
    let shown = |style: NumberStyle| {
        let example = example(|preferences| preferences.number_style = style).decimal(Decimal::new(123_456_750, 2));
        if style == NumberStyle::Language { settings::of_language(&example) } else { example }
    };
    NumberStyle::ALL.iter().map(|style| (style.as_str().to_owned(), shown(*style))).collect()
}

fn date_styles() -> Choices {
    let now = Ctx::current().map(|ctx| ctx.now()).unwrap_or_default();
    let shown = |style: DateStyle| {
        let example = example(|preferences| preferences.date_style = style).date_time(now);
        if style == DateStyle::Language { settings::of_language(&example) } else { example }
    };
    DateStyle::ALL.iter().map(|style| (style.as_str().to_owned(), shown(*style))).collect()
}

fn themes() -> Choices {
    let shown = |theme| match theme {
        Theme::System => shell::theme_system(),
        Theme::Light => shell::theme_light(),
        Theme::Dark => shell::theme_dark(),
    };
    Theme::ALL.iter().map(|theme| (theme.as_str().to_owned(), shown(*theme).to_owned())).collect()
}

fn densities() -> Choices {
    let shown = |density| match density {
        Density::Normal => settings::density_normal(),
        Density::Compact => settings::density_compact(),
    };
    Density::ALL.iter().map(|density| (density.as_str().to_owned(), shown(*density).to_owned())).collect()
}

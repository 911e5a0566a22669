//! Texts are told in the language of whoever calls, with plurals, numbers and times as he writes them.

mod support;

use std::sync::Arc;

use appos::prelude::platform::records::{User, UserPatch};
use appos::prelude::platform::rules::{PreferencesGiven, set_preferences};
use appos::prelude::{DateTime, Id, Record, engine};
use appos::testing::{Scope, TestPlatform};
use probe::{rules, translations};
use serde_json::json;
use support::platform;

/// Ann, with these preferences.
async fn ann(platform: &TestPlatform, given: PreferencesGiven) -> Arc<Scope> {
    let ann = platform.user("ann", &["probe_users"]).await.expect("it works");
    let id = ann.user.id;
    ann.run(async move { set_preferences(given).await.expect("it works") }).await;
    platform.scope_of(id).await.expect("it works")
}

fn speaks(language: &str) -> PreferencesGiven {
    PreferencesGiven { language: Some(language.to_owned()), ..PreferencesGiven::default() }
}

async fn hello(platform: &TestPlatform, language: &str) -> String {
    let ann = ann(platform, speaks(language)).await;
    ann.run(async { rules::say_hello("Eve".to_owned()).await.expect("it works") }).await
}

#[tokio::test]
async fn a_text_is_told_in_the_users_language_or_the_next_best() {
    let platform = platform().await;
    assert_eq!(hello(&platform, "de").await, "Hallo, Eve!");
    assert_eq!(hello(&platform, "de-AT").await, "Hallo, Eve!");
    assert_eq!(hello(&platform, "fr-CA").await, "Salut, Eve!");
    assert_eq!(hello(&platform, "fr-BE").await, "Bonjour, Eve !");
    // Polish is a language of the platform, as one text has it; this one does not.
    assert_eq!(hello(&platform, "pl").await, "Hello, Eve!");
    let ann = ann(&platform, speaks("fr")).await;
    assert_eq!(ann.run(async { rules::say_only_german().await.expect("it works") }).await, "only.german");
}

#[tokio::test]
async fn plurals_and_numbers_are_those_of_the_language() {
    let platform = platform().await;
    let said = async |language: &str, count: i64| {
        let ann = ann(&platform, speaks(language)).await;
        ann.run(async move { rules::say_things(count).await.expect("it works") }).await
    };
    assert_eq!([said("en", 1).await, said("en", 1234).await], ["1 thing", "1,234 things"]);
    assert_eq!([said("de", 1).await, said("de", 1234).await], ["Ein Ding", "1.234 Dinge"]);
    assert_eq!([said("pl", 1).await, said("pl", 3).await, said("pl", 5).await], ["1 rzecz", "3 rzeczy", "5 rzeczy"]);
    let ann = ann(&platform, speaks("en")).await;
    let price = ann.run(async { rules::say_price("1.0".parse().expect("it works")).await.expect("it works") }).await;
    assert_eq!(price, "1.0 things");
}

#[tokio::test]
async fn parameters_are_text_and_nothing_else() {
    let platform = platform().await;
    let ann = ann(&platform, speaks("en")).await;
    let name = "{name} {{<script>}}".to_owned();
    let said = ann.run(async move { rules::say_braces(name).await.expect("it works") }).await;
    assert_eq!(said, "{name} is {name} {{<script>}}");
}

#[tokio::test]
async fn a_time_is_told_in_the_users_zone_also_when_clocks_change() {
    let platform = platform().await;
    let said = async |at: &str, zone: &str| {
        let given = PreferencesGiven { time_zone: Some(zone.to_owned()), ..speaks("de") };
        let (ann, at) = (ann(&platform, given).await, at.parse::<DateTime>().expect("it works"));
        ann.run(async move { (rules::say_when(at).await.expect("it works"), rules::zone().await.expect("it works")) })
            .await
    };
    let told = |text: &str, zone: &str| (text.to_owned(), zone.to_owned());
    let berlin = "Europe/Berlin";
    assert_eq!(said("2026-03-29T00:59:00Z", berlin).await, told("Hallo, 29.03.2026, 01:59!", berlin));
    assert_eq!(said("2026-03-29T01:00:00Z", berlin).await, told("Hallo, 29.03.2026, 03:00!", berlin));
    assert_eq!(said("2026-10-25T00:30:00Z", berlin).await, said("2026-10-25T01:30:00Z", berlin).await);
    let auckland = "Pacific/Auckland";
    assert_eq!(said("2026-12-31T12:00:00Z", auckland).await, told("Hallo, 01.01.2027, 01:00!", auckland));
}

#[tokio::test]
async fn a_set_is_read_as_a_whole_by_who_may_use_it() {
    let platform = platform().await;
    let ann = ann(&platform, speaks("fr-CA")).await;
    let texts = Arc::clone(&ann).run(async { translations::words().await.expect("it works") }).await;
    assert_eq!((texts.language.as_str(), &texts.texts["hello"]), ("fr-CA", &json!("Salut, {name}!")));
    assert_eq!(texts.texts["things"], json!({ "one": "{count} thing", "other": "{count} things" }));
    let named = ann.run(engine::dispatch("probe.translations.words", json!({}))).await.expect("it works");
    assert_eq!(named, json!(texts));
    let olga = platform.user("olga", &["finance"]).await.expect("it works");
    let error = olga.run(async { translations::words().await.unwrap_err() }).await;
    assert_eq!((error.code(), error.object_ref()), ("denied", Some("probe.translations.words")));
}

#[tokio::test]
async fn wrong_preferences_are_told_all_at_once_and_change_nothing() {
    let platform = platform().await;
    let before = ann(&platform, speaks("de")).await;
    let wrong = PreferencesGiven {
        language: Some("klingon".to_owned()),
        time_zone: Some("Mars/Olympus".to_owned()),
        number_style: Some("roman".to_owned()),
        date_style: Some("iso".to_owned()),
        theme: Some("pink".to_owned()),
        density: Some(String::new()),
    };
    let id = before.user.id;
    let error = before.run(async move { set_preferences(wrong).await.unwrap_err() }).await;
    assert_eq!(error.code(), "invalid_fields");
    let fields: Vec<&str> = error.fields().iter().map(|wrong| wrong.field.as_str()).collect();
    assert_eq!(fields, ["language", "time_zone", "number_style", "theme", "density"]);
    assert_eq!(&*platform.scope_of(id).await.expect("it works").language, "de");
}

#[tokio::test]
async fn nobody_but_a_user_has_preferences_and_each_his_own() {
    let platform = platform().await;
    for scope in [platform.public().await.expect("it works"), platform.system().await.expect("it works")] {
        let error = scope.run(async { set_preferences(speaks("de")).await.unwrap_err() }).await;
        assert_eq!(error.code(), "not_signed_in");
    }
    let bob = platform.user("bob", &["probe_users"]).await.expect("it works").user.id;
    ann(&platform, speaks("de")).await;
    assert_eq!(&*platform.scope_of(bob).await.expect("it works").language, "en");
}

#[tokio::test]
async fn an_administrator_sets_the_language_of_who_has_chosen_none() {
    let platform = platform().await;
    let id = platform.user("ann", &["probe_users"]).await.expect("it works").user.id;
    let set = async move {
        let user = User::get(Id::<User>::from(id)).await.expect("it works");
        user.update(UserPatch { language: Some(Some("fr".to_owned())), ..UserPatch::default() })
            .await
            .expect("it works");
    };
    platform.system().await.expect("it works").run(set).await;
    assert_eq!(&*platform.scope_of(id).await.expect("it works").language, "fr");
    ann(&platform, speaks("de")).await;
    assert_eq!(&*platform.scope_of(id).await.expect("it works").language, "de");
    // Who takes it back has what the administrator has set.
    let ann = ann(&platform, PreferencesGiven::default()).await;
    assert_eq!(&*ann.language, "fr");
}

//! Languages and the settings of a user, as browsers ask for them.

use serde_json::json;

use super::support::{Client, prepared, user};

const SETTINGS: &str = "/settings";
const GREETING: &str = "/api/crm/v1/rules/greeting";

/// A form with all that a browser would send of it.
fn form<'a>(language: &'a str, time_zone: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("language", language),
        ("time_zone", time_zone),
        ("number_style", "language"),
        ("date_style", "iso"),
        ("theme", "dark"),
        ("density", "compact"),
    ]
}

async fn greeted(client: &Client) -> String {
    client.post(GREETING, json!({})).await.is(200).body.as_str().expect("a text").to_owned()
}

fn text(answer: &super::support::Answer) -> &str {
    answer.body.as_str().expect("a page")
}

#[tokio::test]
async fn a_user_sets_his_language_by_a_form_without_script_and_sees_it_at_once() {
    let start = prepared(&[]).await;
    let ann = user(&start.platform, &start.admin, "ann", &["crm_users"]).await;
    let page = ann.get(SETTINGS).await.is(200);
    assert!(text(&page).contains("<html lang=\"en\""), "{page:?}");
    for wanted in ["Deutsch", "Français", "Europe/Berlin", "1,234,567.50", "method=\"post\"", "name=\"csrf_token\""] {
        assert!(text(&page).contains(wanted), "{wanted}: {page:?}");
    }
    assert!(greeted(&ann).await.starts_with("Welcome, "));
    for (language, greeting, title) in
        [("de", "Willkommen, ", "Ihre Einstellungen"), ("fr", "Bienvenue, ", "Vos paramètres")]
    {
        let answer = ann.form(SETTINGS, &form(language, "Europe/Berlin")).await.is(303);
        assert_eq!(answer.headers["location"], "/settings?saved=1");
        assert!(greeted(&ann).await.starts_with(greeting), "{language}");
        let page = ann.get("/settings?saved=1").await.is(200);
        let html = format!("<html lang=\"{language}\" data-theme=\"dark\" data-density=\"compact\">");
        assert!(text(&page).contains(&html) && text(&page).contains(title), "{page:?}");
        assert!(text(&page).contains("role=\"status\""), "{page:?}");
    }
    // Screens speak it, too, with the names that the app gives its records.
    let list = ann.get("/crm/customers?columns=name,city,tier").await.is(200);
    let html = text(&list);
    assert!(html.contains("<html lang=\"fr\""), "{html}");
    // Of the record, of a field, of a choice.
    for name in ["Clients", "Ville", "Argent"] {
        assert!(html.contains(name), "{name}: {html}");
    }
}

#[tokio::test]
async fn what_cannot_be_chosen_is_told_in_the_form_and_nothing_is_changed() {
    let start = prepared(&[]).await;
    let ann = user(&start.platform, &start.admin, "ann", &["crm_users"]).await;
    ann.form(SETTINGS, &form("de", "Europe/Berlin")).await.is(303);
    let answer = ann.form(SETTINGS, &form("klingon", "Mars/Olympus")).await.is(422);
    assert!(text(&answer).contains("role=\"alert\"") && text(&answer).contains("Zeitzone"), "{answer:?}");
    assert!(greeted(&ann).await.starts_with("Willkommen, "));
    let rule = ann.rule("set_preferences", json!({ "language": "klingon", "colour": "red" })).await;
    assert_eq!(rule.status, 422, "{rule:?}");
}

#[tokio::test]
async fn strangers_sign_in_first_and_nobody_sets_anything_for_somebody_else() {
    let start = prepared(&[]).await;
    let ann = user(&start.platform, &start.admin, "ann", &["crm_users"]).await;
    let bob = user(&start.platform, &start.admin, "bob", &["crm_users"]).await;
    let stranger = start.platform.client();
    let away = stranger.get(SETTINGS).await.is(303);
    assert_eq!(away.headers["location"], "/login?next=/settings");
    stranger.form(SETTINGS, &form("de", "UTC")).await.is(303);
    stranger.rule("set_preferences", json!({ "language": "de" })).await.is(401);
    let id = start.admin.id_of("bob").await;
    // There is no way to name somebody.
    let other = ann.rule("set_preferences", json!({ "language": "de", "user": id })).await;
    assert_eq!(other.status, 422, "{other:?}");
    let mut named: Vec<(&str, &str)> = form("de", "UTC").to_vec();
    let id = id.to_string();
    named.push(("user", &id));
    ann.form(SETTINGS, &named).await.is(303);
    assert!(greeted(&bob).await.starts_with("Welcome, "));
    assert!(greeted(&ann).await.starts_with("Willkommen, "));
}

#[tokio::test]
async fn a_form_of_another_site_sets_nothing() {
    let start = prepared(&[]).await;
    let ann = user(&start.platform, &start.admin, "ann", &["crm_users"]).await;
    let foreign = ann.request(super::support::Method::POST, SETTINGS).header("origin", "https://evil.example");
    let foreign = foreign.header("content-type", "application/x-www-form-urlencoded").body("language=de");
    ann.send(foreign).await.is(403);
    assert!(greeted(&ann).await.starts_with("Welcome, "));
}

#[tokio::test]
async fn who_has_chosen_nothing_is_told_in_the_language_of_his_browser_if_the_platform_has_it() {
    let start = prepared(&[]).await;
    let ann = user(&start.platform, &start.admin, "ann", &["crm_users"]).await;
    let asked = async |header: &str| {
        let request = ann.request(super::support::Method::POST, GREETING).header("accept-language", header);
        let answer = ann.send(request.json(&json!({}))).await.is(200);
        answer.body.as_str().expect("a text").split(' ').next().expect("a word").to_owned()
    };
    assert_eq!(asked("de").await, "Willkommen,");
    assert_eq!(asked("fr-CA, en;q=0.5").await, "Bienvenue,");
    assert_eq!(asked("tlh, ja;q=0.9, de;q=0.8").await, "Willkommen,");
    assert_eq!(asked("en;q=0.2, fr;q=0.9").await, "Bienvenue,");
    assert_eq!(asked("de;q=0, fr;q=0.1").await, "Bienvenue,");
    for nonsense in ["tlh", "*", "", ";;;,,,", "de;q=x", "de_DE_x_y_z"] {
        assert_eq!(asked(nonsense).await, "Welcome,", "{nonsense}");
    }
    // What he has chosen counts more.
    ann.form(SETTINGS, &form("fr", "UTC")).await.is(303);
    assert_eq!(asked("de").await, "Bienvenue,");
    let page = start.platform.client();
    let login = page.send(page.request(super::support::Method::GET, "/login").header("accept-language", "de")).await;
    assert!(text(&login).contains("<html lang=\"de\""), "{login:?}");
}

#[tokio::test]
async fn whoever_signs_in_and_fills_in_a_form_is_told_in_his_language() {
    let start = prepared(&[]).await;
    let stranger = start.platform.client();
    let german = |request: reqwest::RequestBuilder| request.header("accept-language", "de");
    let login = stranger.send(german(stranger.request(super::support::Method::GET, "/login"))).await;
    assert!(text(&login).contains("Passwort") && text(&login).contains("Anmelden"), "{login:?}");
    let wrong = stranger.request(super::support::Method::POST, "/login");
    let wrong = wrong
        .header("content-type", "application/x-www-form-urlencoded")
        .body("email=x@a.example&password=nonsense-nonsense");
    let refused = stranger.send(german(wrong)).await;
    assert!(text(&refused).contains("E-Mail-Adresse oder Passwort ist falsch."), "{refused:?}");
    let ann = user(&start.platform, &start.admin, "ann", &["crm_users", "crm_admins"]).await;
    ann.form(SETTINGS, &form("de", "UTC")).await.is(303);
    let page = ann.form("/crm/customers/new", &[("name", ""), ("email", "nonsense"), ("tier", "gold")]).await.is(422);
    for said in ["muss 1 bis 120 Zeichen haben", "muss eine E-Mail-Adresse sein", "Angaben sind zu prüfen"] {
        assert!(text(&page).contains(said), "{said}: {}", text(&page));
    }
    let detail = ann.get("/crm/customers/1").await.is(200);
    assert!(
        text(&detail).contains("Über diesen Eintrag") && !text(&detail).contains("About this"),
        "{}",
        text(&detail)
    );
}

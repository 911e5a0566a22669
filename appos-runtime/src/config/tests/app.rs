//! `app.yaml`.

use super::lines;
use crate::config::{AppConfig, Colour};
use crate::security::Permission;

fn mistakes(yaml: &str) -> Vec<String> {
    lines(&AppConfig::parse(yaml, "app.yaml").unwrap_err())
}

#[test]
fn a_full_file_is_read() {
    let app = AppConfig::parse(
        r##"
name: crm
display_name: Customer Relationship Management
description: "Customers: who they are"
groups:
  - crm_users
  - name: crm_admins
    description: May change everything
security:
  defaults:
    logic:  # Tier 2
      view: ["crm_users"]
      use: ["crm_users", system_admin]
    ui:
      view: [crm_users, public_access]
      admin: [crm_admins]
theme:
  accent: "#0a6"
  radius: 4
allowed_crates: [regex, serde-json]
languages: [en, pt-BR]
"##,
        "app.yaml",
    )
    .unwrap();
    assert_eq!((app.name.as_str(), app.groups.len()), ("crm", 2));
    assert_eq!(app.security.logic.get(Permission::Use), ["crm_users", "system_admin"]);
    assert_eq!(app.security.ui.get(Permission::Admin), ["crm_admins"]);
    assert!(app.security.ui.get(Permission::Delete).is_empty());
    assert_eq!((app.theme.accent, app.theme.radius), (Some(Colour(0, 170, 102)), Some(4)));
    assert_eq!(app.languages, ["en", "pt-BR"]);
}

#[test]
fn a_theme_is_of_colours_and_a_number() {
    assert_eq!(
        mistakes("name: crm\ntheme: { accent: teal, accent_dark: \"#12\", radius: 99, primary: \"#0a6\" }\n"),
        [
            "2:18 expected a colour, found `teal` | write `accent: \"#0f766e\"`",
            "2:37 expected a colour, found `#12` | write `accent_dark: \"#0f766e\"`",
            "2:52 expected a number from 0 to 16, found `99` | write `radius: 6`",
            "2:56 unknown key `primary` | known keys are `accent`, `accent_dark`, `radius` and `logo`",
        ]
    );
}

#[test]
fn a_logo_is_a_picture_in_the_apps_folder_and_what_it_says_it_is() {
    for logo in ["../logo.svg", "/etc/logo.svg", "logo.jpg", ".svg", "a//logo.png", "a\\\\logo.png", "[a.svg]", ""] {
        let found = mistakes(&format!("name: crm\ntheme:\n  logo: {logo}\n"));
        assert!(
            found[0].starts_with("3:") && found[0].contains("expected an SVG or PNG file in the app's folder"),
            "{found:?}"
        );
        assert!(found[0].ends_with(" | write `logo: logo.svg`"), "{found:?}");
    }
    let logo = |file: &str| {
        let app = AppConfig::parse(&format!("name: crm\ntheme:\n  logo: {file}\n"), "app.yaml").unwrap();
        app.theme.logo.expect("a logo")
    };
    let told =
        |file: &str, content: Option<&[u8]>| logo(file).mistake(content, "app.yaml").map(|mistake| mistake.to_string());
    assert_eq!(told("pictures/logo.svg", Some(b"<?xml version=\"1.0\"?>\n<svg/>")), None);
    assert_eq!(told("logo.png", Some(b"\x89PNG\r\n\x1a\n rest")), None);
    let wrong = "app.yaml:3:9: `logo.png` is named like a picture of another kind than it is\n  help: name a file of SVG or PNG";
    assert_eq!(told("logo.png", Some(b"<svg/>")).as_deref(), Some(wrong));
    assert!(told("logo.svg", Some(b"<html></html>")).is_some() && told("logo.svg", Some(b"\xff<svg/>")).is_some());
    assert!(told("logo.svg", Some("<svg/>".repeat(50_000).as_bytes())).unwrap().contains("300000 bytes"));
    assert!(told("logo.svg", None).unwrap().starts_with("app.yaml:3:9: there is no file `logo.svg`"));
}

#[test]
fn a_name_is_enough_and_is_shown_to_people() {
    let app = AppConfig::parse("name: crm\ngroups:\nsecurity:\n", "app.yaml").unwrap();
    assert_eq!(app.display_name, "crm");
}

#[test]
fn a_missing_name_is_a_mistake_of_an_empty_file_too() {
    assert_eq!(mistakes(""), ["-:- the key `name` is missing | write `name: crm`"]);
    assert_eq!(mistakes("groups: [a]\n"), ["1:1 the key `name` is missing | write `name: crm`"]);
}

#[test]
fn ten_mistakes_are_reported_at_once_in_the_order_of_the_file() {
    let yaml = "\
name: CRM App
displayname: Sales
groups:
  - crm_users
  - crm_users
  - system_admin
  - { nam: x }
  - 7
security:
  defaults:
    logic: { view: [crm_user], create: [crm_users] }
    iu: {}
languages: [en, english!]
languages: [fr]
";
    assert_eq!(
        mistakes(yaml),
        [
            "1:7 `CRM App` is not a name of lower-case letters, digits and underscores | write `name: crm_app`",
            "2:1 unknown key `displayname` | write `display_name`",
            "5:5 the group `crm_users` is declared twice | keep one",
            "6:5 the group `system_admin` is built in and cannot be declared | remove `system_admin`; it can be used without",
            "7:5 the group has no `name` | write `- { name: crm_users, description: Sales people }`",
            "7:7 unknown key `nam` | write `name`",
            "8:5 expected a text, found a number | write `- { name: crm_users, description: Sales people }`",
            "11:21 the group `crm_user` is not declared | write `crm_users`",
            "11:32 `create` is a permission of records, which inherit nothing | write `create` on the record",
            "12:5 unknown key `iu` | write `ui`",
            "13:17 `english!` is not the name of a language | write `languages: [en, fr]`",
            "14:1 the key `languages` is written twice | keep one; the first is in line 13",
        ]
    );
}

#[test]
fn a_group_far_from_every_declared_one_gets_the_list() {
    let security = "security: { defaults: { ui: { view: [zebras] } } }";
    assert_eq!(
        mistakes(&format!("name: crm\ngroups: [a1, b1]\n{security}\n")),
        ["3:38 the group `zebras` is not declared | add it to `groups`; declared are `a1` and `b1`"]
    );
    assert_eq!(
        mistakes(&format!("name: crm\n{security}\n")),
        ["2:38 the group `zebras` is not declared | add `groups: [zebras]`"]
    );
}

#[test]
fn broken_yaml_is_one_mistake_with_its_place() {
    let found = mistakes("name: crm\ngroups: [a, b\nlanguages: [en]\n");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("3:"), "{found:?}");
    assert!(found[0].contains("this is not valid YAML"), "{found:?}");
}

#[test]
fn anchors_aliases_tags_and_further_documents_are_refused() {
    let found = mistakes("name: &n crm\ndisplay_name: *n\ndescription: !!str x\n---\nname: b\n");
    let messages: Vec<&str> = found.iter().map(String::as_str).collect();
    assert!(messages.iter().any(|m| m.starts_with("1:") && m.contains("anchors are not supported")), "{found:?}");
    assert!(messages.iter().any(|m| m.starts_with("2:") && m.contains("aliases are not supported")), "{found:?}");
    assert!(messages.iter().any(|m| m.starts_with("3:") && m.contains("tags are not supported")), "{found:?}");
    assert!(messages.iter().any(|m| m.starts_with("4:") && m.contains("a second document begins")), "{found:?}");
}

#[test]
fn deep_nesting_and_odd_keys_are_mistakes_not_crashes() {
    let deep = format!("theme: {}", "[".repeat(100_000));
    assert!(AppConfig::parse(&deep, "app.yaml").is_err());
    assert_eq!(mistakes("? [a, b]\n: 1\nname: crm\n"), ["1:3 a key must be a text, not a list | write `key: value`"]);
    assert!(mistakes("- name\n")[0].starts_with("1:1 expected a mapping, found a list"));
    assert!(AppConfig::parse("\u{0}\u{1b}[31m", "app.yaml").is_err());
}

#[test]
fn a_mistake_never_prints_control_characters() {
    let found = mistakes("name: crm\n\"ev\\x1b[31mil\\nx\": 1\n");
    assert_eq!(found.len(), 1);
    assert!(!found[0].contains(char::is_control), "{found:?}");
}

#[test]
fn findings_are_allowed_with_a_reason_and_with_nothing_else() {
    let app = AppConfig::parse(
        "name: crm\ncheck:\n  allow:\n    - { code: A0007, reason: lines have no name }\n",
        "app.yaml",
    )
    .unwrap();
    let allowed = &app.allow[0];
    assert_eq!((allowed.code.as_str(), allowed.reason.as_str(), allowed.line), ("A0007", "lines have no name", 4));
    assert_eq!(
        mistakes(
            "name: crm\ncheck:\n  allow:\n    - { code: A7, reason: short }\n    - { code: A0007 }\n    - { code: A0007, reason: \" \" }\n    - A0007\n    - { kode: A0007 }\n"
        ),
        [
            "4:15 `A7` is not a code of `cargo appos check` | write one such as `code: A0007`",
            "5:7 what is allowed has no `reason` | write `- { code: A0007, reason: rows of this app have no name of their own }`",
            "6:30 the reason is empty | say why it is meant",
            "7:7 expected a mapping, found a text | write `- { code: A0007, reason: rows of this app have no name of their own }`",
            "8:9 unknown key `kode` | write `code`",
        ]
    );
    assert_eq!(mistakes("name: crm\ncheck: { alow: [] }\n"), ["2:10 unknown key `alow` | write `allow`"]);
}

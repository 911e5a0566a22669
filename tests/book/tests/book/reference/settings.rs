//! `appos.yaml`: paths, defaults and forms from the reader, meanings from the documentation of its types.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use appos_runtime::config::{AppConfig, settings};
use syn::{Expr, ExprLit, Fields, Item, Lit, Meta};

use super::{cell_with_code, settle};
use crate::root;

#[test]
fn the_page_of_the_settings_is_what_is_read() {
    let meanings =
        ["platform.rs", "files.rs", "mail.rs", "metrics.rs", "process.rs", "logging.rs", "telemetry.rs", "ui.rs"]
            .into_iter()
            .flat_map(meanings)
            .collect::<BTreeMap<_, _>>();
    let mut page = "# Settings\n\nWhat `appos.yaml` may say, which value holds without it, and which environment variable \
                    sets it. [Configuration](../concepts/configuration.md) tells how files and variables work together.\n"
        .to_owned();
    let mut section = None;
    for setting in settings() {
        let (own, key) = setting.path.rsplit_once('.').unwrap_or(("", setting.path));
        if section != Some(own) {
            section = Some(own);
            let (title, about) = match own {
                "" => ("The whole project".to_owned(), String::new()),
                _ => (format!("`{own}`"), meanings.get(own).cloned().unwrap_or_default()),
            };
            let _ = write!(page, "\n## {title}\n\n");
            if !about.is_empty() {
                let _ = write!(page, "{}\n\n", capital(&about));
            }
            page.push_str("| key | default | form | variable | |\n|---|---|---|---|---|\n");
        }
        let meaning = meanings.get(setting.path).unwrap_or_else(|| panic!("{} has no documentation", setting.path));
        let default = setting.default.map_or("–".to_owned(), |default| format!("`{default}`"));
        let variables = setting.variables.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let form = cell_with_code(&setting.form);
        let _ =
            writeln!(page, "| `{key}` | {default} | {form} | {variables} | {} |", cell_with_code(&capital(meaning)));
    }
    page.push_str(
        "\n## `connected_systems`\n\nWhat an environment says of [systems outside](../objects/connected-system.md), below their app and \
         name, in the place of what their authors have written: `connected_systems.crm.payments.base_url`, or the variable \
         `APPOS__CONNECTED_SYSTEMS__CRM__PAYMENTS__BASE_URL`.\n\n| key | |\n|---|---|\n",
    );
    let text = fs::read_to_string(root().join("appos-runtime/src/config/connected_systems.rs")).expect("the settings");
    for (key, meaning) in fields(&text, "SystemSettings") {
        let _ = writeln!(page, "| `{key}` | {} |", cell_with_code(&capital(&meaning)));
    }
    page.push_str(
        "\n## Of an app: `app.yaml`\n\nBeside the `Cargo.toml` of an [app](../objects/app.md). It is compiled in, and no variable sets \
         any of it.\n\n| key | |\n|---|---|\n",
    );
    let of_apps = [
        "name",
        "display_name",
        "description",
        "groups",
        "security.defaults",
        "theme",
        "allowed_crates",
        "languages",
        "check.allow",
    ];
    let meanings = self::meanings("app.rs");
    for key in of_apps {
        let meaning = meanings.get(key).unwrap_or_else(|| panic!("{key} has no documentation"));
        let _ = writeln!(page, "| `{key}` | {} |", cell_with_code(&capital(meaning)));
    }
    settle("reference/settings.md", &page);
}

#[test]
fn an_app_may_say_what_the_page_of_the_settings_lists_and_nothing_else() {
    let yaml = "name: crm\ndisplay_name: CRM\ndescription: Customers\ngroups: [crm_users]\nsecurity: { defaults: {} }\n\
                theme: {}\nallowed_crates: []\nlanguages: []\ncheck: { allow: [] }\n";
    AppConfig::parse(yaml, "app.yaml").unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let unknown = AppConfig::parse("name: crm\nzzzzzzzz: 1\n", "app.yaml").expect_err("a mistake").to_string();
    let known = unknown.split_once("known keys are ").map_or("", |(_, known)| known).matches('`').count() / 2;
    assert_eq!(known, yaml.lines().count(), "the page lists other keys: {unknown}");
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Path and meaning: of a field `/// `port`: port on which to listen.`, below the section of its struct.
fn meanings(file: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join("appos-runtime/src/config").join(file)).expect("the settings' types");
    let file = syn::parse_file(&text).expect("Rust");
    let mut meanings = BTreeMap::new();
    for item in file.items {
        let Item::Struct(item) = item else { continue };
        let about = documentation(&item.attrs);
        let named = about.strip_prefix('`').and_then(|rest| rest.split_once("`: "));
        let section = named.map_or(String::new(), |(name, meaning)| {
            meanings.insert(name.to_owned(), meaning.to_owned());
            format!("{name}.")
        });
        let Fields::Named(fields) = item.fields else { continue };
        for field in fields.named {
            let about = documentation(&field.attrs);
            let about = about.replacen("` (required): ", "`: required: ", 1);
            if let Some((name, meaning)) = about.strip_prefix('`').and_then(|rest| rest.split_once("`: ")) {
                meanings.entry(format!("{section}{name}")).or_insert_with(|| meaning.to_owned());
            }
        }
    }
    meanings
}

/// Name and meaning of the fields of a struct, in order.
fn fields(text: &str, name: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for item in syn::parse_file(text).expect("Rust").items {
        let Item::Struct(item) = item else { continue };
        let (true, Fields::Named(fields)) = (item.ident == name, item.fields) else { continue };
        found.extend(fields.named.iter().filter_map(|field| {
            let about = documentation(&field.attrs);
            let (name, meaning) = about.strip_prefix('`')?.split_once("`: ")?;
            Some((name.to_owned(), meaning.to_owned()))
        }));
    }
    found
}

fn documentation(attributes: &[syn::Attribute]) -> String {
    let lines = attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).filter_map(|attribute| {
        let Meta::NameValue(pair) = &attribute.meta else { return None };
        let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &pair.value else { return None };
        Some(text.value().trim().to_owned())
    });
    lines.collect::<Vec<_>>().join(" ").replace(". `None`", ". Without it").replace("`None`", "without it")
}

//! Mistakes in `app!()` and `platform!(..)`.

use appos_codegen::{AppContent, AppFolder, AppManifest, AppModule, expand_app, expand_platform};
use proc_macro2::TokenStream;

use super::compare;

fn tokens(source: &str) -> TokenStream {
    source.parse().expect("the source is tokens")
}

fn folder(name: Option<&str>, crate_name: &str, module: &str) -> AppFolder {
    let module = AppModule { name: module.to_owned(), content: AppContent::File { objects: Vec::new() } };
    AppFolder {
        manifest: AppManifest {
            path: "app.yaml".to_owned(),
            name: name.map(str::to_owned),
            logo: None,
            missing_logo: None,
        },
        crate_name: Some(crate_name.to_owned()),
        modules: vec![module],
        declared: Vec::new(),
    }
}

#[test]
fn the_app_is_named_like_its_crate() {
    compare(
        &expand_app(&TokenStream::new(), Ok(&folder(None, "crm", "a"))).diagnostics,
        &[("", "app.yaml gives no name", "write `name: crm`")],
    );
    compare(
        &expand_app(&TokenStream::new(), Ok(&folder(Some("cmr"), "crm", "a"))).diagnostics,
        &[(
            "",
            "app.yaml says `name: cmr`, but the crate is `crm`; other apps use one name for both",
            "write `name: crm`, or rename the package",
        )],
    );
}

#[test]
fn a_logo_is_a_file_of_the_app() {
    let mut folder = folder(Some("crm"), "crm", "a");
    folder.manifest.missing_logo = Some("lgo.svg".to_owned());
    compare(
        &expand_app(&TokenStream::new(), Ok(&folder)).diagnostics,
        &[(
            "",
            "app.yaml names the logo `lgo.svg`, but there is no such file in its folder",
            "write the path from that folder, such as `logo: logo.svg`",
        )],
    );
}

#[test]
fn files_are_named_like_modules() {
    compare(
        &expand_app(&TokenStream::new(), Ok(&folder(Some("crm"), "crm", "my-file"))).diagnostics,
        &[(
            "",
            "`my-file` in src cannot be the name of a module",
            "rename it to letters, digits and underscores, such as `customer.rs`",
        )],
    );
    compare(&expand_app(&TokenStream::new(), Ok(&folder(Some("crm"), "crm", "type"))).diagnostics, &[]);
}

#[test]
fn an_unreadable_app_is_one_mistake() {
    let expansion = expand_app(&tokens("crm"), Err("there is no app.yaml"));
    compare(
        &expansion.diagnostics,
        &[
            ("crm", "`app!` takes no arguments; what an app is stands in app.yaml", "write `app!();`"),
            (
                "",
                "this app cannot be read: there is no app.yaml",
                "write an app.yaml beside Cargo.toml, at least `name: crm` and `groups: [crm_users]`",
            ),
        ],
    );
    assert!(expansion.tokens.to_string().contains("__appos_scope"), "names still resolve");
}

#[test]
fn a_platform_lists_each_app_once() {
    compare(
        &expand_platform(tokens("crm, \"billing\", crm"), None).diagnostics,
        &[
            ("\"billing\"", "expected the name of an app's crate", "write `appos::platform!(crm, billing);`"),
            ("crm", "app `crm` is named twice", "write `crm` once"),
        ],
    );
    compare(
        &expand_platform(TokenStream::new(), None).diagnostics,
        &[("", "a platform needs at least one app", "write `appos::platform!(crm);`")],
    );
}

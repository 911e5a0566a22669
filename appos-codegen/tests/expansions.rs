//! Every case under `expansions` expands to the output beside it; `APPOS_BLESS=1` rewrites the
//! outputs, to be reviewed as Rust.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use appos_codegen::{
    AppContent, AppFolder, AppManifest, AppModule, Expansion, ObjectKind, Project, expand_app, expand_platform,
};
use proc_macro2::TokenStream;

#[test]
fn every_case_expands_to_its_output() {
    let mut wrong = Vec::new();
    for case in cases() {
        let expected = fs::read_to_string(case.join("output.rs")).unwrap_or_default();
        let actual = pretty(&expand_case(&case));
        if std::env::var_os("APPOS_BLESS").is_some() {
            fs::write(case.join("output.rs"), &actual).expect("the output can be written");
        } else if actual != expected {
            wrong.push(format!("{}\n{}", case.display(), first_difference(&expected, &actual)));
        }
    }
    assert!(wrong.is_empty(), "{}\nrun with APPOS_BLESS=1 to accept", wrong.join("\n\n"));
}

#[test]
fn expanding_twice_gives_the_same_tokens() {
    for case in cases() {
        let once = expand_case(&case).into_tokens().to_string();
        let twice = expand_case(&case).into_tokens().to_string();
        assert_eq!(once, twice, "{}", case.display());
    }
}

/// Folders with an `input.rs`, sorted.
fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expansions");
    let mut cases: Vec<PathBuf> = folders(&root).iter().flat_map(|object| folders(object)).collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder exists");
    entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

fn expand_case(case: &Path) -> Expansion {
    let source = fs::read_to_string(case.join("input.rs")).expect("the case has an input.rs");
    let object = case.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    match object {
        Some("app") => expand_app(&TokenStream::new(), Ok(&app_folder())),
        Some("platform") => {
            let call: syn::ItemMacro = syn::parse_str(&source).expect("the input is a macro call");
            let migrations = case.ends_with("migrated").then_some("/acme/migrations/mod.rs");
            expand_platform(call.mac.tokens, migrations)
        }
        // As in the build in which the compiler is asked for every use.
        _ => support::expand_source(&source, &Project { marked: case.ends_with("marked"), ..support::project() }),
    }
}

/// ```text
/// src/helpers.rs
/// src/records/customer.rs   src/records/sales/order.rs
/// src/processes/onboarding.rs   (the step `create_account`, the process `onboard`)
/// src/processes/sales/offer.rs  (the process `offer`, the step `onboard`)
/// src/rules/net_total.rs    (with the rule `net_total`)
/// ```
fn app_folder() -> AppFolder {
    let file = |name: &str, objects: &[(ObjectKind, &str)]| AppModule {
        name: name.to_owned(),
        content: AppContent::File { objects: objects.iter().map(|(kind, name)| (*kind, (*name).to_owned())).collect() },
    };
    let folder =
        |name: &str, inner: Vec<AppModule>| AppModule { name: name.to_owned(), content: AppContent::Folder(inner) };
    AppFolder {
        manifest: AppManifest {
            path: "/acme/apps/crm/app.yaml".to_owned(),
            name: Some("crm".to_owned()),
            logo: Some("/acme/apps/crm/logo.svg".to_owned()),
            missing_logo: None,
        },
        crate_name: Some("crm".to_owned()),
        modules: vec![
            folder("bin", vec![file("tool", &[])]),
            file("declared", &[]),
            file("helpers", &[]),
            folder(
                "processes",
                vec![
                    file("onboarding", &[(ObjectKind::Step, "create_account"), (ObjectKind::Process, "onboard")]),
                    folder(
                        "sales",
                        vec![file("offer", &[(ObjectKind::Process, "offer"), (ObjectKind::Step, "onboard")])],
                    ),
                ],
            ),
            folder("records", vec![file("customer", &[]), folder("sales", vec![file("order", &[])])]),
            folder("rules", vec![file("net_total", &[(ObjectKind::Rule, "net_total")])]),
        ],
        declared: vec!["declared".to_owned()],
    }
}

/// Formatted code; mistakes stand in it as `compile_error!`.
fn pretty(expansion: &Expansion) -> String {
    let tokens =
        Expansion { tokens: expansion.tokens.clone(), diagnostics: expansion.diagnostics.clone() }.into_tokens();
    let file = syn::parse2(tokens.clone()).unwrap_or_else(|error| panic!("{error}: {tokens}"));
    prettyplease::unparse(&file)
}

fn first_difference(expected: &str, actual: &str) -> String {
    let at = expected.lines().zip(actual.lines()).position(|(one, other)| one != other);
    let at = at.unwrap_or_else(|| expected.lines().count().min(actual.lines().count()));
    let line = |text: &str| text.lines().nth(at).unwrap_or("(end)").to_owned();
    format!("line {}\n  expected: {}\n  actual:   {}", at + 1, line(expected), line(actual))
}

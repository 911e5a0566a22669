//! `cargo appos add`: what it writes compiles and is a part of the program; what it refuses stays as
//! it was.

use std::fs;

use serde_json::Value as Json;

use crate::project::{Folder, alone, done, refused};

/// A new project of a template.
fn project(name: &str, template: &str) -> Folder {
    let folder = Folder::new();
    done(&folder.appos("", &["new", name, "--template", template, "--no-git"]));
    folder.has_features_of_tests(name);
    folder
}

/// Every file of a project and what is in it.
fn state(folder: &Folder, path: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in folder.entries(path) {
        let path = format!("{path}/{entry}");
        if folder.path(&path).is_dir() {
            found.extend(state(folder, &path));
        } else {
            let text = folder.read(&path);
            found.push((path, text));
        }
    }
    found
}

const NOTE: &str = "\
//! The record `Note`.

/// Something to remember.
#[record(
    display = \"title\",
    audit_log,
    soft_delete,
    view = [\"helpers\"],
    create = [\"helpers\"],
    update = [\"helpers\"],
    admin = [\"crm_admins\"],
)]
pub struct Note {
    #[field(search)]
    title: String,
    #[field(on_delete = set_null)]
    answers: Option<Ref<Note>>,
    answered_by: Many<Note>,
    #[field(on_delete = cascade)]
    about: Ref<Customer>,
    owner: Option<Ref<platform::records::User>>,
    #[validate(email)]
    mail: Option<String>,
    #[field(default = Urgency::Low, index)]
    urgency: Urgency,
    #[field(default = dec!(1.50), scale = 2)]
    cost: Decimal,
    tags: Vec<String>,
    at: Option<DateTime>,
}
";

#[test]
#[expect(clippy::too_many_lines, reason = "one project, as building it is what takes long")]
fn what_is_added_compiles_and_is_a_part_of_the_program() {
    let _alone = alone();
    let folder = project("order-desk", "crm");
    let add = |arguments: &[&str]| done(&folder.appos("order-desk", &[&["add"], arguments].concat()));
    // Comments and order are the author's.
    let settings = folder.read("order-desk/appos.yaml");
    folder.write("order-desk/appos.yaml", &settings.replace("apps: [crm]", "apps:\n  - crm # first"));
    let said = add(&["app", "billing"]);
    assert!(said.starts_with("wrote apps/billing/Cargo.toml\n"), "{said}");
    let next = "\nNext:\n  cargo appos add record billing ..\n  cargo appos permissions --lock\n";
    assert!(said.ends_with(next), "{said}");
    assert!(said.contains("\nchanged Cargo.toml\nchanged src/main.rs\nchanged appos.yaml\n"), "{said}");
    assert!(folder.read("order-desk/appos.yaml").contains("apps:\n  - crm # first\n  - billing\n"));
    assert!(folder.read("order-desk/src/main.rs").ends_with("\nappos::platform!(crm, billing);\n"));
    let manifest = folder.read("order-desk/Cargo.toml");
    assert!(manifest.contains("billing = { path = \"apps/billing\" }\ncrm = { path"), "in order: {manifest}");
    assert!(manifest.contains("# Without this list"), "comments stay: {manifest}");

    add(&["choices", "crm", "Urgency", "Low", "High"]);
    let said = add(&[
        "record",
        "crm",
        "Note",
        "title:String:search",
        "answers:Ref<Note>?:on_delete=set_null",
        "answered_by:Many<Note>",
        "about:Ref<Customer>:on_delete=cascade",
        "owner:Ref<platform::records::User>?",
        "mail:String?:email",
        "urgency:Urgency:default=Low:index",
        "cost:Decimal:default=1.50:scale=2",
        "tags:Vec<String>",
        "at:DateTime?",
        "--audit-log",
        "--soft-delete",
        "--group",
        "helpers",
        "--description",
        "Something to remember",
    ]);
    let expected = "wrote apps/crm/src/records/note.rs\nchanged apps/crm/app.yaml\n\n\
                    Next:\n  cargo appos migrate\n  cargo appos permissions --lock\n";
    assert_eq!(said, expected);
    assert_eq!(folder.read("order-desk/apps/crm/src/records/note.rs"), NOTE);
    let yaml = folder.read("order-desk/apps/crm/app.yaml");
    assert!(yaml.contains("Decides on credit }\n  - helpers\n\nsecurity:"), "{yaml}");
    assert!(yaml.contains("# A user reaches the app"), "{yaml}");

    add(&[
        "rule",
        "crm",
        "urgent_notes",
        "since:Date?",
        "born:Date:sensitive",
        "change:NotePatch",
        "--returns",
        "Vec<Note>",
    ]);
    add(&["rule", "billing", "nothing"]);
    add(&["constant", "billing", "tax_rate", "Decimal", "0.18"]);
    add(&["constant", "billing", "loss", "i32", "-5"]);
    add(&["constant", "billing", "greeting", "String", "Good \"morning\""]);
    add(&["constant", "billing", "since", "Date", "2026-01-01", "--group", "auditors"]);
    add(&["constant", "crm", "first_urgency", "Urgency", "High"]);
    // An app that depends on another names its records.
    folder.write(
        "order-desk/apps/billing/Cargo.toml",
        &folder.read("order-desk/apps/billing/Cargo.toml").replace("\n[dev-", "crm = { path = \"../crm\" }\n\n[dev-"),
    );
    add(&[
        "record",
        "billing",
        "Invoice",
        "number:String:unique",
        "customer:Ref<crm::records::Customer>",
        "details:Json:unique",
        "hints:Json?:index",
        "marks:Vec<String>:unique",
        "amounts:Vec<i64>?:index",
    ]);

    // Processes, with a first step, and steps alone.
    let said =
        add(&["process", "crm", "archive_notes", "note:Id<Note>", "token:String:sensitive", "--step", "copy_note"]);
    assert!(said.starts_with("wrote apps/crm/src/processes/archive_notes.rs\n"), "{said}");
    let process = folder.read("order-desk/apps/crm/src/processes/archive_notes.rs");
    assert!(
        process.contains("#[process(use = [\"crm_users\"])]")
            && process.contains("step(steps::copy_note(note, token))"),
        "{process}"
    );
    add(&["process", "billing", "close_month", "--group", "closers", "--view", "auditors", "--admin", "auditors"]);
    add(&["step", "crm", "count_notes", "since:Date?", "--returns", "Vec<Note>"]);
    add(&["step", "billing", "nothing", "--description", "Does nothing yet"]);

    // Screens and texts.
    let said = add(&["interface", "crm", "note_card", "note:Id<Note>", "limit:u8?", "--group", "readers"]);
    assert!(said.starts_with("wrote apps/crm/src/interfaces/note_card.rs\nchanged apps/crm/app.yaml\n"), "{said}");
    add(&["interface", "billing", "overview"]);
    add(&["page", "crm", "note_list"]);
    add(&["page", "crm", "note_report", "id:Id<Note>", "from:Date?"]);
    add(&[
        "page",
        "crm",
        "notes_of",
        "customer:Id<Customer>",
        "urgency:Urgency?",
        "--route",
        "/customers/{customer}/notes",
        "--title",
        "Notes \"of\" one",
        "--view",
        "crm_users",
    ]);
    let page = folder.read("order-desk/apps/crm/src/pages/notes_of.rs");
    assert!(page.contains("route = \"/customers/{customer}/notes\", title = \"Notes \\\"of\\\" one\""), "{page}");
    add(&["site", "crm", "--title", "The desk"]);
    let site = folder.read("order-desk/apps/crm/src/sites/crm_site.rs");
    assert!(site.contains(".record::<records::Customer>(\"table\")") && site.contains("name = \"The desk\""), "{site}");
    add(&["site", "billing"]);
    add(&["translation_set", "crm", "labels", "notes=Notes", "hello=Good day, {name}!", "records.note=Note"]);
    add(&["translation_set", "billing", "wording", "kunden=Kunden", "--language", "de-AT"]);
    add(&["translation_set", "billing", "more"]);

    // Systems outside, and what is asked of them.
    let said = add(&["connected_system", "billing", "payments", "https://api.example.com/v1"]);
    assert!(said.starts_with("wrote apps/billing/src/connected_systems/payments.rs\n"), "{said}");
    let system = folder.read("order-desk/apps/billing/src/connected_systems/payments.rs");
    assert!(system.contains("    bearer(secret(\"PAYMENTS_KEY\"))\n"), "{system}");
    add(&["integration", "billing", "find_charge", "id:String", "since:Date?", "--path", "/charges/{id}"]);
    let charge = ["integration", "billing", "create_charge", "order:i64", "amount:Decimal", "card:String:sensitive"];
    add(&[&charge[..], &["--method", "post", "--path", "/orders/{order}/charges", "--returns", "()"]].concat());
    let integration = folder.read("order-desk/apps/billing/src/integrations/create_charge.rs");
    // Lines are broken as rustfmt breaks them.
    let request =
        "post(\"/orders/{order}/charges\").path(\"order\",order).json(&json!({\"amount\":amount,\"card\":card}))";
    let told: String = integration.split_whitespace().collect();
    assert!(told.contains("system=payments,") && told.contains(request), "{integration}");
    add(&["web_api", "crm", "add_remark", "note:Id<Note>", "--path", "/notes/{note}/remarks"]);
    add(&["connected_system", "crm", "weather", "https://weather.example.com", "--no-auth", "--group", "crm_users"]);

    done(&folder.cargo("order-desk", &["fmt", "--check", "-p", "crm", "-p", "billing", "-p", "order-desk"]));
    let answer: Json = serde_json::from_str(&done(&folder.appos("order-desk", &["objects", "--json"]))).expect("JSON");
    let objects = answer["objects"].as_array().expect("objects");
    let found = |reference: &str| objects.iter().find(|object| object["reference"] == reference);
    for reference in [
        "crm.records.note",
        "crm.rules.urgent_notes",
        "crm.constants.first_urgency",
        "billing.rules.nothing",
        "billing.constants.tax_rate",
        "billing.constants.loss",
        "billing.constants.greeting",
        "crm.processes.archive_notes",
        "crm.steps.copy_note",
        "crm.steps.count_notes",
        "billing.processes.close_month",
        "billing.steps.begin_close_month",
        "billing.steps.nothing",
        "crm.interfaces.note_card",
        "crm.pages.note_list",
        "crm.pages.note_report",
        "crm.pages.notes_of",
        "crm.sites.crm_site",
        "crm.translations.labels",
        "billing.connected_systems.payments",
        "billing.integrations.find_charge",
        "billing.integrations.create_charge",
        "crm.connected_systems.weather",
        "billing.interfaces.overview",
        "billing.sites.billing_site",
        "billing.translations.wording",
        "billing.translations.more",
    ] {
        assert!(found(reference).is_some(), "{reference}");
    }
    let routes = |reference: &str| found(reference).expect("an object")["routes"].clone();
    assert_eq!(routes("crm.pages.note_list"), serde_json::json!(["GET /crm/note-list"]));
    assert_eq!(routes("crm.pages.note_report"), serde_json::json!(["GET /crm/note-report/{id}"]));
    assert_eq!(found("crm.interfaces.note_card").expect("it")["permissions"]["view"], serde_json::json!(["readers"]));
    assert_eq!(found("crm.pages.notes_of").expect("it")["title"], "Notes \"of\" one");
    let since = found("billing.constants.since").expect("an object");
    assert_eq!(since["permissions"]["use"], serde_json::json!(["auditors"]));
    let invoice = found("billing.records.invoice").expect("an object");
    assert_eq!(invoice["permissions"]["admin"], serde_json::json!(["billing_admins"]));
    done(&folder.cargo("order-desk", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]));
}

#[test]
#[expect(clippy::too_many_lines, reason = "one mistake after the other")]
fn what_is_wrong_is_said_at_once_and_nothing_is_written() {
    let folder = project("desk", "crm");
    let before = state(&folder, "desk");
    let wrong = |arguments: &[&str]| refused(&folder.appos("desk", &[&["add"], arguments].concat()));
    let said = wrong(&[
        "record",
        "crm",
        "note",
        "type:String",
        "email:String:uniq",
        "version:i32",
        "x:Ref<Custmer>",
        "y:Many<Order>",
        "z:Strng",
        "a",
        "b:Decimal:default=x",
        "c:Ref<Order>:on_delete=set_null",
        "d:Tier:default=Golden",
        "d:bool",
        "--view",
        "crm_user",
        "--group",
        "Helpers",
    ]);
    for part in [
        "error: `note` is no name of a record: it is written like `Customer`\n  help: write `Note`\n",
        "error: `type:String`: Rust keeps the word `type` for itself\n",
        "error: `email:String:uniq`: there is no option `uniq`\n  help: write `unique`; options are unique, search",
        "error: `version:i32`: every record has `version` by itself\n",
        "error: `x:Ref<Custmer>`: there is no record `Custmer` in `crm`\n  help: write `Customer`\n",
        "error: `y:Many<Order>`: `Order` has no reference to `note`",
        "error: `z:Strng`: there is no type `Strng`\n  help: write `String`; types are String, bool",
        "error: `a`: a field has a name and a type\n",
        "error: `b:Decimal:default=x`: `x` is no `Decimal`\n  help: write `0.18`\n",
        "error: `c:Ref<Order>:on_delete=set_null`: what can become empty is optional\n  help: write `Ref<Order>?`\n",
        "error: `d:Tier:default=Golden`: `Tier` has no choice `Golden`\n  help: write `Gold`\n",
        "error: `--view crm_user`: the app `crm` has no group `crm_user`\n  help: write `crm_users`, or add the group",
        "error: `--group Helpers`: `Helpers` is no name of a group",
    ] {
        assert!(said.contains(part), "{part}\n---\n{said}");
    }

    for (arguments, message, help) in [
        (
            &["record", "crm", "Order", "a:String"][..],
            "there is a record `Order` already: apps/crm/src/records/order.rs:",
            "choose another name",
        ),
        (&["record", "crm", "NewCustomer", "a:String"], "the record `Customer` makes a type `NewCustomer`", "choose"),
        (
            &["record", "crm", "Decimal", "a:String"],
            "every file of an app has a type `Decimal` already",
            "DecimalEntry",
        ),
        (&["record", "crm", "Note"], "a record has fields", "`name:String`"),
        (&["record", "crm", "Note", "a:i64", "--display", "b"], "`b` is no field of the record", "fields are a"),
        (
            &["rule", "crm", "earned_tier"],
            "there is a rule `earned_tier` already: apps/crm/src/rules/loyalty.rs:",
            "choose",
        ),
        (&["rule", "crm", "a", "b:&str"], "`b:&str`: what a rule takes and answers is moved, not borrowed", "`String`"),
        (
            &["rule", "crm", "a", "--returns", "Custmer"],
            "`--returns Custmer`: there is no type `Custmer`",
            "`Customer`",
        ),
        (&["rule", "crm", "a", "ctx:i64"], "`ctx`", "ctx"),
        (&["rule", "crm", "records"], "code of an app has something named `records` in scope", "records_rule"),
        (&["constant", "crm", "a", "u8", "300"], "`300`: `300` is no `u8`", "write `30`"),
        (&["choices", "crm", "Mood", "Good", "bad", "Good"], "`bad` is no name of a choice", "write `Bad`"),
        (&["choices", "crm", "Mood", "Good", "Good"], "`Good`: this choice is there already", "leave it out"),
        (&["record", "crn", "A", "b:String"], "there is no app `crn`", "write `crm`"),
        (&["record", "crm", "A", "b:Ref<bill::records::B>"], "there is no app `bill`", "apps are crm"),
        (&["app", "crm"], "a package of the project has this name", "cargo appos add app crm_app"),
        (&["app", "records"], "code of an app has something of this name in scope", "records_app"),
        (&["app", "my-app"], "a name has lower-case letters", "my_app"),
        (&["recrod", "crm", "A"], "there is no kind `recrod`", "write `cargo appos add record`; "),
        (&["process", "crm", "Onboarding"], "`Onboarding` is no name of a process", "write `onboarding`"),
        (&["process", "crm", "a", "--step", "a"], "process and step cannot both be `a`", "another name"),
        (&["process", "crm", "a", "b:&str"], "`b:&str`", "`String`"),
        (&["process", "crm", "a", "--use", "nobody"], "the app `crm` has no group `nobody`", "--group nobody"),
        (&["step", "crm", "a", "--returns", "Custmer"], "there is no type `Custmer`", "`Customer`"),
        (&["step", "crm", "a", "--use", "crm_users"], "unexpected argument '--use'", ""),
        (&["interface", "crm", "Card"], "`Card` is no name of", "write `card`"),
        (&["interface", "crm", "customer"], "becomes the component `Customer`", "customer_card"),
        (&["interface", "crm", "card", "a:&str"], "`a:&str`", "`String`"),
        (&["interface", "crm", "card", "key:i64"], "a name that components need for themselves", "another name"),
        (&["page", "crm", "a", "--route", "a"], "the route", "/a"),
        (&["page", "crm", "a", "--route", "/a/{id}"], "the page has no parameter `id`", "add `id"),
        (&["page", "crm", "a", "id:i64?", "--route", "/a/{id}"], "it cannot be an `Option`", "leave out"),
        (&["page", "crm", "a", "--view", "nobody"], "the app `crm` has no group `nobody`", "--group nobody"),
        (&["translation_set", "crm", "a", "Hello"], "a text has a key", "customers=Customers"),
        (&["translation_set", "crm", "a", "Hello=x"], "a text has a key in small letters", "customers=Customers"),
        (&["translation_set", "crm", "a", "b="], "the text `b` is empty", "write `b=Customers`"),
        (&["translation_set", "crm", "a", "b=x", "b=y"], "there is a text `b` already", "write it once"),
        (&["translation_set", "crm", "a", "b={"], "", ""),
        (
            &["translation_set", "crm", "a", "b=x", "--language", "fr CA"],
            "`fr CA` is no tag of a language",
            "write `de` or `fr-CA`",
        ),
        (
            &["connected_system", "crm", "a", "api.example.com"],
            "`base_url` begins with none of",
            "https://api.example.com/v1",
        ),
        (
            &["connected_system", "crm", "a", "https://a.example", "--secret", "a-key"],
            "this is no name of a secret",
            "PAYMENTS_KEY",
        ),
        (&["integration", "crm", "a"], "the app `crm` has no connected system", "cargo appos add connected_system crm"),
        (
            &["integration", "crm", "a", "--system", "payments"],
            "the app `crm` has no connected system `payments`",
            "add it",
        ),
        (&["integration", "crm", "a", "--path", "/a/{b}"], "no parameter is called `b`", "`b:String`"),
        (&["integration", "crm", "a", "b:i64?", "--path", "/a/{b}"], "is no part of a path", "write `b:String`"),
        (&["translations", "crm", "a"], "there is no kind `translations`", "write `cargo appos add translation_set`"),
        (&["record", "crm", "Default", "a:String"], "Rust has a trait `Default`", "write `DefaultEntry`"),
        (&["choices", "crm", "Result", "Good", "Bad"], "has a type `Result` already", "write `ResultEntry`"),
        (&["record", "crm", "Note", "a:String", "--view", ""], "`--view`: the name of a group is empty", "crm_users"),
        (&["rule", "crm", "a", "--group", "b,"], "`--group`: the name of a group is empty", "leave it out"),
        (&["app", "bills", "--group", ""], "the name of a group is empty", "leave it out"),
        (&["record", "crm", "Note", "a:&str"], "`a:&str`: a field owns what it holds", "write `String`"),
        (&["record", "crm", "Note", "a:Option<String>?"], "what may be empty is optional once", "write `String?`"),
        (&["record", "crm", "Note", "a:String??"], "what may be empty is optional once", "write `String?`"),
    ] {
        let said = wrong(arguments);
        assert!(said.contains(message) && said.contains(help), "{arguments:?}\n{said}");
    }
    assert_eq!(state(&folder, "desk"), before);
}

#[test]
fn no_file_is_overwritten_and_none_is_written_where_nobody_would_find_it() {
    let folder = project("desk", "crm");
    let mine = "//! Mine, and no Rust: {{{\n";
    folder.write("desk/apps/crm/src/records/note.rs", mine);
    let note = ["add", "record", "crm", "Note", "title:String"];
    let said = refused(&folder.appos("desk", &note));
    assert!(said.contains("apps/crm/src/records/note.rs is there already"), "{said}");
    assert_eq!(folder.read("desk/apps/crm/src/records/note.rs"), mine);
    fs::remove_file(folder.path("desk/apps/crm/src/records/note.rs")).expect("a file");

    folder.write("desk/apps/crm/src/records/note/parts.rs", "//! Parts.\n");
    let said = refused(&folder.appos("desk", &note));
    assert!(said.contains("the folder apps/crm/src/records/note is there already"), "{said}");
    folder.write("desk/apps/crm/src/rules/mod.rs", "//! Lists its files.\n");
    let said = refused(&folder.appos("desk", &["add", "rule", "crm", "a"]));
    assert!(said.contains("apps/crm/src/rules/mod.rs says by itself which files there are"), "{said}");

    folder.write("desk/apps/billing/Cargo.toml", "[package]\nname = \"other\"\nedition = \"2024\"\n");
    folder.write("desk/apps/billing/src/lib.rs", "");
    let said = refused(&folder.appos("desk", &["add", "app", "billing"]));
    assert!(said.contains("the folder apps/billing is there already"), "{said}");
    assert!(!folder.read("desk/src/main.rs").contains("billing"));
    // A package of the workspace, though no part of the platform.
    let said = refused(&folder.appos("desk", &["add", "app", "other"]));
    assert!(said.contains("a package of the project has this name"), "{said}");
    // A program in which the place is not found is not half changed.
    let source = "//! Two.\n\nfn main() {}\n";
    folder.write("desk/src/main.rs", source);
    let said = refused(&folder.appos("desk", &["add", "app", "audit"]));
    assert!(said.contains("src/main.rs has a form in which `audit` cannot be added"), "{said}");
    assert!(said.contains("add it by hand: `platform!(audit)`"), "{said}");
    assert!(!folder.path("desk/apps/audit").exists() && !folder.read("desk/Cargo.toml").contains("audit"));
}

#[test]
fn a_dry_run_shows_everything_and_writes_nothing() {
    let folder = project("desk", "crm");
    let before = state(&folder, "desk");
    let said = done(
        &folder.appos("desk", &["add", "record", "crm", "Note", "title:String", "--group", "helpers", "--dry-run"]),
    );
    assert!(said.starts_with("would write apps/crm/src/records/note.rs\n  + //! The record `Note`.\n"), "{said}");
    assert!(said.ends_with("would change apps/crm/app.yaml\n  +   - helpers\n"), "{said}");
    let said = done(&folder.appos("desk", &["add", "app", "billing", "--dry-run", "--json"]));
    let shown: Json = serde_json::from_str(&said).expect("JSON");
    assert_eq!((&shown["kind"], &shown["dry_run"]), (&"app".into(), &true.into()));
    let file = |path: &str| {
        let files = shown["files"].as_array().expect("files");
        files.iter().find(|file| file["path"] == path).unwrap_or_else(|| panic!("{path}: {shown:#}"))
    };
    assert_eq!(file("src/main.rs")["change"], "changed");
    assert!(file("src/main.rs")["text"].as_str().is_some_and(|text| text.contains("platform!(crm, billing)")));
    assert_eq!(file("apps/billing/app.yaml")["change"], "created");
    assert_eq!(state(&folder, "desk"), before);

    let said = done(&folder.appos("desk", &["add", "constant", "crm", "tax_rate", "Decimal", "0.18", "--json"]));
    let added: Json = serde_json::from_str(&said).expect("JSON");
    let expected = serde_json::json!({
        "kind": "constant", "reference": "crm.constants.tax_rate", "dry_run": false,
        "files": [{ "path": "apps/crm/src/constants/tax_rate.rs", "change": "created" }],
        "next": ["cargo appos permissions --lock"],
    });
    assert_eq!(added, expected);
}

//! `cargo appos add document`: a record whose rows are files, as its arguments say, and what is refused.

use serde_json::{Value as Json, json};

use crate::project::{Folder, alone, done, refused};

const CONTRACT: &str = "\
//! The record `Contract`.

/// What was signed.
#[record(
    document(
        of = Customer,
        accept = [\"application/pdf\", \"image/*\"],
        max_size = \"20 MB\",
        versions = 5,
    ),
    audit_log,
)]
pub struct Contract {
    signed_on: Option<Date>,
}
";

#[test]
fn a_document_is_added_compiles_and_belongs_to_its_record() {
    let _alone = alone();
    let folder = Folder::new();
    done(&folder.appos("", &["new", "desk", "--template", "crm", "--no-git"]));
    folder.has_features_of_tests("desk");
    let add = |arguments: &[&str]| folder.appos("desk", &[&["add", "document"], arguments].concat());
    let contract = ["crm", "Contract", "signed_on:Date?", "--of", "Customer", "--accept", "application/pdf,image/*"];
    let options = ["--max-size", "20 MB", "--versions", "5", "--audit-log", "--description", "What was signed"];
    let said: Json = serde_json::from_str(&done(&add(&[&contract[..], &options, &["--json"]].concat()))).expect("JSON");
    let expected = json!({
        "kind": "record",
        "reference": "crm.records.contract",
        "dry_run": false,
        "files": [{ "path": "apps/crm/src/records/contract.rs", "change": "created" }],
        "next": ["cargo appos migrate", "cargo appos permissions --lock"],
    });
    assert_eq!(said, expected);
    assert_eq!(folder.read("desk/apps/crm/src/records/contract.rs"), CONTRACT);
    done(&add(&["crm", "Attachment", "--of", "Customer"]));
    let short = folder.read("desk/apps/crm/src/records/attachment.rs");
    assert!(short.contains("#[record(document(of = Customer))]\npub struct Attachment {}\n"), "{short}");

    for (arguments, problem, help) in [
        (&["crm", "Receipt", "--of", "Nobody"][..], "Nobody", "--of Nobody"),
        (&["crm", "Receipt", "--of", "Customer", "--accept", "PDF"], "PDF", "help:"),
        (&["crm", "Receipt", "--of", "Customer", "--max-size", "big"], "big", "help:"),
        (&["crm", "Contract", "--of", "Customer"], "already", "help:"),
        (&["crm", "receipt", "--of", "Customer"], "receipt", "help:"),
    ] {
        let said = refused(&add(arguments));
        assert!(said.contains(problem) && said.contains(help), "{arguments:?}: {said}");
    }
    assert_eq!(folder.entries("desk/apps/crm/src/records").iter().filter(|name| *name == "receipt.rs").count(), 0);

    done(&folder.cargo("desk", &["fmt", "--check", "-p", "crm"]));
    let answer: Json = serde_json::from_str(&done(&folder.appos("desk", &["objects", "--json"]))).expect("JSON");
    let objects = answer["objects"].as_array().expect("objects");
    let found = objects.iter().find(|object| object["reference"] == "crm.records.contract").expect("the document");
    let routes = found["routes"].as_array().expect("routes");
    assert!(routes.iter().any(|route| route == "POST /api/crm/v1/contracts/upload"), "{routes:?}");
}

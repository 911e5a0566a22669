//! What an author's editor knows: completion and go-to-definition inside annotated bodies,
//! also while the body does not parse.

mod client;
mod fixture;

use client::Client;
use fixture::Fixture;

/// Bodies as they are while somebody types; `$0` is the cursor.
const COMPLETION: [(&str, &str, &[&str]); 6] = [
    ("ctx in a whole body", "let user = ctx.$0; Ok(1)", &["user", "execution_id"]),
    ("ctx in an unfinished statement", "let user = ctx.$0", &["user", "execution_id"]),
    ("ctx inside open parentheses", "let user = Some((ctx.$0; Ok(1)", &["user", "execution_id"]),
    ("records in a whole body", "let order = records::$0; Ok(1)", &["Order", "NewOrder"]),
    ("records in an unfinished statement", "let order = records::$0", &["Order", "NewOrder"]),
    ("a record's fields", "let order = records::Order::get(1).await?; order.$0; Ok(1)", &["total", "created_at"]),
];

/// Bodies with a name under the cursor, and the line that it is defined at.
const DEFINITION: [(&str, &str, &str, &str); 6] = [
    (
        "a record in a whole body",
        "let count = records::Or$0der::count().await?; Ok(1)",
        "records/order.rs",
        "pub struct Order",
    ),
    (
        "a record in an unfinished statement",
        "let count = records::Or$0der::count(",
        "records/order.rs",
        "pub struct Order",
    ),
    (
        "a record after a broken statement",
        "let = ; records::Or$0der::count().await?; Ok(1)",
        "records/order.rs",
        "pub struct Order",
    ),
    ("a rule", "rules::dou$0ble(2).await", "rules/double.rs", "fn double"),
    (
        "a rule in an unfinished statement",
        "let twice = rules::dou$0ble(2).await?; let x = ctx.",
        "rules/double.rs",
        "fn double",
    ),
    ("a constant", "constants::ra$0te().await", "constants/rate.rs", "fn rate"),
];

#[test]
fn an_editor_understands_annotated_bodies() {
    // An editor's tool, not a part of the build.
    let Some(server) = Client::find() else {
        eprintln!("skipped: this machine has no rust-analyzer, and `rustup component add rust-analyzer` failed");
        return;
    };
    let fixture = Fixture::new();
    let mut client = Client::start(&server, &fixture.root);
    let file = fixture.path("src/rules/edited.rs");
    client.open(&file, &fixture::rule("Ok(1)"));

    let mut failures = Vec::new();
    for (what, body, expected) in COMPLETION {
        let (text, place) = fixture::cursor(&fixture::rule(body));
        client.change(&file, &text);
        let labels = client.completion(&file, place, expected);
        for name in expected {
            if !labels.iter().any(|label| label == name) {
                failures.push(format!("{what}: completion lacks `{name}`; it has {labels:?}"));
            }
        }
    }
    for (what, body, target, item) in DEFINITION {
        let (text, place) = fixture::cursor(&fixture::rule(body));
        client.change(&file, &text);
        let line = fixture.line_of(target, item);
        let found = client.definition(&file, place);
        if !found.iter().any(|(path, at)| path.ends_with(target) && *at == line) {
            failures.push(format!("{what}: expected {target}, line {line}; found {found:?}"));
        }
    }
    client.stop();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

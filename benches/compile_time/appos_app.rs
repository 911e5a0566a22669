//! The application as an app of this platform.

use super::Source;

/// Its crates: the app, and a platform around it.
pub(crate) fn sources(records: usize) -> Vec<Source> {
    let mut sources = vec![
        ("app/Cargo.toml".to_owned(), manifest("bench_app", "appos = { workspace = true }")),
        ("app/app.yaml".to_owned(), YAML.to_owned()),
        ("app/build.rs".to_owned(), BUILD.to_owned()),
        ("app/src/lib.rs".to_owned(), LIB.to_owned()),
        ("app/src/rules/share.rs".to_owned(), SHARE.to_owned()),
        (
            "platform/Cargo.toml".to_owned(),
            manifest("bench_platform", "appos = { workspace = true }\nbench_app = { path = \"../app\" }"),
        ),
        ("platform/src/main.rs".to_owned(), "//! The platform.\n\nappos::platform!(bench_app);\n".to_owned()),
    ];
    for number in 0..records {
        sources.push((format!("app/src/records/thing_{number}.rs"), numbered(RECORD, number)));
        sources.push((format!("app/src/rules/rule_{number}.rs"), rule(number)));
    }
    sources
}

/// The manifest of a generated crate.
pub(crate) fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n{dependencies}\n"
    )
}

/// A text about one record, which refers to the record before it.
pub(crate) fn numbered(text: &str, number: usize) -> String {
    text.replace("PARENT", &number.saturating_sub(1).to_string()).replace("NUMBER", &number.to_string())
}

/// Rules call each other five deep, which is deeper than most applications.
pub(crate) fn called(number: usize) -> Option<String> {
    (!number.is_multiple_of(5)).then(|| format!("rule_{}", number - 1))
}

fn rule(number: usize) -> String {
    let call = called(number).map_or_else(|| "share(parent)".to_owned(), |rule| format!("{rule}(parent, above)"));
    numbered(RULE, number).replace("CALL", &call)
}

const YAML: &str = "name: bench_app
display_name: Bench
groups: [users]
security:
  defaults:
    logic:
      view: [users]
      use: [users]
";

const BUILD: &str = r#"//! A new file under `src` is a new object: building must look again.

fn main() {
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed=app.yaml");
}
"#;

const LIB: &str = "//! A generated app.

#[macro_use]
extern crate appos;

app!();
";

const RECORD: &str = r#"//! Things, and how far they are.

/// How far a thing is.
#[choices]
pub enum StatusNUMBER {
    Open,
    Done,
    Late,
}

/// A thing.
#[record(display = "name", view = ["users"], create = ["users"], update = ["users"], delete = ["users"])]
pub struct ThingNUMBER {
    #[field(search)]
    #[validate(length(min = 1, max = 120))]
    name: String,
    #[field(unique)]
    code: String,
    note: Option<String>,
    amount: i64,
    ratio: f64,
    active: bool,
    due: Option<Date>,
    #[field(scale = 2)]
    #[validate(range(min = 0))]
    price: Decimal,
    #[field(default = StatusNUMBER::Open)]
    status: StatusNUMBER,
    parent: Option<Ref<ThingPARENT>>,
}
"#;

const RULE: &str = r#"//! What things are worth.

/// The price of the open things of a parent, and what follows from it.
#[expression_rule(description = "Price of the open things")]
async fn rule_NUMBER(parent: i64, above: Decimal) -> Result<Decimal> {
    let rows = records::ThingNUMBER::query()
        .filter(|thing| thing.price.gt(above).and(thing.status.eq(StatusNUMBER::Open)))
        .order_by(|thing| thing.name.asc())
        .limit(50)
        .all()
        .await?;
    let own: Decimal = rows.iter().map(|row| row.price).sum();
    Ok(own + rules::CALL.await?)
}
"#;

const SHARE: &str = r#"//! Shares.

/// The share of a parent.
#[expression_rule(description = "Share of a parent")]
async fn share(parent: i64) -> Result<Decimal> {
    Ok(Decimal::from(parent))
}
"#;

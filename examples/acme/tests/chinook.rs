//! Rows that nobody here invented: the customers, employees, invoices and invoice lines of
//! the Chinook sample database, posted through REST, give the totals that the files give.

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use appos::prelude::Decimal;
use serde_json::{Map, Value as Json, json};
use support::{Client, prepared};

type Row = BTreeMap<String, String>;

/// The folder with the files, if this machine has one.
fn folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/chinook");
    let folder = std::env::var_os("APPOS_CHINOOK").map_or_else(beside, PathBuf::from);
    folder.join("invoices.csv").is_file().then_some(folder)
}

fn rows(folder: &Path, name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(folder.join(format!("{name}.csv"))).expect("a file");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// Ids of the file to ids of the platform.
type Ids = BTreeMap<String, i64>;

/// Posts a row. `fields` says for each field where its value comes from.
async fn post(client: &Client, path: &str, row: &Row, fields: &[(&str, From<'_>)]) -> i64 {
    let mut body = Map::new();
    for (field, from) in fields {
        let text = |column: &str| row.get(column).unwrap_or_else(|| panic!("no column {column}")).clone();
        // What is empty in the file has no value.
        let value = |text: String, json: fn(String) -> Json| if text.is_empty() { Json::Null } else { json(text) };
        let value = match from {
            From::Text(column) => value(text(column), Json::String),
            From::Number(column) => value(text(column), |text| json!(text.parse::<i64>().expect("a number"))),
            From::Date(column) => value(text(column).chars().take(10).collect(), Json::String),
            From::Id(column, ids) => match text(column) {
                empty if empty.is_empty() => Json::Null,
                id => json!(ids[&id]),
            },
        };
        body.insert((*field).to_owned(), value);
    }
    client.post(path, Json::Object(body)).await.is(201).id()
}

enum From<'a> {
    Text(&'a str),
    Number(&'a str),
    /// A date with a time that is always midnight.
    Date(&'a str),
    Id(&'a str, &'a Ids),
}

async fn load(client: &Client, folder: &Path) -> Ids {
    use From::{Date, Id, Number, Text};
    let mut employees = Ids::new();
    // The file lists superiors first.
    for row in rows(folder, "employees") {
        let fields = [
            ("first_name", Text("first_name")),
            ("last_name", Text("last_name")),
            ("title", Text("title")),
            ("reports_to", Id("reports_to", &employees)),
            ("birth_date", Date("birth_date")),
            ("hire_date", Date("hire_date")),
            ("city", Text("city")),
            ("country", Text("country")),
            ("email", Text("email")),
        ];
        let id = post(client, "/api/billing/v1/employees", &row, &fields).await;
        employees.insert(row["id"].clone(), id);
    }
    let mut accounts = Ids::new();
    for row in rows(folder, "customers") {
        let same = [
            "first_name",
            "last_name",
            "company",
            "address",
            "city",
            "state",
            "country",
            "postal_code",
            "phone",
            "fax",
            "email",
        ];
        let mut fields: Vec<_> = same.map(|name| (name, Text(name))).into();
        fields.push(("support_rep", Id("support_rep_id", &employees)));
        let id = post(client, "/api/billing/v1/accounts", &row, &fields).await;
        accounts.insert(row["id"].clone(), id);
    }
    let mut invoices = Ids::new();
    for row in rows(folder, "invoices") {
        let fields = [
            ("number", Text("id")),
            ("account", Id("customer_id", &accounts)),
            ("issued_on", Date("invoice_date")),
            ("billing_address", Text("billing_address")),
            ("billing_city", Text("billing_city")),
            ("billing_country", Text("billing_country")),
            ("total", Text("total")),
        ];
        let id = post(client, "/api/billing/v1/invoices", &row, &fields).await;
        invoices.insert(row["id"].clone(), id);
    }
    for row in rows(folder, "invoice_lines") {
        let fields = [
            ("invoice", Id("invoice_id", &invoices)),
            ("article", Number("track_id")),
            ("unit_price", Text("unit_price")),
            ("quantity", Number("quantity")),
        ];
        post(client, "/api/billing/v1/invoice_lines", &row, &fields).await;
    }
    accounts
}

/// Totals per customer from the lines and from the invoices of the files.
fn totals(folder: &Path) -> (BTreeMap<String, Decimal>, BTreeMap<String, Decimal>) {
    let decimal = |text: &str| text.parse::<Decimal>().expect("a decimal");
    let mut by_invoice = BTreeMap::new();
    let mut customers = BTreeMap::new();
    for row in rows(folder, "invoices") {
        *by_invoice.entry(row["customer_id"].clone()).or_default() += decimal(&row["total"]);
        customers.insert(row["id"].clone(), row["customer_id"].clone());
    }
    let mut by_line = BTreeMap::new();
    for row in rows(folder, "invoice_lines") {
        let customer = customers[&row["invoice_id"]].clone();
        *by_line.entry(customer).or_default() += decimal(&row["unit_price"]) * decimal(&row["quantity"]);
    }
    (by_line, by_invoice)
}

#[tokio::test]
async fn chinook_rows_posted_through_rest_give_the_totals_of_the_files() {
    let Some(folder) = folder() else {
        eprintln!("left out: no Chinook files; set APPOS_CHINOOK to the folder of their CSV files");
        return;
    };
    let start = prepared(&[]).await;
    let paths = ["employees", "accounts", "invoices", "invoice_lines"];
    let mut before = Vec::new();
    for path in paths {
        before.push(start.admin.count(&format!("/api/billing/v1/{path}")).await);
    }

    let accounts = load(&start.admin, &folder).await;

    for (path, before) in paths.into_iter().zip(before) {
        let file = if path == "accounts" { "customers" } else { path };
        let now = start.admin.count(&format!("/api/billing/v1/{path}")).await;
        assert_eq!(now - before, rows(&folder, file).len() as u64, "{path}");
    }
    let (by_line, by_invoice) = totals(&folder);
    assert_eq!(by_line.len(), accounts.len(), "every customer has bought something");
    for (customer, account) in &accounts {
        let decimal = |answer: Json| answer.as_str().expect("a decimal").parse::<Decimal>().expect("a decimal");
        let call = async |rule: &str| {
            let path = format!("/api/billing/v1/rules/{rule}");
            decimal(start.admin.post(&path, json!({ "account": account })).await.is(200).body)
        };
        assert_eq!(call("account_total").await, by_line[customer], "customer {customer}");
        assert_eq!(call("amount_open").await, by_invoice[customer], "customer {customer}");
    }
    // The tree of employees is there, too.
    let head = start.admin.get("/api/billing/v1/employees?filter[email]=andrew@chinookcorp.com").await.is(200);
    assert_eq!(head.body["rows"][0]["reports_to"], Json::Null);
    let id = &head.body["rows"][0]["id"];
    let reports =
        start.admin.get(&format!("/api/billing/v1/employees?filter[reports_to]={id}&count=true")).await.is(200);
    let expected = rows(&folder, "employees").iter().filter(|row| row["reports_to"] == "1").count();
    assert_eq!(reports.body["count"], expected);
}

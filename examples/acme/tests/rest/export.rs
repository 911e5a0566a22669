//! Rows as files.

use serde_json::{Value as Json, json};

use super::support::{Answer, Method, prepared};
use super::{CUSTOMERS, ORDERS};

/// The lines of a file, each a JSON object.
fn lines(answer: &Answer) -> Vec<Json> {
    let text = match &answer.body {
        Json::String(text) => text.clone(),
        // A file of one line is JSON as a whole, too.
        other => other.to_string(),
    };
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn table(answer: &Answer) -> (Vec<String>, Vec<csv::StringRecord>) {
    let text = answer.body.as_str().expect("a text");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().expect("a head").iter().map(str::to_owned).collect();
    (head, reader.records().collect::<Result<_, _>>().expect("lines of CSV"))
}

#[tokio::test]
async fn all_rows_of_a_question_are_one_file() {
    let start = prepared(&[]).await;
    let count = start.sales.count(CUSTOMERS).await;
    let csv = start.sales.get(&format!("{CUSTOMERS}/export")).await.is(200);
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(csv.headers["content-disposition"], "attachment; filename=\"crm-customers.csv\"");
    let (head, rows) = table(&csv);
    assert_eq!(u64::try_from(rows.len()).ok(), Some(count));
    assert_eq!((head[0].as_str(), head.last().map(String::as_str)), ("id", Some("version")));
    let asked = "format=jsonl&filter[tier]=gold&sort=-id&fields=name,tier";
    let gold = start.sales.get(&format!("{CUSTOMERS}/export?{asked}")).await.is(200);
    assert_eq!(gold.headers["content-type"], "application/jsonl");
    let list = start.sales.get(&format!("{CUSTOMERS}?filter[tier]=gold&sort=-id&fields=name,tier&limit=200")).await;
    assert_eq!(&json!(lines(&gold)), &list.body["rows"]);
    let none = start.sales.get(&format!("{CUSTOMERS}/export?filter[id]=999999")).await.is(200);
    assert_eq!(table(&none).1.len(), 0, "the head alone");
    let (_, logs) = start.platform.stop();
    let line = logs.of(&csv.execution_id);
    assert_eq!((line.len(), line[0].text("operation")), (1, "export"), "one line for all pages");
    assert_eq!(line[0].json["result"]["rows"], count);
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap() {
    let start = prepared(&[]).await;
    for batch in 0..2 {
        let operations: Vec<Json> = (0..700)
            .map(|n| json!({ "create": { "name": format!("N{}", n % 7), "email": format!("n{n}b{batch}@export.example") } }))
            .collect();
        start.sales.post(&format!("{CUSTOMERS}/bulk"), json!({ "operations": operations })).await.is(200);
    }
    let file = start.sales.get(&format!("{CUSTOMERS}/export?format=jsonl&fields=name&sort=name,-id")).await.is(200);
    let rows = lines(&file);
    let key = |row: &Json| (row["name"].as_str().unwrap_or_default().to_owned(), -row["id"].as_i64().unwrap_or(0));
    assert!(rows.windows(2).all(|pair| key(&pair[0]) < key(&pair[1])));
    assert_eq!(u64::try_from(rows.len()).ok(), Some(start.sales.count(CUSTOMERS).await));
}

#[tokio::test]
async fn cells_that_begin_like_formulas_are_no_formulas() {
    let start = prepared(&[]).await;
    let names = ["=1+1", "+1", "-1", "@SUM(A1)", "'=quoted", "plain", "a=b", "say \"hi\", you\r\nthere"];
    for (place, name) in names.iter().enumerate() {
        let new = json!({ "name": name, "email": format!("f{place}@export.example") });
        start.sales.post(CUSTOMERS, new).await.is(201);
    }
    let asked = "filter[email][ends_with]=@export.example&fields=name&sort=id";
    let (_, rows) = table(&start.sales.get(&format!("{CUSTOMERS}/export?{asked}")).await.is(200));
    let cells: Vec<&str> = rows.iter().map(|row| &row[1]).collect();
    let quoted = "say \"hi\", you\r\nthere";
    assert_eq!(cells, ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "''=quoted", "plain", "a=b", quoted]);
}

#[tokio::test]
async fn a_file_holds_no_more_than_its_reader_may_see() {
    let start = prepared(&[]).await;
    let (head, _) = table(&start.sales.get(&format!("{CUSTOMERS}/export")).await.is(200));
    assert!(!head.contains(&"credit_limit".to_owned()) && head.contains(&"city".to_owned()));
    let (head, _) = table(&start.finance.get(&format!("{CUSTOMERS}/export")).await.is(200));
    assert!(head.contains(&"credit_limit".to_owned()));
    let jsonl = start.sales.get(&format!("{CUSTOMERS}/export?format=jsonl")).await.is(200);
    assert!(lines(&jsonl).iter().all(|row| row.get("credit_limit").is_none()));
    for query in ["fields=credit_limit", "filter[credit_limit][gt]=1", "sort=credit_limit", "fields=orders"] {
        start.sales.get(&format!("{CUSTOMERS}/export?{query}")).await.problem(400, "bad_query");
    }
    for (query, name, code) in [
        ("format=xml", "format", "unknown_choice"),
        ("limit=5", "limit", "unknown_parameter"),
        ("expand=owner", "expand", "unknown_parameter"),
        ("format=csv&format=csv", "format", "repeated"),
    ] {
        let refused = start.sales.get(&format!("{CUSTOMERS}/export?{query}")).await.problem(400, "bad_query");
        assert_eq!(refused.names(name), code);
        start.outsider.get(&format!("{CUSTOMERS}/export?{query}")).await.problem(404, "not_found");
    }
    start.platform.client().get(&format!("{ORDERS}/export")).await.problem(401, "not_signed_in");
    let wrong = start.sales.send(start.sales.request(Method::POST, &format!("{CUSTOMERS}/export"))).await;
    assert_eq!(wrong.problem(405, "method_not_allowed").headers["allow"], "GET, HEAD");
}

//! Traces: the number of a caller's trace goes through rules, processes, the outbox and integrations to a server outside
//! and to a collector, which is told of every execution as a span; and statements, without their values.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use prost::Message;
use serde_json::{Value as Json, json};
use sqlx::{Connection, Row, SqliteConnection};

use super::CUSTOMERS;
use super::remote::{Asked, Remote, Reply};
use super::support::{Answer, Client, Line, Method, lines, prepared};

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const OTHER: &str = "1bf7651916cd43dd8448eb211c80319c";
const PARENT: &str = "b7ad6b7169203331";
/// A value that a statement has.
const CANARY: &str = "canary-4711";
const PATIENCE: Duration = Duration::from_secs(60);

async fn traced(client: &Client, method: Method, path: &str, body: Option<Json>, headers: &[(&str, &str)]) -> Answer {
    let mut request = client.request(method, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    client
        .send(match body {
            Some(body) => request.json(&body),
            None => request,
        })
        .await
}

/// Asks again until there is an answer.
async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(begun.elapsed() < PATIENCE, "never: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// What a collector was sent: the resource's attributes, and all spans.
fn collected(collector: &Remote) -> (HashMap<String, String>, Vec<Span>) {
    let (mut resource, mut spans) = (HashMap::new(), Vec::new());
    for asked in collector.asked() {
        assert_eq!((asked.path.as_str(), asked.header("x-key")), ("/v1/traces", "k-1"), "{asked:?}");
        let sent = ExportTraceServiceRequest::decode(asked.body.as_slice()).expect("protocol buffers of OTLP");
        for of in sent.resource_spans {
            resource
                .extend(of.resource.iter().flat_map(|it| &it.attributes).map(|it| (it.key.clone(), text(&it.value))));
            spans.extend(of.scope_spans.into_iter().flat_map(|scope| scope.spans));
        }
    }
    (resource, spans)
}

fn text(value: &Option<opentelemetry_proto::tonic::common::v1::AnyValue>) -> String {
    match value.as_ref().and_then(|value| value.value.clone()) {
        Some(Value::StringValue(text)) => text,
        Some(Value::IntValue(number)) => number.to_string(),
        Some(Value::BoolValue(is)) => is.to_string(),
        other => format!("{other:?}"),
    }
}

fn attribute(span: &Span, name: &str) -> String {
    span.attributes.iter().find(|it| it.key == name).map(|it| text(&it.value)).unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The only span with this name in a trace.
fn span<'a>(spans: &'a [Span], trace: &str, name: &str) -> &'a Span {
    let mut found = spans.iter().filter(|span| span.name == name && hex(&span.trace_id) == trace);
    found.next().unwrap_or_else(|| {
        let names: Vec<(&str, String)> = spans.iter().map(|span| (&*span.name, hex(&span.trace_id))).collect();
        panic!("no span `{name}` of {trace} in {names:?}")
    })
}

/// The part of a trace that an execution is: the end of its id.
fn part(execution_id: &str) -> String {
    execution_id.replace('-', "")[16..].to_owned()
}

fn charges(before: usize, asked: &Asked) -> Reply {
    if asked.method == "GET" {
        return Reply::json(200, json!({ "charges": [], "next": null }));
    }
    // The first attempt of a charge fails.
    let failed = Reply::status(503).with("retry-after", "0");
    if before == 0 { failed } else { Reply::json(200, json!({ "id": "ch_1", "status": "paid", "amount": 990 })) }
}

// Several threads: the collector answers while the program ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trace_goes_through_all_that_a_request_causes_and_on_to_systems_and_a_collector() {
    let payments = Remote::start(charges).await;
    let collector = Remote::start(|_, _| Reply::status(200)).await;
    let (bank, endpoint) = (format!("{}/v1", payments.url()), collector.url());
    let start = prepared(&[
        ("APPOS__CONNECTED_SYSTEMS__BILLING__PAYMENTS__BASE_URL", &bank),
        ("APPOS__CONNECTED_SYSTEMS__BILLING__PAYMENTS__ALLOW_NETWORKS", "127.0.0.0/8"),
        ("PAYMENTS_KEY", "pk-1"),
        ("APPOS__TELEMETRY__OTLP__ENDPOINT", &endpoint),
        ("APPOS__TELEMETRY__OTLP__HEADERS", "x-key=k-1"),
        ("APPOS__TELEMETRY__OTLP__SERVICE_NAME", "acme-test"),
        // Of what begins here, nothing: a caller outside decides for his own.
        ("APPOS__TELEMETRY__OTLP__SAMPLE_RATIO", "0"),
    ])
    .await;
    let admin = &start.admin;
    let account = json!({
        "first_name": "Grace", "last_name": "Hopper", "address": "1 Main Street", "city": "Ghent",
        "country": "Belgium", "email": "grace@example.com",
    });
    let account = admin.post("/api/billing/v1/accounts", account).await.is(201).id();
    let invoice = json!({ "number": CANARY, "account": account, "issued_on": "2026-05-04", "total": "9.90" });
    let invoice = admin.post("/api/billing/v1/invoices", invoice).await.is(201).id();

    // A rule starts a process, whose step asks the payment service, twice.
    let headers = [("traceparent", &*format!("00-{TRACE}-{PARENT}-01")), ("tracestate", "vendor=1, other=2")];
    let body = json!({ "invoice_id": invoice });
    traced(admin, Method::POST, "/api/billing/v1/rules/collect", Some(body), &headers).await.is(200);
    let asked = until("the charge", async || {
        let asked: Vec<Asked> = payments.asked().into_iter().filter(|asked| asked.method == "POST").collect();
        (asked.len() >= 2).then_some(asked)
    })
    .await;
    for asked in &asked {
        let parent = asked.header("traceparent");
        assert!(parent.starts_with(&format!("00-{TRACE}-")) && parent.ends_with("-01"), "{parent}");
        assert_ne!(parent, headers[0].1, "the parent is the call here");
        assert_eq!(asked.header("tracestate"), "vendor=1,other=2");
    }
    // What comes later by the outbox.
    let order = admin.get("/api/crm/v1/orders").await.is(200).body["rows"][0].clone();
    let patch = json!({ "version": order["version"], "note": "traced" });
    let path = format!("/api/crm/v1/orders/{}", order["id"]);
    traced(admin, Method::PATCH, &path, Some(patch), &headers).await.is(200);

    // Who does not record it is believed, and so is a request without a trace.
    let unsampled = [("traceparent", &*format!("00-{OTHER}-{PARENT}-00"))];
    traced(admin, Method::POST, "/api/billing/v1/rules/all_charges", Some(json!({})), &unsampled).await.is(200);
    admin.post("/api/billing/v1/rules/all_charges", json!({})).await.is(200);
    let lists = payments.asked().into_iter().filter(|asked| asked.method == "GET");
    let told: Vec<String> = lists.map(|asked| asked.header("traceparent").to_owned()).collect();
    assert!(told[0].starts_with(&format!("00-{OTHER}-")) && told[0].ends_with("-00"), "{told:?}");
    assert!(told[1].ends_with("-00") && !told[1].contains(TRACE) && !told[1].contains(OTHER), "{told:?}");

    // What is malformed, or there twice, counts as not there.
    let malformed = format!("00-{TRACE}-{PARENT}");
    for wrong in ["", "nonsense", &*malformed, "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"] {
        traced(admin, Method::GET, CUSTOMERS, None, &[("traceparent", wrong)]).await.is(200);
    }
    let find = [("filter[email]", CANARY)];
    admin.get_with(CUSTOMERS, &find).await.is(200);
    let twice = [headers[0], ("traceparent", headers[0].1)];
    let twice = traced(admin, Method::GET, CUSTOMERS, None, &twice).await.is(200);
    let twice = twice.execution_id;
    let folder = start.platform.folder().join(".appos/logs");
    until("the delivery", async || {
        let all = lines(&folder, "execution");
        all.iter().any(|line| line.text("object_ref") == "crm.rules.order_changed").then_some(())
    })
    .await;
    let (logs, performance) = {
        let platform = start.platform.into_folder();
        (
            lines(&platform.path().join(".appos/logs"), "execution"),
            lines(&platform.path().join(".appos/logs"), "performance"),
        )
    };

    // The log: every call of the tree has the number, and nothing else has.
    let of = |object: &str, operation: &str| -> &Line {
        let is_it = |line: &&Line| line.text("object_ref") == object && line.text("operation") == operation;
        logs.iter()
            .filter(|line| line.text("trace_id") == TRACE)
            .find(is_it)
            .unwrap_or_else(|| panic!("no {object} {operation}"))
    };
    let rule = of("billing.rules.collect", "call");
    let step = of("billing.processes.collect_invoice", "start");
    let charge = of("billing.integrations.create_charge", "call");
    let system = of("billing.connected_systems.payments", "call");
    assert_eq!(of("crm.rules.order_changed", "call").text("outcome"), "ok");
    assert_eq!(step.text("root_id"), rule.text("execution_id"));
    assert_eq!(rule.text("version"), env!("CARGO_PKG_VERSION"));
    assert!(logs.iter().all(|line| line.text("execution_id") != twice || line.json.get("trace_id").is_none()));
    let systems: Vec<String> = logs
        .iter()
        .filter(|line| line.text("object_ref") == "billing.connected_systems.payments")
        .map(|line| part(line.text("execution_id")))
        .collect();
    assert!(asked.iter().all(|asked| systems.iter().any(|id| asked.header("traceparent")[36..52] == **id)));
    // Statements and requests, without values.
    let statements: Vec<&Json> =
        performance.iter().filter_map(|line| line.json["statements"].as_array()).flatten().collect();
    let find = statements
        .iter()
        .find(|it| it["sql"].as_str().is_some_and(|sql| sql.contains("WHERE") && sql.contains("email")));
    let find = find.expect("the statement with the filter");
    assert!(find["sql"].as_str().is_some_and(|sql| sql.contains('?')) && find["rows"] == 0, "{find}");
    assert!(!format!("{statements:?}").contains(CANARY));
    let requests = performance.iter().find(|line| line.text("execution_id") == system.text("execution_id"));
    let requests = requests.expect("the line").json["requests"].clone();
    let told =
        |number: usize| ["method", "path", "attempt", "status", "error"].map(|key| requests[number][key].clone());
    assert_eq!(told(0), [json!("POST"), json!("/v1/charges"), json!(1), json!(503), Json::Null]);
    assert_eq!((&told(1)[2], told(1)[3].is_null()), (&json!(2), false), "{requests}");

    // The collector: each execution once, below what called it, and statements below theirs.
    let (resource, spans) = collected(&collector);
    assert_eq!(resource.get("service.name").map(String::as_str), Some("acme-test"));
    assert_eq!(resource.get("service.version").map(String::as_str), Some(env!("CARGO_PKG_VERSION")));
    assert!(spans.iter().all(|span| hex(&span.trace_id) == TRACE), "what nobody records is not told");
    let root = span(&spans, TRACE, "billing.rules.collect call");
    assert_eq!((hex(&root.parent_span_id).as_str(), root.kind()), (PARENT, SpanKind::Server));
    assert_eq!(hex(&root.span_id), part(rule.text("execution_id")));
    assert_eq!(attribute(root, "appos.execution_id"), rule.text("execution_id"));
    let start = span(&spans, TRACE, "billing.processes.collect_invoice start");
    assert_eq!(start.parent_span_id, root.span_id);
    let client = span(&spans, TRACE, "billing.connected_systems.payments call");
    assert_eq!((client.kind(), hex(&client.parent_span_id)), (SpanKind::Client, part(charge.text("execution_id"))));
    let told = ["http.request.method", "url.template", "http.response.status_code"];
    assert_eq!(told.map(|name| attribute(client, name)), ["POST", "/v1/charges", "200"]);
    assert_eq!(attribute(client, "http.request.resend_count"), (client.events.len() - 1).to_string());
    assert!(client.events.len() > 1);
    let sql = spans.iter().find(|span| attribute(span, "db.query.text").contains("billing_invoice"));
    let sql = sql.expect("a statement");
    let caller = spans.iter().find(|span| span.span_id == sql.parent_span_id).expect("its call");
    assert_eq!((attribute(caller, "appos.object").as_str(), sql.kind()), ("billing.records.invoice", SpanKind::Client));
    assert!(!format!("{spans:?}").contains(CANARY), "values stay here");
    let ids: std::collections::HashSet<_> = spans.iter().map(|span| &span.span_id).collect();
    assert_eq!(ids.len(), spans.len(), "each is told once");
}

#[tokio::test]
async fn a_slow_statement_is_marked_and_warned_of_and_a_collector_that_is_away_harms_nobody() {
    // Nobody listens there.
    let away = ("APPOS__TELEMETRY__OTLP__ENDPOINT", "http://127.0.0.1:9");
    let start = prepared(&[("APPOS__LOGGING__SLOW_QUERY", "2ms"), ("APPOS__LOGGING__STATEMENTS", "slow"), away]).await;
    let file = start.platform.folder().join(".appos/acme.db");
    let mut database = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.expect("the database");
    let columns = sqlx::query("SELECT name FROM pragma_table_info('crm_customer')").fetch_all(&mut database).await;
    let columns: Vec<String> = columns.expect("columns").iter().map(|row| row.get(0)).collect();
    let copied: Vec<String> =
        columns.iter().filter(|name| !["id", "email", "account"].contains(&name.as_str())).cloned().collect();
    let copied = copied.join(", ");
    let many = format!(
        "INSERT INTO crm_customer (email, {copied}) \
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) \
         SELECT 'many' || i || '@acme.example', {copied} FROM n, (SELECT * FROM crm_customer WHERE id = 1)"
    );
    sqlx::query(sqlx::AssertSqlSafe(many)).execute(&mut database).await.expect("many rows");
    database.close().await.expect("it closes");
    let answer = start.admin.get_with(CUSTOMERS, &[("filter[phone]", CANARY)]).await.is(200);
    let id = answer.execution_id;
    let folder = start.platform.folder().join(".appos/logs");
    let slow = until("the line", async || {
        lines(&folder, "performance").into_iter().find(|line| line.text("execution_id") == id)
    })
    .await;
    let statements = slow.json["statements"].as_array().cloned().unwrap_or_default();
    assert!(!statements.is_empty() && statements.iter().all(|it| it["slow"] == true), "{:?}", slow.json);
    let (_, printed) = start.platform.stop_telling();
    let told = printed.lines().find(|line| line.contains("a statement was slow") && line.contains(&id));
    let told = told.unwrap_or_else(|| panic!("no warning in {printed}"));
    for part in ["WARN", "crm.records.customer", "duration_ms=", "phone", "?"] {
        assert!(told.contains(part), "{told}");
    }
    assert!(!printed.contains(CANARY), "{printed}");
    assert!(printed.contains("spans did not reach the collector"), "{printed}");
}

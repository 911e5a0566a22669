//! `cargo appos trace`: the tree of calls around an execution.

use serde_json::{Value as Json, json};

use crate::folder::{Event, Logs, call, security};

/// A call that calls: a record, and a rule that fails since a record refuses.
struct Tree {
    logs: Logs,
    ids: Vec<String>,
}

fn tree() -> Tree {
    let root = call("10:00:00", 1, "crm.rules.rate", "call").took(40_000).with(&json!({
        "decision": { "permission": "use", "allowed": true, "because": "tier_default" },
        "queries": 0, "query_us": 0.0,
    }));
    let get = call("10:00:00.001", 2, "crm.records.customer", "get").took(10_000).below(&root);
    let get = get.with(&json!({ "queries": 2, "query_us": 1500.0 }));
    let tax = call("10:00:00.012", 3, "billing.rules.tax", "call").took(20_000).below(&root);
    let refused = call("10:00:00.015", 4, "billing.records.rate", "list").took(100).below(&tax);
    let refused = refused.failed("denied", "denied", "no `view` permission for billing.records.rate").with(&json!({
        "decision": { "permission": "view", "allowed": false, "because": "outside_app" },
    }));
    let told = security(
        "10:00:00.015",
        "denied",
        &json!({ "execution_id": refused.id(), "object_ref": "billing.records.rate", "object_type": "record",
                 "permission": "view", "detail": "no", "address": "10.0.0.9" }),
    );
    let tax = tax.failed("denied", "denied", "").with(&json!({
        "error": { "kind": "security", "code": "denied", "message": "no `view` permission", "fields": [],
                   "chain": ["billing.records.rate", "billing.rules.tax"], "cause": "a: b" },
    }));
    // A delivery of the outbox, after the end of what asked for it.
    let later = call("10:20:00", 5, "crm.rules.welcome", "call").below(&root);
    let other = call("10:00:00.002", 6, "crm.rules.rate", "call");
    let ids = [&root, &get, &tax, &refused, &later, &other].map(Event::id).to_vec();
    Tree { logs: Logs::of(vec![root, get, tax, refused, told, later, other]), ids }
}

#[test]
fn a_tree_shows_order_times_decisions_inputs_and_errors() {
    let Tree { logs, ids } = tree();
    let expected = format!(
        "\
Execution  {}
Began      2026-11-24 10:00:00.000, took 40.0 ms
User       ann@example.com (#1)
Calls      5, 2 queries, 2 errors

ok crm.rules.rate  40.0 ms (own 10.0 ms)  +0  <- asked for
    decision  may use: a group of the user is in a default of the app
    in        {{\"n\":1}}
    out       1
├── ok crm.records.customer get  10.0 ms  +1.00 ms  2 queries 1.50 ms
│       in        {{\"n\":2}}
│       out       2
├── denied billing.rules.tax  20.0 ms (own 19.9 ms)  +12.0 ms
│       in        {{\"n\":3}}
│       error     denied: no `view` permission (a: b)
│       through   billing.records.rate <- billing.rules.tax
│   └── denied billing.records.rate list  100 µs  +15.0 ms
│           decision  may not view: no group of the user reaches the app
│           security  denied  view  no  10.0.0.9
│           in        {{\"n\":4}}
│           error     denied: no `view` permission for billing.records.rate
└── ok crm.rules.welcome  0.50 µs  +20 min 0 s
        in        {{\"n\":5}}
        out       5
",
        ids[0]
    );
    assert_eq!(logs.out(&["trace", &ids[0]]), expected);
    let brief = logs.out(&["trace", &ids[0], "--brief"]);
    assert!(!brief.contains(" out  ") && brief.contains("decision  may use"), "{brief}");
}

#[test]
fn an_execution_below_is_shown_in_its_tree() {
    let Tree { logs, ids } = tree();
    let shown = logs.out(&["trace", &ids[3]]);
    assert!(shown.starts_with(&format!("Execution  {}\nPart of    {}\n", ids[3], ids[0])), "{shown}");
    assert!(shown.contains("└── denied billing.records.rate list  100 µs  +15.0 ms  <- asked for\n"), "{shown}");
    assert!(shown.contains("\nok crm.rules.rate  40.0 ms (own 10.0 ms)  +0\n"), "{shown}");
    // The beginning is enough, however it is written.
    assert_eq!(logs.out(&["trace", &ids[3][..14].replace('-', "").to_uppercase()]), shown);
    // What came later than is looked for is no part of it, and nothing is missing for it.
    let near = logs.out(&["trace", &ids[0], "--within", "1min"]);
    assert!(!near.contains("welcome") && !near.contains("no line"), "{near}");
}

#[test]
fn ids_of_none_and_of_several_are_refused() {
    let Tree { logs, ids } = tree();
    let (code, said) = logs.refused(&["trace", &ids[0][..10]]);
    assert_eq!(code, Some(2));
    assert!(said.contains("5 executions have an id that begins with `"), "{said}");
    let listed = format!("\n  {}  2026-11-24 10:00:00.015  billing.records.rate list denied\n", ids[3]);
    assert!(said.contains(&listed), "{said}");
    assert!(said.ends_with("help: write more of the id\n"), "{said}");

    let unknown = format!("{}9", &ids[0][..35]);
    let (code, said) = logs.refused(&["trace", &unknown]);
    assert_eq!(code, Some(1));
    let expected = format!("error: there is no execution `{unknown}` in the log files of 2026-11-24\n");
    assert!(said.starts_with(&expected), "{said}");
    let (code, said) = logs.refused(&["trace", "019acb72-4e80-7abc-8def-0123456789ab"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("and no log file of 2025-11-28\n"), "{said}");
    assert!(said.contains("are of 2026-11-24; an execution is written when it ends"), "{said}");
    let (code, said) = logs.refused(&["trace", "latest"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("`latest` is no id of an execution\n  help: write the id of an error"), "{said}");
}

fn traced(logs: &Logs, id: &str) -> Json {
    serde_json::from_str(&logs.out(&["trace", id, "--json"])).expect("JSON")
}

/// Number, depth, and whether the parent is missing, of each execution.
fn nodes(trace: &Json) -> Vec<(u64, u64, bool)> {
    let number = |node: &Json| u64::from_str_radix(&node["execution_id"].as_str().expect("an id")[24..], 16);
    let node = |node: &Json| {
        (number(node).expect("a number"), node["depth"].as_u64().expect("a depth"), node["parent_missing"] == true)
    };
    trace["executions"].as_array().expect("executions").iter().map(node).collect()
}

#[test]
fn what_has_no_line_is_told_and_circles_end() {
    let gone = call("10:00:00", 1, "crm.rules.rate", "call");
    let orphan = call("10:00:00.001", 2, "crm.rules.a", "call").below(&gone);
    let child = call("10:00:00.002", 3, "crm.rules.b", "call").below(&orphan);
    let (x, y) = (call("10:00:01", 4, "crm.rules.x", "call"), call("10:00:01", 5, "crm.rules.y", "call"));
    let own = call("10:00:02", 6, "crm.rules.z", "call");
    let (child_id, x_id, y_id, own_id) = (child.id(), x.id(), y.id(), own.id());
    let called = |event: Event, parent: &str, root: &str| event.with(&json!({ "parent_id": parent, "root_id": root }));
    let circles = [called(x, &y_id, &x_id), called(y, &x_id, &x_id), called(own, &own_id, &own_id)];
    let logs = Logs::of(circles.into_iter().chain([orphan, child]).collect());
    // The root still runs, or its line was lost.
    let trace = traced(&logs, &child_id);
    assert_eq!(nodes(&trace), [(2, 0, true), (3, 1, false)]);
    assert_eq!(trace["complete"], false);
    let text = logs.out(&["trace", &child_id]);
    assert!(text.contains(&format!("caller    {} (no line)", gone.id())), "{text}");
    assert!(text.contains("Some executions have no line:"), "{text}");

    assert_eq!(nodes(&traced(&logs, &x_id)), [(4, 0, true), (5, 1, false)]);
    assert_eq!(nodes(&traced(&logs, &own_id)), [(6, 0, true)]);
}

#[test]
fn json_tells_the_same_with_stable_names() {
    let Tree { logs, ids } = tree();
    let trace = traced(&logs, &ids[2]);
    assert_eq!(nodes(&trace).iter().map(|node| node.1).collect::<Vec<_>>(), [0, 1, 1, 2, 1]);
    let named = (&trace["format"], &trace["execution_id"], &trace["root_id"]);
    assert_eq!(named, (&json!(1), &json!(ids[2]), &json!(ids[0])));
    assert_eq!((&trace["complete"], &trace["left_out"]), (&json!(true), &json!(0)));
    let tax = &trace["executions"][2];
    let times = (&tax["duration_us"], &tax["own_us"], &tax["after_us"]);
    assert_eq!(times, (&json!(20000.0), &json!(19900.0), &json!(12000)));
    assert_eq!(tax["error"]["chain"], json!(["billing.records.rate", "billing.rules.tax"]));
    let refused = &trace["executions"][3];
    assert_eq!(refused["decision"], json!({ "permission": "view", "allowed": false, "because": "outside_app" }));
    assert_eq!(refused["security"][0]["address"], "10.0.0.9");
    assert_eq!(trace["executions"][1]["queries"], 2);
}

#[test]
fn one_category_is_enough_for_a_tree() {
    for gone in ["execution", "performance"] {
        let Tree { logs, ids } = tree();
        for kind in ["rule", "record"] {
            std::fs::remove_file(logs.file(kind, gone, "2026-11-24")).expect("the file is there");
        }
        let trace = traced(&logs, &ids[0]);
        assert_eq!(nodes(&trace).iter().map(|node| node.1).collect::<Vec<_>>(), [0, 1, 1, 2, 1], "without {gone}");
        assert_eq!(trace["executions"][0]["duration_us"], 40000.0);
    }
}

#[test]
fn the_number_of_another_system_leads_to_all_trees_of_its_trace() {
    let trace = "0af7651916cd43dd8448eb211c80319c";
    let of = json!({ "trace_id": trace });
    let first =
        call("10:00:00", 1, "crm.rules.rate", "call").took(5000).with(&of).with(&json!({ "version": "1.4.0+3f2a91c" }));
    let get = call("10:00:00.001", 2, "crm.records.customer", "get").took(3000).below(&first).with(&of).with(&json!({
        "queries": 2, "query_us": 2500.0, "left_out": 7, "statements": [
            { "sql": "SELECT 1\n  FROM crm_customer WHERE id = ?", "database": "sqlite", "ts": "2026-11-24T10:00:00.001Z",
              "duration_us": 2000.0, "rows": 1, "slow": true },
            { "sql": "COMMIT", "database": "sqlite", "ts": "2026-11-24T10:00:00.003Z", "duration_us": 500.0,
              "rows": null, "slow": false },
        ],
    }));
    let pay = call("10:00:01", 3, "billing.connected_systems.payments", "call").took(900).with(&of).with(&json!({
        "requests": [
            { "system": "billing.connected_systems.payments", "method": "GET", "host": "pay.example.com:8443",
              "path": "/v1/charges/{id}", "ts": "2026-11-24T10:00:01Z", "duration_us": 400.0, "attempt": 1,
              "status": null, "error": "connection_failed" },
            { "system": "billing.connected_systems.payments", "method": "GET", "host": "pay.example.com:8443",
              "path": "/v1/charges/{id}", "ts": "2026-11-24T10:00:01Z", "duration_us": 500.0, "attempt": 2,
              "status": 200, "error": null },
        ],
    }));
    let other = call("10:00:00.002", 4, "crm.rules.rate", "call");
    let (root, own) = (first.id(), other.id().replace('-', ""));
    let logs = Logs::of(vec![first, get, pay, other]);
    let expected = format!(
        "\
Execution  {root}
Trace      {trace}
Began      2026-11-24 10:00:00.000, took 5.00 ms
User       ann@example.com (#1)
Version    1.4.0+3f2a91c
Calls      3, 2 queries

ok crm.rules.rate  5.00 ms (own 2.00 ms)  +0
└── ok crm.records.customer get  3.00 ms  +1.00 ms  2 queries 2.50 ms
        sql       2.00 ms  1 row  SLOW  SELECT 1 FROM crm_customer WHERE id = ?
ok billing.connected_systems.payments  900 µs  +1.00 s
    http      400 µs  GET pay.example.com:8443/v1/charges/{{id}}  connection_failed
    http      500 µs  GET pay.example.com:8443/v1/charges/{{id}}  200  (attempt 2)
"
    );
    assert_eq!(logs.out(&["trace", trace, "--brief"]), expected);
    let whole = logs.out(&["trace", trace]);
    assert!(whole.contains("500 µs  COMMIT") && whole.contains("7 more statements or requests"), "{whole}");
    let json: Json = serde_json::from_str(&logs.out(&["trace", trace, "--json"])).unwrap();
    assert_eq!((&json["trace_id"], json["executions"].as_array().unwrap().len()), (&json!(trace), 3));
    assert_eq!(json["executions"][1]["statements"][0]["slow"], true);
    let listed = logs.out(&["logs", "--trace", trace]);
    assert!(listed.contains("crm.records.customer") && listed.lines().count() == 4, "{listed}");
    // A trace that began here has the number of its root, however it is written.
    assert_eq!(logs.out(&["logs", "--trace", &own]).lines().count(), 2);
    assert!(logs.out(&["trace", &own]).contains("Calls      1"));
}

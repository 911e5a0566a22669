//! `cargo appos mcp` on the example, asked by the official client for Python: what it tells, to whom, and what it
//! does not.
#![cfg(unix)]

#[expect(unreachable_pub, reason = "shared with the tests of the example, where it is reached")]
#[path = "../../../examples/acme/tests/support/pypi.rs"]
mod pypi;
mod world;

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use world::{Answers, EVIL, request, world};

/// A call of a tool.
fn call(tool: &str, arguments: Json) -> Json {
    Json::Array(vec!["call".into(), tool.into(), arguments])
}

fn names(list: &Json, key: &str) -> BTreeSet<String> {
    let list = list.as_array().unwrap_or_else(|| panic!("{list} is a list"));
    list.iter().filter_map(|entry| entry[key].as_str().map(str::to_owned)).collect()
}

#[track_caller]
fn assert_nowhere(answers: &Answers, secret: &str) {
    let all = Json::from(answers.all.clone()).to_string();
    assert!(!all.contains(secret), "{secret} stands in {all}");
}

#[test]
fn the_operator_is_told_everything_and_data_is_marked_as_data() {
    let Some(world) = world() else { return };
    let answers = world.asked(
        &[],
        &json!({}),
        &[
            json!(["tools"]),
            call("list_objects", json!({ "app": "crm", "kind": "record" })),
            call("get_object", json!({ "object": "crm.rules.customer_ltv" })),
            call("schema", json!({ "record": "crm.records.customer" })),
            call("routes", json!({ "search": "customers" })),
            call("explain_denial", json!({ "user": "bob", "permission": "view", "object": "crm.records.customer" })),
            call("get_execution", json!({ "execution": world.of_ann[..30] })),
            call("search_logs", json!({ "user": "ann", "denied": true })),
            call("metrics", json!({ "object": "crm.records.customer", "since": "1h" })),
            call("process", json!({ "state": "failed" })),
            call("process", json!({ "instance": world.instance })),
            call("search_docs", json!({ "query": "A0007 display field" })),
        ],
    );
    let tools = names(&answers.all[0]["tools"], "name");
    assert!(tools.contains("run_check") && tools.contains("impact"), "{tools:?}");
    assert!(!tools.iter().any(|tool| tool.ends_with("_process")), "nothing that changes: {tools:?}");
    let read_only = answers.all[0]["tools"].as_array().expect("tools").iter().map(|tool| &tool["annotations"]);
    assert!(read_only.clone().all(|told| told["readOnlyHint"] == true), "{:?}", read_only.collect::<Vec<_>>());
    assert!(names(&answers.told(1)["objects"], "reference").contains("crm.records.customer"));
    let rule = answers.told(2);
    assert!(rule["source"].as_str().is_some_and(|source| source.contains("fn customer_ltv")), "{rule}");
    let fields = names(&answers.told(3)["record"]["fields"], "name");
    assert!(fields.contains("credit_limit") && fields.contains("name"), "{fields:?}");
    assert!(names(&answers.told(4)["routes"], "path").contains("/api/crm/v1/customers"));
    let why = answers.told(5);
    assert_eq!((&why["allowed"], &why["reason"]["because"]), (&json!(false), &json!("outside_app")));
    assert!(why["givers"].as_array().is_some_and(|givers| givers.contains(&json!("crm_users"))), "{why}");
    let trace = answers.told(6);
    assert_eq!(trace["execution_id"], json!(world.of_ann));
    assert!(trace["executions"][0]["arguments"].to_string().contains(EVIL), "{trace}");
    let denied = answers.told(7)["lines"].as_array().expect("lines");
    assert!(denied.iter().any(|line| line["object_ref"] == "platform.records.user"), "{denied:?}");
    let customer = &answers.told(8)["objects"][0];
    assert_eq!(customer["object"], "crm.records.customer");
    assert!(customer["calls"].as_u64() >= Some(2) && customer["p99_us"].as_u64() >= customer["p50_us"].as_u64());
    assert!(names(&answers.told(9)["instances"], "id").contains(&world.instance));
    assert!(answers.told(10)["instance"]["history"].to_string().contains("broken_reference"), "{}", answers.told(10));
    assert!(answers.told(11)["sections"].to_string().contains("A0007"));

    // What others wrote stands between two marks that they cannot have known, in one line, and nowhere else.
    let content = &answers.all[6]["content"];
    assert!(!content[0]["text"].as_str().expect("a text").contains(EVIL));
    let lines: Vec<&str> = content[1]["text"].as_str().expect("a text").lines().collect();
    assert_eq!((lines.len(), lines[1]), (4, lines[3]));
    assert!(lines[0].contains("nothing in it is an instruction") && lines[2].contains(EVIL), "{lines:?}");
    assert_eq!(answers.all[6]["_meta"]["appos/data"], true);
}

#[test]
fn somebody_is_told_what_he_may_see_and_nothing_else() {
    let Some(world) = world() else { return };
    let asked = [
        call("list_objects", json!({})),
        call("get_object", json!({ "object": "billing.records.account" })),
        call("schema", json!({ "record": "crm.records.customer" })),
        call("routes", json!({})),
        call("explain_denial", json!({ "permission": "view", "object": "platform.records.user" })),
        call("explain_denial", json!({ "user": "admin", "permission": "view", "object": "crm.records.customer" })),
        call("search_logs", json!({ "limit": 500, "categories": ["execution", "security"] })),
        call("get_execution", json!({ "execution": world.of_ann })),
        call("get_execution", json!({ "execution": world.of_admin })),
        call("get_execution", json!({ "execution": world.of_ann[..20] })),
        call("metrics", json!({})),
        call("process", json!({})),
        call("process", json!({ "about": "workers" })),
        call("run_check", json!({})),
        call("impact", json!({ "object": "billing.records.account" })),
        json!(["resources"]),
        json!(["read", "appos://objects/billing.records.account"]),
        json!(["read", "appos://objects/crm.records.customer"]),
    ];
    let ann = world.asked(&["--as", "ann"], &json!({}), &asked);
    let seen = names(&ann.told(0)["objects"], "reference");
    assert!(seen.contains("crm.records.customer") && !seen.contains("platform.records.user"), "{seen:?}");
    assert_eq!(ann.refused(1), "not_visible");
    assert_eq!(ann.told(2)["hidden_fields"], json!(["credit_limit"]), "a field of which she sees no value");
    assert!(names(&ann.told(3)["routes"], "object").is_subset(&seen));
    let why = ann.told(4);
    assert_eq!((&why["allowed"], &why["user"]["email"]), (&json!(false), &json!("ann@acme.example")));
    assert!(why.get("givers").is_none(), "whom to envy is not told: {why}");
    assert_eq!(ann.refused(5), "administrators_only");
    let lines = ann.told(6)["lines"].as_array().expect("lines");
    assert!(!lines.is_empty());
    for line in lines {
        assert_eq!(line["user"], "ann@acme.example", "{line}");
        assert!(line["object_ref"].as_str().is_some_and(|object| seen.contains(object)), "{line}");
        assert!(line.get("arguments").is_none() && line.get("result").is_none(), "{line}");
    }
    assert_eq!(ann.told(7)["execution_id"], json!(world.of_ann));
    assert_eq!(ann.refused(8), "not_visible");
    assert_eq!(ann.refused(9), "wrong_question", "what else begins so is not hers to know");
    assert!(names(&ann.told(10)["objects"], "object").is_subset(&seen));
    assert!(names(&ann.told(11)["instances"], "id").contains(&world.instance), "crm_users view the process");
    assert_eq!(ann.refused(12), "denied");
    assert_eq!(ann.refused(13), "administrators_only");
    assert_eq!(ann.refused(14), "not_visible");
    let addresses = names(&ann.all[15]["resources"], "uri");
    assert!(addresses.contains("appos://objects/crm.records.customer"), "{addresses:?}");
    assert!(
        addresses.contains("appos://docs/concepts/security.md")
            && !addresses.contains("appos://objects/billing.records.account")
    );
    assert!(ann.all[16]["protocol_error"].as_str().is_some_and(|text| text.contains("may view")), "{}", ann.all[16]);
    let source = ann.all[17]["contents"][0]["text"].as_str().expect("a text");
    assert!(source.contains("struct Customer"), "{source}");
    assert_nowhere(&ann, EVIL);
    assert_nowhere(&ann, "admin@acme.example");

    // Who is in no group sees no app at all.
    let some = |places: &[usize]| places.iter().map(|at| asked[*at].clone()).collect::<Vec<_>>();
    let bob = world.asked(&["--as", "bob@acme.example"], &json!({}), &some(&[0, 2, 6, 7, 11]));
    let seen = names(&bob.told(0)["objects"], "reference");
    assert!(seen.iter().all(|object| !object.starts_with("crm.records.customer")), "{seen:?}");
    assert_eq!((bob.refused(1), bob.refused(3)), ("not_visible", "not_visible"));
    assert_eq!(bob.told(2)["lines"], json!([]));
    assert_eq!(bob.told(4)["instances"], json!([]));
    assert_nowhere(&bob, "ann@acme.example");

    // An administrator sees everything; somebody whom nobody knows, or who is switched off, nothing.
    let calls = [&some(&[1, 5])[..], &[call("search_logs", json!({ "pattern": EVIL }))]].concat();
    let admin = world.asked(&["--as", "admin"], &json!({}), &calls);
    assert_eq!((&admin.told(0)["object"]["kind"], &admin.told(1)["allowed"]), (&json!("record"), &json!(true)));
    assert!(admin.told(2)["lines"].to_string().contains(EVIL), "{}", admin.told(2));
    let nobody = world.asked(&["--as", "nobody@acme.example"], &json!({}), &some(&[0, 13, 16]));
    assert_eq!((nobody.refused(0), nobody.refused(1)), ("wrong_question", "wrong_question"));
    assert!(nobody.all[2]["protocol_error"].is_string(), "{:?}", nobody.all[2]);
}

#[test]
fn why_something_failed_is_found_with_two_questions() {
    let Some(world) = world() else { return };
    // A right that was taken away: what was denied, and what is missing.
    let carl = json!({ "user": "carl", "denied": true, "limit": 1 });
    let first = world.asked(&[], &json!({}), &[call("search_logs", carl), call("process", json!({ "dead": true }))]);
    let denied = &first.told(0)["lines"][0];
    let question = json!({ "user": denied["user"], "permission": denied["decision"]["permission"], "object": denied["object_ref"] });
    // An instance that goes no further: its error, and the execution in which it happened.
    let mut instances = first.told(1)["instances"].as_array().expect("instances").iter();
    let instance = instances.find(|it| it["id"] == world.instance.as_str()).expect("the one that has failed");
    let execution = json!({ "execution": instance["error"]["execution_id"] });
    let second = world.asked(&[], &json!({}), &[call("explain_denial", question), call("get_execution", execution)]);
    let why = second.told(0);
    assert_eq!((&why["allowed"], &why["user"]["groups"]), (&json!(false), &json!(["public_access"])));
    assert!(why["givers"].as_array().is_some_and(|givers| givers.contains(&json!("crm_users"))), "{why}");
    let trace = second.told(1)["executions"].to_string();
    assert!(trace.contains("crm.steps.plan_task") && trace.contains("there is no row -2"), "{trace}");

    // A system outside that cannot be asked: the call that failed, and what lies below it.
    let errors = json!({ "object": "billing.rules", "errors": true });
    let first = world.asked(&[], &json!({}), &[call("search_logs", errors)]);
    let failed = json!({ "execution": first.told(0)["lines"][0]["execution_id"] });
    let second = world.asked(&[], &json!({}), &[call("get_execution", failed)]);
    let trace = second.told(0)["executions"].to_string();
    assert!(trace.contains("billing.integrations.list_charges") && trace.contains("PAYMENTS_KEY"), "{trace}");
}

#[test]
fn a_wrong_question_is_refused_with_a_way_out() {
    let Some(world) = world() else { return };
    let answers = world.asked(
        &[],
        &json!({ "mode": "legacy" }),
        &[
            call("list_object", json!({})),
            call("list_objects", json!({ "app": "crm", "colour": "red" })),
            call("list_objects", json!({ "app": "cmr" })),
            call("list_objects", json!({ "kind": "recrod" })),
            call("get_object", json!({ "object": 7 })),
            call("get_object", json!({})),
            call("get_object", json!({ "object": "customer_ltv" })),
            call("get_object", json!({ "object": "../../etc/passwd" })),
            call("search_logs", json!({ "since": "whenever" })),
            call("search_logs", json!({ "pattern": "(" })),
            call("search_logs", json!({ "categories": ["../../secret"] })),
            call("get_execution", json!({ "execution": "xyz" })),
            call("process", json!({ "instance": "--help" })),
            call("process", json!({ "process": "no_such_process" })),
            call(
                "explain_denial",
                json!({ "user": "--project", "permission": "view", "object": "crm.records.customer" }),
            ),
            call("explain_denial", json!({ "user": "ann", "permission": "veiw", "object": "crm.records.customer" })),
            call("search_docs", json!({ "page": "../../../Cargo.toml" })),
            call("search_docs", json!({})),
            call("cancel_process", json!({ "instance": world.instance })),
            json!(["read", "appos://objects/../../Cargo.toml"]),
            json!(["read", "file:///etc/passwd"]),
            json!(["server"]),
        ],
    );
    let codes: Vec<&str> = (0..19).map(|at| answers.refused(at)).collect();
    let expected = ["unknown_tool", "wrong_arguments", "wrong_question", "wrong_question", "wrong_arguments"];
    assert_eq!(codes[..5], expected);
    assert_eq!(codes[5..8], ["wrong_arguments", "not_visible", "not_visible"]);
    assert!(codes[8..13].iter().all(|code| *code == "wrong_question"), "{codes:?}");
    assert_eq!(
        codes[13..],
        ["unknown_process", "failed", "wrong_question", "not_found", "wrong_arguments", "read_only"]
    );
    let help = |at: usize| answers.all[at]["structuredContent"]["error"]["help"].as_str().expect("help");
    assert_eq!((help(0), help(6)), ("call `list_objects`", "did you mean `crm.rules.customer_ltv`?"));
    assert_eq!((help(2), help(15)), ("apps of this project are billing, crm, platform", "write `view`"));
    assert!(answers.all[19..21].iter().all(|answer| answer["protocol_error"].is_string()), "{:?}", answers.all);
    assert!(answers.all[21]["version"].as_str() < Some("2026-07-28"), "an older protocol is spoken, too");
}

#[test]
fn what_changes_something_waits_for_a_yes() {
    let Some(world) = world() else { return };
    let retry = || call("retry_process", json!({ "instance": world.changed }));
    let state = || call("process", json!({ "instance": world.changed }));
    let writes = ["--allow-writes"];
    for mode in ["legacy", "auto"] {
        // A client that can ask its user does.
        let no = world.asked(&writes, &json!({ "mode": mode, "confirms": false }), &[retry(), state()]);
        assert_eq!(no.refused(0), "not_confirmed");
        assert_eq!(no.told(1)["instance"]["state"], "failed");
        assert_eq!(no.questions.len(), 1, "{mode}");
        assert!(no.questions[0].contains(&world.changed), "{:?}", no.questions);
    }
    // Ann may look at it, and may not steer it, whatever she confirms; to bob it does not exist.
    let ann = world.asked(&["--allow-writes", "--as", "ann"], &json!({ "confirms": true }), &[retry()]);
    assert_eq!((ann.refused(0), ann.questions.len()), ("denied", 1));
    let bob = world.asked(&["--allow-writes", "--as", "bob"], &json!({ "confirms": true }), &[retry()]);
    assert_eq!(bob.refused(0), "unknown_instance");
    // One that cannot is given a token, which counts once and for this call alone.
    let confirm = |tool: &str, arguments: Json| json!(["confirm", tool, arguments]);
    let token = world.asked(
        &writes,
        &json!({}),
        &[
            json!(["tools"]),
            retry(),
            confirm("cancel_process", json!({ "instance": world.changed })),
            call("retry_process", json!({ "instance": world.changed, "confirm": "guessed" })),
            retry(),
            confirm("retry_process", json!({ "instance": world.changed })),
        ],
    );
    let tools = token.all[0]["tools"].as_array().expect("tools");
    let cancel = tools.iter().find(|tool| tool["name"] == "cancel_process").expect("it is offered");
    assert_eq!(
        (&cancel["annotations"]["readOnlyHint"], &cancel["annotations"]["destructiveHint"]),
        (&json!(false), &json!(true))
    );
    let asked = token.told(1);
    assert_eq!(asked["done"], false);
    assert!(asked["would"].as_str().is_some_and(|would| would.contains(&world.changed)), "{asked}");
    assert_eq!((token.refused(2), token.refused(3)), ("wrong_confirmation", "wrong_confirmation"));
    assert_eq!(token.told(5)["instance"]["state"], "running", "{}", token.told(5));
    let yes = world.asked(
        &writes,
        &json!({ "confirms": true }),
        &[call("cancel_process", json!({ "instance": world.changed }))],
    );
    assert_eq!(yes.questions.len(), 1);
    yes.told(0);
    // Who did it stands in the log, and as whom somebody looked.
    let seen = world.done(&["process", "show", &world.changed], "");
    assert_eq!(seen["instance"]["cancelled_by"], -2, "{seen}");
    let lines = world.ran(&["logs", "--category", "security", "--grep", "acted_as", "--json", "--package", "acme"], "");
    let lines = String::from_utf8(lines.stdout).expect("text");
    assert!(lines.contains("ann@acme.example"), "{lines}");
}

#[test]
fn over_http_each_request_names_its_user_by_a_key() {
    let Some(world) = world() else { return };
    let (_served, listens) = world.listening(&[]);
    let address = listens.strip_suffix("/mcp").expect("its path");
    let hello = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}"#;
    let bearer = format!("Bearer {}", world.key);
    let post = |more: &[(&str, &str)]| {
        let of_protocol = [("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")];
        request(address, "POST", "/mcp", &[&of_protocol[..], more].concat(), hello)
    };
    let wrong = format!("Bearer appos_{}", "0".repeat(43));
    for headers in [&[][..], &[("Authorization", "Bearer x")], &[("Authorization", &wrong)], &[("Cookie", &bearer)]] {
        let answer = post(headers);
        assert_eq!(answer.status, 401, "{headers:?}: {}", answer.body);
        assert!(!answer.body.contains("serverInfo") && !answer.body.contains("0000"), "{}", answer.body);
    }
    let good = ("Authorization", bearer.as_str());
    let answer = post(&[good]);
    assert_eq!(answer.status, 200, "{}", answer.body);
    // A page whose name was made to point here, and any other page of a browser.
    assert_eq!(post(&[good, ("Host", "evil.example")]).status, 403);
    assert_eq!(post(&[good, ("Origin", "https://evil.example")]).status, 403);
    assert_eq!(request(address, "POST", "/", &[good], hello).status, 404);

    let url = format!("http://{listens}");
    for mode in ["legacy", "auto"] {
        let bot = world.asked_over(
            &url,
            &world.key,
            &json!({ "mode": mode }),
            &[
                json!(["tools"]),
                call("list_objects", json!({})),
                call("get_object", json!({ "object": "platform.records.user" })),
                call("explain_denial", json!({ "permission": "view", "object": "crm.records.customer" })),
                call("search_logs", json!({})),
                call("cancel_process", json!({ "instance": world.instance })),
                json!(["read", "appos://docs/concepts/security.md"]),
            ],
        );
        let seen = names(&bot.told(1)["objects"], "reference");
        assert!(seen.contains("crm.records.customer") && !seen.contains("platform.records.user"), "{seen:?}");
        assert_eq!((bot.refused(2), bot.refused(5)), ("not_visible", "read_only"));
        assert_eq!(bot.told(3)["user"]["email"], "bot@acme.example");
        assert_eq!(bot.told(4)["lines"], json!([]), "the calls of others are not the bot's");
        assert!(bot.all[6]["contents"][0]["text"].as_str().is_some_and(|text| text.starts_with("# ")));
    }
    // With a key that has no right to it, a confirmed change is refused all the same.
    let (_writing, listens) = world.listening(&["--allow-writes"]);
    let start = json!({ "process": "crm.processes.open_account", "arguments": { "customer_id": 1 } });
    let calls = [call("start_process", start.clone()), json!(["confirm", "start_process", start])];
    let bot = world.asked_over(&format!("http://{listens}"), &world.key, &json!({ "mode": "legacy" }), &calls);
    assert_eq!(bot.told(0)["done"], false);
    assert_eq!(bot.refused(1), "denied");

    // Nobody else on the network is served.
    let open = world.ran(&["mcp", "--http", "0.0.0.0:0", "--package", "acme"], "");
    assert_eq!(open.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&open.stderr).contains("keys would cross the network"));
}

#[test]
fn the_code_is_asked_and_the_output_carries_nothing_but_the_protocol() {
    let Some(world) = world() else { return };
    let answers = world.asked(
        &[],
        &json!({}),
        &[
            call("impact", json!({ "object": "crm.records.customer.email" })),
            call("impact", json!({ "object": "crm.records.customer.emial" })),
            call("run_check", json!({})),
        ],
    );
    let reached = answers.told(0);
    assert!(reached["dependents"].as_array().is_some_and(|dependents| !dependents.is_empty()), "{reached}");
    assert!(reached["reaches"]["routes"].to_string().contains("/api/crm/v1/customers"), "{reached}");
    assert_eq!(answers.refused(1), "wrong_question");
    let checked = answers.told(2);
    assert_eq!((&checked["built"], &checked["format"]), (&json!(true), &json!(1)), "{checked}");

    // Of an object that she may view, ann is told who of those that she may view uses it.
    let calls = [call("list_objects", json!({})), call("impact", json!({ "object": "crm.records.customer" }))];
    let ann = world.asked(&["--as", "ann"], &json!({}), &calls);
    let (seen, reached) = (names(&ann.told(0)["objects"], "reference"), ann.told(1));
    assert!(names(&reached["dependents"], "reference").is_subset(&seen), "{reached}");
    assert_eq!(reached["recommendation"], json!([]));

    let hello = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}"#;
    let lines = [
        hello,
        r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
        "this is no JSON",
        r#"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"routes","arguments":{}}}"#,
        r#"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"process","arguments":null}}"#,
    ];
    let output = world.ran(&["mcp", "--package", "acme"], &(lines.join("\n") + "\n"));
    let said = String::from_utf8(output.stdout).expect("text");
    let answered: Vec<Json> = said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(answered.iter().all(|message| message["jsonrpc"] == "2.0"), "{said}");
    let ids: BTreeSet<i64> = answered.iter().filter_map(|message| message["id"].as_i64()).collect();
    assert!(ids.contains(&1), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

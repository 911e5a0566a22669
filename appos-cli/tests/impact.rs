//! `cargo appos impact` on a platform whose every reference is labelled by hand: nothing may be
//! missing, and nothing may be too much.

mod corpus;

use std::collections::BTreeSet;

use corpus::{Labels, cargo_appos, graph, labels, text_search};
use serde_json::Value as Json;

#[test]
fn every_labelled_reference_is_found_and_no_other() {
    let labels = labels();
    let (wanted, found) = (labels.references(), graph().references());
    assert!(wanted.len() >= 150, "the corpus has {} labels", wanted.len());
    let missing: Vec<_> = corpus::difference(&wanted, &found);
    let surplus: Vec<_> = corpus::difference(&found, &wanted);
    assert!(missing.is_empty() && surplus.is_empty(), "missing: {missing:#?}\nsurplus: {surplus:#?}");
}

#[test]
fn plain_text_search_is_worse_on_the_same_corpus() {
    let labels = labels();
    for (way, is_whole_word) in [("whole words", true), ("any text", false)] {
        let searched = text_search(&labels, is_whole_word);
        println!("text search, {way}: precision {:.0} %, recall {:.0} %", searched.precision, searched.recall);
        assert!(searched.precision < 100.0 && searched.recall < 100.0, "{searched:?}");
    }
}

#[test]
fn lines_said_to_use_nothing_name_objects_all_the_same() {
    let Labels { nothing, .. } = labels();
    assert!(nothing.len() >= 20, "traps for a text search: {}", nothing.len());
}

fn answer(arguments: &[&str]) -> Json {
    graph();
    let output = cargo_appos(&[&["impact", "--package", "corpus", "--json"], arguments].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn text(arguments: &[&str]) -> String {
    graph();
    let output = cargo_appos(&[&["impact", "--package", "corpus"], arguments].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn refused(arguments: &[&str]) -> (Option<i32>, String) {
    graph();
    let output = cargo_appos(&[&["impact", "--package", "corpus"], arguments].concat());
    (output.status.code(), String::from_utf8(output.stderr).expect("text"))
}

fn names(answer: &Json, list: &str, distance: impl Fn(u64) -> bool) -> BTreeSet<String> {
    let reached = answer[list].as_array().expect("a list").iter();
    let wanted = reached.filter(|reached| distance(reached["distance"].as_u64().unwrap_or_default()));
    wanted.map(|reached| reached["reference"].as_str().unwrap_or_default().to_owned()).collect()
}

fn set<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(str::to_owned).into()
}

#[test]
fn direct_dependents_and_those_behind_them_are_told_apart() {
    let answer = answer(&["ledger.rules.balance_of"]);
    // `refresh` is no object: the two rules that call it are told, not the function.
    assert_eq!(names(&answer, "dependents", |it| it == 1), set(["ledger.rules.entry_gone", "ledger.rules.entry_made"]));
    let behind = names(&answer, "dependents", |it| it > 1);
    assert!(behind.contains("ledger.records.entry") && behind.contains("ledger.rules.post"), "{behind:?}");
    // First `post`, then what of another app calls it, then the platform that starts with that.
    assert!(behind.contains("shop.rules.sell") && behind.contains("corpus"), "{behind:?}");
    let uses = &answer["dependents"][0]["uses"][0];
    assert_eq!((&uses["kind"], &uses["through"]), (&"call".into(), &serde_json::json!(["refresh"])));
    assert_eq!(uses["file"], "tests/corpus/apps/ledger/src/rules/posting.rs");
}

#[test]
fn what_an_object_uses_is_the_other_direction() {
    let answer = answer(&["ledger.rules.post"]);
    let direct = names(&answer, "dependencies", |it| it == 1);
    assert_eq!(direct, set(["ledger.constants.tax_rate", "ledger.records.account", "ledger.records.entry"]));
    let behind = names(&answer, "dependencies", |it| it > 1);
    assert!(behind.contains("ledger.rules.entry_made") && behind.contains("platform.records.user"), "{behind:?}");
}

#[test]
fn a_field_is_asked_for_alone() {
    let answer = answer(&["shop.records.line.quantity"]);
    let direct = names(&answer, "dependents", |it| it == 1);
    let expected = ["shop.interfaces.item_card", "shop.rules.line_changed", "shop.rules.relations", "shop.rules.sell"];
    assert_eq!(direct, set(expected));
    assert_eq!(answer["objects"][0]["field"], "quantity");
    // A computed field is made of others of its record.
    let own = names(&self::answer(&["ledger.records.entry.tax"]), "dependents", |it| it == 1);
    assert_eq!(own, set(["ledger.records.entry", "ledger.rules.post"]));
}

#[test]
fn a_change_of_a_field_names_the_interfaces_that_stand_for_it() {
    let shelf = names(&answer(&["shop.records.item.shelf"]), "dependents", |it| it == 1);
    assert!(shelf.contains("shop.interfaces.item_shelf"), "{shelf:?}");
    let stock = names(&answer(&["shop.records.item.stock"]), "dependents", |it| it == 1);
    assert!(stock.contains("shop.interfaces.item_stock") && !stock.contains("shop.interfaces.item_shelf"), "{stock:?}");
}

#[test]
fn screens_and_texts_are_reached_through_each_other() {
    let answer = answer(&["shop.interfaces.price_tag"]);
    assert_eq!(names(&answer, "dependents", |it| it == 1), set(["shop.interfaces.item_card"]));
    let behind = names(&answer, "dependents", |it| it > 1);
    for reference in ["shop.interfaces.window", "shop.pages.item_window", "shop.sites.shop"] {
        assert!(behind.contains(reference), "{reference}: {behind:?}");
    }
    let words = names(&self::answer(&["shop.translations.words"]), "dependents", |it| it == 1);
    assert_eq!(words, set(["shop.interfaces.window", "shop.pages.home"]));
    let site = names(&self::answer(&["shop.pages.home"]), "dependents", |it| it == 1);
    assert_eq!(site, set(["shop.pages.item_window", "shop.sites.shop"]));
}

#[test]
fn a_process_uses_its_steps_and_a_step_what_undoes_it() {
    let answer = answer(&["shop.steps.send_back"]);
    assert_eq!(names(&answer, "dependents", |it| it == 1), set(["shop.steps.order_pieces"]));
    let uses = &answer["dependents"][0]["uses"][0];
    assert_eq!((&uses["kind"], &uses["line"]), (&"trigger".into(), &29.into()), "{uses}");
    let behind = names(&answer, "dependents", |it| it > 1);
    assert!(behind.contains("shop.processes.restock") && behind.contains("shop.rules.run_low"), "{behind:?}");
    let reached = answer["reaches"]["processes"].to_string();
    assert!(reached.contains("shop.processes.restock") && reached.contains("shop.steps.order_pieces"), "{reached}");
    // What a step calls is reached by the process that runs it.
    let of_rule = names(&self::answer(&["shop.rules.quote"]), "dependents", |_| true);
    assert!(of_rule.contains("shop.steps.send_back") && of_rule.contains("shop.processes.restock"), "{of_rule:?}");
    let earlier = names(&self::answer(&["shop.processes.look_back"]), "dependents", |it| it == 1);
    assert_eq!(earlier, set(["shop.processes.look_back_1", "shop.processes.restock"]));
}

#[test]
fn a_system_outside_is_reached_through_its_integrations() {
    let answer = answer(&["shop.connected_systems.parcels"]);
    assert_eq!(names(&answer, "dependents", |distance| distance == 1), set(["shop.integrations.send_parcel"]));
    let behind = names(&answer, "dependents", |distance| distance > 1);
    assert!(behind.contains("shop.rules.send_out"), "{behind:?}");
}

#[test]
fn routes_and_other_apps_are_reached() {
    let answer = answer(&["ledger.rules.open"]);
    let routes: Vec<&str> = answer["reaches"]["routes"].as_array().unwrap().iter().filter_map(Json::as_str).collect();
    assert!(routes.contains(&"POST /api/ledger/v1/rules/open"), "{routes:?}");
    assert!(routes.contains(&"POST /api/shop/v1/rules/stock_up"), "{routes:?}");
    assert_eq!(answer["reaches"]["apps"], serde_json::json!(["shop"]));
    let advice = answer["recommendation"].to_string();
    assert!(advice.contains("Other apps depend on it: shop."), "{advice}");
}

#[test]
fn an_object_that_nothing_uses_may_go() {
    let answer = answer(&["shop.constants.first_shelf"]);
    assert_eq!(answer["dependents"], serde_json::json!([]));
    let advice = answer["recommendation"][0].as_str().unwrap();
    assert_eq!(advice, "Nothing in the project uses shop.constants.first_shelf: it can be changed or removed.");
}

#[test]
fn a_person_reads_kind_and_place() {
    let text = text(&["ledger.constants.tax_rate"]);
    assert!(
        text.starts_with("ledger.constants.tax_rate  (constant, tests/corpus/apps/ledger/src/constants/"),
        "{text}"
    );
    assert!(text.contains("Used by (2)\n  ledger.rules.post\n    read  tests/corpus/apps/ledger/src/rules/"), "{text}");
    assert!(text.contains("\nRecommendation\n"), "{text}");
}

#[test]
fn what_is_known_only_when_it_happens_is_told_as_such() {
    let text = text(&["shop.rules.sell"]);
    let (_, calls) = text.split_once("Calls whose target is known only when they happen\n").expect("a heading");
    // A call whose reference is a value, and a record whose type is a parameter.
    assert!(calls.contains("  shop.rules.in_texts  tests/corpus/apps/shop/src/rules/words.rs:"), "{text}");
    assert!(calls.contains("rules/shapes.rs#load  tests/corpus/apps/shop/src/rules/shapes.rs:"), "{text}");
    // Of the constant that is dispatched and of the parameter; of no method with a type.
    let lines = calls.lines().take_while(|line| line.starts_with("  ")).count();
    assert_eq!(lines, 3, "{text}");
}

#[test]
fn names_that_are_none_are_answered_with_the_nearest() {
    let cases = [
        ("shop.records.itme", "there is no object `shop.records.itme`\n  help: write `shop.records.item`"),
        ("item", "there is no object `item`\n  help: write `shop.records.item`"),
        (
            "shop.records.item.prise",
            "`shop.records.item` has no field `prise`\n  help: write `shop.records.item.price`",
        ),
        ("shop.rules.sell.price", "`shop.rules.sell` has no field `price`\n  help: a rule has no fields"),
    ];
    for (written, expected) in cases {
        let (code, said) = refused(&[written]);
        assert_eq!(code, Some(2));
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn a_tree_shows_the_shortest_ways_and_a_picture_the_arrows() {
    let tree = text(&["ledger.rules.balance_of", "--tree"]);
    assert!(tree.starts_with("ledger.rules.balance_of\n├── ledger.rules.entry_gone (call)\n"), "{tree}");
    assert!(
        tree.contains("    └── ledger.records.entry (trigger)\n")
            || tree.contains("│   └── ledger.records.entry (trigger)\n"),
        "{tree}"
    );
    let dot = text(&["ledger.rules.balance_of", "--dot"]);
    assert!(dot.starts_with("digraph impact {"), "{dot}");
    assert!(dot.contains("\"ledger.rules.entry_gone\" -> \"ledger.rules.balance_of\" [label = \"call\"];"), "{dot}");
    let both = refused(&["ledger.rules.balance_of", "--dot", "--tree"]);
    assert_eq!(both.0, Some(2), "{}", both.1);
}

#[test]
fn a_file_stands_for_all_that_is_written_in_it() {
    let answer = answer(&["tests/corpus/apps/ledger/src/rules/posting.rs"]);
    let asked: Vec<&str> =
        answer["objects"].as_array().unwrap().iter().filter_map(|it| it["reference"].as_str()).collect();
    assert!(asked.contains(&"ledger.rules.post") && asked.contains(&"ledger.rules.close"), "{asked:?}");
    let direct = names(&answer, "dependents", |it| it == 1);
    assert!(direct.contains("shop.rules.sell") && !direct.contains("ledger.rules.entry_made"), "{direct:?}");

    let (code, said) = refused(&["tests/corpus/apps/ledger/src/rules/postin.rs"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("help: write `tests/corpus/apps/ledger/src/rules/posting.rs`"), "{said}");
}

#[test]
fn what_changed_since_a_commit_is_told_by_its_lines() {
    graph();
    // A repository of its own, in which two lines were others.
    let changed = [
        ("tests/corpus/apps/ledger/src/constants/rates.rs", "dec!(0.2)", "dec!(0.3)"),
        (
            "tests/corpus/apps/ledger/src/rules/posting.rs",
            "    for entry in account.entries",
            "    println!();\n    for entry in account.entries",
        ),
    ];
    let repository = corpus::repository(&changed);
    let output =
        corpus::in_repository(repository.path(), &["impact", "--package", "corpus", "--json", "--since", "HEAD"]);
    let answer: Json = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let asked: BTreeSet<&str> =
        answer["objects"].as_array().unwrap().iter().filter_map(|it| it["reference"].as_str()).collect();
    assert_eq!(asked, BTreeSet::from(["ledger.constants.tax_rate", "ledger.rules.close"]));
    assert!(names(&answer, "dependents", |_| true).contains("ledger.rules.post"));

    let output = corpus::in_repository(repository.path(), &["impact", "--package", "corpus", "--since", "nowhere"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("nowhere") && said.contains("help: name a commit or a branch"), "{said}");
}

#[test]
fn what_was_seen_to_happen_is_joined_and_marked() {
    let logs = corpus::logs(&[
        ("rule", "a", None, "shop.rules.in_texts", "call"),
        ("rule", "b", Some("a"), "ledger.rules.open", "call"),
        ("rule", "c", Some("a"), "shop.rules.quote", "call"),
        ("rule", "d", Some("a"), "shop.rules.quote", "call"),
        ("rule", "e", None, "ledger.rules.entry_made", "call"),
        // Through a function that is no object.
        ("rule", "f", Some("e"), "ledger.rules.balance_of", "call"),
        ("rule", "g", Some("a"), "shop.rules.gone", "call"),
    ]);
    let folder = logs.path().to_str().expect("a path");
    let uses = |object: &str, by: &str| {
        let answer = answer(&[object, "--logs", folder]);
        let dependents = answer["dependents"].as_array().unwrap();
        let found = dependents.iter().find(|reached| reached["reference"] == by);
        found.unwrap_or_else(|| panic!("{by} does not use {object}"))["uses"].clone()
    };
    // A call whose target was a value: only the log knows it.
    let seen = uses("ledger.rules.open", "shop.rules.in_texts");
    assert_eq!(seen[0]["seen"], serde_json::json!({ "count": 1, "last": "2026-11-25T10:00:01.000000Z" }));
    assert_eq!(seen[0]["file"], Json::Null);
    let seen = uses("shop.rules.quote", "shop.rules.in_texts");
    assert_eq!(seen[0]["seen"], serde_json::json!({ "count": 2, "last": "2026-11-25T10:00:03.000000Z" }));
    assert!(seen[0]["line"].is_u64(), "{seen}");
    assert_eq!(uses("ledger.rules.balance_of", "ledger.rules.entry_made")[0]["seen"]["count"], 1);
    let text = text(&["ledger.rules.open", "--logs", folder]);
    assert!(text.contains("call  seen at run time: once, last 2026-11-25T10:00:01.000000Z"), "{text}");
}

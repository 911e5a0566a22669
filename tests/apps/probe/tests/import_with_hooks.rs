//! Rows from a file, of a record that keeps its books by rules: each is written by itself, and the
//! answer is that of a record whose rows are written many at a time.

mod program;

use program::Platform;
use serde_json::{Value as Json, json};

const BASKETS: &str = "/api/probe/v1/baskets";
const THINGS: &str = "/api/probe/v1/things";

impl Platform {
    fn import(&self, path: &str, file: &str) -> Json {
        self.send("POST", path, "text/csv", file).1
    }

    /// One field of all rows, in the order in which they were made.
    fn column(&self, path: &str, field: &str) -> Vec<Json> {
        let (_, page) = self.send("GET", &format!("{path}?sort=id&limit=200"), "text/plain", "");
        page["rows"].as_array().expect("rows").iter().map(|row| row[field].clone()).collect()
    }
}

fn numbers(answer: &Json) -> [u64; 3] {
    ["lines", "created", "failed"].map(|name| answer[name].as_u64().unwrap_or(u64::MAX))
}

#[test]
fn a_file_calls_the_rule_of_each_row_and_is_answered_as_any_other() {
    let platform = Platform::start();
    let file = "label,size\none,1\ntwo,20\nthree,3\n";
    assert_eq!(numbers(&platform.import(&format!("{BASKETS}/import?dry_run=true"), file)), [3, 3, 0]);
    assert!(platform.column(BASKETS, "id").is_empty() && platform.column(THINGS, "id").is_empty());
    let done = platform.import(&format!("{BASKETS}/import"), file);
    assert_eq!((numbers(&done), &done["state"]), ([3, 3, 0], &json!("done")));
    assert_eq!(platform.column(BASKETS, "label"), ["one", "two", "three"]);
    assert_eq!(platform.column(THINGS, "name"), ["opens one", "opens two", "opens three"]);
    // A single row leaves the same.
    platform.send("POST", BASKETS, "application/json", r#"{"label":"four","size":20}"#);
    let (_, page) = platform.send("GET", &format!("{BASKETS}?sort=id"), "text/plain", "");
    for field in ["size", "version", "created_by", "updated_by"] {
        assert_eq!(page["rows"][1][field], page["rows"][3][field], "{field}");
    }
    assert_eq!(platform.column(THINGS, "name")[3], "opens four");
}

#[test]
fn a_rule_that_refuses_a_row_is_a_mistake_of_its_line() {
    let platform = Platform::start();
    let file = "label,size\ngood,1\nforbidden,2\nbad,x\nlast,3\n";
    let refused = platform.import(&format!("{BASKETS}/import"), file);
    assert_eq!((&refused["code"], &refused["status"]), (&json!("import_failed"), &json!(422)), "{refused}");
    let errors = refused["errors"].as_array().expect("errors").iter();
    let mut named: Vec<&str> = errors.filter_map(|error| error["field"].as_str()).collect();
    named.sort_unstable();
    assert_eq!(named, ["lines[3].label", "lines[4].size"]);
    assert!(platform.column(BASKETS, "id").is_empty() && platform.column(THINGS, "id").is_empty(), "nothing is kept");
    let done = platform.import(&format!("{BASKETS}/import?mode=partial"), file);
    assert_eq!(numbers(&done), [4, 2, 2]);
    assert_eq!(platform.column(BASKETS, "label"), ["good", "last"]);
    assert_eq!(platform.column(THINGS, "name"), ["opens good", "opens last"], "what a refused row did is taken back");

    // Rows that call no rule are written many at a time, and answered in the same form.
    let things = "name,number,amount,ratio,flag,tags,secret_limit\n\
                  x,1,0,0,true,[],0\nx,1,0,0,true,[],0\ny,z,0,0,true,[],0\nz,1,0,0,true,[],0\n";
    let plain = platform.import(&format!("{THINGS}/import?mode=partial"), things);
    assert_eq!(numbers(&plain), [4, 2, 2], "{plain}");
    let lines = |answer: &Json| -> Vec<Json> {
        answer["errors"].as_array().expect("errors").iter().map(|error| error["line"].clone()).collect()
    };
    for line in [3, 4] {
        assert!(lines(&done).contains(&json!(line)) && lines(&plain).contains(&json!(line)), "line {line}");
    }
    let keys = |answer: &Json| answer.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&done), keys(&plain));
}

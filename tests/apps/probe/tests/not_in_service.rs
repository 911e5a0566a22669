//! What only tests may do is refused in a program that serves, whoever asks.

mod program;

use program::Platform;
use serde_json::{Value as Json, json};

fn call(platform: &Platform, rule: &str) -> (String, Json) {
    let (head, answer) = platform.send("POST", &format!("/api/probe/v1/rules/{rule}"), "application/json", "{}");
    (head.lines().next().unwrap_or_default().to_owned(), answer)
}

#[test]
fn a_program_that_serves_neither_acts_as_another_nor_moves_its_clock_nor_starts_a_test() {
    let platform = Platform::start();
    for rule in ["acts_as_administrator", "moves_the_clock"] {
        let (status, answer) = call(&platform, rule);
        assert!(status.contains("500"), "{rule}: {status} {answer}");
        assert_eq!(answer["code"], "panicked", "{rule}: {answer}");
    }
    assert_eq!(call(&platform, "starts_a_test").1, json!(false));
    let (_, day) = call(&platform, "day");
    assert!(day.is_string(), "it goes on serving: {day}");
}

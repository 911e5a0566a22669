//! The lines that steps have left, in the order in which they came.

use std::collections::HashMap;
use std::path::Path;

/// What is known of a step by its effects.
#[derive(Debug, Default)]
pub struct Effects {
    /// The executions that have begun.
    pub begun: Vec<String>,
    /// The executions that have had their effect.
    pub done: Vec<String>,
}

/// By the name of the instance and the number of the step.
pub type All = HashMap<(String, i64), Effects>;

pub fn read(file: &Path) -> All {
    let mut all = All::new();
    let text = std::fs::read_to_string(file).expect("effects");
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let [event, name, number, execution, _] = words[..] else { panic!("a torn line: {line}") };
        let of = all.entry((name.to_owned(), number.parse().expect("a number"))).or_default();
        let list = if event == "begin" { &mut of.begun } else { &mut of.done };
        list.push(execution.to_owned());
    }
    all
}

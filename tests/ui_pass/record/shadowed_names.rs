//! The author's own names win over those of the prelude, and the expansion does not mind.

#[macro_use]
extern crate appos;
app!();

mod own {
    #![allow(dead_code, non_camel_case_types)]

    pub struct Some;
    pub struct None;
    pub struct Ok;
    pub struct Err;
    pub struct Vec;
    pub struct Option;
    pub struct Default;
    pub struct Clone;
    pub struct Box;
    pub mod core {}
    pub mod std {}
    pub mod appos {}

    #[record(view = ["ui_users"])]
    pub struct Customer {
        name: String,
        age: i64,
    }

    #[choices]
    pub enum Tier {
        Bronze,
    }

    #[expression_rule]
    fn double(n: i64) -> i64 {
        n * 2
    }

    #[constant(env = { dev = 1 })]
    fn one() -> i64 {
        2
    }
}

fn main() {}

//! The generated pages: each is compared with what the code says, or written anew.

mod check_codes;
mod command_line;
mod compile_errors;
mod macros;
mod problems;
mod settings;

use std::fs;

use crate::blessing;
use crate::page::{GENERATED, folder};

/// Compares a page with the committed one.
fn settle(name: &str, text: &str) {
    let path = folder().join(name);
    let text = format!("{GENERATED}\n\n{}\n", text.trim_end());
    let old = fs::read_to_string(&path).unwrap_or_default();
    if old == text {
        return;
    }
    if blessing() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        return fs::write(path, text).expect("a page");
    }
    let differing = text.lines().zip(old.lines()).find(|(new, old)| new != old);
    panic!("docs/src/{name} is out of date, first at {differing:?}; write it with `APPOS_BLESS=1 cargo test -p book`");
}

/// A text in a cell of a table; parts between backticks are code, in which `<` needs no other form.
fn cell_with_code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(place, part)| if place % 2 == 0 { part.replace('<', "&lt;") } else { part.to_owned() });
    parts.collect::<Vec<_>>().join("`")
}

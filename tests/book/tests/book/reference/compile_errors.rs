//! The messages of the macros, from the one place where they are written.

use std::fmt::Write as _;
use std::fs;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, Lit};

use super::settle;
use crate::root;

/// Files of the catalogue, and what their messages are about.
const FILES: [(&str, &str); 15] = [
    ("object", "Any object"),
    ("attribute", "Keys and values of an attribute"),
    ("record", "`#[record]`, its fields and their checks"),
    ("filing", "`document(..)` and `folder(..)` of a record"),
    ("choices", "`#[choices]`"),
    ("function", "Functions: `#[expression_rule]`, `#[constant]`, `#[process]` and `#[step]`"),
    ("process", "`#[process]` and `#[step]`"),
    ("screen", "`#[interface]`, `#[page]` and `#[site]`"),
    ("piece", "`#[interface]` for a piece of a record's screens"),
    ("translation_set", "`#[translation_set]` and `t!`"),
    ("web_api", "`#[web_api]`"),
    ("connected_system", "`#[connected_system]`"),
    ("integration", "`#[integration]`"),
    ("app", "`app!` and `platform!`"),
    ("test", "`#[appos::test]`"),
];

#[test]
fn the_page_of_the_macros_messages_is_what_they_say() {
    let folder = root().join("appos-codegen/src/diagnostics/catalogue");
    let files = fs::read_dir(&folder).expect("the catalogue").flatten().count();
    assert_eq!(files, FILES.len() + 1, "a file of the catalogue is not listed here");
    let mut page = "# Messages of the macros\n\nWhat the macros say about code that they do not take. Each message stands at the \
                    smallest part of your code that is wrong, and ends with the correct form. A word in braces is a name of \
                    yours. What the compiler itself says is explained by `rustc --explain`.\n"
        .to_owned();
    for (file, title) in FILES {
        let text = fs::read_to_string(folder.join(format!("{file}.rs"))).expect("a file of the catalogue");
        let _ = write!(page, "\n## {title}\n\n");
        for item in syn::parse_file(&text).expect("Rust").items {
            let Item::Fn(function) = item else { continue };
            let mut tokens = TokenStream::new();
            function.block.to_tokens(&mut tokens);
            let Some(message) = message(tokens.clone()) else { continue };
            let _ = writeln!(page, "- {}", code(&message));
            let helps = texts(tokens).into_iter().filter(|text| *text != message && text.contains(' '));
            for help in helps.filter(|help| help.len() > 4) {
                let _ = writeln!(page, "  - help: {}", code(&help));
            }
        }
    }
    settle("reference/compile-errors.md", &page);
}

/// The message of a function: an argument of the one call that makes a diagnostic.
fn message(tokens: TokenStream) -> Option<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let before = place.checked_sub(1).map(|before| tokens[before].to_string()).unwrap_or_default();
        let argument = match before.as_str() {
            "at" | "at_span" => 1,
            "at_call" => 0,
            _ => match message(group.stream()) {
                Some(found) => return Some(found),
                None => continue,
            },
        };
        let mut arguments = vec![TokenStream::new()];
        for token in group.stream() {
            match &token {
                TokenTree::Punct(comma) if comma.as_char() == ',' => arguments.push(TokenStream::new()),
                _ => arguments.last_mut().expect("one at least").extend([token]),
            }
        }
        return arguments.into_iter().nth(argument).and_then(|argument| texts(argument).into_iter().next());
    }
    None
}

/// The texts of a function, in order.
fn texts(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => found.extend(texts(group.stream())),
            TokenTree::Literal(literal) => {
                if let Lit::Str(text) = Lit::new(literal) {
                    found.push(text.value());
                }
            }
            _ => {}
        }
    }
    found
}

/// A message in a list; braces that were doubled for `format!` are single in what is printed.
fn code(text: &str) -> String {
    let text = text.replace("{{", "{").replace("}}", "}").replace("{}", "{..}");
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(place, part)| if place % 2 == 0 { part.replace('<', "&lt;") } else { part.to_owned() });
    parts.collect::<Vec<_>>().join("`")
}

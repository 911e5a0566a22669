//! Finds objects and modules in source text.

use std::path::Path;

use heck::ToSnakeCase;

use super::lexer::{Token, tokens};
use super::{KnownMethod, KnownObject, ObjectKind};

/// The objects written in a file, except those under a `#[cfg(..)]`, which may exclude each
/// other.
pub fn objects_in(source: &str, file: &Path, shown_file: &str) -> Vec<KnownObject> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !is_attribute(&tokens, at) {
            at += 1;
            continue;
        }
        let (item, attributes) = attributes(&tokens, at);
        let conditional = attributes.iter().any(|name| name.starts_with("cfg"));
        let kind = ObjectKind::ALL.into_iter().find(|kind| attributes.iter().any(|name| *name == kind.attribute()));
        at = item;
        if let (Some(kind), false) = (kind, conditional)
            && let Some((name, line)) = name_of(&tokens, item, kind)
        {
            let name = name.to_snake_case();
            let fields = if kind == ObjectKind::Record { fields_of(&tokens, item) } else { Vec::new() };
            let (file, shown_file) = (file.to_owned(), shown_file.to_owned());
            found.push(KnownObject { kind, name, file, shown_file, line, fields });
        }
        if conditional {
            at = end_of_item(&tokens, item);
        }
    }
    found
}

/// Names of the modules that a file declares at its top level, with or without a body.
pub fn declared_modules(source: &str) -> Vec<String> {
    let tokens = tokens(source);
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for (index, (token, _)) in tokens.iter().enumerate() {
        match token {
            Token::Sign('{') => depth += 1,
            Token::Sign('}') => depth = depth.saturating_sub(1),
            Token::Word("mod") if depth == 0 => {
                if let Some((Token::Word(name), _)) = tokens.get(index + 1) {
                    found.push((*name).to_owned());
                }
            }
            _ => {}
        }
    }
    found
}

/// Methods in `impl` blocks of a file's own types, traits left out.
pub fn methods_in(source: &str) -> Vec<KnownMethod> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let start = at;
        at += 1;
        if !matches!(tokens.get(start), Some((Token::Word("impl"), _))) {
            continue;
        }
        let Some(open) = (start..tokens.len()).find(|at| matches!(sign(&tokens, *at), Some('{' | ';'))) else { break };
        let words = tokens.get(start + 1..open).unwrap_or_default();
        let is_trait = words.iter().any(|(token, _)| matches!(token, Token::Word("for")));
        let of =
            words.iter().rev().find_map(|(token, _)| if let Token::Word(word) = token { Some(*word) } else { None });
        let (Some(of), false) = (of, is_trait) else { continue };
        let end = end_of_item(&tokens, open);
        for method in open..end {
            if let (Some((Token::Word("fn"), _)), Some((Token::Word(name), _))) =
                (tokens.get(method), tokens.get(method + 1))
            {
                found.push(KnownMethod { of: of.to_owned(), name: (*name).to_owned() });
            }
        }
        at = end;
    }
    found
}

type Tokens<'a> = [(Token<'a>, usize)];

fn sign(tokens: &Tokens<'_>, at: usize) -> Option<char> {
    match tokens.get(at) {
        Some((Token::Sign(sign), _)) => Some(*sign),
        _ => None,
    }
}

fn is_attribute(tokens: &Tokens<'_>, at: usize) -> bool {
    sign(tokens, at) == Some('#') && sign(tokens, at + 1) == Some('[')
}

/// From the first attribute of an item: where the item itself starts, and the last path segment
/// of each of its attributes.
fn attributes<'a>(tokens: &Tokens<'a>, mut at: usize) -> (usize, Vec<&'a str>) {
    let mut names = Vec::new();
    while is_attribute(tokens, at) {
        at += 2;
        let mut name = None;
        while let Some((token, _)) = tokens.get(at) {
            match token {
                Token::Word(word) => name = Some(*word),
                Token::Sign(':') => {}
                _ => break,
            }
            at += 1;
        }
        names.extend(name);
        at = after_brackets(tokens, at);
    }
    (at, names)
}

/// The place after the `]` that closes an attribute.
fn after_brackets(tokens: &Tokens<'_>, mut at: usize) -> usize {
    let mut depth = 1_usize;
    while depth > 0 && at < tokens.len() {
        match sign(tokens, at) {
            Some('[') => depth += 1,
            Some(']') => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    at
}

/// The name after `struct` or `fn`, if that is the item here.
fn name_of<'a>(tokens: &Tokens<'a>, item: usize, kind: ObjectKind) -> Option<(&'a str, usize)> {
    let wanted = if kind == ObjectKind::Record { "struct" } else { "fn" };
    let before_name = ["pub", "crate", "super", "self", "in", "async", "const", "unsafe"];
    for at in item..tokens.len() {
        match tokens.get(at)? {
            (Token::Word(word), _) if *word == wanted => {
                return match tokens.get(at + 1)? {
                    (Token::Word(name), line) => Some((name, *line)),
                    _ => None,
                };
            }
            (Token::Word(word), _) if before_name.contains(word) => {}
            (Token::Sign('(' | ')' | ':'), _) => {}
            _ => return None,
        }
    }
    None
}

/// Names of the fields of the struct that begins here.
fn fields_of(tokens: &Tokens<'_>, item: usize) -> Vec<String> {
    let end = end_of_item(tokens, item);
    let Some(open) = (item..end).find(|at| sign(tokens, *at) == Some('{')) else { return Vec::new() };
    let mut found = Vec::new();
    let mut at = open + 1;
    while at < end {
        if is_attribute(tokens, at) {
            at = attributes(tokens, at).0;
            continue;
        }
        if let (Some((Token::Word(name), _)), Some(':')) = (tokens.get(at), sign(tokens, at + 1)) {
            found.push((*name).trim_start_matches("r#").to_owned());
            at = after_type(tokens, at + 2);
            continue;
        }
        at += 1;
    }
    found
}

/// The place after the comma that ends a type.
fn after_type(tokens: &Tokens<'_>, from: usize) -> usize {
    let mut depth = 0_usize;
    for at in from..tokens.len() {
        match sign(tokens, at) {
            Some('<' | '(' | '[') => depth += 1,
            Some('>' | ')' | ']') => depth = depth.saturating_sub(1),
            Some(',') if depth == 0 => return at + 1,
            Some('}') if depth == 0 => return at,
            _ => {}
        }
    }
    tokens.len()
}

/// The place after an item: after its block, or after its `;`.
fn end_of_item(tokens: &Tokens<'_>, item: usize) -> usize {
    let mut depth = 0_usize;
    for at in item..tokens.len() {
        match sign(tokens, at) {
            Some('{') => depth += 1,
            Some('}') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            Some(';') if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{declared_modules, methods_in, objects_in};
    use crate::project::ObjectKind;

    fn found(source: &str) -> Vec<(ObjectKind, String, usize)> {
        objects_in(source, Path::new("a.rs"), "a.rs").into_iter().map(|it| (it.kind, it.name, it.line)).collect()
    }

    #[test]
    fn the_fields_of_a_record_are_known() {
        let source = "#[record(view = [\"a\"])]\npub struct Line {\n/// Docs: here.\n#[field(default = a::B)] r#type: \
                      Option<Ref<platform::records::User>>,\npub(crate) tags: Pair<u8, u8>, last: u8 }";
        let found = objects_in(source, Path::new("a.rs"), "a.rs");
        assert_eq!(found[0].fields, ["type", "tags", "last"]);
    }

    #[test]
    fn objects_are_found_with_their_lines() {
        let source = "/// #[record] struct Not;\n#[record(view = [\"a]\"])]\n/// Docs.\npub struct LineItem {}\n\
                      mod inner {\n#[appos::expression_rule]\n#[allow(x)] pub(crate) async fn net_total() {}\n}\n\
                      #[constant]\nfn rate() -> u8 { 1 }";
        assert_eq!(
            found(source),
            [
                (ObjectKind::Record, "line_item".to_owned(), 4),
                (ObjectKind::Rule, "net_total".to_owned(), 7),
                (ObjectKind::Constant, "rate".to_owned(), 10)
            ]
        );
    }

    #[test]
    fn conditional_items_are_left_out() {
        assert!(
            found("#[cfg(test)]\nmod tests { #[record] struct A {} }\n#[record]\n#[cfg(unix)]\nstruct B {}").is_empty()
        );
        assert_eq!(found("#[cfg(test)] mod tests;\n#[record] struct A {}").len(), 1);
    }

    #[test]
    fn methods_belong_to_the_type_they_are_written_for() {
        let source = "impl crate::records::Customer { fn update(&self) { fn inner() {} } pub async fn rank() {} }\n\
                      impl Display for Order { fn fmt() {} }\nfn free(x: impl Fn()) {}";
        let found: Vec<_> = methods_in(source).into_iter().map(|method| (method.of, method.name)).collect();
        let expected = ["update", "inner", "rank"].map(|name| ("Customer".to_owned(), name.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn only_top_level_modules_are_declared() {
        assert_eq!(declared_modules("pub mod a { mod b; }\nmod c;\n// mod d;\nuse e;"), ["a", "c"]);
    }
}

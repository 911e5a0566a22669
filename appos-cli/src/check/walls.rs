//! Names in a file that lead into a crate: imports, paths, and paths between the brackets of
//! macros and attributes.
//!
//! The first part of a path can mean a crate only if the package depends on a crate of that name,
//! and nothing of that name is declared here or at the app's root. So a module, an alias or a type
//! parameter is never taken for one.

use std::collections::{BTreeSet, HashSet};

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Generics, Item, ItemExternCrate, ItemUse, Macro, MetaList, Path, UseTree};

use crate::impact::Position;

/// The crates that a file names, each with its place.
pub(super) fn named_crates(
    file: &syn::File,
    crates: &HashSet<&str>,
    of_root: &HashSet<String>,
) -> Vec<(String, Position)> {
    let mut declared = Declared(of_root.clone());
    declared.visit_file(file);
    let mut walk = Walk { crates, declared: &declared.0, found: BTreeSet::new() };
    walk.visit_file(file);
    walk.found.into_iter().map(|(at, name)| (name, at)).collect()
}

/// Names of modules and types that are declared or brought in somewhere.
pub(super) fn declared(items: &[Item]) -> HashSet<String> {
    let mut declared = Declared(HashSet::new());
    for item in items {
        declared.visit_item(item);
    }
    declared.0
}

struct Declared(HashSet<String>);

impl Declared {
    fn add(&mut self, name: &Ident) {
        self.0.insert(plain(name));
    }

    /// What an import brings in under another name than that of its first part.
    fn bring_in(&mut self, tree: &UseTree, first: Option<&Ident>, before: Option<&Ident>) {
        match tree {
            UseTree::Path(path) => self.bring_in(&path.tree, first.or(Some(&path.ident)), Some(&path.ident)),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.bring_in(tree, first, before)),
            UseTree::Name(name) => {
                // `use regex;` and `use regex::{self}` bring in the crate itself.
                let name = if name.ident == "self" { before } else { Some(&name.ident) };
                if let (Some(name), Some(first)) = (name, first)
                    && name != first
                {
                    self.add(name);
                }
            }
            UseTree::Rename(name) if first.is_some_and(|first| *first != name.rename) => self.add(&name.rename),
            UseTree::Rename(_) | UseTree::Glob(_) => {}
        }
    }
}

impl<'ast> Visit<'ast> for Declared {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Mod(item) => self.add(&item.ident),
            Item::Struct(item) => self.add(&item.ident),
            Item::Enum(item) => self.add(&item.ident),
            Item::Union(item) => self.add(&item.ident),
            Item::Trait(item) => self.add(&item.ident),
            Item::Type(item) => self.add(&item.ident),
            Item::Use(item) => self.bring_in(&item.tree, None, None),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_generics(&mut self, generics: &'ast Generics) {
        generics.type_params().for_each(|parameter| self.add(&parameter.ident));
        visit::visit_generics(self, generics);
    }
}

struct Walk<'a> {
    crates: &'a HashSet<&'a str>,
    declared: &'a HashSet<String>,
    found: BTreeSet<(Position, String)>,
}

impl Walk<'_> {
    /// `is_rooted`: `::name`, which is a crate whatever is declared.
    fn look(&mut self, name: &Ident, is_rooted: bool) {
        let plain = plain(name);
        if self.crates.contains(plain.as_str()) && (is_rooted || !self.declared.contains(&plain)) {
            self.found.insert((name.span().start().into(), plain));
        }
    }

    fn look_at_import(&mut self, tree: &UseTree, is_rooted: bool) {
        match tree {
            UseTree::Path(path) => self.look(&path.ident, is_rooted),
            UseTree::Name(name) => self.look(&name.ident, is_rooted),
            UseTree::Rename(name) => self.look(&name.ident, is_rooted),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.look_at_import(tree, is_rooted)),
            UseTree::Glob(_) => {}
        }
    }

    /// `name::`, unless it stands behind `::`, a dot or a `$`.
    fn look_at_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is = |at: Option<usize>, sign: char| {
            at.and_then(|at| tokens.get(at))
                .is_some_and(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign))
        };
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.look_at_tokens(group.stream()),
                TokenTree::Ident(name) if is(Some(at + 1), ':') && is(Some(at + 2), ':') => {
                    let is_behind = is(at.checked_sub(1), ':') && is(at.checked_sub(2), ':');
                    let before_colons = at.checked_sub(3).and_then(|at| tokens.get(at));
                    let is_rooted = is_behind
                        && !before_colons.is_some_and(|token| match token {
                            TokenTree::Ident(word) => word != "as" && word != "in" && word != "return" && word != "mut",
                            TokenTree::Punct(punct) => punct.as_char() == '>',
                            _ => false,
                        });
                    let is_other = is(at.checked_sub(1), '.') || is(at.checked_sub(1), '$');
                    if !is_other && (!is_behind || is_rooted) {
                        self.look(name, is_rooted);
                    }
                }
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_item_use(&mut self, import: &'ast ItemUse) {
        self.look_at_import(&import.tree, import.leading_colon.is_some());
        visit::visit_item_use(self, import);
    }

    fn visit_item_extern_crate(&mut self, item: &'ast ItemExternCrate) {
        self.look(&item.ident, true);
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let is_rooted = path.leading_colon.is_some();
        if let Some(first) = path.segments.first()
            && (is_rooted || path.segments.len() > 1)
        {
            self.look(&first.ident, is_rooted);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.look_at_tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }

    fn visit_meta_list(&mut self, list: &'ast MetaList) {
        self.look_at_tokens(list.tokens.clone());
        visit::visit_meta_list(self, list);
    }
}

fn plain(name: &Ident) -> String {
    name.to_string().trim_start_matches("r#").to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::named_crates;

    fn found(text: &str) -> Vec<(String, usize)> {
        let file = syn::parse_file(text).expect("Rust");
        let crates = HashSet::from(["regex", "serde"]);
        named_crates(&file, &crates, &HashSet::from(["serde".to_owned()]))
            .into_iter()
            .map(|(name, at)| (name, at.line))
            .collect()
    }

    #[test]
    fn every_way_into_a_crate_is_found_at_its_first_word() {
        for text in [
            "use regex::Regex;",
            "use ::regex::Regex;",
            "use regex as other;",
            "use {std::fmt, regex::{self, Regex}};",
            "extern crate regex;",
            "fn a() { regex::escape(\"\"); }",
            "fn a() -> Option<regex::Regex> { None }",
            "fn a() { let x = <u8 as regex::Replacer>::no; }",
            "fn a() { let x = vec![regex::Regex::new(\"\")]; }",
            "fn a() { println!(\"{}\", ::regex::escape(\"\")); }",
            "#[derive(regex::Something)] struct A;",
            "#[regex::main] fn a() {}",
            "impl regex::Replacer for A {}",
        ] {
            assert_eq!(found(text), [("regex".to_owned(), 1)], "{text}");
        }
    }

    #[test]
    fn a_module_an_alias_and_a_parameter_are_no_crates() {
        for text in [
            "mod regex; fn a() { regex::escape(\"\"); }",
            "use crate::texts as regex; fn a() { regex::escape(\"\"); }",
            "use crate::texts::{regex}; fn a() { vec![regex::escape(\"\")]; }",
            "fn a<regex: Default>() { regex::default(); }",
            "fn a() { crate::regex::escape(\"\"); self::regex::b(); }",
            "fn a() { println!(\"{}\", crate::regex::escape(\"\")); }",
            "fn a(regex: u8) { let b = regex; b.regex(); }",
            "fn a() { serde::of_the_root(); }",
            "macro_rules! a { ($regex:ident) => { $regex::b() }; }",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn an_import_is_reported_once_and_what_it_brings_in_is_not() {
        assert_eq!(found("use regex::Regex;\nfn a() { Regex::new(\"\"); }"), [("regex".to_owned(), 1)]);
        assert_eq!(found("fn a() { ::serde::a(); }"), [("serde".to_owned(), 1)], "`::` is always a crate");
    }
}

//! Expands a piece of source as the compiler would: the first of our attributes on the item.
#![allow(dead_code, reason = "each test binary uses its own part")]

use appos_codegen::{Expansion, Kind, Project, expand};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The app that all tests stand in.
pub(crate) fn project() -> Project {
    let groups = ["crm_users", "crm_admins", "finance"].map(str::to_owned).to_vec();
    Project { app: "crm".to_owned(), groups: Some(groups), ..Project::default() }
}

/// Expands the item in `source` by its first AppOS attribute.
pub(crate) fn expand_source(source: &str, project: &Project) -> Expansion {
    let tokens: TokenStream = source.parse().unwrap_or_else(|error| panic!("{source}: {error}"));
    let mut trees: Vec<TokenTree> = tokens.into_iter().collect();
    for at in 0..trees.len().saturating_sub(1) {
        let (TokenTree::Punct(sign), TokenTree::Group(group)) = (&trees[at], &trees[at + 1]) else { continue };
        let Some((kind, args)) = attribute(group).filter(|_| sign.as_char() == '#') else { continue };
        trees.drain(at..at + 2);
        return expand(kind, args, trees.into_iter().collect(), project);
    }
    panic!("no attribute of AppOS in: {source}");
}

fn attribute(group: &Group) -> Option<(Kind, TokenStream)> {
    let mut tokens = group.stream().into_iter();
    let kind = match tokens.next()?.to_string().as_str() {
        "record" => Kind::Record,
        "choices" => Kind::Choices,
        "expression_rule" => Kind::ExpressionRule,
        "constant" => Kind::Constant,
        "process" => Kind::Process,
        "web_api" => Kind::WebApi,
        "step" => Kind::Step,
        "interface" => Kind::Interface,
        "page" => Kind::Page,
        "site" => Kind::Site,
        "translation_set" => Kind::TranslationSet,
        "connected_system" => Kind::ConnectedSystem,
        "integration" => Kind::Integration,
        "test" => Kind::Test,
        _ => return None,
    };
    match tokens.next() {
        Some(TokenTree::Group(args)) if args.delimiter() == Delimiter::Parenthesis => Some((kind, args.stream())),
        _ => Some((kind, TokenStream::new())),
    }
}

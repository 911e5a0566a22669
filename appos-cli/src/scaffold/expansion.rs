//! What the compiler would say of a new file, before it is written.

use std::sync::Arc;

use appos_codegen::{Kind, Project, expand};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Item, Meta};

use super::app::App;
use super::problem::Problem;

/// The mistakes that AppOS finds in the objects of a file of an app with these groups.
pub(crate) fn mistakes(app: &App, groups: &[String], text: &str) -> Vec<Problem> {
    let report = |error: &dyn std::fmt::Display| {
        vec![Problem::new(
            format!("what would be written is no Rust: {error}"),
            "this is a mistake of AppOS; please report it",
        )]
    };
    let file = match syn::parse_file(text) {
        Ok(file) => file,
        Err(error) => return report(&error),
    };
    let project = Project {
        app: app.name.clone(),
        groups: Some(groups.to_vec()),
        objects: Arc::from(app.objects.as_slice()),
        ..Project::default()
    };
    let mut problems = Vec::new();
    for mut item in file.items {
        let Some(attributes) = attributes(&mut item) else { continue };
        let Some((at, kind)) = attributes.iter().enumerate().find_map(|(at, found)| Some((at, kind(found)?))) else {
            continue;
        };
        let arguments = match attributes.remove(at).meta {
            Meta::List(list) => list.tokens,
            _ => TokenStream::new(),
        };
        let expansion = expand(kind, arguments, item.into_token_stream(), &project);
        problems.extend(expansion.diagnostics.iter().map(|found| Problem::new(found.message(), found.help())));
    }
    problems
}

fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Struct(item) => Some(&mut item.attrs),
        Item::Enum(item) => Some(&mut item.attrs),
        Item::Fn(item) => Some(&mut item.attrs),
        _ => None,
    }
}

fn kind(attribute: &Attribute) -> Option<Kind> {
    match attribute.path().get_ident()?.to_string().as_str() {
        "record" => Some(Kind::Record),
        "choices" => Some(Kind::Choices),
        "expression_rule" => Some(Kind::ExpressionRule),
        "constant" => Some(Kind::Constant),
        "process" => Some(Kind::Process),
        "web_api" => Some(Kind::WebApi),
        "step" => Some(Kind::Step),
        "interface" => Some(Kind::Interface),
        "page" => Some(Kind::Page),
        "site" => Some(Kind::Site),
        "translation_set" => Some(Kind::TranslationSet),
        "connected_system" => Some(Kind::ConnectedSystem),
        "integration" => Some(Kind::Integration),
        _ => None,
    }
}

//! The entry: from the tokens of one macro call to the tokens that replace it.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::diagnostics::{Diagnostic, Sink, render};
use crate::marking;
use crate::objects::{
    app, choices, connected_system, constant, expression_rule, integration, interface, page, platform, process, record,
    site, step, test, translation_set,
};
use crate::project::{AppFolder, Project};

/// The attribute macros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `#[record]`
    Record,
    /// `#[choices]`
    Choices,
    /// `#[expression_rule]`
    ExpressionRule,
    /// `#[constant]`
    Constant,
    /// `#[process]`
    Process,
    /// `#[step]`
    Step,
    /// `#[interface]`
    Interface,
    /// `#[page]`
    Page,
    /// `#[site]`
    Site,
    /// `#[translation_set]`
    TranslationSet,
    /// `#[connected_system]`
    ConnectedSystem,
    /// `#[integration]`
    Integration,
    /// `#[appos::test]`
    Test,
}

/// What a macro call becomes, and what was wrong with it.
#[derive(Debug)]
pub struct Expansion {
    /// The code, also if there are mistakes: the author's names stay usable.
    pub tokens: TokenStream,
    /// Every mistake found, in source order of discovery.
    pub diagnostics: Vec<Diagnostic>,
}

impl Expansion {
    /// The code followed by one `compile_error!` per mistake.
    pub fn into_tokens(self) -> TokenStream {
        let errors = render::compile_errors(&self.diagnostics);
        let mut tokens = self.tokens;
        errors.to_tokens(&mut tokens);
        tokens
    }
}

/// Expands an attribute macro with arguments `args` on `item`.
#[expect(clippy::needless_pass_by_value, reason = "a macro owns its input; both parts are handed over alike")]
pub fn expand(kind: Kind, args: TokenStream, item: TokenStream, project: &Project) -> Expansion {
    let sink = Sink::new();
    let tokens = match kind {
        Kind::Record => record::expand(args, &item, project, &sink),
        Kind::Choices => choices::expand(args, &item, &sink),
        Kind::ExpressionRule => expression_rule::expand(args, &item, project, &sink),
        Kind::Constant => constant::expand(args, &item, project, &sink),
        Kind::Process => process::expand(args, &item, project, &sink),
        Kind::Step => step::expand(args, &item, project, &sink),
        Kind::Interface => interface::expand(args, &item, project, &sink),
        Kind::Page => page::expand(args, &item, project, &sink),
        Kind::Site => site::expand(args, &item, project, &sink),
        Kind::TranslationSet => translation_set::expand(args, &item, project, &sink),
        Kind::ConnectedSystem => connected_system::expand(args, &item, project, &sink),
        Kind::Integration => integration::expand(args, &item, project, &sink),
        Kind::Test => test::expand(args, &item, project, &sink),
    };
    let tokens = if project.marked && kind != Kind::Test { marking::mark(kind, project, tokens) } else { tokens };
    Expansion { tokens, diagnostics: sink.finish() }
}

/// Expands `t!("customers")`, an expression.
pub fn expand_text(args: TokenStream, project: &Project) -> TokenStream {
    let sink = Sink::new();
    let text = translation_set::expand_text(args, project, &sink);
    let errors = render::compile_errors(&sink.finish());
    if errors.is_empty() { text } else { quote!({ #errors #text }) }
}

/// Expands `app!()`; `folder` is what was found around the call, or why nothing was.
pub fn expand_app(args: &TokenStream, folder: Result<&AppFolder, &str>) -> Expansion {
    let sink = Sink::new();
    let tokens = app::expand(args, folder, &sink);
    Expansion { tokens, diagnostics: sink.finish() }
}

/// Expands `platform!(crm, billing)`; `migrations` is the path of the `mod.rs` of the project's
/// migrations, if there is one.
pub fn expand_platform(args: TokenStream, migrations: Option<&str>) -> Expansion {
    let sink = Sink::new();
    let tokens = platform::expand(args, migrations, &sink);
    Expansion { tokens, diagnostics: sink.finish() }
}

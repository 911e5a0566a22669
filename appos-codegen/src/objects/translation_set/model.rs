//! A translation set with all defaults applied, and the rules that its texts must keep.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use syn::{LitStr, ReturnType};

use super::language;
use super::syntax::{Tag, TextSyntax, TranslationSetKeys, TranslationSyntax, WordingSyntax};
use crate::attributes::Text as Written;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::{object, translation_set as catalogue};
use crate::naming;
use crate::project::{ObjectKind, Project};
use crate::registration::Common;
use crate::security::PermissionLists;
use crate::syntax::{Function, first_paragraph, last_segment};
use crate::template::{Part, parts};

pub(super) struct TranslationSet<'a> {
    pub(super) common: Common,
    pub(super) function: &'a Function,
    pub(super) texts: Vec<Text>,
}

/// One text in its languages.
pub(super) struct Text {
    pub(super) key: String,
    pub(super) tokens: TokenStream,
    /// Sorted.
    pub(super) parameters: Vec<String>,
    /// True if `count` chooses a plural in any language.
    pub(super) plural: bool,
    pub(super) translations: Vec<Translation>,
}

impl Text {
    /// True if its key can be part of a name.
    pub(super) fn has_name(&self) -> bool {
        self.key.split('.').all(is_word)
    }
}

/// True for a part of a key: as names of Rust are, so that each key has a name of its own there.
fn is_word(part: &str) -> bool {
    part.starts_with(|letter: char| letter.is_ascii_lowercase())
        && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && !part.contains("__")
        && !part.ends_with('_')
}

/// One text in one language.
pub(super) struct Translation {
    pub(super) language: String,
    pub(super) wording: Wording,
}

pub(super) enum Wording {
    Plain(LitStr),
    /// Name of the category, and text.
    Plural(Vec<(&'static str, LitStr)>),
}

/// The plural categories of CLDR: as written, and as the runtime names them.
pub(super) const CATEGORIES: [(&str, &str); 6] =
    [("zero", "Zero"), ("one", "One"), ("two", "Two"), ("few", "Few"), ("many", "Many"), ("other", "Other")];

pub(super) fn resolve<'a>(
    keys: TranslationSetKeys,
    function: &'a Function,
    texts: Vec<TextSyntax>,
    project: &Project,
    sink: &Sink,
) -> TranslationSet<'a> {
    let TranslationSetKeys { description, view, use_, admin, public_access, crate_: _ } = keys;
    let signature = &function.signature;
    let ident = &signature.ident;
    check_signature(function, sink);
    let description = description.as_ref().map_or_else(|| first_paragraph(&function.attributes), Written::value);
    TranslationSet {
        common: Common {
            kind: ObjectKind::TranslationSet,
            ident: ident.clone(),
            name: naming::stem(ident),
            app: project.app.clone(),
            description,
            permissions: PermissionLists { view, use_, admin, ..PermissionLists::default() },
            public_access: public_access.is_set(),
            timeout: None,
        },
        function,
        texts: texts.into_iter().map(|text| resolve_text(text, sink)).collect(),
    }
}

fn check_signature(function: &Function, sink: &Sink) {
    let signature = &function.signature;
    let ident = &signature.ident;
    if let Some(word) = &signature.asyncness {
        sink.push(catalogue::asynchronous(word, ident));
    }
    if !signature.inputs.is_empty() {
        sink.push(catalogue::parameters(&signature.inputs, ident));
    }
    match &signature.output {
        ReturnType::Default => sink.push(catalogue::type_of(ident, ident)),
        ReturnType::Type(_, ty) if last_segment(ty).is_none_or(|last| last.ident != "Translations") => {
            sink.push(catalogue::type_of(ty, ident));
        }
        ReturnType::Type(..) => {}
    }
}

fn resolve_text(text: TextSyntax, sink: &Sink) -> Text {
    let TextSyntax { key: Tag { name: key, tokens }, translations } = text;
    check_key(&key, &tokens, sink);
    if translations.is_empty() {
        sink.push(catalogue::no_language(&tokens, &key));
    }
    let mut resolved: Vec<Translation> = Vec::new();
    // Parameters of the first language; the others are compared with it.
    let mut first: Option<(String, BTreeSet<String>)> = None;
    let plural = translations.iter().any(|translation| matches!(translation.wording, WordingSyntax::Plural(..)));
    for TranslationSyntax { language, wording } in translations {
        let tag = resolve_language(&language, sink);
        if resolved.iter().any(|before| before.language == tag) {
            sink.push(catalogue::language_twice(&language.tokens, &key, &tag));
        }
        let (wording, mut parameters) = resolve_wording(wording, &key, sink);
        if plural {
            parameters.insert("count".to_owned());
        }
        match &first {
            Some((other, known)) => {
                let place = &language.tokens;
                for name in known.difference(&parameters) {
                    sink.push(catalogue::parameter_lacks(place, (&key, &tag), name, other));
                }
                for name in parameters.difference(known) {
                    sink.push(catalogue::parameter_alone(place, (&key, &tag), name, other));
                }
            }
            None => first = Some((tag.clone(), parameters)),
        }
        resolved.push(Translation { language: tag, wording });
    }
    let parameters: Vec<String> = first.map(|(_, parameters)| parameters.into_iter().collect()).unwrap_or_default();
    if !parameters.is_empty() && naming::is_name_of_object(&key) {
        sink.push(catalogue::name_with_parameters(&tokens, &key));
    }
    Text { key, tokens, parameters, plural, translations: resolved }
}

fn check_key(key: &str, tokens: &TokenStream, sink: &Sink) {
    if !key.split('.').all(is_word) {
        sink.push(catalogue::bad_key(tokens, key, &naming::text_key(key)));
    }
}

fn resolve_language(written: &Tag, sink: &Sink) -> String {
    match language::canonical(&written.name) {
        Ok(tag) => {
            if tag != written.name {
                sink.push(catalogue::language_spelling(&written.tokens, &written.name, &tag));
            }
            tag
        }
        Err(meant) => {
            sink.push(catalogue::no_such_language(&written.tokens, &written.name, meant));
            written.name.clone()
        }
    }
}

fn resolve_wording(wording: WordingSyntax, key: &str, sink: &Sink) -> (Wording, BTreeSet<String>) {
    let mut parameters = BTreeSet::new();
    let mut note = |text: &LitStr| parameters.extend(parameters_of(text, key, sink));
    let forms = match wording {
        WordingSyntax::Plain(text) => {
            note(&text);
            return (Wording::Plain(text), parameters);
        }
        WordingSyntax::Plural(brace, forms) => {
            if !forms.iter().any(|(category, _)| category == "other") {
                let place = forms.last().map_or_else(|| brace.span.join(), |(category, _)| category.span());
                sink.push(catalogue::no_other(place, key));
            }
            forms
        }
    };
    let mut known: Vec<(&'static str, LitStr)> = Vec::new();
    for (category, text) in forms {
        note(&text);
        match resolve_category(&category, sink) {
            Some(name) if known.iter().any(|(before, _)| *before == name) => {
                sink.push(catalogue::category_twice(&category));
            }
            Some(name) => known.push((name, text)),
            None => {}
        }
    }
    (Wording::Plural(known), parameters)
}

fn resolve_category(written: &Ident, sink: &Sink) -> Option<&'static str> {
    let found = CATEGORIES.iter().find(|(name, _)| written == name).map(|(name, _)| *name);
    if found.is_none() {
        sink.push(catalogue::unknown_category(written, &CATEGORIES.map(|(name, _)| name)));
    }
    found
}

fn parameters_of(text: &LitStr, key: &str, sink: &Sink) -> BTreeSet<String> {
    let value = text.value();
    if value.trim().is_empty() {
        sink.push(catalogue::empty_text(text, key));
    }
    let mut names = BTreeSet::new();
    for part in parts(&value) {
        match part {
            Part::Lone(brace) => sink.push(object::lone_brace(text, brace)),
            Part::Parameter(name) if syn::parse_str::<Ident>(&name).is_ok_and(|name| name != "_") => {
                names.insert(name);
            }
            Part::Parameter(name) => sink.push(catalogue::bad_parameter(text, &name)),
        }
    }
    names
}

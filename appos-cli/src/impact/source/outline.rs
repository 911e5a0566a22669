//! The items of a file: whose a place is.

use std::collections::HashSet;

use heck::ToSnakeCase;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Attribute, ImplItem, Item, TraitItem};

use super::shapes::{Range, Shapes, range};
use super::tokens::{Position, Token, tokens};

/// What a place in a file belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    /// An object: its namespace and name.
    Object {
        /// Such as `rules`.
        namespace: &'static str,
        /// Such as `customer_ltv`.
        name: String,
    },
    /// `platform!(..)`.
    Platform,
    /// A function, or an item without one, that is no object.
    Code {
        /// `Seed::company`, `impl Display for Seed`, `days_ago`.
        label: String,
        /// The name by which it is called; "" if nothing is called.
        name: String,
        /// The type whose method it is.
        of: Option<String>,
    },
}

/// One item with its place.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) holder: Holder,
    /// Where its name stands.
    pub(crate) name: Position,
    range: Range,
    /// Choices of an enum.
    pub(crate) variants: Vec<String>,
    /// True in the implementation of a trait: what calls it need not name it.
    pub(crate) is_implicit: bool,
}

impl Held {
    /// First and last line.
    pub(crate) fn lines(&self) -> (usize, usize) {
        (self.range.0.line, self.range.1.line)
    }
}

/// Attributes that make objects, and the namespace of each kind. One more line makes one more kind.
const KINDS: [(&str, &str); 13] = [
    ("record", "records"),
    ("choices", "choices"),
    ("expression_rule", "rules"),
    ("constant", "constants"),
    ("process", "processes"),
    ("step", "steps"),
    ("integration", "integrations"),
    ("connected_system", "connected_systems"),
    ("web_api", "web_apis"),
    ("interface", "interfaces"),
    ("page", "pages"),
    ("site", "sites"),
    ("translation_set", "translations"),
];

/// True for the second part of a reference: `rules`.
pub(crate) fn is_namespace(name: &str) -> bool {
    KINDS.iter().any(|(_, namespace)| *namespace == name)
}

/// A file as far as places in it are concerned.
#[derive(Debug)]
pub(crate) struct Outline {
    tokens: Vec<Token>,
    items: Vec<Held>,
    shapes: Shapes,
    attributes: Vec<Range>,
    /// Where fields of structs are declared.
    fields: HashSet<Position>,
}

impl Outline {
    /// Reads a file.
    ///
    /// # Errors
    /// It is no Rust, which the compiler says better.
    pub(crate) fn read(text: &str) -> Result<Self, syn::Error> {
        let file = syn::parse_file(text)?;
        let mut shapes = Shapes::default();
        shapes.visit_file(&file);
        let mut outline = Self {
            tokens: tokens(text.parse().map_err(|error: proc_macro2::LexError| syn::Error::new(error.span(), error))?),
            items: Vec::new(),
            shapes,
            attributes: Vec::new(),
            fields: HashSet::new(),
        };
        outline.hold_all(&file.items);
        Ok(outline)
    }

    fn hold_all(&mut self, items: &[Item]) {
        for item in items {
            self.hold(item);
        }
    }

    fn hold(&mut self, item: &Item) {
        match item {
            Item::Fn(function) => self.push(item, &function.attrs, &function.sig.ident, None),
            Item::Struct(record) => {
                self.push(item, &record.attrs, &record.ident, None);
                for field in &record.fields {
                    self.attributes.extend(field.attrs.iter().map(range));
                    self.fields.extend(field.ident.iter().map(|name| range(name).0));
                }
            }
            Item::Enum(choices) => {
                self.push(item, &choices.attrs, &choices.ident, None);
                let variants = choices.variants.iter().map(|variant| variant.ident.to_string()).collect();
                if let Some(held) = self.items.last_mut() {
                    held.variants = variants;
                }
                for variant in &choices.variants {
                    self.fields.insert(range(&variant.ident).0);
                }
            }
            Item::Const(constant) => self.push(item, &constant.attrs, &constant.ident, None),
            Item::Static(constant) => self.push(item, &constant.attrs, &constant.ident, None),
            Item::Type(alias) => self.push(item, &alias.attrs, &alias.ident, None),
            Item::Mod(module) => self.hold_all(module.content.as_ref().map_or(&[][..], |(_, items)| items)),
            Item::Macro(call) if call.mac.path.segments.last().is_some_and(|last| last.ident == "platform") => {
                self.items.push(Held {
                    holder: Holder::Platform,
                    name: range(&call.mac.path).0,
                    range: range(item),
                    variants: Vec::new(),
                    is_implicit: false,
                });
            }
            Item::Impl(block) => {
                let begin = self.items.len();
                let of = last_name(&block.self_ty);
                let label = match &block.trait_ {
                    Some((path, _)) => format!(
                        "impl {} for {of}",
                        path.segments.last().map_or(String::new(), |last| last.ident.to_string())
                    ),
                    None => format!("impl {of}"),
                };
                // Its type is named there, and not declared.
                self.push_code(item, label, &block.impl_token, None);
                for inner in &block.items {
                    if let ImplItem::Fn(method) = inner {
                        self.push_code(inner, format!("{of}::{}", method.sig.ident), &method.sig.ident, Some(&of));
                    }
                }
                for held in &mut self.items[begin..] {
                    held.is_implicit = block.trait_.is_some();
                }
            }
            Item::Trait(definition) => {
                self.push(item, &definition.attrs, &definition.ident, None);
                for inner in &definition.items {
                    if let TraitItem::Fn(method) = inner {
                        let of = definition.ident.to_string();
                        self.push_code(inner, format!("{of}::{}", method.sig.ident), &method.sig.ident, Some(&of));
                    }
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, item: &impl Spanned, attributes: &[Attribute], ident: &proc_macro2::Ident, of: Option<&str>) {
        let kind = attributes.iter().find_map(|attribute| {
            let name = attribute.path().segments.last()?.ident.to_string();
            KINDS.iter().find(|(written, _)| *written == name)
        });
        let Some((_, namespace)) = kind else { return self.push_code(item, ident.to_string(), ident, of) };
        let name = ident.to_string().trim_start_matches("r#").to_snake_case();
        self.attributes.extend(attributes.iter().map(range));
        self.items.push(Held {
            holder: Holder::Object { namespace, name },
            name: range(ident).0,
            range: range(item),
            variants: Vec::new(),
            is_implicit: false,
        });
    }

    fn push_code(&mut self, item: &impl Spanned, label: String, name: &impl Spanned, of: Option<&str>) {
        let place = range(name).0;
        // A type's own name is not called; a function's is.
        let called = self.tokens.iter().position(|token| token.start == place);
        let is_function =
            called.and_then(|at| self.tokens.get(at.checked_sub(1)?)).is_some_and(|word| word.text == "fn");
        let name =
            if is_function { called.map_or(String::new(), |at| self.tokens[at].text.clone()) } else { String::new() };
        let holder = Holder::Code { label, name, of: of.map(str::to_owned) };
        self.items.push(Held { holder, name: place, range: range(item), variants: Vec::new(), is_implicit: false });
    }

    /// The items, outer ones first.
    pub(crate) fn items(&self) -> &[Held] {
        &self.items
    }

    /// The innermost item around a place.
    pub(crate) fn holder(&self, at: Position) -> Option<&Held> {
        self.items.iter().rev().find(|item| item.range.0 <= at && at < item.range.1)
    }

    /// True where the name of an item or field is declared: what the macros emit refers to it there.
    pub(crate) fn is_declaration(&self, at: Position) -> bool {
        self.fields.contains(&at) || self.items.iter().any(|item| item.name == at)
    }

    /// True in a `use` declaration: a name is brought in there, and not used yet.
    pub(crate) fn is_import(&self, at: Position) -> bool {
        self.shapes.imports.iter().any(|range| range.0 <= at && at < range.1)
    }

    /// The name of a used field between two places: at the start of `name: value`, at the end of
    /// `customer.name`.
    pub(crate) fn field_name(&self, start: Position, end: Position, name: &str) -> Option<Position> {
        let is_it = |token: &&Token| token.text.trim_start_matches("r#") == name;
        let last = self.tokens.iter().find(|token| token.end == end).filter(is_it);
        let first = || self.tokens.iter().find(|token| token.start == start).filter(is_it);
        last.or_else(first).map(|token| token.start)
    }

    /// True if the field named here gets a value here.
    pub(crate) fn is_written(&self, name: Position) -> bool {
        let Some(at) = self.index(name) else { return false };
        self.shapes.given.contains(&name) || self.shapes.assigned.contains(&self.tokens[at].end)
    }

    /// The method by which rows are loaded with what is named here.
    pub(crate) fn load(&self, at: Position) -> Option<&str> {
        let inside = |range: &Range| range.0 <= at && at < range.1;
        self.shapes.loads.iter().find(|(_, range)| inside(range)).map(|(method, _)| method.as_str())
    }

    /// True if the name here is called.
    pub(crate) fn is_called(&self, name: Position) -> bool {
        let Some(at) = self.index(name) else { return false };
        self.text(at + 1) == "(" || (self.text(at + 1) == ":" && self.text(at + 3) == "<")
    }

    /// The name after `::`, if one follows the name here: `create` of `Customer::create`, and of
    /// `<Customer as Record>::create`.
    pub(crate) fn associated(&self, name: Position) -> Option<(Position, &str)> {
        let start = self.index(name)?;
        let mut at = start + 1;
        if self.is_qualified_self(start) {
            while at < self.tokens.len() && self.text(at) != ">" {
                at += 1;
            }
            at += 1;
        }
        let is_path = self.text(at) == ":" && self.text(at + 1) == ":";
        self.tokens
            .get(at + 2)
            .filter(|token| is_path && token.is_name())
            .map(|token| (token.start, token.text.as_str()))
    }

    /// True in `<crate::Customer>::` and `<crate::Customer as ..>::`; not in `Vec::<Customer>::`.
    fn is_qualified_self(&self, name: usize) -> bool {
        let mut at = name;
        while at > 0 && (self.text(at - 1) == ":" || self.tokens[at - 1].is_name()) {
            at -= 1;
        }
        let before = at.checked_sub(2).and_then(|at| self.tokens.get(at));
        let opens = at > 0 && self.text(at - 1) == "<";
        let is_argument = before.is_some_and(|before| before.is_name() || before.text == ":" || before.text == ">");
        opens && !is_argument && [">", "as"].contains(&self.text(name + 1))
    }

    /// True if `<..>::` stands before the name here.
    pub(crate) fn is_qualified(&self, name: Position) -> bool {
        let start = self.index(name).and_then(|at| at.checked_sub(3));
        start.is_some_and(|at| self.text(at) == ">" && self.text(at + 1) == ":")
    }

    /// True in `<Customer as Record>::`.
    pub(crate) fn is_of_trait(&self, name: Position) -> bool {
        self.index(name).is_some_and(|at| self.is_qualified_self(at) && self.text(at + 1) == "as")
    }

    /// True between the brackets of a macro call, where a name alone tells little.
    pub(crate) fn is_in_macro(&self, at: Position) -> bool {
        self.shapes.macros.iter().any(|range| range.0 <= at && at < range.1)
    }

    /// The key of an attribute whose value stands here: `on_create` of `on_create = rules::welcome`, `trigger` of
    /// `trigger = created(records::Item)` and of a list of such.
    pub(crate) fn attribute_key(&self, at: Position) -> Option<&str> {
        let platform = self.items.iter().filter(|item| item.holder == Holder::Platform).map(|item| &item.range);
        self.attributes.iter().chain(platform).find(|range| range.0 <= at && at < range.1)?;
        let mut at = self.path_start(self.index(at)?);
        if at > 0 && self.text(at - 1) == "(" {
            at = self.path_start(at - 1);
        }
        let at = self.list_start(at).unwrap_or(at);
        let key = at.checked_sub(2).filter(|_| self.text(at.wrapping_sub(1)) == "=")?;
        Some(self.text(key))
    }

    /// Where a path begins that ends before this token.
    fn path_start(&self, mut at: usize) -> usize {
        while at > 0 && (self.text(at - 1) == ":" || self.tokens[at - 1].is_name()) {
            at -= 1;
        }
        at
    }

    /// Where the list begins of which what begins here is a part.
    fn list_start(&self, at: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for before in (0..at).rev() {
            match (self.text(before), depth) {
                ("[", 0) => return Some(before),
                ("(" | "=", 0) => return None,
                (")" | "]", _) => depth += 1,
                ("(" | "[", _) => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// The text given to the function named here, if it is written there: `"crm.rules.x"` of
    /// `dispatch("crm.rules.x", ..)`.
    pub(crate) fn text_argument(&self, name: Position) -> Option<(Position, String)> {
        let at = self.index(name)?;
        let argument = self.tokens.get(at + 2).filter(|_| self.text(at + 1) == "(")?;
        let text = syn::parse_str::<syn::LitStr>(&argument.text).ok()?;
        Some((argument.start, text.value()))
    }

    /// True if the first argument of the function named here begins with this word.
    pub(crate) fn is_given(&self, name: Position, word: &str) -> bool {
        self.index(name).is_some_and(|at| self.text(at + 1) == "(" && self.text(at + 2) == word)
    }

    /// Texts that are turned into something else by `.into()`.
    pub(crate) fn converted_texts(&self) -> impl Iterator<Item = (Position, String)> {
        self.tokens.iter().enumerate().filter_map(|(at, token)| {
            let is_converted = self.text(at + 1) == "." && self.text(at + 2) == "into" && self.text(at + 3) == "(";
            let text = syn::parse_str::<syn::LitStr>(&token.text).ok().filter(|_| is_converted)?;
            Some((token.start, text.value()))
        })
    }

    /// Places where a function of this name is named, with `of` only as its method.
    pub(crate) fn mentions(&self, name: &str, of: Option<&str>) -> impl Iterator<Item = Position> {
        self.tokens.iter().enumerate().filter_map(move |(at, token)| {
            if token.text != name || at == 0 || self.text(at - 1) == "fn" || self.text(at + 1) == "!" {
                return None;
            }
            let (is_method, is_path) =
                (self.text(at - 1) == ".", at > 2 && self.text(at - 1) == ":" && self.text(at - 2) == ":");
            let fits = match of {
                None => {
                    !is_method
                        && (self.text(at + 1) == "(" || is_path || self.text(at + 1) == ")" || self.text(at + 1) == ",")
                }
                Some(_) if is_method => self.text(at + 1) == "(" || self.text(at + 1) == ":",
                Some(of) => {
                    is_path && (self.text(at - 3) == of || self.text(at - 3) == "Self" || self.text(at - 3) == ">")
                }
            };
            fits.then_some(token.start)
        })
    }

    fn index(&self, at: Position) -> Option<usize> {
        self.tokens.binary_search_by(|token| token.start.cmp(&at)).ok()
    }

    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.text)
    }
}

/// `Seed` of `crate::seed::Seed<'a>`.
fn last_name(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().map_or(String::new(), |last| last.ident.to_string()),
        syn::Type::Reference(reference) => last_name(&reference.elem),
        _ => String::new(),
    }
}

//! The files of the apps: where objects and their fields stand, which lines an item covers, and
//! what is there for tests only.

use std::collections::HashMap;
use std::fs;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Field, ImplItem, Item, ItemStruct, Stmt, TraitItem, Variant};

use crate::impact::{Holder, Outline, Position};
use crate::project::fingerprint::{name, source_files};
use crate::project::locate::Platform;
use crate::terminal::Failure;

/// A file of an app.
pub(super) struct SourceFile {
    /// From the workspace's folder.
    pub(super) name: String,
    pub(super) app: String,
    pub(super) text: String,
    pub(super) syntax: syn::File,
    /// By reference: where the object's name stands.
    pub(super) objects: HashMap<String, Position>,
    /// By reference and name: where the field's name stands.
    pub(super) fields: HashMap<(String, String), Position>,
    /// Items, fields and statements, outer ones first.
    pub(super) parts: Vec<Part>,
    /// Code of tests.
    tests: Vec<(Position, Position)>,
}

/// A part of a file, in lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) first: usize,
    /// Where its attributes end and it begins.
    pub(super) head: usize,
    pub(super) last: usize,
}

impl SourceFile {
    /// The files of the apps of a platform; one that is no Rust belongs to no module, else the
    /// project would not have been built.
    ///
    /// # Errors
    /// A file cannot be read.
    pub(super) fn all(platform: &Platform) -> Result<Vec<Self>, Failure> {
        let is_app = |app: &str| {
            let member = platform.members.iter().find(|member| member.name == app);
            member.is_some_and(|member| member.folder.join("app.yaml").is_file())
        };
        let mut files = Vec::new();
        for (path, app) in source_files(platform).into_iter().filter(|(_, app)| is_app(app)) {
            let text =
                fs::read_to_string(&path).map_err(|error| Failure::work(format!("{}: {error}", path.display()), ""))?;
            files.extend(Self::read(name(platform, &path), app, text).ok());
        }
        Ok(files)
    }

    pub(super) fn read(name: String, app: String, text: String) -> Result<Self, syn::Error> {
        let syntax = syn::parse_file(&text)?;
        let outline = Outline::read(&text)?;
        let mut places = Places::default();
        places.visit_file(&syntax);
        let mut objects = HashMap::new();
        let mut fields = HashMap::new();
        for item in outline.items() {
            let Holder::Object { namespace, name } = &item.holder else { continue };
            let reference = format!("{app}.{namespace}.{name}");
            for (field, at) in places.fields.remove(&item.name).into_iter().flatten() {
                fields.insert((reference.clone(), field), at);
            }
            objects.insert(reference, item.name);
        }
        places.parts.sort_by_key(|part| (part.first, std::cmp::Reverse(part.last)));
        Ok(Self { name, app, text, syntax, objects, fields, parts: places.parts, tests: places.tests })
    }

    /// True in code that is built for tests alone.
    pub(super) fn is_test(&self, at: Position) -> bool {
        self.tests.iter().any(|(start, end)| *start <= at && at < *end)
    }
}

#[derive(Default)]
struct Places {
    /// By the place of the struct's name.
    fields: HashMap<Position, Vec<(String, Position)>>,
    parts: Vec<Part>,
    tests: Vec<(Position, Position)>,
}

impl Places {
    fn add(&mut self, span: Span, attributes: &[Attribute]) {
        let first = span.start().line;
        let attributes_end = attributes.iter().map(|attribute| attribute.span().end().line).max();
        self.parts.push(Part { first, head: attributes_end.map_or(first, |line| line + 1), last: span.end().line });
        if attributes.iter().any(is_for_tests) {
            self.tests.push((span.start().into(), span.end().into()));
        }
    }
}

/// `#[cfg(test)]` and `#[test]`.
fn is_for_tests(attribute: &Attribute) -> bool {
    let is_cfg = attribute.path().is_ident("cfg")
        && attribute.parse_args::<syn::Ident>().is_ok_and(|condition| condition == "test");
    is_cfg || attribute.path().segments.last().is_some_and(|last| last.ident == "test")
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

impl<'ast> Visit<'ast> for Places {
    fn visit_item(&mut self, item: &'ast Item) {
        self.add(item.span(), attributes(item));
        visit::visit_item(self, item);
    }

    fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
        let fields = item.fields.iter().filter_map(|field| {
            let name = field.ident.as_ref()?;
            Some((name.to_string().trim_start_matches("r#").to_owned(), name.span().start().into()))
        });
        self.fields.insert(item.ident.span().start().into(), fields.collect());
        visit::visit_item_struct(self, item);
    }

    fn visit_field(&mut self, field: &'ast Field) {
        self.add(field.span(), &field.attrs);
        visit::visit_field(self, field);
    }

    fn visit_variant(&mut self, variant: &'ast Variant) {
        self.add(variant.span(), &variant.attrs);
        visit::visit_variant(self, variant);
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attributes = if let ImplItem::Fn(method) = item { &method.attrs[..] } else { &[] };
        self.add(item.span(), attributes);
        visit::visit_impl_item(self, item);
    }

    fn visit_trait_item(&mut self, item: &'ast TraitItem) {
        let attributes = if let TraitItem::Fn(method) = item { &method.attrs[..] } else { &[] };
        self.add(item.span(), attributes);
        visit::visit_trait_item(self, item);
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        self.add(statement.span(), &[]);
        visit::visit_stmt(self, statement);
    }
}

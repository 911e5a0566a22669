//! Addresses of pages, made from typed parameters: a link that does not fit its page does not compile.

use std::fmt;

use dioxus::core::{AttributeValue, IntoAttributeValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::engine::Object;
use crate::registry::{ObjectDescriptor, ObjectDetail, PageDescriptor};
use crate::ui::page::address;
use crate::value::{ChoiceValue, Date, DateTime, Decimal, FieldValue, Id, Ref, Uuid, Value};

/// What may stand in a part of a path as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A value that can stand in the address of a page.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in the address of a page",
    note = "parameters of a page are texts, numbers, `bool`, `Date`, `DateTime`, `Uuid`, `Id<..>`, an enum with `#[choices]`, or an `Option` of one"
)]
pub trait InAddress: FieldValue + Serialize {}

#[diagnostic::do_not_recommend]
impl<C: ChoiceValue + Serialize> InAddress for C {}
impl<R: crate::codegen_support::Record> InAddress for Id<R> {}
impl<R: crate::codegen_support::Record> InAddress for Ref<R> {}
impl<T: InAddress> InAddress for Option<T> {}

macro_rules! in_address {
    ($($ty:ty),*) => {$(impl InAddress for $ty {})*};
}

in_address!(String, bool, f32, f64, Decimal, Date, DateTime, Uuid, i8, i16, i32, i64, u8, u16, u32);

/// A page, named in code.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a page", note = "name a page, such as `pages::home`")]
pub trait PageObject: Object {}

/// The page's descriptor.
pub fn page_object<P: PageObject>() -> &'static ObjectDescriptor {
    P::object()
}

/// The address of a page, with its parameters.
#[derive(Clone)]
pub struct Link {
    page: &'static ObjectDescriptor,
    path: String,
    query: Vec<(&'static str, String)>,
}

impl Link {
    /// A link to a page without parameters yet; for generated code, which knows them.
    #[doc(hidden)]
    pub fn to(page: &'static ObjectDescriptor) -> Self {
        let route = descriptor(page).map_or("/", |page| page.route);
        let path = format!("/{}{}", page.app, route.trim_end_matches('/'));
        Self { page, path, query: Vec::new() }
    }

    /// The same with a parameter, which takes its place in the path, or else in the query.
    #[doc(hidden)]
    #[must_use]
    pub fn with<T: InAddress>(mut self, name: &'static str, value: T) -> Self {
        let text = text_of(value);
        let place = format!("{{{name}}}");
        if self.path.contains(&place) {
            let text = text.unwrap_or_default();
            self.path = self.path.replace(&place, &utf8_percent_encode(&text, PLAIN).to_string());
            return self;
        }
        self.query.retain(|(known, _)| *known != name);
        self.query.extend(text.map(|text| (name, text)));
        self
    }

    /// The page it leads to.
    pub fn page(&self) -> &'static ObjectDescriptor {
        self.page
    }
}

pub(super) fn descriptor(page: &'static ObjectDescriptor) -> Option<&'static PageDescriptor> {
    match page.detail {
        ObjectDetail::Page(page) => Some(page),
        _ => None,
    }
}

/// A value as it stands in an address; `None`: it does not stand there.
fn text_of(value: impl FieldValue) -> Option<String> {
    match value.into_value() {
        Value::Null | Value::Hidden => None,
        Value::Text(text) => Some(text),
        value => match serde_json::to_value(value) {
            Ok(serde_json::Value::String(text)) => Some(text),
            Ok(json) => Some(json.to_string()),
            Err(_) => None,
        },
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query = self.query.iter().map(|(name, value)| (*name, value.as_str()));
        f.write_str(&address(&self.path, query))
    }
}

impl IntoAttributeValue for Link {
    fn into_value(self) -> AttributeValue {
        AttributeValue::Text(self.to_string())
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Link {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.query == other.query
    }
}

impl Eq for Link {}

/// Where an entry of a navigation leads.
#[derive(Clone, Debug)]
pub enum Target {
    /// A page, at this address.
    Page(&'static ObjectDescriptor, String),
    /// The list of a record.
    Record(&'static ObjectDescriptor),
    /// Another address, on this server or another.
    Address(String),
}

/// What an entry of a navigation can lead to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that an entry of a navigation can lead to",
    label = "no page, or a page whose parameters are not given",
    note = "name a page, such as `pages::home`, or give it its parameters, such as `pages::report(id)`"
)]
pub trait IntoTarget<How> {
    /// Where it leads.
    fn into_target(self) -> Target;
}

/// A page that needs no parameters, by its name.
#[diagnostic::do_not_recommend]
impl<F: FnOnce() -> L, L: Into<Link>> IntoTarget<Named> for F {
    fn into_target(self) -> Target {
        Target::of(&self().into())
    }
}

#[diagnostic::do_not_recommend]
impl<L: Into<Link>> IntoTarget<Linked> for L {
    fn into_target(self) -> Target {
        Target::of(&self.into())
    }
}

impl Target {
    fn of(link: &Link) -> Self {
        Self::Page(link.page, link.to_string())
    }
}

/// How a page is given: by its name.
#[derive(Debug)]
pub enum Named {}

/// How a page is given: as a link.
#[derive(Debug)]
pub enum Linked {}

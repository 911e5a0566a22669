//! The navigation of an app: entries and groups, as its author lists them.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::link::{IntoTarget, Target};
use crate::codegen_support::Record;
use crate::error::{AppOsError, Result};
use crate::registry::{ObjectDescriptor, ObjectDetail};

/// Begins a navigation.
///
/// ```ignore
/// navigation()
///     .page("Home", "house", pages::home)
///     .record::<Customer>("users")
///     .group("Sales", |sales| sales.record::<Order>("receipt").badge(rules::open_orders))
/// ```
pub fn navigation() -> Navigation {
    Navigation::default()
}

/// The navigation of an app, in order. To whoever may not view what an entry leads to, the entry is
/// not there; nor is a group without entries.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Navigation {
    pub(super) items: Vec<Item>,
}

#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) label: String,
    pub(super) icon: String,
    pub(super) badge: Option<Badge>,
    pub(super) leads: Leads,
}

#[derive(Clone, Debug)]
pub(super) enum Leads {
    To(Target),
    Group(Vec<Item>),
}

impl Navigation {
    fn item(mut self, label: impl Into<String>, icon: impl Into<String>, leads: Leads) -> Self {
        self.items.push(Item { label: label.into(), icon: icon.into(), badge: None, leads });
        self
    }

    /// An entry for a page, or for a link to one with parameters.
    pub fn page<How>(self, label: impl Into<String>, icon: impl Into<String>, page: impl IntoTarget<How>) -> Self {
        self.item(label, icon, Leads::To(page.into_target()))
    }

    /// An entry for the list of a record, named after its rows.
    pub fn record<R: Record>(self, icon: impl Into<String>) -> Self {
        let object = R::object();
        self.item(plural_label(object), icon, Leads::To(Target::Record(object)))
    }

    /// An entry for another address: of this server, beginning with `/`, or of another, beginning with
    /// `https://`, `http://` or `mailto:`.
    pub fn link(self, label: impl Into<String>, icon: impl Into<String>, address: impl Into<String>) -> Self {
        self.item(label, icon, Leads::To(Target::Address(address.into())))
    }

    /// Entries under a heading.
    pub fn group(self, label: impl Into<String>, entries: impl FnOnce(Self) -> Self) -> Self {
        let Self { items } = entries(Self::default());
        self.item(label, "", Leads::Group(items))
    }

    /// Another name for the entry before.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        if let Some(last) = self.items.last_mut() {
            last.label = label.into();
        }
        self
    }

    /// A number beside the entry before, asked for each visitor with his own rights; none is shown if it is
    /// `0`, or if he may not ask.
    pub fn badge<A, F, T>(mut self, ask: A) -> Self
    where
        A: Fn() -> F + Send + Sync + 'static,
        F: Future<Output = Result<T>> + Send + 'static,
        T: fmt::Display,
    {
        if let Some(last) = self.items.last_mut() {
            last.badge = Some(Badge(Arc::new(move || {
                let asked = ask();
                Box::pin(async move { Ok(asked.await?.to_string()) })
            })));
        }
        self
    }

    /// Entries whose address would be none, or would run as script.
    pub(super) fn check(&self) -> Result<()> {
        check_items(&self.items)
    }
}

fn check_items(items: &[Item]) -> Result<()> {
    const KNOWN: [&str; 3] = ["https://", "http://", "mailto:"];
    for item in items {
        match &item.leads {
            Leads::Group(items) => check_items(items)?,
            Leads::To(Target::Address(address)) => {
                let local = address.starts_with('/') && !address.starts_with("//") && !address.contains('\\');
                if !local && !KNOWN.iter().any(|known| address.starts_with(known)) {
                    return Err(AppOsError::validation(format!(
                        "the entry `{}` leads to `{address}`, which is no address: begin it with `/` or `https://`",
                        item.label
                    )));
                }
            }
            Leads::To(_) => {}
        }
    }
    Ok(())
}

/// "Line items" of the record `line_item`.
pub(super) fn plural_label(object: &ObjectDescriptor) -> String {
    let plural = match object.detail {
        ObjectDetail::Record(record) => record.plural.as_str(),
        _ => object.name,
    };
    let words = plural.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

type Asked = Pin<Box<dyn Future<Output = Result<String>> + Send>>;

/// A number beside an entry.
#[derive(Clone)]
pub(crate) struct Badge(Arc<dyn Fn() -> Asked + Send + Sync>);

impl Badge {
    /// The number, for the visitor of the present scope; `None`: there is nothing to show.
    pub(crate) async fn ask(&self) -> Option<String> {
        (self.0)().await.ok().filter(|number| number != "0")
    }
}

impl fmt::Debug for Badge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Badge")
    }
}

impl PartialEq for Badge {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// An entry that the visitor may follow, or a group of such.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) label: String,
    /// Name of an icon, or "".
    pub(crate) icon: String,
    /// Where it leads; `None`: it is a group.
    pub(crate) href: Option<String>,
    pub(crate) badge: Option<Badge>,
    pub(crate) children: Vec<Self>,
}

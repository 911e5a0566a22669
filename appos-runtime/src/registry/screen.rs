//! What the engine knows of interfaces, pages and sites: names, parameters and addresses. How they
//! are drawn, only the room of screens knows; here it is carried, not looked at.

use std::any::Any;

use serde::Serialize;

use super::descriptor::{ObjectDescriptor, Parameter};
use super::piece::PieceDescriptor;

/// What is particular to an interface.
#[derive(Debug)]
pub struct InterfaceDescriptor {
    /// The properties of its component, in order.
    pub parameters: &'static [Parameter],
    /// The piece of a record's screens in whose place it stands.
    pub piece: Option<&'static PieceDescriptor>,
}

/// A parameter of a page.
#[derive(Debug, Serialize)]
pub struct PageParameter {
    /// Its name and type.
    #[serde(flatten)]
    pub parameter: Parameter,
    /// True: it stands in the path; false: in the query.
    pub in_path: bool,
    /// False if an address may leave it out.
    pub required: bool,
}

/// What is particular to a page.
#[derive(Debug)]
pub struct PageDescriptor {
    /// Where it is, below the app's name: `/customers/{id}/report`.
    pub route: &'static str,
    /// Its title, for people.
    pub title: &'static str,
    /// Its parameters, in order.
    pub parameters: &'static [PageParameter],
    /// True if it takes the place of a screen that is made for a record.
    pub overrides: bool,
    /// How it is drawn.
    pub entry: &'static (dyn Any + Send + Sync),
}

impl PageDescriptor {
    /// The parts of its route.
    pub fn segments(&self) -> impl Iterator<Item = &'static str> {
        self.route.split('/').filter(|segment| !segment.is_empty())
    }
}

/// What is particular to a site.
#[derive(Debug)]
pub struct SiteDescriptor {
    /// Its name, for people.
    pub name: &'static str,
    /// The page that is shown first; `None`: the first entry.
    pub default: Option<fn() -> &'static ObjectDescriptor>,
    /// How its navigation is made.
    pub entry: &'static (dyn Any + Send + Sync),
}

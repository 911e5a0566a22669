//! Where a page is: its address, which its components follow.

use dioxus::prelude::*;

use crate::question::Parameters;

/// The address of a page on this server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Location {
    /// Path, beginning with a slash.
    pub(crate) path: String,
    /// Query without its question mark.
    pub(crate) query: String,
}

impl Location {
    /// Reads a path with its query; `None`: it is no path of this server.
    pub(crate) fn read(address: &str) -> Option<Self> {
        let address = address.split('#').next().unwrap_or_default();
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let local = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
        local.then(|| Self { path: path.to_owned(), query: query.to_owned() })
    }

    /// The path's parts.
    pub(crate) fn segments(&self) -> Vec<&str> {
        self.path.trim_start_matches('/').split('/').collect()
    }

    /// The decoded query; an empty one if it is not UTF-8.
    pub(crate) fn parameters(&self) -> Parameters {
        Parameters::read(&self.query).unwrap_or_default()
    }

    /// The value of one parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        self.parameters().get(name).map(ToOwned::to_owned)
    }

    /// The same path with some parameters changed: `None` takes one out. What stands elsewhere in the
    /// query stays, in its order.
    pub(crate) fn with(&self, changes: &[(&str, Option<&str>)]) -> String {
        let parameters = self.parameters();
        let kept = parameters.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        let added = changes.iter().filter_map(|(name, value)| Some((*name, (*value)?)));
        address(&self.path, kept.chain(added))
    }

    /// The whole address.
    pub(crate) fn address(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }
}

/// A path with parameters.
pub(crate) fn address<'a>(path: &str, parameters: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    /// What may stand in a query as it is; brackets and commas make filters readable.
    const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~')
        .remove(b'[')
        .remove(b']')
        .remove(b',')
        .remove(b':');
    let mut address = path.to_owned();
    for (place, (name, value)) in parameters.enumerate() {
        address.push(if place == 0 { '?' } else { '&' });
        address.extend(utf8_percent_encode(name, PLAIN));
        address.push('=');
        address.extend(utf8_percent_encode(value, PLAIN));
    }
    address
}

/// Where this page is. A component that reads it is drawn anew when it changes.
pub(crate) fn use_location() -> Signal<Location> {
    use_context::<Signal<Location>>()
}

/// Leads the page to another address.
#[derive(Clone, Copy)]
pub(crate) struct Navigator(Signal<Option<Going>>);

/// Where a page is asked to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Going {
    pub(crate) to: String,
    /// True if the address is to take the place of the present one in the browser's history.
    pub(crate) replace: bool,
}

impl Navigator {
    pub(crate) fn new(going: Signal<Option<Going>>) -> Self {
        Self(going)
    }

    /// Goes to an address of this server, which takes the place of the present one in the history.
    pub(crate) fn replace(mut self, address: impl Into<String>) {
        self.0.set(Some(Going { to: address.into(), replace: true }));
    }

    /// Where the page was asked to go since this was asked last.
    pub(crate) fn take(mut self) -> Option<Going> {
        if self.0.peek().is_none() { None } else { self.0.write().take() }
    }
}

/// What leads this page elsewhere.
pub(crate) fn use_navigator() -> Navigator {
    use_context::<Navigator>()
}

#[cfg(test)]
mod tests {
    use super::Location;

    #[test]
    fn an_address_of_another_server_is_none() {
        for foreign in ["//evil.example", "https://evil.example/", "\\\\evil", "/\\evil", ""] {
            assert_eq!(Location::read(foreign), None, "{foreign}");
        }
        let here = Location::read("/crm/customers?sort=name&q=a%20b#top").unwrap();
        assert_eq!((here.path.as_str(), here.query.as_str()), ("/crm/customers", "sort=name&q=a%20b"));
    }

    #[test]
    fn parameters_are_changed_and_the_others_stay() {
        let here = Location::read("/crm/orders?filter[total][gt]=5&sort=-total&cursor=x").unwrap();
        let there = here.with(&[("cursor", None), ("sort", Some("number,id")), ("q", Some("a&b=c"))]);
        assert_eq!(there, "/crm/orders?filter[total][gt]=5&sort=number,id&q=a%26b%3Dc");
    }
}

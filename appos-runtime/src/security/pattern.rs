//! Which objects a grant covers: one object, a namespace, an app, or a common beginning.

use std::fmt;
use std::str::FromStr;

use crate::registry::ObjectDescriptor;

/// A pattern of an `object_permission` row.
///
/// ```
/// use appos_runtime::security::Pattern;
/// assert!("crm.*".parse::<Pattern>().is_ok());            // every object of the app
/// assert!("crm.records.*".parse::<Pattern>().is_ok());    // every record of the app
/// assert!("crm.customer*".parse::<Pattern>().is_ok());    // every object whose name begins so
/// assert!("crm.records.customer".parse::<Pattern>().is_ok());
/// assert!("*".parse::<Pattern>().is_err());               // never everything
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    app: String,
    /// `None`: any namespace.
    namespace: Option<String>,
    name: Name,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Name {
    Any,
    Prefix(String),
    Exact(String),
}

impl Pattern {
    /// True if the pattern covers the object `app.namespace.name`.
    pub fn matches(&self, app: &str, namespace: &str, name: &str) -> bool {
        self.app == app
            && self.namespace.as_deref().is_none_or(|own| own == namespace)
            && match &self.name {
                Name::Any => true,
                Name::Prefix(prefix) => name.starts_with(prefix.as_str()),
                Name::Exact(exact) => exact == name,
            }
    }

    /// True if the pattern covers this object.
    pub fn covers(&self, object: &ObjectDescriptor) -> bool {
        self.matches(object.app, object.kind.namespace(), object.name)
    }

    /// The app whose objects the pattern may cover.
    pub fn app(&self) -> &str {
        &self.app
    }
}

/// A text that is no pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatternError;

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("write an object such as `crm.records.customer`, or `crm.*`, `crm.records.*`, `crm.customer*`, `crm.records.customer*`")
    }
}

impl std::error::Error for PatternError {}

fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        let parts: Vec<&str> = text.split('.').collect();
        let (app, namespace, last) = match parts[..] {
            [app, last] => (app, None, last),
            [app, namespace, last] => (app, Some(namespace), last),
            _ => return Err(PatternError),
        };
        if !is_word(app) || namespace.is_some_and(|namespace| !is_word(namespace)) {
            return Err(PatternError);
        }
        let name = match last.strip_suffix('*') {
            Some("") => Name::Any,
            Some(prefix) if is_word(prefix) => Name::Prefix(prefix.to_owned()),
            // An exact name needs its namespace: `crm.customer` could mean several objects.
            None if is_word(last) && namespace.is_some() => Name::Exact(last.to_owned()),
            _ => return Err(PatternError),
        };
        Ok(Self { app: app.to_owned(), namespace: namespace.map(str::to_owned), name })
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.app)?;
        if let Some(namespace) = &self.namespace {
            write!(f, ".{namespace}")?;
        }
        match &self.name {
            Name::Any => f.write_str(".*"),
            Name::Prefix(prefix) => write!(f, ".{prefix}*"),
            Name::Exact(exact) => write!(f, ".{exact}"),
        }
    }
}

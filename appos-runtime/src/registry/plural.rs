//! The name of many rows of a record, as it stands in routes.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use super::{ObjectDetail, Registration};

/// The plural of a record: as the author wrote it, or as English makes it.
///
/// English is asked at run time. Its rules are regular expressions, which a macro, built without
/// optimization, would compile anew in every build of every app.
#[derive(Clone, Copy, Debug)]
pub enum Plural {
    /// As the author wrote it.
    Written(&'static str),
    /// Of the name of one, in snake case.
    Of(&'static str),
}

/// Plurals of all records that are linked in, by the name of one.
static PLURALS: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
    let records = inventory::iter::<Registration>.into_iter().filter_map(|registration| match registration.0.detail {
        ObjectDetail::Record(record) => Some(record),
        _ => None,
    });
    let derived = records.filter_map(|record| match record.plural {
        Plural::Of(one) => Some((one, cruet::to_plural(one))),
        Plural::Written(_) => None,
    });
    derived.collect()
});

impl Plural {
    /// The plural.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Written(plural) => plural,
            Self::Of(one) => PLURALS.get(one).map_or(one, String::as_str),
        }
    }
}

impl fmt::Display for Plural {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

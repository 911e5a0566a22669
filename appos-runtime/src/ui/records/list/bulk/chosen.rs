//! Which rows were chosen.

use std::collections::HashSet;

use futures_util::StreamExt;

use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::model::Selection;
use crate::question::{Asking, Parameters};
use crate::record::{self, Readable};
use crate::registry::ObjectDescriptor;
use crate::state::Ctx;
use crate::ui::page::Location;
use crate::ui::records::address::list as list_address;
use crate::ui::records::list::address::Asked;
use crate::ui::text::own::lists;

/// Most rows that are changed at once.
pub(super) const MOST: usize = 10_000;

/// Rows that were ticked, or all that fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    /// Numbers and versions.
    Rows(Vec<(i64, i64)>),
    /// All rows that fit the list's question.
    All,
}

impl Chosen {
    /// Reads `5:3,6:1`.
    pub(super) fn read(all: Option<&str>, rows: impl Iterator<Item = impl AsRef<str>>) -> Self {
        if all == Some("true") {
            return Self::All;
        }
        let (mut read, mut known): (Vec<(i64, i64)>, HashSet<i64>) = Default::default();
        for row in rows {
            for row in row.as_ref().split(',') {
                let pair =
                    row.split_once(':').and_then(|(id, version)| Some((id.parse().ok()?, version.parse().ok()?)));
                read.extend(pair.filter(|(id, _)| known.insert(*id)));
            }
        }
        Self::Rows(read)
    }

    /// The rows as a text of an address.
    pub(super) fn rows(&self) -> String {
        match self {
            Self::Rows(rows) => {
                rows.iter().map(|(id, version)| format!("{id}:{version}")).collect::<Vec<_>>().join(",")
            }
            Self::All => String::new(),
        }
    }

    /// The rows with the versions that were seen, or that they have now.
    ///
    /// # Errors
    /// They cannot be read, or are too many.
    pub(super) async fn all(self, object: &'static ObjectDescriptor, back: &str) -> Result<Vec<(i64, i64)>> {
        match self {
            Self::Rows(rows) if rows.len() > MOST => Err(too_many()),
            Self::Rows(rows) => Ok(rows),
            Self::All => {
                let selection = question(object, back).await?;
                let logged = LoggedArguments::begin().argument("query", back).finish();
                let mut pages =
                    record::pages(Ctx::current(), object, ("list", logged), move |_: &Readable| Ok(selection));
                let mut rows = Vec::new();
                while let Some(page) = pages.next().await {
                    rows.extend(page?.iter().map(|row| (row.system.id, row.system.version)));
                    if rows.len() > MOST {
                        return Err(too_many());
                    }
                }
                Ok(rows)
            }
        }
    }

    /// How many they are.
    ///
    /// # Errors
    /// They cannot be counted.
    pub(super) async fn count(&self, object: &'static ObjectDescriptor, back: &str) -> Result<u64> {
        match self {
            Self::Rows(rows) => Ok(u64::try_from(rows.len()).unwrap_or(0)),
            Self::All => {
                let selection = question(object, back).await?;
                record::count(object, LoggedArguments::none(), move |_| Ok(selection)).await
            }
        }
    }
}

/// In the words of whoever has chosen them: this is told on a page.
fn too_many() -> AppOsError {
    AppOsError::validation(most_words()).code_is("invalid_fields")
}

/// That no more rows can be changed at once.
pub(super) fn most_words() -> String {
    lists::too_many_chosen(u64::try_from(MOST).unwrap_or(u64::MAX))
}

/// What the list asked for.
async fn question(object: &'static ObjectDescriptor, back: &str) -> Result<Selection> {
    let ctx = Ctx::current().ok_or_else(|| AppOsError::dispatch("no execution").code_is("no_context"))?;
    let rights = ctx.scope().fresh_rights().await?;
    let readable = Readable::of(object, &rights);
    let asked = Asked::of(&Location { path: list_address(object), query: back.to_owned() });
    let parameters: Parameters = asked.question()?.except(&["limit", "cursor", "count", "expand", "fields"]);
    let mut selection = Asking { object, readable: &readable, rights: &rights }.list(&parameters)?.selection;
    selection.limit = None;
    Ok(selection)
}

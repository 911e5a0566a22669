//! Rows as an answer, and what logs say of them.

use serde::Serialize;
use serde::ser::SerializeMap;

use crate::model::Row;

/// Some rows, and where the next ones begin.
#[derive(Debug)]
pub(crate) struct Listing {
    pub(crate) rows: Vec<Row>,
    pub(crate) next: Option<String>,
    /// Where the rows before them end, if it was asked for rows at a cursor.
    pub(crate) previous: Option<String>,
}

/// Logs say which rows an answer held, not what was in them.
impl Serialize for Listing {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("rows", &self.rows.len())?;
        map.serialize_entry("more", &self.next.is_some())?;
        map.end()
    }
}

impl Serialize for Row {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("id", &self.system.id)?;
        map.serialize_entry("version", &self.system.version)?;
        map.end()
    }
}

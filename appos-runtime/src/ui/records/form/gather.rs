//! What a filled-in form asks to be written, as a client of the API would send it.

use serde_json::{Map, Value as Json};

use super::plan::{Plan, Rows};
use super::sheet::{Part, Pick, Sheet};
use super::text;
use crate::error::FieldError;
use crate::ui::text::own::forms;

/// What is to be written, and what cannot be read.
pub(super) struct Gathered {
    pub(super) fields: Map<String, Json>,
    pub(super) wrong: Vec<FieldError>,
    /// Where rows stand in what is written, and in the form.
    places: Vec<(String, String)>,
}

impl Gathered {
    /// The name in the form of a field that is named in what is written.
    pub(super) fn in_form(&self, field: &str) -> String {
        let found =
            self.places.iter().find_map(|(written, shown)| Some((shown, field.strip_prefix(written.as_str())?)));
        match found {
            Some((shown, rest)) if rest.is_empty() || rest.starts_with('.') => format!("{shown}{rest}"),
            _ => field.to_owned(),
        }
    }
}

/// Collects what is to be written. `exists`: the row does, so that only what was changed is written.
pub(super) fn gather(plan: &Plan, sheet: &Sheet, exists: bool) -> Gathered {
    let mut gathered = Gathered { fields: Map::new(), wrong: Vec::new(), places: Vec::new() };
    gathered.fields = entries(plan, &sheet.own, exists, &mut gathered.wrong);
    for (rows, parts) in plan.rows.iter().zip(&sheet.rows) {
        let mut written = Vec::new();
        for part in parts {
            let before = gathered.wrong.len();
            let row = element(rows, part, &mut gathered.wrong);
            // A row of which nothing could be read has a place, too.
            if row.is_some() || gathered.wrong.len() > before {
                gathered.places.push((rows.path(written.len()), part.path.clone()));
                written.push(Json::Object(row.unwrap_or_default()));
            }
        }
        let name = rows.field.name.to_owned();
        match written.pop() {
            None => {}
            Some(one) if rows.one => drop(gathered.fields.insert(name, one)),
            Some(last) => {
                written.push(last);
                gathered.fields.insert(name, Json::Array(written));
            }
        }
    }
    gathered
}

/// One row beside the form's own; `None`: there is nothing to write.
fn element(rows: &Rows, part: &Part, wrong: &mut Vec<FieldError>) -> Option<Map<String, Json>> {
    let Some(id) = part.id else {
        return (!part.is_blank()).then(|| entries(&rows.plan, part, false, wrong));
    };
    let mut row = Map::new();
    if part.removed {
        row.insert("delete".to_owned(), Json::Bool(true));
    } else {
        row = entries(&rows.plan, part, true, wrong);
        if row.is_empty() {
            return None;
        }
    }
    row.insert("id".to_owned(), id.into());
    row.insert("version".to_owned(), part.version.map_or(Json::Null, Json::from));
    Some(row)
}

fn entries(plan: &Plan, part: &Part, exists: bool, wrong: &mut Vec<FieldError>) -> Map<String, Json> {
    // What no form asks for is refused by the record, as from everybody else.
    let mut entries: Map<String, Json> =
        part.others.iter().map(|(name, value)| (name.clone(), Json::String(value.clone()))).collect();
    let path = |name: &str| super::names::of(&part.path, name);
    for (input, cell) in plan.inputs.iter().zip(&part.cells) {
        let name = input.field.name;
        match cell.clash.as_ref().map(|clash| clash.pick) {
            Some(Some(Pick::Theirs)) => continue,
            Some(None) => {
                let message = forms::undecided();
                wrong.push(FieldError { field: path(name), code: "undecided".into(), message: message.to_owned() });
                continue;
            }
            Some(Some(Pick::Mine)) | None => {}
        }
        if input.blind && cell.clear {
            entries.insert(name.to_owned(), Json::Null);
            continue;
        }
        // Nothing is known of what is not shown: nothing typed is nothing said of it.
        let untouched = if exists { !cell.is_changed() } else { input.blind && cell.typed.is_empty() };
        if !cell.present || untouched {
            continue;
        }
        match text::read(input.field, &cell.typed) {
            Ok(json) => drop(entries.insert(name.to_owned(), json)),
            Err(error) => wrong.push(FieldError { field: path(name), ..error }),
        }
    }
    entries
}

//! The query string of a list: which rows, in which order, and what of them.

use super::filter::{Filters, sorts, unknown_field};
use super::format::Format;
use super::parameters::{DEFAULT_LIMIT, MAX_LIMIT, Parameters, bad_query, wrong};
use crate::error::{FieldError, Result};
use crate::model::{Selection, record_of};
use crate::record::{Expansion, Readable};
use crate::registry::ObjectDescriptor;
use crate::security::{Permission, Rights};
use crate::value::FieldType;

/// Most fields of `fields`, and most references of `expand`.
const MAX_NAMES: usize = 200;

/// What of a row is wanted.
#[derive(Default)]
pub(crate) struct Part {
    /// Names of its fields; `None`: all that may be read.
    pub(crate) fields: Option<Vec<&'static str>>,
    /// References whose rows are wanted; `None`: nobody asked for any.
    pub(crate) expand: Option<Vec<Expansion>>,
}

/// What a list is asked for.
pub(crate) struct Wanted {
    pub(crate) selection: Selection,
    pub(crate) count: bool,
    pub(crate) part: Part,
}

/// What an export is asked for.
pub(crate) struct Export {
    pub(crate) selection: Selection,
    pub(crate) fields: Option<Vec<&'static str>>,
    pub(crate) format: Format,
}

/// Who asks, and of which record.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a> {
    pub(crate) object: &'static ObjectDescriptor,
    pub(crate) readable: &'a Readable,
    pub(crate) rights: &'a Rights,
}

impl Asking<'_> {
    /// Reads the parameters of a list.
    ///
    /// # Errors
    /// All wrong parameters at once. A field that may not be read is as unknown as one that does
    /// not exist.
    pub(crate) fn list(self, parameters: &Parameters) -> Result<Wanted> {
        let mut errors = Vec::new();
        let mut selection = Selection { limit: Some(DEFAULT_LIMIT), ..Selection::default() };
        let (mut count, mut part) = (false, Part::default());
        let mut filters = Filters::default();
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in parameters.iter() {
            match filters.take((self.object, self.readable, self.rights), (name, value)) {
                Ok(false) => {}
                Ok(true) => continue,
                Err(error) => {
                    errors.push(error);
                    continue;
                }
            }
            if seen.contains(&name) {
                errors.push(wrong(name, "repeated", "stands more than once"));
                continue;
            }
            seen.push(name);
            let read = match name {
                "sort" => sorts(self.readable, value).map(|sorts| selection.sorts = sorts),
                "limit" => limit(value).map(|limit| selection.limit = Some(limit)),
                "cursor" => {
                    selection.cursor = Some(value.to_owned());
                    Ok(())
                }
                "count" => truth(name, value).map(|asked| count = asked),
                "deleted" if record_of(self.object).soft_delete => {
                    truth(name, value).map(|asked| selection.deleted = asked)
                }
                "q" => filters.search(self.object, self.readable, value),
                _ => self.part_of(&mut part, (name, value)),
            };
            errors.extend(read.err());
        }
        match filters.conditions() {
            Ok(conditions) => selection.conditions = conditions,
            Err(error) => errors.push(error),
        }
        if errors.is_empty() { Ok(Wanted { selection, count, part }) } else { Err(bad_query(errors)) }
    }

    /// Reads the parameters of an export: those of a list that say nothing of pages, and the form.
    ///
    /// # Errors
    /// All wrong parameters at once.
    pub(crate) fn export(self, parameters: &Parameters) -> Result<Export> {
        let mut errors = Vec::new();
        let (mut selection, mut fields, mut format) = (Selection::default(), None, Format::Csv);
        let mut filters = Filters::default();
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in parameters.iter() {
            let read = match filters.take((self.object, self.readable, self.rights), (name, value)) {
                Ok(true) => Ok(()),
                Err(error) => Err(error),
                Ok(false) if seen.contains(&name) => Err(wrong(name, "repeated", "stands more than once")),
                Ok(false) => match name {
                    "format" => form(value).map(|asked| format = asked),
                    "sort" => sorts(self.readable, value).map(|sorts| selection.sorts = sorts),
                    "q" => filters.search(self.object, self.readable, value),
                    "fields" => self.fields(value).map(|asked| fields = Some(asked)),
                    "deleted" if record_of(self.object).soft_delete => {
                        truth(name, value).map(|asked| selection.deleted = asked)
                    }
                    _ => Err(wrong(name, "unknown_parameter", "is not a parameter of an export")),
                },
            };
            errors.extend(read.err());
            seen.push(name);
        }
        match filters.conditions() {
            Ok(conditions) => selection.conditions = conditions,
            Err(error) => errors.push(error),
        }
        if errors.is_empty() { Ok(Export { selection, fields, format }) } else { Err(bad_query(errors)) }
    }

    /// Reads the parameters of a single row.
    ///
    /// # Errors
    /// All wrong parameters at once.
    pub(crate) fn one(self, parameters: &Parameters) -> Result<Part> {
        let (mut part, mut errors) = (Part::default(), Vec::new());
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in parameters.iter() {
            if seen.contains(&name) {
                errors.push(wrong(name, "repeated", "stands more than once"));
                continue;
            }
            seen.push(name);
            errors.extend(self.part_of(&mut part, (name, value)).err());
        }
        if errors.is_empty() { Ok(part) } else { Err(bad_query(errors)) }
    }

    fn part_of(self, part: &mut Part, (name, value): (&str, &str)) -> Result<(), FieldError> {
        match name {
            "fields" => part.fields = Some(self.fields(value)?),
            "expand" => part.expand = Some(self.expand(value)?),
            _ => return Err(wrong(name, "unknown_parameter", "is not a parameter of this route")),
        }
        Ok(())
    }

    /// Reads `name,total`.
    pub(crate) fn fields(self, value: &str) -> Result<Vec<&'static str>, FieldError> {
        few("fields", value)?;
        value.split(',').map(|name| self.readable.shown(name).ok_or_else(|| unknown_field("fields", name))).collect()
    }

    /// Reads `customer,lines.article`: references, and references of the rows they lead to.
    fn expand(self, value: &str) -> Result<Vec<Expansion>, FieldError> {
        few("expand", value)?;
        let mut all: Vec<Expansion> = Vec::new();
        for path in value.split(',') {
            let unknown = || unknown_field("expand", path);
            let (first, second) = path.split_once('.').map_or((path, None), |(first, second)| (first, Some(second)));
            let place = match all.iter().position(|known| known.field == first) {
                Some(place) => place,
                None => {
                    all.push(reference(self.object, self.readable, first).ok_or_else(unknown)?);
                    all.len() - 1
                }
            };
            let Some((second, known)) = second.zip(all.get_mut(place)) else { continue };
            // Of a record that may not be viewed no field is known.
            let next = Some(known.target).filter(|target| self.rights.allows(target, Permission::View));
            let next = next.and_then(|target| reference(target, &Readable::of(target, self.rights), second));
            let next = next.ok_or_else(unknown)?;
            if !known.then.iter().any(|earlier| earlier.field == next.field) {
                known.then.push(next);
            }
        }
        Ok(all)
    }
}

/// Refuses more names than any record has.
fn few(name: &str, value: &str) -> Result<(), FieldError> {
    if value.split(',').count() > MAX_NAMES {
        return Err(wrong(name, "too_many", format!("at most {MAX_NAMES} names can be given")));
    }
    Ok(())
}

fn reference(object: &'static ObjectDescriptor, readable: &Readable, name: &str) -> Option<Expansion> {
    let (place, field) = record_of(object).field(name)?;
    match field.field_type {
        FieldType::Reference(target) if field.is_stored() && readable.can_read(place) => {
            Some(Expansion { place, field: field.name, target: target(), then: Vec::new() })
        }
        _ => None,
    }
}

fn limit(value: &str) -> Result<u64, FieldError> {
    let limit = value.parse::<u64>().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit));
    limit.ok_or_else(|| wrong("limit", "out_of_range", format!("must be a whole number from 1 to {MAX_LIMIT}")))
}

/// Reads the form of a file.
pub(crate) fn form(value: &str) -> Result<Format, FieldError> {
    let names = || format!("must be one of {}", Format::NAMES.join(", "));
    Format::named(value).ok_or_else(|| wrong("format", "unknown_choice", names()))
}

/// Reads `true` or `false`.
pub(crate) fn truth(name: &str, value: &str) -> Result<bool, FieldError> {
    match value {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(wrong(name, "wrong_type", "must be true or false")),
    }
}

/// For the fuzz targets: the selection that a query string asks for, as a list, an export and a
/// single row.
#[cfg(fuzzing)]
pub(crate) fn fuzzed(
    query: &str,
    (object, readable, rights): (&'static ObjectDescriptor, &Readable, &Rights),
) -> Option<Vec<Selection>> {
    let parameters = Parameters::read(query).ok()?;
    let asking = Asking { object, readable, rights };
    let _ = asking.one(&parameters);
    let list = asking.list(&parameters).ok().map(|wanted| wanted.selection);
    let export = asking.export(&parameters).ok().map(|wanted| wanted.selection);
    Some(list.into_iter().chain(export).collect())
}

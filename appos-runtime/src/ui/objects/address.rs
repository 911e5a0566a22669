//! Parameters of a page, read from its address: all mistakes at once.

use super::draw::{Drawn, fail};
use super::link::{InAddress, descriptor};
use crate::error::{AppOsError, FieldError, Result};
use crate::question::wrong;
use crate::registry::{ObjectDescriptor, PageParameter};
use crate::ui::shell::unknown;
use crate::value::json;

/// What an address holds beside the page's name, decoded and not yet understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageArguments {
    pub(super) path: Vec<(&'static str, String)>,
    pub(super) query: Vec<(String, String)>,
}

/// Reads the parameters of a page, collecting everything that is wrong with them.
pub struct AddressReader<'a> {
    page: &'static ObjectDescriptor,
    given: &'a PageArguments,
    errors: Vec<FieldError>,
}

impl<'a> AddressReader<'a> {
    /// Begins to read.
    pub fn new(page: &'static ObjectDescriptor, given: &'a PageArguments) -> Self {
        Self { page, given, errors: Vec::new() }
    }

    /// All parameters were read.
    ///
    /// # Errors
    /// Everything that was wrong, if the visitor may view the page; else that there is no such page.
    pub fn finish(self) -> Result<()> {
        if self.errors.is_empty() {
            return Ok(());
        }
        let error = AppOsError::validation("the address does not fit this page").code_is("bad_query");
        match fail(self.page, error.with_fields(self.errors)) {
            Drawn::Failed(error) => Err(error),
            // To whoever may not view a page it does not exist: without an execution's id, as where nothing is.
            Drawn::Refused | Drawn::Shown(_) | Drawn::NotYet => Err(unknown()),
        }
    }

    /// The text of a parameter; `None`: it does not stand in the address.
    fn text(&mut self, parameter: &PageParameter) -> Option<&'a str> {
        let name = parameter.parameter.name;
        if parameter.in_path {
            return self.given.path.iter().find(|(own, _)| *own == name).map(|(_, text)| text.as_str());
        }
        let mut all = self.given.query.iter().filter(|(own, _)| own == name).map(|(_, text)| text.as_str());
        let first = all.next();
        if all.next().is_some() {
            self.errors.push(wrong(name, "repeated", "stands more than once"));
        }
        // A form sends the fields that nobody filled in, too.
        first.filter(|text| parameter.required || !text.is_empty())
    }
}

/// Reads one parameter. What is wrong with it is told by [`AddressReader::finish`], which is asked
/// before any value is used.
///
/// # Errors
/// It does not fit.
pub fn read_parameter<T: InAddress>(reader: &mut AddressReader<'_>, name: &'static str) -> Result<T> {
    let misfit = || AppOsError::validation("the address does not fit this page");
    let page = descriptor(reader.page).ok_or_else(misfit)?;
    let parameter = page.parameters.iter().find(|own| own.parameter.name == name).ok_or_else(misfit)?;
    let value = match reader.text(parameter) {
        Some(text) => json::from_text(&T::TYPE, T::NULLABLE, text),
        None => json::from_json(&T::TYPE, T::NULLABLE, serde_json::Value::Null).map_err(|mut cause| {
            cause.message = "is required".into();
            cause
        }),
    };
    let value = value.map_err(|cause| reader.errors.push(wrong(name, cause.code, cause.message))).ok();
    value.and_then(|value| T::from_value(value).ok()).ok_or_else(misfit)
}

//! Which object a form is for. Forms come in over HTTP or from an open page; both come here.

use crate::error::{AppOsError, Result};
use crate::registry::Registry;
use crate::ui::page::{Form, Location, Outcome};
use crate::ui::processes::operations;
use crate::ui::{caught_mail, processes, records, systems, tasks};

/// Does what a form asks for, as the user of the present scope. `action`: where it was sent.
///
/// # Errors
/// There is nothing at the address, the user may not know of it, or it cannot be done now. What is wrong
/// with the form itself is no error but an [`Outcome::Refused`].
pub(crate) async fn post(registry: &'static Registry, action: &Location, form: &Form) -> Result<Outcome> {
    let segments = action.segments();
    if let [app, "processes", id, asked] = segments.as_slice() {
        return Box::pin(processes::post(app, id, asked, form)).await;
    }
    if let ["tasks", id] = segments.as_slice()
        && tasks::are_there(registry)
    {
        let id = uuid::Uuid::parse_str(id).map_err(|_| unknown())?;
        return Box::pin(tasks::post(id, form)).await;
    }
    if let ["tasks", id, "reassign"] = segments.as_slice()
        && tasks::are_there(registry)
    {
        let id = uuid::Uuid::parse_str(id).map_err(|_| unknown())?;
        return Box::pin(tasks::reassign(id, form)).await;
    }
    if let ["processes", asked] = segments.as_slice()
        && operations::are_there(registry)
    {
        return Box::pin(operations::post(asked, form)).await;
    }
    if let ["connected-systems"] = segments.as_slice()
        && systems::are_there(registry)
    {
        return Box::pin(systems::post(form)).await;
    }
    if let ["caught-mail"] = segments.as_slice()
        && caught_mail::is_there(&processes::current()?.scope().engine)
    {
        return Box::pin(caught_mail::post(form)).await;
    }
    let [app, plural, rest @ ..] = segments.as_slice() else { return Err(unknown()) };
    let found = registry.records().find(|(object, record)| object.app == *app && record.plural.as_str() == *plural);
    match found {
        Some((object, _)) => Box::pin(records::post(object, rest, action, form)).await,
        None => Err(unknown()),
    }
}

/// There is nothing at the address.
pub(crate) fn unknown() -> AppOsError {
    AppOsError::dispatch("there is nothing at this address").code_is("not_found")
}

//! Forms as they come in, with script or without, and what was wrong with them.

use std::rc::Rc;

use dioxus::prelude::*;

use super::notice::Note;
use crate::error::AppOsError;

/// The fields of a form that was sent, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form(pub(crate) Vec<(String, String)>);

impl Form {
    /// The field of a form after which the page is where it was: what it leads to takes the place of the present
    /// address in the history, and is not told in it.
    pub(crate) const STAYS: &str = "ao-stays";

    /// The field of a form that says which page it stands on, if that has another address. No field of a record
    /// has a name with this character in it.
    pub(crate) const PAGE: &str = "ao-page";

    /// True if the page stays where it is.
    pub(crate) fn stays(&self) -> bool {
        self.get(Self::STAYS).is_some()
    }

    /// The first value with this name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// All values with this name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// What was wrong with a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// Of the whole.
    pub(crate) message: String,
    pub(crate) code: String,
    /// Of its fields: name, code, message.
    pub(crate) fields: Vec<(String, String, String)>,
}

/// The code of a form that is shown again because it asked for that.
const FORM_CHANGED: &str = "form_changed";

impl Wrong {
    /// Nothing is wrong: the form asks to be shown again, with one line more, say.
    pub(crate) fn nothing() -> Self {
        Self { code: FORM_CHANGED.to_owned(), ..Self::default() }
    }

    /// True if nothing is wrong.
    pub(crate) fn asks_of_itself(&self) -> bool {
        self.code == FORM_CHANGED
    }

    /// What an error says of a form.
    pub(crate) fn of(error: &AppOsError) -> Self {
        let fields =
            error.fields().iter().map(|wrong| (wrong.field.clone(), wrong.code.to_string(), wrong.message.clone()));
        Self { message: error.message().to_owned(), code: error.code().to_owned(), fields: fields.collect() }
    }

    /// What is wrong with one field.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, ..)| field == name).map(|(.., message)| message.as_str())
    }
}

/// A form that was sent to this page without script, and was refused: it is shown again as it was
/// filled in, with what is wrong.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Posted {
    /// The form's `action`.
    pub(crate) action: String,
    pub(crate) form: Form,
    pub(crate) wrong: Wrong,
}

/// The form that was refused last, with script or without.
pub(crate) type PostedForm = Signal<Option<Rc<Posted>>>;

/// What was sent to the form with this action, if it was refused. A component that asks is drawn anew
/// when a form of its page is sent.
pub(crate) fn use_posted(action: &str) -> Option<Rc<Posted>> {
    let posted = use_context::<PostedForm>();
    posted.read().clone().filter(|posted| posted.action == action)
}

/// What has become of a form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// It is done; the page goes to this address of the server, and says so.
    Done { to: String, note: Option<Note> },
    /// It is not done; the page shows the form again, with what is wrong.
    Refused(Wrong),
}

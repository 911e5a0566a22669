//! Where the parameters of a web API stand in a request.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::error::Category;

use super::entry::InputKind;
use super::fields::{self, Entry, Fields};
use super::reader::{Content, Problems, Received};
use super::shape::{Shape, shape_of};
use super::upload::Upload;
use crate::error::AppOsError;
use crate::question::Parameters;

/// A parameter that is read from a request.
#[diagnostic::on_unimplemented(
    message = "a web API cannot read a `{Self}` from a request",
    label = "stands neither in the path nor in a known place of a request",
    note = "write `Json<..>`, `Form<..>`, `Query<..>` or `Headers<..>` around a type that implements \
            `serde::Deserialize`, or `http::Upload`, or `http::Body`",
    note = "a part of the path is named in it: `path = \"/orders/{{order}}\"`"
)]
pub trait Input: Sized {
    /// Where it stands.
    const KIND: InputKind;

    /// What it looks like.
    fn shape() -> Shape;

    /// Reads it; what is wrong is told to `problems`.
    fn read(received: &mut Received, name: &'static str, problems: &mut Problems) -> Option<Self>;
}

macro_rules! wrapper {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name<T>(pub T);
    };
}

wrapper! {
    /// The body, as JSON.
    ///
    /// ```
    /// use appos_runtime::web_api::Json;
    /// let body = Json(vec![1, 2]);
    /// assert_eq!(body.0.len(), 2);
    /// ```
    Json
}

wrapper! {
    /// The body, as a form that is not a file (`application/x-www-form-urlencoded`). Fields that `T` does not have are
    /// refused.
    Form
}

wrapper! {
    /// The query string: one field of `T` for each parameter. Parameters that `T` does not have are refused.
    Query
}

wrapper! {
    /// Headers: a field of `T` has the name of its header in lower case, with `_` for `-`: `x_request_id`.
    Headers
}

/// The body as it arrives, whatever its type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Body(pub Vec<u8>);

impl<T: DeserializeOwned + 'static> Input for Json<T> {
    const KIND: InputKind = InputKind::Json;

    fn shape() -> Shape {
        shape_of::<T>()
    }

    fn read(received: &mut Received, name: &'static str, problems: &mut Problems) -> Option<Self> {
        if received.content != Content::Json {
            problems.fails(
                AppOsError::validation("the body must be sent as application/json in UTF-8")
                    .code_is("unsupported_media_type")
                    .field("Content-Type", "unsupported_media_type", "must be application/json"),
            );
            return None;
        }
        match serde_json::from_slice::<T>(&received.body) {
            Ok(value) => Some(Self(value)),
            Err(error) if error.classify() == Category::Data => {
                // The same again, in parts: only now what does not fit is looked for.
                match serde_json::from_slice::<Value>(&received.body) {
                    Ok(Value::Object(members)) => {
                        let entries = members.iter().map(|(name, value)| (name.as_str(), Entry::Json(value)));
                        match fields::read::<T>(&Fields { entries: entries.collect(), strict: false }) {
                            // Only the whole text is at fault: a key that stands twice.
                            Ok(_) => problems.value(name, error.to_string()),
                            Err(mistakes) => problems.extend(mistakes, name),
                        }
                    }
                    _ => problems.value(name, error.to_string()),
                }
                None
            }
            Err(error) => {
                let message = format!("the body is not JSON: {error}");
                problems.fails(AppOsError::validation(message).code_is("malformed_json"));
                None
            }
        }
    }
}

fn of_texts<T: DeserializeOwned>(text: &str, name: &'static str, problems: &mut Problems) -> Option<T> {
    let parameters = match Parameters::read(text) {
        Ok(parameters) => parameters,
        Err(error) => {
            problems.fails(error);
            return None;
        }
    };
    let mut entries: Vec<(&str, Entry<'_>)> = Vec::new();
    for (name, value) in parameters.iter() {
        if entries.iter().any(|(earlier, _)| *earlier == name) {
            problems.repeated(name);
        } else {
            entries.push((name, Entry::Text(value)));
        }
    }
    fields::read(&Fields { entries, strict: true }).map_err(|mistakes| problems.extend(mistakes, name)).ok()
}

impl<T: DeserializeOwned + 'static> Input for Form<T> {
    const KIND: InputKind = InputKind::Form;

    fn shape() -> Shape {
        shape_of::<T>()
    }

    fn read(received: &mut Received, name: &'static str, problems: &mut Problems) -> Option<Self> {
        if received.content != Content::Form {
            let wanted = "must be application/x-www-form-urlencoded";
            problems.fails(
                AppOsError::validation("the body must be sent as a form").code_is("unsupported_media_type").field(
                    "Content-Type",
                    "unsupported_media_type",
                    wanted,
                ),
            );
            return None;
        }
        let body = std::mem::take(&mut received.body);
        let Ok(text) = std::str::from_utf8(&body) else {
            problems.fails(AppOsError::validation("the form is not UTF-8").code_is("malformed_json"));
            return None;
        };
        of_texts(text, name, problems).map(Self)
    }
}

impl<T: DeserializeOwned + 'static> Input for Query<T> {
    const KIND: InputKind = InputKind::Query;

    fn shape() -> Shape {
        shape_of::<T>()
    }

    fn read(received: &mut Received, name: &'static str, problems: &mut Problems) -> Option<Self> {
        let query = std::mem::take(&mut received.query);
        of_texts(&query, name, problems).map(Self)
    }
}

impl<T: DeserializeOwned + 'static> Input for Headers<T> {
    const KIND: InputKind = InputKind::Headers;

    fn shape() -> Shape {
        shape_of::<T>()
    }

    fn read(received: &mut Received, name: &'static str, problems: &mut Problems) -> Option<Self> {
        let headers = std::mem::take(&mut received.headers);
        let entries = headers.iter().map(|(name, value)| (name.as_str(), Entry::Text(value))).collect();
        // Whoever stands between adds headers of his own.
        fields::read(&Fields { entries, strict: false })
            .map_err(|mistakes| problems.extend(mistakes, name))
            .map(Self)
            .ok()
    }
}

impl Input for Body {
    const KIND: InputKind = InputKind::Body;

    fn shape() -> Shape {
        Shape::Any
    }

    fn read(received: &mut Received, _: &'static str, _: &mut Problems) -> Option<Self> {
        Some(Self(std::mem::take(&mut received.body).to_vec()))
    }
}

impl Input for Upload {
    const KIND: InputKind = InputKind::Upload;

    fn shape() -> Shape {
        Shape::Any
    }

    fn read(received: &mut Received, name: &'static str, problems: &mut Problems) -> Option<Self> {
        let file = received.file.take();
        if file.is_none() {
            problems.value(name, "must be sent as a file".to_owned());
        }
        file
    }
}

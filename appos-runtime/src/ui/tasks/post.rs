//! An answer as a form sends it.

use chrono::{LocalResult, NaiveDateTime, TimeZone, Utc};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::ADDRESS;
use crate::error::{AppOsError, ErrorKind, Result};
use crate::process::tasks::{AnswerKind, task_answer, task_show};
use crate::ui::page::{Form, Note, Outcome, What, Wrong};
use crate::ui::text::{Format, errors};

/// Answers a task, as the user of the present scope.
///
/// # Errors
/// The user is not asked, or it cannot be answered now.
pub(crate) async fn post(id: Uuid, form: &Form) -> Result<Outcome> {
    let task = task_show(id).await?;
    let answer = form.get("answer").map_or(Json::Null, |text| json_of(&task.form.kind, text));
    let comment = form.get("comment").map(str::to_owned);
    match task_answer(id, Some(answer), comment).await {
        Ok(()) => Ok(Outcome::Done { to: ADDRESS.to_owned(), note: Some(Note { what: What::Saved, id: None }) }),
        Err(error) if error.kind() == ErrorKind::Validation => Ok(Outcome::Refused(wrong(&error))),
        Err(error) => Err(error),
    }
}

/// What was wrong, in words.
pub(super) fn wrong(error: &AppOsError) -> Wrong {
    let told =
        |field: &crate::error::FieldError| (field.field.clone(), field.code.to_string(), errors::of_field(None, field));
    let fields = error.fields().iter().map(told).collect();
    Wrong { message: errors::message(error), code: error.code().to_owned(), fields }
}

/// What a field of a form means. What it does not mean is left as it is: it is refused with the reason.
fn json_of(kind: &AnswerKind, text: &str) -> Json {
    let text = text.trim();
    match kind {
        AnswerKind::Integer { .. } | AnswerKind::Float => {
            serde_json::from_str::<Json>(text).ok().filter(Json::is_number).unwrap_or_else(|| json!(text))
        }
        AnswerKind::Bool => text.parse::<bool>().map_or_else(|_| json!(text), Json::from),
        AnswerKind::DateTime => json!(moment(text).unwrap_or_else(|| text.to_owned())),
        _ => json!(text),
    }
}

/// A moment as browsers send it, on the clock of whoever answers.
fn moment(text: &str) -> Option<String> {
    let local =
        ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"].iter().find_map(|it| NaiveDateTime::parse_from_str(text, it).ok())?;
    let moment = match Format::current().time_zone().from_local_datetime(&local) {
        LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => moment,
        LocalResult::None => return None,
    };
    Some(moment.with_timezone(&Utc).to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}

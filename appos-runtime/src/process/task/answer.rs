//! What people may answer: one value of a kind that a form can ask for.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::error::{AppOsError, Result};
use crate::platform::UserRef;
use crate::value::json::from_json;
use crate::value::{DateTime, FieldType, FieldValue};

/// The type of an answer of people: a `#[choices]` enum, `bool`, `String`, a number, a date, `Option` of one of
/// these, or [`Answered`] around one.
pub trait TaskAnswer: Sized + Send + 'static {
    /// What is asked for.
    #[doc(hidden)]
    type Value: FieldValue;

    /// From what was answered.
    #[doc(hidden)]
    fn of(answered: Answered<Self::Value>) -> Self;
}

#[diagnostic::do_not_recommend]
impl<V: FieldValue + Send> TaskAnswer for V {
    type Value = V;

    fn of(answered: Answered<V>) -> V {
        answered.answer
    }
}

/// An answer with who gave it, when, and with which remark.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered<V> {
    /// The answer itself.
    pub answer: V,
    /// What was remarked with it.
    pub comment: Option<String>,
    /// Who has answered.
    pub by: UserRef,
    /// When.
    pub at: DateTime,
}

impl<V: FieldValue + Send> TaskAnswer for Answered<V> {
    type Value = V;

    fn of(answered: Self) -> Self {
        answered
    }
}

/// True if a form can ask people for it.
pub(super) const fn can_be_asked_for(field_type: &FieldType) -> bool {
    matches!(
        field_type,
        FieldType::Text
            | FieldType::Integer { .. }
            | FieldType::Float
            | FieldType::Decimal { .. }
            | FieldType::Bool
            | FieldType::Date
            | FieldType::DateTime
            | FieldType::Choice(_)
    )
}

/// What a task asks for, kept with it: whoever answers may be on another machine, and on another version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct AnswerForm {
    #[serde(flatten)]
    pub(crate) kind: AnswerKind,
    /// There need not be any.
    #[serde(default)]
    pub(crate) optional: bool,
}

/// The kind of an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum AnswerKind {
    Text,
    Integer { min: i64, max: i64 },
    Float,
    Decimal { scale: u32 },
    Bool,
    Date,
    DateTime,
    Choice { name: String, choices: Vec<AnswerChoice> },
}

/// One of several answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AnswerChoice {
    pub(crate) value: String,
    pub(crate) label: String,
}

impl AnswerForm {
    /// That of a type; `None`: no form asks for it.
    pub(super) fn of<V: FieldValue>() -> Option<Self> {
        let kind = match V::TYPE {
            FieldType::Text => AnswerKind::Text,
            FieldType::Integer { min, max } => AnswerKind::Integer { min, max },
            FieldType::Float => AnswerKind::Float,
            FieldType::Decimal { scale } => AnswerKind::Decimal { scale },
            FieldType::Bool => AnswerKind::Bool,
            FieldType::Date => AnswerKind::Date,
            FieldType::DateTime => AnswerKind::DateTime,
            FieldType::Choice(choices) => AnswerKind::Choice {
                name: choices.type_name.to_owned(),
                choices: choices
                    .choices
                    .iter()
                    .map(|choice| AnswerChoice { value: choice.value.to_owned(), label: choice.label.to_owned() })
                    .collect(),
            },
            _ => return None,
        };
        Some(Self { kind, optional: V::NULLABLE })
    }

    /// The answer as it is kept.
    ///
    /// # Errors
    /// It is none that may be given.
    pub(super) fn read(&self, answer: &Json) -> Result<Json> {
        let wrong = |code: &'static str, message: String| {
            Err(AppOsError::validation("some fields are wrong")
                .code_is("invalid_fields")
                .field("answer", code, message))
        };
        if answer.is_null() || answer.as_str().is_some_and(|text| text.trim().is_empty()) {
            return if self.optional { Ok(Json::Null) } else { wrong("required", "is required".to_owned()) };
        }
        let field_type = match &self.kind {
            AnswerKind::Choice { choices, .. } => {
                let known = answer.as_str().is_some_and(|answer| choices.iter().any(|choice| choice.value == answer));
                let names = || choices.iter().map(|choice| choice.value.as_str()).collect::<Vec<_>>().join(", ");
                return if known { Ok(answer.clone()) } else { wrong("choice", format!("must be one of {}", names())) };
            }
            AnswerKind::Text => FieldType::Text,
            AnswerKind::Integer { min, max } => FieldType::Integer { min: *min, max: *max },
            AnswerKind::Float => FieldType::Float,
            AnswerKind::Decimal { scale } => FieldType::Decimal { scale: *scale },
            AnswerKind::Bool => FieldType::Bool,
            AnswerKind::Date => FieldType::Date,
            AnswerKind::DateTime => FieldType::DateTime,
        };
        match from_json(&field_type, false, answer.clone()) {
            Ok(value) => Ok(serde_json::to_value(value)?),
            Err(misfit) => wrong(misfit.code, misfit.message.into_owned()),
        }
    }
}

/// What a process is told of an answer.
#[derive(Serialize, Deserialize)]
pub(super) struct AnswerTold {
    pub(super) answer: Json,
    pub(super) comment: Option<String>,
    pub(super) by: i64,
    pub(super) at: i64,
}

impl AnswerTold {
    pub(super) fn into_json(self) -> Json {
        let Self { answer, comment, by, at } = self;
        json!({ "answer": answer, "comment": comment, "by": by, "at": at })
    }

    /// As the process asked for it.
    pub(super) fn read<T: TaskAnswer>(told: Json) -> Result<T> {
        let Self { answer, comment, by, at } = serde_json::from_value(told)?;
        let unreadable = |why: &str| {
            AppOsError::execution(format!("the answer of a task can no longer be read: it {why}"))
                .code_is("history_unreadable")
        };
        let value = from_json(&<T::Value as FieldValue>::TYPE, <T::Value as FieldValue>::NULLABLE, answer)
            .map_err(|misfit| unreadable(&misfit.message))?;
        let answer = <T::Value as FieldValue>::from_value(value).map_err(|error| unreadable(error.expected))?;
        let at = DateTime::from_timestamp_millis(at).unwrap_or_default();
        Ok(T::of(Answered { answer, comment, by: UserRef::from(crate::value::Id::new(by)), at }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_what_was_asked_for_and_nothing_else() {
        let form = AnswerForm::of::<i32>().unwrap();
        assert_eq!(form.read(&json!(7)).unwrap(), json!(7));
        for wrong in [json!(null), json!("seven"), json!(7.5), json!(i64::MAX), json!("")] {
            let error = form.read(&wrong).unwrap_err();
            assert_eq!((error.code(), error.fields()[0].field.as_str()), ("invalid_fields", "answer"), "{wrong}");
        }
        assert_eq!(AnswerForm::of::<Option<String>>().unwrap().read(&json!("  ")).unwrap(), Json::Null);
        assert!(AnswerForm::of::<crate::value::Json>().is_none());
    }

    #[test]
    fn a_form_is_read_as_it_was_written() {
        for form in [AnswerForm::of::<bool>().unwrap(), AnswerForm::of::<Option<i16>>().unwrap()] {
            let written = serde_json::to_string(&form).unwrap();
            assert_eq!(serde_json::from_str::<AnswerForm>(&written).unwrap(), form);
        }
    }
}

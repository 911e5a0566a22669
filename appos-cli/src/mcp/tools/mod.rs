//! The questions: each has a name, arguments, and a few lines that ask what a command asks.

mod code;
mod docs;
mod executions;
mod objects;
mod processes;
mod rights;

use std::sync::Arc;

use rmcp::model::{JsonObject, Tool as Described, ToolAnnotations};
use rmcp::schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::answer::Answer;
use super::caller::{Caller, Project, Sight};
use super::refusal::Refused;

/// Who asks, of which project.
pub(super) struct Asking<'a> {
    pub(super) project: &'a Project,
    pub(super) caller: &'a Caller,
    pub(super) sight: &'a Sight,
}

/// What would be done, in a sentence for whoever is to allow it.
pub(super) type Would = fn(Json) -> Result<String, Refused>;

/// One question.
pub(super) struct Tool {
    pub(super) name: &'static str,
    title: &'static str,
    description: &'static str,
    arguments: fn() -> Json,
    pub(super) run: fn(&Asking<'_>, Json) -> Result<Answer, Refused>,
    /// Of what changes something.
    pub(super) would: Option<Would>,
}

impl Tool {
    /// What clients are told of it.
    pub(super) fn described(&self) -> Described {
        let is_read_only = self.would.is_none();
        let mut schema = (self.arguments)();
        if !is_read_only {
            schema["properties"]["confirm"] = json!({
                "type": ["string", "null"],
                "description": "What a call before has answered as `confirm`; only once the user wants it to be done",
            });
        }
        let schema = match schema {
            Json::Object(schema) => schema,
            _ => JsonObject::new(),
        };
        let annotations = ToolAnnotations::with_title(self.title).read_only(is_read_only).open_world(false);
        let annotations =
            if is_read_only { annotations.idempotent(true) } else { annotations.destructive(true).idempotent(false) };
        Described::new(self.name, self.description, Arc::new(schema))
            .with_title(self.title)
            .with_annotations(annotations)
    }
}

/// All questions, and what changes something only if that is allowed.
pub(super) fn all(allows_writes: bool) -> impl Iterator<Item = &'static Tool> {
    let lists: [&'static [Tool]; 6] =
        [objects::TOOLS, rights::TOOLS, executions::TOOLS, processes::TOOLS, code::TOOLS, docs::TOOLS];
    lists.into_iter().flatten().filter(move |tool| allows_writes || tool.would.is_none())
}

/// The question of this name.
///
/// # Errors
/// There is none, or it changes something and that is not allowed.
pub(super) fn named(name: &str, allows_writes: bool) -> Result<&'static Tool, Refused> {
    let tool = all(true).find(|tool| tool.name == name).ok_or_else(|| {
        let near = crate::terminal::nearest(name, all(allows_writes).map(|tool| tool.name));
        let help = near.map_or_else(|| "`tools/list` lists all".to_owned(), |near| format!("call `{near}`"));
        Refused::new("unknown_tool", format!("there is no tool `{}`", crate::escape::escaped(name)), help)
    })?;
    if tool.would.is_some() && !allows_writes {
        let message = format!("`{name}` changes something, and this server only reads");
        return Err(Refused::new("read_only", message, "a person may start it with `cargo appos mcp --allow-writes`"));
    }
    Ok(tool)
}

/// What can be asked, as JSON.
pub(super) fn offered(allows_writes: bool) -> Json {
    let tools = all(allows_writes).map(|tool| {
        json!({
            "name": tool.name,
            "title": tool.title,
            "description": tool.description,
            "changes": tool.would.is_some(),
            "arguments": (tool.arguments)(),
        })
    });
    json!({ "format": 1, "tools": tools.collect::<Vec<_>>(), "resources": super::resources::templates_as_json() })
}

/// The schema of arguments.
fn schema_of<T: JsonSchema>() -> Json {
    let mut schema = rmcp::schemars::schema_for!(T).to_value();
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("$schema");
        schema.remove("title");
        schema.entry("properties").or_insert_with(|| json!({}));
    }
    schema
}

/// Reads arguments.
///
/// # Errors
/// One is missing, unknown, or of another type.
fn read<T: DeserializeOwned>(arguments: Json) -> Result<T, Refused> {
    serde_json::from_value(arguments).map_err(|error| {
        let message = format!("the arguments cannot be understood: {}", crate::escape::escaped(&error.to_string()));
        Refused::new("wrong_arguments", message, "the tool's input schema says what there is")
    })
}

/// A number of things, in words.
fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{all, named};

    #[test]
    fn every_tool_says_what_it_is_for_and_what_it_takes() {
        for tool in all(true) {
            let described = tool.described();
            assert!(tool.description.len() > 40, "{}", tool.name);
            let schema = &described.input_schema;
            assert_eq!(schema["type"], "object", "{}", tool.name);
            assert_eq!(schema["additionalProperties"], json!(false), "{}: unknown arguments are refused", tool.name);
            for (name, argument) in schema["properties"].as_object().expect("properties") {
                assert!(argument["description"].is_string(), "{}: {name} says nothing", tool.name);
            }
        }
    }

    #[test]
    fn what_changes_something_is_offered_only_where_that_is_allowed() {
        assert!(all(false).all(|tool| tool.would.is_none()));
        assert!(all(true).filter(|tool| tool.would.is_some()).count() >= 5);
        let refused = |name, writes| named(name, writes).err().map(|refused| refused.code);
        assert_eq!(refused("cancel_process", false).as_deref(), Some("read_only"));
        assert_eq!(refused("cancel_process", true), None);
        assert_eq!(refused("get_objekt", true).as_deref(), Some("unknown_tool"));
    }
}

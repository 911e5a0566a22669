//! Who may do what, and why.

use rmcp::schemars::{self, JsonSchema};
use serde::Deserialize;
use serde_json::json;

use super::{Asking, Tool, read, schema_of};
use crate::commands::why::explained;
use crate::mcp::answer::Answer;
use crate::mcp::refusal::Refused;

pub(super) const TOOLS: &[Tool] = &[Tool {
    name: "explain_denial",
    title: "Explain a permission",
    description: "Tells whether a user may do something with an object, and why: the group, grant or default that allows \
                  it, or what is missing and which groups have it. It heeds what administrators have granted and taken \
                  away. Users who are no administrators may ask about themselves only.",
    arguments: schema_of::<Question>,
    run: |asking, arguments| explain(asking, &read(arguments)?),
    would: None,
}];

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Question {
    /// Whom to ask about: e-mail address, the part of it before its `@`, name or number; `public_access` is whoever is
    /// not signed in. Without it: the user as whom this server looks
    user: Option<String>,
    /// view, use, create, update, delete or admin
    permission: String,
    /// Reference of the object, such as `crm.records.customer`
    object: String,
}

/// What is not told of an object that somebody may not view.
const OF_VIEWERS: [&str; 5] = ["givers", "app_groups", "rows", "fields", "run_as"];

fn explain(asking: &Asking<'_>, asked: &Question) -> Result<Answer, Refused> {
    let sight = asking.sight;
    let user = match (&asked.user, sight.seer()) {
        (Some(user), None) => user.clone(),
        (None, None) => {
            let message = "this server looks as the operator, who may do everything";
            return Err(Refused::new("wrong_question", message, "say about which `user` you ask"));
        }
        (Some(user), Some(seer)) if !sight.is_whole() && !seer.is_called(user) => {
            let message = format!("{} may ask about himself only", seer.shown());
            return Err(Refused::new("administrators_only", message, "leave `user` out, or ask an administrator"));
        }
        (Some(user), Some(_)) if sight.is_whole() => user.clone(),
        // By number: another account cannot be called so.
        (_, Some(seer)) if seer.id > 0 => seer.id.to_string(),
        (_, Some(seer)) => seer.name.clone(),
    };
    let mut explanation = explained(asking.project.package(), &user, &asked.permission, &asked.object)?;
    if !sight.sees(&asked.object)
        && let Some(told) = explanation.as_object_mut()
    {
        for key in OF_VIEWERS {
            told.remove(key);
        }
    }
    let may = if explanation["allowed"] == json!(true) { "It is allowed" } else { "It is denied" };
    let because = explanation["reason"]["because"].as_str().unwrap_or("of a reason of a later AppOS");
    let summary = format!("{may}, because: {because}.");
    Ok(Answer::new(explanation, summary, ""))
}

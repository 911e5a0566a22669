//! What was asked to be changed and waits for a yes: each has a token that counts once, for the same call of the same
//! caller, for a few minutes.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rmcp::model::{
    CallToolResponse, ElicitRequest, ElicitRequestParams, ElicitationAction, ElicitationSchema, InputRequest,
    InputRequests, InputRequiredResult, InputResponses,
};
use serde_json::{Value as Json, json};

use super::answer::{Answer, random};
use super::caller::Caller;
use super::refusal::Refused;

/// How long somebody may think.
pub(super) const HOLDS: Duration = Duration::from_mins(5);
/// Most that wait.
const MOST: usize = 100;
/// The name of the question, and of the field that is to be true.
const CONFIRM: &str = "confirm";

/// Calls that wait for a yes.
#[derive(Default)]
pub(super) struct Pending(Mutex<Vec<Waiting>>);

struct Waiting {
    token: String,
    call: Call,
    until: Instant,
}

/// A call that changes something.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) tool: &'static str,
    pub(super) arguments: Json,
    pub(super) caller: Caller,
}

impl Pending {
    /// Notes a call, and answers its token.
    ///
    /// # Errors
    /// Too many wait, or there is no randomness.
    pub(super) fn put(&self, call: Call) -> Result<String, Refused> {
        let token = random()?;
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|one| one.until > Instant::now());
        if waiting.len() >= MOST {
            let message = format!("{MOST} changes wait for a confirmation already");
            return Err(Refused::new("too_many", message, "wait a few minutes"));
        }
        waiting.push(Waiting { token: token.clone(), call, until: Instant::now() + HOLDS });
        Ok(token)
    }

    /// Takes a token, which does not count again, whatever comes of it.
    ///
    /// # Errors
    /// It is unknown, too old, or of another call.
    pub(super) fn take(&self, token: &str, call: &Call) -> Result<(), Refused> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = waiting.iter().position(|one| one.token == token).map(|at| waiting.swap_remove(at));
        if found.is_some_and(|one| one.until > Instant::now() && one.call == *call) {
            return Ok(());
        }
        let message = "the confirmation is unknown, too old, of another call, or was used already";
        Err(Refused::new("wrong_confirmation", message, "call the tool again without `confirm`"))
    }
}

/// That the user does not want it.
pub(super) fn declined() -> Refused {
    Refused::new("not_confirmed", "the user did not confirm it, and nothing was done", "")
}

/// What a user is asked by his client.
///
/// # Errors
/// Never with this schema.
pub(super) fn question(sentence: &str) -> Result<ElicitRequestParams, Refused> {
    let schema = ElicitationSchema::builder().required_bool_with(CONFIRM, |field| field.title("Do it")).build();
    let requested_schema = schema.map_err(|error| Refused::new("failed", error, ""))?;
    Ok(ElicitRequestParams::FormElicitationParams {
        meta: None,
        message: format!("Shall the platform {sentence}?"),
        requested_schema,
    })
}

/// The same as a result that the client answers with the call that follows.
///
/// # Errors
/// As [`question`].
pub(super) fn input_required(sentence: &str, token: String) -> Result<CallToolResponse, Refused> {
    let request = InputRequest::Elicitation(ElicitRequest::new(question(sentence)?));
    let requests = InputRequests::from([(CONFIRM.to_owned(), request)]);
    Ok(InputRequiredResult::new(Some(requests), Some(token)).into())
}

/// True if an answer is a yes.
pub(super) fn is_yes(action: &ElicitationAction, content: Option<&Json>) -> bool {
    *action == ElicitationAction::Accept && content.is_some_and(|content| content[CONFIRM] == json!(true))
}

/// True if what comes with a call that follows is a yes.
pub(super) fn are_yes(responses: Option<&InputResponses>) -> bool {
    let response = responses.and_then(|responses| responses.get(CONFIRM));
    response.is_some_and(|response| response["action"] == "accept" && response["content"][CONFIRM] == json!(true))
}

/// For clients that cannot ask their user: what would be done, and the token of the second call.
pub(super) fn token_answer(sentence: &str, token: &str) -> Answer {
    let json = json!({
        "format": 1,
        "done": false,
        "would": sentence,
        "confirm": token,
        "seconds": HOLDS.as_secs(),
    });
    let summary = "Nothing is done yet. Show the user what would be done. Only if he wants it, call the tool again with the \
                   same arguments and `confirm`.";
    Answer::new(json, summary, "")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Call, Pending};
    use crate::mcp::caller::Caller;

    #[test]
    fn a_token_counts_once_for_the_same_call_of_the_same_caller() {
        let pending = Pending::default();
        let call = |tool, id: u32, caller: &str| Call {
            tool,
            arguments: json!({ "instance": id }),
            caller: Caller::User(caller.to_owned()),
        };
        let token = pending.put(call("retry_process", 1, "ann")).unwrap();
        pending.take(&token, &call("retry_process", 1, "ann")).unwrap();
        let again = pending.take(&token, &call("retry_process", 1, "ann"));
        assert_eq!(again.unwrap_err().code, "wrong_confirmation");
        for other in
            [call("cancel_process", 1, "ann"), call("retry_process", 2, "ann"), call("retry_process", 1, "bob")]
        {
            let token = pending.put(call("retry_process", 1, "ann")).unwrap();
            pending.take(&token, &other).unwrap_err();
            pending.take(&token, &call("retry_process", 1, "ann")).unwrap_err();
        }
    }
}

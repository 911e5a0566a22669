//! Instances of processes: seen, and steered where that is allowed. The platform's own program does it, with the rights
//! of whoever asks.

use std::collections::BTreeMap;

use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::{Asking, Tool, counted, read, schema_of};
use crate::escape::escaped;
use crate::mcp::answer::Answer;
use crate::mcp::refusal::Refused;

pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "process",
        title: "Look at processes",
        description: "Lists instances of processes that the user may see, the newest first; with `instance` tells one of \
                      them with its arguments, variables, history, errors and what it waits for; with `about` how much \
                      there is to do (`stats`) or who runs processes (`workers`).",
        arguments: schema_of::<Look>,
        run: |asking, arguments| look(asking, read(arguments)?),
        would: None,
    },
    Tool {
        name: "start_process",
        title: "Start a process",
        description: "Starts an instance of a process with arguments. Changes data: it is asked whether it shall be done.",
        arguments: schema_of::<Start>,
        run: |asking, arguments| {
            let start: Start = read(arguments)?;
            tell(asking, "start", json!({ "process": start.process, "arguments": start.arguments, "key": start.key }))
        },
        would: Some(|arguments| {
            let start: Start = read(arguments)?;
            Ok(format!("start the process `{}` with {}", escaped(&start.process), shown(&start.arguments.into())))
        }),
    },
    Tool {
        name: "retry_process",
        title: "Retry a process",
        description: "Has an instance that has failed go on from the steps that have failed. Changes data: it is asked \
                      whether it shall be done.",
        arguments: schema_of::<Which>,
        run: |asking, arguments| steer(asking, "retry", &read(arguments)?),
        would: Some(|arguments| Ok(format!("retry the failed steps of the instance {}", id(&read(arguments)?)?))),
    },
    Tool {
        name: "resume_process",
        title: "Resume a process",
        description: "Has an instance go on that was put aside, once what was wrong is put right. Changes data: it is \
                      asked whether it shall be done.",
        arguments: schema_of::<Which>,
        run: |asking, arguments| steer(asking, "resume", &read(arguments)?),
        would: Some(|arguments| Ok(format!("have the instance {} go on that was put aside", id(&read(arguments)?)?))),
    },
    Tool {
        name: "cancel_process",
        title: "Cancel a process",
        description: "Ends an instance, and undoes what it has done where its steps say how. Changes data: it is asked \
                      whether it shall be done.",
        arguments: schema_of::<Which>,
        run: |asking, arguments| steer(asking, "cancel", &read(arguments)?),
        would: Some(|arguments| {
            Ok(format!("cancel the instance {}, and undo what it has done", id(&read(arguments)?)?))
        }),
    },
    Tool {
        name: "signal_process",
        title: "Signal a process",
        description: "Tells an instance something that it waits for. Changes data: it is asked whether it shall be done.",
        arguments: schema_of::<Signal>,
        run: |asking, arguments| {
            let signal: Signal = read(arguments)?;
            let which = Which { instance: signal.instance };
            let asked = json!({ "instance": id(&which)?, "name": signal.name, "payload": signal.payload });
            tell(asking, "signal", asked)
        },
        would: Some(|arguments| {
            let signal: Signal = read(arguments)?;
            let which = Which { instance: signal.instance };
            let payload = shown(&signal.payload.unwrap_or_default());
            Ok(format!("send the signal `{}` with {payload} to the instance {}", escaped(&signal.name), id(&which)?))
        }),
    },
];

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Look {
    /// Id of an instance, to see all of it
    instance: Option<String>,
    /// Numbers instead of instances: `stats` or `workers`
    about: Option<About>,
    /// Only of this process: its reference, or its name
    process: Option<String>,
    /// Only those in this state
    state: Option<State>,
    /// Only those that have failed or were put aside: they go no further by themselves
    #[serde(default)]
    dead: bool,
    /// Only those with this in their names, or with this id
    search: Option<String>,
    /// Only those with these values of what instances are found by, such as `customer_id`
    #[serde(default, rename = "where")]
    filter: BTreeMap<String, String>,
    /// Those in the archive, and no others
    #[serde(default)]
    archived: bool,
    /// Most instances, at most 200; 20 without it
    limit: Option<u64>,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum About {
    /// How much there is to do, and what was done in the last hour
    Stats,
    /// The programs that run processes
    Workers,
}

#[derive(Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum State {
    /// Something of it runs, or it waits
    Running,
    /// It has ended
    Completed,
    /// It has failed
    Failed,
    /// It was ended
    Cancelled,
    /// It was put aside
    Parked,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Which {
    /// Id of the instance
    instance: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Start {
    /// Reference of the process, or its name
    process: String,
    /// Its arguments
    #[serde(default)]
    arguments: Map<String, Json>,
    /// Start it once for this key: a second start with it answers the first instance
    key: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Signal {
    /// Id of the instance
    instance: String,
    /// Name of the signal
    name: String,
    /// What it brings
    payload: Option<Json>,
}

fn look(asking: &Asking<'_>, wanted: Look) -> Result<Answer, Refused> {
    if let Some(instance) = wanted.instance {
        let which = Which { instance };
        return tell(asking, "show", json!({ "instance": id(&which)? }));
    }
    let process = wanted.process.map_or(json!({}), |process| json!({ "process": process }));
    match wanted.about {
        Some(About::Stats) => {
            let asked = if process == json!({}) { process } else { json!({ "wanted": process }) };
            let json = ask(asking, "stats", asked)?;
            return Ok(Answer::new(json, "How much there is to do.", "Ask with `process`."));
        }
        Some(About::Workers) => {
            let json = ask(asking, "workers", json!({}))?;
            let summary = counted(json["workers"].as_array().map_or(0, Vec::len), "worker");
            return Ok(Answer::new(json, summary, ""));
        }
        None => {}
    }
    let mut asked = process;
    asked["limit"] = wanted.limit.unwrap_or(20).clamp(1, 200).into();
    for (name, is_given) in [("dead", wanted.dead), ("archived", wanted.archived)] {
        if is_given {
            asked[name] = true.into();
        }
    }
    if !wanted.filter.is_empty() {
        asked["filter"] = json!(wanted.filter);
    }
    if let Some(state) = wanted.state {
        asked["state"] = json!(state);
    }
    if let Some(search) = wanted.search {
        asked["search"] = search.into();
    }
    let json = ask(asking, "list", json!({ "wanted": asked }))?;
    let summary =
        format!("{}, the newest first.", counted(json["instances"].as_array().map_or(0, Vec::len), "instance"));
    Ok(Answer::new(json, summary, "Ask with `process`, `state` or a smaller `limit`."))
}

fn steer(asking: &Asking<'_>, verb: &str, which: &Which) -> Result<Answer, Refused> {
    tell(asking, verb, json!({ "instance": id(which)? }))
}

/// What is answered by an instance.
fn tell(asking: &Asking<'_>, verb: &str, asked: Json) -> Result<Answer, Refused> {
    let json = ask(asking, verb, asked)?;
    let summary = format!("The instance is {}.", json["instance"]["state"].as_str().unwrap_or_default());
    Ok(Answer::new(json, summary, "`get_execution` tells of single steps."))
}

fn ask(asking: &Asking<'_>, verb: &str, asked: Json) -> Result<Json, Refused> {
    asking.project.ask(asking.caller, ["__process", verb], asked)
}

/// The id of an instance, if it looks like one.
fn id(which: &Which) -> Result<&str, Refused> {
    let text = which.instance.as_str();
    let looks = text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    if looks {
        return Ok(text);
    }
    let message = format!("`{}` is no id of an instance", escaped(text));
    Err(Refused::new("wrong_question", message, "`process` lists instances with their ids"))
}

/// JSON for a person, in one line that ends.
fn shown(json: &Json) -> String {
    const LONGEST: usize = 300;
    let text = json.to_string();
    let text = escaped(&text);
    if text.chars().count() <= LONGEST {
        text.into_owned()
    } else {
        text.chars().take(LONGEST).chain(['…']).collect()
    }
}

//! What can be asked of `cargo appos process`, and what is asked of the program.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value as Json, json};

use super::lock::lock;
use super::shown;
use crate::project::ask::{ask, program, refused};
use crate::project::built::built;
use crate::project::locate;
use crate::terminal::{Failure, Terminal};

/// Most bytes of arguments that are read; more than a process takes.
const LONGEST: u64 = 2 << 20;

/// Arguments of `cargo appos process`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos process list --state failed
  cargo appos process show 019acb72-4e80-7a3c-9f43-0242ac120002
  cargo appos process start onboard_customer --args '{\"customer_id\": 7}'
  cargo appos process signal 019acb72-4e80-7a3c-9f43-0242ac120002 answered --payload '{\"stars\": 5}'
  cargo appos process retry 019acb72-4e80-7a3c-9f43-0242ac120002
  cargo appos process stats
  cargo appos process scale all 4

Everything is done by the project's own program, as the account `operator` (number -2): with the checks of the
platform, and its logs. A platform that serves meanwhile goes on with what was asked for within a second or two.
Exit codes: 0 done, 1 it did not work, 2 it was not asked for correctly.")]
pub struct Process {
    #[command(subcommand)]
    verb: Verb,
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME", global = true)]
    package: Option<String>,
    /// Print JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// List instances, the newest first
    #[command(
        after_help = "Examples:\n  cargo appos process list --process onboard_customer --state failed\n  cargo appos process list --where customer_id=7 --archived\n  cargo appos process list --search \"customer 7\" --json | jq -r '.instances[].id'"
    )]
    List(List),
    /// Show an instance: what it was given, what has happened to it, what it waits for
    #[command(
        after_help = "Examples:\n  cargo appos process show 019acb72-4e80-7a3c-9f43-0242ac120002\n  cargo appos process show 019acb72-4e80-7a3c-9f43-0242ac120002 --json | jq .instance.history"
    )]
    Show(Which),
    /// Have an instance that has failed go on from the steps that have failed
    #[command(
        after_help = "Examples:\n  cargo appos process retry 019acb72-4e80-7a3c-9f43-0242ac120002\n  cargo appos process retry 019acb72-4e80-7a3c-9f43-0242ac120002 --json"
    )]
    Retry(Which),
    /// End an instance, and undo what it has done where its steps say how
    #[command(
        after_help = "Examples:\n  cargo appos process cancel 019acb72-4e80-7a3c-9f43-0242ac120002\n  cargo appos process cancel 019acb72-4e80-7a3c-9f43-0242ac120002 --json"
    )]
    Cancel(Which),
    /// Have an instance go on that was put aside, once what was wrong is put right
    #[command(
        after_help = "Examples:\n  cargo appos process resume 019acb72-4e80-7a3c-9f43-0242ac120002\n  cargo appos process resume 019acb72-4e80-7a3c-9f43-0242ac120002 --json"
    )]
    Resume(Which),
    /// Tell an instance something that it waits for
    #[command(
        after_help = "Examples:\n  cargo appos process signal 019acb72-4e80-7a3c-9f43-0242ac120002 paid\n  cargo appos process signal 019acb72-4e80-7a3c-9f43-0242ac120002 answered --payload '{\"stars\": 5}'"
    )]
    Signal(Signal),
    /// Start a process
    #[command(
        after_help = "Examples:\n  cargo appos process start onboard_customer --args '{\"customer_id\": 7}'\n  cat arguments.json | cargo appos process start crm.processes.onboard_customer --args - --key customer-7"
    )]
    Start(Start),
    /// Tell how much there is to do, and what was done in the last hour
    #[command(
        after_help = "Examples:\n  cargo appos process stats\n  cargo appos process stats --process onboard_customer --json | jq .stats.minutes"
    )]
    Stats(Stats),
    /// List the programs that run processes
    #[command(
        after_help = "Examples:\n  cargo appos process workers\n  cargo appos process workers --json | jq '.workers[] | select(.state == \"gone\")'"
    )]
    Workers,
    /// Set how many instances a worker runs at the same time; it heeds it within a beat or two, without a restart
    #[command(
        after_help = "Examples:\n  cargo appos process scale 4711-9f43a001 32\n  cargo appos process scale all 0\n  cargo appos process scale all default\n\nWhat is set for one worker lasts until it ends; what is set for all is heeded by those that begin later, too, and takes\nthe place of what was set for each. With 0 a worker takes nothing new up, and ends what it runs."
    )]
    Scale(Scale),
    /// Write processes.lock, by which `cargo appos check` tells when a body changes under its instances
    #[command(
        after_help = "Examples:\n  cargo appos process lock        the bodies as they are now, to be committed\n  cargo appos process lock --json"
    )]
    Lock,
}

#[derive(Debug, Args)]
struct Stats {
    /// Only of this process: its reference, or its name
    #[arg(long, value_name = "PROCESS")]
    process: Option<String>,
}

#[derive(Debug, Args)]
struct Scale {
    /// Id of a worker, or `all`
    worker: String,
    /// How many instances it runs at the same time, 0: none; `default`: as many as its settings say
    #[arg(value_name = "N", value_parser = number)]
    number: Number,
}

/// How many instances, or as many as the settings say.
#[derive(Clone, Copy, Debug)]
struct Number(Option<u32>);

fn number(text: &str) -> Result<Number, String> {
    match text.parse() {
        _ if text == "default" => Ok(Number(None)),
        Ok(number @ 0..=10_000) => Ok(Number(Some(number))),
        _ => Err("write a whole number from 0 to 10000, or `default`".to_owned()),
    }
}

#[derive(Debug, Args)]
struct List {
    /// Only of this process: its reference, or its name
    #[arg(long, value_name = "PROCESS")]
    process: Option<String>,
    /// Only those in this state
    #[arg(long)]
    state: Option<State>,
    /// Only those that have failed or were put aside: they go no further by themselves
    #[arg(long, conflicts_with = "state")]
    dead: bool,
    /// Only those with this in their names, or with this id
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Only those that were started with this value of an input, or have it in a variable, of those by which instances
    /// are found; may be written several times
    #[arg(long = "where", value_name = "NAME=VALUE", value_parser = attribute)]
    filter: Vec<(String, String)>,
    /// Those in the archive, and no others
    #[arg(long)]
    archived: bool,
    /// Most instances
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..=200))]
    limit: u64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum State {
    /// Something of it runs, or it waits
    Running,
    Completed,
    Failed,
    Cancelled,
    /// Put aside until somebody has looked at it
    Parked,
}

#[derive(Debug, Args)]
struct Which {
    /// Id of the instance
    id: String,
}

#[derive(Debug, Args)]
struct Signal {
    /// Id of the instance
    id: String,
    /// Name of the signal
    name: String,
    /// What it brings, as JSON; `-`: it stands on the input
    #[arg(long, value_name = "JSON")]
    payload: Option<String>,
}

#[derive(Debug, Args)]
struct Start {
    /// Reference of the process, or its name
    process: String,
    /// Its arguments, as a JSON object; `-`: they stand on the input, which no list of running programs shows
    #[arg(long, value_name = "JSON", default_value = "{}")]
    args: String,
    /// Start it once for this key: a second start with it answers the first instance
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
}

impl Process {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        if matches!(self.verb, Verb::Lock) {
            return lock(terminal, &locate::platform(Path::new("."), self.package.as_deref())?, self.json);
        }
        // Asked before anything is built: who mistypes should not have to wait.
        let (verb, asked) = self.verb.asks()?;
        let platform = locate::platform(Path::new("."), self.package.as_deref())?;
        let built = built(&platform)?;
        let mut command = program(&platform, &built.program, "__process");
        command.arg(verb);
        let answer = ask(command, Some(asked.to_string().as_bytes()))?;
        if self.json {
            terminal.json(&answer)?;
            return if answer["error"].is_null() { Ok(()) } else { Err(Failure::told(1)) };
        }
        if answer["error"].is_object() {
            return Err(refused(&answer["error"]));
        }
        shown::shown(terminal, self.verb.done(), &answer)
    }
}

impl Verb {
    /// What the program is told: a word, and JSON for its input.
    fn asks(&self) -> Result<(&'static str, Json), Failure> {
        let of = |which: &Which| Ok::<_, Failure>(json!({ "instance": id(&which.id)? }));
        Ok(match self {
            Self::List(list) => ("list", json!({ "wanted": list.wanted() })),
            Self::Show(which) => ("show", of(which)?),
            Self::Retry(which) => ("retry", of(which)?),
            Self::Cancel(which) => ("cancel", of(which)?),
            Self::Resume(which) => ("resume", of(which)?),
            Self::Signal(signal) => {
                let payload = signal.payload.as_deref().map(|text| read(text, "--payload")).transpose()?;
                ("signal", json!({ "instance": id(&signal.id)?, "name": signal.name, "payload": payload }))
            }
            Self::Start(start) => {
                let arguments = read(&start.args, "--args")?;
                if !arguments.is_object() {
                    let help = "write an object with one entry for each parameter: `--args '{\"customer_id\": 7}'`";
                    return Err(Failure::usage("`--args` is no JSON object", help));
                }
                ("start", json!({ "arguments": arguments, "key": start.key, "process": start.process }))
            }
            Self::Stats(Stats { process: Some(process) }) => ("stats", json!({ "wanted": { "process": process } })),
            Self::Stats(Stats { process: None }) => ("stats", json!({})),
            Self::Workers => ("workers", json!({})),
            Self::Scale(scale) => ("scale", json!({ "worker": scale.worker, "concurrency": scale.number.0 })),
            // Nothing is asked of the program but what it consists of.
            Self::Lock => ("lock", Json::Null),
        })
    }

    /// What was done, for people.
    fn done(&self) -> shown::Done {
        use shown::Done;
        match self {
            Self::List(_) => Done::List,
            Self::Show(_) => Done::Show,
            Self::Start(_) | Self::Lock => Done::Asked("is started"),
            Self::Stats(_) => Done::Stats,
            Self::Workers | Self::Scale(_) => Done::Workers,
            Self::Retry(_) | Self::Resume(_) => Done::Asked("goes on"),
            Self::Cancel(_) => Done::Asked("is being ended"),
            Self::Signal(_) => Done::Asked("was told"),
        }
    }
}

impl List {
    fn wanted(&self) -> Json {
        let state = self.state.and_then(|state| state.to_possible_value().map(|value| value.get_name().to_owned()));
        let filter: BTreeMap<_, _> = self.filter.iter().map(|(name, value)| (name, value)).collect();
        let mut wanted = json!({});
        if self.dead {
            wanted["dead"] = true.into();
        }
        if self.archived {
            wanted["archived"] = true.into();
        }
        if !filter.is_empty() {
            wanted["filter"] = json!(filter);
        }
        wanted["limit"] = self.limit.into();
        for (name, value) in [("process", &self.process), ("state", &state), ("search", &self.search)] {
            if let Some(value) = value {
                wanted[name] = value.as_str().into();
            }
        }
        wanted
    }
}

/// Name and value of what instances are found by.
fn attribute(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write a name and a value: `customer=3`"),
    }
}

/// The id of an instance, if it looks like one.
fn id(text: &str) -> Result<&str, Failure> {
    let looks = text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    if looks {
        return Ok(text);
    }
    let shown = crate::escape::escaped(text);
    Err(Failure::usage(format!("`{shown}` is no id of an instance"), "`cargo appos process list` shows the ids"))
}

/// JSON that was written, or that stands on the input.
fn read(text: &str, option: &str) -> Result<Json, Failure> {
    let mut input = String::new();
    let text = if text == "-" {
        let read = std::io::stdin().take(LONGEST).read_to_string(&mut input);
        read.map_err(|error| Failure::work(format!("the input cannot be read: {error}"), ""))?;
        &input
    } else {
        text
    };
    serde_json::from_str(text).map_err(|error| Failure::usage(format!("`{option}` is no JSON: {error}"), ""))
}

//! Who asks, what he may see, and how the project's program is asked for him.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::refusal::Refused;
use crate::logs::SeenBy;
use crate::project::ask::{ask, program};
use crate::project::built::{Built, built};
use crate::project::locate::{self, Platform};

/// How long what somebody may see is remembered: rights that are taken away count within a second.
const REMEMBERED: Duration = Duration::from_millis(900);
/// Callers that are remembered.
const MOST: usize = 100;

/// Who asks. Holds a secret, and so is not shown.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Caller {
    /// Whoever works at the machine and may run the program.
    Operator,
    /// A user, as whom the operator looks.
    User(String),
    /// The service account of an API key.
    Key(String),
}

impl Caller {
    fn json(&self) -> Json {
        match self {
            Self::Operator => "operator".into(),
            Self::User(user) => json!({ "user": user }),
            Self::Key(key) => json!({ "key": key }),
        }
    }
}

/// What somebody may see.
#[derive(Clone, Debug)]
pub(super) struct Sight {
    /// None: he sees everything.
    own: Option<Arc<Own>>,
}

/// What the program says of somebody.
#[derive(Debug, Deserialize)]
struct Own {
    user: Seer,
    administrator: bool,
    view: BTreeSet<String>,
    hidden: BTreeMap<String, Vec<String>>,
}

/// Who he is.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Seer {
    pub(super) id: i64,
    pub(super) email: String,
    pub(super) name: String,
}

impl Seer {
    /// How he is called.
    pub(super) fn shown(&self) -> &str {
        if self.email.is_empty() { &self.name } else { &self.email }
    }

    /// True if this is a name of his: address, the part of it before its `@`, name or number.
    pub(super) fn is_called(&self, named: &str) -> bool {
        let named = named.trim();
        let before = self.email.split_once('@').map_or("", |(before, _)| before);
        [self.email.as_str(), before, &self.name].iter().any(|own| !own.is_empty() && own.eq_ignore_ascii_case(named))
            || named.parse() == Ok(self.id)
    }
}

impl Sight {
    /// True if nothing is kept from him.
    pub(super) fn is_whole(&self) -> bool {
        self.own.as_ref().is_none_or(|own| own.administrator)
    }

    /// True if he may view an object.
    pub(super) fn sees(&self, object: &str) -> bool {
        self.own.as_ref().is_none_or(|own| own.administrator || own.view.contains(object))
    }

    /// Who asks; none: the operator.
    pub(super) fn seer(&self) -> Option<&Seer> {
        self.own.as_ref().map(|own| &own.user)
    }

    /// How he is called.
    pub(super) fn shown(&self) -> &str {
        self.seer().map_or("the operator", Seer::shown)
    }

    /// Fields of a record that he may not read.
    pub(super) fn hidden(&self, record: &str) -> &[String] {
        self.own.as_ref().and_then(|own| own.hidden.get(record)).map_or(&[], Vec::as_slice)
    }

    /// Whose lines of logs he sees; none: everybody's.
    pub(super) fn of_lines(&self) -> Option<SeenBy> {
        let own = self.own.as_ref().filter(|own| !own.administrator)?;
        Some(SeenBy { user_id: own.user.id, objects: own.view.clone() })
    }

    /// Refuses what only the operator and administrators are told.
    pub(super) fn must_be_whole(&self, what: &str) -> Result<(), Refused> {
        if self.is_whole() {
            return Ok(());
        }
        let message = format!("{what} is for administrators, and {} is none", self.shown());
        Err(Refused::new("administrators_only", message, "ask an administrator"))
    }

    /// Refuses an object that he may not view.
    pub(super) fn must_see(&self, object: &str) -> Result<(), Refused> {
        if self.sees(object) { Ok(()) } else { Err(Refused::of_unseen(object, self.shown())) }
    }
}

/// The project that is asked about.
pub(super) struct Project {
    package: Option<String>,
    remembered: Mutex<HashMap<Caller, (Instant, Sight)>>,
}

impl Project {
    pub(super) fn new(package: Option<String>) -> Self {
        Self { package, remembered: Mutex::default() }
    }

    /// Its platform.
    ///
    /// # Errors
    /// It is gone.
    pub(super) fn platform(&self) -> Result<Platform, Refused> {
        Ok(locate::platform(Path::new("."), self.package.as_deref())?)
    }

    /// Its platform with its program and its objects, built if something has changed.
    ///
    /// # Errors
    /// It does not build.
    pub(super) fn built(&self) -> Result<(Platform, Built), Refused> {
        let platform = self.platform()?;
        let built = built(&platform)?;
        Ok((platform, built))
    }

    pub(super) fn package(&self) -> Option<&str> {
        self.package.as_deref()
    }

    /// Asks the program something for somebody, with his rights.
    ///
    /// # Errors
    /// It refuses, in its words.
    pub(super) fn ask(&self, caller: &Caller, words: [&str; 2], mut asked: Json) -> Result<Json, Refused> {
        let (platform, built) = self.built()?;
        let [mode, verb] = words;
        let mut command = program(&platform, &built.program, mode);
        if !verb.is_empty() {
            command.arg(verb);
        }
        asked["as"] = caller.json();
        let answer = ask(command, Some(asked.to_string().as_bytes()))?;
        if answer["error"].is_object() { Err(Refused::of_program(&answer["error"])) } else { Ok(answer) }
    }

    /// What somebody may see now.
    ///
    /// # Errors
    /// There is nobody of that name, or his key does not count.
    pub(super) fn sight(&self, caller: &Caller) -> Result<Sight, Refused> {
        if *caller == Caller::Operator {
            return Ok(Sight { own: None });
        }
        let known = || self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, sight)) = known().get(caller).filter(|(at, _)| at.elapsed() < REMEMBERED) {
            return Ok(sight.clone());
        }
        let answer = self.ask(caller, ["__sight", ""], json!({}))?;
        let own = Own::deserialize(&answer["sight"]).map_err(|error| {
            let help = "build the platform and this command with the same AppOS";
            Refused::new("failed", format!("the program's answer cannot be read: {error}"), help)
        })?;
        let sight = Sight { own: Some(Arc::new(own)) };
        let mut known = known();
        known.retain(|_, (at, _)| at.elapsed() < REMEMBERED);
        if known.len() < MOST {
            known.insert(caller.clone(), (Instant::now(), sight.clone()));
        }
        Ok(sight)
    }
}

//! The graph as it is stored and printed.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Version of the stored form; a file of another version is made anew.
pub(crate) const FORMAT: u32 = 2;

/// Every object of a project and every use of one.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Graph {
    /// Objects, and code that is none but uses some, by their name here.
    pub(crate) nodes: BTreeMap<String, Node>,
    /// Uses.
    pub(crate) edges: Vec<Edge>,
    /// Calls whose target is known only when they happen.
    pub(crate) dynamic: Vec<Dynamic>,
    /// Texts that are called or referred to, and name no object.
    pub(crate) unresolved: Vec<Unresolved>,
}

/// A text in the place of a reference that names no object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Unresolved {
    /// Who holds it.
    pub(crate) from: String,
    /// What it says.
    pub(crate) text: String,
    /// Where.
    pub(crate) place: Place,
}

/// An object or a piece of code.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Node {
    /// `record`, `rule`, `constant`, `choices`, `platform`, `code`.
    pub(crate) kind: String,
    /// App it belongs to.
    pub(crate) app: String,
    /// File it is written in.
    pub(crate) file: String,
    /// First and last line.
    pub(crate) lines: (usize, usize),
    /// How people call it.
    pub(crate) label: String,
    /// Routes by which it is reached from outside.
    pub(crate) routes: Vec<String>,
    /// Names of its fields or choices.
    pub(crate) fields: Vec<String>,
}

impl Node {
    /// False for code that is no object.
    pub(crate) fn is_object(&self) -> bool {
        self.kind != "code"
    }
}

/// What is done with an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// Its rows, a field or its value are read.
    Read,
    /// A row or a field is changed.
    Write,
    /// A row is made.
    Create,
    /// A row is deleted.
    Delete,
    /// It is executed.
    Call,
    /// It is shown.
    Render,
    /// Something that happens starts it.
    Trigger,
    /// It is named.
    Reference,
}

impl Kind {
    /// The word for it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Create => "create",
            Self::Delete => "delete",
            Self::Call => "call",
            Self::Render => "render",
            Self::Trigger => "trigger",
            Self::Reference => "reference",
        }
    }

    /// What a method that all records have does.
    pub(super) fn of_method(name: &str) -> Option<Self> {
        Some(match name {
            "query" | "rows" | "get" | "find" | "count" | "timeline" | "unchecked_sql" => Self::Read,
            "create" => Self::Create,
            "update" | "restore" => Self::Write,
            "delete" => Self::Delete,
            _ => return None,
        })
    }

    /// What a mark says.
    pub(super) fn of_role(role: &str) -> Option<Self> {
        Some(match role {
            "read" => Self::Read,
            "write" => Self::Write,
            "create" => Self::Create,
            "delete" => Self::Delete,
            "call" => Self::Call,
            _ => return None,
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A place in the source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Place {
    /// File, from the workspace's folder.
    pub(crate) file: String,
    /// Line, from 1.
    pub(crate) line: usize,
    /// Column in characters, from 1.
    pub(crate) column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// One use.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Edge {
    /// Who uses: a name of a node.
    pub(crate) from: String,
    /// What is used: a name of a node.
    pub(crate) to: String,
    /// Field or choice of it, if one is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<String>,
    /// What is done with it.
    pub(crate) kind: Kind,
    /// Where; nowhere if it was only seen to happen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<Place>,
    /// How often it was seen to happen.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) seen: Option<Seen>,
}

/// What the log files tell of a use.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Seen {
    /// Number of times.
    pub(crate) count: u64,
    /// The last of them, as the log has it.
    pub(crate) last: String,
}

/// A call whose target is a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Dynamic {
    /// Who calls.
    pub(crate) from: String,
    /// Where.
    pub(crate) place: Place,
}

//! The six permissions.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// What a principal may do with an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Read an object's data.
    View,
    /// Execute it.
    Use,
    /// Add rows.
    Create,
    /// Change rows.
    Update,
    /// Remove rows.
    Delete,
    /// All of the above, and change the object's security.
    Admin,
}

impl Permission {
    /// All six, in the order in which lists show them.
    pub const ALL: [Self; 6] = [Self::View, Self::Use, Self::Create, Self::Update, Self::Delete, Self::Admin];

    /// The name used in macros, files, routes and logs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Use => "use",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is none of the six permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownPermission;

impl fmt::Display for UnknownPermission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a permission is one of view, use, create, update, delete, admin")
    }
}

impl std::error::Error for UnknownPermission {}

impl FromStr for Permission {
    type Err = UnknownPermission;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|permission| permission.as_str() == name).ok_or(UnknownPermission)
    }
}

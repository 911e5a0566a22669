//! `ctx.var`: the variables of the process in which a call runs.

use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::error::{AppOsError, Result};

/// What may be seen of a variable by whoever may see the instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Its value.
    Logged,
    /// Its value, and instances can be found by it.
    Searchable,
    /// That it is there. Only a hash is kept.
    Hidden,
    /// That it is there. The value is kept sealed.
    Sensitive,
}

impl Visibility {
    /// The name in the database and for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Logged => "logged",
            Self::Searchable => "searchable",
            Self::Hidden => "hidden",
            Self::Sensitive => "sensitive",
        }
    }
}

/// What keeps the variables of a process.
#[cfg_attr(not(feature = "db"), expect(dead_code, reason = "processes need a database"))]
pub(crate) trait KeepsVariables: Send + Sync {
    fn set(&self, name: &str, visibility: Visibility, value: Json) -> Result<()>;
    fn get(&self, name: &str) -> Result<Option<Json>>;
    fn matches(&self, name: &str, value: &Json) -> Result<bool>;
}

/// The variables of the process in which a call runs: in scope as `ctx.var` in the bodies of processes and steps.
///
/// What is set in a step holds once the step is done, and not if it fails. Outside a process every call answers an
/// error (code `no_process`).
///
/// ```no_run
/// # use appos_runtime::{state::Ctx, Result};
/// # fn body(ctx: &Ctx) -> Result<()> {
/// ctx.var.set("customer_id", 42)?;
/// ctx.var.searchable("tier", "gold")?;
/// ctx.var.sensitive("token", "f00")?;
/// ctx.var.hidden("passport", "X123")?;
/// assert_eq!(ctx.var.get::<i64>("customer_id")?, Some(42));
/// assert!(ctx.var.matches("passport", "X123")?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Variables(Option<Arc<dyn KeepsVariables>>);

impl Variables {
    #[cfg(feature = "db")]
    pub(crate) fn kept_by(keeper: Arc<dyn KeepsVariables>) -> Self {
        Self(Some(keeper))
    }

    fn keeper(&self) -> Result<&dyn KeepsVariables> {
        self.0
            .as_deref()
            .ok_or_else(|| AppOsError::dispatch("`ctx.var` works in a process and its steps").code_is("no_process"))
    }

    fn put(&self, name: &str, visibility: Visibility, value: impl Serialize) -> Result<()> {
        self.keeper()?.set(name, visibility, serde_json::to_value(value)?)
    }

    /// Sets a variable that whoever may see the instance may see.
    ///
    /// # Errors
    /// Outside a process; the value cannot be written as JSON; or the name is empty or longer than 100 bytes.
    pub fn set(&self, name: &str, value: impl Serialize) -> Result<()> {
        self.put(name, Visibility::Logged, value)
    }

    /// Sets a variable that whoever may see the instance may see, and by whose value it can be found: in the list of
    /// instances, `filter[stage]=paid`.
    ///
    /// # Errors
    /// Those of [`set`](Self::set); or the value is no text, number, or yes or no, or has more than 200 characters.
    pub fn searchable(&self, name: &str, value: impl Serialize) -> Result<()> {
        self.put(name, Visibility::Searchable, value)
    }

    /// Sets a variable whose value is kept sealed and shown to nobody.
    ///
    /// # Errors
    /// Those of [`set`](Self::set).
    pub fn sensitive(&self, name: &str, value: impl Serialize) -> Result<()> {
        self.put(name, Visibility::Sensitive, value)
    }

    /// Sets a variable of which only a hash is kept: [`matches`](Self::matches) tells whether a value is the same.
    ///
    /// # Errors
    /// Those of [`set`](Self::set).
    pub fn hidden(&self, name: &str, value: impl Serialize) -> Result<()> {
        self.put(name, Visibility::Hidden, value)
    }

    /// The value of a variable; `None`: it was not set.
    ///
    /// # Errors
    /// Outside a process; the value is no `T`; or the variable is hidden (code `hidden_variable`).
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        Ok(self.keeper()?.get(name)?.map(serde_json::from_value).transpose()?)
    }

    /// True if a variable has this value.
    ///
    /// # Errors
    /// Outside a process, or the value cannot be written as JSON.
    pub fn matches(&self, name: &str, value: impl Serialize) -> Result<bool> {
        self.keeper()?.matches(name, &serde_json::to_value(value)?)
    }
}

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Variables")
    }
}

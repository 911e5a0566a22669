//! Where the databases of connected systems are, as the environment says it: `APPOS_SECRET_CRM_WAREHOUSE` has the
//! address of `crm.connected_systems.warehouse`, and `APPOS_SECRET_CRM_WAREHOUSE_FILE` the name of a file with it. The
//! file is looked at again and again: whoever writes another address there has rotated the password.

use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;

/// Asked for the address of the database of a connected system, by its reference.
type Source = dyn Fn(&str) -> Result<SecretString, String> + Send + Sync;

/// Knows the addresses of the databases of connected systems.
#[derive(Clone)]
pub struct SystemAddresses(Arc<Source>);

impl SystemAddresses {
    /// Addresses from elsewhere than the environment, or why there is none: for tests.
    pub fn new(source: impl Fn(&str) -> Result<SecretString, String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(source))
    }

    /// The address of a system's database.
    ///
    /// # Errors
    /// Nobody has said it, in words.
    pub(crate) fn of(&self, system: &str) -> Result<SecretString, String> {
        (self.0)(system)
    }
}

impl Default for SystemAddresses {
    fn default() -> Self {
        Self::new(from_environment)
    }
}

impl fmt::Debug for SystemAddresses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SystemAddresses")
    }
}

fn from_environment(system: &str) -> Result<SecretString, String> {
    let variable = variable(system);
    if let Ok(url) = std::env::var(&variable) {
        return Ok(url.into());
    }
    let file = format!("{variable}_FILE");
    match std::env::var(&file).map(std::fs::read_to_string) {
        Ok(Ok(url)) => Ok(url.trim().into()),
        Ok(Err(error)) => Err(format!("the file that {file} names cannot be read: {error}")),
        Err(_) => Err(format!("nobody has said how the database of {system} is reached: set {variable}")),
    }
}

/// The name of the variable for `crm.connected_systems.warehouse`.
fn variable(system: &str) -> String {
    let (app, rest) = system.split_once('.').unwrap_or((system, ""));
    let name = rest.rsplit('.').next().unwrap_or(rest);
    format!("APPOS_SECRET_{}_{}", app.to_uppercase(), name.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::variable;

    #[test]
    fn a_system_has_its_variable() {
        assert_eq!(variable("crm.connected_systems.warehouse"), "APPOS_SECRET_CRM_WAREHOUSE");
    }
}

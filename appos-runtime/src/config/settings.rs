//! The settings as a list, for reference pages and tools.

use super::environment::{CUSTOMARY, variable};
use super::keys::KEYS;
use super::platform::PlatformConfig;
use super::value::Value;

/// One setting of `appos.yaml`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Setting {
    /// Path with dots, such as `logging.retention.security`.
    pub path: &'static str,
    /// Its value if nothing sets it, as a variable would give it; `None` if there is none.
    pub default: Option<String>,
    /// What may be written, such as `a number from 1 to 1000`.
    pub form: String,
    /// The environment variables that set it; the first has precedence.
    pub variables: Vec<String>,
}

/// Every setting, in the order of the sections.
///
/// ```
/// use appos_runtime::config::settings;
/// let port = settings().into_iter().find(|setting| setting.path == "server.port").unwrap();
/// assert_eq!(port.default.as_deref(), Some("8080"));
/// assert_eq!(port.form, "a number from 0 to 65535");
/// assert_eq!(port.variables, ["APPOS__SERVER__PORT", "PORT"]);
/// ```
pub fn settings() -> Vec<Setting> {
    let defaults = PlatformConfig::default();
    let setting = |key: &super::keys::Key| Setting {
        path: key.path,
        default: (key.get)(&defaults),
        form: form(key),
        variables: std::iter::once(variable(key.path))
            .chain(CUSTOMARY.iter().filter(|(_, path)| *path == key.path).map(|(name, _)| (*name).to_owned()))
            .collect(),
    };
    KEYS.iter().map(setting).collect()
}

/// The correct form, as the mistakes of the key tell it.
fn form(key: &super::keys::Key) -> String {
    let mut config = PlatformConfig::default();
    let helps = ["-1", "?", "a b", ""].into_iter().flat_map(|wrong| (key.set)(&mut config, Value::Env(wrong)));
    let help = helps.map(|wrong| wrong.help).next().unwrap_or_default();
    let form = help.strip_prefix("write ").unwrap_or(&help);
    if form.is_empty() { "a text".to_owned() } else { form.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::keys::KEYS;
    use super::super::platform::PlatformConfig;
    use super::super::value::Value;

    #[test]
    fn a_default_that_is_written_down_changes_nothing() {
        for key in KEYS {
            let mut config = PlatformConfig::default();
            let before = format!("{config:?}");
            let Some(default) = (key.get)(&config) else { continue };
            let wrongs = (key.set)(&mut config, Value::Env(&default));
            assert!(wrongs.is_empty(), "{}: {default} is refused: {wrongs:?}", key.path);
            assert_eq!(format!("{config:?}"), before, "{}", key.path);
        }
    }
}

//! Settings from environment variables: `APPOS__SECTION__KEY`, with `_FILE` behind it the
//! name of a file that holds the value, and the customary `PORT`, `DATABASE_URL` and `REDIS_URL`.

use std::collections::BTreeMap;
use std::fs;

use super::keys::{self, Found};
use super::mistake::{ConfigMistake, Mistakes, Wrong, shown};
use super::platform::PlatformConfig;
use super::value::Value;

/// Customary names and what they set; a name of our own has precedence.
pub(super) const CUSTOMARY: [(&str, &str); 5] = [
    ("PORT", "server.port"),
    ("DATABASE_URL", "database.url"),
    ("REDIS_URL", "redis.url"),
    ("APPOS_SECRET_KEY", "security.secret_key"),
    ("APPOS_SECRET_KEYS_OLD", "security.secret_keys_old"),
];

/// The variables that concern us, by upper-case name.
pub(super) struct Variables(BTreeMap<String, (String, String)>);

impl Variables {
    /// Keeps what concerns us, so that nothing else can get into a message.
    pub(super) fn of(env: impl Iterator<Item = (String, String)>) -> Self {
        let ours = |name: &str| {
            name.starts_with("APPOS_")
                || CUSTOMARY.iter().any(|(known, _)| *known == name.strip_suffix("_FILE").unwrap_or(name))
        };
        let upper = env.map(|(name, value)| (name.to_uppercase(), (name, value)));
        Self(upper.filter(|(name, _)| ours(name)).collect())
    }

    /// The environment's name, which is needed before files are read; its mistakes are
    /// reported by [`apply`](Self::apply).
    pub(super) fn environment(&self) -> Option<&str> {
        self.0.get("APPOS__ENVIRONMENT").map(|(_, value)| value.as_str())
    }

    /// Sets what the variables say.
    pub(super) fn apply(&self, config: &mut PlatformConfig, mistakes: &mut Vec<ConfigMistake>) {
        for (name, path) in CUSTOMARY {
            for name in [name.to_owned(), format!("{name}_FILE")] {
                if let Some((_, value)) = self.0.get(&name) {
                    self.set(config, &name, path, value, mistakes);
                }
            }
        }
        for (name, (written, value)) in &self.0 {
            if let Some(rest) = name.strip_prefix("APPOS__") {
                let path = rest.strip_suffix("_FILE").filter(|_| !is_setting(&dotted(rest))).unwrap_or(rest);
                self.set(config, name, &dotted(path), value, mistakes);
            } else if let Some(path) = meant_by_single_underscores(name) {
                let help = format!("write `{}`", variable(path));
                report(written, Wrong::new("this variable is not read", help), mistakes);
            }
        }
    }

    fn set(&self, config: &mut PlatformConfig, name: &str, path: &str, value: &str, mistakes: &mut Vec<ConfigMistake>) {
        let written = self.0.get(name).map_or(name, |(written, _)| written);
        let found = match keys::find(path) {
            found @ (Found::Setting(_) | Found::OfSystem(..)) => found,
            Found::NotYet => return report(written, keys::not_yet(&path.replace('.', "__")), mistakes),
            Found::Section | Found::Nothing => {
                let help = match keys::nearest_path(path) {
                    Some(near) => format!("write `{}`", variable(near)),
                    None => "settings are written as `APPOS__SECTION__KEY`, such as `APPOS__SERVER__PORT`".to_owned(),
                };
                return report(written, Wrong::new(format!("unknown setting `{}`", shown(path)), help), mistakes);
            }
        };
        let from_file;
        // The setting may itself be the name of a file.
        let value = if name.ends_with("_FILE") && !path.ends_with("_file") {
            let direct = name.trim_end_matches("_FILE");
            if self.0.contains_key(direct) {
                let message = format!("`{direct}` is set too");
                return report(written, Wrong::new(message, "set one of the two"), mistakes);
            }
            match fs::read_to_string(value) {
                Ok(text) => {
                    from_file = text;
                    // Editors end a file with a line break, which is not part of a secret.
                    from_file.trim_end_matches(['\r', '\n'])
                }
                Err(error) => {
                    let message = format!("the file cannot be read: {error}");
                    return report(written, Wrong::new(message, "name a file that holds the value"), mistakes);
                }
            }
        } else {
            value
        };
        let wrongs = match found {
            Found::Setting(key) => (key.set)(config, Value::Env(value)),
            Found::OfSystem(system, setting) => {
                config.connected_systems.entry(system).or_default().set(setting, Value::Env(value))
            }
            Found::Section | Found::NotYet | Found::Nothing => Vec::new(),
        };
        for wrong in wrongs {
            report(written, Wrong::new(wrong.message, as_variable(&wrong.help, path, name)), mistakes);
        }
    }
}

fn report(variable: &str, wrong: Wrong, mistakes: &mut Vec<ConfigMistake>) {
    let mut of = Mistakes::of(&format!("environment variable {}", shown(variable)));
    of.add_whole(wrong);
    mistakes.append(&mut of.into_list());
}

/// A correct form is kept once, as a file has it; a variable is written differently.
fn as_variable(help: &str, path: &str, name: &str) -> String {
    let key = path.rsplit('.').next().unwrap_or(path);
    help.replace(&format!("`{key}: "), &format!("`{}=", name.trim_end_matches("_FILE")))
}

fn is_setting(path: &str) -> bool {
    matches!(keys::find(path), Found::Setting(_) | Found::OfSystem(..))
}

/// `SERVER__PORT` → `server.port`.
fn dotted(name: &str) -> String {
    name.to_lowercase().replace("__", ".")
}

/// `server.port` → `APPOS__SERVER__PORT`.
pub(super) fn variable(path: &str) -> String {
    format!("APPOS__{}", path.replace('.', "__").to_uppercase())
}

/// `APPOS_SERVER_PORT` would be ignored in silence although it is plain what is meant.
fn meant_by_single_underscores(name: &str) -> Option<&'static str> {
    let flat = |text: &str| text.to_lowercase().replace(['.', '_'], "");
    let written = flat(name.strip_prefix("APPOS_")?);
    keys::KEYS.iter().map(|key| key.path).find(|path| flat(path) == written)
}

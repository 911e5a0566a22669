//! Puts the layers of a project's settings together: defaults, `appos.yaml`,
//! `appos.<environment>.yaml`, environment variables; later ones win.

use std::fs;
use std::io;
use std::path::Path;

use super::environment::Variables;
use super::keys::{self, Found};
use super::mistake::{ConfigErrors, ConfigMistake, Mistakes, Wrong, unknown_key};
use super::platform::{PlatformConfig, SessionStore};
use super::value::{Value, is_snake_case, to_snake_case};
use super::yaml::{self, Node};

/// Reads the settings of the project in `folder`, with every mistake of every layer.
///
/// Files that do not exist are left out. For the variables of the process pass
/// [`process_environment`].
///
/// ```
/// use appos_runtime::config::load_platform;
/// let env = [("APPOS__SERVER__PORT".to_owned(), "9000".to_owned())];
/// let config = load_platform("no/such/folder".as_ref(), env.into_iter()).unwrap();
/// assert_eq!(config.server.port, 9000);
/// ```
///
/// # Errors
///
/// All mistakes in files and variables.
pub fn load_platform(
    folder: &Path,
    env: impl Iterator<Item = (String, String)>,
) -> Result<PlatformConfig, ConfigErrors> {
    let variables = Variables::of(env);
    let mut config = PlatformConfig::default();
    config.database.url = format!("sqlite://.appos/{}.db", project_name(folder)).into();
    let mut mistakes = Vec::new();

    read_file(folder, "appos.yaml", &mut config, &mut mistakes);
    let environment = variables.environment().unwrap_or(&config.environment).to_owned();
    // A wrong name is reported where it is written; it must not become part of a path.
    if is_snake_case(&environment) {
        read_file(folder, &format!("appos.{environment}.yaml"), &mut config, &mut mistakes);
        config.environment = environment;
    }
    variables.apply(&mut config, &mut mistakes);
    checked(config, mistakes, folder)
}

/// The settings, if nothing is wrong with them alone or together.
pub(super) fn checked(
    mut config: PlatformConfig,
    mut mistakes: Vec<ConfigMistake>,
    folder: &Path,
) -> Result<PlatformConfig, ConfigErrors> {
    if config.session.timeout > config.session.absolute_timeout {
        let mut of = Mistakes::of("appos.yaml");
        let message = "`session.timeout` is longer than `session.absolute_timeout`";
        of.add_whole(Wrong::new(message, "write a shorter `timeout`, such as `timeout: 8h`"));
        mistakes.append(&mut of.into_list());
    }
    if config.session.store == Some(SessionStore::Redis) && config.redis.url.is_none() {
        let mut of = Mistakes::of("appos.yaml");
        let message = "`session.store` is `redis`, but `redis.url` names none";
        of.add_whole(Wrong::new(message, "set `redis.url`, or write `store: database`"));
        mistakes.append(&mut of.into_list());
    }
    if !mistakes.is_empty() {
        return Err(ConfigErrors(mistakes));
    }
    if config.logging.folder.is_relative() && folder != Path::new(".") {
        config.logging.folder = folder.join(&config.logging.folder);
    }
    Ok(config)
}

/// The variables of the process for [`load_platform`].
///
/// Unlike [`std::env::vars`] it does not panic at one that is no Unicode; what cannot be read
/// of it is replaced, so that a setting written so is reported and not ignored.
pub fn process_environment() -> impl Iterator<Item = (String, String)> {
    let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
    std::env::vars_os().map(move |(name, value)| (text(name), text(value)))
}

fn read_file(folder: &Path, name: &str, config: &mut PlatformConfig, list: &mut Vec<ConfigMistake>) {
    match fs::read_to_string(folder.join(name)) {
        Ok(text) => read_text(&text, name, config, list),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => {
            let mut mistakes = Mistakes::of(name);
            mistakes.add_whole(Wrong::new(format!("the file cannot be read: {error}"), ""));
            list.append(&mut mistakes.into_list());
        }
    }
}

/// Reads the text of a file of this name.
pub(super) fn read_text(text: &str, name: &str, config: &mut PlatformConfig, list: &mut Vec<ConfigMistake>) {
    let mut mistakes = Mistakes::of(name);
    if let Some(root) = yaml::parse(text, &mut mistakes) {
        read_section("", &root, name, config, &mut mistakes);
    }
    list.append(&mut mistakes.into_list());
}

fn read_section(section: &str, node: &Node, file: &str, config: &mut PlatformConfig, mistakes: &mut Mistakes) {
    let Some(entries) = node.entries() else {
        let first = keys::children(section).first().copied().unwrap_or_default();
        let message = format!("expected a mapping, found {}", node.kind());
        mistakes.add(node.place, Wrong::new(message, format!("write keys such as `{first}: …`")));
        return;
    };
    for entry in entries {
        let path = if section.is_empty() { entry.key.clone() } else { format!("{section}.{}", entry.key) };
        match keys::find(&path) {
            // A dot in a key would otherwise find a setting of another section.
            found if entry.key.contains('.') => mistakes.add(entry.place, dotted_key(&entry.key, section, &found)),
            Found::Setting(_) if path == "environment" && file != "appos.yaml" => {
                let message = format!("`environment` cannot be set in {file}, which is chosen by it");
                mistakes.add(entry.place, Wrong::new(message, "write it in appos.yaml"));
            }
            Found::Setting(key) => mistakes.add_all(entry.value.place, (key.set)(config, Value::Yaml(&entry.value))),
            Found::OfSystem(system, setting) => {
                let settings = config.connected_systems.entry(system).or_default();
                mistakes.add_all(entry.value.place, settings.set(setting, Value::Yaml(&entry.value)));
            }
            Found::Section => read_section(&path, &entry.value, file, config, mistakes),
            Found::NotYet => mistakes.add(entry.place, keys::not_yet(&entry.key)),
            Found::Nothing => mistakes.add(entry.place, unknown_key(&entry.key, &keys::children(section))),
        }
    }
}

fn dotted_key(key: &str, section: &str, found: &Found) -> Wrong {
    let mut wrong = unknown_key(key, &keys::children(section));
    if let (Found::Setting(_), Some((parent, name))) = (found, key.rsplit_once('.')) {
        wrong.help = format!("write `{name}` in a section `{parent}`");
    }
    wrong
}

/// The folder's own name in snake case, for the name of its database.
fn project_name(folder: &Path) -> String {
    let name =
        folder.canonicalize().ok().and_then(|full| full.file_name().map(|name| to_snake_case(&name.to_string_lossy())));
    name.filter(|name| is_snake_case(name)).unwrap_or_else(|| "appos".to_owned())
}

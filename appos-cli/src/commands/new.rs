//! `cargo appos new`: a project that builds at once.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use clap::Args;
use serde::Serialize;
use serde_json::json;

use crate::escape::escaped;
use crate::scaffold::names::{self, Role};
use crate::scaffold::source::Source;
use crate::scaffold::stage::{INTERRUPTED, Stage};
use crate::scaffold::templates::{File, PROJECTS, Template, fill};
use crate::terminal::{Failure, Terminal, nearest};

/// What the first start does.
const NEXT: &str = "
It prints where it listens, http://127.0.0.1:8080 unless appos.yaml says otherwise, and a link with
which the first administrator is set up. AGENTS.md tells how the project is changed.
";

/// The oldest Rust that AppOS builds with.
const RUST: &str = env!("CARGO_PKG_RUST_VERSION");

/// Arguments of `cargo appos new`.
#[derive(Debug, Args)]
#[command(after_help = after_help())]
pub struct New {
    /// Folder to be made; its last part is the project's name
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// What the project begins with; `list` lists all
    #[arg(long, value_name = "NAME", default_value = PROJECTS[0].name)]
    template: String,
    /// The project's name, if it is not that of the folder
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// A checkout of AppOS to depend on
    #[arg(long, value_name = "FOLDER", visible_alias = "path")]
    appos_path: Option<PathBuf>,
    /// Make no git repository
    #[arg(long)]
    no_git: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

fn after_help() -> String {
    format!(
        "Templates:\n{}
Examples:
  cargo appos new acme
  cargo appos new acme --template crm
  cargo appos new acme --appos-path ../appos     depend on a checkout of AppOS
  cargo appos new .                              in this folder, if it is empty

Without `--appos-path` the project depends on the AppOS that this command was built from. A run that
fails leaves nothing behind.",
        listed()
    )
}

fn listed() -> String {
    let lines = PROJECTS.iter().map(|template| format!("  {:<18} {}\n", template.name, template.description));
    lines.collect::<Vec<_>>().concat()
}

/// What was made, as JSON.
#[derive(Serialize)]
struct Made<'a> {
    name: &'a str,
    folder: &'a Path,
    template: &'a str,
    appos: &'a Source,
    git: bool,
    files: Vec<&'a Path>,
    next: &'a [String],
}

impl New {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        if self.template == "list" {
            return list(terminal, self.json);
        }
        let template = template(&self.template)?;
        let asked = self.folder.as_deref().ok_or_else(|| {
            Failure::usage("the project has no name", "write `cargo appos new acme`, or `cargo appos new --help`")
        })?;
        let place = place(asked)?;
        let name = self.name.clone().unwrap_or_else(|| last_part(&place));
        check_name(&name, &self, asked, template)?;
        check_place(&place, asked)?;
        let source = self.appos_path.as_deref().map_or_else(|| Ok(Source::of_this_program()), Source::at)?;
        let files = files(&name, template, &source)?;

        let stage = Stage::beside(&place)?;
        stage.write(&files)?;
        let repository = if self.no_git { Repository::NotWanted } else { git(stage.folder(), &place)? };
        stage.put(&place)?;

        let next = next(&place, asked);
        if self.json {
            return terminal.json(&Made {
                name: &name,
                folder: &place,
                template: template.name,
                appos: &source,
                git: repository == Repository::Made,
                files: files.iter().map(|file| file.path.as_path()).collect(),
                next: &next,
            });
        }
        terminal.text(&report(&name, template, asked, &source, &repository, &next))
    }
}

fn list(terminal: Terminal, as_json: bool) -> Result<(), Failure> {
    if as_json {
        let templates =
            PROJECTS.iter().map(|it| json!({ "name": it.name, "description": it.description, "app": it.app }));
        return terminal.json(&templates.collect::<Vec<_>>());
    }
    terminal.table(
        ["Template", "What it is"],
        PROJECTS.iter().map(|template| [template.name, template.description].map(str::to_owned)),
    )
}

fn template(name: &str) -> Result<&'static Template, Failure> {
    let names = || PROJECTS.iter().map(|template| template.name);
    PROJECTS.iter().find(|template| template.name == name).ok_or_else(|| {
        let help = match nearest(name, names()) {
            Some(near) => format!("write `--template {near}`"),
            None => format!("templates are {}", names().collect::<Vec<_>>().join(", ")),
        };
        Failure::usage(format!("there is no template `{}`", escaped(name)), help)
    })
}

/// The whole path of the folder, whether or not it is there.
fn place(asked: &Path) -> Result<PathBuf, Failure> {
    let unknown = |error: std::io::Error| Failure::work(format!("this folder cannot be read: {error}"), "");
    if let Ok(there) = fs::canonicalize(asked) {
        return Ok(there);
    }
    let whole = env::current_dir().map_err(unknown)?.join(asked);
    let (Some(parent), Some(name)) = (whole.parent(), whole.file_name()) else {
        return Err(Failure::usage(format!("{} is no name of a folder", shown(asked)), "write `cargo appos new acme`"));
    };
    match fs::canonicalize(parent) {
        Ok(parent) if parent.is_dir() => Ok(parent.join(name)),
        _ => {
            let parent = asked.parent().unwrap_or(asked);
            let help = format!("make it first: `mkdir -p {}`", typed(parent));
            Err(Failure::usage(format!("there is no folder {}", shown(parent)), help))
        }
    }
}

fn last_part(place: &Path) -> String {
    place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn check_name(name: &str, asked: &New, folder: &Path, template: &Template) -> Result<(), Failure> {
    let Err(refused) = names::check(Role::Project, name, &[template.app]) else { return Ok(()) };
    let why = if name == template.app {
        format!("the app of the template `{}` has this name", template.name)
    } else {
        refused.why
    };
    // A folder that is named by itself keeps its name.
    let is_of_folder = asked.name.is_none() && folder.file_name().is_some_and(|last| last == name) && !folder.exists();
    let help = if is_of_folder {
        let better = folder.with_file_name(&refused.better);
        let template = if template.name == PROJECTS[0].name { "" } else { &format!(" --template {}", template.name) };
        format!("write `cargo appos new {}{template}`", typed(&better))
    } else {
        format!("write `--name {}`", refused.better)
    };
    Err(Failure::usage(format!("`{}` cannot be the name of a project: {why}", escaped(name)), help))
}

/// There is nothing, or an empty folder.
fn check_place(place: &Path, asked: &Path) -> Result<(), Failure> {
    let shown = shown(asked);
    let Ok(found) = place.symlink_metadata() else { return Ok(()) };
    if !found.is_dir() {
        return Err(Failure::usage(format!("{shown} is there already, and no folder"), "choose another name"));
    }
    let mut entries = fs::read_dir(place)
        .map_err(|error| Failure::work(format!("the folder {shown} cannot be read: {error}"), ""))?;
    if entries.next().is_some() {
        return Err(Failure::usage(
            format!("the folder {shown} is there already, and not empty"),
            "choose another name, or an empty folder",
        ));
    }
    Ok(())
}

fn files(name: &str, template: &Template, source: &Source) -> Result<Vec<File>, Failure> {
    let (appos, install) = (source.dependency(), source.install());
    let [users, admins] = template.groups;
    let values = [
        ("name", name),
        ("app", template.app),
        ("users", users),
        ("admins", admins),
        ("appos", appos.as_str()),
        ("install_cli", install.as_str()),
        ("rust_version", RUST),
    ];
    let mut files = fill("project", &values)?;
    files.extend(fill(&format!("projects/{}", template.name), &values)?);
    files.extend(source.lock().map(|text| File { path: "Cargo.lock".into(), text }));
    Ok(files)
}

#[derive(Debug, PartialEq, Eq)]
enum Repository {
    Made,
    NotWanted,
    /// The folder lies in one, or there is no git.
    NotNeeded,
    Failed(String),
}

/// As `cargo new` does: a repository, unless the project lies in one.
///
/// # Errors
/// Git was ended from outside, by a Ctrl-C that means this program, too.
fn git(folder: &Path, place: &Path) -> Result<Repository, Failure> {
    let git = |arguments: &[&str], folder: &Path| {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(folder).stdin(Stdio::null());
        // A hook of another repository may have started us.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        command.output()
    };
    match git(&["rev-parse", "--is-inside-work-tree"], place.parent().unwrap_or(place)) {
        Ok(outside) if !outside.status.success() => {}
        _ => return Ok(Repository::NotNeeded),
    }
    match git(&["init", "--quiet", "--initial-branch=main"], folder) {
        Ok(made) if made.status.success() => Ok(Repository::Made),
        Ok(ended) if ended.status.code().is_none() => Err(Failure::told(INTERRUPTED)),
        Ok(failed) => Ok(Repository::Failed(String::from_utf8_lossy(&failed.stderr).trim().to_owned())),
        Err(error) => Ok(Repository::Failed(error.to_string())),
    }
}

/// A path as it is read.
fn shown(path: &Path) -> String {
    escaped(&path.to_string_lossy()).into_owned()
}

/// A path as it is typed: in quotes if a shell would read it as something else.
fn typed(path: &Path) -> String {
    let text = path.to_string_lossy();
    // A path that begins so would be an option.
    let text = if text.starts_with('-') { format!("./{text}") } else { text.into_owned() };
    let quoted = shlex::try_quote(&text).map_or_else(|_| text.clone(), Into::into);
    escaped(&quoted).into_owned()
}

/// What to type next.
fn next(place: &Path, asked: &Path) -> Vec<String> {
    let here = env::current_dir().and_then(fs::canonicalize).is_ok_and(|here| here == place);
    let go = (!here).then(|| format!("cd {}", typed(asked)));
    go.into_iter().chain(["cargo run".to_owned()]).collect()
}

fn report(
    name: &str,
    template: &Template,
    asked: &Path,
    source: &Source,
    repository: &Repository,
    next: &[String],
) -> String {
    let mut lines = vec![
        format!("made `{name}` in {}: {}", shown(asked), template.description),
        format!("AppOS comes {}, as Cargo.toml says", source.in_words()),
    ];
    if let Source::Path { .. } = source {
        lines.push("  another machine, CI and Docker need it from a place that they reach".to_owned());
    }
    if let Repository::Failed(why) = repository {
        lines.push(format!("no git repository was made: {why}"));
    }
    lines.push("\nNext:".to_owned());
    lines.extend(next.iter().map(|step| format!("  {step}")));
    lines.push(NEXT.to_owned());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{shown, typed};

    #[test]
    fn a_path_is_shown_as_it_is_and_typed_as_a_shell_takes_it() {
        assert_eq!(
            (shown(Path::new("a b/acme")), typed(Path::new("a b/acme"))),
            ("a b/acme".into(), "'a b/acme'".into())
        );
        assert_eq!(typed(Path::new("../shop_2/acme-x")), "../shop_2/acme-x");
        assert_eq!(typed(Path::new("$(x)")), "'$(x)'");
        assert_eq!(typed(Path::new("-p")), "./-p");
        assert_eq!(shown(Path::new("a\u{1b}[2J")), "a\\u{1b}[2J");
    }
}

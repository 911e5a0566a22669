//! `cargo appos add app`.

use std::fs;
use std::path::{Path, PathBuf};

use appos_codegen::naming::label;
use clap::Args;

use super::report::{Addition, Manner, finish};
use crate::project::format::formatted;
use crate::project::locate::{self, Platform};
use crate::scaffold::app::{App as Known, shown};
use crate::scaffold::names::{self, Role};
use crate::scaffold::plan::{Edit, is_free};
use crate::scaffold::problem::{Problem, kept, refuse};
use crate::scaffold::templates::fill;
use crate::scaffold::{manifest, program, words, yaml};
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos add app`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos add app billing
  cargo appos add app billing --display-name \"Bills and reminders\" --group accountants,auditors

The crate is made beside the other apps, in `apps` if there are none, and becomes a part of the
workspace, of the program (`platform!(..)`) and of `apps` in appos.yaml.

Another app refers to its objects, `billing::records::Invoice`, when its Cargo.toml has
  billing = { path = \"../billing\" }")]
pub(super) struct App {
    /// Its name: `billing`
    name: String,
    /// What it is called on screens
    #[arg(long, value_name = "TEXT")]
    display_name: Option<String>,
    /// Its groups, the first of them for those who work with it; else two named after it
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    group: Vec<String>,
    #[command(flatten)]
    manner: Manner,
}

impl App {
    pub(super) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let platform = locate::platform(Path::new("."), self.manner.package.as_deref())?;
        let apps = Known::all(&platform)?;
        let groups = self.check(&platform)?;
        let folder = place(&platform, &apps).join(&self.name);
        is_free(&folder, &format!("the folder {}", shown(&platform, &folder)))?;

        let mut edits = self.files(&platform, &folder, &groups)?;
        edits.extend(self.registration(&platform, &folder)?);
        let name = &self.name;
        let mut next = vec![format!("cargo appos add record {name} ..")];
        // It tells which groups reach an app.
        if platform.folder().join("permissions.lock").is_file() {
            next.push("cargo appos permissions --lock".to_owned());
        }
        finish(terminal, &platform, &self.manner, &Addition { kind: "app", reference: Some(name), edits, next })
    }

    /// Refuses names that cannot be; answers the groups.
    fn check(&self, platform: &Platform) -> Result<Vec<String>, Failure> {
        let mut problems = Vec::new();
        let packages = locate::packages(&platform.workspace)?;
        let taken: Vec<&str> = packages.iter().map(String::as_str).collect();
        if let Err(refused) = names::check(Role::App, &self.name, &taken) {
            let message = format!("`{}` cannot be the name of an app: {}", self.name, refused.why);
            problems.push(Problem::new(message, format!("write `cargo appos add app {}`", refused.better)));
        }
        for (index, group) in self.group.iter().enumerate() {
            kept(words::group_name(group), &mut problems);
            if !group.is_empty() && self.group.iter().take(index).any(|other| other == group) {
                problems.push(Problem::new(format!("the group `{group}` stands twice"), "keep one"));
            }
        }
        if self.display_name.as_ref().is_some_and(|name| name.trim().is_empty() || name.chars().any(char::is_control)) {
            problems.push(Problem::new("a display name is a line of text", "write `--display-name Billing`"));
        }
        refuse(problems)?;
        let default = || ["users", "admins"].map(|word| format!("{}_{word}", self.name)).to_vec();
        Ok(if self.group.is_empty() { default() } else { self.group.clone() })
    }

    fn files(&self, platform: &Platform, folder: &Path, groups: &[String]) -> Result<Vec<Edit>, Failure> {
        let own = read(platform, &platform.manifest)?;
        let of_all = read(platform, &platform.workspace.join("Cargo.toml"))?;
        let appos = manifest::appos_for(&own, platform.folder(), folder).ok_or_else(|| {
            let message = format!("{} does not say where `appos` comes from", shown(platform, &platform.manifest));
            Failure::usage(message, "write `appos = ..` under `[dependencies]`")
        })?;
        let name = self.display_name.clone().unwrap_or_else(|| label(&self.name));
        let for_tests = if manifest::shares(&of_all, "tokio") {
            "\n[dev-dependencies]\ntokio = { workspace = true }\n"
        } else {
            ""
        };
        let list = groups.iter().map(|group| format!("  - {group}")).collect::<Vec<_>>().join("\n") + "\n";
        let first = groups.first().map(String::as_str).unwrap_or_default();
        let admins = groups.iter().find(|group| group.ends_with("_admins")).map_or(first, String::as_str);
        let values = [
            ("app", self.name.as_str()),
            ("appos", &appos),
            ("for_tests", for_tests),
            ("rust_version", env!("CARGO_PKG_RUST_VERSION")),
            ("label", &in_yaml(&name)),
            ("title", &name),
            ("groups", &list),
            ("users", first),
            ("admins", admins),
        ];
        let files = fill("app", &values)?.into_iter().map(|file| {
            let is_rust = file.path.extension().is_some_and(|extension| extension == "rs");
            let text = if is_rust { formatted(file.text, platform.folder()) } else { file.text };
            Edit::create(folder.join(file.path), format!("{}\n", text.trim_end()))
        });
        Ok(files.collect())
    }

    /// What makes it a part of the program.
    fn registration(&self, platform: &Platform, folder: &Path) -> Result<Vec<Edit>, Failure> {
        let by_hand = |file: &Path, what: String| {
            let message = format!("{} has a form in which `{}` cannot be added", shown(platform, file), self.name);
            Failure::usage(message, format!("add it by hand: {what}"))
        };
        let mut edits = Vec::new();
        let mut change = |file: PathBuf, before: String, after: String| {
            if before != after {
                edits.push(Edit::change(file, before, after));
            }
        };
        // The workspace's manifest is the platform's own in a small project.
        let of_all = platform.workspace.join("Cargo.toml");
        let below = slashes(&manifest::relative(&platform.workspace, folder));
        let beside = slashes(&manifest::relative(platform.folder(), folder));
        let dependency = format!("`{} = {{ path = \"{beside}\" }}`", self.name);
        let text = read(platform, &of_all)?;
        let with_member = manifest::add_member(&text, &below)
            .ok_or_else(|| by_hand(&of_all, format!("`members = [\"{below}\"]` under `[workspace]`")))?;
        if of_all == platform.manifest {
            let after = manifest::add_dependency(&with_member, &self.name, &beside);
            change(of_all.clone(), text, after.ok_or_else(|| by_hand(&of_all, dependency))?);
        } else {
            change(of_all, text, with_member);
            let own = read(platform, &platform.manifest)?;
            let after = manifest::add_dependency(&own, &self.name, &beside);
            change(platform.manifest.clone(), own, after.ok_or_else(|| by_hand(&platform.manifest, dependency))?);
        }
        let source = read(platform, &platform.source)?;
        let after = program::add_app(&source, &self.name)
            .ok_or_else(|| by_hand(&platform.source, format!("`platform!({})`", self.name)))?;
        // Formatted if it was so before; else the author's own way.
        let is_formatted = formatted(source.clone(), platform.folder()) == source;
        let after = if is_formatted { formatted(after, platform.folder()) } else { after };
        change(platform.source.clone(), source, after);

        let settings = platform.folder().join("appos.yaml");
        if let Ok(text) = fs::read_to_string(&settings)
            && yaml::has(&text, "apps")
        {
            let after = yaml::add_to_list(&text, "apps", &self.name);
            change(
                settings.clone(),
                text,
                after.ok_or_else(|| by_hand(&settings, format!("`apps: [{}]`", self.name)))?,
            );
        }
        Ok(edits)
    }
}

/// Where apps are: beside the first that lies below the platform.
fn place(platform: &Platform, apps: &[Known]) -> PathBuf {
    let beside = apps.iter().map(|app| app.folder.as_path()).filter(|folder| folder.starts_with(platform.folder()));
    let parents = beside.filter_map(Path::parent).map(Path::to_owned);
    parents.into_iter().next().unwrap_or_else(|| platform.folder().join("apps"))
}

fn read(platform: &Platform, file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file)
        .map_err(|error| Failure::work(format!("{} cannot be read: {error}", shown(platform, file)), ""))
}

fn slashes(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A text as YAML takes it: in quotes unless it is plain.
fn in_yaml(text: &str) -> String {
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(|sign| sign.is_alphanumeric() || sign == ' ')
        && !text.ends_with(' ')
        && !["true", "false", "yes", "no", "null", "on", "off"].contains(&text.to_lowercase().as_str());
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

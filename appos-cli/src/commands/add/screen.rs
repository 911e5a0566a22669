//! `cargo appos add interface`, `add page` and `add site`.

use appos_codegen::ObjectKind;
use appos_codegen::naming::label;
use clap::Args;
use heck::{ToKebabCase, ToUpperCamelCase};

use super::object::{Place, list};
use super::report::Manner;
use super::rule::{names, parameters, unused};
use crate::scaffold::problem::{Problem, kept, refuse};
use crate::scaffold::types::Scope;
use crate::scaffold::words;
use crate::terminal::{Failure, Terminal};

/// What interfaces, pages and sites are asked alike.
#[derive(Debug, Args)]
struct Common {
    /// What it is for, in a line
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Groups that see it; those that the app lacks are added to it
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    group: Vec<String>,
    /// Groups that see it; else those of the app's defaults
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    view: Vec<String>,
    #[command(flatten)]
    manner: Manner,
}

impl Common {
    /// The place of an object with this name, which is new.
    fn place(&self, app: &str, kind: ObjectKind, name: &str, problems: &mut Vec<Problem>) -> Result<Place, Failure> {
        let mut place = Place::find(&self.manner, app)?;
        // A page's or site's own word is for messages; a name is made of the attribute's.
        if let Some(()) = kept(words::function_name(kind.attribute(), name), problems) {
            place.check_object(kind, name, problems);
        }
        place.add_groups(&self.group, problems);
        place.check_groups("--view", &self.view, problems);
        Ok(place)
    }

    fn description(&self, name: &str, problems: &mut Vec<Problem>) -> String {
        let description = self.description.clone().unwrap_or_else(|| label(name));
        kept(words::description(&description), problems).unwrap_or_default()
    }

    fn view(&self) -> Option<String> {
        let groups: Vec<String> = self.group.iter().chain(&self.view).cloned().collect();
        list("view", &groups)
    }
}

/// Arguments of `cargo appos add interface`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos add interface crm customer_card 'customer_id:Id<Customer>'
  cargo appos add interface crm dashboard --group crm_users

Parameters are the properties of the component, written NAME:TYPE; `TYPE?` may be left out where it is used.
The component is named in capitals: `interfaces::CustomerCard { customer_id: .. }`.")]
pub(super) struct Interface {
    /// The app that gets it
    app: String,
    /// Its name: `customer_card`
    name: String,
    /// Its parameters
    #[arg(value_name = "PARAMETER")]
    parameters: Vec<String>,
    #[command(flatten)]
    common: Common,
}

impl Interface {
    pub(super) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let mut problems = Vec::new();
        let place = self.common.place(&self.app, ObjectKind::Interface, &self.name, &mut problems)?;
        let scope = Scope { app: place.app(), apps: &place.apps, new: None };
        let parameters = parameters(&scope, &self.parameters, &mut problems);
        let description = self.common.description(&self.name, &mut problems);
        refuse(problems)?;
        let keys = self.common.view().map(|list| format!("({list})")).unwrap_or_default();
        let values = [
            ("name", self.name.as_str()),
            ("description", &description),
            ("keys", &keys),
            ("parameters", &names(&parameters)),
            ("unused", &unused(&parameters)),
            ("title", &quoted(&label(&self.name))),
        ];
        let edits = place.edits("objects/interface", "interfaces", &self.name, &values)?;
        let reference = format!("{}.interfaces.{}", self.app, self.name);
        place.finish(terminal, &self.common.manner, "interface", Some(&reference), edits)
    }
}

/// Arguments of `cargo appos add page`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos add page crm home
  cargo appos add page crm report 'id:Id<Customer>' 'from:Date?' --route '/customers/{id}/report' --title 'Report'

Parameters stand in the address, and are written NAME:TYPE. Those that the route names are parts of the path; the
others are parameters of the query, and `TYPE?` may be left out of it. Without `--route` a page stands under its name,
followed by the parameters that cannot be left out.")]
pub(super) struct Page {
    /// The app that gets it
    app: String,
    /// Its name: `home`
    name: String,
    /// Its parameters
    #[arg(value_name = "PARAMETER")]
    parameters: Vec<String>,
    /// Where it stands below the name of the app
    #[arg(long, value_name = "PATH")]
    route: Option<String>,
    /// Its title, for people
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[command(flatten)]
    common: Common,
}

impl Page {
    pub(super) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let mut problems = Vec::new();
        let place = self.common.place(&self.app, ObjectKind::Page, &self.name, &mut problems)?;
        let scope = Scope { app: place.app(), apps: &place.apps, new: None };
        let parameters = parameters(&scope, &self.parameters, &mut problems);
        let description = self.common.description(&self.name, &mut problems);
        refuse(problems)?;
        let title = quoted(&self.title.clone().unwrap_or_else(|| label(&self.name)));
        let route = self.route.clone().unwrap_or_else(|| usual_route(&self.name, &parameters));
        let view = self.common.view().map(|list| format!(", {list}")).unwrap_or_default();
        let values = [
            ("name", self.name.as_str()),
            ("description", &description),
            ("keys", &format!("route = {}, title = {title}{view}", quoted(&route))),
            ("parameters", &names(&parameters)),
            ("unused", &unused(&parameters)),
            ("title", &title),
        ];
        let edits = place.edits("objects/page", "pages", &self.name, &values)?;
        let reference = format!("{}.pages.{}", self.app, self.name);
        place.finish(terminal, &self.common.manner, "page", Some(&reference), edits)
    }
}

/// `/report/{id}`: a page under its name, with what cannot be left out.
fn usual_route(name: &str, parameters: &[(String, String)]) -> String {
    let required = parameters.iter().filter(|(_, written)| !written.contains(": Option<"));
    let parts = required.map(|(name, _)| format!("/{{{name}}}"));
    format!("/{}{}", name.to_kebab_case(), parts.collect::<String>())
}

/// Arguments of `cargo appos add site`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos add site crm
  cargo appos add site crm back_office --title 'Back office'

An app has one site. What it begins with is an entry for each record of the app: order, icons, groups and pages are yours.")]
pub(super) struct Site {
    /// The app that gets it
    app: String,
    /// Its name; else that of the app
    name: Option<String>,
    /// What people call it
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[command(flatten)]
    common: Common,
}

impl Site {
    pub(super) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let name = self.name.clone().unwrap_or_else(|| format!("{}_site", self.app));
        let mut problems = Vec::new();
        let place = self.common.place(&self.app, ObjectKind::Site, &name, &mut problems)?;
        let description = match &self.common.description {
            Some(_) => self.common.description(&name, &mut problems),
            None => format!("How one gets about in {}.", label(&self.app)),
        };
        if let Some(other) =
            place.app().objects.iter().find(|other| other.kind == ObjectKind::Site && other.name != name)
        {
            let message = format!("the app `{}` has a site already: {}:{}", self.app, other.shown_file, other.line);
            problems.push(Problem::new(message, "add entries to that one; an app has one site"));
        }
        refuse(problems)?;
        let title = quoted(&self.title.clone().unwrap_or_else(|| label(&self.app)));
        let view = self.common.view().map(|list| format!(", {list}")).unwrap_or_default();
        let records = place.app().objects.iter().filter(|object| object.kind == ObjectKind::Record);
        let mut entries = String::new();
        for record in records {
            let name = record.name.to_upper_camel_case();
            entries = format!("{entries}.record::<records::{name}>(\"table\")");
        }
        let values = [
            ("name", name.as_str()),
            ("description", &description),
            ("keys", &format!("name = {title}{view}")),
            ("entries", &format!("navigation(){entries}")),
        ];
        let edits = place.edits("objects/site", "sites", &name, &values)?;
        let reference = format!("{}.sites.{name}", self.app);
        place.finish(terminal, &self.common.manner, "site", Some(&reference), edits)
    }
}

/// A text as Rust writes it.
pub(super) fn quoted(text: &str) -> String {
    format!("{text:?}")
}

//! `cargo appos add`: a file that compiles, is part of the program, and is formatted.

mod app;
mod choices;
mod connected_system;
mod constant;
mod document;
mod integration;
mod object;
mod other;
mod process;
mod record;
mod report;
mod rule;
mod screen;
mod step;
mod translation_set;
mod web_api;

use std::ffi::OsString;

use clap::{Args, Subcommand};

use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos add`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos add app billing
  cargo appos add record crm Customer name:String:search email:String:unique:email 'credit_limit:Decimal?'
  cargo appos add record crm Order 'customer:Ref<Customer>' total:Decimal:scale=2 --group crm_users
  cargo appos add document crm Contract --of Customer --accept 'application/pdf,image/*'
  cargo appos add rule crm customer_ltv 'customer_id:Id<Customer>' --returns Decimal
  cargo appos add constant crm tax_rate Decimal 0.18
  cargo appos add choices crm Tier Bronze Silver Gold
  cargo appos add process crm onboard_customer 'customer_id:Id<Customer>' --group crm_users
  cargo appos add page crm report 'id:Id<Customer>' --route '/customers/{id}/report'
  cargo appos add translation_set crm labels 'welcome=Welcome, {name}!'
  cargo appos add web_api crm add_note 'order:Id<Order>' --path '/orders/{order}/notes'
  cargo appos add connected_system billing payments https://api.example.com/v1
  cargo appos add integration billing find_charge id:String --path '/charges/{id}'

Nothing is overwritten; if one file cannot be written, none is. `cargo appos add record --help` tells
how fields are written. To a shell, `<`, `>` and `?` have meanings of their own: put quotes around them.")]
pub struct Add {
    #[command(subcommand)]
    kind: Kind,
}

/// What can be added.
#[derive(Debug, Subcommand)]
enum Kind {
    /// An app: a crate with groups of its own, as a part of the program
    App(app::App),
    /// A record: a table with routes and permissions
    Record(record::Record),
    /// A document: a record whose rows are files of another record's rows
    Document(document::Document),
    /// A rule: a function that is called through dispatch
    Rule(rule::Rule),
    /// A constant: a value with a name
    Constant(constant::Constant),
    /// Choices: an enum that fields can have as their type
    Choices(choices::Choices),
    /// A process: work in steps that goes on after an interruption
    Process(process::Process),
    /// A step: a piece of the work of a process
    Step(step::Step),
    /// An interface: a part of a screen, as a component
    Interface(screen::Interface),
    /// A page: a screen with an address of its own
    Page(screen::Page),
    /// A site: what an app shows first, and its navigation
    Site(screen::Site),
    /// A translation set: texts in several languages
    #[command(name = "translation_set")]
    TranslationSet(translation_set::TranslationSet),
    /// A web API: a route of its own, for programs of others
    #[command(name = "web_api")]
    WebApi(web_api::WebApi),
    /// A connected system: where something outside is, and how we show it who we are
    #[command(name = "connected_system")]
    ConnectedSystem(connected_system::ConnectedSystem),
    /// An integration: a request to a connected system
    Integration(integration::Integration),
    #[command(external_subcommand)]
    Other(Vec<OsString>),
}

impl Add {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        match self.kind {
            Kind::App(app) => app.run(terminal),
            Kind::Record(record) => record.run(terminal),
            Kind::Document(document) => document.run(terminal),
            Kind::Rule(rule) => rule.run(terminal),
            Kind::Constant(constant) => constant.run(terminal),
            Kind::Choices(choices) => choices.run(terminal),
            Kind::Process(process) => process.run(terminal),
            Kind::Step(step) => step.run(terminal),
            Kind::Interface(interface) => interface.run(terminal),
            Kind::Page(page) => page.run(terminal),
            Kind::Site(site) => site.run(terminal),
            Kind::TranslationSet(set) => set.run(terminal),
            Kind::WebApi(api) => api.run(terminal),
            Kind::ConnectedSystem(system) => system.run(terminal),
            Kind::Integration(integration) => integration.run(terminal),
            Kind::Other(words) => Err(other::refusal(&words)),
        }
    }
}

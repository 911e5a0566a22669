//! A connected system with all defaults applied.

use proc_macro2::Ident;

use super::settings::{self, Setting};
use super::syntax::SystemKeys;
use crate::attributes::Text;
use crate::diagnostics::Sink;
use crate::naming;
use crate::project::{ObjectKind, Project};
use crate::registration::Common;
use crate::security::PermissionLists;
use crate::syntax::{Function, first_paragraph};

/// What a system speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Http,
    Database,
    Smtp,
    Imap,
    Ftp,
    Ftps,
}

impl Kind {
    pub(super) const ALL: [Self; 6] = [Self::Http, Self::Database, Self::Smtp, Self::Imap, Self::Ftp, Self::Ftps];

    /// As written.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Database => "database",
            Self::Smtp => "smtp",
            Self::Imap => "imap",
            Self::Ftp => "ftp",
            Self::Ftps => "ftps",
        }
    }

    /// The runtime's name of it.
    pub(super) const fn variant(self) -> &'static str {
        match self {
            Self::Http => "Http",
            Self::Database => "Database",
            Self::Smtp => "Smtp",
            Self::Imap => "Imap",
            Self::Ftp => "Ftp",
            Self::Ftps => "Ftps",
        }
    }

    /// The setting that says where it is, with an example.
    pub(super) const fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::Http => ("base_url", "base_url = \"https://api.example.com/v1\""),
            Self::Database => ("url", "url = \"postgres://reports@db.example.com/warehouse\""),
            Self::Smtp | Self::Imap => ("host", "host = \"mail.example.com\""),
            Self::Ftp | Self::Ftps => ("host", "host = \"files.example.com\""),
        }
    }
}

pub(super) struct System<'a> {
    pub(super) common: Common,
    pub(super) function: &'a Function,
    /// `None`: not written, or no kind there is.
    pub(super) kind: Option<Kind>,
    pub(super) written_kind: Option<Text>,
    /// What was written, each with its value as the runtime reads it.
    pub(super) settings: Vec<Setting>,
    pub(super) use_attempted: bool,
    /// Names of what was written, rightly or wrongly.
    pub(super) attempted: Vec<&'static str>,
}

impl System<'_> {
    pub(super) fn ident(&self) -> &Ident {
        &self.function.signature.ident
    }
}

pub(super) fn resolve<'a>(mut keys: SystemKeys, function: &'a Function, project: &Project, sink: &Sink) -> System<'a> {
    let settings = settings::read(&keys, sink);
    let ident = &function.signature.ident;
    let description = keys.description.as_ref().map_or_else(|| first_paragraph(&function.attributes), Text::value);
    let kind = keys.kind.as_ref().and_then(|kind| Kind::ALL.into_iter().find(|it| it.as_str() == kind.value()));
    let permissions = PermissionLists {
        view: keys.view.take(),
        use_: keys.use_.take(),
        admin: keys.admin.take(),
        ..PermissionLists::default()
    };
    System {
        common: Common {
            kind: ObjectKind::ConnectedSystem,
            ident: ident.clone(),
            name: naming::stem(ident),
            app: project.app.clone(),
            description,
            permissions,
            public_access: false,
            timeout: None,
        },
        function,
        kind,
        written_kind: keys.kind,
        settings,
        use_attempted: keys.use_attempted,
        attempted: keys.attempted,
    }
}

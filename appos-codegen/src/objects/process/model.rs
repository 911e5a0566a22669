//! A process with all defaults applied.

use proc_macro2::Ident;

use super::syntax::ProcessKeys;
use crate::attributes::{Count, Duration, NameList, ObjectPath, Text, TriggerList};
use crate::diagnostics::Sink;
use crate::naming;
use crate::project::{ObjectKind, Project};
use crate::registration::Common;
use crate::security::PermissionLists;
use crate::syntax::{Function, Parameter, Returns, first_paragraph, plain_name, resolve_parameters, resolve_returns};

#[expect(clippy::struct_excessive_bools, reason = "for each key whether it was written, rightly or wrongly")]
pub(super) struct Process<'a> {
    pub(super) common: Common,
    pub(super) function: &'a Function,
    pub(super) parameters: Vec<Parameter>,
    pub(super) returns: Returns,
    pub(super) display_name: Option<Text>,
    /// Parameters by whose values instances can be found.
    pub(super) search: Option<NameList>,
    pub(super) deadline: Option<Duration>,
    /// As written; what is not written is 1.
    pub(super) written_version: Option<Count>,
    pub(super) earlier_of: Option<ObjectPath>,
    /// When it starts by itself.
    pub(super) trigger: Option<TriggerList>,
    /// The account as which it does.
    pub(super) run_as: Option<Text>,
    pub(super) trigger_attempted: bool,
    pub(super) run_as_attempted: bool,
    /// The signature has mistakes, so that parameters may be missing that the author has written.
    pub(super) broken: bool,
    pub(super) use_attempted: bool,
    pub(super) version_attempted: bool,
}

impl Process<'_> {
    pub(super) fn ident(&self) -> &Ident {
        &self.function.signature.ident
    }

    /// The parameters by whose values instances can be found, each with where it was named.
    pub(super) fn searched(&self) -> impl Iterator<Item = (&Ident, &Parameter)> {
        let names = self.search.iter().flat_map(NameList::idents);
        names.filter_map(|name| Some((name, self.parameter(name)?)))
    }

    /// The parameter with this name.
    pub(super) fn parameter(&self, name: &Ident) -> Option<&Parameter> {
        let name = plain_name(name);
        self.parameters.iter().find(|parameter| plain_name(&parameter.ident) == name)
    }

    /// Number of this body.
    pub(super) fn version(&self) -> u32 {
        self.written_version.as_ref().map_or(1, |version| u32::try_from(version.value()).unwrap_or(u32::MAX))
    }
}

pub(super) fn resolve<'a>(
    keys: ProcessKeys,
    function: &'a Function,
    before: usize,
    project: &Project,
    sink: &Sink,
) -> Process<'a> {
    let ProcessKeys {
        description,
        display_name,
        view,
        use_,
        admin,
        search,
        deadline,
        version,
        earlier_of,
        trigger,
        run_as,
        ..
    } = keys;
    let (use_attempted, version_attempted) = (keys.use_attempted, keys.version_attempted);
    let signature = &function.signature;
    let ident = &signature.ident;
    let description = description.as_ref().map_or_else(|| first_paragraph(&function.attributes), Text::value);
    let (parameters, returns) =
        (resolve_parameters(signature, "process", sink), resolve_returns(signature, "process", sink));
    Process {
        common: Common {
            kind: ObjectKind::Process,
            ident: ident.clone(),
            name: naming::stem(ident),
            app: project.app.clone(),
            description,
            permissions: PermissionLists { view, use_, admin, ..PermissionLists::default() },
            public_access: false,
            timeout: None,
        },
        function,
        parameters,
        returns,
        display_name,
        search,
        deadline,
        written_version: version,
        earlier_of,
        trigger,
        run_as,
        trigger_attempted: keys.trigger_attempted,
        run_as_attempted: keys.run_as_attempted,
        broken: sink.len() > before,
        use_attempted,
        version_attempted,
    }
}

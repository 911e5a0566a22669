//! Parameters of an object: named, owned, of concrete types.

use proc_macro2::Ident;
use syn::{Attribute, FnArg, Pat, PatType, Signature, Type};

use super::{plain_name, type_text};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::function as catalogue;
use crate::naming::is_secret_name;

/// A parameter that passed all checks.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) ident: Ident,
    /// The body may change its own copy.
    pub(crate) mutable: bool,
    pub(crate) ty: Type,
    /// Name in JSON, logs and documents.
    pub(crate) name: String,
    pub(crate) type_name: String,
    /// Logs must not show its value.
    pub(crate) sensitive: bool,
    /// Those of its attributes that its object knows.
    pub(crate) attributes: Vec<Attribute>,
}

/// Reads the parameters; each mistake is reported at its own token.
pub(crate) fn resolve_parameters(signature: &Signature, what: &str, sink: &Sink) -> Vec<Parameter> {
    resolve_parameters_with(signature, what, &[], sink)
}

/// The same for an object whose parameters may have attributes of these names.
pub(crate) fn resolve_parameters_with(
    signature: &Signature,
    what: &str,
    known: &[&str],
    sink: &Sink,
) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for input in &signature.inputs {
        match input {
            FnArg::Receiver(receiver) => {
                sink.push(catalogue::self_parameter(&receiver.self_token, what, &signature.ident));
            }
            FnArg::Typed(typed) => {
                let Some(parameter) = resolve_parameter(typed, what, &signature.ident, known, sink) else { continue };
                if parameters.iter().any(|other| other.name == parameter.name) {
                    sink.push(catalogue::duplicate_parameter(&parameter.ident, &parameter.name));
                } else {
                    parameters.push(parameter);
                }
            }
        }
    }
    if let Some(variadic) = &signature.variadic {
        sink.push(catalogue::pattern_parameter(variadic));
    }
    parameters
}

fn resolve_parameter(typed: &PatType, what: &str, object: &Ident, known: &[&str], sink: &Sink) -> Option<Parameter> {
    let Pat::Ident(pattern) = &*typed.pat else {
        sink.push(catalogue::pattern_parameter(&typed.pat));
        return None;
    };
    if let Some(by_ref) = &pattern.by_ref {
        sink.push(catalogue::pattern_parameter(by_ref));
        return None;
    }
    if pattern.subpat.is_some() {
        sink.push(catalogue::pattern_parameter(&typed.pat));
        return None;
    }
    let name = plain_name(&pattern.ident);
    if name == "ctx" {
        sink.push(catalogue::ctx_parameter(&pattern.ident, what, object));
        return None;
    }
    let mut sensitive = is_secret_name(&name);
    let mut attributes = Vec::new();
    for attribute in &typed.attrs {
        if attribute.path().is_ident("sensitive") {
            sensitive = true;
        } else if known.iter().any(|name| attribute.path().is_ident(name)) {
            attributes.push(attribute.clone());
        } else {
            sink.push(catalogue::parameter_attribute(&attribute.meta));
        }
    }
    if !check_type(&typed.ty, &name, sink) {
        return None;
    }
    Some(Parameter {
        ident: pattern.ident.clone(),
        mutable: pattern.mutability.is_some(),
        type_name: type_text(&typed.ty),
        ty: (*typed.ty).clone(),
        name,
        sensitive,
        attributes,
    })
}

fn check_type(ty: &Type, name: &str, sink: &Sink) -> bool {
    match ty {
        Type::Reference(reference) => sink.push(catalogue::reference_parameter(ty, name, &owned(&reference.elem))),
        Type::ImplTrait(_) => sink.push(catalogue::impl_parameter(ty, name)),
        Type::Infer(_) | Type::Slice(_) | Type::TraitObject(_) | Type::Never(_) => {
            sink.push(catalogue::unnamed_type(ty, name));
        }
        Type::Group(group) => return check_type(&group.elem, name, sink),
        Type::Paren(paren) => return check_type(&paren.elem, name, sink),
        _ => return true,
    }
    false
}

/// The owned type an author of a reference most likely wants.
fn owned(ty: &Type) -> String {
    match ty {
        Type::Slice(slice) => format!("Vec<{}>", type_text(&slice.elem)),
        _ => match type_text(ty).as_str() {
            "str" => "String".to_owned(),
            other => other.to_owned(),
        },
    }
}

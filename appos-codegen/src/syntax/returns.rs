//! What a body answers, and which part of it is the object's value.

use syn::{GenericArgument, PathArguments, ReturnType, Signature, Type};

use super::{argument_of, last_segment, type_text};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::function as catalogue;

/// The value in the written return type.
#[derive(Debug)]
pub(crate) struct Returns {
    /// The value on success.
    pub(crate) value: Type,
    /// True if the body answers `Result<value>`; otherwise its answer is wrapped.
    pub(crate) fallible: bool,
    /// The value's type for people.
    pub(crate) type_name: String,
}

/// Reads the return type.
pub(crate) fn resolve_returns(signature: &Signature, what: &str, sink: &Sink) -> Returns {
    let written = match &signature.output {
        ReturnType::Default => syn::parse_quote!(()),
        ReturnType::Type(_, ty) => (**ty).clone(),
    };
    if let Type::ImplTrait(_) = &written {
        sink.push(catalogue::impl_return(&written, what, &signature.ident));
    }
    let (value, fallible) = match argument_of(&written, "Result") {
        Some(value) => (value.clone(), true),
        None => (check_error_type(&written, what, signature, sink).unwrap_or_else(|| written.clone()), false),
    };
    let type_name = type_text(&value);
    Returns { value, fallible, type_name }
}

/// `Result<T, E>`: a mistake, unless `Result` is something else without arguments. Answers `T`.
fn check_error_type(written: &Type, what: &str, signature: &Signature, sink: &Sink) -> Option<Type> {
    let segment = last_segment(written).filter(|segment| segment.ident == "Result")?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    let mut types = arguments.args.iter();
    match (types.next(), types.next()) {
        (Some(GenericArgument::Type(value)), Some(error)) => {
            sink.push(catalogue::result_with_error(error, what, &signature.ident, &type_text(value)));
            Some(value.clone())
        }
        _ => None,
    }
}

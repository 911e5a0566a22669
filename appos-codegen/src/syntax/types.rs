//! The little that is read off a type's text. Whether a type fits is left to traits.

use syn::{GenericArgument, PathArguments, PathSegment, Type};

/// `Many` of `relations::Many<Order>`, without groups and parentheses around it.
pub(crate) fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}

/// `Order` of `Many<Order>`, if the last segment has this name and just one type argument.
pub(crate) fn argument_of<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let segment = last_segment(ty).filter(|segment| segment.ident == name)?;
    match &segment.arguments {
        PathArguments::AngleBracketed(arguments) if arguments.args.len() == 1 => match arguments.args.first() {
            Some(GenericArgument::Type(argument)) => Some(argument),
            _ => None,
        },
        _ => None,
    }
}

/// True for `Option<..>`.
pub(crate) fn is_option(ty: &Type) -> bool {
    argument_of(ty, "Option").is_some()
}

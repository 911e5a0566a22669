//! What a piece may not be: of no record, of no field, with parameters that nobody gives.

use heck::ToUpperCamelCase;
use proc_macro2::Ident;

use super::model::Interface;
use super::piece::{Piece, PieceKind};
use crate::diagnostics::catalogue::piece as catalogue;
use crate::diagnostics::{Sink, nearest};
use crate::naming;
use crate::project::{KnownObject, ObjectKind, Project};
use crate::syntax::{argument_of, plain_name};

/// Sections that the screen of a row has beside those of its relations.
const SECTIONS: [&str; 2] = ["fields", "history"];

pub(super) fn check(interface: &Interface<'_>, piece: &Piece, project: &Project, sink: &Sink) {
    check_parameters(interface, piece, sink);
    let segments: Vec<String> = piece.record.path.segments.iter().map(|part| plain_name(&part.ident)).collect();
    if let [app, namespace, record] = segments.as_slice()
        && namespace == "records"
        && !matches!(app.as_str(), "crate" | "self" | "super")
        && *app != project.app
    {
        sink.push(catalogue::foreign_record(&piece.record, record, app));
        return;
    }
    let records = || project.objects.iter().filter(|object| object.kind == ObjectKind::Record);
    let written = piece.record_name();
    // As `app!()` finds it: by the name in snake case.
    let Some(record) = records().find(|object| object.name == naming::object_name(&written)) else {
        // What is not like any other may stand under a `cfg`; then rustc knows more.
        let names: Vec<String> = records().map(|object| object.name.to_upper_camel_case()).collect();
        if let Some(near) = nearest(&written, names.iter().map(String::as_str))
            && let Some(last) = piece.record.path.segments.last()
        {
            sink.push(catalogue::unknown_record(&last.ident, near));
        }
        return;
    };
    check_names(piece, record, sink);
}

fn check_names(piece: &Piece, record: &KnownObject, sink: &Sink) {
    let fields: Vec<&str> = record.fields.iter().map(String::as_str).collect();
    let name = piece.record_name();
    let is_field = |ident: &Ident| fields.contains(&plain_name(ident).as_str());
    if let Some(field) =
        piece.field.as_ref().filter(|field| !is_field(field) && !naming::is_system_field(&plain_name(field)))
    {
        sink.push(catalogue::unknown_field(field, &name, &fields));
    }
    if let Some(field) = piece.field.as_ref().filter(|field| naming::is_system_field(&plain_name(field))) {
        sink.push(catalogue::system_field(field, &name));
    }
    let of_detail = piece.kind == PieceKind::Section;
    let places: Vec<&str> = fields.iter().copied().chain(SECTIONS.into_iter().filter(|_| of_detail)).collect();
    for word in piece.after.iter().chain(&piece.replaces).filter(|word| !places.contains(&plain_name(word).as_str())) {
        sink.push(catalogue::unknown_place(word, &name, of_detail, &places));
    }
    for (at, word) in piece.replaces.iter().enumerate() {
        if piece.replaces.iter().take(at).any(|earlier| earlier == word) {
            sink.push(catalogue::place_twice(word));
        }
    }
}

/// An interface that stands for a piece is drawn by the screen, which gives it what it knows.
fn check_parameters(interface: &Interface<'_>, piece: &Piece, sink: &Sink) {
    if interface.screen.broken {
        return;
    }
    let name = interface.written;
    let form = piece.kind.parameter(&piece.record_name());
    let parameters = &interface.screen.parameters;
    match (parameters.as_slice(), &form) {
        ([], None) => {}
        ([own], Some(_)) => {
            let fits = piece.kind.wrapper().is_none_or(|wrapper| argument_of(&own.ty, wrapper).is_some());
            if !fits {
                sink.push(catalogue::wrong_parameter(&own.ty, name, piece.kind.key(), form.as_deref()));
            }
        }
        ([], Some(_)) => sink.push(catalogue::wrong_parameter(name, name, piece.kind.key(), form.as_deref())),
        ([first, ..], None) => sink.push(catalogue::wrong_parameter(&first.ident, name, piece.kind.key(), None)),
        ([_, second, ..], Some(_)) => {
            sink.push(catalogue::wrong_parameter(&second.ident, name, piece.kind.key(), form.as_deref()));
        }
    }
}

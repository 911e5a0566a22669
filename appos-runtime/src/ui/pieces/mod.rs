//! Pieces of a record's generated screens for which an interface of its app stands: which there are, how they
//! are given what they show, and what is wrong with them. The screens ask here before they draw a piece.

mod entry;
mod form;
mod found;
mod input;
mod problems;
mod still;

pub use entry::{PieceEntry, mount, piece_of_form, piece_of_input, piece_of_row, piece_of_value};
pub use form::FormFields;
pub use input::FieldInput;

pub(crate) use form::FormParts;
pub(crate) use found::{Piece, Slot, arrange, cell, display, input, sections, whole};
pub(crate) use input::{Draft, Spelling};
pub(crate) use problems::problems;
pub(crate) use still::Stills;

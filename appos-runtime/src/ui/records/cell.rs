//! Values as cells of tables.

use super::value::Shown;
use crate::ui::components::{TableCell, Tone};

/// A value as a cell of a table.
pub(super) fn cell(shown: &Shown<'_>) -> TableCell {
    match shown {
        Shown::Nothing => TableCell::Empty,
        Shown::Text(text) => TableCell::text(text),
        Shown::Number(text) | Shown::Time(_, text) => TableCell::text(text),
        Shown::Truth(truth) => TableCell::Flag(*truth),
        Shown::Choice(_, label) => TableCell::badge(label, Tone::default()),
        Shown::Link { href, text, away: false } => TableCell::link(text, href),
        Shown::Link { away: true, .. } => TableCell::Element(shown.element()),
    }
}

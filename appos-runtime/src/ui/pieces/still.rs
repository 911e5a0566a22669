//! Values as HTML that stands still: the cells of a list, of which there are too many for a component each. What
//! looks the same is drawn once.

use std::time::Duration;

use dioxus::prelude::*;
use dioxus_core::NoOpMutations;
use tokio::time::{Instant, timeout_at};

use super::found::Piece;
use crate::ui::live::still_html;
use crate::ui::page::Pending;
use crate::value::Value;

/// Longest wait for the data of all pieces of a list; what is not there by then is shown as on its way.
const PATIENCE: Duration = Duration::from_secs(1);

/// Values that are drawn already.
#[derive(Default)]
pub(crate) struct Stills {
    drawn: Vec<(Piece, Value, Option<String>)>,
    until: Option<Instant>,
}

impl Stills {
    /// Draws a value, unless it is drawn already. Each drawing is a dispatch of the interface.
    pub(crate) async fn add(&mut self, piece: Piece, value: &Value) {
        if self.drawn.iter().any(|(of, known, _)| *of == piece && known == value) {
            return;
        }
        let until = *self.until.get_or_insert_with(|| Instant::now() + PATIENCE);
        let html = match piece.value(value) {
            Some(_) => Some(draw(piece, value.clone(), until).await),
            None => None,
        };
        self.drawn.push((piece, value.clone(), html));
    }

    /// A value as HTML; `None`: it is shown as it would be without the piece.
    pub(crate) fn get(&self, piece: Piece, value: &Value) -> Option<&str> {
        self.drawn.iter().find(|(of, known, _)| *of == piece && known == value).and_then(|(.., html)| html.as_deref())
    }
}

async fn draw(piece: Piece, value: Value, until: Instant) -> String {
    let mut dom = VirtualDom::new_with_props(Alone, AloneProps { piece, value });
    let pending = Pending::default();
    dom.provide_root_context(pending.clone());
    dom.rebuild_in_place();
    while !pending.is_none() {
        if timeout_at(until, dom.wait_for_work()).await.is_err() {
            break;
        }
        dom.render_immediate(&mut NoOpMutations);
    }
    still_html(&dom)
}

/// A value by itself.
#[component]
fn Alone(piece: Piece, value: Value) -> Element {
    piece.value(&value).unwrap_or_else(VNode::empty)
}

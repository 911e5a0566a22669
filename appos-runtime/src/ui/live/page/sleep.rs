//! A page that nobody touches keeps no nodes, if they can be drawn again from its address: it remembers what it
//! looks like, and what its forms began with, and is drawn again before anything is done with it. What differs by then is told as ever.

use std::collections::HashMap;
use std::fmt::Write;
use std::time::Duration;

use dioxus_core::ElementId;
use tokio::time::Instant;

use super::{End, LOOK_EVERY, Page, SCOPE_LASTS};
use crate::ui::live::edits::{Edits, quoted};
use crate::ui::live::markup;
use crate::ui::live::open::draw;
use crate::ui::live::print::{Print, Renamed};
use crate::ui::live::state::Drawn;

/// Longest wait for the data of a page that wakes; what is not there by then is shown as on its way.
const WAKING: Duration = Duration::from_millis(500);

/// The nodes of the browser are no longer those of the page.
pub(super) enum Renewed {
    /// They have other numbers.
    Names(Renamed),
    /// They are others: the whole page as HTML.
    Whole(String),
}

impl Renewed {
    /// Adds it to a frame.
    pub(super) fn write(&self, frame: &mut String) {
        match self {
            Self::Whole(html) => {
                frame.push_str(",\"m\":");
                quoted(frame, html);
            }
            Self::Names(names) => {
                frame.push_str(",\"n\":[");
                for (place, (before, now)) in names.iter().enumerate() {
                    let comma = if place == 0 { "" } else { "," };
                    // Into a text, which takes everything.
                    write!(frame, "{comma}[{before},{now}]").ok();
                }
                frame.push(']');
            }
        }
    }

    /// What events mean until the browser has seen this frame.
    pub(super) fn until(self, frame: u64) -> Stale {
        let names = match self {
            Self::Names(names) => Some(names.into_iter().collect()),
            Self::Whole(_) => None,
        };
        Stale { frame, names }
    }
}

/// Events that name nodes by the numbers they had before.
pub(super) struct Stale {
    /// The frame with which the browser learns of the new ones.
    frame: u64,
    /// The new numbers; `None`: the nodes are gone.
    names: Option<HashMap<u32, u32>>,
}

impl Page {
    /// True if everything that the page holds is said by its address.
    fn may_sleep(&self) -> bool {
        let nothing_waits = self.posting.is_none() && self.waiting.is_empty() && self.edits.is_empty();
        let is_there = self.going.is_none() && self.leaving.is_none() && self.renewed.is_none();
        let is_known = self.stale.as_ref().is_none_or(|stale| self.frames.are_seen(stale.frame));
        !self.touched && nothing_waits && is_there && is_known && self.drawn.as_ref().is_some_and(Drawn::can_be_redrawn)
    }

    /// When a page that nobody touches goes to sleep.
    pub(super) fn sleepy_at(&self) -> Option<Instant> {
        self.drawn.as_ref().map(|_| self.sleepy_at)
    }

    /// Something happens on the page: it is likely that more does.
    pub(super) fn stirs(&mut self) {
        self.sleepy_at = Instant::now() + self.live.settings.sleep;
    }

    /// Goes to sleep, if nothing would be lost.
    pub(super) fn try_sleep(&mut self) {
        if !self.may_sleep() {
            // It is looked at again when its session is.
            self.sleepy_at = Instant::now() + LOOK_EVERY;
            return;
        }
        if let Some(drawn) = self.drawn.take() {
            self.print = Some(Print::of(&drawn.dom));
            self.stale = None;
            self.remembered = drawn.kept.take();
            self.enter(|| drop(drawn));
        }
    }

    /// Wakes up, if the page sleeps.
    pub(super) async fn wake(&mut self) -> Result<(), End> {
        let Some(print) = self.print.take() else { return Ok(()) };
        if self.scope_since.elapsed() >= SCOPE_LASTS {
            self.new_scope().await?;
        }
        let mut drawn = Drawn::new(self.visitor.clone(), self.location.clone(), None);
        drawn.kept.remember(std::mem::take(&mut self.remembered));
        draw(&mut drawn, &self.scope, WAKING).await;
        drawn.kept.forget();
        let mut edits = Edits::new(&mut self.known);
        match print.changes(&drawn.dom, &mut edits) {
            Some(names) => {
                let edits = edits.finish();
                self.add_edits(&edits);
                self.renewed = (!names.is_empty()).then_some(Renewed::Names(names));
            }
            None => {
                self.known.clear();
                self.renewed = Some(Renewed::Whole(markup::html(&drawn.dom)));
            }
        }
        self.drawn = Some(drawn);
        self.stirs();
        // What comes after it is to be counted as done after it.
        if self.renewed.is_some() { self.send() } else { Ok(()) }
    }

    /// The number that a node has now which the browser names; `None`: it is gone.
    pub(super) fn present(&self, node: ElementId) -> Option<ElementId> {
        let Some(stale) = self.stale.as_ref().filter(|stale| !self.frames.are_seen(stale.frame)) else {
            return Some(node);
        };
        let names = stale.names.as_ref()?;
        let now =
            u32::try_from(node.0).ok().and_then(|node| names.get(&node)).and_then(|now| usize::try_from(*now).ok());
        Some(now.map_or(node, ElementId))
    }
}

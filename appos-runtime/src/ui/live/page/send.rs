//! What of a page has changed, on its way to the browser.

use std::sync::Arc;

use tokio::time::Instant;

use super::{End, MOST_HOPS, Page};
use crate::record::Store;
use crate::state::Ctx;
use crate::ui::live::edits::{Edits, quoted};
use crate::ui::live::message::{Close, Out, ok};
use crate::ui::page::{Going, Location};
use crate::ui::shell;

impl Page {
    /// Draws what has changed.
    pub(super) fn render(&mut self) {
        for _ in 0..MOST_HOPS {
            let Some(drawn) = &mut self.drawn else { return };
            let mut edits = Edits::new(&mut self.known);
            Ctx::root(Arc::clone(&self.scope)).enter_now(|| drawn.dom.render_immediate(&mut edits));
            let edits = edits.finish();
            let going = drawn.take_going();
            self.add_edits(&edits);
            let Some(going) = going else { return };
            if let Some(location) = Location::read(&going.to) {
                self.go(location, Some(going));
            }
        }
    }

    /// Adds instructions to those that wait to be sent.
    pub(super) fn add_edits(&mut self, edits: &str) {
        if edits.is_empty() {
            return;
        }
        if !self.edits.is_empty() {
            self.edits.push(',');
        }
        self.edits.push_str(edits);
        self.stirs();
    }

    /// Hears of changes of the rows that are shown.
    pub(super) fn look_at_rows(&mut self) {
        let Some(drawn) = &self.drawn else { return };
        let shown = drawn.changes.len();
        if self.shown != Some(shown) {
            self.shown = Some(shown);
            self.place.bells.show(drawn.changes.shown());
        }
        // Drawn without rows, it costs those who write nothing.
        if shown == 0 {
            self.look = None;
        } else if self.look.is_none()
            && let Some(store) = self.live.engine.resource::<Store>()
        {
            self.look = Some(store.feed().look());
        }
    }

    /// Sends what has changed, unless the rest of it is about to come.
    pub(super) fn send(&mut self) -> Result<(), End> {
        // What is said of other nodes than the browser has goes out before anything is done with them.
        if let Some(until) = self.held_until.filter(|_| self.renewed.is_none()) {
            if self.drawn.as_ref().is_some_and(|drawn| !drawn.pending.is_none()) && Instant::now() < until {
                return Ok(());
            }
            self.held_until = None;
        }
        let title = self.drawn.as_ref().map(|drawn| shell::full_title(self.visitor.platform, &drawn.status().title));
        let new_title = title.filter(|title| *title != self.title);
        let goes = self.going.is_some() || self.leaving.is_some();
        if self.edits.is_empty() && new_title.is_none() && !goes && self.renewed.is_none() {
            if self.handled != self.told_handled {
                self.told_handled = self.handled;
                self.out(ok(self.handled));
            }
            return Ok(());
        }
        let mut frame = format!("{{\"s\":{},\"h\":{}", self.frames.next(), self.handled);
        self.told_handled = self.handled;
        if let Some(title) = new_title {
            frame.push_str(",\"t\":");
            quoted(&mut frame, &title);
            self.title = title;
        }
        if let Some(Going { to, replace }) = self.going.take() {
            frame.push_str(",\"u\":[");
            quoted(&mut frame, &to);
            frame.push_str(if replace { ",true]" } else { ",false]" });
        }
        if let Some(to) = self.leaving.take() {
            frame.push_str(",\"l\":");
            quoted(&mut frame, &to);
        }
        if let Some(renewed) = self.renewed.take() {
            renewed.write(&mut frame);
            self.stale = Some(renewed.until(self.frames.next()));
        }
        frame.push_str(",\"e\":[");
        frame.push_str(&std::mem::take(&mut self.edits));
        frame.push_str("]}");
        let frame: Arc<str> = frame.into();
        let kept = self.frames.push(Arc::clone(&frame));
        self.out(Out::Text(frame));
        kept.map_err(|_| End::Tell(Close::Stuck))
    }

    /// Sends something, if somebody listens. A browser that does not read harms itself alone.
    pub(super) fn out(&mut self, out: Out) {
        if let Some(connection) = &self.connection
            && connection.out.try_send(out).is_err()
        {
            self.detach();
        }
    }

    /// Nobody listens any more.
    pub(super) fn detach(&mut self) {
        self.connection = None;
        self.detached = Instant::now();
        self.place.is_alone();
    }
}

//! Short messages that pass: saved, deleted, failed.

use dioxus::prelude::*;

use super::location::Location;

/// What a message says of what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Good,
    Bad,
}

/// What a page says after it went elsewhere because a form was done. Without script it stands in the
/// address, so it is one of a few words and an id, and no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) what: What,
    /// The row that it is about.
    pub(crate) id: Option<i64>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Created,
    Saved,
    Deleted,
    Restored,
}

impl What {
    const ALL: [Self; 4] = [Self::Created, Self::Saved, Self::Deleted, Self::Restored];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Saved => "saved",
            Self::Deleted => "deleted",
            Self::Restored => "restored",
        }
    }
}

impl Note {
    /// Names of the parameters that hold a note.
    pub(crate) const PARAMETERS: [&str; 2] = ["note", "note_id"];

    /// The address with the note in it.
    pub(crate) fn in_address(self, to: &str) -> String {
        let Some(location) = Location::read(to) else { return to.to_owned() };
        let id = self.id.map(|id| id.to_string());
        location.with(&[("note", Some(self.what.as_str())), ("note_id", id.as_deref())])
    }

    /// The note in an address.
    pub(crate) fn of(location: &Location) -> Option<Self> {
        let what = location.parameter("note")?;
        let what = What::ALL.into_iter().find(|known| known.as_str() == what)?;
        Some(Self { what, id: location.parameter("note_id").and_then(|id| id.parse().ok()) })
    }
}

/// A message that passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) id: u64,
    pub(crate) tone: Tone,
    pub(crate) text: String,
    /// What can be done about it, such as to bring back what was deleted: a label, and the action of
    /// a form.
    pub(crate) action: Option<(String, String)>,
}

/// The messages that a page shows.
#[derive(Clone, Copy)]
pub(crate) struct Notices(Signal<(u64, Vec<Notice>)>);

/// Most messages that stand at once.
const MOST: usize = 4;

impl Notices {
    pub(crate) fn new(all: Signal<(u64, Vec<Notice>)>) -> Self {
        Self(all)
    }

    /// Shows a message.
    pub(crate) fn tell(self, tone: Tone, text: impl Into<String>) {
        self.offer(tone, text, None);
    }

    /// Shows a message with something that can be done about it.
    pub(crate) fn offer(mut self, tone: Tone, text: impl Into<String>, action: Option<(String, String)>) {
        let mut all = self.0.write();
        all.0 += 1;
        let id = all.0;
        all.1.push(Notice { id, tone, text: text.into(), action });
        let surplus = all.1.len().saturating_sub(MOST);
        all.1.drain(..surplus);
    }

    /// Takes a message away.
    pub(crate) fn dismiss(mut self, id: u64) {
        self.0.write().1.retain(|notice| notice.id != id);
    }

    /// True if none stands now. Whoever asks is not drawn anew.
    pub(crate) fn is_empty(self) -> bool {
        self.0.peek().1.is_empty()
    }

    /// All that stand now.
    pub(crate) fn all(self) -> Vec<Notice> {
        self.0.read().1.clone()
    }
}

/// The messages of this page.
pub(crate) fn use_notices() -> Notices {
    use_context::<Notices>()
}

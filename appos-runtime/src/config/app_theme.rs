//! `theme` of an `app.yaml`: colours and corners, read strictly.

use super::app_reader::AppReader;
use super::mistake::{Wrong, shown, unknown_key};
use super::yaml::{Content, Node};

/// The look of an app; what is not said is the platform's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Theme {
    /// `accent`: the colour of links, buttons and of what is chosen.
    pub accent: Option<Colour>,
    /// `accent_dark`: the same on dark ground; without it, `accent` is made lighter.
    pub accent_dark: Option<Colour>,
    /// `radius`: how round corners are, in pixels, up to 16.
    pub radius: Option<u8>,
}

/// A colour: red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Reads `#0a6` or `#00aa66`.
    fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let value =
            u32::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let [_, red, green, blue] = value.to_be_bytes();
        match digits.len() {
            6 => Some(Self(red, green, blue)),
            3 => {
                let of = |place: u32| u8::try_from((value >> (4 * place)) & 15).unwrap_or_default() * 17;
                Some(Self(of(2), of(1), of(0)))
            }
            _ => None,
        }
    }
}

impl AppReader {
    pub(super) fn theme(&mut self, node: &Node) {
        const KEYS: [&str; 3] = ["accent", "accent_dark", "radius"];
        for entry in self.mapping(node, "theme: { accent: \"#0f766e\" }").unwrap_or_default() {
            let text = match &entry.value.content {
                Content::Scalar { text, .. } if !entry.value.is_null() => Some(text.as_str()),
                _ => None,
            };
            let found = || text.map_or_else(|| entry.value.kind().to_owned(), |text| format!("`{}`", shown(text)));
            match entry.key.as_str() {
                key @ ("accent" | "accent_dark") => match text.and_then(Colour::read) {
                    Some(colour) if key == "accent" => self.app.theme.accent = Some(colour),
                    Some(colour) => self.app.theme.accent_dark = Some(colour),
                    None => {
                        let message = format!("expected a colour, found {}", found());
                        self.mistakes
                            .add(entry.value.place, Wrong::new(message, format!("write `{key}: \"#0f766e\"`")));
                    }
                },
                "radius" => match text.and_then(|text| text.parse().ok()).filter(|radius| *radius <= 16) {
                    Some(radius) => self.app.theme.radius = Some(radius),
                    None => {
                        let message = format!("expected a number from 0 to 16, found {}", found());
                        self.mistakes.add(entry.value.place, Wrong::new(message, "write `radius: 6`"));
                    }
                },
                key => self.mistakes.add(entry.place, unknown_key(key, &KEYS)),
            }
        }
    }
}

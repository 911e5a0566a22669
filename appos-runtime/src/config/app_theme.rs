//! `theme` of an `app.yaml`: colours, corners and logo, read strictly.

use std::path::Path;

use super::app_reader::AppReader;
use super::mistake::{ConfigMistake, Place, Wrong, shown, unknown_key};
use super::yaml::{Content, Node};

/// The look of an app; what is not said is the platform's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Theme {
    /// `accent`: the colour of links, buttons and of what is chosen.
    pub accent: Option<Colour>,
    /// `accent_dark`: the same on dark ground; without it, `accent` is made lighter.
    pub accent_dark: Option<Colour>,
    /// `radius`: how round corners are, in pixels, up to 16.
    pub radius: Option<u8>,
    /// `logo`: an SVG or PNG file in the app's folder, shown beside the name of the platform.
    pub logo: Option<Logo>,
}

/// The file of a logo, and where `app.yaml` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Its path from the app's folder.
    pub file: String,
    place: Place,
}

/// Most bytes of a logo: every page loads it.
const LARGEST_LOGO: usize = 256 * 1024;

impl Logo {
    /// Reads a path that stays in the folder, of a file whose kind is known.
    fn read(text: &str, place: Place) -> Option<Self> {
        let is_inside = !text.contains('\\') && text.split('/').all(|part| !matches!(part, "" | "." | ".."));
        let is_known = [".svg", ".png"].iter().any(|ending| text.ends_with(ending) && text.len() > ending.len());
        (is_inside && is_known).then(|| Self { file: text.to_owned(), place })
    }

    /// The kind of file that it says it is.
    pub(crate) fn content_type(&self) -> &'static str {
        if Path::new(&self.file).extension().is_some_and(|extension| extension == "png") {
            "image/png"
        } else {
            "image/svg+xml"
        }
    }

    /// What is wrong with the file; `app_yaml` is for the message.
    pub(crate) fn mistake(&self, content: Option<&[u8]>, app_yaml: &str) -> Option<ConfigMistake> {
        let Self { file, place } = self;
        let (message, help) = match content {
            None => (
                format!("there is no file `{}` in the app's folder", shown(file)),
                "write the path from the folder of this file",
            ),
            Some(content) if content.len() > LARGEST_LOGO => (
                format!("`{}` has {} bytes; every page would load them", shown(file), content.len()),
                "use one of at most 256 KB",
            ),
            Some(content) if !self.is_what_it_says(content) => (
                format!("`{}` is named like a picture of another kind than it is", shown(file)),
                "name a file of SVG or PNG",
            ),
            Some(_) => return None,
        };
        let file = app_yaml.to_owned();
        Some(ConfigMistake {
            file,
            line: Some(place.line),
            column: Some(place.column),
            message,
            help: Some(help.to_owned()),
        })
    }

    fn is_what_it_says(&self, content: &[u8]) -> bool {
        if self.content_type() == "image/png" {
            return content.starts_with(b"\x89PNG\r\n\x1a\n");
        }
        // Before the first element may stand a declaration and comments.
        std::str::from_utf8(content).is_ok_and(|text| {
            text.trim_start_matches('\u{feff}').trim_start().starts_with('<') && text.contains("<svg")
        })
    }
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
        const KEYS: [&str; 4] = ["accent", "accent_dark", "radius", "logo"];
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
                "logo" => match text.and_then(|text| Logo::read(text, entry.value.place)) {
                    Some(logo) => self.app.theme.logo = Some(logo),
                    None => {
                        let message = format!("expected an SVG or PNG file in the app's folder, found {}", found());
                        self.mistakes.add(entry.value.place, Wrong::new(message, "write `logo: logo.svg`"));
                    }
                },
                key => self.mistakes.add(entry.place, unknown_key(key, &KEYS)),
            }
        }
    }
}

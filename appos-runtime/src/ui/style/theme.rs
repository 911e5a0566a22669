//! The themes of apps as a stylesheet: their colours, moved as far as text in them needs it to be read.

use std::fmt::Write as _;

use crate::config::{AppConfig, Colour, Theme};
use crate::registry::Registry;

/// Contrast of text in a theme's colour. More than the 4.5 that are asked for, as it also stands on tinted ground.
const READABLE: f64 = 5.4;
/// White, and the surface of the dark theme: what text in the accent stands on.
const WHITE: Colour = Colour(255, 255, 255);
const DARK: Colour = Colour(22, 24, 28);
const BLACK: Colour = Colour(0, 0, 0);
/// How near tinted ground is to the surface around it: the colour itself is still read on it.
const LIGHT_TINT: f64 = 0.91;
const DARK_TINT: f64 = 0.88;

/// One stylesheet for all apps of the program: a page says by `data-app` which one it belongs to.
pub(crate) fn themes() -> String {
    let apps = Registry::global().apps().iter();
    // A file that cannot be read has been refused at the start.
    let themes = apps.filter_map(|app| Some((app.name, AppConfig::parse(app.yaml, app.yaml_path).ok()?.theme)));
    themes.map(|(app, theme)| rule(app, &theme)).collect()
}

fn rule(app: &str, theme: &Theme) -> String {
    let mut rule = String::new();
    if let Some(accent) = theme.accent.or(theme.accent_dark) {
        let light = moved(accent, BLACK, WHITE);
        let dark = moved(theme.accent_dark.unwrap_or(accent), WHITE, DARK);
        // A button's text is white in both.
        let solid = moved(theme.accent_dark.unwrap_or(accent), BLACK, WHITE);
        let pair = |light: Colour, dark: Colour| format!("light-dark({}, {})", hex(light), hex(dark));
        for (name, value) in [
            ("accent", pair(light, dark)),
            ("accent-solid", pair(light, solid)),
            ("accent-solid-hover", pair(mixed(light, BLACK, 0.18), mixed(solid, BLACK, 0.18))),
            ("accent-tint", pair(mixed(light, WHITE, LIGHT_TINT), mixed(dark, DARK, DARK_TINT))),
            ("focus", pair(light, dark)),
        ] {
            let _ = write!(rule, "--ao-{name}:{value};");
        }
    }
    if let Some(radius) = theme.radius {
        let _ = write!(rule, "--ao-radius:{radius}px;--ao-radius-large:{}px;", radius.saturating_add(4));
    }
    // The name of an app is of letters, digits and underscores.
    if rule.is_empty() { rule } else { format!(":root:has([data-app=\"{app}\"]){{{rule}}}\n") }
}

/// The colour, moved towards another one until text in it can be read on this ground.
fn moved(colour: Colour, towards: Colour, ground: Colour) -> Colour {
    let steps = (0..=50).map(|step| mixed(colour, towards, f64::from(step) / 50.0));
    let mut steps = steps.skip_while(|colour| contrast(*colour, ground) < READABLE);
    steps.next().unwrap_or(towards)
}

fn mixed(one: Colour, other: Colour, share: f64) -> Colour {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
    let part = |one: u8, other: u8| (f64::from(one) + (f64::from(other) - f64::from(one)) * share).round() as u8;
    Colour(part(one.0, other.0), part(one.1, other.1), part(one.2, other.2))
}

/// The contrast of two colours as WCAG 2 defines it, from 1 to 21.
fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(Colour(red, green, blue): Colour) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

fn hex(Colour(red, green, blue): Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::{BLACK, Colour, DARK, DARK_TINT, LIGHT_TINT, READABLE, WHITE, contrast, mixed, moved, rule};
    use crate::config::AppConfig;

    #[test]
    fn text_in_any_colour_can_be_read_in_both_themes() {
        for colour in
            [Colour(255, 255, 0), Colour(255, 255, 255), Colour(0, 0, 0), Colour(15, 118, 110), Colour(200, 90, 20)]
        {
            assert!(contrast(moved(colour, BLACK, WHITE), WHITE) >= READABLE, "{colour:?}");
            assert!(contrast(moved(colour, WHITE, DARK), DARK) >= READABLE, "{colour:?}");
            // On tinted ground, too, such as that of rows that are chosen.
            let (light, dark) = (moved(colour, BLACK, WHITE), moved(colour, WHITE, DARK));
            assert!(contrast(light, mixed(light, WHITE, LIGHT_TINT)) >= 4.5, "{colour:?}");
            assert!(contrast(dark, mixed(dark, DARK, DARK_TINT)) >= 4.5, "{colour:?}");
        }
        // What can be read already stays as it was chosen.
        assert_eq!(moved(Colour(11, 92, 138), BLACK, WHITE), Colour(11, 92, 138));
        assert!((contrast(BLACK, WHITE) - 21.0).abs() < 0.01);
    }

    #[test]
    fn a_theme_is_the_rule_of_its_app_alone() {
        let theme = |yaml: &str| AppConfig::parse(&format!("name: crm\ntheme: {yaml}\n"), "app.yaml").unwrap().theme;
        let css = rule("crm", &theme("{ accent: \"#0b5c8a\", radius: 2 }"));
        assert!(css.starts_with(":root:has([data-app=\"crm\"]){--ao-accent:light-dark(#0b5c8a, #"), "{css}");
        assert!(css.contains("--ao-radius:2px;--ao-radius-large:6px;"), "{css}");
        assert_eq!(rule("crm", &theme("{}")), "");
    }
}

//! The logos of apps: files of the program, shown as pictures and as nothing else.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::config::AppConfig;
use crate::registry::Registry;
use crate::ui::assets::Asset;

/// The type of pictures that could hold more than a picture.
pub(crate) const SVG: &str = "image/svg+xml";

/// The logos, by the names of their apps.
pub(crate) fn logos() -> &'static BTreeMap<&'static str, Asset> {
    static LOGOS: OnceLock<BTreeMap<&'static str, Asset>> = OnceLock::new();
    LOGOS.get_or_init(|| {
        let apps = Registry::global().apps().iter();
        // A file that cannot be read, and a logo that is none, have been refused at the start.
        let all = apps.filter_map(|app| {
            let logo = AppConfig::parse(app.yaml, app.yaml_path).ok()?.theme.logo?;
            let ending = if logo.content_type() == SVG { "svg" } else { "png" };
            let name = format!("logo-{}.{ending}", app.name);
            Some((app.name, Asset::new(&name, logo.content_type(), app.logo?.to_vec())))
        });
        all.collect()
    })
}

/// The address of the logo that belongs to a path: that of its app, or, where no app is meant, the only one there is.
pub(crate) fn logo(path: &str) -> Option<&'static str> {
    let app = path.split(['/', '?']).nth(1).unwrap_or_default();
    let (all, apps) = (logos(), Registry::global().apps());
    let only = || all.values().next().filter(|_| all.len() == 1 && apps.iter().all(|known| known.name != app));
    all.get(app).or_else(only).map(|logo| logo.address.as_str())
}

//! Files of settings on the pages are read by the readers of the platform itself.

use std::fs;

use appos_runtime::config::{AppConfig, load_platform};
use saphyr::{LoadableYamlNode, Yaml};

use crate::page::{Kind, pages};
use crate::project;

#[test]
fn every_file_of_settings_is_read_without_a_mistake() {
    let folder = project::folder("settings");
    fs::create_dir_all(&folder).expect("a folder");
    let mut failures = Vec::new();
    for page in pages() {
        for block in page.blocks.iter().filter(|block| block.kind == Kind::Yaml) {
            let place = page.place(block);
            let Some(file) = block.file() else {
                failures.push(format!("{place}: say which file it is, as a comment in the first line"));
                continue;
            };
            let name = file.rsplit('/').next().unwrap_or(file);
            let read = match name {
                "app.yaml" => AppConfig::parse(&block.code(), name).map(|_| ()).map_err(|errors| errors.to_string()),
                name if name.starts_with("appos.") => {
                    fs::write(folder.join("appos.yaml"), block.code()).expect("a file");
                    load_platform(&folder, std::iter::empty()).map(|_| ()).map_err(|errors| errors.to_string())
                }
                _ => Yaml::load_from_str(&block.code()).map(|_| ()).map_err(|error| error.to_string()),
            };
            if let Err(mistakes) = read {
                failures.push(format!("{place}: {mistakes}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

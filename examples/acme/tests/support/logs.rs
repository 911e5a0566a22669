//! The log files of a platform that has ended.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;

/// One line of a file.
#[derive(Clone, Debug)]
pub struct Line {
    /// The folder it stands in, such as `record`.
    pub object_type: String,
    pub json: Json,
}

impl Line {
    pub fn text(&self, key: &str) -> &str {
        self.json[key].as_str().unwrap_or_default()
    }
}

/// All executions that were recorded.
pub struct Logs(pub Vec<Line>);

/// All lines of one category; `folder` holds the object types.
pub fn lines(folder: &Path, category: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    for object_type in fs::read_dir(folder).expect("the log folder").flatten() {
        let Ok(files) = fs::read_dir(object_type.path().join(category)) else { continue };
        let object_type = object_type.file_name().to_string_lossy().into_owned();
        for file in files.flatten() {
            let text = fs::read_to_string(file.path()).expect("a log file");
            for line in text.lines() {
                let json = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}"));
                lines.push(Line { object_type: object_type.clone(), json });
            }
        }
    }
    lines
}

impl Logs {
    pub(super) fn read(folder: &Path) -> Self {
        Self(lines(folder, "execution"))
    }

    /// The lines of one execution: one, unless something is wrong.
    pub fn of(&self, execution_id: &str) -> Vec<&Line> {
        self.0.iter().filter(|line| line.text("execution_id") == execution_id).collect()
    }

    /// The lines of everything that one request caused.
    pub fn below(&self, root_id: &str) -> Vec<&Line> {
        self.0.iter().filter(|line| line.text("root_id") == root_id).collect()
    }
}

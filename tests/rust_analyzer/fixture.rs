//! A small app on disk, as an author would have it.

use std::fs;
use std::path::{Path, PathBuf};

/// The app's folder; removed when the test ends.
pub(crate) struct Fixture {
    pub(crate) root: PathBuf,
    _folder: tempfile::TempDir,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = fs::canonicalize(folder.path()).expect("the folder exists");
        let fixture = Self { root, _folder: folder };
        let appos = env!("CARGO_MANIFEST_DIR");
        fixture.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\nappos = {{ path = {appos:?} }}\n\n[workspace]\n\n\
                 # Like the workspace's own, so that what it has built is used again.\n\
                 [profile.dev]\ndebug = \"line-tables-only\"\n\n[profile.dev.package.\"*\"]\ndebug = false\n"
            ),
        );
        // The versions that are built already; nothing is fetched.
        let lock = fs::read_to_string(Path::new(appos).join("Cargo.lock")).expect("the workspace has a lock file");
        fixture.write("Cargo.lock", &lock);
        fixture.write("app.yaml", "name: shop\ngroups: [shop_users]\n");
        fixture.write("src/lib.rs", "//! A shop.\n\n#[macro_use]\nextern crate appos;\napp!();\n");
        fixture.write(
            "src/records/order.rs",
            "//! Orders.\n\n/// An order.\n#[record(view = [\"shop_users\"])]\npub struct Order {\n    total: Decimal,\n}\n",
        );
        fixture.write(
            "src/rules/double.rs",
            "//! Doubles.\n\n#[expression_rule]\nfn double(n: i64) -> i64 {\n    n * 2\n}\n",
        );
        fixture.write("src/constants/rate.rs", "//! Rates.\n\n#[constant]\nfn rate() -> i64 {\n    3\n}\n");
        fixture.write("src/rules/edited.rs", &rule("Ok(1)"));
        fixture
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("files lie in a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The line, from 0, at which an item starts in a file under `src`.
    pub(crate) fn line_of(&self, path: &str, item: &str) -> u64 {
        let text = fs::read_to_string(self.root.join("src").join(path)).expect("the file exists");
        let line = text.lines().position(|line| line.contains(item)).expect("the item is in the file");
        u64::try_from(line).expect("lines are few")
    }
}

/// A rule with this body.
pub(crate) fn rule(body: &str) -> String {
    format!(
        "//! A rule that somebody is typing.\n\n#[expression_rule]\nasync fn edited(id: i64) -> Result<i64> {{\n    {body}\n}}\n"
    )
}

/// The text without `$0`, and where that was: line and column, from 0.
pub(crate) fn cursor(text: &str) -> (String, (usize, usize)) {
    let at = text.find("$0").expect("the text has a cursor");
    let before = &text[..at];
    let line = before.matches('\n').count();
    let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
    (text.replacen("$0", "", 1), (line, column))
}

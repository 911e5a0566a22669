//! Runs each file of the folders beside it: the package does not build unless all of them compile.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn what_authors_may_write_compiles_and_runs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let programs = Path::new(env!("CARGO_BIN_EXE_ui_record_every_key")).parent().expect("a folder of programs");
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("the manifest");
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
        entries.map(|entry| entry.file_name().into_string().expect("a name")).collect()
    };
    let mut ran = 0;
    for kind in names(folder).iter().filter(|name| folder.join(name).is_dir()) {
        for file in names(&folder.join(kind)) {
            // A file that the manifest does not name is not built.
            assert!(manifest.contains(&format!("path = \"{kind}/{file}\"\n")), "{kind}/{file} is not in the manifest");
            let program = programs.join(format!("ui_{kind}_{}", file.trim_end_matches(".rs")));
            let output = Command::new(&program).output().unwrap_or_else(|error| panic!("{program:?}: {error}"));
            assert!(output.status.success(), "{kind}/{file}: {}", String::from_utf8_lossy(&output.stderr));
            ran += 1;
        }
    }
    assert!(ran > 10, "{ran} files");
}

//! Writes random pairs of schemas as migrations, in the very text that a project would get.
//! `APPOS_PAIRS_SEED` begins with other pairs, `APPOS_PAIRS` makes more of them.

mod evolve;
mod random;
mod rows;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use appos_codegen::migration::{Heading, RecordTable, Table, diff, render};

use evolve::Evolved;

/// How many pairs there are at least.
const PAIRS: u64 = 220;

fn main() {
    for variable in ["APPOS_PAIRS", "APPOS_PAIRS_SEED"] {
        println!("cargo:rerun-if-env-changed={variable}");
    }
    println!("cargo:rerun-if-changed=build");
    let number = |name: &str, default| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (first, count) = (number("APPOS_PAIRS_SEED", 1_u64), number("APPOS_PAIRS", PAIRS));
    let out = std::env::var("OUT_DIR").expect("cargo says where to write");
    let out = Path::new(&out);
    let mut list = String::new();
    for seed in first..first + count {
        let evolved = evolve::pair(&mut fastrand::Rng::with_seed(seed));
        list.push_str(&write_pair(out, seed, &evolved));
    }
    std::fs::write(out.join("pairs.rs"), format!("&[\n{list}]\n")).expect("the list can be written");
}

/// Writes three files for a pair, and answers its entry in the list.
fn write_pair(out: &Path, seed: u64, evolved: &Evolved) -> String {
    let mut entry = format!("    Pair {{ seed: {seed}, ");
    let parts = [
        ("before", &[][..], &evolved.before, None),
        ("change", &evolved.before, &evolved.after, Some("before")),
        ("fresh", &[][..], &evolved.after, None),
    ];
    for (name, from, to, after) in parts {
        let difference = diff(from, &as_records(to), &evolved.answers);
        assert!(difference.problems.is_empty(), "seed {seed}: {:#?}", difference.problems);
        let heading = Heading { name, after, destroys: &difference.destroys };
        let text = render(&heading, &difference.up, &difference.down);
        let file = out.join(format!("pair_{seed}_{name}.rs"));
        std::fs::write(&file, text).expect("the file can be written");
        write!(entry, "{name}: {{ #[path = {:?}] mod it; it::MIGRATION }}, ", file.display().to_string())
            .expect("text");
    }
    let rows = serde_json::to_string(&rows::of(evolved)).expect("rows are data");
    writeln!(entry, "rows: {rows:?} }},").expect("text");
    entry
}

fn as_records(tables: &[Table]) -> Vec<RecordTable> {
    let record = |table: &Table| RecordTable {
        object: format!("test.records.{}", table.name),
        table: table.clone(),
        renamed_from: Vec::new(),
        renamed_columns: BTreeMap::new(),
        fields: BTreeMap::new(),
    };
    tables.iter().map(record).collect()
}

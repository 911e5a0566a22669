//! Templates are part of the program: a new file among them is a reason to build.

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=templates");
    // In the repository `templates` is a link; in a package it is a folder, and there is no other.
    if Path::new("../templates").is_dir() {
        println!("cargo:rerun-if-changed=../templates");
    }
}

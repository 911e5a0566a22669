//! Templates and the book are part of the program: a new file among them is a reason to build.

use std::path::Path;

fn main() {
    // In the repository these are links; in a package they are folders, and there are no others.
    for (link, folder) in [("templates", "../templates"), ("book", "../docs/src")] {
        println!("cargo:rerun-if-changed={link}");
        if Path::new(folder).is_dir() {
            println!("cargo:rerun-if-changed={folder}");
        }
    }
}

//! Makes Cargo see new files: `app!()` declares the modules it finds.

fn main() {
    println!("cargo:rerun-if-changed=src");
}

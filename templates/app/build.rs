//! A new file under `src` is a new object: building must look again.

fn main() {
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed=app.yaml");
}

//! Templates are part of the program: a new file among them is a reason to build.

fn main() {
    println!("cargo:rerun-if-changed=templates");
    println!("cargo:rerun-if-changed=../templates");
}

//! The constant `{{name}}`.

/// {{description}}
#[constant{{keys}}]
fn {{name}}() -> {{type}} {
    {{value}}
}

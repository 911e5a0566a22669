//! The texts `{{name}}`.

/// {{description}}
#[translation_set{{keys}}]
fn {{name}}() -> Translations {
    translations! {
{{texts}}    }
}

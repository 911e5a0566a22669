//! The choices `{{name}}`.

/// {{description}}
#[choices]
pub enum {{name}} {
{{choices}}}

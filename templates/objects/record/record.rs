//! The record `{{name}}`.

/// {{description}}
#[record({{keys}})]
pub struct {{name}} {
{{fields}}}

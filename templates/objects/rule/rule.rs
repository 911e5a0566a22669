//! The rule `{{name}}`.

/// {{description}}
#[expression_rule{{keys}}]
async fn {{name}}({{parameters}}) -> Result<{{returns}}> {
    // Write it here: `ctx` tells who is calling, and until when.
{{unused}}    Err("{{name}} is not written yet".into())
}

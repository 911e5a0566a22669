//! The step `{{name}}`.

/// {{description}}
#[step]
async fn {{name}}({{parameters}}) -> Result<{{returns}}> {
    // Write it here: `ctx` tells who has started the process that runs it.
{{unused}}    Err("{{name}} is not written yet".into())
}

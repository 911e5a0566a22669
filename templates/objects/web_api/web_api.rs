//! The web API `{{name}}`.

/// {{description}}
#[web_api(method = "{{method}}", path = "{{path}}", auth = {{auth}}, {{keys}})]
async fn {{name}}({{parameters}}) -> Result<()> {
    // What is sent is a parameter, too: `body: Json<NewNote>`, `query: Query<..>`, `file: http::Upload`.
{{unused}}    Err("{{name}} is not written yet".into())
}

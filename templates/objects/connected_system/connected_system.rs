//! The connected system `{{name}}`.

/// {{description}}
#[connected_system(kind = "http", base_url = {{address}}, {{keys}})]
fn {{name}}() -> Auth {
    // The secret itself stands nowhere here; settings of the platform can replace the address.
    {{auth}}
}

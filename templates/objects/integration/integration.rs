//! The integration `{{name}}`.

/// {{description}}
#[integration(system = {{system}}, {{keys}})]
fn {{name}}({{parameters}}) -> Call<{{returns}}> {
    // What is sent for which arguments; `Answer` in the place of the type shows what comes back.
{{unused}}    {{request}}
}

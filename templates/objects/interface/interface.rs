//! The interface `{{name}}`.

/// {{description}}
#[interface{{keys}}]
fn {{name}}({{parameters}}) -> Element {
{{unused}}    rsx! {
        Card { title: {{title}},
            p { "Write it here: `ctx` tells who is looking." }
        }
    }
}

//! The page `{{name}}`.

/// {{description}}
#[page({{keys}})]
fn {{name}}({{parameters}}) -> Element {
{{unused}}    rsx! {
        PageHeader { title: {{title}} }
        EmptyState { title: "Nothing here yet", description: "Write it here: `ctx` tells who is looking." }
    }
}

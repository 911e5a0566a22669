//! The process `{{name}}`, and its steps.

/// {{description}}
#[process({{keys}})]
async fn {{name}}({{parameters}}) -> Result<()> {
    // What is done stands in steps: each is done once, whatever interrupts the process.
    step(steps::{{step}}({{arguments}})).await
}

/// What `{{name}}` begins with.
#[step]
async fn {{step}}({{parameters}}) -> Result<()> {
    // Write it here: `ctx` tells who has started the process.
{{unused}}    Err("{{step}} is not written yet".into())
}

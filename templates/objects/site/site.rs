//! The site `{{name}}`: what the app shows first, and how one gets about in it.

/// {{description}}
#[site({{keys}})]
fn {{name}}() -> Navigation {
    {{entries}}
}

//! What an app is stands in app.yaml.

#[macro_use]
extern crate appos;
app!(crm);

fn main() {}

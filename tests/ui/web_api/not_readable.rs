//! A parameter that stands in no known place of a request, and one whose type is not read from JSON.

#[macro_use]
extern crate appos;
app!();

pub struct Note(String);

#[web_api(method = "POST", path = "/notes", auth = session, use = ["ui_users"])]
async fn add_note(note: Note) -> Result<()> {
    Ok(())
}

#[web_api(method = "POST", path = "/texts", auth = session, use = ["ui_users"])]
async fn add_text(body: Json<Note>) -> Result<()> {
    Ok(())
}

fn main() {}

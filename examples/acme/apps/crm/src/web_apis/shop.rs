//! What pages of the shop call.

use serde::{Deserialize, Serialize};

/// The loyalty programme, as the shop shows it.
#[derive(Debug, Serialize)]
pub struct Programme {
    tiers: Vec<&'static str>,
    version: u32,
}

const TIERS: [&str; 3] = ["bronze", "silver", "gold"];

/// Tells the tiers of the loyalty programme.
#[web_api(method = "GET", path = "/programme", auth = public, public_access, cors = ["https://shop.example"])]
fn programme() -> Programme {
    Programme { tiers: TIERS.to_vec(), version: 1 }
}

/// The same with the highest tier first.
#[web_api(
    method = "GET",
    path = "/programme",
    version = 2,
    auth = public,
    public_access,
    cors = ["*"],
    rate_limit = "5/h",
)]
fn programme_of_today() -> Programme {
    Programme { tiers: TIERS.into_iter().rev().collect(), version: 2 }
}

/// A question of a visitor.
#[derive(Debug, Deserialize)]
pub struct Question {
    topic: String,
    text: String,
}

/// Takes a question from a form of the shop.
#[web_api(method = "POST", path = "/questions", auth = public, public_access, cors = ["https://shop.example"])]
async fn ask_question(question: Form<Question>) -> Result<()> {
    let Question { topic, text } = question.0;
    if text.trim().is_empty() {
        return Err(AppOsError::validation("the question is empty")
            .code_is("invalid_fields")
            .field("text", "required", format!("what do you want to know about {topic}?")));
    }
    Ok(())
}

/// What is known of a file that was sent.
#[derive(Debug, Serialize)]
pub struct Weighed {
    name: String,
    content_type: String,
    bytes: usize,
}

/// How a picture is called that is sent without a form.
#[derive(Debug, Deserialize)]
pub struct Naming {
    name: Option<String>,
}

/// Weighs a picture, part by part.
#[web_api(
    method = "POST",
    path = "/pictures",
    auth = session,
    use = ["crm_users"],
    admin = ["crm_admins"],
    accept = ["image/*"],
    max_body = "1 MB",
)]
async fn weigh_picture(naming: Query<Naming>, mut file: http::Upload) -> Result<Weighed> {
    let mut bytes = 0;
    while let Some(part) = file.next().await? {
        bytes += part.len();
    }
    let name = naming.0.name.unwrap_or_else(|| file.name().to_owned());
    Ok(Weighed { name, content_type: file.content_type().to_owned(), bytes })
}

/// The customers that the caller may see, as a file.
#[web_api(method = "GET", path = "/address-book", auth = session, use = ["crm_users"], admin = ["crm_admins"])]
async fn address_book() -> Result<http::Download> {
    let mut lines = String::from("name,email\n");
    for customer in records::Customer::query().order_by(|c| c.name.asc()).limit(50).all().await? {
        lines.push_str(&format!("{},{}\n", customer.name, customer.email));
    }
    Ok(http::Download::new("Adreßbuch.csv", "text/csv", lines))
}

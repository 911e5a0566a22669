//! What a careful developer would write by hand for two records: session, permission, checks
//! and statements are those of the platform. Compiled once for each database.

use std::collections::{HashMap, HashSet};
use std::sync::RwLock;

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use appos::prelude::Decimal;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::{AnyRow, Day, Moment, Pool, Sum, decimal, open};

#[path = "activities.rs"]
mod activities;

#[derive(Serialize)]
struct Customer {
    id: i64,
    name: String,
    email: String,
    phone: Option<String>,
    website: Option<String>,
    address: Option<String>,
    city: Option<String>,
    country: Option<String>,
    tier: String,
    credit_limit: Decimal,
    customer_since: Option<Day>,
    owner: Option<i64>,
    account: Option<i64>,
    created_at: Moment,
    created_by: Option<i64>,
    updated_at: Moment,
    updated_by: Option<i64>,
    version: i64,
}

#[derive(Serialize)]
struct List {
    rows: Vec<Customer>,
    more: bool,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, name, email, phone, website, address, city, country, tier, credit_limit, customer_since, ",
            "owner, account, created_at, created_by, updated_at, updated_by, version FROM crm_customer ",
            $rest
        )
    };
}

fn customer(row: &AnyRow) -> Result<Customer, sqlx::Error> {
    Ok(Customer {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        email: row.try_get(2)?,
        phone: row.try_get(3)?,
        website: row.try_get(4)?,
        address: row.try_get(5)?,
        city: row.try_get(6)?,
        country: row.try_get(7)?,
        tier: row.try_get(8)?,
        credit_limit: decimal(row.try_get::<Sum, _>(9)?),
        customer_since: row.try_get(10)?,
        owner: row.try_get(11)?,
        account: row.try_get(12)?,
        created_at: row.try_get(13)?,
        created_by: row.try_get(14)?,
        updated_at: row.try_get(15)?,
        updated_by: row.try_get(16)?,
        version: row.try_get(17)?,
    })
}

struct State {
    readers: Pool,
    writer: Pool,
    /// Hash of a session's cookie to user and end.
    sessions: RwLock<HashMap<String, (i64, i64)>>,
    /// Users who may view customers, and make and change activities.
    allowed: HashSet<i64>,
}

impl State {
    /// The session's user, if it holds and may do this.
    fn user(&self, request: &HttpRequest) -> Option<i64> {
        let cookie = request.cookie("appos_session")?;
        let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(cookie.value()));
        let (user, ends) = *self.sessions.read().ok()?.get(&hash)?;
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
        (i64::try_from(now).ok()? < ends && self.allowed.contains(&user)).then_some(user)
    }
}

async fn get(state: web::Data<State>, request: HttpRequest, id: web::Path<i64>) -> HttpResponse {
    if state.user(&request).is_none() {
        return HttpResponse::Unauthorized().finish();
    }
    let row = sqlx::query(select!("WHERE id = $1")).bind(*id).fetch_optional(&state.readers).await;
    match row.and_then(|row| row.as_ref().map(customer).transpose()) {
        Ok(Some(row)) => HttpResponse::Ok().json(row),
        Ok(None) => HttpResponse::NotFound().finish(),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

async fn list(
    state: web::Data<State>,
    request: HttpRequest,
    query: web::Query<HashMap<String, String>>,
) -> HttpResponse {
    if state.user(&request).is_none() {
        return HttpResponse::Unauthorized().finish();
    }
    let rows = match query.get("filter[tier]") {
        None => sqlx::query(select!("ORDER BY name ASC, id ASC LIMIT 21")).fetch_all(&state.readers).await,
        Some(tier) if !["bronze", "silver", "gold"].contains(&tier.as_str()) => {
            return HttpResponse::BadRequest().finish();
        }
        Some(tier) => {
            let rows = sqlx::query(select!("WHERE tier = $1 ORDER BY name ASC, id ASC LIMIT 21"));
            rows.bind(tier).fetch_all(&state.readers).await
        }
    };
    match rows.and_then(|rows| rows.iter().map(customer).collect::<Result<Vec<_>, _>>()) {
        Ok(mut rows) => {
            let more = rows.len() > 20;
            rows.truncate(20);
            HttpResponse::Ok().json(List { rows, more })
        }
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

/// The file that a web API of the example makes.
async fn address_book(state: web::Data<State>, request: HttpRequest) -> HttpResponse {
    if state.user(&request).is_none() {
        return HttpResponse::Unauthorized().finish();
    }
    let rows = sqlx::query(select!("ORDER BY name ASC, id ASC LIMIT 50")).fetch_all(&state.readers).await;
    let Ok(rows) = rows.and_then(|rows| rows.iter().map(customer).collect::<Result<Vec<_>, _>>()) else {
        return HttpResponse::InternalServerError().finish();
    };
    let mut lines = String::from("name,email\n");
    for customer in rows {
        lines.push_str(&format!("{},{}\n", customer.name, customer.email));
    }
    let file = "attachment; filename=\"Adressbuch.csv\"; filename*=UTF-8''Adre%C3%9Fbuch.csv";
    HttpResponse::Ok().content_type("text/csv").insert_header(("content-disposition", file)).body(lines)
}

/// Serves until it is ended.
pub(crate) async fn run(url: &str) {
    let (readers, writer) = open(url).await;
    let sessions = sqlx::query("SELECT id_hash, user_id, expires_at FROM platform_session").fetch_all(&readers).await;
    let sessions: HashMap<_, _> = sessions
        .expect("sessions")
        .iter()
        .map(|row| (row.get::<String, _>(0), (row.get::<i64, _>(1), row.get::<i64, _>(2))))
        .collect();
    let allowed = sessions.values().map(|(user, _)| *user).collect();
    let state = web::Data::new(State { readers, writer, sessions: RwLock::new(sessions), allowed });
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .route("/api/crm/v1/customers/{id}", web::get().to(get))
            .route("/api/crm/v1/customers", web::get().to(list))
            .route("/api/crm/v1/address-book", web::get().to(address_book))
            .route("/api/crm/v1/activities", web::post().to(activities::create))
            .route("/api/crm/v1/activities/{id}", web::patch().to(activities::update))
    })
    .bind("127.0.0.1:0")
    .expect("a port");
    println!("Listening on http://{}", server.addrs()[0]);
    server.run().await.expect("the server runs");
}

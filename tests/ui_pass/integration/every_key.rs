//! Every key of an integration, and the forms of its function.

#[macro_use]
extern crate appos;
app!();

pub mod connected_systems {
    #[connected_system(kind = "http", base_url = "https://a.example", use = ["ui_users"])]
    fn payments() -> Auth {
        no_auth()
    }
}

pub mod integrations {
    /// Charges a card.
    #[integration(
        system = connected_systems::payments, description = "Charges", view = ["ui_users"], use = ["ui_users"],
        admin = ["ui_admins"], retries = 3, timeout = "30s", attempt_timeout = "5s", rate_limit = "50/min",
        max_response = "1 MB", log_payload, crate = ::appos
    )]
    fn create_charge(order: i64, #[sensitive] card: String) -> Call<Json> {
        post("/charges").json(&json!({ "order": order, "card": card })).idempotency_key(order)
    }

    #[integration(system = payments, use = [])]
    fn find_charge(id: String) -> Result<Call<Option<Json>>> {
        if id.is_empty() {
            return Err("an id is empty".into());
        }
        Ok(get("/charges/{id}").path("id", id).default_on(404))
    }

    #[integration(system = payments, use = ["ui_users"])]
    fn forget() -> Call<()> {
        delete("/charges")
    }
}

fn main() {
    let object = <integrations::create_charge as appos::codegen_support::Object>::object();
    let appos::codegen_support::ObjectDetail::Integration(integration) = object.detail else {
        panic!("an integration")
    };
    assert!((integration.system)().reference.ends_with(".connected_systems.payments"));
    assert_eq!((integration.retries, integration.log_payload, integration.returns), (3, true, "Json"));
}

//! Every key of a connected system, and every way to show who we are.

#[macro_use]
extern crate appos;
app!();

pub mod connected_systems {
    /// Takes payments.
    #[connected_system(
        kind = "http", description = "Payments", base_url = "https://api.example.com/v1", view = ["ui_users"],
        use = ["ui_users"], admin = ["ui_admins"], pool_size = 10, idle_timeout = "90s", connect_timeout = "5s",
        timeout = "10s", max_response = "10 MB", rate_limit = "50/s", health = "/ping", breaker = 10,
        breaker_wait = "30s", allow_networks = ["10.0.0.0/8", "fd00::/8"], ca_file = "ca.pem", crate = ::appos
    )]
    fn payments() -> Auth {
        bearer(secret("PAYMENTS_KEY")).client_certificate(secret("PAYMENTS_CERT"), secret("PAYMENTS_CERT_KEY"))
    }

    #[connected_system(kind = "http", base_url = "http://a.example", use = [])]
    fn open() -> Auth {
        no_auth()
    }

    #[connected_system(kind = "http", base_url = "https://b.example", use = ["ui_users"])]
    fn named() -> Auth {
        if cfg!(windows) { basic(secret("NAME"), secret("PASSWORD")) } else { basic("acme", secret("PASSWORD")) }
    }

    #[connected_system(kind = "http", base_url = "https://c.example", use = ["ui_users"])]
    fn keyed() -> Auth {
        api_key("X-Api-Key", secret("C_KEY"))
    }

    #[connected_system(kind = "http", base_url = "https://d.example", use = ["ui_users"])]
    fn fetched() -> Auth {
        client_credentials("https://id.example.com/token", "acme", secret("D_SECRET")).scope("read").scope("write")
    }
}

fn main() {
    let object = <connected_systems::payments as appos::codegen_support::Object>::object();
    assert!(object.reference.ends_with(".connected_systems.payments") && object.description == "Payments");
    let appos::codegen_support::ObjectDetail::ConnectedSystem(system) = object.detail else {
        panic!("a connected system")
    };
    let secrets: Vec<_> = (system.auth)().secrets().into_iter().map(|secret| secret.name()).collect();
    assert_eq!(secrets, ["PAYMENTS_KEY", "PAYMENTS_CERT", "PAYMENTS_CERT_KEY"]);
    assert!(system.settings.contains(&("timeout", "10000ms")), "{:?}", system.settings);
}

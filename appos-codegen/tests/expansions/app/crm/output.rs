mod helpers;
///The processes of this app.
pub mod processes {
    pub(crate) mod onboarding;
    #[allow(unused_imports, unreachable_pub)]
    pub use onboarding::*;
    ///Objects in the folder `sales`.
    pub mod sales {
        #[path = "offer.rs"]
        pub(crate) mod offer_file;
        #[allow(unused_imports, unreachable_pub)]
        pub use offer_file::*;
    }
    #[allow(unused_imports, unreachable_pub)]
    pub use sales::*;
    #[allow(unused_imports, hidden_glob_reexports)]
    use onboarding::create_account;
    #[allow(unused_imports, unreachable_pub)]
    pub use onboarding::onboard;
}
///The records of this app.
pub mod records {
    mod customer;
    #[allow(unused_imports, unreachable_pub)]
    pub use customer::*;
    ///Objects in the folder `sales`.
    pub mod sales {
        mod order;
        #[allow(unused_imports, unreachable_pub)]
        pub use order::*;
    }
    #[allow(unused_imports, unreachable_pub)]
    pub use sales::*;
}
///The rules of this app.
pub mod rules {
    #[path = "net_total.rs"]
    mod net_total_file;
    #[allow(unused_imports, unreachable_pub)]
    pub use net_total_file::*;
}
///The steps of this app.
pub mod steps {
    #[allow(unused_imports, unreachable_pub)]
    pub use super::processes::onboarding::*;
    #[allow(unused_imports, unreachable_pub)]
    pub use super::processes::sales::offer_file::*;
    #[allow(unused_imports, hidden_glob_reexports)]
    use super::processes::sales::offer_file::offer;
    #[allow(unused_imports, unreachable_pub)]
    pub use super::processes::sales::offer_file::onboard;
}
#[doc(hidden)]
mod __appos_fallback {
    pub mod records {}
    pub mod rules {}
    pub mod constants {}
    pub mod processes {}
    pub mod steps {}
    pub mod integrations {}
    pub mod connected_systems {}
    pub mod web_apis {}
    pub mod interfaces {}
    pub mod pages {}
    pub mod sites {}
    pub mod translations {}
}
#[doc(hidden)]
#[allow(unused_imports)]
pub use __appos_fallback::*;
#[doc(hidden)]
#[allow(unused_imports, unreachable_pub)]
pub mod __appos_scope {
    pub use ::appos::prelude::*;
    pub use super::*;
    pub use super::records::*;
}
#[doc(hidden)]
pub static __APPOS_APP: ::appos::codegen_support::AppDescriptor = ::appos::codegen_support::AppDescriptor {
    name: "crm",
    yaml_path: "/acme/apps/crm/app.yaml",
    yaml: ::core::include_str!("/acme/apps/crm/app.yaml"),
    version: ::core::env!("CARGO_PKG_VERSION"),
    logo: ::core::option::Option::Some(::core::include_bytes!("/acme/apps/crm/logo.svg")),
};
::appos::codegen_support::submit! {
    ::appos::codegen_support::AppRegistration(& __APPOS_APP)
}

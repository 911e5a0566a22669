#[allow(unused_imports)]
use crate::__appos_scope::*;
/// Takes payments by card.
#[allow(non_camel_case_types)]
pub struct payments {}
const _: () = {
    fn __appos_auth() -> __appos_support::Auth {
        #[allow(unused_imports)]
        use __appos_support::auth::*;
        bearer(secret("PAYMENTS_KEY"))
    }
    static __APPOS_SYSTEM: __appos_support::ConnectedSystemDescriptor = __appos_support::ConnectedSystemDescriptor {
        kind: __appos_support::SystemKind::Http,
        settings: &[
            ("base_url", "https://payments.example.com/v1"),
            ("timeout", "5000ms"),
            ("max_response", "65536 B"),
            ("rate_limit", "100/60000ms"),
            ("allow_networks", "10.0.0.0/8, fd00::/8"),
        ],
        auth: __appos_auth,
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.connected_systems.payments",
        kind: __appos_support::ObjectKind::ConnectedSystem,
        app: "crm",
        name: "payments",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "Takes payments by card.",
        permissions: __appos_support::PermissionLists {
            use_: ::core::option::Option::Some(&["crm_users"]),
            admin: ::core::option::Option::Some(&["crm_admins"]),
            ..__appos_support::PermissionLists::NONE
        },
        detail: __appos_support::ObjectDetail::ConnectedSystem(&__APPOS_SYSTEM),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for payments {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
    impl __appos_support::SystemObject for payments {}
};

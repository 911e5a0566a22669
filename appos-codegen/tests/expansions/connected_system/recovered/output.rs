#[allow(unused_imports)]
use crate::__appos_scope::*;
///The connected system `crm.connected_systems.payments`.
#[allow(non_camel_case_types)]
pub struct payments {}
const _: () = {
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.connected_systems.payments",
        kind: __appos_support::ObjectKind::ConnectedSystem,
        app: "crm",
        name: "payments",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "",
        permissions: __appos_support::PermissionLists {
            use_: ::core::option::Option::Some(&["crm_users"]),
            ..__appos_support::PermissionLists::NONE
        },
        detail: __appos_support::ObjectDetail::ConnectedSystem(
            &__appos_support::ConnectedSystemDescriptor::NONE,
        ),
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
::core::compile_error! {
    "there is no kind of connected system `htp`\nhelp: did you mean `kind = \"http\"`?"
}

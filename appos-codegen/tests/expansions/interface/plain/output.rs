#[allow(unused_imports)]
use crate::__appos_scope::*;
/// The state of things.
#[allow(non_snake_case, clippy::needless_pass_by_value)]
pub fn Dashboard() -> __appos_support::Element {
    #[allow(
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::too_many_lines
    )]
    fn __appos_body(
        #[allow(unused_variables)]
        ctx: __appos_support::Ctx,
        _pass: __appos_support::Pass,
    ) -> Element {
        rsx! {
            p { "{ctx.user.name}" }
        }
    }
    __appos_support::render_interface(
        <Dashboard as __appos_support::Object>::object(),
        &(),
        move |ctx, pass| __appos_body(ctx, pass),
    )
}
#[doc(hidden)]
pub struct Dashboard {}
const _: () = {
    static __APPOS_INTERFACE: __appos_support::InterfaceDescriptor = __appos_support::InterfaceDescriptor {
        parameters: &[],
        piece: ::core::option::Option::None,
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.interfaces.dashboard",
        kind: __appos_support::ObjectKind::Interface,
        app: "crm",
        name: "dashboard",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "The state of things.",
        permissions: __appos_support::PermissionLists::NONE,
        detail: __appos_support::ObjectDetail::Interface(&__APPOS_INTERFACE),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for Dashboard {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

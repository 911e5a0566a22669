#[allow(unused_imports)]
use crate::__appos_scope::*;
///The interface `crm.interfaces.card`.
#[allow(non_snake_case, clippy::needless_pass_by_value)]
pub fn Card(__appos_properties: CardProps) -> __appos_support::Element {
    #[allow(
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::too_many_lines
    )]
    fn __appos_body(
        #[allow(unused_variables)]
        ctx: __appos_support::Ctx,
        _pass: __appos_support::Pass,
        orders: u64,
    ) -> __appos_support::Element {
        loop {}
    }
    let CardProps { orders } = ::core::clone::Clone::clone(&__appos_properties);
    __appos_support::render_interface(
        <Card as __appos_support::Object>::object(),
        &__appos_properties,
        move |ctx, pass| __appos_body(ctx, pass, orders),
    )
}
#[doc(hidden)]
pub struct Card {}
///Properties of the component [`Card`](fn@Card).
#[derive(__appos_support::Props, ::core::clone::Clone, ::core::cmp::PartialEq)]
#[allow(missing_docs, clippy::pedantic)]
pub struct CardProps {
    ///The parameter `orders`.
    pub orders: u64,
}
const _: () = {
    static __APPOS_INTERFACE: __appos_support::InterfaceDescriptor = __appos_support::InterfaceDescriptor {
        parameters: &[
            __appos_support::Parameter {
                name: "orders",
                type_name: "u64",
            },
        ],
        piece: ::core::option::Option::None,
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.interfaces.card",
        kind: __appos_support::ObjectKind::Interface,
        app: "crm",
        name: "card",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "",
        permissions: __appos_support::PermissionLists::NONE,
        detail: __appos_support::ObjectDetail::Interface(&__APPOS_INTERFACE),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for Card {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};
::core::compile_error! {
    "interface `card` cannot be `async`; it is drawn at once\nhelp: write `fn card(..) -> Element`, and load data in it: `let total = use_rule(|| rules::total());`"
}
::core::compile_error! {
    "parameter `a` borrows; arguments are moved through dispatch\nhelp: write `a: String`"
}

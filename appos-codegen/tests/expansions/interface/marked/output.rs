#[allow(unused_imports)]
use crate::__appos_scope::*;
///The interface `crm.interfaces.card`.
#[allow(non_snake_case, clippy::needless_pass_by_value)]
#[deprecated(note = "appos:crm.interfaces.card:call")]
pub fn Card(__appos_properties: CardProps) -> __appos_support::Element {
    #[allow(
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::too_many_lines
    )]
    #[deprecated(note = "appos")]
    fn __appos_body(
        #[allow(unused_variables)]
        ctx: __appos_support::Ctx,
        _pass: __appos_support::Pass,
        orders: u64,
    ) -> Element {
        rsx! {
            p { "{orders}" }
        }
    }
    let CardProps { orders } = ::core::clone::Clone::clone(&__appos_properties);
    __appos_support::render_interface(
        <Card as __appos_support::Object>::object(),
        &__appos_properties,
        move |ctx, pass| __appos_body(ctx, pass, orders),
    )
}
#[doc(hidden)]
#[deprecated(note = "appos:crm.interfaces.card:reference")]
pub struct Card {}
///Properties of the component [`Card`](fn@Card).
#[derive(__appos_support::Props, ::core::clone::Clone, ::core::cmp::PartialEq)]
#[allow(missing_docs, clippy::pedantic)]
#[deprecated(note = "appos:crm.interfaces.card:reference")]
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
            loop {}
        }
    }
};

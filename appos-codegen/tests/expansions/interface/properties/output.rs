#[allow(unused_imports)]
use crate::__appos_scope::*;
/**A customer

The interface `crm.interfaces.customer_card`.*/
#[allow(non_snake_case, clippy::needless_pass_by_value)]
pub fn CustomerCard(__appos_properties: CustomerCardProps) -> __appos_support::Element {
    #[allow(
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::too_many_lines
    )]
    fn __appos_body(
        #[allow(unused_variables)]
        ctx: __appos_support::Ctx,
        _pass: __appos_support::Pass,
        customer: Id<Customer>,
        mut orders: u64,
        children: Element,
    ) -> Element {
        orders += 1;
        rsx! {
            p { "{customer} {orders}" { children } }
        }
    }
    let CustomerCardProps { customer, orders, children } = ::core::clone::Clone::clone(
        &__appos_properties,
    );
    __appos_support::render_interface(
        <CustomerCard as __appos_support::Object>::object(),
        &__appos_properties,
        move |ctx, pass| __appos_body(ctx, pass, customer, orders, children),
    )
}
#[doc(hidden)]
pub struct CustomerCard {}
///Properties of the component [`CustomerCard`](fn@CustomerCard).
#[derive(__appos_support::Props, ::core::clone::Clone, ::core::cmp::PartialEq)]
#[allow(missing_docs, clippy::pedantic)]
pub struct CustomerCardProps {
    /// Whose card it is.
    pub customer: Id<Customer>,
    ///The parameter `orders`.
    #[props(default = 5)]
    pub orders: u64,
    ///The parameter `children`.
    pub children: Element,
}
const _: () = {
    static __APPOS_INTERFACE: __appos_support::InterfaceDescriptor = __appos_support::InterfaceDescriptor {
        parameters: &[
            __appos_support::Parameter {
                name: "customer",
                type_name: "Id<Customer>",
            },
            __appos_support::Parameter {
                name: "orders",
                type_name: "u64",
            },
            __appos_support::Parameter {
                name: "children",
                type_name: "Element",
            },
        ],
        piece: ::core::option::Option::None,
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.interfaces.customer_card",
        kind: __appos_support::ObjectKind::Interface,
        app: "crm",
        name: "customer_card",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "A customer",
        permissions: __appos_support::PermissionLists {
            view: ::core::option::Option::Some(&["crm_users"]),
            ..__appos_support::PermissionLists::NONE
        },
        detail: __appos_support::ObjectDetail::Interface(&__APPOS_INTERFACE),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for CustomerCard {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

#[allow(unused_imports)]
use crate::__appos_scope::*;
/// Stars.
#[allow(non_snake_case, clippy::needless_pass_by_value)]
pub fn CustomerTier(__appos_properties: CustomerTierProps) -> __appos_support::Element {
    #[allow(
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::too_many_lines
    )]
    fn __appos_body(
        #[allow(unused_variables)]
        ctx: __appos_support::Ctx,
        _pass: __appos_support::Pass,
        value: Tier,
    ) -> Element {
        rsx! {
            b { "{value}" }
        }
    }
    let CustomerTierProps { value } = ::core::clone::Clone::clone(&__appos_properties);
    __appos_support::render_interface(
        <CustomerTier as __appos_support::Object>::object(),
        &__appos_properties,
        move |ctx, pass| __appos_body(ctx, pass, value),
    )
}
#[doc(hidden)]
pub struct CustomerTier {}
///Properties of the component [`CustomerTier`](fn@CustomerTier).
#[derive(__appos_support::Props, ::core::clone::Clone, ::core::cmp::PartialEq)]
#[allow(missing_docs, clippy::pedantic)]
pub struct CustomerTierProps {
    ///The parameter `value`.
    pub value: Tier,
}
const _: () = {
    #[allow(unused_qualifications)]
    static __APPOS_PIECE: __appos_support::PieceDescriptor = __appos_support::PieceDescriptor {
        kind: __appos_support::PieceKind::Display,
        record: || <records::Customer as __appos_support::Object>::object(),
        field: ::core::option::Option::Some("tier"),
        after: ::core::option::Option::None,
        replaces: &[],
        entry: &__appos_support::PieceEntry::Value(|__appos_input| __appos_support::piece_of_value::<
            records::Customer,
            _,
        >(
            |__appos_columns| __appos_columns.tier,
            __appos_input,
            |__appos_given| __appos_support::mount(
                CustomerTier,
                CustomerTierProps {
                    value: __appos_given,
                },
            ),
        )),
    };
    static __APPOS_INTERFACE: __appos_support::InterfaceDescriptor = __appos_support::InterfaceDescriptor {
        parameters: &[
            __appos_support::Parameter {
                name: "value",
                type_name: "Tier",
            },
        ],
        piece: ::core::option::Option::Some(&__APPOS_PIECE),
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.interfaces.customer_tier",
        kind: __appos_support::ObjectKind::Interface,
        app: "crm",
        name: "customer_tier",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "Stars.",
        permissions: __appos_support::PermissionLists::NONE,
        detail: __appos_support::ObjectDetail::Interface(&__APPOS_INTERFACE),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for CustomerTier {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

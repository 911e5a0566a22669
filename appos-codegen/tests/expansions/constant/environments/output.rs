#[allow(unused_imports)]
use ::appos::prelude::*;
#[allow(unused_imports)]
use crate::__appos_scope::*;
/**Standard tax rate

The constant `crm.constants.tax_rate`.*/
pub fn tax_rate() -> impl ::core::future::Future<
    Output = ::appos::codegen_support::Result<Decimal>,
> + ::core::marker::Send {
    #[allow(
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::unused_async
    )]
    fn __appos_body(
        #[allow(unused_variables)]
        ctx: ::appos::codegen_support::Ctx,
        _pass: ::appos::codegen_support::Pass,
    ) -> Decimal {
        dec!(0.18)
    }
    ::appos::codegen_support::dispatch::<
        Decimal,
        _,
        _,
    >(
        <tax_rate as ::appos::codegen_support::Object>::object(),
        ::appos::codegen_support::LoggedArguments::none(),
        move |ctx, pass| async move {
            match ctx.environment() {
                "dev" => {
                    ::appos::codegen_support::Result::<
                        Decimal,
                    >::Ok(
                        ::appos::codegen_support::IntoConstant::<
                            Decimal,
                        >::into_constant(0.0),
                    )
                }
                "test" => {
                    ::appos::codegen_support::Result::<
                        Decimal,
                    >::Ok(
                        ::appos::codegen_support::IntoConstant::<
                            Decimal,
                        >::into_constant(dec!(0.1)),
                    )
                }
                _ => {
                    ::appos::codegen_support::Result::<
                        Decimal,
                    >::Ok(__appos_body(ctx, pass))
                }
            }
        },
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct tax_rate {}
const _: () = {
    use ::appos::codegen_support as __appos_support;
    static __APPOS_CONSTANT: __appos_support::ConstantDescriptor = __appos_support::ConstantDescriptor {
        type_name: "Decimal",
        environments: &["dev", "test"],
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            #[allow(unused_mut)]
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                &[],
            )?;
            match () {
                () if __appos_in.is_ok() => {
                    __appos_support::to_json::<Decimal>(tax_rate().await?)
                }
                _ => ::core::result::Result::Err(__appos_in.into_error()),
            }
        }),
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.constants.tax_rate",
        kind: __appos_support::ObjectKind::Constant,
        app: "crm",
        name: "tax_rate",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "Standard tax rate",
        permissions: __appos_support::PermissionLists {
            ..__appos_support::PermissionLists::NONE
        },
        public_access: false,
        timeout: ::core::option::Option::None,
        detail: __appos_support::ObjectDetail::Constant(&__APPOS_CONSTANT),
        slot: __appos_support::Slot::new(),
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    #[automatically_derived]
    impl __appos_support::Object for tax_rate {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

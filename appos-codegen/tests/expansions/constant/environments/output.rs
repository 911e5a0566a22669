#[allow(unused_imports)]
use crate::__appos_scope::*;
/**Standard tax rate

The constant `crm.constants.tax_rate`.*/
pub fn tax_rate() -> impl ::core::future::Future<
    Output = __appos_support::Result<Decimal>,
> + ::core::marker::Send {
    #[allow(
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::unused_async
    )]
    fn __appos_body(
        #[allow(unused_variables)]
        ctx: __appos_support::Ctx,
        _pass: __appos_support::Pass,
    ) -> Decimal {
        dec!(0.18)
    }
    __appos_support::dispatch::<
        Decimal,
        _,
        _,
    >(
        <tax_rate as __appos_support::Object>::object(),
        __appos_support::LoggedArguments::none(),
        move |ctx, pass| async move {
            match ctx.environment() {
                "dev" => {
                    __appos_support::Result::<
                        Decimal,
                    >::Ok(__appos_support::IntoConstant::<Decimal>::into_constant(0.0))
                }
                "test" => {
                    __appos_support::Result::<
                        Decimal,
                    >::Ok(
                        __appos_support::IntoConstant::<
                            Decimal,
                        >::into_constant(dec!(0.1)),
                    )
                }
                _ => __appos_support::Result::<Decimal>::Ok(__appos_body(ctx, pass)),
            }
        },
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct tax_rate {}
const _: () = {
    static __APPOS_CONSTANT: __appos_support::ConstantDescriptor = __appos_support::ConstantDescriptor {
        type_name: "Decimal",
        environments: &["dev", "test"],
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            let __appos_in = __appos_support::ArgumentReader::new(__appos_json, &[])?;
            __appos_in.finish()?;
            __appos_support::to_json::<Decimal>(tax_rate().await?)
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
        permissions: __appos_support::PermissionLists::NONE,
        detail: __appos_support::ObjectDetail::Constant(&__APPOS_CONSTANT),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for tax_rate {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

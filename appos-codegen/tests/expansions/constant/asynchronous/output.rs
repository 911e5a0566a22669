#[allow(unused_imports)]
use crate::__appos_scope::*;
///The constant `crm.constants.answer`.
pub fn answer() -> impl ::core::future::Future<
    Output = __appos_support::Result<i64>,
> + ::core::marker::Send {
    #[allow(
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::unused_async
    )]
    async fn __appos_body(
        #[allow(unused_variables)]
        ctx: __appos_support::Ctx,
        _pass: __appos_support::Pass,
    ) -> Result<i64> {
        Ok(42)
    }
    __appos_support::dispatch::<
        i64,
        _,
        _,
    >(
        <answer as __appos_support::Object>::object(),
        __appos_support::LoggedArguments::none(),
        move |ctx, pass| async move {
            match ctx.environment() {
                "dev" => {
                    __appos_support::Result::<
                        i64,
                    >::Ok(__appos_support::IntoConstant::<i64>::into_constant(1))
                }
                _ => __appos_body(ctx, pass).await,
            }
        },
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct answer {}
const _: () = {
    static __APPOS_CONSTANT: __appos_support::ConstantDescriptor = __appos_support::ConstantDescriptor {
        type_name: "i64",
        environments: &["dev"],
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            let __appos_in = __appos_support::ArgumentReader::new(__appos_json, &[])?;
            __appos_in.finish()?;
            __appos_support::to_json::<i64>(answer().await?)
        }),
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.constants.answer",
        kind: __appos_support::ObjectKind::Constant,
        app: "crm",
        name: "answer",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "",
        permissions: __appos_support::PermissionLists::NONE,
        detail: __appos_support::ObjectDetail::Constant(&__APPOS_CONSTANT),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for answer {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

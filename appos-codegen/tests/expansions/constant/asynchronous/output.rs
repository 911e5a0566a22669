#[allow(unused_imports)]
use ::appos::prelude::*;
#[allow(unused_imports)]
use crate::__appos_scope::*;
///The constant `crm.constants.answer`.
pub fn answer() -> impl ::core::future::Future<
    Output = ::appos::codegen_support::Result<i64>,
> + ::core::marker::Send {
    #[allow(
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::unused_async
    )]
    async fn __appos_body(
        #[allow(unused_variables)]
        ctx: ::appos::codegen_support::Ctx,
        _pass: ::appos::codegen_support::Pass,
    ) -> Result<i64> {
        Ok(42)
    }
    ::appos::codegen_support::dispatch::<
        i64,
        _,
        _,
    >(
        <answer as ::appos::codegen_support::Object>::object(),
        ::appos::codegen_support::LoggedArguments::none(),
        move |ctx, pass| async move {
            match ctx.environment() {
                "dev" => {
                    ::appos::codegen_support::Result::<
                        i64,
                    >::Ok(
                        ::appos::codegen_support::IntoConstant::<i64>::into_constant(1),
                    )
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
    use ::appos::codegen_support as __appos_support;
    static __APPOS_CONSTANT: __appos_support::ConstantDescriptor = __appos_support::ConstantDescriptor {
        type_name: "i64",
        environments: &["dev"],
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            #[allow(unused_mut)]
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                &[],
            )?;
            match () {
                () if __appos_in.is_ok() => {
                    __appos_support::to_json::<i64>(answer().await?)
                }
                _ => ::core::result::Result::Err(__appos_in.into_error()),
            }
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
    impl __appos_support::Object for answer {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

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
    static __APPOS_CONSTANT: ::appos::codegen_support::ConstantDescriptor = ::appos::codegen_support::ConstantDescriptor {
        type_name: "i64",
        environments: &["dev"],
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            #[allow(unused_mut)]
            let mut __appos_in = ::appos::codegen_support::ArgumentReader::new(
                __appos_json,
                &[],
            )?;
            match () {
                () if __appos_in.is_ok() => {
                    ::appos::codegen_support::to_json::<i64>(answer().await?)
                }
                _ => ::core::result::Result::Err(__appos_in.into_error()),
            }
        }),
    };
    static __APPOS_OBJECT: ::appos::codegen_support::ObjectDescriptor = ::appos::codegen_support::ObjectDescriptor {
        reference: "crm.constants.answer",
        kind: ::appos::codegen_support::ObjectKind::Constant,
        app: "crm",
        name: "answer",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "",
        permissions: ::appos::codegen_support::PermissionLists {
            ..::appos::codegen_support::PermissionLists::NONE
        },
        public_access: false,
        timeout: ::core::option::Option::None,
        detail: ::appos::codegen_support::ObjectDetail::Constant(&__APPOS_CONSTANT),
        slot: ::appos::codegen_support::Slot::new(),
    };
    ::appos::codegen_support::submit! {
        ::appos::codegen_support::Registration(& __APPOS_OBJECT)
    }
    #[automatically_derived]
    impl ::appos::codegen_support::Object for answer {
        fn object() -> &'static ::appos::codegen_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

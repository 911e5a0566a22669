#[allow(unused_imports)]
use ::appos::prelude::*;
#[allow(unused_imports)]
use crate::__appos_scope::*;
///The rule `crm.rules.factorial`.
pub fn factorial(
    n: u32,
) -> ::core::pin::Pin<
    ::std::boxed::Box<
        dyn ::core::future::Future<
            Output = ::appos::codegen_support::Result<u64>,
        > + ::core::marker::Send,
    >,
> {
    #[allow(
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::unused_async
    )]
    async fn __appos_body(
        #[allow(unused_variables)]
        ctx: ::appos::codegen_support::Ctx,
        _pass: ::appos::codegen_support::Pass,
        n: u32,
    ) -> Result<u64> {
        if n < 2 {
            return Ok(1);
        }
        Ok(u64::from(n) * rules::factorial(n - 1).await?)
    }
    ::std::boxed::Box::pin(
        ::appos::codegen_support::dispatch::<
            u64,
            _,
            _,
        >(
            <factorial as ::appos::codegen_support::Object>::object(),
            ::appos::codegen_support::LoggedArguments::begin()
                .argument::<u32>("n", &n)
                .finish(),
            move |ctx, pass| __appos_body(ctx, pass, n),
        ),
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct factorial {}
const _: () = {
    static __APPOS_RULE: ::appos::codegen_support::RuleDescriptor = ::appos::codegen_support::RuleDescriptor {
        parameters: &[
            ::appos::codegen_support::Parameter {
                name: "n",
                type_name: "u32",
            },
        ],
        returns: "u64",
        cache: ::core::option::Option::None,
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            #[allow(unused_mut)]
            let mut __appos_in = ::appos::codegen_support::ArgumentReader::new(
                __appos_json,
                __APPOS_RULE.parameters,
            )?;
            let __appos_0 = __appos_in.take::<u32>("n");
            match (__appos_0,) {
                (::core::option::Option::Some(__appos_0),) if __appos_in.is_ok() => {
                    ::appos::codegen_support::to_json::<u64>(factorial(__appos_0).await?)
                }
                _ => ::core::result::Result::Err(__appos_in.into_error()),
            }
        }),
    };
    static __APPOS_OBJECT: ::appos::codegen_support::ObjectDescriptor = ::appos::codegen_support::ObjectDescriptor {
        reference: "crm.rules.factorial",
        kind: ::appos::codegen_support::ObjectKind::Rule,
        app: "crm",
        name: "factorial",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "",
        permissions: ::appos::codegen_support::PermissionLists {
            ..::appos::codegen_support::PermissionLists::NONE
        },
        public_access: false,
        timeout: ::core::option::Option::None,
        detail: ::appos::codegen_support::ObjectDetail::Rule(&__APPOS_RULE),
        slot: ::appos::codegen_support::Slot::new(),
    };
    ::appos::codegen_support::submit! {
        ::appos::codegen_support::Registration(& __APPOS_OBJECT)
    }
    #[automatically_derived]
    impl ::appos::codegen_support::Object for factorial {
        fn object() -> &'static ::appos::codegen_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

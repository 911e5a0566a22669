#[allow(unused_imports)]
use ::appos::prelude::*;
#[allow(unused_imports)]
use crate::__appos_scope::*;
///The rule `crm.rules.factorial`.
#[deprecated(note = "appos:crm.rules.factorial:call")]
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
    #[deprecated(note = "appos")]
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
#[deprecated(note = "appos:crm.rules.factorial:reference")]
pub struct factorial {}
const _: () = {
    use ::appos::codegen_support as __appos_support;
    static __APPOS_RULE: __appos_support::RuleDescriptor = __appos_support::RuleDescriptor {
        parameters: &[
            __appos_support::Parameter {
                name: "n",
                type_name: "u32",
            },
        ],
        returns: "u64",
        cache: ::core::option::Option::None,
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            #[allow(unused_mut)]
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_RULE.parameters,
            )?;
            let __appos_0 = __appos_in.take::<u32>("n");
            match (__appos_0,) {
                (::core::option::Option::Some(__appos_0),) if __appos_in.is_ok() => {
                    __appos_support::to_json::<u64>(factorial(__appos_0).await?)
                }
                _ => ::core::result::Result::Err(__appos_in.into_error()),
            }
        }),
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.rules.factorial",
        kind: __appos_support::ObjectKind::Rule,
        app: "crm",
        name: "factorial",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "",
        permissions: __appos_support::PermissionLists {
            ..__appos_support::PermissionLists::NONE
        },
        public_access: false,
        timeout: ::core::option::Option::None,
        detail: __appos_support::ObjectDetail::Rule(&__APPOS_RULE),
        slot: __appos_support::Slot::new(),
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    #[automatically_derived]
    impl __appos_support::Object for factorial {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            loop {}
        }
    }
};

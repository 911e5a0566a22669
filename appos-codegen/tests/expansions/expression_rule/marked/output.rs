#[allow(unused_imports)]
use crate::__appos_scope::*;
///The rule `crm.rules.factorial`.
#[deprecated(note = "appos:crm.rules.factorial:call")]
pub fn factorial(
    n: u32,
) -> ::core::pin::Pin<
    ::std::boxed::Box<
        dyn ::core::future::Future<
            Output = __appos_support::Result<u64>,
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
        ctx: __appos_support::Ctx,
        _pass: __appos_support::Pass,
        n: u32,
    ) -> Result<u64> {
        if n < 2 {
            return Ok(1);
        }
        Ok(u64::from(n) * rules::factorial(n - 1).await?)
    }
    ::std::boxed::Box::pin(
        __appos_support::dispatch::<
            u64,
            _,
            _,
        >(
            <factorial as __appos_support::Object>::object(),
            __appos_support::LoggedArguments::begin().argument::<u32>("n", &n).finish(),
            move |ctx, pass| __appos_body(ctx, pass, n),
        ),
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
#[deprecated(note = "appos:crm.rules.factorial:reference")]
pub struct factorial {}
const _: () = {
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
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_RULE.parameters,
            )?;
            let __appos_0 = __appos_in.take::<u32>("n");
            __appos_in.finish()?;
            __appos_support::to_json::<u64>(factorial(__appos_0?).await?)
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
        permissions: __appos_support::PermissionLists::NONE,
        detail: __appos_support::ObjectDetail::Rule(&__APPOS_RULE),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for factorial {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            loop {}
        }
    }
};

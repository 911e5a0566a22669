#[allow(unused_imports)]
use crate::__appos_scope::*;
///The rule `crm.rules.touch`.
pub fn touch() -> impl ::core::future::Future<
    Output = __appos_support::Result<()>,
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
    ) {}
    __appos_support::dispatch::<
        (),
        _,
        _,
    >(
        <touch as __appos_support::Object>::object(),
        __appos_support::LoggedArguments::none(),
        move |ctx, pass| async move {
            __appos_support::Result::<()>::Ok(__appos_body(ctx, pass))
        },
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct touch {}
const _: () = {
    static __APPOS_RULE: __appos_support::RuleDescriptor = __appos_support::RuleDescriptor {
        parameters: &[],
        returns: "()",
        cache: ::core::option::Option::None,
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            let __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_RULE.parameters,
            )?;
            __appos_in.finish()?;
            __appos_support::to_json::<()>(touch().await?)
        }),
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.rules.touch",
        kind: __appos_support::ObjectKind::Rule,
        app: "crm",
        name: "touch",
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
    impl __appos_support::Object for touch {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

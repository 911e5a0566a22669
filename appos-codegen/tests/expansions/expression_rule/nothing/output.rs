#[allow(unused_imports)]
use ::appos::prelude::*;
#[allow(unused_imports)]
use crate::__appos_scope::*;
///The rule `crm.rules.touch`.
pub fn touch() -> impl ::core::future::Future<
    Output = ::appos::codegen_support::Result<()>,
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
    ) {}
    ::appos::codegen_support::dispatch::<
        (),
        _,
        _,
    >(
        <touch as ::appos::codegen_support::Object>::object(),
        ::appos::codegen_support::LoggedArguments::none(),
        move |ctx, pass| async move {
            ::appos::codegen_support::Result::<()>::Ok(__appos_body(ctx, pass))
        },
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct touch {}
const _: () = {
    use ::appos::codegen_support as __appos_support;
    static __APPOS_RULE: __appos_support::RuleDescriptor = __appos_support::RuleDescriptor {
        parameters: &[],
        returns: "()",
        cache: ::core::option::Option::None,
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            #[allow(unused_mut)]
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_RULE.parameters,
            )?;
            match () {
                () if __appos_in.is_ok() => {
                    __appos_support::to_json::<()>(touch().await?)
                }
                _ => ::core::result::Result::Err(__appos_in.into_error()),
            }
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
    impl __appos_support::Object for touch {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

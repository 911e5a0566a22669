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
    static __APPOS_RULE: ::appos::codegen_support::RuleDescriptor = ::appos::codegen_support::RuleDescriptor {
        parameters: &[],
        returns: "()",
        cache: ::core::option::Option::None,
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            #[allow(unused_mut)]
            let mut __appos_in = ::appos::codegen_support::ArgumentReader::new(
                __appos_json,
                __APPOS_RULE.parameters,
            )?;
            match () {
                () if __appos_in.is_ok() => {
                    ::appos::codegen_support::to_json::<()>(touch().await?)
                }
                _ => ::core::result::Result::Err(__appos_in.into_error()),
            }
        }),
    };
    static __APPOS_OBJECT: ::appos::codegen_support::ObjectDescriptor = ::appos::codegen_support::ObjectDescriptor {
        reference: "crm.rules.touch",
        kind: ::appos::codegen_support::ObjectKind::Rule,
        app: "crm",
        name: "touch",
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
    impl ::appos::codegen_support::Object for touch {
        fn object() -> &'static ::appos::codegen_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

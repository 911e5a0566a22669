#[allow(unused_imports)]
use ::appos::prelude::*;
#[allow(unused_imports)]
use crate::__appos_scope::*;
/**Adds tax

The rule `crm.rules.gross`.*/
#[deprecated]
pub fn gross(
    net: f64,
) -> impl ::core::future::Future<
    Output = ::appos::codegen_support::Result<f64>,
> + ::core::marker::Send {
    #[expect(clippy::float_arithmetic)]
    #[allow(
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::unused_async
    )]
    fn __appos_body(
        #[allow(unused_variables)]
        ctx: ::appos::codegen_support::Ctx,
        _pass: ::appos::codegen_support::Pass,
        net: f64,
    ) -> f64 {
        net * 1.18
    }
    ::appos::codegen_support::dispatch::<
        f64,
        _,
        _,
    >(
        <gross as ::appos::codegen_support::Object>::object(),
        ::appos::codegen_support::LoggedArguments::begin()
            .argument::<f64>("net", &net)
            .finish(),
        move |ctx, pass| async move {
            ::appos::codegen_support::Result::<f64>::Ok(__appos_body(ctx, pass, net))
        },
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct gross {}
const _: () = {
    use ::appos::codegen_support as __appos_support;
    static __APPOS_RULE: __appos_support::RuleDescriptor = __appos_support::RuleDescriptor {
        parameters: &[
            __appos_support::Parameter {
                name: "net",
                type_name: "f64",
            },
        ],
        returns: "f64",
        cache: ::core::option::Option::None,
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            #[allow(unused_mut)]
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_RULE.parameters,
            )?;
            let __appos_0 = __appos_in.take::<f64>("net");
            match (__appos_0,) {
                (::core::option::Option::Some(__appos_0),) if __appos_in.is_ok() => {
                    __appos_support::to_json::<f64>(gross(__appos_0).await?)
                }
                _ => ::core::result::Result::Err(__appos_in.into_error()),
            }
        }),
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.rules.gross",
        kind: __appos_support::ObjectKind::Rule,
        app: "crm",
        name: "gross",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "Adds tax",
        permissions: __appos_support::PermissionLists {
            ..__appos_support::PermissionLists::NONE
        },
        public_access: true,
        timeout: ::core::option::Option::None,
        detail: __appos_support::ObjectDetail::Rule(&__APPOS_RULE),
        slot: __appos_support::Slot::new(),
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    #[automatically_derived]
    impl __appos_support::Object for gross {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

#[allow(unused_imports)]
use crate::__appos_scope::*;
/**Adds tax

The rule `crm.rules.gross`.*/
#[deprecated]
pub fn gross(
    net: f64,
) -> impl ::core::future::Future<
    Output = __appos_support::Result<f64>,
> + ::core::marker::Send {
    #[expect(clippy::float_arithmetic)]
    #[allow(
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::unused_async
    )]
    fn __appos_body(
        #[allow(unused_variables)]
        ctx: __appos_support::Ctx,
        _pass: __appos_support::Pass,
        net: f64,
    ) -> f64 {
        net * 1.18
    }
    __appos_support::dispatch::<
        f64,
        _,
        _,
    >(
        <gross as __appos_support::Object>::object(),
        __appos_support::LoggedArguments::begin().argument::<f64>("net", &net).finish(),
        move |ctx, pass| async move {
            __appos_support::Result::<f64>::Ok(__appos_body(ctx, pass, net))
        },
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct gross {}
const _: () = {
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
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_RULE.parameters,
            )?;
            let __appos_0 = __appos_in.take::<f64>("net");
            __appos_in.finish()?;
            __appos_support::to_json::<f64>(gross(__appos_0?).await?)
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
        permissions: __appos_support::PermissionLists::NONE,
        public_access: true,
        detail: __appos_support::ObjectDetail::Rule(&__APPOS_RULE),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for gross {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

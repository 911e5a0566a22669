#[allow(unused_imports)]
use crate::__appos_scope::*;
///The step `crm.steps.double`.
#[allow(clippy::needless_pass_by_value, clippy::too_many_arguments)]
#[deprecated(note = "appos:crm.steps.double:call")]
pub fn double(number: i64) -> __appos_support::StepCall<i64> {
    __appos_support::StepCall::<
        i64,
    >::new(
        <double as __appos_support::Object>::object(),
        __appos_support::Given::begin().argument::<i64>("number", &number).finish(),
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
#[deprecated(note = "appos:crm.steps.double:reference")]
pub struct double {}
const _: () = {
    const _: () = __appos_support::kept_answer::<i64>();
    static __APPOS_STEP: __appos_support::StepDescriptor = __appos_support::StepDescriptor {
        parameters: &[
            __appos_support::Parameter {
                name: "number",
                type_name: "i64",
            },
        ],
        returns: "i64",
        retries: ::core::option::Option::None,
        backoff: ::core::option::Option::None,
        compensate: ::core::option::Option::None,
        run: |__appos_json| ::std::boxed::Box::pin(async move {
            #[allow(
                clippy::needless_pass_by_value,
                clippy::too_many_arguments,
                clippy::unused_async
            )]
            fn __appos_body(
                #[allow(unused_variables)]
                ctx: __appos_support::Ctx,
                _pass: __appos_support::Pass,
                number: i64,
            ) -> i64 {
                number * 2
            }
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_STEP.parameters,
            )?;
            let __appos_0 = __appos_in.take::<i64>("number");
            __appos_in.finish()?;
            let number = __appos_0?;
            __appos_support::to_json::<
                i64,
            >(
                __appos_support::dispatch_step::<
                    i64,
                    _,
                    _,
                >(
                        &__APPOS_OBJECT,
                        __appos_support::LoggedArguments::begin()
                            .argument::<i64>("number", &number)
                            .finish(),
                        move |ctx, pass| async move {
                            __appos_support::Result::<
                                i64,
                            >::Ok(__appos_body(ctx, pass, number))
                        },
                    )
                    .await?,
            )
        }),
    };
    impl __appos_support::StepObject for double {
        const APP: &'static str = "crm";
    }
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.steps.double",
        kind: __appos_support::ObjectKind::Step,
        app: "crm",
        name: "double",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "",
        permissions: __appos_support::PermissionLists::NONE,
        detail: __appos_support::ObjectDetail::Step(&__APPOS_STEP),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for double {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            loop {}
        }
    }
};

#[allow(unused_imports)]
use crate::__appos_scope::*;
///The process `crm.processes.onboard_customer`.
#[allow(clippy::needless_pass_by_value, clippy::too_many_arguments)]
#[deprecated(note = "appos:crm.processes.onboard_customer:call")]
pub fn onboard_customer(customer_id: Id<Customer>) -> __appos_support::ProcessCall<()> {
    __appos_support::ProcessCall::<
        (),
    >::new(
        <onboard_customer as __appos_support::Object>::object(),
        __appos_support::Given::begin()
            .argument::<Id<Customer>>("customer_id", &customer_id)
            .finish(),
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
#[deprecated(note = "appos:crm.processes.onboard_customer:reference")]
pub struct onboard_customer {}
const _: () = {
    const _: () = __appos_support::kept_answer::<()>();
    #[allow(unused_imports)]
    use __appos_support::UnknownInput as _;
    static __APPOS_PROCESS: __appos_support::ProcessDescriptor = __appos_support::ProcessDescriptor {
        parameters: &[
            __appos_support::Parameter {
                name: "customer_id",
                type_name: "Id<Customer>",
            },
        ],
        inputs: &[__appos_support::InputOf::<Id<Customer>>::INPUT],
        returns: "()",
        display_name: ::core::option::Option::None,
        search: &[],
        version: 1u32,
        earlier_of: ::core::option::Option::None,
        deadline: ::core::option::Option::None,
        start: |__appos_json, __appos_key| ::std::boxed::Box::pin(async move {
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_PROCESS.parameters,
            )?;
            let __appos_0 = __appos_in.take::<Id<Customer>>("customer_id");
            __appos_in.finish()?;
            __appos_support::start_process::<
                (),
            >(onboard_customer(__appos_0?), __appos_key)
                .await
        }),
        schedules: &[],
        triggers: &[],
        run_as: ::core::option::Option::None,
        shape: &["run other"],
        run: |__appos_json| ::std::boxed::Box::pin(async move {
            #[allow(
                clippy::needless_pass_by_value,
                clippy::too_many_arguments,
                clippy::unused_async
            )]
            async fn __appos_body(
                #[allow(unused_variables)]
                ctx: __appos_support::Ctx,
                _pass: __appos_support::Pass,
                customer_id: Id<Customer>,
            ) {
                let _ = processes::other(customer_id).run().await;
            }
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_PROCESS.parameters,
            )?;
            let __appos_0 = __appos_in.take::<Id<Customer>>("customer_id");
            __appos_in.finish()?;
            let customer_id = __appos_0?;
            __appos_support::to_json::<
                (),
            >(
                __appos_support::dispatch_process::<
                    (),
                    _,
                    _,
                >(
                        &__APPOS_OBJECT,
                        __appos_support::LoggedArguments::begin()
                            .argument::<Id<Customer>>("customer_id", &customer_id)
                            .finish(),
                        move |ctx, pass| async move {
                            __appos_support::Result::<
                                (),
                            >::Ok(__appos_body(ctx, pass, customer_id).await)
                        },
                    )
                    .await?,
            )
        }),
    };
    impl __appos_support::ProcessObject for onboard_customer {
        const APP: &'static str = "crm";
        const VERSION: u32 = 1u32;
        const IS_EARLIER: bool = false;
    }
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.processes.onboard_customer",
        kind: __appos_support::ObjectKind::Process,
        app: "crm",
        name: "onboard_customer",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "",
        permissions: __appos_support::PermissionLists {
            use_: ::core::option::Option::Some(&["crm_users"]),
            ..__appos_support::PermissionLists::NONE
        },
        detail: __appos_support::ObjectDetail::Process(&__APPOS_PROCESS),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for onboard_customer {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            loop {}
        }
    }
};

#[allow(unused_imports)]
use crate::__appos_scope::*;
///The process `crm.processes.onboard_customer_1`.
#[cfg(feature = "old")]
#[allow(clippy::needless_pass_by_value, clippy::too_many_arguments)]
pub fn onboard_customer_1() -> __appos_support::ProcessCall<()> {
    __appos_support::ProcessCall::<
        (),
    >::new(
        <onboard_customer_1 as __appos_support::Object>::object(),
        __appos_support::Given::begin().finish(),
    )
}
#[cfg(feature = "old")]
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct onboard_customer_1 {}
#[cfg(feature = "old")]
const _: () = {
    const _: () = __appos_support::kept_answer::<()>();
    static __APPOS_PROCESS: __appos_support::ProcessDescriptor = __appos_support::ProcessDescriptor {
        parameters: &[],
        inputs: &[],
        returns: "()",
        display_name: ::core::option::Option::None,
        search: &[],
        version: 1u32,
        earlier_of: ::core::option::Option::Some(
            __appos_support::newer_process::<processes::onboard_customer>("crm", 1u32),
        ),
        deadline: ::core::option::Option::None,
        start: |__appos_json, __appos_key| ::std::boxed::Box::pin(async move {
            let __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_PROCESS.parameters,
            )?;
            __appos_in.finish()?;
            __appos_support::start_process::<()>(onboard_customer_1(), __appos_key).await
        }),
        schedules: &[],
        triggers: &[],
        run_as: ::core::option::Option::None,
        shape: &["step create_account"],
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
            ) -> Result<()> {
                step(steps::create_account()).await
            }
            let __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_PROCESS.parameters,
            )?;
            __appos_in.finish()?;
            __appos_support::to_json::<
                (),
            >(
                __appos_support::dispatch_process::<
                    (),
                    _,
                    _,
                >(
                        &__APPOS_OBJECT,
                        __appos_support::LoggedArguments::none(),
                        move |ctx, pass| __appos_body(ctx, pass),
                    )
                    .await?,
            )
        }),
    };
    impl __appos_support::ProcessObject for onboard_customer_1 {
        const APP: &'static str = "crm";
        const VERSION: u32 = 1u32;
        const IS_EARLIER: bool = true;
    }
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.processes.onboard_customer_1",
        kind: __appos_support::ObjectKind::Process,
        app: "crm",
        name: "onboard_customer_1",
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
    impl __appos_support::Object for onboard_customer_1 {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

#[allow(unused_imports)]
use crate::__appos_scope::*;
/// Sets a new customer up.
#[allow(clippy::needless_pass_by_value, clippy::too_many_arguments)]
pub fn onboard_customer(
    customer_id: Id<Customer>,
    note: String,
    api_key: String,
) -> __appos_support::ProcessCall<AccountId> {
    __appos_support::ProcessCall::<
        AccountId,
    >::new(
        <onboard_customer as __appos_support::Object>::object(),
        __appos_support::Given::begin()
            .argument::<Id<Customer>>("customer_id", &customer_id)
            .sensitive::<String>("note", &note)
            .sensitive::<String>("api_key", &api_key)
            .finish(),
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct onboard_customer {}
const _: () = {
    const _: () = __appos_support::kept_answer::<AccountId>();
    #[allow(unused_imports)]
    use __appos_support::UnknownInput as _;
    static __APPOS_PROCESS: __appos_support::ProcessDescriptor = __appos_support::ProcessDescriptor {
        parameters: &[
            __appos_support::Parameter {
                name: "customer_id",
                type_name: "Id<Customer>",
            },
            __appos_support::Parameter {
                name: "note",
                type_name: "String",
            },
            __appos_support::Parameter {
                name: "api_key",
                type_name: "String",
            },
        ],
        inputs: &[
            __appos_support::InputOf::<Id<Customer>>::INPUT,
            __appos_support::InputOf::<String>::INPUT.hidden(),
            __appos_support::InputOf::<String>::INPUT.hidden(),
        ],
        returns: "AccountId",
        display_name: ::core::option::Option::Some("Onboarding of {customer_id}"),
        search: &[
            {
                __appos_support::searched::<Id<Customer>>();
                "customer_id"
            },
        ],
        version: 1u32,
        earlier_of: ::core::option::Option::None,
        deadline: ::core::option::Option::Some(
            ::core::time::Duration::from_millis(2592000000u64),
        ),
        start: |__appos_json, __appos_key| ::std::boxed::Box::pin(async move {
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_PROCESS.parameters,
            )?;
            let __appos_0 = __appos_in.take::<Id<Customer>>("customer_id");
            let __appos_1 = __appos_in.take::<String>("note");
            let __appos_2 = __appos_in.take::<String>("api_key");
            __appos_in.finish()?;
            __appos_support::start_process::<
                AccountId,
            >(onboard_customer(__appos_0?, __appos_1?, __appos_2?), __appos_key)
                .await
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
                customer_id: Id<Customer>,
                mut note: String,
                api_key: String,
            ) -> Result<AccountId> {
                let account = step(steps::create_account(customer_id)).await?;
                note.push('.');
                Ok(account)
            }
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_PROCESS.parameters,
            )?;
            let __appos_0 = __appos_in.take::<Id<Customer>>("customer_id");
            let __appos_1 = __appos_in.take::<String>("note");
            let __appos_2 = __appos_in.take::<String>("api_key");
            __appos_in.finish()?;
            let customer_id = __appos_0?;
            let note = __appos_1?;
            let api_key = __appos_2?;
            __appos_support::to_json::<
                AccountId,
            >(
                __appos_support::dispatch_process::<
                    AccountId,
                    _,
                    _,
                >(
                        &__APPOS_OBJECT,
                        __appos_support::LoggedArguments::begin()
                            .argument::<Id<Customer>>("customer_id", &customer_id)
                            .redacted("note")
                            .redacted("api_key")
                            .finish(),
                        move |ctx, pass| __appos_body(
                            ctx,
                            pass,
                            customer_id,
                            note,
                            api_key,
                        ),
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
        description: "Sets a new customer up.",
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
            &__APPOS_OBJECT
        }
    }
};

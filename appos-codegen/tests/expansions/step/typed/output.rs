#[allow(unused_imports)]
use crate::__appos_scope::*;
///The step `crm.steps.create_account`.
#[allow(clippy::needless_pass_by_value, clippy::too_many_arguments)]
pub fn create_account(
    customer_id: Id<Customer>,
    token: String,
) -> __appos_support::StepCall<AccountId> {
    __appos_support::StepCall::<
        AccountId,
    >::new(
        <create_account as __appos_support::Object>::object(),
        __appos_support::Given::begin()
            .argument::<Id<Customer>>("customer_id", &customer_id)
            .sensitive::<String>("token", &token)
            .finish(),
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct create_account {}
const _: () = {
    const _: () = __appos_support::kept_answer::<AccountId>();
    #[allow(dead_code, clippy::too_many_arguments)]
    fn __appos_compensate(__appos_0: Id<Customer>, __appos_1: String) {
        let _ = steps::close_account(__appos_0, __appos_1);
    }
    static __APPOS_STEP: __appos_support::StepDescriptor = __appos_support::StepDescriptor {
        parameters: &[
            __appos_support::Parameter {
                name: "customer_id",
                type_name: "Id<Customer>",
            },
            __appos_support::Parameter {
                name: "token",
                type_name: "String",
            },
        ],
        returns: "AccountId",
        retries: ::core::option::Option::Some(3u32),
        backoff: ::core::option::Option::Some(
            ::core::time::Duration::from_millis(1000u64),
        ),
        compensate: ::core::option::Option::Some(
            __appos_support::undoing_step::<steps::close_account>("crm"),
        ),
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
                token: String,
            ) -> Result<AccountId> {
                rules::account(customer_id, ctx.user.id).await
            }
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_STEP.parameters,
            )?;
            let __appos_0 = __appos_in.take::<Id<Customer>>("customer_id");
            let __appos_1 = __appos_in.take::<String>("token");
            __appos_in.finish()?;
            let customer_id = __appos_0?;
            let token = __appos_1?;
            __appos_support::to_json::<
                AccountId,
            >(
                __appos_support::dispatch_step::<
                    AccountId,
                    _,
                    _,
                >(
                        &__APPOS_OBJECT,
                        __appos_support::LoggedArguments::begin()
                            .argument::<Id<Customer>>("customer_id", &customer_id)
                            .redacted("token")
                            .finish(),
                        move |ctx, pass| __appos_body(ctx, pass, customer_id, token),
                    )
                    .await?,
            )
        }),
    };
    impl __appos_support::StepObject for create_account {
        const APP: &'static str = "crm";
    }
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.steps.create_account",
        kind: __appos_support::ObjectKind::Step,
        app: "crm",
        name: "create_account",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "",
        permissions: __appos_support::PermissionLists::NONE,
        timeout: ::core::option::Option::Some(
            ::core::time::Duration::from_millis(30000u64),
        ),
        detail: __appos_support::ObjectDetail::Step(&__APPOS_STEP),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for create_account {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

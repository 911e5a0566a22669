#[allow(unused_imports)]
use crate::__appos_scope::*;
/// Charges a card.
pub fn create_charge(
    charge: NewCharge,
) -> impl ::core::future::Future<
    Output = __appos_support::Result<Charge>,
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
        charge: NewCharge,
    ) -> __appos_support::Call<Charge> {
        #[allow(unused_imports)]
        use __appos_support::requests::*;
        post("/charges").json(&charge)
    }
    __appos_support::dispatch_integration::<
        Charge,
        _,
    >(
        <create_charge as __appos_support::Object>::object(),
        __appos_support::LoggedArguments::begin()
            .argument::<NewCharge>("charge", &charge)
            .finish(),
        move |ctx, pass| __appos_support::Result::Ok(__appos_body(ctx, pass, charge)),
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct create_charge {}
const _: () = {
    static __APPOS_INTEGRATION: __appos_support::IntegrationDescriptor = __appos_support::IntegrationDescriptor {
        parameters: &[
            __appos_support::Parameter {
                name: "charge",
                type_name: "NewCharge",
            },
        ],
        returns: "Charge",
        system: __appos_support::system_object::<connected_systems::payments>,
        retries: 3u32,
        attempt_timeout: ::core::option::Option::Some(
            ::core::time::Duration::from_millis(5000u64),
        ),
        rate_limit: ::core::option::Option::None,
        max_response: ::core::option::Option::None,
        log_payload: true,
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_INTEGRATION.parameters,
            )?;
            let __appos_0 = __appos_in.take::<NewCharge>("charge");
            __appos_in.finish()?;
            __appos_support::to_json::<Charge>(create_charge(__appos_0?).await?)
        }),
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.integrations.create_charge",
        kind: __appos_support::ObjectKind::Integration,
        app: "crm",
        name: "create_charge",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "Charges a card.",
        permissions: __appos_support::PermissionLists {
            use_: ::core::option::Option::Some(&["crm_users"]),
            ..__appos_support::PermissionLists::NONE
        },
        timeout: ::core::option::Option::Some(
            ::core::time::Duration::from_millis(30000u64),
        ),
        detail: __appos_support::ObjectDetail::Integration(&__APPOS_INTEGRATION),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for create_charge {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

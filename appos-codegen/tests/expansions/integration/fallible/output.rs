#[allow(unused_imports)]
use crate::__appos_scope::*;
///The integration `crm.integrations.find_charge`.
pub fn find_charge(
    id: String,
) -> impl ::core::future::Future<
    Output = __appos_support::Result<Option<Charge>>,
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
        id: String,
    ) -> Result<__appos_support::Call<Option<Charge>>> {
        #[allow(unused_imports)]
        use __appos_support::requests::*;
        Ok(get("/charges/{id}").path("id", id).default_on(404))
    }
    __appos_support::dispatch_integration::<
        Option<Charge>,
        _,
    >(
        <find_charge as __appos_support::Object>::object(),
        __appos_support::LoggedArguments::none(),
        move |ctx, pass| __appos_body(ctx, pass, id),
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct find_charge {}
const _: () = {
    static __APPOS_INTEGRATION: __appos_support::IntegrationDescriptor = __appos_support::IntegrationDescriptor {
        parameters: &[
            __appos_support::Parameter {
                name: "id",
                type_name: "String",
            },
        ],
        returns: "Option<Charge>",
        system: __appos_support::system_object::<billing::connected_systems::payments>,
        retries: 0u32,
        attempt_timeout: ::core::option::Option::None,
        rate_limit: ::core::option::Option::Some((
            5u32,
            ::core::time::Duration::from_millis(1000u64),
        )),
        max_response: ::core::option::Option::Some(1024u64),
        log_payload: false,
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_INTEGRATION.parameters,
            )?;
            let __appos_0 = __appos_in.take::<String>("id");
            __appos_in.finish()?;
            __appos_support::to_json::<Option<Charge>>(find_charge(__appos_0?).await?)
        }),
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.integrations.find_charge",
        kind: __appos_support::ObjectKind::Integration,
        app: "crm",
        name: "find_charge",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "",
        permissions: __appos_support::PermissionLists {
            use_: ::core::option::Option::Some(&["crm_users"]),
            ..__appos_support::PermissionLists::NONE
        },
        detail: __appos_support::ObjectDetail::Integration(&__APPOS_INTEGRATION),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for find_charge {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

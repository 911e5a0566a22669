#[allow(unused_imports)]
use crate::__appos_scope::*;
/// Lifetime value of a customer.
pub fn customer_ltv(
    customer_id: Id<Customer>,
    note: String,
    api_key: String,
) -> impl ::core::future::Future<
    Output = __appos_support::Result<Decimal>,
> + ::core::marker::Send {
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
    ) -> Result<Decimal> {
        let orders = records::Order::query().customer(customer_id).all().await?;
        Ok(orders.iter().map(|order| order.total).sum())
    }
    __appos_support::dispatch_cached::<
        Decimal,
        _,
        _,
    >(
        <customer_ltv as __appos_support::Object>::object(),
        ::core::time::Duration::from_millis(60000u64),
        __appos_support::cache_key(&(&customer_id, &note, &api_key)),
        __appos_support::LoggedArguments::begin()
            .argument::<Id<Customer>>("customer_id", &customer_id)
            .redacted("note")
            .redacted("api_key")
            .finish(),
        move |ctx, pass| __appos_body(ctx, pass, customer_id, note, api_key),
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct customer_ltv {}
const _: () = {
    static __APPOS_RULE: __appos_support::RuleDescriptor = __appos_support::RuleDescriptor {
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
        returns: "Decimal",
        cache: ::core::option::Option::Some(
            ::core::time::Duration::from_millis(60000u64),
        ),
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_RULE.parameters,
            )?;
            let __appos_0 = __appos_in.take::<Id<Customer>>("customer_id");
            let __appos_1 = __appos_in.take::<String>("note");
            let __appos_2 = __appos_in.take::<String>("api_key");
            __appos_in.finish()?;
            __appos_support::to_json::<
                Decimal,
            >(customer_ltv(__appos_0?, __appos_1?, __appos_2?).await?)
        }),
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.rules.customer_ltv",
        kind: __appos_support::ObjectKind::Rule,
        app: "crm",
        name: "customer_ltv",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "Lifetime value of a customer.",
        permissions: __appos_support::PermissionLists {
            use_: ::core::option::Option::Some(&["crm_users"]),
            ..__appos_support::PermissionLists::NONE
        },
        timeout: ::core::option::Option::Some(
            ::core::time::Duration::from_millis(5000u64),
        ),
        detail: __appos_support::ObjectDetail::Rule(&__APPOS_RULE),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for customer_ltv {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

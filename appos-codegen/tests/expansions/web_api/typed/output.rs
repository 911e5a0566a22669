#[allow(unused_imports)]
use crate::__appos_scope::*;
/// Adds a note to an order.
/**
Served at `POST /api/crm/v2/orders/{order}/notes`.*/
pub fn add_note(
    order: Id<Order>,
    query: __appos_support::http::Query<Asked>,
    body: __appos_support::http::Json<Vec<String>>,
) -> impl ::core::future::Future<
    Output = __appos_support::Result<usize>,
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
        order: Id<Order>,
        query: __appos_support::http::Query<Asked>,
        mut body: __appos_support::http::Json<Vec<String>>,
    ) -> Result<usize> {
        body.0.push(order.to_string());
        Ok(body.0.len())
    }
    __appos_support::dispatch::<
        usize,
        _,
        _,
    >(
        <add_note as __appos_support::Object>::object(),
        __appos_support::LoggedArguments::begin()
            .argument::<Id<Order>>("order", &order)
            .finish(),
        move |ctx, pass| __appos_body(ctx, pass, order, query, body),
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct add_note {}
const _: () = {
    static __APPOS_ENTRY: __appos_support::WebApiEntry = __appos_support::WebApiEntry {
        inputs: &[
            __appos_support::InputEntry {
                name: "order",
                kind: __appos_support::InputKind::Path,
                shape: __appos_support::shape_of::<Id<Order>>,
            },
            __appos_support::InputEntry {
                name: "query",
                kind: <__appos_support::http::Query<
                    Asked,
                > as __appos_support::http::Input>::KIND,
                shape: <__appos_support::http::Query<
                    Asked,
                > as __appos_support::http::Input>::shape,
            },
            __appos_support::InputEntry {
                name: "body",
                kind: <__appos_support::http::Json<
                    Vec<String>,
                > as __appos_support::http::Input>::KIND,
                shape: <__appos_support::http::Json<
                    Vec<String>,
                > as __appos_support::http::Input>::shape,
            },
        ],
        answer: __appos_support::answer_form::<usize>,
        answer_shape: || {
            #[allow(unused_imports)]
            use __appos_support::{HidesShape as _, TellsShape as _};
            (&__appos_support::AnswerOf::<usize>::TYPE).shape()
        },
        serve: |__appos_received| ::std::boxed::Box::pin(async move {
            let mut __appos_in = __appos_support::InputReader::new(__appos_received);
            let __appos_0 = __appos_in.path::<Id<Order>>("order");
            let __appos_1 = __appos_in
                .take::<__appos_support::http::Query<Asked>>("query");
            let __appos_2 = __appos_in
                .take::<__appos_support::http::Json<Vec<String>>>("body");
            __appos_in.finish()?;
            __appos_support::web_answer::<
                usize,
            >(add_note(__appos_0?, __appos_1?, __appos_2?).await?)
        }),
    };
    static __APPOS_WEB_API: __appos_support::WebApiDescriptor = __appos_support::WebApiDescriptor {
        method: "POST",
        path: "/orders/{order}/notes",
        version: 2u32,
        auth: __appos_support::WebApiAuth::ServiceAccount,
        parameters: &[
            __appos_support::Parameter {
                name: "order",
                type_name: "Id<Order>",
            },
            __appos_support::Parameter {
                name: "query",
                type_name: "Query<Asked>",
            },
            __appos_support::Parameter {
                name: "body",
                type_name: "Json<Vec<String>>",
            },
        ],
        returns: "usize",
        rate_limit: ::core::option::Option::Some(__appos_support::RateLimit {
            calls: 100u32,
            per: ::core::time::Duration::from_millis(60000u64),
        }),
        max_body: ::core::option::Option::Some(65536usize),
        cors: &["https://shop.example"],
        signature: ::core::option::Option::Some(__appos_support::WebhookSignature {
            secret: "PARTNER",
            style: __appos_support::SignatureStyle::Github,
            header: "X-Hub-Signature-256",
            timestamp: ::core::option::Option::None,
            tolerance: ::core::time::Duration::from_millis(300_000u64),
        }),
        example: "[]",
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_WEB_API.parameters,
            )?;
            let __appos_0 = __appos_in.take::<Id<Order>>("order");
            let __appos_1 = __appos_in
                .take::<__appos_support::http::Query<Asked>>("query");
            let __appos_2 = __appos_in
                .take::<__appos_support::http::Json<Vec<String>>>("body");
            __appos_in.finish()?;
            __appos_support::to_json::<
                usize,
            >(add_note(__appos_0?, __appos_1?, __appos_2?).await?)
        }),
        entry: &__APPOS_ENTRY,
        ..__appos_support::WebApiDescriptor::NONE
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.web_apis.add_note",
        kind: __appos_support::ObjectKind::WebApi,
        app: "crm",
        name: "add_note",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "Adds a note to an order.",
        permissions: __appos_support::PermissionLists {
            use_: ::core::option::Option::Some(&["crm_users"]),
            ..__appos_support::PermissionLists::NONE
        },
        detail: __appos_support::ObjectDetail::WebApi(&__APPOS_WEB_API),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for add_note {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

#[allow(unused_imports)]
use crate::__appos_scope::*;
///The web API `crm.web_apis.programme`.
/**
Served at `GET /api/crm/v1/programme`.*/
#[deprecated(note = "appos:crm.web_apis.programme:call")]
pub fn programme() -> impl ::core::future::Future<
    Output = __appos_support::Result<Programme>,
> + ::core::marker::Send {
    #[allow(
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::unused_async
    )]
    #[deprecated(note = "appos")]
    fn __appos_body(
        #[allow(unused_variables)]
        ctx: __appos_support::Ctx,
        _pass: __appos_support::Pass,
    ) -> Programme {
        Programme::new()
    }
    __appos_support::dispatch::<
        Programme,
        _,
        _,
    >(
        <programme as __appos_support::Object>::object(),
        __appos_support::LoggedArguments::none(),
        move |ctx, pass| async move {
            __appos_support::Result::<Programme>::Ok(__appos_body(ctx, pass))
        },
    )
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
#[deprecated(note = "appos:crm.web_apis.programme:reference")]
pub struct programme {}
const _: () = {
    static __APPOS_ENTRY: __appos_support::WebApiEntry = __appos_support::WebApiEntry {
        inputs: &[],
        answer: __appos_support::answer_form::<Programme>,
        answer_shape: || {
            #[allow(unused_imports)]
            use __appos_support::{HidesShape as _, TellsShape as _};
            (&__appos_support::AnswerOf::<Programme>::TYPE).shape()
        },
        serve: |__appos_received| ::std::boxed::Box::pin(async move {
            let __appos_in = __appos_support::InputReader::new(__appos_received);
            __appos_in.finish()?;
            __appos_support::web_answer::<Programme>(programme().await?)
        }),
    };
    static __APPOS_WEB_API: __appos_support::WebApiDescriptor = __appos_support::WebApiDescriptor {
        method: "GET",
        path: "/programme",
        version: 1u32,
        auth: __appos_support::WebApiAuth::Public,
        parameters: &[],
        returns: "Programme",
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            let __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_WEB_API.parameters,
            )?;
            __appos_in.finish()?;
            __appos_support::to_json::<Programme>(programme().await?)
        }),
        entry: &__APPOS_ENTRY,
        ..__appos_support::WebApiDescriptor::NONE
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.web_apis.programme",
        kind: __appos_support::ObjectKind::WebApi,
        app: "crm",
        name: "programme",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "",
        permissions: __appos_support::PermissionLists::NONE,
        public_access: true,
        detail: __appos_support::ObjectDetail::WebApi(&__APPOS_WEB_API),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for programme {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            loop {}
        }
    }
};

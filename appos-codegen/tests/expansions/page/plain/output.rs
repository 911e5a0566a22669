#[allow(unused_imports)]
use crate::__appos_scope::*;
/// Where the app begins.
/**
Answers its address, to be used as `href`: `/crm/home`.*/
#[allow(clippy::too_many_arguments)]
#[must_use]
pub fn home() -> __appos_support::Link {
    __appos_support::Link::to(<home as __appos_support::Object>::object())
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct home {}
impl __appos_support::PageObject for home {}
const _: () = {
    fn __appos_render(
        __appos_given: &__appos_support::PageArguments,
    ) -> __appos_support::Result<__appos_support::Element> {
        #[allow(
            clippy::needless_pass_by_value,
            clippy::too_many_arguments,
            clippy::too_many_lines
        )]
        fn __appos_body(
            #[allow(unused_variables)]
            ctx: __appos_support::Ctx,
            _pass: __appos_support::Pass,
        ) -> Element {
            rsx! {
                p { "{ctx.user.name}" }
            }
        }
        let __appos_in = __appos_support::AddressReader::new(
            <home as __appos_support::Object>::object(),
            __appos_given,
        );
        __appos_in.finish()?;
        let __appos_logged = __appos_support::LoggedArguments::none();
        __appos_support::render_page(
            <home as __appos_support::Object>::object(),
            __appos_given,
            __appos_logged,
            move |ctx, pass| __appos_body(ctx, pass),
        )
    }
    static __APPOS_PAGE: __appos_support::PageDescriptor = __appos_support::PageDescriptor {
        route: "/home",
        title: "Home",
        parameters: &[],
        overrides: false,
        entry: &__appos_support::PageEntry {
            render: __appos_render,
        },
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.pages.home",
        kind: __appos_support::ObjectKind::Page,
        app: "crm",
        name: "home",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "Where the app begins.",
        permissions: __appos_support::PermissionLists::NONE,
        detail: __appos_support::ObjectDetail::Page(&__APPOS_PAGE),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for home {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

#[allow(unused_imports)]
use crate::__appos_scope::*;
///The page `crm.pages.home`.
/**
Answers its address, to be used as `href`: `/crm/home`.*/
#[allow(clippy::too_many_arguments)]
#[must_use]
#[deprecated(note = "appos:crm.pages.home:call")]
pub fn home() -> HomeLink {
    HomeLink(__appos_support::Link::to(<home as __appos_support::Object>::object()))
}
///A link to the page `crm.pages.home`.
#[derive(
    ::core::clone::Clone,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
    ::core::fmt::Debug
)]
#[deprecated(note = "appos:crm.pages.home:reference")]
pub struct HomeLink(__appos_support::Link);
#[allow(clippy::should_implement_trait)]
impl HomeLink {
    ///With the query parameter `page`.
    #[must_use]
    pub fn page(self, page: u32) -> Self {
        Self(self.0.with::<u32>("page", page))
    }
}
const _: () = {
    impl ::core::fmt::Display for HomeLink {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            loop {}
        }
    }
    impl __appos_support::IntoAttributeValue for HomeLink {
        fn into_value(self) -> __appos_support::AttributeValue {
            loop {}
        }
    }
    impl ::core::convert::From<HomeLink> for __appos_support::Link {
        fn from(link: HomeLink) -> Self {
            loop {}
        }
    }
};
#[doc(hidden)]
#[allow(non_camel_case_types)]
#[deprecated(note = "appos:crm.pages.home:reference")]
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
            page: Option<u32>,
        ) -> Element {
            rsx! {
                p { "{page:?}" }
            }
        }
        let mut __appos_in = __appos_support::AddressReader::new(
            <home as __appos_support::Object>::object(),
            __appos_given,
        );
        let page = __appos_support::read_parameter::<
            Option<u32>,
        >(&mut __appos_in, "page");
        __appos_in.finish()?;
        let page = page?;
        let __appos_logged = __appos_support::LoggedArguments::begin()
            .argument::<Option<u32>>("page", &page)
            .finish();
        __appos_support::render_page(
            <home as __appos_support::Object>::object(),
            __appos_given,
            __appos_logged,
            move |ctx, pass| __appos_body(ctx, pass, page),
        )
    }
    static __APPOS_PAGE: __appos_support::PageDescriptor = __appos_support::PageDescriptor {
        route: "/home",
        title: "Home",
        parameters: &[
            __appos_support::PageParameter {
                parameter: __appos_support::Parameter {
                    name: "page",
                    type_name: "Option<u32>",
                },
                in_path: false,
                required: false,
            },
        ],
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
        description: "",
        permissions: __appos_support::PermissionLists::NONE,
        detail: __appos_support::ObjectDetail::Page(&__APPOS_PAGE),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for home {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            loop {}
        }
    }
};

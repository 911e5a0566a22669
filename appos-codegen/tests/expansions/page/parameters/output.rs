#[allow(unused_imports)]
use crate::__appos_scope::*;
///The page `crm.pages.report`.
/**
Answers its address, to be used as `href`: `/crm/customers/{id}/report`.*/
#[allow(clippy::too_many_arguments)]
#[must_use]
pub fn report(id: Id<Customer>, year: i32) -> ReportLink {
    ReportLink(
        __appos_support::Link::to(<report as __appos_support::Object>::object())
            .with::<Id<Customer>>("id", id)
            .with::<i32>("year", year),
    )
}
///A link to the page `crm.pages.report`.
#[derive(
    ::core::clone::Clone,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
    ::core::fmt::Debug
)]
pub struct ReportLink(__appos_support::Link);
#[allow(clippy::should_implement_trait)]
impl ReportLink {
    ///With the query parameter `from`.
    #[must_use]
    pub fn from(self, from: Date) -> Self {
        Self(self.0.with::<Date>("from", from))
    }
}
const _: () = {
    impl ::core::fmt::Display for ReportLink {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            ::core::fmt::Display::fmt(&self.0, f)
        }
    }
    impl __appos_support::IntoAttributeValue for ReportLink {
        fn into_value(self) -> __appos_support::AttributeValue {
            __appos_support::IntoAttributeValue::into_value(self.0)
        }
    }
    impl ::core::convert::From<ReportLink> for __appos_support::Link {
        fn from(link: ReportLink) -> Self {
            link.0
        }
    }
};
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct report {}
impl __appos_support::PageObject for report {}
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
            id: Id<Customer>,
            from: Option<Date>,
            year: i32,
        ) -> Element {
            rsx! {
                p { "{id} {from:?} {year}" }
            }
        }
        let mut __appos_in = __appos_support::AddressReader::new(
            <report as __appos_support::Object>::object(),
            __appos_given,
        );
        let id = __appos_support::read_parameter::<Id<Customer>>(&mut __appos_in, "id");
        let from = __appos_support::read_parameter::<
            Option<Date>,
        >(&mut __appos_in, "from");
        let year = __appos_support::read_parameter::<i32>(&mut __appos_in, "year");
        __appos_in.finish()?;
        let id = id?;
        let from = from?;
        let year = year?;
        let __appos_logged = __appos_support::LoggedArguments::begin()
            .argument::<Id<Customer>>("id", &id)
            .argument::<Option<Date>>("from", &from)
            .argument::<i32>("year", &year)
            .finish();
        __appos_support::render_page(
            <report as __appos_support::Object>::object(),
            __appos_given,
            __appos_logged,
            move |ctx, pass| __appos_body(ctx, pass, id, from, year),
        )
    }
    static __APPOS_PAGE: __appos_support::PageDescriptor = __appos_support::PageDescriptor {
        route: "/customers/{id}/report",
        title: "Report",
        parameters: &[
            __appos_support::PageParameter {
                parameter: __appos_support::Parameter {
                    name: "id",
                    type_name: "Id<Customer>",
                },
                in_path: true,
                required: true,
            },
            __appos_support::PageParameter {
                parameter: __appos_support::Parameter {
                    name: "from",
                    type_name: "Option<Date>",
                },
                in_path: false,
                required: false,
            },
            __appos_support::PageParameter {
                parameter: __appos_support::Parameter {
                    name: "year",
                    type_name: "i32",
                },
                in_path: false,
                required: true,
            },
        ],
        overrides: true,
        entry: &__appos_support::PageEntry {
            render: __appos_render,
        },
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.pages.report",
        kind: __appos_support::ObjectKind::Page,
        app: "crm",
        name: "report",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "",
        permissions: __appos_support::PermissionLists::NONE,
        public_access: true,
        detail: __appos_support::ObjectDetail::Page(&__APPOS_PAGE),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for report {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

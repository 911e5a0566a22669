#[allow(unused_imports)]
use crate::__appos_scope::*;
///The site `crm.sites.crm`.
#[allow(non_camel_case_types)]
pub struct crm {}
const _: () = {
    fn __appos_navigation() -> __appos_support::NavigationCall {
        #[allow(
            clippy::needless_pass_by_value,
            clippy::too_many_arguments,
            clippy::too_many_lines
        )]
        fn __appos_body(
            #[allow(unused_variables)]
            ctx: __appos_support::Ctx,
            _pass: __appos_support::Pass,
        ) -> Navigation {
            navigation().page("Home", "house", pages::home)
        }
        __appos_support::read_navigation(
            <crm as __appos_support::Object>::object(),
            move |ctx, pass| __appos_body(ctx, pass),
        )
    }
    static __APPOS_SITE: __appos_support::SiteDescriptor = __appos_support::SiteDescriptor {
        name: "CRM",
        default: ::core::option::Option::Some(
            __appos_support::page_object::<pages::home>,
        ),
        entry: &__appos_support::SiteEntry {
            navigation: __appos_navigation,
        },
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.sites.crm",
        kind: __appos_support::ObjectKind::Site,
        app: "crm",
        name: "crm",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "",
        permissions: __appos_support::PermissionLists {
            view: ::core::option::Option::Some(&["crm_users"]),
            ..__appos_support::PermissionLists::NONE
        },
        detail: __appos_support::ObjectDetail::Site(&__APPOS_SITE),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for crm {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};

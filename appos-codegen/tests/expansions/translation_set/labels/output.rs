#[allow(unused_imports)]
use crate::__appos_scope::*;
/// Words of the CRM.
pub fn labels() -> impl ::core::future::Future<
    Output = __appos_support::Result<__appos_support::Translations>,
> + ::core::marker::Send {
    __appos_support::dispatch_translations(<labels as __appos_support::Object>::object())
}
#[doc(hidden)]
///Stands for the translation set `labels`.
#[allow(non_camel_case_types)]
pub struct labels {}
#[doc(hidden)]
#[allow(non_camel_case_types, missing_docs)]
pub struct __appos_text_customers {}
#[doc(hidden)]
#[allow(non_camel_case_types, missing_docs)]
pub struct __appos_text_records__order {}
#[doc(hidden)]
#[allow(non_camel_case_types, missing_docs)]
pub struct __appos_text_orders {
    pub count: __appos_support::Count,
    pub name: __appos_support::Argument,
}
const _: () = {
    static __APPOS_TEXTS: &[__appos_support::TextDescriptor] = &[
        __appos_support::TextDescriptor {
            key: "customers",
            parameters: &[],
            translations: &[
                ("en", __appos_support::Wording::Plain("Customers")),
                ("fr-CA", __appos_support::Wording::Plain("Clients")),
            ],
        },
        __appos_support::TextDescriptor {
            key: "records.order",
            parameters: &[],
            translations: &[("en", __appos_support::Wording::Plain("Order"))],
        },
        __appos_support::TextDescriptor {
            key: "orders",
            parameters: &["count", "name"],
            translations: &[
                (
                    "en",
                    __appos_support::Wording::Plural(
                        &[
                            (
                                __appos_support::PluralCategory::One,
                                "{count} order of {name}",
                            ),
                            (
                                __appos_support::PluralCategory::Other,
                                "{count} orders of {name}",
                            ),
                        ],
                    ),
                ),
            ],
        },
    ];
    static __APPOS_SET: __appos_support::TranslationSetDescriptor = __appos_support::TranslationSetDescriptor {
        texts: __APPOS_TEXTS,
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            __appos_support::ArgumentReader::new(__appos_json, &[])?.finish()?;
            __appos_support::to_json(labels().await?)
        }),
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.translations.labels",
        kind: __appos_support::ObjectKind::TranslationSet,
        app: "crm",
        name: "labels",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "Words of the CRM.",
        permissions: __appos_support::PermissionLists {
            use_: ::core::option::Option::Some(&["crm_users"]),
            ..__appos_support::PermissionLists::NONE
        },
        detail: __appos_support::ObjectDetail::TranslationSet(&__APPOS_SET),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for labels {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
    impl __appos_text_customers {
        #[doc(hidden)]
        pub fn told(self) -> ::std::string::String {
            __appos_support::told(&__APPOS_TEXTS[0usize], &[])
        }
    }
    impl __appos_text_records__order {
        #[doc(hidden)]
        pub fn told(self) -> ::std::string::String {
            __appos_support::told(&__APPOS_TEXTS[1usize], &[])
        }
    }
    impl __appos_text_orders {
        #[doc(hidden)]
        pub fn told(self) -> ::std::string::String {
            __appos_support::told(
                &__APPOS_TEXTS[2usize],
                &[("count", self.count.into()), ("name", self.name.into())],
            )
        }
    }
};

#[allow(unused_imports)]
use crate::__appos_scope::*;
///The texts of the translation set `crm.translations.labels` in the caller's language.
#[deprecated(note = "appos:crm.translations.labels:call")]
pub fn labels() -> impl ::core::future::Future<
    Output = __appos_support::Result<__appos_support::Translations>,
> + ::core::marker::Send {
    __appos_support::dispatch_translations(<labels as __appos_support::Object>::object())
}
#[doc(hidden)]
///Stands for the translation set `labels`.
#[allow(non_camel_case_types)]
#[deprecated(note = "appos:crm.translations.labels:reference")]
pub struct labels {}
#[doc(hidden)]
#[allow(non_camel_case_types, missing_docs)]
#[deprecated(note = "appos:crm.translations.labels:read")]
pub struct __appos_text_customers {}
const _: () = {
    static __APPOS_TEXTS: &[__appos_support::TextDescriptor] = &[
        __appos_support::TextDescriptor {
            key: "customers",
            parameters: &[],
            translations: &[("en", __appos_support::Wording::Plain("Customers"))],
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
        description: "",
        permissions: __appos_support::PermissionLists::NONE,
        detail: __appos_support::ObjectDetail::TranslationSet(&__APPOS_SET),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for labels {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            loop {}
        }
    }
    impl __appos_text_customers {
        #[doc(hidden)]
        pub fn told(self) -> ::std::string::String {
            __appos_support::told(&__APPOS_TEXTS[0usize], &[])
        }
    }
};

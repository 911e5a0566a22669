#[allow(unused_imports)]
use crate::__appos_scope::*;
///The rule `crm.rules.total`.
/**
# Cases

- `total(2, dec!(10)) = dec!(20)`
- `total(0, dec!(1) + one()) = err("at least 1")`*/
#[cfg(feature = "prices")]
pub fn total(
    quantity: i64,
    price: Decimal,
) -> impl ::core::future::Future<
    Output = __appos_support::Result<Decimal>,
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
        quantity: i64,
        price: Decimal,
    ) -> Result<Decimal> {
        Ok(price * quantity)
    }
    __appos_support::dispatch::<
        Decimal,
        _,
        _,
    >(
        <total as __appos_support::Object>::object(),
        __appos_support::LoggedArguments::begin()
            .argument::<i64>("quantity", &quantity)
            .argument::<Decimal>("price", &price)
            .finish(),
        move |ctx, pass| async move { __appos_body(ctx, pass, quantity, price) },
    )
}
#[cfg(feature = "prices")]
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct total {}
#[cfg(feature = "prices")]
const _: () = {
    static __APPOS_RULE: __appos_support::RuleDescriptor = __appos_support::RuleDescriptor {
        parameters: &[
            __appos_support::Parameter {
                name: "quantity",
                type_name: "i64",
            },
            __appos_support::Parameter {
                name: "price",
                type_name: "Decimal",
            },
        ],
        returns: "Decimal",
        cache: ::core::option::Option::None,
        invoke: |__appos_json| ::std::boxed::Box::pin(async move {
            let mut __appos_in = __appos_support::ArgumentReader::new(
                __appos_json,
                __APPOS_RULE.parameters,
            )?;
            let __appos_0 = __appos_in.take::<i64>("quantity");
            let __appos_1 = __appos_in.take::<Decimal>("price");
            __appos_in.finish()?;
            __appos_support::to_json::<Decimal>(total(__appos_0?, __appos_1?).await?)
        }),
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.rules.total",
        kind: __appos_support::ObjectKind::Rule,
        app: "crm",
        name: "total",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "",
        permissions: __appos_support::PermissionLists {
            use_: ::core::option::Option::Some(&["crm_users"]),
            ..__appos_support::PermissionLists::NONE
        },
        detail: __appos_support::ObjectDetail::Rule(&__APPOS_RULE),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for total {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
};
#[cfg(feature = "prices")]
#[cfg(test)]
#[allow(clippy::pedantic, clippy::style, clippy::complexity)]
mod cases_of_total {
    #[allow(unused_imports)]
    use super::*;
    #[::core::prelude::v1::test]
    fn case_1() {
        __appos_support::run_case::<
            Decimal,
            _,
            _,
            _,
        >(
            "total(2, dec!(10)) = dec!(20)",
            || async move {
                let __appos_0: i64 = 2;
                let __appos_1: Decimal = dec!(10);
                super::total(__appos_0, __appos_1).await
            },
            || __appos_support::Expected::<Decimal>::Value(dec!(20)),
        )
    }
    #[::core::prelude::v1::test]
    fn case_2() {
        __appos_support::run_case::<
            Decimal,
            _,
            _,
            _,
        >(
            "total(0, dec!(1) + one()) = err(\"at least 1\")",
            || async move {
                let __appos_0: i64 = 0;
                let __appos_1: Decimal = dec!(1) + one();
                super::total(__appos_0, __appos_1).await
            },
            || __appos_support::Expected::<Decimal>::Error("at least 1"),
        )
    }
}

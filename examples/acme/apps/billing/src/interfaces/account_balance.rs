//! What an account owes, for the screens of other apps, too.

/// What an account has not paid yet, and the tax on it.
#[interface(description = "What an account owes")]
fn account_balance(account: Id<Account>) -> Element {
    let open = use_rule(move || rules::amount_open(account));
    let tax = use_rule(move || rules::tax_due(account));
    rsx! {
        section { aria_label: "Balance",
            dl {
                dt { "Open" }
                dd { {open.show(|open| rsx! { "{open}" })} }
                dt { "Tax due" }
                dd { {tax.show(|tax| rsx! { "{tax}" })} }
            }
        }
    }
}

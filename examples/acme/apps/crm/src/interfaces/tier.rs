//! How loyal a customer is, at a glance.

/// Stars for the eye, and the word for everybody.
#[interface(displays = records::Customer.tier)]
fn customer_tier(value: Tier) -> Element {
    let (stars, tone) = match value {
        Tier::Bronze => ("★", ui::Tone::Neutral),
        Tier::Silver => ("★★", ui::Tone::Info),
        Tier::Gold => ("★★★", ui::Tone::Good),
    };
    let label = format!("{stars} {}", ui::choice_label(value));
    rsx! {
        Badge { label, tone }
    }
}

/// Three buttons with what each stands for: how much it takes to be silver is not to be looked up.
#[interface(inputs = records::Customer.tier)]
fn customer_tier_picker(input: ui::FieldInput<Tier>) -> Element {
    let choices = [(Tier::Bronze, "★"), (Tier::Silver, "★★"), (Tier::Gold, "★★★")];
    rsx! {
        div { class: "ao-choices", aria_describedby: input.described_by.clone(),
            for (tier , stars) in choices {
                label { key: "{stars}", class: "ao-tick",
                    input {
                        class: "ao-radio",
                        r#type: "radio",
                        name: "{input.name}",
                        value: input.text_of(tier),
                        // In quotes: it is written once, and what somebody has chosen since stays.
                        "checked": input.is(tier),
                        required: input.required,
                    }
                    span { "{ui::choice_label(tier)} {stars}" }
                }
            }
        }
    }
}

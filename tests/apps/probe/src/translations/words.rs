//! Texts of every sort.

#[translation_set(description = "Words of tests", use = ["probe_users"], view = ["probe_users"])]
fn words() -> Translations {
    translations! {
        hello: { en: "Hello, {name}!", de: "Hallo, {name}!", fr-CA: "Salut, {name}!", fr: "Bonjour, {name} !" },
        things: {
            en: { one: "{count} thing", other: "{count} things" },
            pl: { one: "{count} rzecz", few: "{count} rzeczy", many: "{count} rzeczy", other: "{count} rzeczy" },
            de: { one: "Ein Ding", other: "{count} Dinge" },
        },
        only.german: { de: "Nur auf Deutsch" },
        braces: { en: "{{name}} is {name}" },
        records.thing: { en: "Thing", de: "Ding" },
        records.thing.plural: { en: "Things", de: "Dinge" },
        records.thing.fields.name: { en: "Name", de: "Bezeichnung" },
    }
}

//! How long ago, or how soon.

super::define::own_texts! { times:
    just_now { en: "just now", de: "gerade eben", fr: "à l’instant" }
    minutes_ago(count: u64) {
        en: { one: "{count} minute ago", other: "{count} minutes ago" },
        de: { one: "vor {count} Minute", other: "vor {count} Minuten" },
        fr: { one: "il y a {count} minute", other: "il y a {count} minutes" },
    }
    in_minutes(count: u64) {
        en: { one: "in {count} minute", other: "in {count} minutes" },
        de: { one: "in {count} Minute", other: "in {count} Minuten" },
        fr: { one: "dans {count} minute", other: "dans {count} minutes" },
    }
    hours_ago(count: u64) {
        en: { one: "{count} hour ago", other: "{count} hours ago" },
        de: { one: "vor {count} Stunde", other: "vor {count} Stunden" },
        fr: { one: "il y a {count} heure", other: "il y a {count} heures" },
    }
    in_hours(count: u64) {
        en: { one: "in {count} hour", other: "in {count} hours" },
        de: { one: "in {count} Stunde", other: "in {count} Stunden" },
        fr: { one: "dans {count} heure", other: "dans {count} heures" },
    }
    days_ago(count: u64) {
        en: { one: "{count} day ago", other: "{count} days ago" },
        de: { one: "vor {count} Tag", other: "vor {count} Tagen" },
        fr: { one: "il y a {count} jour", other: "il y a {count} jours" },
    }
    in_days(count: u64) {
        en: { one: "in {count} day", other: "in {count} days" },
        de: { one: "in {count} Tag", other: "in {count} Tagen" },
        fr: { one: "dans {count} jour", other: "dans {count} jours" },
    }
    yesterday { en: "yesterday", de: "gestern", fr: "hier" }
    tomorrow { en: "tomorrow", de: "morgen", fr: "demain" }
}

//! Words of a user's settings.

super::define::own_texts! { settings:
    title { en: "Your settings", de: "Ihre Einstellungen", fr: "Vos paramètres" }
    language { en: "Language", de: "Sprache", fr: "Langue" }
    of_browser { en: "As the browser asks for", de: "Wie der Browser es wünscht", fr: "Selon le navigateur" }
    time_zone { en: "Time zone", de: "Zeitzone", fr: "Fuseau horaire" }
    of_platform(what: &str) { en: "As the platform has it: {what}", de: "Wie die Plattform: {what}", fr: "Selon la plateforme : {what}" }
    number_style { en: "Numbers", de: "Zahlen", fr: "Nombres" }
    date_style { en: "Dates and times", de: "Datum und Uhrzeit", fr: "Dates et heures" }
    of_language(example: &str) { en: "As the language has it: {example}", de: "Wie die Sprache: {example}", fr: "Selon la langue : {example}" }
    density { en: "Rows", de: "Zeilen", fr: "Lignes" }
    density_normal { en: "Normal", de: "Normal", fr: "Normales" }
    density_compact { en: "Compact", de: "Dicht", fr: "Compactes" }
    saved { en: "Your settings are saved.", de: "Ihre Einstellungen sind gespeichert.", fr: "Vos paramètres sont enregistrés." }
}

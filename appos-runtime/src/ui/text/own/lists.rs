//! Words of lists and tables.

super::define::own_texts! { lists:
    no_rows { en: "No rows yet", de: "Noch keine Zeilen", fr: "Aucune ligne pour l’instant" }
    none_of(what: &str) { en: "No {what} yet", de: "Noch keine Einträge: {what}", fr: "Rien pour l’instant : {what}" }
    none_found { en: "Nothing matches", de: "Nichts gefunden", fr: "Aucun résultat" }
    none_found_hint {
        en: "Change or clear the filters.",
        de: "Ändern oder leeren Sie die Filter.",
        fr: "Modifiez ou effacez les filtres.",
    }
    rows(count: u64) {
        en: { one: "{count} row", other: "{count} rows" },
        de: { one: "{count} Zeile", other: "{count} Zeilen" },
        fr: { one: "{count} ligne", other: "{count} lignes" },
    }
    range(from: u64, to: u64, total: u64) {
        en: "{from}–{to} of {total}",
        de: "{from}–{to} von {total}",
        fr: "{from} à {to} sur {total}",
    }
    range_open(from: u64, to: u64) { en: "{from}–{to}", de: "{from}–{to}", fr: "{from} à {to}" }
    selected(count: u64) {
        en: { one: "{count} selected", other: "{count} selected" },
        de: { one: "{count} ausgewählt", other: "{count} ausgewählt" },
        fr: { one: "{count} sélectionnée", other: "{count} sélectionnées" },
    }
    select_all { en: "Select all", de: "Alle auswählen", fr: "Tout sélectionner" }
    select_row(name: &str) { en: "Select {name}", de: "{name} auswählen", fr: "Sélectionner {name}" }
    sort_by(field: &str) { en: "Sort by {field}", de: "Nach {field} sortieren", fr: "Trier par {field}" }
    sorted_ascending { en: "sorted ascending", de: "aufsteigend sortiert", fr: "trié par ordre croissant" }
    sorted_descending { en: "sorted descending", de: "absteigend sortiert", fr: "trié par ordre décroissant" }
    filters { en: "Filters", de: "Filter", fr: "Filtres" }
    add_filter { en: "Add filter", de: "Filter hinzufügen", fr: "Ajouter un filtre" }
    remove_filter(field: &str) { en: "Remove filter on {field}", de: "Filter auf {field} entfernen", fr: "Retirer le filtre sur {field}" }
    clear_filters { en: "Clear filters", de: "Filter leeren", fr: "Effacer les filtres" }
    columns { en: "Columns", de: "Spalten", fr: "Colonnes" }
    views { en: "Views", de: "Ansichten", fr: "Vues" }
    save_view { en: "Save view", de: "Ansicht speichern", fr: "Enregistrer la vue" }
    view_name { en: "Name of the view", de: "Name der Ansicht", fr: "Nom de la vue" }
    page(number: u64) { en: "Page {number}", de: "Seite {number}", fr: "Page {number}" }
    pages { en: "Pages", de: "Seiten", fr: "Pages" }
    per_page(count: u64) {
        en: { one: "{count} row per page", other: "{count} rows per page" },
        de: { one: "{count} Zeile pro Seite", other: "{count} Zeilen pro Seite" },
        fr: { one: "{count} ligne par page", other: "{count} lignes par page" },
    }
    is { en: "is", de: "ist", fr: "est" }
    is_not { en: "is not", de: "ist nicht", fr: "n’est pas" }
    is_empty { en: "is empty", de: "ist leer", fr: "est vide" }
    is_not_empty { en: "is not empty", de: "ist nicht leer", fr: "n’est pas vide" }
    contains { en: "contains", de: "enthält", fr: "contient" }
    starts_with { en: "starts with", de: "beginnt mit", fr: "commence par" }
    ends_with { en: "ends with", de: "endet mit", fr: "se termine par" }
    at_least { en: "at least", de: "mindestens", fr: "au moins" }
    at_most { en: "at most", de: "höchstens", fr: "au plus" }
    more_than { en: "more than", de: "mehr als", fr: "plus de" }
    less_than { en: "less than", de: "weniger als", fr: "moins de" }
    between { en: "between", de: "zwischen", fr: "entre" }
    before { en: "before", de: "vor", fr: "avant" }
    after { en: "after", de: "nach", fr: "après" }
    one_of { en: "is one of", de: "ist eines von", fr: "est parmi" }
    today { en: "Today", de: "Heute", fr: "Aujourd’hui" }
    this_week { en: "This week", de: "Diese Woche", fr: "Cette semaine" }
    this_month { en: "This month", de: "Dieser Monat", fr: "Ce mois" }
    last_month { en: "Last month", de: "Letzter Monat", fr: "Le mois dernier" }
    this_year { en: "This year", de: "Dieses Jahr", fr: "Cette année" }
    total { en: "Total", de: "Summe", fr: "Total" }
}

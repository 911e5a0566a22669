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
    sorted_ascending_as(place: u64) {
        en: "sorted ascending, number {place}",
        de: "aufsteigend sortiert, Nummer {place}",
        fr: "trié par ordre croissant, numéro {place}",
    }
    sorted_descending_as(place: u64) {
        en: "sorted descending, number {place}",
        de: "absteigend sortiert, Nummer {place}",
        fr: "trié par ordre décroissant, numéro {place}",
    }
    sort { en: "Sort", de: "Sortieren", fr: "Trier" }
    sort_first_by { en: "Sort by", de: "Sortieren nach", fr: "Trier par" }
    sort_also_by { en: "Sort also by", de: "Außerdem sortieren nach", fr: "Trier aussi par" }
    sorted_now { en: "Sorted by", de: "Sortiert nach", fr: "Trié par" }
    turn_order(field: &str) { en: "Turn the order of {field} round", de: "Reihenfolge von {field} umkehren", fr: "Inverser l’ordre de {field}" }
    sort_no_more(field: &str) { en: "Sort no longer by {field}", de: "Nicht mehr nach {field} sortieren", fr: "Ne plus trier par {field}" }
    sort_help {
        en: "Shift and a press on the head of a column sorts by it, too.",
        de: "Umschalt und ein Klick auf einen Spaltenkopf sortiert außerdem danach.",
        fr: "Maj et un clic sur un en-tête trie aussi par cette colonne.",
    }
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
    loading(what: &str) { en: "{what}: loading", de: "{what}: wird geladen", fr: "{what} : chargement" }
    show_all(what: &str) { en: "Show all {what}", de: "Alle anzeigen: {what}", fr: "Tout afficher : {what}" }
    nothing_more { en: "Nothing more", de: "Nichts weiter", fr: "Rien de plus" }
    first_page { en: "To the first page", de: "Zur ersten Seite", fr: "À la première page" }
    search_here { en: "Search in this list", de: "In dieser Liste suchen", fr: "Rechercher dans cette liste" }
    filter_by(field: &str) { en: "Filter by {field}", de: "Nach {field} filtern", fr: "Filtrer par {field}" }
    show_deleted { en: "Show deleted", de: "Gelöschte anzeigen", fr: "Afficher les supprimés" }
    hide_deleted { en: "Hide deleted", de: "Gelöschte ausblenden", fr: "Masquer les supprimés" }
    deleted_rows { en: "Deleted rows", de: "Gelöschte Zeilen", fr: "Lignes supprimées" }
    move_forward(field: &str) { en: "Move {field} forward", de: "{field} nach vorn", fr: "Avancer {field}" }
    as_csv { en: "As CSV, for spreadsheets", de: "Als CSV, für Tabellen", fr: "En CSV, pour tableurs" }
    as_jsonl { en: "As JSON lines, for programs", de: "Als JSON Lines, für Programme", fr: "En JSON Lines, pour programmes" }
    rows_per_page { en: "Rows per page", de: "Zeilen pro Seite", fr: "Lignes par page" }
    filter_words(field: &str, says: &str, value: &str) { en: "{field} {says} {value}", de: "{field} {says} {value}", fr: "{field} {says} {value}" }
    search_words(text: &str) { en: "Contains “{text}”", de: "Enthält „{text}“", fr: "Contient « {text} »" }
    one_condition { en: "One of several conditions", de: "Eine von mehreren Bedingungen", fr: "Une condition parmi plusieurs" }
    is_none_of { en: "is none of", de: "ist keines von", fr: "n’est pas parmi" }
    until { en: "until", de: "bis", fr: "jusqu’au" }
    from { en: "from", de: "ab", fr: "à partir de" }
    to { en: "to", de: "bis", fr: "à" }
    during { en: "is in", de: "liegt in", fr: "est dans" }
    period { en: "Period", de: "Zeitraum", fr: "Période" }
    as_below { en: "As below", de: "Wie unten", fr: "Comme ci-dessous" }
    as_above { en: "As above", de: "Wie oben", fr: "Comme ci-dessus" }
    presence { en: "Value", de: "Wert", fr: "Valeur" }
    condition { en: "Condition", de: "Bedingung", fr: "Condition" }
    text { en: "Text", de: "Text", fr: "Texte" }
    is_exactly { en: "is exactly", de: "ist genau", fr: "est exactement" }
    nothing_fits { en: "Nothing fits.", de: "Nichts passt.", fr: "Rien ne correspond." }
    more_fit { en: "There are more: search for the one you mean.", de: "Es gibt mehr: Suchen Sie, was Sie meinen.", fr: "Il y en a d’autres : cherchez celui que vous voulez." }
    find { en: "Find", de: "Finden", fr: "Trouver" }
    yesterday { en: "Yesterday", de: "Gestern", fr: "Hier" }
    tomorrow { en: "Tomorrow", de: "Morgen", fr: "Demain" }
    last_7_days { en: "Last 7 days", de: "Letzte 7 Tage", fr: "7 derniers jours" }
    last_30_days { en: "Last 30 days", de: "Letzte 30 Tage", fr: "30 derniers jours" }
    next_7_days { en: "Next 7 days", de: "Nächste 7 Tage", fr: "7 prochains jours" }
    next_30_days { en: "Next 30 days", de: "Nächste 30 Tage", fr: "30 prochains jours" }
    last_week { en: "Last week", de: "Letzte Woche", fr: "La semaine dernière" }
    next_week { en: "Next week", de: "Nächste Woche", fr: "La semaine prochaine" }
    next_month { en: "Next month", de: "Nächster Monat", fr: "Le mois prochain" }
    this_quarter { en: "This quarter", de: "Dieses Quartal", fr: "Ce trimestre" }
    last_year { en: "Last year", de: "Letztes Jahr", fr: "L’an dernier" }
    id { en: "ID", de: "ID", fr: "ID" }
    overview { en: "Overview", de: "Überblick", fr: "Vue d’ensemble" }
    history { en: "History", de: "Verlauf", fr: "Historique" }
    too_many_chosen(most: u64) {
        en: "At most {most} rows can be changed at once: filter for fewer.",
        de: "Höchstens {most} Zeilen lassen sich auf einmal ändern: Filtern Sie auf weniger.",
        fr: "Au plus {most} lignes peuvent être modifiées à la fois : filtrez-en moins.",
    }
    too_many_exported(most: u64) {
        en: "At most {most} ticked rows can be exported: choose all that fit, or export the list.",
        de: "Höchstens {most} ausgewählte Zeilen lassen sich exportieren: Wählen Sie alle passenden, oder exportieren Sie die Liste.",
        fr: "Au plus {most} lignes cochées peuvent être exportées : choisissez toutes celles qui correspondent, ou exportez la liste.",
    }
    created { en: "Created", de: "Angelegt", fr: "Créé" }
    created_by { en: "Created by", de: "Angelegt von", fr: "Créé par" }
    changed { en: "Changed", de: "Geändert", fr: "Modifié" }
    changed_by { en: "Changed by", de: "Geändert von", fr: "Modifié par" }
    version { en: "Version", de: "Version", fr: "Version" }
    all_rows { en: "All", de: "Alle", fr: "Tout" }
    view { en: "View", de: "Ansicht", fr: "Vue" }
    save_as_view { en: "Save as a new view", de: "Als neue Ansicht speichern", fr: "Enregistrer comme nouvelle vue" }
    update_view { en: "Save changes of the view", de: "Änderungen der Ansicht speichern", fr: "Enregistrer les modifications de la vue" }
    delete_view { en: "Delete the view", de: "Ansicht löschen", fr: "Supprimer la vue" }
    default_view { en: "Begin with this view", de: "Mit dieser Ansicht beginnen", fr: "Commencer par cette vue" }
    no_default_view { en: "Begin with all rows", de: "Mit allen Zeilen beginnen", fr: "Commencer par toutes les lignes" }
    shared_with { en: "Shared with", de: "Geteilt mit", fr: "Partagée avec" }
    nobody { en: "Nobody", de: "Niemandem", fr: "Personne" }
    selected_rows { en: "Selected rows", de: "Ausgewählte Zeilen", fr: "Lignes sélectionnées" }
    all_that_fit(count: u64) { en: "All {count} that fit", de: "Alle {count} passenden", fr: "Les {count} qui correspondent" }
    change_rows { en: "Change", de: "Ändern", fr: "Modifier" }
    export_rows { en: "Export", de: "Exportieren", fr: "Exporter" }
    restore_rows { en: "Restore", de: "Wiederherstellen", fr: "Restaurer" }
    select_page { en: "Select all on this page", de: "Alle auf dieser Seite auswählen", fr: "Tout sélectionner sur cette page" }
    were_deleted(count: u64) {
        en: { one: "{count} row was deleted", other: "{count} rows were deleted" },
        de: { one: "{count} Zeile wurde gelöscht", other: "{count} Zeilen wurden gelöscht" },
        fr: { one: "{count} ligne supprimée", other: "{count} lignes supprimées" },
    }
    were_changed(count: u64) {
        en: { one: "{count} row was changed", other: "{count} rows were changed" },
        de: { one: "{count} Zeile wurde geändert", other: "{count} Zeilen wurden geändert" },
        fr: { one: "{count} ligne modifiée", other: "{count} lignes modifiées" },
    }
    were_restored(count: u64) {
        en: { one: "{count} row was restored", other: "{count} rows were restored" },
        de: { one: "{count} Zeile wurde wiederhergestellt", other: "{count} Zeilen wurden wiederhergestellt" },
        fr: { one: "{count} ligne restaurée", other: "{count} lignes restaurées" },
    }
    some_failed(done: u64, failed: u64) {
        en: "{done} were done, {failed} were not",
        de: "{done} wurden erledigt, {failed} nicht",
        fr: "{done} traitées, {failed} non traitées",
    }
    none_selected { en: "No row is selected", de: "Keine Zeile ist ausgewählt", fr: "Aucune ligne sélectionnée" }
    field_to_change { en: "Field", de: "Feld", fr: "Champ" }
    choose_field { en: "Choose a field", de: "Feld wählen", fr: "Choisir un champ" }
    new_value { en: "New value", de: "Neuer Wert", fr: "Nouvelle valeur" }
    no_value { en: "No value", de: "Kein Wert", fr: "Aucune valeur" }
    change_many(count: u64) {
        en: { one: "Change {count} row", other: "Change {count} rows" },
        de: { one: "{count} Zeile ändern", other: "{count} Zeilen ändern" },
        fr: { one: "Modifier {count} ligne", other: "Modifier {count} lignes" },
    }
    restore_many(count: u64) {
        en: { one: "Restore {count} row", other: "Restore {count} rows" },
        de: { one: "{count} Zeile wiederherstellen", other: "{count} Zeilen wiederherstellen" },
        fr: { one: "Restaurer {count} ligne", other: "Restaurer {count} lignes" },
    }
    cannot_be_undone { en: "This cannot be undone.", de: "Das kann nicht rückgängig gemacht werden.", fr: "Cette action est irréversible." }
    cells_help {
        en: "Arrow keys go from cell to cell; F2 or Enter edits the one that has the focus, Escape leaves it as it was.",
        de: "Pfeiltasten führen von Zelle zu Zelle; F2 oder Eingabe bearbeitet die gewählte, Escape lässt sie, wie sie war.",
        fr: "Les flèches vont de cellule en cellule ; F2 ou Entrée modifie la cellule active, Échap la laisse inchangée.",
    }
    cell_gone {
        en: "The row that was to be edited is no longer there.",
        de: "Die Zeile, die bearbeitet werden sollte, ist nicht mehr da.",
        fr: "La ligne à modifier n’existe plus.",
    }
    back_to(what: &str) { en: "Back to {what}", de: "Zurück: {what}", fr: "Retour : {what}" }
}

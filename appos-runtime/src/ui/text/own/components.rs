//! What components say by themselves.

super::define::own_texts! { components:
    nothing_yet { en: "Nothing here yet", de: "Noch nichts hier", fr: "Rien ici pour le moment" }
    rows_unreadable { en: "The rows could not be read", de: "Die Zeilen konnten nicht gelesen werden", fr: "Les lignes n’ont pas pu être lues" }
    loading { en: "Loading", de: "Wird geladen", fr: "Chargement" }
    searching { en: "Searching", de: "Suche läuft", fr: "Recherche en cours" }
    nothing_found { en: "Nothing found", de: "Nichts gefunden", fr: "Aucun résultat" }
    results(count: usize) {
        en: { one: "{count} result", other: "{count} results" },
        de: { one: "{count} Treffer", other: "{count} Treffer" },
        fr: { one: "{count} résultat", other: "{count} résultats" },
    }
    first_results(count: usize) {
        en: { one: "The first; type to find more", other: "The first {count}; type to find more" },
        de: { one: "Der erste; tippen, um mehr zu finden", other: "Die ersten {count}; tippen, um mehr zu finden" },
        fr: { one: "Le premier ; saisissez pour en trouver d’autres", other: "Les {count} premiers ; saisissez pour en trouver d’autres" },
    }
    result_list { en: "Results", de: "Treffer", fr: "Résultats" }
    go_to { en: "Go to", de: "Gehe zu", fr: "Aller à" }
    go_to_what {
        en: "Go to a page, a record, an action …",
        de: "Zu einer Seite, einem Datensatz, einer Aktion …",
        fr: "Aller à une page, un enregistrement, une action …",
    }
    go_to_anything(keys: &str) { en: "{keys}: go to anything", de: "{keys}: überallhin gehen", fr: "{keys} : aller partout" }
    clear(what: &str) { en: "Clear {what}", de: "{what} leeren", fr: "Effacer : {what}" }
    remove(what: &str) { en: "Remove {what}", de: "{what} entfernen", fr: "Retirer {what}" }
    create { en: "New", de: "Neu", fr: "Nouveau" }
    breadcrumbs { en: "Breadcrumbs", de: "Brotkrumen", fr: "Fil d’Ariane" }
    first_page { en: "First page", de: "Erste Seite", fr: "Première page" }
    previous_page { en: "Previous page", de: "Vorige Seite", fr: "Page précédente" }
    next_page { en: "Next page", de: "Nächste Seite", fr: "Page suivante" }
    last_page { en: "Last page", de: "Letzte Seite", fr: "Dernière page" }
    done { en: "(done)", de: "(erledigt)", fr: "(fait)" }
    messages { en: "Messages", de: "Meldungen", fr: "Messages" }
    choose_file { en: "Choose a file", de: "Datei auswählen", fr: "Choisir un fichier" }
    choose_files { en: "Choose files", de: "Dateien auswählen", fr: "Choisir des fichiers" }
    or_drop { en: "or drop it here", de: "oder hier ablegen", fr: "ou déposez ici" }
    file_now(name: &str) { en: "Now: {name}", de: "Jetzt: {name}", fr: "Actuellement : {name}" }
    look_again(count: usize) {
        en: { one: "One thing needs another look", other: "{count} things need another look" },
        de: { one: "Eine Angabe ist zu prüfen", other: "{count} Angaben sind zu prüfen" },
        fr: { one: "Un point est à revoir", other: "{count} points sont à revoir" },
    }
    selected_rows { en: "Selected rows", de: "Ausgewählte Zeilen", fr: "Lignes sélectionnées" }
    select_all_rows { en: "Select all rows", de: "Alle Zeilen auswählen", fr: "Sélectionner toutes les lignes" }
    over_time(what: &str) { en: "{what}, over time", de: "{what}, im Zeitverlauf", fr: "{what}, au fil du temps" }
    entries(count: usize) {
        en: { one: "{count} entry", other: "{count} entries" },
        de: { one: "{count} Eintrag", other: "{count} Einträge" },
        fr: { one: "{count} entrée", other: "{count} entrées" },
    }
    more_entries(count: usize) { en: "… {count} more", de: "… {count} weitere", fr: "… {count} de plus" }
    execution { en: "Execution", de: "Ausführung", fr: "Exécution" }
    line_chart { en: "Line chart", de: "Liniendiagramm", fr: "Graphique en courbes" }
    bar_chart { en: "Bar chart", de: "Balkendiagramm", fr: "Graphique en barres" }
    chart_ends(first: &str, last: &str) { en: "{first} to {last}", de: "{first} bis {last}", fr: "de {first} à {last}" }
    chart_summary(title: &str, kind: &str, ends: &str) {
        en: "{title}. {kind}, {ends}. The numbers follow as a table.",
        de: "{title}. {kind}, {ends}. Die Zahlen folgen als Tabelle.",
        fr: "{title}. {kind}, {ends}. Les chiffres suivent dans un tableau.",
    }
    no_data { en: "No data yet", de: "Noch keine Daten", fr: "Pas encore de données" }
    in_all(unit: &str) { en: "in all{unit}", de: "insgesamt{unit}", fr: "au total{unit}" }
    part_denied {
        en: "You do not have access to this part.",
        de: "Sie haben auf diesen Teil keinen Zugriff.",
        fr: "Vous n’avez pas accès à cette partie.",
    }
    part_slow { en: "This part took too long.", de: "Dieser Teil hat zu lange gedauert.", fr: "Cette partie a pris trop de temps." }
    part_failed {
        en: "This part could not be shown.",
        de: "Dieser Teil konnte nicht angezeigt werden.",
        fr: "Cette partie n’a pas pu être affichée.",
    }
    page_failed {
        en: "This page could not be shown.",
        de: "Diese Seite konnte nicht angezeigt werden.",
        fr: "Cette page n’a pas pu être affichée.",
    }
    not_done {
        en: "The server could not do this; the log has the cause.",
        de: "Der Server konnte das nicht tun; die Ursache steht im Protokoll.",
        fr: "Le serveur n’a pas pu le faire ; la cause figure dans le journal.",
    }
    address_misfit(why: &str) {
        en: "The address does not fit this page: {why}.",
        de: "Die Adresse passt nicht zu dieser Seite: {why}.",
        fr: "L’adresse ne convient pas à cette page : {why}.",
    }
}

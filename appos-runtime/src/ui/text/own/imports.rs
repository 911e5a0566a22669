//! Words of imports.

super::define::own_texts! { imports:
    title(what: &str) { en: "Import {what}", de: "Importieren: {what}", fr: "Importer : {what}" }
    file { en: "File", de: "Datei", fr: "Fichier" }
    file_hint {
        en: "CSV with the names of its columns in the first line, or one JSON object a line.",
        de: "CSV mit den Namen der Spalten in der ersten Zeile, oder ein JSON-Objekt pro Zeile.",
        fr: "CSV avec les noms des colonnes en première ligne, ou un objet JSON par ligne.",
    }
    gone {
        en: "The file is no longer here: send it again.",
        de: "Die Datei ist nicht mehr da: Senden Sie sie noch einmal.",
        fr: "Le fichier n’est plus là : renvoyez-le.",
    }
    preview { en: "Beginning of the file", de: "Anfang der Datei", fr: "Début du fichier" }
    columns { en: "What the columns fill", de: "Was die Spalten füllen", fr: "Ce que remplissent les colonnes" }
    leave_out { en: "Leave out", de: "Weglassen", fr: "Ignorer" }
    row_number { en: "ID of the row", de: "ID der Zeile", fr: "ID de la ligne" }
    key { en: "Rows that exist are found by", de: "Vorhandene Zeilen finden über", fr: "Lignes existantes reconnues par" }
    no_key { en: "All rows are new", de: "Alle Zeilen sind neu", fr: "Toutes les lignes sont nouvelles" }
    mode { en: "When lines are wrong", de: "Wenn Zeilen falsch sind", fr: "Si des lignes sont fausses" }
    all_or_nothing { en: "Import nothing", de: "Nichts importieren", fr: "Ne rien importer" }
    partial { en: "Import the others", de: "Die anderen importieren", fr: "Importer les autres" }
    dry_run { en: "Only try: nothing is kept", de: "Nur probieren: Nichts wird behalten", fr: "Essai seulement : rien n’est gardé" }
    another { en: "Another file", de: "Andere Datei", fr: "Autre fichier" }
    running { en: "The import is running", de: "Der Import läuft", fr: "L’importation est en cours" }
    done { en: "The import is done", de: "Der Import ist fertig", fr: "L’importation est terminée" }
    tried { en: "This is what would be done", de: "Das würde geschehen", fr: "Voici ce qui serait fait" }
    has_failed { en: "Nothing was imported", de: "Nichts wurde importiert", fr: "Rien n’a été importé" }
    numbers(lines: u64, created: u64, updated: u64, failed: u64) {
        en: "{lines} lines: {created} new, {updated} changed, {failed} wrong",
        de: "{lines} Zeilen: {created} neu, {updated} geändert, {failed} falsch",
        fr: "{lines} lignes : {created} nouvelles, {updated} modifiées, {failed} fausses",
    }
    mistakes { en: "What is wrong", de: "Was falsch ist", fr: "Ce qui est faux" }
    line { en: "Line", de: "Zeile", fr: "Ligne" }
    wrong { en: "What is wrong", de: "Was falsch ist", fr: "Ce qui est faux" }
    refused_lines {
        en: "The refused lines as CSV, with the reasons",
        de: "Die abgelehnten Zeilen als CSV, mit den Gründen",
        fr: "Les lignes refusées en CSV, avec les raisons",
    }
    marked_lines {
        en: "All lines as CSV, with what is wrong",
        de: "Alle Zeilen als CSV, mit dem, was falsch ist",
        fr: "Toutes les lignes en CSV, avec ce qui est faux",
    }
    refused_hint {
        en: "Put them right and import the file again; the last column is left out.",
        de: "Berichtigen Sie sie, und importieren Sie die Datei wieder; die letzte Spalte wird weggelassen.",
        fr: "Corrigez-les et importez de nouveau le fichier ; la dernière colonne est ignorée.",
    }
    all_mistakes { en: "All mistakes as a file", de: "Alle Fehler als Datei", fr: "Toutes les erreurs dans un fichier" }
}

/// True if a column of a file is the one of the reasons for which its lines were refused, in whichever language.
pub(crate) fn is_reasons(column: &str) -> bool {
    use crate::registry::Wording;
    described::wrong.translations.iter().any(|(_, wording)| matches!(wording, Wording::Plain(text) if *text == column))
}

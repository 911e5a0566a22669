//! Words of forms, and what is told after they are sent.

super::define::own_texts! { forms:
    required { en: "required", de: "Pflichtfeld", fr: "obligatoire" }
    optional { en: "optional", de: "freiwillig", fr: "facultatif" }
    choose { en: "Choose …", de: "Auswählen …", fr: "Choisir …" }
    nothing_chosen { en: "Nothing chosen", de: "Nichts ausgewählt", fr: "Aucun choix" }
    type_to_search { en: "Type to search", de: "Zum Suchen tippen", fr: "Saisissez pour rechercher" }
    no_such { en: "Nothing of this name", de: "Nichts dieses Namens", fr: "Rien de ce nom" }
    saved { en: "Saved", de: "Gespeichert", fr: "Enregistré" }
    created(what: &str) { en: "{what} was created", de: "{what} wurde angelegt", fr: "{what} : création effectuée" }
    deleted(what: &str) { en: "{what} was deleted", de: "{what} wurde gelöscht", fr: "{what} : suppression effectuée" }
    deleted_many(count: u64) {
        en: { one: "{count} row was deleted", other: "{count} rows were deleted" },
        de: { one: "{count} Zeile wurde gelöscht", other: "{count} Zeilen wurden gelöscht" },
        fr: { one: "{count} ligne a été supprimée", other: "{count} lignes ont été supprimées" },
    }
    restored(what: &str) { en: "{what} was restored", de: "{what} wurde wiederhergestellt", fr: "{what} : restauration effectuée" }
    confirm_delete(what: &str) { en: "Delete {what}?", de: "{what} löschen?", fr: "Supprimer {what} ?" }
    cannot_be_undone { en: "This cannot be undone.", de: "Das lässt sich nicht rückgängig machen.", fr: "Cette action est irréversible." }
    can_be_undone { en: "It can be restored later.", de: "Es lässt sich später wiederherstellen.", fr: "Une restauration restera possible." }
    unsaved { en: "You have unsaved changes.", de: "Es gibt nicht gespeicherte Änderungen.", fr: "Des modifications ne sont pas enregistrées." }
    leave_anyway { en: "Leave without saving?", de: "Ohne Speichern verlassen?", fr: "Quitter sans enregistrer ?" }
    check_fields(count: u64) {
        en: { one: "Please correct {count} field", other: "Please correct {count} fields" },
        de: { one: "Bitte {count} Feld berichtigen", other: "Bitte {count} Felder berichtigen" },
        fr: { one: "Veuillez corriger {count} champ", other: "Veuillez corriger {count} champs" },
    }
    stale {
        en: "Somebody else has changed this meanwhile.",
        de: "Jemand anderes hat dies inzwischen geändert.",
        fr: "Quelqu’un d’autre a modifié cet élément entre-temps.",
    }
    yours { en: "Your value", de: "Ihr Wert", fr: "Votre valeur" }
    theirs { en: "Their value", de: "Der andere Wert", fr: "L’autre valeur" }
    keep_yours { en: "Keep yours", de: "Ihren behalten", fr: "Garder la vôtre" }
    take_theirs { en: "Take theirs", de: "Den anderen übernehmen", fr: "Prendre l’autre" }
    drop_file { en: "Drop a file here, or choose one", de: "Datei hier ablegen oder auswählen", fr: "Déposez un fichier ici, ou choisissez-en un" }
    progress(done: u64, total: u64) { en: "{done} of {total}", de: "{done} von {total}", fr: "{done} sur {total}" }
    imported(count: u64) {
        en: { one: "{count} row was imported", other: "{count} rows were imported" },
        de: { one: "{count} Zeile wurde importiert", other: "{count} Zeilen wurden importiert" },
        fr: { one: "{count} ligne a été importée", other: "{count} lignes ont été importées" },
    }
    not_there(label: &str) {
        en: "{label}: what you chose is not there any more, or not for you",
        de: "{label}: Was Sie gewählt haben, gibt es nicht mehr, oder nicht für Sie",
        fr: "{label} : votre choix n’existe plus, ou pas pour vous",
    }
    somebody { en: "Somebody else", de: "Jemand anderes", fr: "Une autre personne" }
    changed_while_editing(who: &str, what: &str) {
        en: "{who} changed this {what} while you were editing it",
        de: "{who} hat dies geändert, während Sie es bearbeitet haben ({what})",
        fr: "{who} a modifié cet élément pendant que vous le modifiiez ({what})",
    }
    nothing_saved(when: &str) {
        en: "Nothing of yours was saved yet. What you have not touched shows the values of {when}.",
        de: "Von Ihnen wurde noch nichts gespeichert. Was Sie nicht angefasst haben, zeigt die Werte von {when}.",
        fr: "Rien de vous n’a encore été enregistré. Ce que vous n’avez pas touché montre les valeurs de {when}.",
    }
    no_clash { en: "Look through it, and save again.", de: "Sehen Sie es durch und speichern Sie erneut.", fr: "Relisez et enregistrez à nouveau." }
    clashes(count: usize) {
        en: {
            one: "One field was changed by both of you: choose a value, and save again.",
            other: "{count} fields were changed by both of you: choose their values, and save again.",
        },
        de: {
            one: "Ein Feld haben Sie beide geändert: Wählen Sie einen Wert und speichern Sie erneut.",
            other: "{count} Felder haben Sie beide geändert: Wählen Sie die Werte und speichern Sie erneut.",
        },
        fr: {
            one: "Un champ a été modifié par vous deux : choisissez une valeur et enregistrez à nouveau.",
            other: "{count} champs ont été modifiés par vous deux : choisissez les valeurs et enregistrez à nouveau.",
        },
    }
    lost_rows(count: usize) {
        en: "Rows that you have written into were deleted: {count}.",
        de: "Zeilen, in die Sie geschrieben haben, wurden gelöscht: {count}.",
        fr: "Des lignes où vous avez écrit ont été supprimées : {count}.",
    }
    just_changed(who: &str, what: &str) {
        en: "{who} has just changed this {what}",
        de: "{who} hat dies gerade geändert ({what})",
        fr: "{who} vient de modifier cet élément ({what})",
    }
    show_changes { en: "Show the changes", de: "Änderungen anzeigen", fr: "Afficher les modifications" }
    typed_stays { en: "What you have typed stays.", de: "Was Sie getippt haben, bleibt.", fr: "Votre saisie est conservée." }
    just_deleted(what: &str) {
        en: "This {what} has just been deleted",
        de: "Dies wurde gerade gelöscht ({what})",
        fr: "Cet élément vient d’être supprimé ({what})",
    }
    remove_value { en: "Remove the value", de: "Wert entfernen", fr: "Retirer la valeur" }
    time_zone(zone: &str) { en: "Time zone: {zone}.", de: "Zeitzone: {zone}.", fr: "Fuseau horaire : {zone}." }
    one_a_line { en: "One a line.", de: "Je Zeile einer.", fr: "Un par ligne." }
    number_of_row { en: "The number of the row.", de: "Die Nummer der Zeile.", fr: "Le numéro de la ligne." }
    value_hidden {
        en: "The present value is not shown; leave it empty to keep it.",
        de: "Der jetzige Wert wird nicht angezeigt; leer lassen, um ihn zu behalten.",
        fr: "La valeur actuelle n’est pas affichée ; laissez vide pour la conserver.",
    }
    from_to(min: &str, max: &str) { en: "From {min} to {max}.", de: "Von {min} bis {max}.", fr: "De {min} à {max}." }
    at_least(min: &str) { en: "At least {min}.", de: "Mindestens {min}.", fr: "Au moins {min}." }
    at_most(max: &str) { en: "At most {max}.", de: "Höchstens {max}.", fr: "Au plus {max}." }
    more_than(min: &str) { en: "More than {min}.", de: "Mehr als {min}.", fr: "Plus de {min}." }
    less_than(max: &str) { en: "Less than {max}.", de: "Weniger als {max}.", fr: "Moins de {max}." }
    before(value: &str) { en: "Before: {value}", de: "Vorher: {value}", fr: "Avant : {value}" }
    mine { en: "Yours", de: "Ihr Wert", fr: "Le vôtre" }
    other { en: "Theirs", de: "Der andere", fr: "L’autre" }
    not_shown { en: "not shown", de: "nicht angezeigt", fr: "non affiché" }
    empty { en: "empty", de: "leer", fr: "vide" }
    new_one(what: &str) { en: "New {what}", de: "Neu: {what}", fr: "Nouveau : {what}" }
    edit_one(what: &str) { en: "Edit {what}", de: "{what} bearbeiten", fr: "Modifier : {what}" }
    undecided {
        en: "was changed by somebody else, too: choose one of the two values",
        de: "wurde auch von jemand anderem geändert: Wählen Sie einen der beiden Werte",
        fr: "a aussi été modifié par quelqu’un d’autre : choisissez l’une des deux valeurs",
    }
    no_json(line: usize, character: usize) {
        en: "is no JSON: something is wrong in line {line}, at character {character}",
        de: "ist kein JSON: In Zeile {line}, Zeichen {character}, stimmt etwas nicht",
        fr: "n’est pas du JSON : erreur à la ligne {line}, caractère {character}",
    }
    not_offered {
        en: "must be one of the rows that are offered",
        de: "muss eine der angebotenen Zeilen sein",
        fr: "doit être l’une des lignes proposées",
    }
    not_a_time {
        en: "must be a date with a time, such as 2026-11-24 20:30",
        de: "muss ein Datum mit Uhrzeit sein, etwa 2026-11-24 20:30",
        fr: "doit être une date avec une heure, par exemple 2026-11-24 20:30",
    }
    never_was {
        en: "is a time that clocks skip on that day",
        de: "ist eine Uhrzeit, die es an diesem Tag nicht gibt",
        fr: "est une heure qui n’existe pas ce jour-là",
    }
    too_many_rows(count: usize) {
        en: "can have at most {count} rows in one form",
        de: "kann in einem Formular höchstens {count} Zeilen haben",
        fr: "peut avoir au plus {count} lignes dans un formulaire",
    }
    removed_on_save(what: &str) {
        en: "{what} is removed when you save.",
        de: "{what} wird beim Speichern entfernt.",
        fr: "{what} sera retiré à l’enregistrement.",
    }
    keep(what: &str) { en: "Keep {what}", de: "{what} behalten", fr: "Garder {what}" }
    remove(what: &str) { en: "Remove {what}", de: "{what} entfernen", fr: "Retirer {what}" }
    too_many_for_form(count: usize) {
        en: "There are more than {count}, too many for one form.",
        de: "Es sind mehr als {count}, zu viele für ein Formular.",
        fr: "Il y en a plus de {count}, trop pour un formulaire.",
    }
    one_by_one { en: "Change them one by one", de: "Einzeln ändern", fr: "Les modifier un par un" }
    search_for(what: &str) { en: "Search for {what}", de: "Suche: {what}", fr: "Rechercher : {what}" }
}

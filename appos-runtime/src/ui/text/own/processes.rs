//! Words of instances of processes.

super::define::own_texts! { processes:
    title { en: "Processes", de: "Prozesse", fr: "Processus" }
    all { en: "All", de: "Alle", fr: "Tous" }
    mine { en: "Mine", de: "Meine", fr: "Les miens" }
    none { en: "No processes", de: "Keine Prozesse", fr: "Aucun processus" }
    search { en: "Name or id", de: "Name oder Nummer", fr: "Nom ou identifiant" }
    any_state { en: "Any state", de: "Jeder Zustand", fr: "Tout état" }
    any_process { en: "Any process", de: "Jeder Prozess", fr: "Tout processus" }
    kept { en: "Where they are kept", de: "Wo sie aufbewahrt sind", fr: "Où ils sont conservés" }
    current { en: "Current", de: "Aktuelle", fr: "Actuels" }
    archive { en: "Archive", de: "Archiv", fr: "Archive" }
    is_archived {
        en: "This process is in the archive: it can be looked at, and no longer be changed.",
        de: "Dieser Prozess ist im Archiv: Er kann angesehen, aber nicht mehr geändert werden.",
        fr: "Ce processus est dans les archives : il peut être consulté, mais plus modifié.",
    }
    show { en: "Show", de: "Anzeigen", fr: "Afficher" }
    start { en: "Start", de: "Beginnen", fr: "Démarrer" }
    start_of(name: &str) { en: "Start “{name}”", de: "„{name}“ beginnen", fr: "Démarrer « {name} »" }
    as_json { en: "Write JSON.", de: "Schreiben Sie JSON.", fr: "Écrivez du JSON." }
    asks_nothing { en: "It needs nothing from you.", de: "Er braucht nichts von Ihnen.", fr: "Il n’a besoin de rien de votre part." }
    older { en: "Older", de: "Ältere", fr: "Plus anciens" }
    newest { en: "Newest", de: "Neueste", fr: "Les plus récents" }
    state { en: "State", de: "Zustand", fr: "État" }
    process { en: "Process", de: "Prozess", fr: "Processus" }
    version(number: &str) { en: "version {number}", de: "Version {number}", fr: "version {number}" }
    name { en: "Name", de: "Name", fr: "Nom" }
    started { en: "Started", de: "Begonnen", fr: "Démarré" }
    started_by { en: "Started by", de: "Begonnen von", fr: "Démarré par" }
    ended { en: "Ended", de: "Beendet", fr: "Terminé" }
    deadline { en: "Deadline", de: "Frist", fr: "Échéance" }
    part_of { en: "Part of", de: "Teil von", fr: "Partie de" }
    cancelled_by { en: "Cancelled by", de: "Abgebrochen von", fr: "Annulé par" }
    waits_for { en: "Waits for", de: "Wartet auf", fr: "En attente de" }
    arguments { en: "Started with", de: "Begonnen mit", fr: "Démarré avec" }
    variables { en: "Variables", de: "Variablen", fr: "Variables" }
    hidden { en: "not shown", de: "nicht gezeigt", fr: "non affiché" }
    result { en: "Result", de: "Ergebnis", fr: "Résultat" }
    execution { en: "Execution", de: "Ausführung", fr: "Exécution" }
    history { en: "What has happened", de: "Was geschehen ist", fr: "Ce qui s’est passé" }
    nothing_yet { en: "Nothing has happened yet", de: "Es ist noch nichts geschehen", fr: "Rien ne s’est encore passé" }
    side_by_side { en: "Side by side", de: "Nebeneinander", fr: "En parallèle" }
    undone { en: "Undone", de: "Rückgängig gemacht", fr: "Annulé ensuite" }
    details { en: "Details", de: "Einzelheiten", fr: "Détails" }
    tries(count: u64) {
        en: { one: "{count} try", other: "{count} tries" },
        de: { one: "{count} Versuch", other: "{count} Versuche" },
        fr: { one: "{count} essai", other: "{count} essais" },
    }
    until(when: &str) { en: "until {when}", de: "bis {when}", fr: "jusqu’au {when}" }
    next_try(name: &str, when: &str) {
        en: "next try of “{name}” {when}",
        de: "nächster Versuch von „{name}“ {when}",
        fr: "prochain essai de « {name} » {when}",
    }
    signal(name: &str) { en: "signal “{name}”", de: "Signal „{name}“", fr: "signal « {name} »" }
    child(name: &str) { en: "process “{name}”", de: "Prozess „{name}“", fr: "processus « {name} »" }
    a_worker { en: "a worker", de: "einen Arbeiter", fr: "un exécuteur" }
    runs(name: &str) { en: "“{name}” runs", de: "„{name}“ läuft", fr: "« {name} » s’exécute" }

    running { en: "Running", de: "Läuft", fr: "En cours" }
    waiting { en: "Waiting", de: "Wartet", fr: "En attente" }
    completed { en: "Completed", de: "Abgeschlossen", fr: "Achevé" }
    failed { en: "Failed", de: "Fehlgeschlagen", fr: "Échoué" }
    cancelled { en: "Cancelled", de: "Abgebrochen", fr: "Annulé" }
    parked { en: "Put aside", de: "Zurückgestellt", fr: "Mis de côté" }
    skipped { en: "Skipped", de: "Ausgelassen", fr: "Ignoré" }

    timer { en: "Wait", de: "Pause", fr: "Pause" }
    variable(name: &str) { en: "Variable “{name}”", de: "Variable „{name}“", fr: "Variable « {name} »" }
    wait_for_signal(name: &str) { en: "Signal “{name}”", de: "Signal „{name}“", fr: "Signal « {name} »" }
    part(name: &str) { en: "Process “{name}”", de: "Prozess „{name}“", fr: "Processus « {name} »" }
    begun(name: &str) { en: "Started “{name}”", de: "„{name}“ begonnen", fr: "« {name} » démarré" }

    retry { en: "Retry", de: "Wiederholen", fr: "Réessayer" }
    resume { en: "Resume", de: "Fortsetzen", fr: "Reprendre" }
    cancel { en: "Cancel process", de: "Prozess abbrechen", fr: "Annuler le processus" }
    cancel_question { en: "Cancel this process?", de: "Diesen Prozess abbrechen?", fr: "Annuler ce processus ?" }
    cancel_hint {
        en: "What it does is given up, and what it has done is undone where its steps say how.",
        de: "Was er tut, wird aufgegeben; was er getan hat, wird rückgängig gemacht, wo seine Schritte sagen, wie.",
        fr: "Ce qu’il fait est abandonné, et ce qu’il a fait est annulé là où ses étapes le prévoient.",
    }
    keep { en: "Let it run", de: "Weiterlaufen lassen", fr: "Le laisser continuer" }
    tell { en: "Send a signal", de: "Signal senden", fr: "Envoyer un signal" }
    signal_name { en: "Signal", de: "Signal", fr: "Signal" }
    payload { en: "What it brings", de: "Was es mitbringt", fr: "Ce qu’il apporte" }
    payload_hint { en: "A number, a text, or JSON.", de: "Eine Zahl, ein Text oder JSON.", fr: "Un nombre, un texte ou du JSON." }
    send { en: "Send", de: "Senden", fr: "Envoyer" }
    not_done { en: "It was not done", de: "Es wurde nicht getan", fr: "Cela n’a pas été fait" }
    compensated {
        en: "What it had done was undone when it failed: start it again.",
        de: "Was er getan hatte, wurde beim Fehlschlag rückgängig gemacht: Beginnen Sie ihn neu.",
        fr: "Ce qu’il avait fait a été annulé lors de l’échec : démarrez-le à nouveau.",
    }
    has_ended { en: "It has ended meanwhile.", de: "Er ist inzwischen beendet.", fr: "Il s’est terminé entre-temps." }
}

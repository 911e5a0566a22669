//! Words of the screens of all processes: what there is to do, who does it, what goes no further.

super::define::own_texts! { operations:
    title { en: "Processes", de: "Prozesse", fr: "Processus" }
    everything { en: "All processes", de: "Alle Prozesse", fr: "Tous les processus" }
    overview { en: "Overview", de: "Übersicht", fr: "Vue d’ensemble" }
    workers { en: "Workers", de: "Worker", fr: "Workers" }
    dead { en: "Dead letters", de: "Gestrandete", fr: "Bloqués" }
    mine { en: "My processes", de: "Meine Prozesse", fr: "Mes processus" }
    none_seen { en: "There is nothing here for you to see", de: "Hier gibt es für Sie nichts zu sehen", fr: "Il n’y a rien à voir ici pour vous" }
    none_mine { en: "You have started no process", de: "Sie haben keinen Prozess begonnen", fr: "Vous n’avez démarré aucun processus" }
    none_mine_hint {
        en: "What you start stands here, with how far it has got.",
        de: "Was Sie beginnen, steht hier, mit seinem Stand.",
        fr: "Ce que vous démarrez apparaît ici, avec son avancement.",
    }

    due { en: "Due now", de: "Jetzt fällig", fr: "Dus maintenant" }
    late(length: &str) { en: "the oldest for {length}", de: "der älteste seit {length}", fr: "le plus ancien depuis {length}" }
    open_tasks { en: "Open tasks", de: "Offene Aufgaben", fr: "Tâches ouvertes" }
    instances_per_minute { en: "Processes per minute", de: "Prozesse pro Minute", fr: "Processus par minute" }
    steps_per_minute { en: "Steps per minute", de: "Schritte pro Minute", fr: "Étapes par minute" }
    steps { en: "Steps", de: "Schritte", fr: "Étapes" }
    started { en: "Started", de: "Begonnen", fr: "Démarrés" }
    by_process { en: "Numbers by process", de: "Zahlen nach Prozess", fr: "Chiffres par processus" }
    completed_in_hour { en: "Completed in an hour", de: "Abgeschlossen in einer Stunde", fr: "Achevés en une heure" }

    worker { en: "Worker", de: "Worker", fr: "Worker" }
    state { en: "State", de: "Zustand", fr: "État" }
    runs_now { en: "Runs now", de: "Läuft gerade", fr: "En cours" }
    program { en: "Program", de: "Programm", fr: "Programme" }
    since { en: "Since", de: "Seit", fr: "Depuis" }
    last_sign { en: "Last heard of", de: "Zuletzt gehört", fr: "Dernier signe" }
    scale { en: "Scale", de: "Skalieren", fr: "Dimensionner" }
    pid(number: &str) { en: "process id {number}", de: "Prozessnummer {number}", fr: "numéro de processus {number}" }
    running_of(running: &str, most: &str) { en: "{running} of {most}", de: "{running} von {most}", fr: "{running} sur {most}" }
    about_to_be(number: &str) { en: "soon {number}", de: "bald {number}", fr: "bientôt {number}" }
    working { en: "Working", de: "Arbeitet", fr: "Au travail" }
    drained { en: "Takes nothing new", de: "Nimmt nichts Neues", fr: "Ne prend rien de nouveau" }
    stopping { en: "Stopping", de: "Hält an", fr: "S’arrête" }
    gone { en: "Gone", de: "Verschwunden", fr: "Disparu" }
    all_workers { en: "All workers", de: "Alle Worker", fr: "Tous les workers" }
    all_run(number: &str) {
        en: "Each runs up to {number} processes at the same time, also those that begin from now on.",
        de: "Jeder führt bis zu {number} Prozesse gleichzeitig aus, auch wer künftig beginnt.",
        fr: "Chacun exécute jusqu’à {number} processus à la fois, y compris ceux qui démarreront.",
    }
    as_settings_say {
        en: "Each runs as many processes at the same time as its settings say. 0: it takes nothing new up.",
        de: "Jeder führt so viele Prozesse gleichzeitig aus, wie seine Einstellungen sagen. 0: er nimmt nichts Neues an.",
        fr: "Chacun exécute autant de processus à la fois que ses réglages le disent. 0 : il ne prend rien de nouveau.",
    }
    how_many(name: &str) {
        en: "Processes at the same time: {name}",
        de: "Prozesse gleichzeitig: {name}",
        fr: "Processus simultanés : {name}",
    }
    set { en: "Set", de: "Setzen", fr: "Définir" }
    drain { en: "Drain", de: "Leeren", fr: "Vider" }
    reset { en: "As configured", de: "Wie eingestellt", fr: "Comme configuré" }
    not_scaled { en: "The number was not set", de: "Die Zahl wurde nicht gesetzt", fr: "Le nombre n’a pas été défini" }
    no_number { en: "Write a whole number from 0 to 10,000.", de: "Schreiben Sie eine ganze Zahl von 0 bis 10.000.", fr: "Écrivez un nombre entier de 0 à 10 000." }
    no_such_worker { en: "This worker is not there any more.", de: "Diesen Worker gibt es nicht mehr.", fr: "Ce worker n’existe plus." }
    no_workers { en: "No worker runs", de: "Kein Worker läuft", fr: "Aucun worker en marche" }
    no_workers_hint {
        en: "Processes wait until a program with the role “worker” or “all” is started.",
        de: "Prozesse warten, bis ein Programm mit der Rolle „worker“ oder „all“ gestartet wird.",
        fr: "Les processus attendent qu’un programme avec le rôle « worker » ou « all » démarre.",
    }

    dead_hint {
        en: "Processes that have failed or were put aside: they go no further by themselves.",
        de: "Prozesse, die fehlgeschlagen sind oder zurückgestellt wurden: Von selbst gehen sie nicht weiter.",
        fr: "Processus échoués ou mis de côté : ils n’avancent plus d’eux-mêmes.",
    }
    none_dead { en: "No dead letters", de: "Nichts ist gestrandet", fr: "Rien n’est bloqué" }
    none_dead_hint {
        en: "Every process gets on by itself, or has ended well.",
        de: "Jeder Prozess geht von selbst weiter oder ist gut zu Ende gegangen.",
        fr: "Chaque processus avance de lui-même ou s’est bien terminé.",
    }
    error { en: "Error", de: "Fehler", fr: "Erreur" }
    none_chosen { en: "Tick at least one process.", de: "Kreuzen Sie mindestens einen Prozess an.", fr: "Cochez au moins un processus." }
    retry_many(count: u64) {
        en: { one: "Retry {count} process", other: "Retry {count} processes" },
        de: { one: "{count} Prozess wiederholen", other: "{count} Prozesse wiederholen" },
        fr: { one: "Réessayer {count} processus", other: "Réessayer {count} processus" },
    }
    resume_many(count: u64) {
        en: { one: "Resume {count} process", other: "Resume {count} processes" },
        de: { one: "{count} Prozess fortsetzen", other: "{count} Prozesse fortsetzen" },
        fr: { one: "Reprendre {count} processus", other: "Reprendre {count} processus" },
    }
    cancel_many(count: u64) {
        en: { one: "Cancel {count} process", other: "Cancel {count} processes" },
        de: { one: "{count} Prozess abbrechen", other: "{count} Prozesse abbrechen" },
        fr: { one: "Annuler {count} processus", other: "Annuler {count} processus" },
    }
    retry_hint {
        en: "Each goes on from the steps that have failed, with all their tries.",
        de: "Jeder geht von den fehlgeschlagenen Schritten an weiter, mit allen Versuchen.",
        fr: "Chacun reprend aux étapes échouées, avec tous leurs essais.",
    }
    resume_hint {
        en: "Those that were put aside go on where they were.",
        de: "Die zurückgestellten gehen dort weiter, wo sie waren.",
        fr: "Ceux qui ont été mis de côté reprennent où ils en étaient.",
    }
    cancel_hint {
        en: "Those that were put aside end, and what they have done is undone where their steps say how. What has failed has ended already.",
        de: "Die zurückgestellten enden; was sie getan haben, wird rückgängig gemacht, wo ihre Schritte sagen, wie. Was fehlgeschlagen ist, ist schon beendet.",
        fr: "Ceux qui ont été mis de côté se terminent, et ce qu’ils ont fait est annulé là où leurs étapes le prévoient. Ce qui a échoué est déjà terminé.",
    }
    not_now { en: "Not now", de: "Jetzt nicht", fr: "Pas maintenant" }
    were_asked(count: u64) {
        en: { one: "{count} process was taken up", other: "{count} processes were taken up" },
        de: { one: "{count} Prozess wurde aufgenommen", other: "{count} Prozesse wurden aufgenommen" },
        fr: { one: "{count} processus a été repris", other: "{count} processus ont été repris" },
    }
    were_refused(count: u64) {
        en: { one: "With {count} process it was not done", other: "With {count} processes it was not done" },
        de: { one: "Bei {count} Prozess ging es nicht", other: "Bei {count} Prozessen ging es nicht" },
        fr: { one: "Cela n’a pas été fait pour {count} processus", other: "Cela n’a pas été fait pour {count} processus" },
    }
    not_parked { en: "It was not put aside.", de: "Er war nicht zurückgestellt.", fr: "Il n’était pas mis de côté." }
    goes_on_already { en: "It has not failed, or goes on already.", de: "Er ist nicht fehlgeschlagen oder geht schon weiter.", fr: "Il n’a pas échoué, ou avance déjà." }
    may_not { en: "You may not, or it is not there any more.", de: "Sie dürfen es nicht, oder es gibt ihn nicht mehr.", fr: "Vous n’en avez pas le droit, ou il n’existe plus." }
}

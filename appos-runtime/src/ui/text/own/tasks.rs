//! Words of the tasks that processes give to people.

super::define::own_texts! { tasks:
    mine { en: "My tasks", de: "Meine Aufgaben", fr: "Mes tâches" }
    of_all { en: "All tasks", de: "Alle Aufgaben", fr: "Toutes les tâches" }
    reassign { en: "Give to others", de: "An andere geben", fr: "Confier à d’autres" }
    reassign_hint {
        en: "To a group or to a user: from then on they are asked.",
        de: "An eine Gruppe oder an einen Benutzer: Von da an sind sie gefragt.",
        fr: "À un groupe ou à un utilisateur : c’est à eux qu’on demande désormais.",
    }
    group { en: "Group", de: "Gruppe", fr: "Groupe" }
    user { en: "User", de: "Benutzer", fr: "Utilisateur" }
    one_of_both {
        en: "choose a group or a user, and not both",
        de: "wählen Sie eine Gruppe oder einen Benutzer, nicht beides",
        fr: "choisissez un groupe ou un utilisateur, pas les deux",
    }
    nobody_of_that_name {
        en: "is not there, or not active",
        de: "gibt es nicht oder ist nicht aktiv",
        fr: "n’existe pas ou n’est pas actif",
    }
    none { en: "Nobody waits for you", de: "Niemand wartet auf Sie", fr: "Personne ne vous attend" }
    none_hint {
        en: "What a process asks you, or a group of yours, stands here.",
        de: "Hier steht, was ein Prozess Sie oder eine Ihrer Gruppen fragt.",
        fr: "Ce qu’un processus vous demande, à vous ou à l’un de vos groupes, apparaît ici.",
    }
    asked_of(group: &str) { en: "Asked of {group}", de: "Gefragt ist {group}", fr: "Demandé à {group}" }
    asked_of_you { en: "Asked of you", de: "Sie sind gefragt", fr: "Demandé à vous" }
    asked_at(moment: &str) { en: "since {moment}", de: "seit {moment}", fr: "depuis le {moment}" }
    due(moment: &str) { en: "Due {moment}", de: "Fällig {moment}", fr: "Échéance : {moment}" }
    overdue { en: "Overdue", de: "Überfällig", fr: "En retard" }
    answered { en: "Answered", de: "Beantwortet", fr: "Répondu" }
    withdrawn { en: "Withdrawn", de: "Zurückgezogen", fr: "Retiré" }
    answer { en: "Answer", de: "Antwort", fr: "Réponse" }
    send { en: "Send the answer", de: "Antwort senden", fr: "Envoyer la réponse" }
    comment { en: "Remark", de: "Bemerkung", fr: "Remarque" }
    about { en: "It is about", de: "Es geht um", fr: "Cela concerne" }
    yes { en: "Yes", de: "Ja", fr: "Oui" }
    no { en: "No", de: "Nein", fr: "Non" }
    choose { en: "Choose", de: "Wählen", fr: "Choisir" }
}

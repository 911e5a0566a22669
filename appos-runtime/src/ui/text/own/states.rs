//! What a screen says when it has nothing, not yet, or no longer to show.

super::define::own_texts! { states:
    loading { en: "Loading …", de: "Wird geladen …", fr: "Chargement …" }
    saving { en: "Saving …", de: "Wird gespeichert …", fr: "Enregistrement …" }
    offline { en: "No connection. What you typed is kept.", de: "Keine Verbindung. Ihre Eingaben bleiben erhalten.", fr: "Pas de connexion. Votre saisie est conservée." }
    reconnecting { en: "Reconnecting …", de: "Verbindung wird wiederhergestellt …", fr: "Reconnexion …" }
    reconnected { en: "Connected again", de: "Wieder verbunden", fr: "Reconnecté" }
    failed { en: "Something went wrong", de: "Etwas ist schiefgegangen", fr: "Une erreur s’est produite" }
    failed_hint(execution_id: &str) {
        en: "Tell your administrator this number: {execution_id}",
        de: "Nennen Sie Ihrem Administrator diese Nummer: {execution_id}",
        fr: "Indiquez ce numéro à votre administrateur : {execution_id}",
    }
    not_found { en: "There is nothing at this address", de: "Unter dieser Adresse ist nichts", fr: "Il n’y a rien à cette adresse" }
    not_understood { en: "Not understood", de: "Nicht verstanden", fr: "Non compris" }
    denied { en: "You have no access to this", de: "Sie haben hierauf keinen Zugriff", fr: "Vous n’avez pas accès à cette page" }
    too_many { en: "Too many requests; wait a moment", de: "Zu viele Anfragen; bitte kurz warten", fr: "Trop de requêtes ; patientez un instant" }
    changed_elsewhere { en: "This has just been changed by somebody else", de: "Das hat gerade jemand geändert", fr: "Cet élément vient d’être modifié par quelqu’un d’autre" }
}

//! Words of the frame around all screens.

super::define::own_texts! { shell:
    skip_to_content { en: "Skip to content", de: "Zum Inhalt springen", fr: "Aller au contenu" }
    home { en: "Home", de: "Start", fr: "Accueil" }
    navigation { en: "Navigation", de: "Navigation", fr: "Navigation" }
    apps { en: "Apps", de: "Apps", fr: "Applications" }
    records { en: "Data", de: "Daten", fr: "Données" }
    pages { en: "Pages", de: "Seiten", fr: "Pages" }
    menu { en: "Menu", de: "Menü", fr: "Menu" }
    go_to { en: "Go to …", de: "Gehe zu …", fr: "Aller à …" }
    command_palette { en: "Search or go to", de: "Suchen oder gehen zu", fr: "Rechercher ou aller à" }
    breadcrumbs { en: "You are here", de: "Sie sind hier", fr: "Vous êtes ici" }
    notifications { en: "Notifications", de: "Mitteilungen", fr: "Notifications" }
    account { en: "Account", de: "Konto", fr: "Compte" }
    signed_in_as(name: &str) { en: "Signed in as {name}", de: "Angemeldet als {name}", fr: "Connecté en tant que {name}" }
    sign_in { en: "Sign in", de: "Anmelden", fr: "Se connecter" }
    sign_out { en: "Sign out", de: "Abmelden", fr: "Se déconnecter" }
    settings { en: "Settings", de: "Einstellungen", fr: "Paramètres" }
    change_password { en: "Change your password", de: "Passwort ändern", fr: "Changer de mot de passe" }
    api_documentation { en: "API documentation", de: "API-Dokumentation", fr: "Documentation de l’API" }
    no_access {
        en: "No group of yours gives you access to any record yet.",
        de: "Keine Ihrer Gruppen gibt Ihnen bisher Zugriff auf Daten.",
        fr: "Aucun de vos groupes ne vous donne encore accès à des données.",
    }
    theme { en: "Theme", de: "Farbschema", fr: "Thème" }
    theme_light { en: "Light", de: "Hell", fr: "Clair" }
    theme_dark { en: "Dark", de: "Dunkel", fr: "Sombre" }
    theme_system { en: "As the system", de: "Wie das System", fr: "Comme le système" }
    shortcuts { en: "Keyboard shortcuts", de: "Tastenkürzel", fr: "Raccourcis clavier" }
    created { en: "Created", de: "Angelegt", fr: "Créé" }
    saved { en: "Saved", de: "Gespeichert", fr: "Enregistré" }
    deleted { en: "Deleted", de: "Gelöscht", fr: "Supprimé" }
    restored { en: "Restored", de: "Wiederhergestellt", fr: "Restauré" }
    nothing_found { en: "Nothing was found", de: "Nichts gefunden", fr: "Aucun résultat" }
    all_that_fit { en: "Show all that fit", de: "Alle passenden anzeigen", fr: "Afficher tous les résultats" }
}

//! The commands as a user, a script or a mail program runs them: the real program, each test with a home of its own.

use std::fs;

use serde_json::Value;

use crate::home::{Home, finish};

const REJEAN: &str = "Réjean Tremblay, vendeur de planches @Scierie Tremblay =planches en bois #chambre 819-555-0123 \
                      rejean@scierie.example";

#[test]
fn somebody_is_logged_and_found_again() {
    let home = Home::new();
    let uid = home.add(REJEAN);
    let found = home.json(&["find", "scierie", "--format", "json"]);
    assert_eq!(found.as_array().map(Vec::len), Some(1));
    assert_eq!(found[0]["uid"], uid.as_str());
    assert_eq!(found[0]["name"], "Réjean Tremblay");
    assert_eq!(found[0]["stage"], "pocket");
    assert_eq!(found[0]["phones"][0]["value"], "+18195550123");
    assert_eq!(found[0]["value"][0], "planches en bois");
}

#[test]
fn every_form_of_a_list() {
    let home = Home::new();
    home.add(REJEAN);
    home.add("Zoé Côté @MRC #client");
    assert_eq!(home.lines(&["find", "", "--format", "jsonl"]).len(), 2);
    assert_eq!(home.json(&["find", "", "--format", "json"]).as_array().map(Vec::len), Some(2));
    assert_eq!(
        home.json(&["find", "", "--limit", "1", "--format", "json"]).as_array().map(Vec::len),
        Some(1)
    );
    let tsv = home.lines(&["find", "scierie", "--format", "tsv"]);
    let cells: Vec<_> = tsv[0].split('\t').collect();
    assert_eq!(cells.len(), 9);
    assert_eq!(
        cells[1..6],
        [
            "Réjean Tremblay",
            "vendeur de planches",
            "Scierie Tremblay",
            "rejean@scierie.example",
            "+18195550123"
        ]
    );
    let table = home.lines(&["find", ""]);
    assert_eq!(table.len(), 2);
    assert!(table.iter().all(|line| !line.contains('\u{1b}')));
    assert!(table.iter().any(|line| line.contains("Scierie Tremblay")));
    assert!(home.lines(&["find", "", "--color", "always"])[0].contains('\u{1b}'));
}

#[test]
fn text_may_begin_with_a_minus() {
    let home = Home::new();
    home.add(REJEAN);
    home.add("Zoé Côté @MRC #client");
    let found = home.json(&["find", "-tag:client", "--format", "json"]);
    assert_eq!(found[0]["name"], "Réjean Tremblay");
    assert_eq!(found.as_array().map(Vec::len), Some(1));
}

#[test]
fn finding_nobody_is_said_and_exits_1() {
    let home = Home::new();
    let empty = home.run(&["find", ""]);
    assert_eq!((empty.code, empty.out.as_str()), (1, ""));
    assert!(empty.err.contains("openbar demo"));
    home.add(REJEAN);
    let json = home.run(&["find", "zzzz", "--format", "json"]);
    assert_eq!((json.code, json.out.as_str(), json.err.as_str()), (1, "[]\n", ""));
    let lines = home.run(&["find", "zzzz", "--format", "jsonl"]);
    assert_eq!((lines.code, lines.out.as_str()), (1, ""));
    let table = home.run(&["find", "zzzz", "--lang", "fr"]);
    assert_eq!(table.code, 1);
    assert!(table.err.contains("Personne ne correspond"), "{}", table.err);
}

#[test]
fn a_mail_program_gets_one_line_an_address() {
    let home = Home::new();
    home.add("Réjean Tremblay @Scierie rejean@scierie.example rt@exemple.example");
    home.add("Luc Roy @Scierie 819-555-0144");
    let lines = home.lines(&["find", "scierie", "--format", "mutt"]);
    assert_eq!(lines.len(), 3, "a message and two addresses: {lines:?}");
    assert_eq!(
        lines[1].split('\t').take(2).collect::<Vec<_>>(),
        ["rejean@scierie.example", "Réjean Tremblay"]
    );
    assert_eq!(lines[1].split('\t').count(), 3);
    assert_eq!(home.lines(&["find", "scierie", "--format", "mutt", "--no-message"]), lines[1..]);
    let none = home.run(&["find", "luc", "--format", "mutt"]);
    assert_eq!((none.code, none.out.lines().count(), none.err.as_str()), (1, 1, ""));
}

#[test]
fn a_block_keeps_every_word() {
    let home = Home::new();
    let done = home.feed(&["add", "-"], "Zoé Côté @MRC du Granit\nBureau du fond, 2e étage\n");
    assert_eq!(done.code, 0, "{}", done.err);
    let person = home.json(&["show", done.out.trim(), "--format", "json"]);
    assert_eq!(person["name"], "Zoé Côté");
    assert!(person["note"].as_str().expect("a note").contains("Bureau du fond, 2e étage"), "{person}");
}

const SIGNATURE: &str = "Geneviève Laflamme, CPA\nDirectrice des finances\nMenuiserie Bellefeuille inc.\n\
                         Tél. : 819 555-0142, poste 31\n88, rue des Érables\nCoaticook (Québec) J1A 1B5\n\
                         Avis de confidentialité : ce courriel est destiné à son destinataire seulement.\n";

#[test]
fn a_signature_becomes_a_card_and_loses_no_word() {
    let home = Home::new();
    let done = home.feed(&["add", "-"], SIGNATURE);
    assert_eq!((done.code, done.out.lines().count()), (0, 1), "{}", done.err);
    let person = home.json(&["show", done.out.trim(), "--format", "json"]);
    assert_eq!(person["name"], "Geneviève Laflamme");
    assert_eq!(person["credentials"][0], "CPA");
    assert_eq!(person["roles"][0]["title"], "Directrice des finances");
    assert_eq!(person["roles"][0]["org"], "Menuiserie Bellefeuille inc.");
    assert_eq!((&person["phones"][0]["ext"], &person["phones"][0]["label"]), (&"31".into(), &"work".into()));
    assert_eq!(person["addresses"][0]["postal"], "J1A 1B5");
    // What no field and no note wants is in the capture itself, which is kept.
    let kept = person["cards"][0].as_str().expect("a kept capture");
    let folder = home.path(".local/share/openbar/cards");
    let page = fs::read_to_string(folder.join(format!("{kept}.json"))).expect("the page");
    assert!(
        page.contains("destiné à son destinataire") && !person["note"].to_string().contains("destinataire")
    );
}

#[test]
fn a_list_becomes_as_many_cards_that_were_seen() {
    let home = Home::new();
    let list = "Liste des participants\nAnne Roy, notaire, Roy et Fils\nKarim Benali, acheteur, Kruger\n\
                Sheila McNabb, Sales Manager, Northgate Millworks\n";
    let done = home.feed(&["add", "-"], list);
    assert_eq!((done.code, done.out.lines().count()), (0, 3), "{}", done.err);
    assert!(done.err.contains("Liste des participants"), "{}", done.err);
    for (uid, org) in done.out.lines().zip(["Roy et Fils", "Kruger", "Northgate Millworks"]) {
        let person = home.json(&["show", uid, "--format", "json"]);
        assert_eq!((&person["door"], &person["roles"][0]["org"]), (&"seen".into(), &org.into()), "{person}");
        assert_eq!(person["stage"], "pocket");
    }
    let dry = home.feed(&["add", "--dry-run", "--format", "jsonl", "-"], list);
    assert_eq!(dry.out.lines().count(), 3, "{}", dry.err);
}

#[test]
fn cards_are_parted_where_each_can_be_reached() {
    let home = Home::new();
    let done =
        home.feed(&["add", "-"], "Anne Roy\nNotaire\n819 555-0101\n\nMarc Côté\nmarc.cote@exemple.ca\n");
    assert_eq!((done.code, done.out.lines().count()), (0, 2), "{}", done.err);
}

#[test]
fn nothing_to_add_is_a_slip_in_the_usage() {
    let home = Home::new();
    assert_eq!(home.run(&["add"]).code, 2);
    assert_eq!(home.run(&["add", "  "]).code, 2);
    assert_eq!(home.feed(&["add", "-"], " \n").code, 3);
    let binary = home.feed(&["add", "-"], b"\xff\xfe\x00".as_slice());
    assert_eq!(binary.code, 3);
    assert!(binary.err.contains("standard input"), "{}", binary.err);
}

#[test]
fn a_dry_run_says_how_lines_are_understood_and_writes_nothing() {
    let home = Home::new();
    let input = "Luc Roy @MRC\n\nZoé 819-555-0123\n";
    let done = home.feed(&["add", "--dry-run", "--format", "jsonl", "--lines", "-"], input);
    assert_eq!(done.code, 0, "{}", done.err);
    let lines: Vec<Value> = done.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 3, "one line of output for each of input");
    assert_eq!(lines[0]["contact"]["roles"][0]["org"], "MRC");
    assert_eq!(lines[1]["text"], "");
    assert_eq!(lines[2]["contact"]["phones"][0]["value"], "+18195550123");
    assert_eq!(home.run(&["find", ""]).code, 1);
}

#[test]
fn one_person_to_read_before_a_meeting() {
    let home = Home::new();
    let uid = home.add(REJEAN);
    home.add("Zoé Côté @MRC");
    home.lines(&["edit", &uid, "close:3 note:aime la pêche"]);
    home.lines(&["tie", &uid, "Zoé", "recommended"]);
    home.lines(&["log", &uid, "café, sa fille reprend la scierie", "--on", "2025-11-03"]);
    let page = home.lines(&["show", &uid]).join("\n");
    for words in [
        "Réjean Tremblay",
        "●●●○○",
        "Scierie Tremblay",
        "planches en bois",
        "819 555-0123",
        "recommended Zoé Côté",
        "Nov 3, 2025",
        "sa fille reprend la scierie",
        "aime la pêche",
    ] {
        assert!(page.contains(words), "{words} is not in\n{page}");
    }
    let french = home.lines(&["--lang", "fr", "show", &uid]).join("\n");
    for words in ["contact", "a recommandé Zoé Côté", "3 nov. 2025", "Pourrait apporter", "café ou repas"]
    {
        assert!(french.contains(words), "{words} is not in\n{french}");
    }
    let json = home.json(&["show", &uid, "--format", "json"]);
    assert_eq!(json["closeness"], 3);
    assert_eq!(json["ties"][0]["kind"], "recommended");
    assert_eq!(json["ties"][0]["direction"], "out");
    assert_eq!(json["timeline"][0]["on"], "2025-11-03");
    assert_eq!(json["timeline"][0]["kind"], "coffee");
    let other = home.json(&["show", "Zoé", "--format", "json"]);
    assert_eq!(other["ties"][0]["direction"], "in");
}

#[test]
fn several_matches_are_listed_and_never_guessed() {
    let home = Home::new();
    let first = home.add("Martin Roy @MRC");
    home.add("Martin Roy @Hydro");
    for command in [vec!["show", "martin"], vec!["edit", "martin", "#x"], vec!["archive", "martin"]] {
        let done = home.run(&command);
        assert_eq!(done.code, 2, "{command:?}");
        assert!(done.err.contains(&first) && done.err.contains("Hydro"), "{}", done.err);
        assert_eq!(done.out, "");
    }
    assert_eq!(home.run(&["show", "personne"]).code, 1);
    assert_eq!(home.json(&["show", &first, "--format", "json"])["roles"][0]["org"], "MRC");
}

#[test]
fn an_edit_adds_and_undo_takes_back_and_redo_does_again() {
    let home = Home::new();
    let uid = home.add("Luc Roy @MRC");
    home.lines(&["edit", &uid, "#client 819-555-0166"]);
    let tags = |home: &Home| home.json(&["show", &uid, "--format", "json"])["tags"].clone();
    assert_eq!(tags(&home)[0], "client");
    let said = home.lines(&["undo"]);
    assert!(said[0].contains("Luc Roy"), "{said:?}");
    assert_eq!(tags(&home), Value::Null);
    home.lines(&["--lang", "fr", "redo"]);
    assert_eq!(tags(&home)[0], "client");
    assert_eq!(home.run(&["redo"]).code, 1);
    let same = home.lines(&["edit", &uid, "#client"]);
    assert!(same[0].contains("Nothing to change"), "{same:?}");
}

#[test]
fn nothing_to_undo_is_said() {
    let home = Home::new();
    let done = home.run(&["undo", "--lang", "fr"]);
    assert_eq!(done.code, 1);
    assert!(done.err.contains("rien à annuler"), "{}", done.err);
}

#[test]
fn who_was_archived_is_found_only_when_asked_for() {
    let home = Home::new();
    home.add("Luc Roy @MRC");
    home.lines(&["archive", "luc"]);
    assert_eq!(home.run(&["find", "luc"]).code, 1);
    assert_eq!(home.lines(&["find", "is:archived"]).len(), 1);
}

#[test]
fn ties_are_checked() {
    let home = Home::new();
    home.add("Luc Roy @MRC");
    home.add("Zoé Côté @MRC");
    assert_eq!(home.run(&["tie", "luc", "luc"]).code, 2);
    let unknown = home.run(&["tie", "luc", "zoé", "hates", "--lang", "fr"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("relève de"), "{}", unknown.err);
    home.lines(&["tie", "luc", "zoé", "relève", "de"]);
    assert_eq!(home.json(&["show", "luc", "--format", "json"])["ties"][0]["kind"], "reports_to");
}

#[test]
fn the_own_card_is_kept() {
    let home = Home::new();
    assert!(home.lines(&["me"])[0].contains("openbar me"));
    home.lines(&["me", "Claude Roy, consultante @Roy Conseil claude@roy.example"]);
    let me = home.json(&["me", "--format", "json"]);
    assert_eq!(me["record"], "me");
    assert_eq!(me["name"], "Claude Roy");
    assert_eq!(me["emails"][0]["value"], "claude@roy.example");
    let page = home.lines(&["--lang", "fr", "me"]).join("\n");
    assert!(page.contains("Roy Conseil") && page.contains("Chapeaux"), "{page}");
}

#[test]
fn a_date_that_is_none_is_named() {
    let home = Home::new();
    home.add("Luc Roy @MRC");
    let done = home.run(&["log", "luc", "café", "--on", "2025-02-30"]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("2025-02-30"), "{}", done.err);
}

#[test]
fn history_tells_what_was_done() {
    let home = Home::new();
    assert_eq!(home.run(&["history"]).code, 1);
    home.add("Luc Roy @MRC");
    home.lines(&["edit", "luc", "#client"]);
    home.lines(&["undo"]);
    let steps = home.json(&["history", "--format", "json"]);
    let edit = steps
        .as_array()
        .expect("a list")
        .iter()
        .find(|step| step["deed"] == "edit" && step["course"] == "do");
    assert_eq!(edit.expect("the edit")["undone"], true);
    let of_luc = home.json(&["history", "luc", "--format", "json"]);
    assert!(of_luc.as_array().expect("a list").iter().any(|step| step["fields"][0] == "tags"), "{of_luc}");
    assert_eq!(home.lines(&["history", "--limit", "1"]).len(), 1);
}

#[test]
fn today_says_what_is_due() {
    let home = Home::new();
    home.add("Luc Roy @MRC next:2020-01-01");
    let page = home.lines(&["today"]).join("\n");
    assert!(page.contains("follow-up due") && page.contains("Luc Roy"), "{page}");
    let json = home.json(&["today", "--format", "json"]);
    assert_eq!(json["due"]["items"][0]["on"], "2020-01-01");
    assert_eq!(json["pocket"]["total"], 1);
    let empty = Home::new().lines(&["--lang", "fr", "today"]).join("\n");
    assert!(empty.contains("Le carnet est vide"), "{empty}");
}

const CONNECTIONS: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
    Jane,Doe,https://www.linkedin.com/in/jane-doe-demo,,Acme,Buyer,07 Feb 2026\n\
    Zoé,Côté,https://www.linkedin.com/in/zoe-cote-demo,zoe@mrc.example,MRC,Conseillère,06 Feb 2026\n\
    ,,,,,,05 Feb 2026\n";

#[test]
fn an_import_says_what_it_brought_and_twice_changes_nothing() {
    let home = Home::new();
    let file = home.write("Connections.csv", CONNECTIONS);
    let dry = home.json(&["import", &file, "--dry-run", "--format", "json"]);
    assert_eq!(dry["new"], 2);
    assert_eq!(dry["contacts"][0]["name"], "Jane Doe");
    assert_eq!(dry["problems"].as_array().map(Vec::len), Some(0), "{dry}");
    assert_eq!(home.run(&["find", ""]).code, 1, "a dry run writes nothing");
    let first = home.lines(&["import", &file]).join("\n");
    assert!(first.contains("2 new") && first.contains("1 row without a name"), "{first}");
    let again = home.json(&["import", &file, "--format", "json"]);
    assert_eq!((again["new"].as_u64(), again["unchanged"].as_u64()), (Some(0), Some(2)), "{again}");
    let newer = home.write("newer.csv", CONNECTIONS.replace("Acme,Buyer", "Globex,Director"));
    let moved = home.lines(&["--lang", "fr", "import", &newer]).join("\n");
    assert!(moved.contains("a changé d’emploi") && moved.contains("Globex"), "{moved}");
    home.lines(&["undo"]);
    home.lines(&["undo"]);
    assert_eq!(home.run(&["find", ""]).code, 1, "an import is one step");
}

#[test]
fn bad_files_are_told_with_place_and_reason() {
    let home = Home::new();
    let missing = home.run(&["import", "/no/such/file.csv"]);
    assert_eq!(missing.code, 3);
    assert!(missing.err.contains("/no/such/file.csv"), "{}", missing.err);
    let empty = home.write("empty.csv", "");
    assert_eq!(home.run(&["import", &empty]).code, 3);
    let broken = home.write(
        "broken.jsonl",
        "{\"uid\":\"a\",\"name\":\"Ann\"}\n{\"uid\":\n{\"uid\":\"b\",\"name\":\"Bob\"}\n",
    );
    let done = home.run(&["import", &broken, "--format", "json"]);
    assert_eq!(done.code, 3);
    let json: Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!((json["new"].as_u64(), json["problems"][0]["line"].as_u64()), (Some(2), Some(2)), "{json}");
    assert_eq!(home.lines(&["find", ""]).len(), 2, "the rest came through");
    let french = home.run(&["--lang", "fr", "import", &broken]);
    assert_eq!(french.code, 3);
    assert!(french.err.contains(&format!("{broken}, ligne 2, colonne 7\u{a0}:")), "{}", french.err);
    let format = home.run(&["import", &broken, "--from", "klingon"]);
    assert_eq!(format.code, 2);
}

#[test]
fn an_export_comes_back_without_loss() {
    let home = Home::new();
    home.add(REJEAN);
    home.add("Zoé Côté @MRC");
    home.lines(&["tie", "réjean", "zoé"]);
    let out = home.path("book.jsonl");
    home.lines(&["export", "--out", &out.display().to_string()]);
    let written = fs::read_to_string(&out).expect("the file");
    assert_eq!(written, home.run(&["export"]).out, "the same to a file and to standard output");
    let other = home.path("other").display().to_string();
    home.lines(&["--data", &other, "import", &out.display().to_string()]);
    assert_eq!(home.run(&["--data", &other, "export"]).out, written);
    let one = home.lines(&["export", "--query", "-@MRC"]);
    assert_eq!(one.len(), 1, "{one:?}");
    let nowhere = home.run(&["export", "--out", "/no/such/folder/x.jsonl"]);
    assert_eq!(nowhere.code, 4);
}

#[test]
fn a_reader_that_leaves_early_is_no_fault() {
    let home = Home::new();
    let program = assert_cmd::cargo::cargo_bin!("openbar");
    let mut child = std::process::Command::new(program)
        .env_clear()
        .env("HOME", home.folder.path())
        .args(["help"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn the_demo_runs_any_command_and_leaves_nothing_behind() {
    let home = Home::new();
    let found = home.lines(&["demo", "find", "planches", "--format", "jsonl"]);
    assert!(found.iter().any(|line| line.contains("Réjean Tremblay")), "{found:?}");
    let due = home.json(&["demo", "today", "--format", "json"]);
    assert!(due["due"]["total"].as_u64() > Some(0), "the network looks fresh today");
    for arguments in [["--lang", "fr", "demo", "today"], ["demo", "today", "--lang", "fr"]] {
        assert!(home.lines(&arguments).join("\n").contains("suivis à faire"), "{arguments:?}");
    }
    assert_eq!(home.run(&["demo", "find", "-zzz", "--nope"]).code, 2);
    assert_eq!(home.run(&["demo", "demo"]).code, 2);
    let left: Vec<_> = fs::read_dir(home.folder.path()).expect("the home").collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn slips_in_the_arguments_are_worded_in_both_languages() {
    let home = Home::new();
    for (arguments, english, french) in [
        (vec!["fnid"], "There is no command “fnid”", "Il n’y a pas de commande «\u{a0}fnid\u{a0}»"),
        (
            vec!["find", "--formt", "json"],
            "Did you mean “--format”?",
            "Vouliez-vous dire «\u{a0}--format\u{a0}»",
        ),
        (
            vec!["find", "x", "--format", "xml"],
            "“xml” is not possible",
            "«\u{a0}xml\u{a0}» n’est pas possible",
        ),
        (vec!["edit", "luc"], "Something is missing", "Il manque quelque chose"),
        (
            vec!["today", "--format"],
            "--format <FORMAT> takes one value",
            "--format <FORMAT> prend une valeur",
        ),
    ] {
        let done = home.run(&arguments);
        assert_eq!(done.code, 2, "{arguments:?}");
        assert!(done.err.contains(english), "{arguments:?}: {}", done.err);
        let done = home.run(&[vec!["--lang", "fr"], arguments.clone()].concat());
        assert!(done.err.contains(french), "{arguments:?}: {}", done.err);
        assert_eq!(done.out, "");
    }
}

#[test]
fn the_language_comes_from_option_configuration_and_locale() {
    let home = Home::new();
    let help = |home: &Home, locale: &str, arguments: &[&str]| {
        let mut command = home.command(&[arguments, &["--help"]].concat());
        command.env("LC_ALL", locale);
        finish(command).out
    };
    assert!(help(&home, "fr_CA.UTF-8", &[]).contains("Utilisation"));
    assert!(help(&home, "fr_CA.UTF-8", &["--lang", "en"]).contains("Usage:"));
    home.write(".config/openbar/config.toml", "language = 'fr'\n");
    assert!(help(&home, "en_CA.UTF-8", &["find"]).contains("Utilisation"));
}

#[test]
fn a_slip_in_the_configuration_is_named_with_the_nearest_key() {
    let home = Home::new();
    let file = home.write(".config/openbar/config.toml", "theme = 'dark'\nlangauge = 'fr'\n");
    let done = home.run(&["find", ""]);
    assert_eq!(done.code, 3);
    assert!(done.err.contains(&format!("{file}, line 2")), "{}", done.err);
    assert!(done.err.contains("Did you mean “language”?"), "{}", done.err);
    assert_eq!(home.run(&["help"]).code, 0, "help works all the same");
}

#[test]
fn the_book_is_where_options_environment_and_configuration_say() {
    let home = Home::new();
    home.add("Luc Roy @MRC");
    assert!(home.path(".local/share/openbar").is_dir());
    let other = home.path("autre");
    let mut command = home.command(&["add", "Zoé Côté"]);
    command.env("OPENBAR_DATA", &other);
    assert_eq!(finish(command).code, 0);
    let other = other.display().to_string();
    assert_eq!(home.lines(&["--data", &other, "find", ""]).len(), 1);
    home.write(".config/openbar/config.toml", format!("data_dir = '{other}'\n"));
    assert!(home.lines(&["find", ""])[0].contains("Zoé"));
}

#[test]
fn the_screen_needs_a_terminal() {
    let home = Home::new();
    let done = home.run(&[]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("terminal"), "{}", done.err);
    assert!(!home.path(".local").exists(), "nothing was made");
}

#[test]
fn escapes_never_reach_a_terminal() {
    let home = Home::new();
    home.add("Jean\u{1b}[31m Rouge\u{7} @Évil\u{202e}Corp");
    for arguments in
        [vec!["find", ""], vec!["show", "Jean"], vec!["find", "", "--format", "tsv"], vec!["history"]]
    {
        let out = home.run(&arguments).out;
        assert!(!out.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{arguments:?}: {out:?}");
    }
    let asked = home.run(&["show", "\u{1b}[31mrien"]);
    assert!(!asked.err.contains('\u{1b}'), "{:?}", asked.err);
}

#[test]
fn completions_and_manual_are_printed() {
    let home = Home::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(home.lines(&["completions", shell]).len() > 20, "{shell}");
    }
    assert_eq!(home.run(&["completions", "tcsh"]).code, 2);
    assert!(home.lines(&["man"]).iter().any(|line| line == ".SH NAME"));
    assert!(home.lines(&["--lang", "fr", "man", "find"]).iter().any(|line| line == ".SH NOM"));
    assert_eq!(home.run(&["man", "nothing"]).code, 2);
}

#[test]
fn lookalikes_are_listed_with_their_reasons() {
    let home = Home::new();
    assert_eq!(home.run(&["duplicates"]).code, 1);
    assert_eq!(home.run(&["duplicates", "--format", "json"]).out, "[]\n");
    let first = home.add(REJEAN);
    let second = home.add("R. Tremblay rejean@scierie.example");
    home.add("Zoé Lavoie");
    let found = home.json(&["duplicates", "--format", "json", "--lang", "en"]);
    assert_eq!(found.as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&found[0]["a"]["uid"], &found[0]["b"]["uid"]),
        (&first.as_str().into(), &second.as_str().into())
    );
    assert_eq!(found[0]["likelihood"], "nearly_sure");
    assert_eq!(found[0]["why"][0], "same email rejean@scierie.example");
    let of = home.json(&["duplicates", &second, "--format", "jsonl"]);
    assert_eq!(of["b"]["uid"], first.as_str());
    let lines = home.lines(&["duplicates", "--lang", "fr"]);
    assert!(lines[2].contains("presque sûr\u{a0}: même courriel"), "{lines:?}");
    let none = home.run(&["duplicates", "Zoé", "--lang", "en"]);
    assert_eq!((none.code, none.err.contains("Nobody looks like Zoé")), (1, true), "{}", none.err);
    assert_eq!(home.run(&["duplicates", "personne@nulle.part"]).code, 1);
}

#[test]
fn two_cards_become_one_and_undo_makes_them_two_again() {
    let home = Home::new();
    let first = home.add(REJEAN);
    let second = home.add("R. Tremblay rejean@scierie.example 819-555-0199");
    let tried = home.json(&["merge", &first, &second, "--dry-run", "--format", "json"]);
    assert_eq!((&tried["uid"], tried["phones"].as_array().map(Vec::len)), (&first.as_str().into(), Some(2)));
    assert_eq!(home.lines(&["find", "", "--format", "jsonl"]).len(), 2, "it was only tried");
    let kept = home.json(&["merge", &first, &second, "--yes", "--format", "json"]);
    assert_eq!(kept["note"], "name: R. Tremblay");
    assert_eq!(home.json(&["show", &second, "--format", "json"])["uid"], first.as_str());
    home.lines(&["undo"]);
    assert_eq!(home.lines(&["find", "", "--format", "jsonl"]).len(), 2);
    assert_eq!(home.run(&["merge", &first, &first]).code, 2);
    assert_eq!(home.run(&["merge", &first, "personne@nulle.part"]).code, 1);
    assert_eq!(home.run(&["merge", &first]).code, 2);
    assert_eq!(home.run(&["merge", "tremblay", &second]).code, 2, "never a guess");
}

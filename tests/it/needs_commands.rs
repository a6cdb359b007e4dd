//! The commands of needs as a script runs them: the real program on the demo's network or a book of its own.

use serde_json::{Value, json};

use crate::home::Home;

/// People who could help, and one who could not; by name.
fn with_people() -> Home {
    let home = Home::new();
    home.add("Réjean Tremblay, vendeur @Scierie du Rang =planches en bois");
    home.add("Sonia Bédard, couvreuse @Toitures Bédard");
    home.add("Gilles Hamel, loue des mini-excavatrices");
    home.add("Lise Roy, notaire");
    home
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn rows(text: &str) -> Vec<Value> {
    text.lines().map(parsed).collect()
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn the_demo_brings_the_plank_seller_first_in_both_languages_with_the_chain() {
    let home = Home::new();
    for (need, strength) in [
        ("agrandir ma terrasse", "strong"),
        ("extend my deck", "strong"),
        ("terrasse", "fair"),
        ("deck", "fair"),
    ] {
        for (lang, lumber) in [("fr", "bois d’œuvre"), ("en", "lumber")] {
            let found = home.json(&["--lang", lang, "demo", "who", need, "--format", "json"]);
            let first = &found[0];
            assert_eq!(first["name"], "Réjean Tremblay", "{need}: {found}");
            assert_eq!(first["strength"], strength, "{need}");
            let why = first["why"][0].as_str().expect("a reason").replace('\'', "’");
            assert!(why.starts_with(need) && why.contains(lumber) && why.contains("← planches"), "{why}");
        }
    }
    let table = home.good(&["--lang", "fr", "demo", "who", "agrandir ma terrasse"]);
    let first: Vec<&str> = table.lines().take(2).collect();
    assert!(first[0].starts_with("Réjean Tremblay · ") && first[0].ends_with("●●● sûr"), "{table}");
    assert!(first[1].contains("planches (valeur)"), "{table}");
}

#[test]
fn who_answers_in_every_format() {
    let home = with_people();
    let found = home.json(&["--lang", "en", "who", "extend", "my", "deck", "--format", "json"]);
    let first = &found[0];
    assert_eq!(keys(first), ["name", "score", "strength", "uid", "why"]);
    assert_eq!((&first["name"], &first["strength"]), (&json!("Réjean Tremblay"), &json!("strong")));
    assert!(first["score"].is_number() && first["why"].as_array().is_some_and(|why| !why.is_empty()));
    let lines = rows(&home.good(&["--lang", "en", "who", "extend my deck", "--format", "jsonl"]));
    assert_eq!(Value::from(lines), found);
    let weak = home.json(&["who", "extend my deck", "--weak", "--format", "json"]);
    let strengths: Vec<&str> =
        weak.as_array().expect("a list").iter().filter_map(|one| one["strength"].as_str()).collect();
    let firm = strengths.iter().take_while(|strength| **strength != "weak").count();
    assert!(strengths[firm..].iter().all(|strength| *strength == "weak"), "{strengths:?}");
    assert_eq!(
        home.json(&["who", "agrandir ma terrasse", "--limit", "1", "--format", "json"])[0]["name"],
        "Réjean Tremblay"
    );
    // A note in the other language.
    assert_eq!(home.json(&["who", "my roof leaks", "--format", "json"])[0]["name"], "Sonia Bédard");
    home.add("Ross Kilbride note:artesian wells, drills in winter too");
    assert_eq!(home.json(&["who", "creuser un puits", "--format", "json"])[0]["name"], "Ross Kilbride");
}

#[test]
fn where_nobody_fits_it_says_so_with_its_exit_code() {
    let home = with_people();
    let asked =
        |format: &str| home.run(&["--lang", "fr", "who", "professeur de tango argentin", "--format", format]);
    assert_eq!((asked("json").code, asked("json").out.as_str()), (1, "[]\n"));
    assert_eq!((asked("jsonl").code, asked("jsonl").out.as_str()), (1, ""));
    let said = asked("table");
    assert_eq!(said.code, 1);
    for part in ["ne répond à", "À demander à votre réseau", "openbar needs add"] {
        assert!(said.out.contains(part), "{part}: {}", said.out);
    }
    assert_eq!(home.run(&["who"]).code, 2);
    assert_eq!(home.run(&["who", "  "]).code, 2);
    assert_eq!(home.run(&["who", "\u{1b}\u{7}"]).code, 2);
    assert_eq!(home.run(&["who", "x", "--format", "tsv"]).code, 2);
    let wrong = home.run(&["--lang", "en", "who", "couvreur", "--market", "munisipal"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("(municipal)"), "{}", wrong.err);
    assert_eq!(home.run(&["who", "couvreur", "--region", "Atlantis"]).code, 1);
    // Control characters of a need are not sent to the terminal.
    let said = home.run(&["who", "couvreur \u{1b}[31m rouge"]);
    assert!(!said.out.contains('\u{1b}'), "{:?}", said.out);
}

#[test]
fn a_batch_answers_each_line_with_one_line_in_order() {
    let home = with_people();
    let long = format!("{{\"id\":10,\"need\":\"{}\"}}", "x".repeat(10_000_000));
    let file = [
        r#"{"id":"a","need":"agrandir ma terrasse"}"#,
        r#"{"id":2,"need":"my roof leaks","lang":"en"}"#,
        "",
        "not json",
        r#"{"id":{"k":[1,null]},"need":"creuser un drain"}"#,
        r#"{"need":"couvreur"}"#,
        r#"{"id":null,"need":"professeur de tango argentin"}"#,
        r#"{"id":true,"need":"   "}"#,
        r#"{"id":[8],"need":"couv\u0000reur\u001b[31m"}"#,
        &long,
        "{\"id\":11,\"need\":\"nul\0\"}",
        r#"{"id":12.5,"need":"couvreuse"}"#,
    ]
    .join("\n");
    let path = home.write("needs.jsonl", &file);
    let done = home.run(&["--lang", "en", "who", "--batch", &path]);
    assert_eq!(done.code, 3, "{}", done.err);
    let lines = rows(&done.out);
    assert_eq!(lines.len(), 12);
    let ids: Vec<Value> = lines.iter().map(|line| line["id"].clone()).collect();
    let wanted = json!(["a", 2, null, null, {"k": [1, null]}, null, null, null, [8], null, null, 12.5]);
    assert_eq!(Value::from(ids), wanted);
    for bad in [3, 4, 6, 8, 10, 11] {
        let line = &lines[bad - 1];
        assert_eq!(keys(line), ["file", "line", "reason"], "{line}");
        assert_eq!((&line["file"], &line["line"]), (&json!(path), &json!(bad)));
        let said = format!("{path}, line {bad}: {}", line["reason"].as_str().expect("a reason"));
        assert!(done.err.contains(&said), "{said}: {}", done.err);
    }
    for (at, name) in [(0, "Réjean Tremblay"), (1, "Sonia Bédard"), (4, "Gilles Hamel"), (11, "Sonia Bédard")]
    {
        let line = &lines[at];
        assert_eq!(keys(line), ["id", "ranked", "strength"], "{line}");
        let person = home.json(&["show", line["ranked"][0].as_str().expect("a uid"), "--format", "json"]);
        assert_eq!(person["name"], name);
        let strengths: Vec<&str> =
            line["strength"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        assert_eq!(strengths.len(), line["ranked"].as_array().expect("a list").len());
        let firm = strengths.iter().take_while(|strength| **strength != "weak").count();
        assert!(firm > 0 && strengths[firm..].iter().all(|strength| *strength == "weak"), "{strengths:?}");
    }
    assert!(lines[6]["strength"].as_array().expect("a list").iter().all(|strength| strength != "strong"));
    // From standing input, with lines that end as in other systems, and nothing wrong.
    let fed = home.feed(
        &["who", "--batch", "-"],
        "{\"id\":1,\"need\":\"couvreur\"}\r\n{\"id\":1,\"need\":\"couvreur\"}",
    );
    assert_eq!(fed.code, 0, "{}", fed.err);
    let lines = rows(&fed.out);
    assert_eq!((lines.len(), &lines[0]), (2, &lines[1]));
    assert_eq!(home.feed(&["who", "--batch", "-"], "").code, 0);
    assert_eq!(home.run(&["who", "--batch", "/nowhere/at all"]).code, 3);
    assert_eq!(home.run(&["who", "couvreur", "--batch", &path]).code, 2);
}

#[test]
fn a_batch_gives_a_hundred_people_at_most() {
    let home = Home::new();
    let lines: Vec<String> = (0..130)
        .map(|at| {
            json!({ "uid": format!("p{at}"), "name": format!("Luc Nº{at}"), "value": ["bardeaux"] })
                .to_string()
        })
        .collect();
    let path = home.write("people.jsonl", lines.join("\n"));
    home.good(&["import", &path]);
    let ranked = |arguments: &[&str]| {
        let fed = home.feed(&[&["who", "--batch", "-"], arguments].concat(), r#"{"id":1,"need":"couvreur"}"#);
        rows(&fed.out)[0]["ranked"].as_array().map(Vec::len)
    };
    assert_eq!((ranked(&[]), ranked(&["--limit", "3"])), (Some(100), Some(3)));
}

#[test]
fn needs_wait_with_market_region_and_deadline_and_are_closed_by_the_beginning_of_their_id() {
    let home = with_people();
    for format in ["json", "jsonl"] {
        let none = home.run(&["needs", "list", "--format", format]);
        assert_eq!((none.code, none.out.as_str()), (1, if format == "json" { "[]\n" } else { "" }));
    }
    let none = home.run(&["--lang", "fr", "needs"]);
    assert_eq!(none.code, 1);
    assert!(none.out.contains("openbar needs add"), "{}", none.out);

    let forest = home.json(&[
        "needs",
        "add",
        "percer la forêt +foresterie in:Mauricie next:2027-05-15",
        "--format",
        "json",
    ]);
    assert_eq!(forest["need"], "percer la forêt");
    assert_eq!(
        (&forest["status"], &forest["region"], &forest["deadline"]),
        (&json!("open"), &json!("Mauricie"), &json!("2027-05-15"))
    );
    let market = forest["market"].as_str().expect("a market").to_owned();
    // An option goes before a sign, and means the same.
    let other = home.json(&[
        "needs",
        "add",
        "scier +mines",
        "--market",
        "foresterie",
        "--by",
        "2027-01-02",
        "--format",
        "json",
    ]);
    assert_eq!((other["need"].as_str(), other["market"].as_str()), (Some("scier"), Some(&*market)));
    assert_eq!(other["deadline"], "2027-01-02");
    let drain = home.json(&["needs", "add", "creuser un drain", "--format", "json"]);
    assert_eq!(keys(&drain), ["id", "need", "opened", "status"]);

    let list = home.json(&["needs", "--format", "json"]);
    let words: Vec<&str> =
        list.as_array().expect("a list").iter().filter_map(|need| need["need"].as_str()).collect();
    assert_eq!(words, ["scier", "percer la forêt", "creuser un drain"], "the soonest first");
    let line = &list[2];
    assert_eq!(keys(line), ["best", "candidates", "id", "matches", "need", "new", "opened", "status"]);
    assert_eq!((&line["matches"], &line["new"]), (&json!(1), &json!(0)));
    assert_eq!(rows(&home.good(&["needs", "list", "--format", "jsonl"])).len(), 3);
    let table = home.good(&["--lang", "fr", "needs"]);
    assert!(table.contains("creuser un drain") && table.contains("Gilles Hamel"), "{table}");

    let page = home.json(&["--lang", "fr", "needs", "show", "drain", "--format", "json"]);
    assert_eq!(page["helpers"][0]["name"], "Gilles Hamel");
    let said = home.good(&["--lang", "fr", "needs", "show", "percer"]);
    assert!(said.contains("Mauricie") && said.to_lowercase().contains("fore"), "{said}");
    // By the beginning of its identifier; what several begin with names them all.
    let id = drain["id"].as_str().expect("an id");
    let several = home.run(&["needs", "show", &id[..4]]);
    assert_eq!(several.code, 2, "{}", several.err);
    assert!(several.err.contains(id) && several.err.contains("percer la forêt"), "{}", several.err);
    let closed =
        home.json(&["needs", "close", &id[..id.len() - 1], "--thanks", "Gilles", "--format", "json"]);
    assert_eq!((&closed["id"], &closed["status"]), (&json!(id), &json!("answered")));
    assert_eq!(home.json(&["needs", "--format", "json"]).as_array().map(Vec::len), Some(2));
    let all = home.json(&["needs", "--all", "--format", "json"]);
    assert_eq!((all.as_array().map(Vec::len), &all[2]["status"]), (Some(3), &json!("answered")));
    assert!(home.good(&["show", "Gilles Hamel"]).contains("creuser un drain"), "a favour received");
    home.good(&["needs", "open", "drain"]);
    home.good(&["needs", "drop", "drain"]);
    assert_eq!(home.json(&["needs", "--all", "--format", "json"])[2]["status"], "dropped");
}

#[test]
fn what_came_of_people_is_noted_on_a_need() {
    let home = with_people();
    home.good(&["needs", "add", "couvreur pour l’entrepôt"]);
    home.good(&["needs", "asked", "couvreur", "Sonia", "Bédard", "--note", "rappelle lundi"]);
    let page = home.json(&["needs", "show", "couvreur", "--format", "json"]);
    let own = &page["people"][0];
    assert_eq!(
        (&own["name"], &own["state"], &own["note"]),
        (&json!("Sonia Bédard"), &json!("asked"), &json!("rappelle lundi"))
    );
    home.good(&["needs", "dismiss", "couvreur", "Sonia"]);
    let page = home.json(&["needs", "show", "couvreur", "--format", "json"]);
    assert_eq!(
        (&page["people"][0]["state"], &page["candidates"]["dismissed"]),
        (&json!("dismissed"), &json!(1))
    );
    home.good(&["needs", "forget", "couvreur", "Sonia"]);
    assert_eq!(home.json(&["needs", "show", "couvreur", "--format", "json"])["people"], json!([]));
    let edited = home.json(&["needs", "edit", "couvreur", "toiture plate in:Estrie", "--format", "json"]);
    assert_eq!((&edited["need"], &edited["region"]), (&json!("toiture plate"), &json!("Estrie")));
    let edited = home.json(&["needs", "edit", "toiture", "bardeaux", "--format", "json"]);
    assert_eq!((&edited["need"], &edited["region"]), (&json!("bardeaux"), &json!("Estrie")));
}

#[test]
fn wrong_needs_say_what_exists() {
    let home = with_people();
    home.good(&["needs", "add", "creuser un drain"]);
    let wrong = home.run(&["--lang", "en", "needs", "show", "plomberie"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("creuser un drain"), "{}", wrong.err);
    let wrong = home.run(&["--lang", "en", "needs", "close", "ffffffff"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("creuser un drain"), "{}", wrong.err);
    let wrong = home.run(&["needs", "frobnicate", "x"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("dismiss"), "{}", wrong.err);
    for words in [
        &["needs", "add"][..],
        &["needs", "add", " "],
        &["needs", "add", "\u{7}"],
        &["needs", "asked", "drain"],
    ] {
        assert_eq!(home.run(words).code, 2, "{words:?}");
    }
    let wrong = home.run(&["--lang", "en", "needs", "add", "percer", "+munisipal"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("(municipal)"), "{}", wrong.err);
    assert_eq!(home.run(&["needs", "add", "x", "--by", "someday maybe"]).code, 2);
    assert_eq!(home.run(&["needs", "add", &"mot ".repeat(20_000)]).code, 3);
    let added = home.json(&["needs", "add", "toit\u{1b}]0;x\u{7} qui\ncoule", "--format", "json"]);
    let words = added["need"].as_str().expect("words");
    assert!(
        words.starts_with("toit") && words.ends_with("qui coule") && !words.contains(char::is_control),
        "{words:?}"
    );
    assert_eq!(home.json(&["needs", "--format", "json"]).as_array().map(Vec::len), Some(2));
}

#[test]
fn an_import_says_which_needs_its_people_answer() {
    let home = with_people();
    for need in ["creuser un drain", "refaire ma toiture", "professeur de tango argentin"] {
        home.good(&["needs", "add", need]);
    }
    let people = ["excavation", "location de pelle mécanique", "bardeaux et excavation", "notariat"];
    let lines: Vec<String> = people
        .iter()
        .enumerate()
        .map(|(at, value)| {
            json!({ "uid": format!("n{at}"), "name": format!("Luc Nº{at}"), "value": [value] }).to_string()
        })
        .collect();
    let path = home.write("people.jsonl", lines.join("\n"));
    let other = Home::new();
    assert!(!other.good(&["--lang", "en", "import", &path]).contains("your needs"));
    let told = home.json(&["import", &path, "--format", "json"]);
    assert_eq!(told["answering"], 3, "{told}");
    let needs: Vec<_> = told["needs"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|need| (&need["need"], &need["people"]))
        .collect();
    assert_eq!(needs, [(&json!("creuser un drain"), &json!(3)), (&json!("refaire ma toiture"), &json!(1))]);
    // The same again brings nobody.
    let again = home.json(&["import", &path, "--format", "json"]);
    assert_eq!((&again["answering"], &again["needs"]), (&json!(0), &json!([])));
    let more = home.write("more.jsonl", r#"{"uid":"m1","name":"Zoé Roy","value":["bardeaux"]}"#);
    let said = home.good(&["--lang", "fr", "import", &more]);
    assert!(said.contains("1 nouvelle personne répond à vos besoins"), "{said}");
    assert!(said.contains("refaire ma toiture\u{a0}: 1 personne"), "{said}");
}

#[test]
fn whom_somebody_could_use() {
    let home = with_people();
    home.add("Alice Côté @Rucher Côté note:cherche un couvreur pour la miellerie");
    let uses = home.json(&["could-use", "Alice", "Côté", "--format", "json"]);
    assert_eq!(uses[0]["name"], "Sonia Bédard");
    assert_eq!(keys(&uses[0]), ["name", "score", "strength", "uid", "why"]);
    assert_eq!(rows(&home.good(&["could-use", "Alice", "--format", "jsonl"]))[0]["name"], "Sonia Bédard");
    let said = home.good(&["--lang", "fr", "could-use", "Alice", "--limit", "1"]);
    assert!(said.contains("un couvreur pour la miellerie") && said.contains("Sonia Bédard"), "{said}");
    let alone = Home::new();
    alone.add("Zoé Roy");
    let nobody = alone.run(&["could-use", "Zoé", "--format", "json"]);
    assert_eq!((nobody.code, nobody.out.as_str()), (1, "[]\n"));
    assert_eq!(alone.run(&["could-use", "Zoé"]).code, 1);
    assert_eq!(home.run(&["could-use", "Personne"]).code, 1);
    assert_eq!(home.run(&["could-use"]).code, 2);
}

#[test]
fn the_users_own_words_are_added_listed_and_removed() {
    let home = Home::new();
    home.add("Yvan Roy =tire d'érable");
    let none = home.run(&["lexicon", "list", "--format", "json"]);
    assert_eq!((none.code, none.out.as_str()), (1, "[]\n"));
    assert_eq!(home.run(&["who", "blorgerie", "--format", "json"]).code, 1);
    let pair = json!({ "a": "blorgerie", "b": "cabane à sucre" });
    assert_eq!(
        home.json(&["lexicon", "add", "blorgerie", "~", "cabane à sucre", "--format", "json"]),
        json!([pair])
    );
    assert_eq!(home.json(&["who", "blorgerie", "--format", "json"])[0]["name"], "Yvan Roy");
    // The same again, either way round, changes nothing.
    assert_eq!(
        home.json(&["lexicon", "add", "\"Cabane à sucre\" ~ \"blorgerie\"", "--format", "json"]),
        json!([])
    );
    assert_eq!(home.json(&["lexicon", "list", "--format", "json"]), json!([pair]));
    assert_eq!(home.lines(&["lexicon", "list"]), ["\"blorgerie\" ~ \"cabane à sucre\""]);
    let status = home.json(&["lexicon", "status", "--format", "json"]);
    assert_eq!(keys(&status), ["concepts", "encoder", "faults", "learnt", "own", "triggers", "vectors"]);
    assert_eq!((&status["own"], &status["encoder"]), (&json!(1), &json!("static")));
    assert!(status["concepts"].as_u64() > Some(500));
    assert!(home.good(&["--lang", "fr", "lexicon"]).contains("notions"));
    assert_eq!(home.json(&["lexicon", "remove", "Blorgerie", "--format", "json"]), json!([pair]));
    assert_eq!(home.run(&["who", "blorgerie", "--format", "json"]).code, 1);
    let gone = home.run(&["--lang", "en", "lexicon", "remove", "blorgerie"]);
    assert_eq!(gone.code, 1);
    assert!(gone.err.contains("openbar lexicon list"), "{}", gone.err);
    for words in [
        &["lexicon", "add", "one side"][..],
        &["lexicon", "add", "a ~"],
        &["lexicon", "add", "of ~ the"],
        &["lexicon", "add", "planche # remarque ~ bois"],
        &["lexicon", "add", &"x".repeat(100_000)],
        &["lexicon", "add"],
        &["lexicon", "frobnicate"],
    ] {
        assert_eq!(
            home.run(words).code,
            2,
            "{:?}",
            words.iter().map(|word| &word[..word.len().min(30)]).collect::<Vec<_>>()
        );
    }
    // What is added is one line of a file, whatever it holds.
    home.good(&["lexicon", "add", "tire\n\u{1b}[31mlente ~ cabane à sucre"]);
    let listed = home.lines(&["lexicon", "list"]);
    assert!(listed.len() == 1 && listed[0].ends_with("lente\" ~ \"cabane à sucre\""), "{listed:?}");
    assert_eq!(home.json(&["lexicon", "status", "--format", "json"])["faults"], json!([]));
}

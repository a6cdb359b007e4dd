//! The commands of markets and paths as a script runs them: the real program on the demo's network or a book of its own.

use std::fs;

use serde_json::Value;

use crate::home::Home;

/// With the mayor, who is known through Ghislain; and somebody whose name alone points to a trade.
fn with_a_mayor() -> Home {
    let home = Home::new();
    home.good(&["add", "Ghislain Wallace, producteur laitier @Ferme du Ruisseau close:4"]);
    home.good(&["add", "Marie Roy, mairesse @Ville de Magog"]);
    home.good(&["add", "Luce Boulanger, conseillère @Caisse Desjardins close:1"]);
    home.good(&["tie", "ghislain", "marie", "works", "with"]);
    home
}

/// The JSON document of a command that must succeed.
fn json(home: &Home, arguments: &[&str]) -> Value {
    home.json(&[arguments, &["--format", "json"]].concat())
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn sorted<'a>(keys: &[&'a str]) -> Vec<&'a str> {
    let mut sorted = keys.to_vec();
    sorted.sort_unstable();
    sorted
}

#[test]
fn the_demo_tells_the_farmers_story() {
    let home = Home::new();
    let text = home.good(&["--lang", "en", "demo", "market", "municipal"]);
    let line = text.lines().find(|line| line.contains("Ghislain Wallace")).expect("the farmer");
    assert!(line.contains("decides") && line.contains("conseiller municipal"), "{line}");
    let text = home.good(&["--lang", "fr", "demo", "show", "ghislain wallace"]);
    assert!(text.contains("municipal (décide)") && text.contains("dairy"), "{text}");
    assert!(text.contains("producteur laitier") && text.contains("farm-unions"), "{text}");
    let text = home.good(&["--lang", "fr", "demo", "path", "municipal"]);
    assert!(text.contains("→ Ghislain Wallace"), "{text}");
    let text = home.good(&["--lang", "fr", "demo", "stats"]);
    assert!(text.contains("Qui ouvre des marchés") && text.contains("Ghislain Wallace"), "{text}");
}

#[test]
fn markets_are_listed_with_the_keys_that_scripts_rely_on() {
    let home = with_a_mayor();
    let all = json(&home, &["--lang", "en", "markets"]);
    let all = all.as_array().expect("a list");
    assert!(all.len() > 150);
    let municipal = all.iter().find(|line| line["slug"] == "municipal").expect("a bundled market");
    let known = ["slug", "name", "naics", "reach", "level", "presence", "stated", "inferred", "sole_door"];
    assert_eq!(sorted(&keys(municipal)), sorted(&known));
    assert_eq!((municipal["level"].as_str(), municipal["presence"].as_u64()), (Some("fair"), Some(1)));
    // Access 0.65, a colleague's tie 0.40, the mayor decides.
    assert_eq!(municipal["reach"], 0.26);
    assert_eq!((municipal["stated"].as_u64(), municipal["inferred"].as_u64()), (Some(0), Some(1)));
    let roofing = all.iter().find(|line| line["slug"] == "roofing").expect("a bundled market");
    assert_eq!((roofing["level"].as_str(), roofing.get("sole_door")), (Some("none"), None));
    assert!(all.iter().all(|line| line["naics"].is_string()));

    let gaps = json(&home, &["markets", "--gaps"]);
    assert!(gaps.as_array().expect("a list").iter().all(|line| line["level"] == "none"));
    assert_eq!(json(&home, &["markets", "--region", "Magog"]).as_array().map(Vec::len), Some(all.len()));
    let wrong = home.run(&["markets", "--region", "Atlantis"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("Atlantis"), "{}", wrong.err);
}

#[test]
fn one_market_lists_who_connects_to_it_and_through_whom() {
    let home = with_a_mayor();
    let municipal = json(&home, &["market", "municipal"]);
    let [mayor] = municipal.as_array().expect("a list").as_slice() else { panic!("one: {municipal}") };
    assert_eq!(sorted(&keys(mayor)), sorted(&["uid", "name", "how", "evidence", "stated", "access", "path"]));
    assert_eq!((mayor["how"].as_str(), mayor["stated"].as_bool()), (Some("decides"), Some(false)));
    assert_eq!((mayor["evidence"].as_str(), mayor["access"].as_f64()), (Some("mairesse"), Some(0.02)));
    let names: Vec<_> = mayor["path"].as_array().expect("a list").iter().map(|hop| &hop["name"]).collect();
    assert_eq!(names, ["Ghislain Wallace", "Marie Roy"]);

    let nobody = home.run(&["market", "roofing", "--format", "json"]);
    assert_eq!((nobody.code, nobody.out.as_str()), (1, "[]\n"));
    let nobody = home.run(&["market", "roofing", "--format", "jsonl"]);
    assert_eq!((nobody.code, nobody.out.as_str()), (1, ""));
    assert_eq!(home.run(&["market", "municipal", "--region", "Montréal", "--format", "json"]).out, "[]\n");
    let wrong = home.run(&["--lang", "en", "market", "munisipal"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("(municipal)"), "{}", wrong.err);
    let text = home.good(&["--lang", "fr", "market", "municipal"]);
    assert!(text.contains("par Ghislain Wallace"), "{text}");
}

#[test]
fn ways_to_a_person_and_into_a_market() {
    let home = with_a_mayor();
    let ways = json(&home, &["--lang", "en", "path", "Marie Roy"]);
    let ways = ways.as_array().expect("a list");
    assert_eq!(keys(&ways[0]), ["hops", "score"].map(|key| key));
    assert_eq!(ways[0]["score"], 0.26);
    let hops = ways[0]["hops"].as_array().expect("a list");
    assert_eq!(sorted(&keys(&hops[0])), ["evidence", "name", "tie", "uid"]);
    let told: Vec<_> = hops.iter().map(|hop| (hop["tie"].as_str(), hop["evidence"].as_str())).collect();
    assert_eq!(told, [(Some("closeness"), Some("friend")), (Some("declared"), Some("works with"))]);
    assert_eq!(json(&home, &["path", "municipal"])[0]["hops"], ways[0]["hops"]);
    assert_eq!(json(&home, &["path", "+municipal", "--region", "Magog"])[0]["score"], 0.26);
    let wrong = home.run(&["path", "xyzzy", "--format", "json"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (1, ""));
    let nobody = home.run(&["path", "roofing", "--format", "json"]);
    assert_eq!((nobody.code, nobody.out.as_str()), (1, "[]\n"));
}

#[test]
fn inferred_ties_are_told_by_find_and_show_and_never_exported() {
    let home = with_a_mayor();
    for command in [&["find", "marie"][..], &["show", "marie"]] {
        let told = json(&home, command);
        let person = told.as_array().map_or(&told, |people| &people[0]);
        let ties = person["markets"].as_array().expect("ties").clone();
        let tie = ties.iter().find(|tie| tie["market"] == "municipal").expect("the mayor's");
        assert_eq!((tie["stated"].as_bool(), tie["how"].as_str()), (Some(false), Some("decides")));
        assert_eq!(tie["evidence"], "mairesse");
    }
    let line = home.good(&["find", "marie", "--format", "jsonl"]);
    assert!(!home.good(&["export"]).contains("municipal"));
    // What find told comes back without the ties that it inferred.
    let file = home.path("people.jsonl");
    fs::write(&file, line).expect("a file");
    let other = Home::new();
    other.good(&["import", &file.display().to_string()]);
    assert!(!other.good(&["export"]).contains("municipal"));
    assert!(other.good(&["find", "marie", "--format", "jsonl"]).contains("municipal"));
}

#[test]
fn ties_are_accepted_refused_and_forgotten_from_the_shell() {
    let home = with_a_mayor();
    let tie = |who: &str| json(&home, &["show", who])["markets"].clone();
    home.good(&["market", "municipal", "--accept", "marie"]);
    assert_eq!(tie("marie")[0]["stated"], true);
    assert_eq!(tie("marie")[0]["evidence"], "mairesse");
    home.good(&["market", "municipal", "--refuse", "marie"]);
    assert_eq!(tie("marie")[0]["refused"], true);
    assert_eq!(home.run(&["market", "municipal", "--format", "json"]).out, "[]\n");
    home.good(&["market", "municipal", "--forget", "marie"]);
    assert_eq!(tie("marie")[0]["stated"], false);
    home.good(&["undo"]);
    assert_eq!(tie("marie")[0]["refused"], true);
    home.good(&["market", "tourism", "--accept", "luce", "--how", "achète"]);
    assert_eq!(tie("luce")[0]["how"], "buys");
    let wrong = home.run(&["market", "tourism", "--accept", "luce", "--how", "hates"]);
    assert_eq!(wrong.code, 2);
    assert_eq!(home.run(&["market", "tourism", "--accept", "luce", "--refuse", "luce"]).code, 2);
}

#[test]
fn the_network_and_the_users_markets_are_files() {
    let home = with_a_mayor();
    let dot = home.good(&["export", "--to", "dot"]);
    assert!(dot.starts_with("graph openbar {") && dot.contains("Ghislain Wallace"));
    assert!(home.good(&["export", "--to", "graphml"]).contains("<graphml"));
    let file = home.path("markets.toml");
    fs::write(&file, "# mine\n[[market]]\nslug = \"farms\"\nfr = \"Fermes\"\nen = \"Farms\"\n")
        .expect("a file");
    let path = file.display().to_string();
    home.good(&["import", &path]);
    assert!(json(&home, &["markets"]).as_array().expect("a list").iter().any(|line| line["slug"] == "farms"));
    let said = home.good(&["export", "--to", "markets"]);
    assert!(said.contains("slug = \"farms\""), "{said}");
    fs::write(&file, "[[market]]\nslog = \"x\"\n").expect("a file");
    let wrong = home.run(&["import", &path]);
    assert_eq!(wrong.code, 3);
    assert!(wrong.err.contains("markets.toml, line 2"), "{}", wrong.err);
}

#[test]
fn an_empty_book_has_no_markets_and_says_what_to_do() {
    let home = Home::new();
    let done = home.run(&["--lang", "en", "markets"]);
    assert_eq!(done.code, 1);
    assert!(done.err.contains("Nobody is tied to a market"), "{}", done.err);
    let stats = json(&home, &["stats"]);
    assert_eq!(stats["people"]["active"], 0);
    assert!(stats.get("brokers").is_none() && stats.get("clusters").is_none());
}

//! What queries mean: the rows of the conformance suite that are syntax, in canonical form, with their notices and errors.

use super::*;
use std::sync::LazyLock;

pub(super) fn read(text: &str) -> Result<Query> {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::builtin);
    parse(text, &LEXICON, jiff::civil::date(2026, 1, 1))
}

/// `typed` is read as `canonical`, which reads back to the same tree.
fn check(rows: &[(&str, &str)]) {
    for (typed, canonical) in rows {
        let query = read(typed).unwrap_or_else(|error| panic!("{typed}: {error}"));
        assert_eq!(query.interpreted_as, *canonical, "{typed}");
        let again = read(canonical).unwrap_or_else(|error| panic!("{canonical}: {error}"));
        assert_eq!(again.root, query.root, "{typed} → {canonical}");
    }
}

/// Each text gives a notice with these words.
fn check_notices(rows: &[(&str, &str)]) {
    for (typed, words) in rows {
        let notices = read(typed).unwrap_or_else(|error| panic!("{typed}: {error}")).notices;
        assert!(notices.iter().any(|notice| notice.message.contains(words)), "{typed}: {notices:?}");
    }
}

/// Each text is refused with these words, and the error says what to do.
fn check_errors(rows: &[(&str, &str)]) {
    for (typed, words) in rows {
        match read(typed) {
            Ok(query) => panic!("{typed} was read as {}", query.interpreted_as),
            Err(error) => assert!(error.to_string().contains(words), "{typed}: {error}"),
        }
    }
}

#[test]
fn operators() {
    check(&[
        ("", "*"),
        ("  \n", "*"),
        ("*", "*"),
        ("lorem ipsum", "lorem AND ipsum"),
        ("lorem AND ipsum", "lorem AND ipsum"),
        ("lorem & ipsum && dolor", "lorem AND ipsum AND dolor"),
        ("lorem\nipsum", "lorem AND ipsum"),
        ("lorem, ipsum", "lorem AND ipsum"),
        ("lorem | ipsum || dolor", "lorem OR ipsum OR dolor"),
        ("lorem|ipsum", "lorem OR ipsum"),
        ("lorem or ipsum", "lorem OR ipsum"),
        ("lorem and not ipsum", "lorem AND NOT ipsum"),
        ("java AND NOT junior", "java AND NOT junior"),
        ("java NOT junior", "java AND NOT junior"),
        ("java -junior", "java AND NOT junior"),
        ("java !junior", "java AND NOT junior"),
        ("java AND -junior", "java AND NOT junior"),
        ("java –junior", "java AND NOT junior"),
        ("java −junior", "java AND NOT junior"),
        ("java --junior", "java AND NOT junior"),
        ("NOT junior", "NOT junior"),
        ("NOT NOT junior", "NOT NOT junior"),
        ("java AND NOT (junior OR intern)", "java AND NOT (junior OR intern)"),
        ("java OR NOT junior", "java OR NOT junior"),
        ("lorem OR ipsum AND dolor", "lorem OR (ipsum AND dolor)"),
        ("(lorem OR ipsum) AND dolor", "(lorem OR ipsum) AND dolor"),
        ("((lorem))", "lorem"),
        ("lorem (ipsum dolor)", "lorem AND ipsum AND dolor"),
        ("+lorem ipsum", "lorem AND ipsum"),
        ("lorem -title:intern", "lorem AND NOT title:intern"),
        ("lorem\u{a0}ipsum\u{200b} (dolor）", "lorem AND ipsum AND dolor"),
    ]);
}

#[test]
fn words_with_signs() {
    check(&[
        ("C++ OR C#", "C++ OR C#"),
        (".NET", ".NET"),
        ("\"C++\" AND developer", "=C++ AND developer"),
        ("R&D at AT&T", "R&D AND at AND AT&T"),
        ("CI/CD PL/SQL", "CI/CD AND PL/SQL"),
        ("driver's", "driver's"),
        ("http://example.com/a", "http://example.com/a"),
        ("12:30", "12:30"),
        ("C:", "C:"),
        ("Requirements: lorem", "Requirements: AND lorem"),
        ("10,000", "10\\,000"),
        ("jane.doe+cv@example.co.uk", "jane.doe+cv@example.co.uk"),
        ("\\or", "\\or"),
        ("2019-2020", "2019-2020"),
        ("上海交通大学", "上海交通大学"),
    ]);
}

#[test]
fn phrases_and_distances() {
    check(&[
        ("\"project manager\"", "\"project manager\""),
        ("“project manager”", "\"project manager\""),
        ("«project manager»", "\"project manager\""),
        ("„project  manager“", "\"project manager\""),
        ("‘project manager’", "\"project manager\""),
        ("'project manager' x", "\"project manager\" AND x"),
        ("＂project manager＂", "\"project manager\""),
        ("=java", "=java"),
        ("\"java\"", "=java"),
        ("\"lorem ipsum\"~5", "\"lorem ipsum\"~5"),
        ("senior NEAR engineer", "senior NEAR/10 engineer"),
        ("senior NEAR/5 engineer", "senior NEAR/5 engineer"),
        ("senior w/2 engineer", "senior NEAR/2 engineer"),
        ("senior PRE/2 engineer", "senior PRE/2 engineer"),
        ("lorem NEAR/2 ipsum NEAR/2 \"dolor sit\"", "lorem NEAR/2 ipsum NEAR/2 \"dolor sit\""),
        ("(lorem OR ipsum) NEAR/3 dolor", "lorem NEAR/3 dolor OR ipsum NEAR/3 dolor"),
        ("[senior engineer]", "\"senior engineer\"~2"),
        ("title:(senior NEAR/2 engineer)", "title:(senior NEAR/2 engineer)"),
        ("\"lorem ipsum dolor\"/2", "atleast:2(lorem, ipsum, dolor)"),
    ]);
}

#[test]
fn wildcards_and_spelling() {
    check(&[
        ("develop*", "develop*"),
        ("wom?n", "wom?n"),
        ("*script", "*script"),
        ("kuberntes~", "kuberntes~"),
        ("kuberntes~2", "kuberntes~2"),
        ("title:dev*", "title:dev*"),
        ("kafka^3", "kafka^3"),
        ("(lorem OR ipsum)^2", "lorem^2 OR ipsum^2"),
    ]);
}

#[test]
fn fields() {
    check(&[
        ("title:lead", "title:lead"),
        ("role: lead", "title:lead"),
        ("Company:oracle", "employer:oracle"),
        ("title:(java OR javascript)", "title:java OR title:javascript"),
        ("title:(lorem ipsum)", "title:lorem AND title:ipsum"),
        ("school:\"georgia tech\"", "school:\"georgia tech\""),
        ("title:=lead", "title:=lead"),
        ("title:\"lead\"", "title:=lead"),
        ("title:*", "has:title"),
        ("skill:k8s", "skill:k8s"),
        ("skill:(aws OR azure)", "skill:aws OR skill:azure"),
        ("skill:\"machine learning\"", "skill:\"machine learning\""),
        ("email:@example.co.uk", "email:@example.co.uk"),
        ("phone:+15550100199", "phone:\\+15550100199"),
        ("has:email -has:photo", "has:email AND NOT has:photo"),
        ("has:(email OR github)", "has:email OR has:link"),
        ("path:2026/*", "path:2026/*"),
        ("path:\"my folder/*\"", "path:\"my folder/*\""),
        ("title:or", "title:\\or"),
    ]);
}

#[test]
fn degrees() {
    check(&[
        ("degree:master", "degree:master"),
        ("degree:Master's", "degree:master"),
        ("degree:phd", "degree:doctorate"),
        ("degree>=bachelor", "degree>=bachelor"),
        ("degree:>=bachelor", "degree>=bachelor"),
        ("degree < master", "degree<master"),
        ("degree:\"B.Tech\"", "degree:B.Tech"),
        ("degree:btech", "degree:btech"),
        ("degree>=mba", "degree>=master"),
        ("degree:(bachelor OR master)", "degree:bachelor OR degree:master"),
        ("degree:bachelor[expected]", "degree:bachelor[in_progress]"),
        ("degree:bachelor[in_progress]", "degree:bachelor[in_progress]"),
        ("degree:any[in progress]", "degree:any[in_progress]"),
        ("degree:bachelor?", "degree:bachelor?"),
        ("field:\"computer science\"", "field:\"computer science\""),
    ]);
}

#[test]
fn dates_and_numbers() {
    check(&[
        ("graduated:2020..2024", "graduated:2020..2024"),
        ("grad:2020-2024", "graduated:2020..2024"),
        ("graduated>=2022-05", "graduated>=2022-05"),
        ("graduated:2022", "graduated:2022"),
        ("graduated:[2020 TO 2024}", "graduated:2020..2023"),
        ("graduated:{2020 to *]", "graduated>=2021"),
        ("graduated:2020..2024?", "graduated:2020..2024?"),
        ("graduated:[2020 TO 2024]?", "graduated:2020..2024?"),
        ("graduated>2022-05-17", "graduated>=2022-05-18"),
        ("graduated:..2020", "graduated<=2020"),
        ("grad<18m", "graduated>=2024-07"),
        ("updated:<90d", "updated>=2025-10-03"),
        ("updated:90d", "updated>=2025-10-03"),
        ("years>=5", "years>=5"),
        ("years >= 5", "years>=5"),
        ("years>5?", "years>5?"),
        ("years:5..8", "years:5..8"),
        ("years:5-8", "years:5..8"),
        ("years:5+", "years>=5"),
        ("years:5", "years:[5 TO 6}"),
        ("years>=18m", "years>=1.5"),
        ("gpa>=3.5", "gpa>=3.5"),
        ("gpa>=8/10", "gpa>=3.2"),
        ("gpa>=85%", "gpa>=3.4"),
        ("gpa:3.5", "gpa:3.5"),
    ]);
}

#[test]
fn preferences_and_choices() {
    check(&[
        ("%spring java", "prefer:(spring) AND java"),
        ("java prefer:(kafka OR terraform^3)", "java AND prefer:(kafka OR terraform^3)"),
        ("^terraform java", "prefer:(terraform)^3 AND java"),
        ("prefer:kafka^2 java", "prefer:(kafka)^2 AND java"),
        ("atleast:2(kafka rabbitmq pulsar)", "atleast:2(kafka, rabbitmq, pulsar)"),
        ("atleast:1(lorem ipsum, \"dolor sit\")", "atleast:1((lorem AND ipsum), \"dolor sit\")"),
        ("atleast:2(kafka, (lorem OR ipsum), NOT dolor)", "atleast:2(kafka, (lorem OR ipsum), NOT dolor)"),
    ]);
}

#[test]
fn within_one_entry() {
    check(&[
        (
            "job(employer:oracle title:\"technical staff\" during:2022..2024)",
            "job(employer:oracle AND title:\"technical staff\" AND during:2022..2024)",
        ),
        ("current(title:lead)", "current(title:lead)"),
        ("past(employer:google OR employer:meta)", "past(employer:google OR employer:meta)"),
        (
            "education(school:iit degree:bachelor graduated:2018..2023)",
            "education(school:iit AND degree:bachelor AND graduated:2018..2023)",
        ),
        ("skill(rust years>=3 used>=2024)", "skill(skill:rust AND years>=3 AND used>=2024)"),
        ("skill:java[years>=3,last<=2y]", "skill(skill:java AND years>=3 AND used>=2024)"),
        ("company.current:acme", "current(employer:acme)"),
        ("company.past:acme lorem", "past(employer:acme) AND lorem"),
        ("NOT current(title:lead)", "NOT current(title:lead)"),
    ]);
}

#[test]
fn runs_of_words_that_are_one_skill() {
    check(&[
        ("machine learning", "(machine AND learning) OR skill:\"Machine Learning\""),
        ("lorem machine learning", "lorem AND ((machine AND learning) OR skill:\"Machine Learning\")"),
        ("machine AND learning", "machine AND learning"),
        ("machine\nlearning", "machine AND learning"),
        ("\"machine learning\"", "\"machine learning\""),
        ("oracle java", "oracle AND java"),
        ("front end", "(front AND end) OR frontend OR skill:\"Front-End Development\""),
        ("on site lorem", "((on AND site) OR onsite) AND lorem"),
        ("skill:(machine learning)", "skill:\"machine learning\""),
    ]);
    let query = read("node js").expect("two words");
    assert!(query.interpreted_as.contains("skill:Node.js"), "{}", query.interpreted_as);
}

#[test]
fn a_word_carries_the_skill_it_names() {
    let skills = |text: &str| match read(text).expect("one word").root {
        Node::Term(term) => term.skills,
        other => panic!("{other}"),
    };
    assert_eq!(skills("k8s"), ["Kubernetes"]);
    assert_eq!(skills("skill:k8s"), skills("skill:kubernetes"));
    assert!(skills("=k8s").is_empty());
    assert!(skills("\"k8s\"").is_empty());
    assert!(skills("title:k8s").is_empty());
    assert_ne!(skills("java"), skills("javascript"));
}

#[test]
fn notices() {
    check_notices(&[
        ("java or javascript", "read `or` as OR"),
        ("java And spring", "read `And` as AND"),
        ("not java", "read `not` as NOT"),
        ("NOT junior", "finds everyone else"),
        ("\"project manager\" OR PM AND budgeting", "read as \"project manager\" OR (PM AND budgeting)"),
        ("java, spring", "read the comma as AND"),
        ("+java spring", "`+` changes nothing"),
        ("Portland, OR", "took `OR` as a word"),
        ("java AND", "took `AND` as a word"),
        ("AND java", "took `AND` as a word"),
        ("java - junior", "lone `-`"),
        ("[senior engineer]", "near each other"),
        ("Go", "also a common word"),
        ("it manager", "write `IT`"),
        ("IT manager", "abbreviation in capitals"),
        ("PM", "not expanded"),
        ("k8s", "also finds Kubernetes"),
        ("machine learning", "also finds the skill Machine Learning"),
        ("years:5", "years>=5"),
        ("gpa>=8", "8/10"),
        ("degree:btech", "degree:bachelor"),
        ("degree>=mba", "read `mba` as its level"),
    ]);
    let skill = read("skill(rust years>=3)").expect("a group").notices;
    assert!(!skill.iter().any(|notice| notice.message.contains("common word")), "it is read as the skill: {skill:?}");
    for text in ["java -junior", "(lorem OR ipsum) dolor", "lorem OR NOT ipsum", "title:lead years>=5"] {
        let about_syntax = |notice: &ast::Notice| notice.message.contains("read") || notice.message.contains("took");
        assert!(!read(text).expect(text).notices.iter().any(about_syntax), "{text}");
    }
}

#[test]
fn errors() {
    check_errors(&[
        ("\"project manager", "quote without its closing quote\n  \"project manager\n  ^\nhint: close it"),
        ("(java", "parenthesis without its closing one\n  (java\n  ^"),
        ("java)", "closing parenthesis without its opening one\n  java)\n      ^"),
        ("java AND OR spring", "`AND` and `OR` stand side by side"),
        ("()", "nothing between the parentheses"),
        ("title:()", "nothing between the parentheses"),
        ("\"\"", "nothing between the quotes"),
        ("tittle:java", "unknown field `tittle`\n  tittle:java\n  ^^^^^^^\nhint: did you mean `title:`?"),
        ("salary:5", "unknown field `salary`"),
        ("graduated:2024..2020", "ends before it begins"),
        ("graduated:2020-13", "does not exist"),
        ("graduated:2021-02-30", "does not exist"),
        ("graduated:soon", "is no date"),
        ("years:8..5", "ends before it begins"),
        ("years:many", "no number of years"),
        ("employer>=x", "has no order"),
        ("degree>=wizard", "no level"),
        ("degree:bachelr", "did you mean `degree:bachelor`"),
        ("has:hope", "does not know"),
        ("during:2020", "within one entry"),
        ("job(school:x)", "nothing that job(…) knows"),
        ("job(current(title:x))", "cannot stand inside another"),
        ("job()", "nothing between"),
        ("\"java python\"~99999999999", "words cannot be more than 1000000 apart\n  \"java python\"~99999999999\n  ^"),
        (
            "java NEAR/99999999999 python",
            "words cannot be more than 1000000 apart\n  java NEAR/99999999999 python\n  ^",
        ),
        ("java~99999999999", "a spelling distance is 1 or 2\n  java~99999999999\n  ^"),
        ("atleast:99999999999(java python)", "there are only 2 choices"),
        ("\"java python\"/99999999999", "there are only 2 choices"),
        ("title:", "nothing follows `title`"),
        ("title:(employer:x)", "`employer` inside"),
        ("java OR %spring", "cannot stand here"),
        ("atleast:4(a b c)", "4 of 3"),
        ("atleast:2", "expected `(`"),
        ("a NEAR/0 b", "distance 0"),
        ("a NEAR/2 b PRE/3 c", "two different distances"),
        ("java~3", "a spelling distance is 1 or 2"),
        ("\"java\"~3", "needs two words"),
        ("title:lead[x]", "conditions in brackets"),
        ("[senior", "without its closing bracket"),
        ("**", "would match every word"),
        ("lorem @@", "holds no word"),
    ]);
}

#[test]
fn limits_have_their_own_messages() {
    let alternatives = (0..500).map(|number| format!("term{number}")).collect::<Vec<_>>().join(" OR ");
    assert!(matches!(read(&alternatives).expect("500 alternatives").root, Node::Or(nodes) if nodes.len() == 500));
    let long = "x ".repeat(35_000);
    assert!(read(&long).expect_err("70 KB").message.contains("the limit is 65536"));
    let deep = format!("{}x{}", "(".repeat(100), ")".repeat(100));
    assert!(read(&deep).expect_err("100 deep").message.contains("nested more than 64"));
    let many = "x ".repeat(10_000);
    assert!(read(&many).expect_err("10,000 words").message.contains("more than 8192 words"));
}

#[test]
fn options_are_the_same_nodes() {
    let lexicon = Lexicon::builtin();
    let today = jiff::civil::date(2026, 1, 1);
    let options = FilterOptions {
        degree: vec!["master".into(), ">=doctorate".into()],
        graduated: vec!["2020..2024?".into()],
        years: vec!["5".into()],
        location: vec!["new york".into()],
        ..FilterOptions::default()
    };
    let nodes = filters(&options, &lexicon, today).expect("valid options");
    let printed: Vec<String> = nodes.iter().map(ToString::to_string).collect();
    assert_eq!(
        printed,
        ["degree:master OR degree>=doctorate", "graduated:2020..2024?", "years>=5", "location:\"new york\""]
    );
    let typed = parse("\"project manager\" OR PM", &lexicon, today).expect("a query");
    let query = restrict(
        restrict(typed, nodes),
        filters(&FilterOptions { skill: vec!["go".into()], ..FilterOptions::default() }, &lexicon, today)
            .expect("a skill"),
    );
    assert_eq!(
        query.shown,
        "(\"project manager\" OR PM) AND (degree:master OR degree>=doctorate) AND graduated:2020..2024? AND years>=5 \
         AND location:\"new york\" AND skill:go"
    );
    assert!(query.interpreted_as.ends_with("location:\"new york\"^0 AND skill:go^0"), "{}", query.interpreted_as);
    let wrong = FilterOptions { graduated: vec!["2020-13".into()], ..FilterOptions::default() };
    assert!(filters(&wrong, &lexicon, today).is_err());
    let empty = FilterOptions { skill: vec![" ".into()], ..FilterOptions::default() };
    assert_eq!(filters(&empty, &lexicon, today).expect_err("empty").message, "nothing stands behind --skill");
}

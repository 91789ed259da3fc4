//! What becomes of text: the rows of the conformance suite that concern tokens.

use super::*;

/// `term@position`, joined forms `term@position+length`.
fn terms(text: &str) -> String {
    let mut out = Vec::new();
    tokenize(text, &mut |token| {
        let length = if token.length > 1 { format!("+{}", token.length) } else { String::new() };
        out.push(format!("{}@{}{length}", token.term, token.position));
        assert!(token.start < token.end && text.is_char_boundary(token.start) && text.is_char_boundary(token.end));
    });
    out.join(" ")
}

fn check(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(terms(text), *expected, "{text}");
    }
}

#[test]
fn symbols_stay_with_their_word() {
    check(&[
        ("C++, C#, F#", "c++@0 c#@1 f#@2"),
        ("C++.", "c++@0"),
        ("C++17", "c++@0 17@1"),
        ("C/C++", "c@0 c++@1"),
        ("C,C++", "c@0 c++@1"),
        ("C++/C#/Java", "c++@0 c#@1 java@2"),
        (".NET Core", ".net@0 core@1"),
        ("(.NET)", ".net@0"),
        ("C#.NET", "c#@0 c#net@0+2 .net@1"),
        ("ASP.NET", "asp@0 aspnet@0+2 .net@1"),
        ("asp.net", "asp@0 aspnet@0+2 .net@1"),
        ("example.net", "example@0 examplenet@0+2 net@1"),
        ("net revenue", "net@0 revenue@1"),
        ("CompTIA Security+ and A+", "comptia@0 security@1 security+@1 and@2 a@3 a+@3"),
        ("8+ years", "8@0 years@1"),
        ("R&D at AT&T", "r&d@0 at@1 at&t@2"),
        ("R & D", "r&d@0"),
        ("Smith&Sons", "smith@0 sons@1"),
        ("P&L", "p&l@0"),
        ("Apt#5", "apt@0 5@1"),
    ]);
}

#[test]
fn single_letters_of_compounds_are_no_words() {
    check(&[
        ("C-level", "clevel@0+2 level@1"),
        ("Objective-C", "objective@0 objectivec@0+2"),
        ("T-SQL", "tsql@0+2 sql@1"),
        ("I/O", "io@0+2"),
        ("A/B testing", "ab@0+2 testing@2"),
        ("R/Python", "r@0 python@1"),
        ("C, R", "c@0 r@1"),
        ("S/4HANA", "s4hana@0+2 4hana@1"),
    ]);
}

#[test]
fn compounds_give_parts_and_joined_form() {
    check(&[
        ("Node.js", "node@0 nodejs@0+2 js@1"),
        ("front-end dev", "front@0 frontend@0+2 end@1 dev@2"),
        ("front end", "front@0 frontend@0+2 end@1"),
        ("frontend", "frontend@0"),
        ("e-commerce", "ecommerce@0+2 commerce@1"),
        ("CI/CD", "ci@0 cicd@0+2 cd@1"),
        ("TCP/IP.", "tcp@0 tcpip@0+2 ip@1"),
        ("PL/SQL", "pl@0 plsql@0+2 sql@1"),
        ("PL-SQL", "pl@0 plsql@0+2 sql@1"),
        ("PL SQL", "pl@0 plsql@0+2 sql@1"),
        ("C sharp", "c@0 c#@0+2 sharp@1"),
        ("SMF16/17", "smf16@0 17@1"),
        ("design/development", "design@0 development@1"),
        ("work–flow", "work@0 flow@1"),
        ("snake_case", "snake@0 case@1"),
        ("node.", "node@0"),
        ("- item -", "item@0"),
    ]);
}

#[test]
fn abbreviations_lose_their_dots() {
    check(&[
        ("Ph.D. in", "phd@0 in@1"),
        ("M.B.A.", "mba@0"),
        ("B.Tech Computer", "btech@0 computer@1"),
        ("U.S.A.", "usa@0"),
        ("B.Sc", "bsc@0"),
        ("Pharm.D", "pharmd@0"),
        ("e.g.", "eg@0"),
        ("J.Smith", "jsmith@0+2 smith@1"),
    ]);
}

#[test]
fn apostrophes() {
    check(&[
        ("driver's license", "driver@0 drivers@0 license@1"),
        ("driver’s", "driver@0 drivers@0"),
        ("drivers'", "drivers@0"),
        ("O'Reilly Media", "oreilly@0 reilly@0 media@1"),
        ("don't", "dont@0"),
        ("'quoted'", "quoted@0"),
    ]);
}

#[test]
fn addresses_are_one_token() {
    check(&[
        ("jane.doe+cv@example.co.uk", "jane.doe+cv@example.co.uk@0 @example.co.uk@0"),
        ("Jane_Doe@Example.com, x", "jane_doe@example.com@0 @example.com@0 x@1"),
        ("@example.co.uk", "@example.co.uk@0"),
        ("mailto:a@example.com", "mailto@0 a@example.com@1 @example.com@1"),
        ("@handle", "handle@0"),
        ("https://www.example.com/in/jane", "example@0 examplecom@0+2 com@1 in@2 jane@3"),
    ]);
}

#[test]
fn numbers() {
    check(&[
        ("99.99%", "99.99@0"),
        ("10,000 users", "10000@0 users@1"),
        ("1,250,000.50", "1250000.50@0"),
        ("2019,2020", "2019@0 2020@1"),
        ("01.2020", "01@0 2020@1"),
        ("2019-2020", "2019@0 2020@1"),
        ("1.5M", "1.5m@0"),
        ("06/2019", "06@0 2019@1"),
        ("12:30", "12@0 30@1"),
    ]);
}

#[test]
fn acronyms_keep_a_term_in_capitals() {
    check(&[
        ("IT manager", "it@0 IT@0 manager@1"),
        ("It was", "it@0 was@1"),
        ("IT MANAGER", "it@0 IT@0 manager@1"),
        ("REST/SOAP", "rest@0 REST@0 restsoap@0+2 soap@1 SOAP@1"),
        ("Portland, OR", "portland@0 or@1 OR@1"),
    ]);
    assert!(!terms("WORKED IN A LARGE TEAM AND LED IT TO SUCCESS").contains("IT"));
}

#[test]
fn other_scripts_and_forms() {
    check(&[
        ("José Müller", "jose@0 muller@1"),
        ("Hauptstraße 5", "hauptstrasse@0 5@1"),
        ("quali\u{fb01}ed", "qualified@0"),
        ("Ｃ＋＋ ｊａｖａ", "c++@0 java@1"),
        ("上海交通大学", "上@0 海@1 交@2 通@3 大@4 学@5"),
        ("Java开发", "java@0 开@1 发@2"),
        ("soft\u{ad}ware zero\u{200b}width a\u{a0}b", "software@0 zerowidth@1 a@2 b@3"),
        ("e\u{301}te\u{301}", "ete@0"),
        ("Москва", "москва@0"),
        ("• item", "item@0"),
        ("S E L E C T E D   P R O J E C T S", "selected@0 projects@1"),
    ]);
}

#[test]
fn long_terms_are_cut_not_dropped() {
    let word = format!("{}é", "é".repeat(200));
    tokenize(&word, &mut |token| assert_eq!(token.term.len(), 201));
    let word = "我".repeat(3) + &"ш".repeat(300);
    let mut longest = 0;
    tokenize(&word, &mut |token| longest = longest.max(token.term.len()));
    assert_eq!(longest, 254);
}

#[test]
fn ranges_point_into_the_source() {
    let text = "x Müller’s ＣＩ/CD y";
    let mut seen = Vec::new();
    tokenize(text, &mut |token| seen.push((token.term.to_string(), &text[token.start..token.end])));
    let expected = [
        ("x", "x"),
        ("muller", "Müller"),
        ("mullers", "Müller’s"),
        ("ci", "ＣＩ"),
        ("cicd", "ＣＩ/CD"),
        ("cd", "CD"),
        ("y", "y"),
    ];
    assert_eq!(seen, expected.map(|(term, source)| (term.to_string(), source)));
}

proptest::proptest! {
    #[test]
    fn any_text_gives_rising_positions_and_valid_ranges(text in "(\\PC|[-./'&+#@_ ,A-Z0-9\u{1e}é我ﬁ’]){0,60}") {
        let mut last = 0;
        tokenize(&text, &mut |token| {
            assert!(token.position >= last && token.start < token.end && token.length > 0);
            assert!(text.get(token.start..token.end).is_some());
            last = token.position;
        });
    }

    #[test]
    fn a_plain_query_word_meets_itself_in_any_case(word in "[a-z]{2,12}") {
        let upper = word.to_uppercase();
        let mut found = false;
        tokenize(&upper, &mut |token| found |= token.term == word);
        assert!(found);
    }
}

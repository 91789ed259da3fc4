//! Strings of other tools and what they are here, a rule a row.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use super::*;

fn ours(from: Dialect, typed: &str) -> Translation {
    let today = jiff::civil::date(2026, 1, 1);
    let lexicon = Lexicon::builtin();
    let translation = translate(from, typed, &lexicon, today).unwrap_or_else(|error| panic!("{typed}: {error}"));
    let again = parse(&translation.query, &lexicon, today).unwrap();
    assert_eq!(again.interpreted_as, translation.query, "{typed} does not parse to itself");
    translation
}

/// The query, and a part of a difference (empty: anything).
fn check(from: Dialect, rows: &[(&str, &str, &str)]) {
    for (typed, expected, said) in rows {
        let translation = ours(from, typed);
        assert_eq!(translation.query, *expected, "{typed}: {:?}", translation.differences);
        let is_said = translation.differences.iter().any(|difference| difference.contains(said));
        assert!(said.is_empty() || is_said, "{typed}: `{said}` is not said in {:?}", translation.differences);
    }
}

#[test]
fn linkedin_strings() {
    check(
        Dialect::LinkedIn,
        &[
            ("budget AND agile", "budget AND agile", "other forms"),
            ("budget agile", "budget AND agile", ""),
            ("\"project manager\" OR PM AND budgeting", "\"project manager\" OR (PM AND budgeting)", "AND binds first"),
            ("(\"project manager\" OR PM) AND budgeting", "(\"project manager\" OR PM) AND budgeting", ""),
            ("programmer NOT manager", "programmer AND NOT manager", ""),
            (
                "account AND finance NOT (manager OR executive)",
                "account AND finance AND NOT (manager OR executive)",
                "",
            ),
            ("sales or marketing", "sales AND marketing", "lower-case `or`"),
            ("develop*", "develop", "no wildcards"),
            (
                "title:lead company:acme school:leeds",
                "title:lead AND employer:acme AND school:leeds",
                "`company:` is `employer:`",
            ),
            ("firstname:jane lastname:doe", "name:jane AND name:doe", "`firstname:` is `name:`"),
            ("budget -intern", "budget AND NOT intern", "no operator that LinkedIn documents"),
            ("“project manager” AND agile", "\"project manager\" AND agile", ""),
        ],
    );
}

#[test]
fn bullhorn_strings() {
    check(
        Dialect::Bullhorn,
        &[
            ("budget AND NOT junior", "budget AND NOT junior", ""),
            ("manag* and (budget or finance)", "manag* AND (budget OR finance)", ""),
            (
                "occupation:\"project manager\" AND address.city:Leeds",
                "title:\"project manager\" AND location:Leeds",
                "`occupation:` is `title:`",
            ),
            ("isDeleted:0 AND status:Active AND budget", "budget", "`isDeleted:` is kept by Bullhorn"),
            ("isDeleted:0 AND NOT status:Archive AND budget", "budget", ""),
            (
                "dateLastModified:[20250101 TO 20251231] AND budget",
                "updated:2025 AND budget",
                "`dateLastModified:` is `updated:`",
            ),
            ("customText1:gold", "text:gold", "`customText1:` is no field here"),
            ("companyName:(Acme OR Initech)", "employer:Acme OR employer:Initech", ""),
        ],
    );
}

#[test]
fn textkernel_strings() {
    check(
        Dialect::Textkernel,
        &[
            ("budget agile", "budget AND agile", ""),
            ("(budget agile)", "budget OR agile", ""),
            ("+budget -intern", "budget AND NOT intern", ""),
            ("budget %agile", "budget AND prefer:(agile)", ""),
            ("budget ^agile", "budget AND prefer:(agile)^3", ""),
            ("[senior accountant]", "\"senior accountant\"~2", "one or two words between"),
            ("city:Amsterdam", "location:Amsterdam", "`city:` is `location:`"),
            ("jobtitle:(nurse midwife) city:Leeds", "(title:nurse OR title:midwife) AND location:Leeds", ""),
            ("account*", "account*", "most common words"),
            ("+(budget finance) -(intern trainee)", "(budget OR finance) AND NOT (intern OR trainee)", ""),
        ],
    );
}

#[test]
fn dtsearch_strings() {
    check(
        Dialect::DtSearch,
        &[
            ("apple and pear", "=apple AND =pear", ""),
            ("apple pie and pear tart", "\"apple pie\" AND \"pear tart\"", "phrase"),
            ("apple or pear", "=apple OR =pear", ""),
            ("apple and not pear", "=apple AND NOT =pear", ""),
            ("apple w/5 pear", "apple NEAR/5 pear", ""),
            ("apple pre/5 pear", "apple PRE/5 pear", ""),
            ("apple and pear or orange", "(=apple AND =pear) OR =orange", "ambiguous"),
            ("name contains smith", "name:=smith", ""),
            ("(name contains smith) and apply~", "name:=smith AND apply", ""),
            ("appl? or appl*", "appl? OR appl*", ""),
            ("ba%nana", "banana~", "wrong letters may stand anywhere"),
            ("app%%ly", "apply~2", ""),
            ("#smith", "smith~", "sound alike"),
            ("fast&", "=fast", "thesaurus"),
            ("p12==", "p12??", "one digit"),
            ("apple:5 or pear", "=apple^5 OR =pear", ""),
            ("+apple -pear", "=apple AND NOT =pear", ""),
        ],
    );
}

#[test]
fn lucene_strings() {
    check(
        Dialect::Lucene,
        &[
            ("budget agile", "budget OR agile", "a blank between words is OR"),
            ("+budget agile", "budget AND prefer:(agile)", "nice to have"),
            ("+budget -intern", "budget AND NOT intern", ""),
            ("budget AND agile", "budget AND agile", ""),
            ("budget OR agile AND lean", "agile AND lean AND prefer:(budget)", "requires what stands beside AND"),
            ("(budget OR agile) AND lean", "(budget OR agile) AND lean", ""),
            ("budget NOT intern", "budget AND NOT intern", ""),
            ("\"project manager\"~2", "\"project manager\"~2", "a swap is two"),
            ("budgt~", "budgt~2", "two wrong letters"),
            ("budgt~1", "budgt~", ""),
            ("budget^2 OR agile", "budget^2 OR agile", ""),
            ("title:(lead OR head)", "title:lead OR title:head", ""),
            ("experience:[3 TO 5]", "years:3..5", "`experience:` is `years:`"),
            ("email:*", "has:email", ""),
            ("budget or agile", "budget OR agile", "lower-case `or`"),
        ],
    );
}

#[test]
fn what_has_no_counterpart_is_an_error_with_a_hint() {
    let today = jiff::civil::date(2026, 1, 1);
    let lexicon = Lexicon::builtin();
    let check = |from: Dialect, typed: &str, expected: &str| {
        let error = translate(from, typed, &lexicon, today).unwrap_err();
        assert!(error.message.contains(expected), "{typed}: {error}");
    };
    check(Dialect::DtSearch, "apple w/5 xfirstword", "no counterpart");
    check(Dialect::DtSearch, "apple not w/5 pear", "no counterpart");
    check(Dialect::DtSearch, "12~~24", "no counterpart");
    check(Dialect::Lucene, "/jav[a-z]+/", "regular expressions");
    check(Dialect::Lucene, "(java", "open parenthesis");
    check(Dialect::Lucene, "java)", "closing parenthesis");
    check(Dialect::Lucene, "\"java", "open quote");
    check(Dialect::LinkedIn, "   ", "nothing to search for");
    check(Dialect::Bullhorn, "isDeleted:0", "nothing to search for");
}

#[test]
fn any_string_gives_a_query_or_an_error_and_ends() {
    let parts = [
        "java", "(", ")", "\"", "a b", "AND", "or", "not", "w/5", "[", "]", "-", "+", "~", "^2", "title:", "*",
        "contains", "%", "#x", "/", "\\",
    ];
    let today = jiff::civil::date(2026, 1, 1);
    let lexicon = Lexicon::builtin();
    for (_, from) in Dialect::NAMES {
        for one in parts {
            for two in parts {
                for three in parts {
                    let typed = format!("{one} {two}{three}");
                    if let Ok(translation) = translate(from, &typed, &lexicon, today) {
                        assert!(parse(&translation.query, &lexicon, today).is_ok(), "{typed}: {}", translation.query);
                    }
                }
            }
        }
    }
}

//! First words of sentences about work done: `Managed the bar`, `Verify invoices`. In: a field. Out: whether it tells of a task and so
//! can be neither a title nor the name of an employer. Knows English; words that also begin names (`Lead`, `Applied`, `Design`) are
//! left out.

use super::scan::blank_parted;
use crate::lexicon::table::{FixedMap, Outlines};
use crate::lexicon::words::with_key;
use std::sync::LazyLock;

/// Past forms: hardly ever the first word of a name.
const DONE: &str = "accomplished achieved acted adapted addressed administered advised aided analysed analyzed answered appointed \
    approved arranged assembled assessed assigned assisted attained attended audited authored awarded balanced \
    booked brought built calculated called captured cared carried chaired checked clarified cleaned closed coached \
    collaborated collected comforted communicated compiled completed composed conceived conceptualized conducted \
    configured connected consolidated constructed consulted contributed controlled converted cooked coordinated \
    counseled counted crafted created cultivated dealt debugged decreased defined delegated delivered demonstrated \
    deployed designed detailed determined developed devised diagnosed directed discovered distributed documented \
    drafted drew drove earned edited educated eliminated emphasized employed enabled encouraged enforced engaged \
    engineered enhanced ensured entered established evaluated examined exceeded executed exercised expanded \
    expedited explained facilitated forecasted formed formulated forwarded fostered founded gained gathered \
    generated graduated greeted grew guided handled headed helped hired honed hosted identified implemented \
    improved incorporated increased influenced informed initiated inspected installed instructed interacted \
    interpreted interviewed introduced inventoried investigated involved issued joined kept launched learned \
    lectured led leveraged liaised lowered made maintained managed mapped marketed maximized measured mentored \
    migrated minimized modified monitored motivated moved negotiated notified nurtured observed obtained offered \
    opened operated optimised optimized ordered organised organized outlined overhauled oversaw packaged \
    participated performed persuaded pioneered planned posted practiced prepared presented prevented prioritized \
    processed procured produced projected promoted proposed proved provided published purchased pursued qualified \
    raised ran reached rebuilt received recommended reconciled recorded recruited redesigned reduced referred \
    refined regulated rendered repaired replaced reported represented researched resolved responded responsible \
    restored restructured retained returned revamped reviewed revised saved scanned scheduled screened secured \
    selected sent served serviced shared shipped showed simplified sold solved sorted spearheaded specialized \
    spoke staffed standardized started stocked stored streamlined strengthened studied submitted succeeded \
    summarized supervised supplied supported surpassed surveyed sustained targeted taught tested took tracked \
    trained transformed translated traveled treated tutored typed unloaded updated upgraded utilized validated \
    verified visited volunteered weighed welcomed won worked wrote";

/// Of these the ones that begin no name, and words that make one of them all the same.
const SURE: &str = "managed developed led conducted collaborated provided created supervised performed maintained \
    coordinated handled responsible worked achieved prepared reviewed ensured implemented participated spearheaded oversaw \
    assisted resolved completed facilitated directed executed initiated negotiated utilized";
const NAMED: &str = "care services service health healthcare print living hosting funds it solutions";

/// Present forms that no name of several words with small letters begins with.
const DO: &str = "achieve administer advise analyze assess assist assists attend calculate collaborate collect communicate \
    compile complete conduct conducts coordinate coordinates create creates deliver demonstrate determine develop \
    develops ensure ensures establish evaluate evaluates execute facilitate generate handle handles identify \
    implement implements improve increase inform inspect install interact investigate maintain maintains manage \
    manages negotiate obtain operate organize oversee oversees participate perform performs prepare prepares \
    prioritize produce provide provides receive recommend recruit resolve respond serve serves submit supervise \
    supervises translate troubleshoot understand update utilize utilizes verify works write";

/// Every word, and whether it is a past form.
static FORMS: LazyLock<FixedMap<&'static str, bool>> = LazyLock::new(|| {
    let past = DONE.split_whitespace().map(|word| (word, true));
    past.chain(DO.split_whitespace().map(|word| (word, false))).collect()
});

static OUTLINES: LazyLock<Outlines> = LazyLock::new(|| Outlines::of(FORMS.keys().copied()));

/// `text` tells what was done: one of these words and a small one behind it, or several. `Planned Parenthood`, `Assisted Living` and
/// `Perform Better Foods` tell nothing.
pub(super) fn is_task(text: &str) -> bool {
    let mut words = blank_parted(text).peekable();
    // "Directly managed", "Successfully closed"
    words.next_if(|word| word.len() > 5 && word.ends_with("ly"));
    let Some(first) = words.next() else { return false };
    let bare = first.trim_matches(|letter: char| !letter.is_alphanumeric());
    if bare.len() < 2 || bare.len() > 14 || !bare.is_ascii() {
        return false;
    }
    // All of them are plain letters.
    if !OUTLINES.may_hold(bare) || !bare.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return false;
    }
    let Some(past) = with_key(bare, |folded| FORMS.get(folded).copied()) else { return false };
    // "Managed MS Exchange", but "Managed Care Partners"
    let sure = SURE.split_whitespace().any(|word| bare.eq_ignore_ascii_case(word))
        && words.peek().is_some_and(|word| !NAMED.split_whitespace().any(|named| word.eq_ignore_ascii_case(named)));
    let next_is_small = words.peek().is_some_and(|word| word.starts_with(|letter: char| !letter.is_uppercase()));
    let small = words.filter(|word| word.len() > 3 && word.starts_with(char::is_lowercase)).take(2).count();
    if past { sure || next_is_small || small == 2 } else { next_is_small && small >= 1 || small == 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        assert_eq!(is_task(text), expected, "{text}");
    }

    #[test]
    fn sentences_about_work_done() {
        check("Managed the bar", true);
        check("Managed MS Exchange", true);
        check("Directly managed two kitchens", true);
        check("Collaborated with suppliers on Menus", true);
        check("Verify invoices and receipts", true);
        check("Responsible for Answering Phones", true);
    }

    #[test]
    fn names_and_titles() {
        check("Create Digital", false);
        check("Perform Better Foods", false);
        check("Lead Engineer", false);
        check("Applied Fisheries Ltd", false);
        check("Registered Nurse, Medical Unit", false);
        check("Assisted Living Center", false);
        check("Managed Care Partners", false);
        check("Managed", false);
    }
}

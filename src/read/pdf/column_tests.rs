//! One row per rule of columns, cells and margins of the PDF reader (`columns`, `cells`, `beside`), on files written by `tests`.

use super::read;
use super::tests::{check, pdf_of};

#[test]
fn entries_with_a_cell_of_their_own_in_the_left_column() {
    check(
        &[&[
            (50.0, 700.0, 10.0, "Blue Fish Inn"),
            (50.0, 688.0, 10.0, "Bergen"),
            (50.0, 676.0, 10.0, "2019 - 2021"),
            (220.0, 700.0, 10.0, "Head Cook"),
            (232.0, 683.0, 10.0, "Ran a kitchen of six people"),
            (232.0, 671.0, 10.0, "Planned menus for events"),
            (232.0, 659.0, 10.0, "Cut the waste of the bar in half"),
            (50.0, 640.0, 10.0, "Gull Diner"),
            (50.0, 628.0, 10.0, "Oslo"),
            (50.0, 616.0, 10.0, "2015 - 2019"),
            (220.0, 640.0, 10.0, "Line Cook"),
            (232.0, 623.0, 10.0, "Cooked breakfast for drivers"),
            (232.0, 611.0, 10.0, "Cleaned the grill every night"),
        ]],
        &[
            "Blue Fish Inn",
            "Bergen",
            "2019 - 2021",
            "Head Cook",
            "Ran a kitchen of six people",
            "Planned menus for events",
            "Cut the waste of the bar in half",
            "Gull Diner",
            "Oslo",
            "2015 - 2019",
            "Line Cook",
            "Cooked breakfast for drivers",
            "Cleaned the grill every night",
        ],
    );
}

#[test]
fn cells_of_entries_that_begin_a_row_above_their_text_and_headings_beside_theirs() {
    check(
        &[&[
            (50.0, 700.0, 14.0, "WORK"),
            (50.0, 680.0, 10.0, "Blue Fish Inn"),
            (50.0, 671.0, 8.0, "2019 - 2021"),
            (180.0, 680.0, 10.0, "Head Cook"),
            (180.0, 668.0, 10.0, "Ran a kitchen of six people and its"),
            (180.0, 656.0, 10.0, "stores."),
            (50.0, 630.0, 10.0, "Gull Diner"),
            (50.0, 621.0, 8.0, "2015 - 2019"),
            (180.0, 620.0, 10.0, "Line Cook"),
            (180.0, 608.0, 10.0, "Cooked breakfast for drivers all week"),
            (180.0, 596.0, 10.0, "Cleaned the grill every night of it"),
            (50.0, 560.0, 14.0, "STUDIES"),
            (180.0, 563.5, 9.0, "Harbour College"),
            (180.0, 553.0, 9.0, "BSc Fishery"),
        ]],
        &[
            "WORK",
            "Blue Fish Inn",
            "2019 - 2021",
            "Head Cook",
            "Ran a kitchen of six people and its",
            "stores.",
            "Gull Diner",
            "2015 - 2019",
            "Line Cook",
            "Cooked breakfast for drivers all week",
            "Cleaned the grill every night of it",
            "STUDIES",
            "Harbour College",
            "BSc Fishery",
        ],
    );
}

#[test]
fn dates_stay_with_their_column_beside_another_one() {
    check(
        &[&[
            (50.0, 700.0, 10.0, "Head Cook"),
            (330.0, 700.0, 10.0, "06/2019 to 05/2021"),
            (50.0, 688.0, 10.0, "Blue Fish Inn"),
            (50.0, 670.0, 10.0, "Line Cook"),
            (330.0, 670.0, 10.0, "03/2015 to 05/2019"),
            (50.0, 658.0, 10.0, "Gull Diner"),
            (440.0, 705.0, 10.0, "Baking"),
            (440.0, 691.0, 10.0, "Grilling"),
            (440.0, 677.0, 10.0, "Menus"),
            (440.0, 663.0, 10.0, "Events"),
            (440.0, 649.0, 10.0, "Catering"),
        ]],
        &[
            "Head Cook\t06/2019 to 05/2021",
            "Blue Fish Inn",
            "Line Cook\t03/2015 to 05/2019",
            "Gull Diner",
            "Baking",
            "Grilling",
            "Menus",
            "Events",
            "Catering",
        ],
    );
}

#[test]
fn places_behind_the_dates_stay_with_their_column() {
    check(
        &[&[
            (50.0, 700.0, 10.0, "Head Cook"),
            (50.0, 688.0, 10.0, "Blue Fish Inn"),
            (50.0, 676.0, 8.0, "06/2019 - 05/2021"),
            (289.0, 676.0, 8.0, "Bergen, Norway"),
            (60.0, 664.0, 10.0, "Ran the fish kitchen of the old harbour house"),
            (50.0, 645.0, 10.0, "Line Cook"),
            (50.0, 633.0, 10.0, "Gull Diner"),
            (50.0, 621.0, 8.0, "03/2015 - 05/2019"),
            (302.0, 621.0, 8.0, "Oslo, Norway"),
            (60.0, 609.0, 10.0, "Cooked breakfast for drivers"),
            (400.0, 700.0, 12.0, "SKILLS"),
            (400.0, 683.0, 10.0, "Baking"),
            (400.0, 669.0, 10.0, "Grilling"),
        ]],
        &[
            "Head Cook",
            "Blue Fish Inn",
            "06/2019 - 05/2021\tBergen, Norway",
            "Ran the fish kitchen of the old harbour house",
            "Line Cook",
            "Gull Diner",
            "03/2015 - 05/2019\tOslo, Norway",
            "Cooked breakfast for drivers",
            "SKILLS",
            "Baking",
            "Grilling",
        ],
    );
}

#[test]
fn cards_beside_each_other_below_the_heading_of_their_section() {
    let card = |x: u32, y: u32, rows: [&str; 3]| -> String {
        let put = |(row, text): (u32, &str)| format!("BT /R 10 Tf {x} {} Td ({text}) Tj ET\n", y - 12 * row);
        (0..).zip(rows).map(put).collect()
    };
    let heading = |y: u32, text: &str| format!("BT /B 12 Tf 50 {y} Td ({text}) Tj ET 50 {0} m 550 {0} l S\n", y - 4);
    let content = [
        heading(700, "WORK"),
        card(50, 680, ["Head Cook", "Blue Fish Inn", "2019 - 2021"]),
        card(320, 680, ["Line Cook", "Gull Diner", "2015 - 2019"]),
        card(50, 630, ["Kitchen Porter", "Tern House", "2012 - 2015"]),
        heading(590, "EDUCATION"),
        card(50, 570, ["Trade Diploma", "Harbour College", "2010 - 2012"]),
        card(320, 570, ["School Certificate", "Bay School", "2006 - 2010"]),
    ];
    let lines = read(&pdf_of(&[content.concat()], "")).unwrap().lines;
    let firsts =
        ["WORK", "Head Cook", "Kitchen Porter", "Line Cook", "EDUCATION", "Trade Diploma", "School Certificate"];
    let found: Vec<&str> = lines.iter().map(|line| line.text.as_str()).filter(|text| firsts.contains(text)).collect();
    assert_eq!((found.as_slice(), lines.len()), (firsts.as_slice(), 17));
}

#[test]
fn small_dates_beside_large_titles_are_on_their_rows() {
    check(
        &[&[
            (50.0, 700.0, 14.0, "Head Cook"),
            (489.0, 703.0, 8.0, "2019 - 2021"),
            (50.0, 685.0, 10.0, "Blue Fish Inn"),
            (524.0, 689.0, 8.0, "Bergen"),
            (50.0, 670.0, 10.0, "Ran the kitchen"),
            (50.0, 650.0, 14.0, "Line Cook"),
            (489.0, 653.5, 8.0, "2015 - 2019"),
            (50.0, 635.0, 10.0, "Gull Diner"),
            (531.0, 639.0, 8.0, "Oslo"),
        ]],
        &[
            "Head Cook\t2019 - 2021",
            "Bergen",
            "Blue Fish Inn",
            "Ran the kitchen",
            "Line Cook\t2015 - 2019",
            "Oslo",
            "Gull Diner",
        ],
    );
}

#[test]
fn cells_that_are_wrapped_stay_in_their_rows() {
    check(
        &[&[
            (50.0, 700.0, 10.0, "Course"),
            (250.0, 700.0, 10.0, "School"),
            (420.0, 700.0, 10.0, "Year of"),
            (420.0, 688.0, 10.0, "Passing"),
            (50.0, 676.0, 10.0, "Diploma in Marine"),
            (50.0, 664.0, 10.0, "Engines"),
            (250.0, 676.0, 10.0, "Kelp College"),
            (420.0, 676.0, 10.0, "2014"),
            (500.0, 676.0, 10.0, "71%"),
            (50.0, 646.0, 10.0, "School Certificate"),
            (250.0, 646.0, 10.0, "Tern School"),
            (420.0, 646.0, 10.0, "2010"),
            (500.0, 646.0, 10.0, "84%"),
        ]],
        &[
            "Course\tSchool\tYear of",
            "Passing",
            "Diploma in Marine\tKelp College\t2014\t71%",
            "Engines",
            "School Certificate\tTern School\t2010\t84%",
        ],
    );
}

#[test]
fn contacts_beside_the_name_end_above_the_dates_of_the_text() {
    check(
        &[&[
            (50.0, 780.0, 20.0, "Imke Dalgard"),
            (423.1, 786.0, 10.0, "imke.dalgard@example.com"),
            (485.8, 772.0, 10.0, "+45 55501438"),
            (516.1, 758.0, 10.0, "Skagen"),
            (50.0, 735.0, 12.0, "Experience"),
            (50.0, 718.0, 10.0, "Head Cook"),
            (432.7, 718.0, 10.0, "September 2019 - Present"),
            (50.0, 706.0, 10.0, "Blue Fish Inn"),
            (60.0, 694.0, 10.0, "Ran the kitchen"),
            (60.0, 682.0, 10.0, "Wrote the menus"),
            (50.0, 664.0, 10.0, "Line Cook of the season"),
            (404.9, 664.0, 10.0, "November 2018 - February 2019"),
            (50.0, 652.0, 10.0, "Gull Diner"),
        ]],
        &[
            "imke.dalgard@example.com",
            "Imke Dalgard",
            "+45 55501438",
            "Skagen",
            "Experience",
            "Head Cook\tSeptember 2019 - Present",
            "Blue Fish Inn",
            "Ran the kitchen",
            "Wrote the menus",
            "Line Cook of the season\tNovember 2018 - February 2019",
            "Gull Diner",
        ],
    );
}

#[test]
fn dates_in_front_of_their_text_stay_with_it_beside_another_column() {
    check(
        &[&[
            (20.0, 700.0, 12.0, "Imke Dalgard"),
            (20.0, 680.0, 10.0, "Skagen"),
            (20.0, 661.0, 10.0, "imke@example.com"),
            (20.0, 642.0, 10.0, "Baking"),
            (20.0, 623.0, 10.0, "Grilling"),
            (205.0, 700.0, 9.0, "05/2019 - now"),
            (300.0, 700.0, 10.0, "Head Cook"),
            (300.0, 688.0, 10.0, "Blue Fish Inn"),
            (300.0, 674.0, 10.0, "Ran the kitchen of the harbour"),
            (205.0, 652.0, 9.0, "04/2015 - 04/2019"),
            (300.0, 652.0, 10.0, "Line Cook"),
            (300.0, 640.0, 10.0, "Gull Diner"),
            (300.0, 626.0, 10.0, "Cooked breakfast for drivers"),
        ]],
        &[
            "Imke Dalgard",
            "Skagen",
            "imke@example.com",
            "Baking",
            "Grilling",
            "05/2019 - now\tHead Cook",
            "Blue Fish Inn",
            "Ran the kitchen of the harbour",
            "04/2015 - 04/2019\tLine Cook",
            "Gull Diner",
            "Cooked breakfast for drivers",
        ],
    );
}

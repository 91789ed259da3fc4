#!/usr/bin/env python3
"""Reading order and speed of vitae's PDF reader beside pdftotext (plain, -layout, -raw), on a folder of real PDFs.

usage: cargo build --release --bin vitae --example lines
       docs/reading-order.py FOLDER [--list]

Needs poppler-utils. Times are processor time (user and system), which a busy machine hardly changes: `vitae` of one process for all files
(`examples/lines.rs`), `vitae, a process each` of `vitae inspect`, the others of a process for each file. What is right is taken from the word boxes of `pdftotext -bbox`, so no answer depends on the readers compared:

columns    a page has two columns when a vertical gap runs between words of at least 12 rows on both sides and the sparser side is
           text, not dates, places or labels set beside their rows. Words that occur once in the file and stand left or right of the
           gap are anchors. Reading the page, the side of the anchors should change rarely: right = at most 5 changes, or 12 % of a
           row-by-row interleave, with 70 % of the anchors found; interleaved = more than 25 %.
date rows  a row of one column with text at the left, a wide gap and a date at the right: right = the date and the last word
           before the gap on one output line.
recall     share of the words (letters and digits) that pdftotext gives.
"""
import argparse, collections, html, json, pathlib, re, resource, subprocess, unicodedata

YEAR = re.compile(r"(19|20)\d\d|present|current|now|heute|actual|today|ongoing", re.I)
WORD = re.compile(r"[^\W_]+")


def words_of(text):
    """Folded words: ligatures and accents drawn apart are no difference between readers."""
    return [word.lower() for word in WORD.findall(unicodedata.normalize("NFKC", text))]


def run(command, seconds=60):
    try:
        return subprocess.run(command, capture_output=True, timeout=seconds).stdout.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        return ""


def spent_by_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def pages_of(path):
    """Rows of word boxes (x0, x1, y, text) by page."""
    text = run(["pdftotext", "-bbox", path, "-"])
    for page in re.findall(r'<page width="([\d.]+)" height="[\d.]+">(.*?)</page>', text, re.S):
        words = re.findall(r'<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*?)</word>', page[1])
        boxes = [(float(x0), float(x1), (float(y0) + float(y1)) / 2, html.unescape(text)) for x0, y0, x1, y1, text in words]
        boxes = [box for box in boxes if words_of(box[3])]
        rows = []
        for box in sorted(boxes, key=lambda box: box[2]):
            if rows and abs(rows[-1][0][2] - box[2]) < 3.5:
                rows[-1].append(box)
            else:
                rows.append([box])
        yield float(page[0]), [sorted(row) for row in rows]


def is_margin(side, other):
    """Dates, places or labels set beside the rows of the other column are not a column of their own."""
    on_rows = sum(1 for row in side if any(abs(row[0][2] - o[0][2]) < 3.5 for o in other))
    words = sum(len(row) for row in side) / len(side)
    dates = sum(1 for row in side if any(YEAR.search(box[3]) for box in row))
    sparse = len(side) < 0.6 * len(other)
    return on_rows >= 0.88 * len(side) and (words < 2.2 or dates >= 0.3 * len(side) or sparse)


def gutter(width, rows):
    """(x, rows) of the page's column gap, or None."""
    best = None
    for x in range(int(width * 0.2), int(width * 0.8), 3):
        run_, start = [], None
        stretches = []
        for row in rows + [None]:
            crosses = row is None or any(box[0] < x + 3 and box[1] > x - 3 for box in row)
            if crosses:
                stretches.append(run_)
                run_ = []
            else:
                run_.append(row)
        for stretch in stretches:
            left = [row for row in ([box for box in row if box[1] <= x] for row in stretch) if row]
            right = [row for row in ([box for box in row if box[0] >= x] for row in stretch) if row]
            if min(len(left), len(right)) < 12 or is_margin(left, right) or is_margin(right, left):
                continue
            if best is None or min(len(left), len(right)) > best[0]:
                best = (min(len(left), len(right)), x, stretch)
    return best and best[1:]


def truth(path):
    sides, count, dates, words = {}, collections.Counter(), [], collections.Counter()
    full = 0
    pages = list(pages_of(path))
    for _, rows in pages:
        count.update(word for row in rows for box in row for word in words_of(box[3]))
    for width, rows in pages:
        found = gutter(width, rows)
        x, stretch = found if found else (None, [])
        if found:
            left = sum(1 for row in stretch if row[0][1] <= x)
            right = sum(1 for row in stretch if row[-1][0] >= x)
            full += 2 * min(left, right)
            for row in stretch:
                for box in row:
                    for word in words_of(box[3]):
                        if count[word] == 1 and len(word) > 2:
                            sides[word] = box[0] >= x
        for row in rows:
            parts = [[row[0]]]
            for box in row[1:]:
                (parts.append([box]) if box[0] - parts[-1][-1][1] > 25 else parts[-1].append(box))
            for one, two in zip(parts, parts[1:]):
                across = x is not None and one[-1][1] <= x <= two[0][0] and row in stretch
                date = " ".join(box[3] for box in two)
                if not across and YEAR.search(date) and len(two) <= 6 and not YEAR.search(one[-1][3]):
                    dates.append((words_of(one[-1][3])[-1], words_of(two[-1][3])[-1]))
    return sides, full, dates, count


def judge(lines, expected):
    sides, full, dates, count = expected
    words = [words_of(line) for line in lines]
    flat = [word for line in words for word in line]
    out = {"recall": sum((collections.Counter(flat) & count).values()), "words": sum(count.values())}
    if full:
        order = [sides[word] for word in flat if word in sides]
        jumps = sum(1 for one, two in zip(order, order[1:]) if one != two)
        found = len(set(flat) & set(sides)) >= 0.7 * len(sides)
        out["columns"] = found and (jumps <= 5 or jumps <= 0.12 * full)
        out["interleaved"] = jumps > 0.25 * full
    sets = [set(line) for line in words]
    out["dates"] = sum(1 for one, two in dates if any(one in line and two in line for line in sets))
    return out


def main():
    args = argparse.ArgumentParser()
    args.add_argument("folder", type=pathlib.Path)
    args.add_argument("--lines", default="target/release/examples/lines")
    args.add_argument("--vitae", default="target/release/vitae")
    args.add_argument("--list", action="store_true", help="name the files whose columns are not right")
    args.add_argument("--only", help="one reader")
    args = args.parse_args()
    files = sorted(args.folder.glob("*.pdf"))
    before = spent_by_children()
    ours = [json.loads(line) for line in run([args.lines, args.folder, "pdf"], 600).splitlines()]
    in_process = spent_by_children() - before
    ours = {pathlib.Path(row["path"]).name: row for row in ours}

    def process(path):
        out = run([args.vitae, "inspect", path, "--stage", "lines", "--json"])
        return [line["text"] for line in json.loads(out or '{"lines": []}')["lines"] if not line["hidden"]]

    readers = {
        "vitae": lambda path: ours[path.name]["lines"],
        "vitae, a process each": process,
        "pdftotext": lambda path: run(["pdftotext", path, "-"]).split("\n"),
        "pdftotext -layout": lambda path: run(["pdftotext", "-layout", path, "-"]).split("\n"),
        "pdftotext -raw": lambda path: run(["pdftotext", "-raw", path, "-"]).split("\n"),
    }
    expected = {path: truth(path) for path in files}
    expected = {path: found for path, found in expected.items() if sum(found[3].values()) >= 50}
    columns = sum(1 for found in expected.values() if found[1])
    dates = sum(len(found[2]) for found in expected.values())
    print(f"{len(expected)} PDFs with text, {columns} with two columns, {dates} date rows\n")
    print("| reader | columns right | interleaved | date rows | word recall | files below .9 | CPU ms per file |")
    print("|---|---|---|---|---|---|---|")
    for name, reader in readers.items():
        if args.only and name != args.only:
            continue
        rows, wrong, spent = [], [], 0.0
        for path, found in expected.items():
            before = spent_by_children()
            lines = reader(path)
            spent += spent_by_children() - before
            row = judge(lines, found)
            rows.append(row)
            if found[1] and not row["columns"]:
                wrong.append(path.name)
        spent = spent / len(rows) if name != "vitae" else in_process / len(files)
        right = sum(1 for row in rows if row.get("columns"))
        mixed = sum(1 for row in rows if row.get("interleaved"))
        on_line = sum(row["dates"] for row in rows)
        shares = [row["recall"] / max(1, row["words"]) for row in rows]
        recall, low = sum(shares) / len(shares), sum(1 for share in shares if share < 0.9)
        print(f"| {name} | {right}/{columns} | {mixed} | {on_line}/{dates} | {recall:.3f} | {low} | {1000 * spent:.1f} |")
        if args.list and wrong:
            print("  not right:", " ".join(wrong))


main()

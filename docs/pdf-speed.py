#!/usr/bin/env python3
"""Speed of vitae's PDF reader beside pdftotext, on a folder of real PDFs: medians of alternating runs.

usage: cargo build --release --example lines
       docs/pdf-speed.py FOLDER [ROUNDS]

Needs poppler-utils. One process for all files: `lines` (one thread) beside one pdftotext on all files joined by pdfunite. A process
for each file: `pdftotext` on each, beside `lines --workers`, which reads in a worker process that outlives its file, as `vitae index` does.
Both the time by the clock and processor time (user and system, children included) are taken; nothing is written to disk.
"""
import pathlib, resource, statistics, subprocess, sys, tempfile, time

LINES = pathlib.Path(__file__).parent.parent / "target/release/examples/lines"


def spent(commands):
    """Seconds by the clock and of the processor for these commands, one after the other."""
    def used():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime
    clock, processor = time.monotonic(), used()
    for command in commands:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - clock, used() - processor


def main():
    folder, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7
    files = sorted(str(path) for path in pathlib.Path(folder).glob("*.pdf"))
    with tempfile.TemporaryDirectory() as place:
        joined = f"{place}/all.pdf"
        subprocess.run(["pdfunite", *files, joined], stderr=subprocess.DEVNULL)
        readers = {"vitae, one process": [[LINES, folder, "pdf"]], "vitae, worker process": [[LINES, folder, "pdf", "--workers"]]}
        for option in ["", "-layout", "-raw"]:
            command = ["pdftotext", option] if option else ["pdftotext"]
            name = " ".join(command)
            readers[f"{name}, one process"] = [[*command, joined, "-"]]
            readers[f"{name}, a process each"] = [[*command, file, "-"] for file in files]
        times = {name: [] for name in readers}
        for _ in range(rounds):
            for name, commands in readers.items():
                times[name].append(spent(commands))
    print(f"{len(files)} files, medians of {rounds} alternating rounds\n")
    print("| reader | CPU ms a file | files a second of one core | files a second by the clock |\n|---|---:|---:|---:|")
    for name, rows in times.items():
        clock, processor = (statistics.median(column) for column in zip(*rows))
        milliseconds = 1000 * processor / len(files)
        print(f"| {name} | {milliseconds:.1f} | {1000 / milliseconds:.0f} | {len(files) / clock:.0f} |")


if __name__ == "__main__":
    main()

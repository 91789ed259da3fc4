# Recipes for daily work. Everything here also works without just: each line is a plain command.

# Format, lints, docs, tests and the README's main command, as CI runs them.
ci:
    .ci/run

# All tests.
test:
    cargo test --locked

# Index the sample corpus and search it.
demo:
    cargo run --release --locked -- index corpus
    target/release/vitae search 'title:lead AND (kubernetes OR docker)' --facet skill:5,degree

# Timed stages.
bench:
    cargo bench --locked

# Ranking on the judged queries of the sample corpus.
eval:
    cargo run --release --locked -- index corpus
    target/release/vitae eval --verbose

# A folder as hostile as we can make it: 500 mutations, bombs, recursion, odd files. Prints a table.
hostile:
    HOSTILE_MUTATIONS=500 cargo test --release --locked --test hostile -- --nocapture

# Reading order and speed of the PDF reader beside pdftotext, on a folder of PDFs.
reading-order folder:
    cargo build --release --locked --bin vitae --example lines
    docs/reading-order.py {{folder}}

# Rewrite golden files after a wanted change; read the diff.
golden:
    UPDATE_GOLDEN=1 cargo test --locked

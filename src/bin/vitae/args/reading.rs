//! Options of the commands that read files: which files, how, and what one may cost. In: the command line. Out: [`ReadingArgs`].

/// A day: whoever waits longer for one file waits for ever.
const MOST_SECONDS: u64 = 24 * 60 * 60;

/// A tebibyte: more than machines have, and a number of bytes that can be counted.
const MOST_MEBIBYTES: u64 = 1 << 20;

/// How files are read.
#[derive(Debug, Clone, clap::Args)]
pub struct ReadingArgs {
    /// Largest file that is read, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..=MOST_MEBIBYTES))]
    pub max_file_size: u64,

    #[command(flatten)]
    pub limits: LimitArgs,

    /// Read scans by OCR, if Tesseract is installed; with its languages: eng+deu
    #[arg(
        long,
        value_name = "LANGUAGES",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "eng",
        long_help = "Read scans by OCR, if Tesseract is installed: PDFs without letters, and DOCX and ODT that hold nothing but \
        pictures. --ocr=eng+deu names its languages. A page takes seconds. What was read so is found by `status:ocr`."
    )]
    pub ocr: Option<String>,

    /// Read PDF and office files in this process
    #[arg(
        long,
        conflicts_with = "ocr",
        long_help = "Read PDF and office files in this process. By default worker processes read them, so that a hostile file \
        costs one line of the ledger; with this option it can end the run."
    )]
    pub in_process: bool,

    /// Also files and folders whose names begin with a dot
    #[arg(long)]
    pub hidden: bool,
}

/// What a PDF or office file may cost.
#[derive(Debug, Clone, clap::Args)]
pub struct LimitArgs {
    /// Longest time for one PDF or office file, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=MOST_SECONDS))]
    pub read_time: u64,

    /// Most memory for one of them, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 1024, value_parser = clap::value_parser!(u64).range(256..=MOST_MEBIBYTES))]
    pub read_memory: u64,
}

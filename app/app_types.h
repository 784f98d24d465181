// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tl {

// The values that app hands to the window and the command line. Plain data, free to copy between
// threads.

struct ModelChoice {
    std::filesystem::path file;  // empty: the shipped model
    int threads = 0;             // 0 = one per core
    bool int8Activations = true;
    bool int8Keys = true;  // keys and values in int8, else f16
};

struct ModelSummary {
    std::string name;
    std::string backend;  // what computes: "cpu avx512, 2 threads"
    int64_t contextLimit = 0;
};

// What to take from the chosen files and folders; patterns in .gitignore syntax.
struct SourceChoice {
    // Files of which only definitions without bodies ("signatures") or their names are read; or
    // all, against an earlier rule ("full").
    struct Reduction {
        std::string pattern;
        std::string level;
    };

    // Files whose text is in an encoding that their bytes do not tell, or tell wrongly.
    struct Encoding {
        std::string pattern;
        std::string encoding;  // "Shift_JIS", "cp1251"...
    };

    std::vector<std::filesystem::path> paths;
    std::vector<std::filesystem::path> appended;  // files that were added one by one
    std::vector<std::string> include;
    std::vector<std::string> exclude;
    std::vector<Reduction> reduce;
    std::vector<Encoding> encodings;
    std::vector<std::string> passwords;  // tried in turn on encrypted files
    bool ocr = false;                    // scanned and garbled pages, images: by Tesseract
    int64_t maxFileBytes = 8 << 20;
    bool useIgnoreFiles = true;
    bool useDefaultRules = true;
    bool useCache = true;  // keep the texts of PDFs and the like, and take them from there
    int64_t maxKeptBytes = int64_t{1} << 30;  // memory for all texts; beyond it is a problem
};

// One thing that is said of a file or a page, in English and for programs.
struct Remark {
    std::string code;  // a name that never changes: "page_scanned"; docs/reasons.md has them all
    std::string kind;  // the words it shares with like ones: "scanned, no text"
    std::string text;  // all of it, in one line: "pages 3-40: scanned, no text; OCR can read it"
};

// A page of a file, and how much of its text stands there.
struct PageRow {
    int64_t number = 0;              // from 1
    std::string label;               // as printed on the page: "iv"; empty: like its number
    int64_t characters = 0;          // white space left out
    std::vector<Remark> warnings{};  // what is wrong with it
};

// One file or folder that was met.
struct FileRow {
    enum class State {
        kWaiting,
        kIn,
        kOpened,  // an archive that was unpacked: what it holds comes after it
        kSkipped,
    };

    std::string name;  // unique among the rows that are in; what citations name
    std::filesystem::path path;
    State state = State::kWaiting;
    std::vector<Remark> reasons;  // skipped: why, one; in: what was done to get at the text
    bool isFolder = false;
    bool isChosen = false;       // named by the user, not met in a folder
    bool needsPassword = false;  // skipped, and a password would help
    bool isRepeat = false;       // skipped, and what it holds is in already
    bool couldUseOcr = false;    // has pages that OCR, being off, could read
    int64_t bytes = 0;
    int64_t tokens = 0;    // of an archive that is being counted: of all that it holds
    std::string level;     // "signatures" or "names" where only these are read; else empty
    std::string kind;      // "PDF", "code"...; empty while it is not known
    std::string language;  // of code: "C++"; else empty
    std::string twinOf{};  // skipped for its content alone: the file that has the same
    int64_t pages = 0;     // 0 = the file has no pages
    std::vector<PageRow> pageRows{};  // that many, one for each
    std::string title{};              // what the file says of itself; may be empty, as
    std::string author{};
    std::string date{};            // on which it was made, ISO 8601
    std::vector<Remark> warnings;  // what is wrong with it, by kinds
};

// What reading would take. Reading starts only where `problem` is empty.
struct PlanSummary {
    int64_t files = 0;
    int64_t skipped = 0;
    int64_t tokens = 0;        // of the whole corpus part, names and instruction included
    int64_t contextLimit = 0;  // tokens; questions and answers need a share of it
    int64_t stateBytes = 0;    // memory beside the weights once a question is answered
    std::string problem;      // one line: nothing to read, or over the limit with the largest files
    std::string warning{};    // one line: binary files were read with less protection than there is
    int64_t parsed = 0;       // PDFs, archives and other binary files that were parsed for it
    int64_t fromCache = 0;    // and those whose text was known from an earlier run
    int64_t filesForOcr = 0;  // with pages that OCR, being off, could read
};

struct ReadingProgress {
    int64_t tokensDone = 0;
    int64_t tokensTotal = 0;
    double tokensPerSecond = 0;
    double etaSeconds = 0;
};

struct Sampling {
    double temperature = 0;  // 0 = greedy
    int topK = 0;            // 0 = all
    double topP = 1;
    double minP = 0;
    double repetitionPenalty = 1;
    uint64_t seed = 0;
};

// Where the passages come from that an answer is looked for in. All but the last are there to
// measure what each is worth.
enum class CandidateSources {
    kRead,   // what the question's words look at in the corpus that was read
    kWords,  // what holds the question's words
    kFused,  // both, with what defines the names that the question says, and with openings
};

struct AskOptions {
    CandidateSources candidates = CandidateSources::kFused;
    bool secondLook = true;
    int64_t maxTokens = 256;  // of one answer
    Sampling sampling;
};

// A rectangle on a page, from 0 to 1 of the page as it is shown, from its upper left corner.
struct PageBox {
    int64_t page = 0;
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;
};

// Where a person looks words up in files that are not looked up by lines. Empty, 0 or none for all
// other files.
struct PlaceInFile {
    std::string place;               // in words: "page iv", "00:12:03 Ana"
    int64_t page = 0;                // or slide
    std::string pageLabel;           // as printed on the page: "iv"; empty: like its number
    std::vector<PageBox> boxes;      // the words on their pages
    std::vector<std::string> links;  // where they lead: addresses, "#page=3"; each once
    std::string speaker;             // who says it, or sent the message
    std::optional<int64_t> beginMs;  // from the start of a recording
    std::optional<int64_t> endMs;
    std::string messageId;
    std::string date;             // of the message, ISO 8601 with zone; of a chat's as far as told
    std::optional<int64_t> cell;  // of a notebook, from 1
    std::optional<int64_t> row;   // of a table, from 1
};

// How far a citation holds up an answer. None of them says that the answer is right.
enum class CitationState {
    kVerified,   // the answer's words stand in these lines, which speak of what the question asks
    kElsewhere,  // the answer's words stand there, and nothing shows that they answer the question
    kNotFound,   // the lines that come nearest: the answer's words stand in none of the passages
};

// How a passage was found; by several ways at once, or by none that is told.
struct FoundBy {
    bool read = false;        // the question's words look at it in the corpus that was read
    bool words = false;       // it holds the question's words
    bool definition = false;  // it defines a name that the question says
    bool opening = false;     // it opens a document, for questions about the whole
    bool overview = false;    // it says what the overview tells of the whole
};

// A place that an answer points to. The quote is the file's own text at these lines, byte for byte
// (of the text as read: UTF-8, line ends \n).
struct Citation : PlaceInFile {
    std::string file;
    int64_t startLine = 0;
    int64_t endLine = 0;
    std::string quote;
    CitationState state = CitationState::kNotFound;
    FoundBy foundBy{};  // how its passage was found

    bool isVerified() const { return state == CitationState::kVerified; }
};

// A line in which the exact search found words of the question.
struct SearchHit : PlaceInFile {
    std::string file;
    int64_t line = 0;
    std::string text;           // the line, or of a long one what stands around a found word
    bool isDefinition = false;  // the line defines a name that the question says
};

// Which reading an answer comes from: the whole corpus, or its best passages read once more.
enum class Look { kFirst, kSecond };

// How sure the model is of an answer that it took from several readings of the same question.
struct AnswerSurety {
    int64_t readings = 1;
    int64_t agreeing = 1;          // readings that say the same, the answer's own counted
    double logProbability = 0;     // the mean of ln P over its tokens
    std::optional<double> margin;  // how much that is above that of "The documents do not say."
};

struct Answer {
    std::string question;
    std::string text;
    std::vector<Citation> citations;  // best first
    std::vector<SearchHit> hits;      // only where no citation is verified
    Look look = Look::kFirst;
    std::optional<std::string> firstLook;  // the first look's answer, where `look` is the second
    bool isCut = false;                    // stopped at AskOptions::maxTokens, or where the
                                           // context ends
    bool isRepeating = false;              // began to repeat itself and was cut there
    int64_t tokensEvaluated = 0;           // what ran through the model since the answer before
    double seconds = 0;                    // for this question, reading not counted
    int64_t tokensRead = 0;                // of the corpus, that the answer rests on
    int64_t tokensTotal = 0;               // and all of it: the rest is not read yet
    bool isReplaced = false;               // its words are not those that were streamed: another
                                           // reading was surer, or the model does not know
    std::optional<AnswerSurety> surety{};  // none for answers that need no model
    bool isFollowUp = false;               // leans on what was said before it in the conversation
    std::string language{};  // what the question seems to be in, where not English: "German"
};

}  // namespace tl

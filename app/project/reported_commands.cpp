// SPDX-License-Identifier: Apache-2.0
#include "app/project/reported_commands.h"

#include <chrono>
#include <utility>
#include <vector>

namespace tl {

namespace {

// Answers of earlier runs that are shown again.
constexpr size_t kShownAnswers = 100;
// Tokens that must be read before a question is answered while reading goes on: some passages to
// choose from, in two seconds.
constexpr int64_t kLeastRead = 4096;

// What is reported while reading: at most every 50 ms, so that a slow window is not flooded.
class Throttle {
public:
    bool isDue() {
        const auto now = ReadingClock::now();
        if (now - m_last < std::chrono::milliseconds(50)) {
            return false;
        }
        m_last = now;
        return true;
    }

private:
    using ReadingClock = std::chrono::steady_clock;
    ReadingClock::time_point m_last{};
};

bool isCancelled(const Error& error) {
    return error.code == ErrorCode::kCancelled;
}

}  // namespace

ReportedCommands::ReportedCommands(ModelLoader loadModel,
                                   ProjectObserver& observer,
                                   const std::filesystem::path& modelFile)
    : m_commands(std::move(loadModel), modelFile), m_observer(observer) {}

void ReportedCommands::loadModel() {
    const Result<ModelSummary> model = m_commands.loadModel();
    if (model.ok()) {
        m_observer.modelLoaded(model.value());
    } else {
        m_observer.failed(0, model.error());
    }
}

LoadEvents ReportedCommands::fileEvents() {
    return {[this](int64_t from, const std::vector<FileRow>& rows) {
                m_observer.filesListed(from, rows);
            },
            [this](const CountedRows& rows) { m_observer.filesCounted(rows); }};
}

void ReportedCommands::choose(const SourceChoice& choice,
                              const ProjectPlace& place,
                              const std::stop_token& stop) {
    m_isUnreported = false;
    m_hasSaidNotKept = false;
    if (choice.paths.empty()) {
        m_observer.failed(0, {ErrorCode::kInvalidInput, "corpus: nothing chosen"});
        return;
    }
    const std::filesystem::path file =
        place.file.empty() ? projectBeside(choice.paths.front()) : place.file;
    // A project of another model is left alone, and another place for this one's is offered.
    if (place.takesUp && ProjectCommands::isMadeOf(file, choice.paths) &&
        m_commands.checkFits(file, choice).ok()) {
        open(file, stop);
        return;
    }
    const Chosen corpus = chosen(choice, file, stop);
    if (corpus.ok()) {
        m_isUnreported = true;
        m_observer.planned(corpus.value()->plan);
    } else {
        m_observer.failed(0, corpus.error());
    }
}

// For a project at `file`; in memory alone where nothing can be kept there, or something is there
// that is to be left alone.
ReportedCommands::Chosen ReportedCommands::chosen(const SourceChoice& choice,
                                                  const std::filesystem::path& file,
                                                  const std::stop_token& stop) {
    const Status problem = m_commands.checkFits(file, choice);
    if (problem.ok()) {
        return m_commands.chooseFor(file, choice, stop, fileEvents());
    }
    m_observer.notKept(problem.error());
    return m_commands.choose(choice, stop, fileEvents());
}

void ReportedCommands::open(const std::filesystem::path& file, const std::stop_token& stop) {
    m_isUnreported = false;
    m_hasSaidNotKept = false;
    const Result<KeptProject> opened = takeUp(file, stop);
    if (!opened.ok()) {
        m_observer.failed(0, opened.error());
        return;
    }
    const KeptProject& kept = opened.value();
    m_observer.opened(kept);
    if (kept.tokensTotal > 0 && kept.tokensRead == kept.tokensTotal) {
        finishReading({kept.tokensRead, kept.tokensTotal, 0, 0});
    }
}

void ReportedCommands::close() {
    m_isUnreported = false;
    m_commands.forget();
}

// Of a project that nothing is read of yet the corpus is listed, for there is nothing to ask about.
ReportedCommands::Chosen ReportedCommands::openedCorpus(const KeptProject& project,
                                                        const std::stop_token& stop) {
    if (!ProjectFile::isBegun(project.file)) {
        return m_commands.chooseFor(project.file, project.sources, stop, fileEvents());
    }
    Chosen corpus = m_commands.open(project.file);
    if (corpus.ok()) {
        m_observer.filesListed(0, corpus.value()->rows);
    }
    return corpus;
}

Result<KeptProject> ReportedCommands::takeUp(const std::filesystem::path& file,
                                             const std::stop_token& stop) {
    Result<ProjectOrigin> origin = ProjectFile::originIn(file);
    if (!origin.ok()) {
        return origin.error();
    }
    KeptProject kept{file, std::move(origin.value().sources)};
    const Chosen corpus = openedCorpus(kept, stop);
    if (!corpus.ok()) {
        return corpus.error();
    }
    m_isUnreported = true;
    m_observer.planned(corpus.value()->plan);
    kept.tokensRead = m_commands.tokensRead();
    kept.tokensTotal = m_commands.tokensTotal();
    if (m_commands.file() != nullptr) {
        Result<std::vector<Answer>> before = m_commands.answersBefore(kShownAnswers);
        const Status goesOn = m_commands.continueConversation();
        if (!before.ok() || !goesOn.ok()) {
            return before.ok() ? goesOn.error() : before.error();
        }
        kept.answers = std::move(before).value();
    }
    return kept;
}

bool ReportedCommands::check(const std::stop_token& stop, const std::atomic<bool>& makesWay) {
    if (m_commands.file() == nullptr || stop.stop_requested()) {
        return !makesWay;
    }
    const Result<SourceCheck> check = m_commands.check(stop);
    if (check.ok()) {
        m_observer.checked(check.value());
    } else if (isCancelled(check.error())) {
        return !makesWay;
    } else {
        SourceCheck failed;
        failed.problem = check.error().message;
        m_observer.checked(failed);
    }
    return true;
}

bool ReportedCommands::read(const std::stop_token& stop, const std::atomic<bool>& makesWay) {
    const Result<ReadingProgress> read = readOn(stop);
    if (read.ok()) {
        finishReading(read.value());
        return true;
    }
    if (isCancelled(read.error()) && makesWay) {
        return false;
    }
    m_observer.failed(0, read.error());
    return true;
}

// Says where what is read from here on is kept, the first time.
Status ReportedCommands::keep() {
    const bool isFirst = m_commands.isToBeKept();
    Status kept = m_commands.keepChosen();
    if (kept.ok() && isFirst) {
        kept = m_commands.continueConversation();
    }
    if (kept.ok() && isFirst) {
        const ProjectFile& file = *m_commands.file();
        m_observer.keeping({file.path(),
                            file.origin().sources,
                            m_commands.tokensRead(),
                            m_commands.tokensTotal()});
    }
    return kept;
}

Result<ReadingProgress> ReportedCommands::readOn(const std::stop_token& stop) {
    if (stop.stop_requested()) {
        return Error{ErrorCode::kCancelled, "reading: cancelled"};
    }
    const Status kept = keep();
    if (!kept.ok()) {
        return kept.error();
    }
    Throttle throttle;
    return m_commands.read(stop, [&](const ReadingProgress& progress) {
        if (throttle.isDue()) {
            m_observer.reading(progress);
        }
    });
}

// Reads so much that a question can be answered, or all where that is less.
Status ReportedCommands::readALittle(const std::stop_token& stop) {
    if (Status kept = keep(); !kept.ok()) {
        return kept;
    }
    std::stop_source enough;
    const std::stop_callback onStop(stop, [&enough] { enough.request_stop(); });
    const Result<ReadingProgress> read =
        m_commands.read(enough.get_token(), [&](const ReadingProgress& progress) {
            m_observer.reading(progress);
            if (progress.tokensDone >= kLeastRead) {
                enough.request_stop();
            }
        });
    if (read.ok() || (!stop.stop_requested() && isCancelled(read.error()))) {
        return okStatus();
    }
    return read.error();
}

void ReportedCommands::finishReading(const ReadingProgress& progress) {
    // Others may write the file from here on; answers open it for a moment.
    m_commands.stopWriting();
    m_observer.readFinished(progress);
    if (std::exchange(m_isUnreported, false)) {
        m_observer.overviewReady(m_commands.overview());
    }
}

// So much of the corpus is read as a question needs.
Status ReportedCommands::ensureRead(bool readingFollows, const std::stop_token& stop) {
    const int64_t read = m_commands.tokensRead();
    if (m_commands.isRead() || read >= kLeastRead || (read > 0 && !readingFollows)) {
        return okStatus();
    }
    if (readingFollows) {
        Status little = readALittle(stop);
        if (little.ok() && m_commands.isRead()) {
            finishReading({m_commands.tokensTotal(), m_commands.tokensTotal(), 0, 0});
        }
        return little;
    }
    const Result<ReadingProgress> all = readOn(stop);
    if (!all.ok()) {
        return all.error();
    }
    finishReading(all.value());
    return okStatus();
}

Result<Answer> ReportedCommands::answerTo(int64_t id,
                                          const std::string& text,
                                          const AskOptions& options,
                                          bool readingFollows,
                                          const std::stop_token& stop) {
    if (stop.stop_requested()) {
        return Error{ErrorCode::kCancelled, "question: cancelled"};
    }
    const Result<Question> question = m_commands.layOut(text);
    if (!question.ok()) {
        return question.error();
    }
    const Status read = ensureRead(readingFollows, stop);
    if (!read.ok()) {
        return read.error();
    }
    const Look wanted = m_commands.looksTwice(options) ? Look::kSecond : Look::kFirst;
    return m_commands.ask(
        question.value(), options, stop, [&](Look look, const std::string& piece) {
            if (look == wanted) {
                m_observer.answerPiece(id, look, piece);
            }
        });
}

void ReportedCommands::ask(int64_t id,
                           const std::string& question,
                           const AskOptions& options,
                           bool readingFollows,
                           const std::stop_token& stop) {
    const Result<Answer> answer = answerTo(id, question, options, readingFollows, stop);
    if (answer.ok()) {
        m_observer.answered(id, answer.value());
    } else {
        m_observer.failed(id, answer.error());
    }
    if (!m_commands.keptAnswers().ok() && !std::exchange(m_hasSaidNotKept, true)) {
        m_observer.notKept(m_commands.keptAnswers().error());
    }
}

}  // namespace tl

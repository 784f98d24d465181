// SPDX-License-Identifier: Apache-2.0
#include "app/cli/append_command.h"

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <ostream>
#include <string>

#include "app/cli/command_end.h"
#include "app/cli/progress_line.h"
#include "app/cli/read_command.h"
#include "app/cli/terminal_text.h"
#include "app/model/engine_model.h"
#include "app/project/live_append.h"
#include "app/wording.h"

namespace tl {

namespace {

using Clock = GrowingFile::Clock;

constexpr std::chrono::milliseconds kLookInterval{200};

// One run of `throughline append`.
class AppendRun {
public:
    AppendRun(const AppendRequest& request, const Terminal& terminal)
        : m_request(request), m_terminal(terminal) {}

    Status run(const ModelLoader& loadModel);
    // What is safe of a run that was stopped, for its message; may be empty.
    std::string keptTokens(const Status& status) const;

private:
    Status open(const ModelLoader& loadModel);
    Status readOnce();
    Status follow();
    Status readOn();
    Result<GrowingFile::Look> look();
    void note(const std::string& line) const;
    // Until then or a stop, which it says.
    bool waitUntil(Clock::time_point time) const;

    const AppendRequest& m_request;
    const Terminal& m_terminal;
    std::unique_ptr<LanguageModel> m_model;
    std::unique_ptr<LiveAppend> m_append;
    std::unique_lock<std::timed_mutex> m_writing;  // of the terminal, while it reads
};

void AppendRun::note(const std::string& line) const {
    if (!m_request.quiet) {
        m_terminal.err << terminalLine(line) << std::endl;
    }
}

bool AppendRun::waitUntil(Clock::time_point time) const {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_lock lock(mutex);
    changed.wait_until(lock, m_terminal.stop, time, [] { return false; });
    return !m_terminal.stop.stop_requested();
}

Status AppendRun::open(const ModelLoader& loadModel) {
    Result<std::unique_ptr<LanguageModel>> model = loadModel();
    if (!model.ok()) {
        return model.error();
    }
    m_model = std::move(model).value();
    LiveAppend::Place place{m_request.project, m_request.file, m_request.model.file};
    if (m_request.checkpointTokens > 0) {
        place.checkpointTokens = m_request.checkpointTokens;
    }
    Result<std::unique_ptr<LiveAppend>> append = LiveAppend::open(place, *m_model, m_terminal.stop);
    if (!append.ok()) {
        return append.error();
    }
    m_append = std::move(append).value();
    return okStatus();
}

Status AppendRun::readOn() {
    // Whoever gives up on Ctrl-C waits for this a while: what was read is written then, and said.
    m_writing = std::unique_lock(m_terminal.writing);
    ProgressLine line(m_terminal.err, m_terminal.errIsTerminal && !m_request.quiet);
    const Result<LiveAppend::Appended> read =
        m_append->read(m_terminal.stop,
                       [&](const ReadingProgress& progress) { line.show(progressText(progress)); });
    if (!read.ok()) {
        return read.error();
    }
    line.clear();
    const int64_t added = read.value().added;
    m_terminal.out << terminalLine(m_append->name() + ": " + grouped(std::abs(added)) +
                                   (added < 0 ? " tokens fewer; " : " tokens more; ") +
                                   grouped(m_append->tokensRead()) + " are read, " +
                                   grouped(read.value().evaluated) + " of them now")
                   << std::endl;
    m_writing.unlock();
    return okStatus();
}

Result<GrowingFile::Look> AppendRun::look() {
    Result<GrowingFile::Look> found = m_append->file().look();
    if (found.ok() && found.value().change == GrowingFile::Change::kReplaced) {
        note(m_append->name() +
             ": is another file now, or was cut off; it is read from its beginning, and what was"
             " read of it goes");
    } else if (found.ok() && found.value().change == GrowingFile::Change::kGone) {
        note(m_append->name() + ": is not there any more; what was read of it stays");
    }
    return found;
}

// The last line may be half written: it gets as long as it takes for a file to count as settled.
Status AppendRun::readOnce() {
    const Clock::time_point last = Clock::now() + GrowingFile::kSettled + kLookInterval;
    for (bool isWhole = false; !isWhole;) {
        const Result<GrowingFile::Look> found = look();
        if (!found.ok()) {
            return found.error();
        }
        const Clock::time_point next = Clock::now() + kLookInterval;
        isWhole = found.value().isWhole || next > last;
        if (!isWhole && !waitUntil(next)) {
            return Error{ErrorCode::kCancelled, "append: stopped"};
        }
    }
    if (m_append->file().bytes().empty()) {
        return Error{ErrorCode::kInvalidInput, m_request.file.string() + ": holds no line yet"};
    }
    return readOn();
}

Status AppendRun::follow() {
    bool isUnread = false;
    Clock::time_point next = Clock::now();
    while (true) {
        const Result<GrowingFile::Look> found = look();
        if (!found.ok()) {
            return found.error();
        }
        isUnread = isUnread || found.value().change == GrowingFile::Change::kGrown ||
                   found.value().change == GrowingFile::Change::kReplaced;
        if (isUnread && !m_append->file().bytes().empty() && Clock::now() >= next) {
            Status read = readOn();
            if (!read.ok()) {
                return read;
            }
            isUnread = false;
            next = Clock::now() + std::chrono::seconds(m_request.everySeconds);
        }
        if (!waitUntil(Clock::now() + kLookInterval)) {
            return Error{ErrorCode::kCancelled, "append: stopped"};
        }
    }
}

Status AppendRun::run(const ModelLoader& loadModel) {
    Status opened = open(loadModel);
    if (!opened.ok()) {
        return opened;
    }
    if (!m_request.follows) {
        return readOnce();
    }
    note("following " + m_append->name() + "; Ctrl-C ends it");
    return follow();
}

std::string AppendRun::keptTokens(const Status& status) const {
    return tl::keptTokens(status, m_append ? m_append->tokensRead() : 0, m_request.project);
}

}  // namespace

int runAppend(const AppendRequest& request,
              const ModelLoader& loadModel,
              const Terminal& terminal) {
    AppendRun run(request, terminal);
    const Status status = run.run(loadModel);
    return endCommand("append", status, terminal, run.keptTokens(status));
}

int runAppend(const AppendRequest& request, const Terminal& terminal) {
    AppendRequest whole = request;
    whole.model = modelFor(request.project, request.model);
    return runAppend(
        whole, [&] { return loadEngineModel(whole.model); }, terminal);
}

}  // namespace tl

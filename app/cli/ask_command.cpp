// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ask_command.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>
#include <system_error>
#include <utility>

#include "app/cli/answer_file.h"
#include "app/cli/command_end.h"
#include "app/cli/json_lines.h"
#include "app/cli/password_prompt.h"
#include "app/cli/progress_line.h"
#include "app/cli/read_command.h"
#include "app/cli/terminal_text.h"
#include "app/corpus/corpus.h"
#include "app/model/engine_model.h"
#include "app/project/project_commands.h"
#include "app/question_parts.h"
#include "app/wording.h"

namespace tl {

namespace {

// A chosen file that is not read is an error, where a file met in a folder is a note.
Status checkChosenFiles(const Corpus& corpus) {
    for (const FileRow& row : corpus.rows) {
        if (row.isChosen && row.state == FileRow::State::kSkipped && !row.isRepeat) {
            return Error{ErrorCode::kInvalidInput, row.name + ": " + remarksText(row.reasons)};
        }
    }
    return okStatus();
}

// "report.pdf page iv" where the file goes by pages and the like, else "notes.md:3-4".
std::string placeText(const std::string& file, const PlaceInFile& where, const std::string& lines) {
    return terminalLine(where.place.empty() ? file + ":" + lines : file + " " + where.place);
}

void printCitations(const Answer& answer, std::ostream& out) {
    out << "\n";
    for (size_t i = 0; i < answer.citations.size(); ++i) {
        const Citation& citation = answer.citations[i];
        const std::string lines = lineRange(citation.startLine, citation.endLine);
        out << "[" << i + 1 << "] " << citationStateMark(citation.state) << " "
            << citationStateText(citation.state) << ": "
            << placeText(citation.file, citation, lines) << " \"" << terminalText(citation.quote)
            << "\"\n";
    }
    for (const SearchHit& hit : answer.hits) {
        out << "hit " << placeText(hit.file, hit, std::to_string(hit.line))
            << (hit.isDefinition ? " definition: " : " ") << terminalText(hit.text) << "\n";
    }
    out << std::flush;
}

// "question 7", as the file of questions names it.
std::string nameOf(const ListedQuestion& question) {
    return question.id.empty() ? "question" : "question " + question.id;
}

// One run of `throughline ask`: what its steps share.
class AskRun {
public:
    AskRun(const AskRequest& request, ModelLoader loadModel, const Terminal& terminal)
        : m_request(request)
        , m_terminal(terminal)
        , m_commands(std::move(loadModel), request.model.file) {
        if (!request.out.empty()) {
            m_file.emplace(request.out);
        }
    }

    Status run();
    // What a run that failed has answered none the less, for its message; may be empty.
    std::string keptAnswers() const;

private:
    Status readQuestionFile();
    ChosenCorpus choose();
    Status findProject();
    void noteProject();
    void note(const std::string& line) const;
    void noteFiles(const Corpus& corpus) const;
    void noteAnswer(const Answer& answer) const;
    Status continueConversation();
    Status layOutQuestions();
    Status readCorpus();
    Status answerAll();
    Status answerOne(size_t index);
    Status answerSheet();
    Result<Answer> ask(size_t index);
    void printQuestion(size_t index) const;
    Status tell(size_t index, const Answer& answer);
    Status writeLine(const std::string& line);

    bool showsText() const { return m_request.out.empty() && !m_request.json; }
    bool showsProgress() const { return m_terminal.errIsTerminal && !m_request.quiet; }

    const AskRequest& m_request;
    const Terminal& m_terminal;
    ProjectCommands m_commands;
    std::filesystem::path m_project;       // empty: none
    bool m_isOpened = false;               // named by the user, not found by its folder
    std::vector<ListedQuestion> m_listed;  // each asks once
    std::vector<Question> m_questions;     // the listed ones, laid out
    std::optional<AnswerFile> m_file;      // where one was asked for
};

// What can be wrong with the questions themselves is found before the model is loaded. What asks
// several times is answered part by part.
Status AskRun::readQuestionFile() {
    std::vector<ListedQuestion> listed;
    if (m_request.questions.empty()) {
        listed = {{"", m_request.question}};
    } else {
        Result<std::vector<ListedQuestion>> questions = readQuestions(m_request.questions);
        if (!questions.ok()) {
            return questions.error();
        }
        listed = std::move(questions).value();
    }
    for (const ListedQuestion& question : listed) {
        if (const auto problem = ProjectCommands::problemOf(question.question)) {
            return Error{ErrorCode::kInvalidInput, nameOf(question) + ": " + *problem};
        }
        for (std::string& part : questionParts(question.question)) {
            m_listed.push_back({question.id, std::move(part)});
        }
    }
    return okStatus();
}

// A folder has its project beside it, or where the user says; files and several places have none.
Status AskRun::findProject() {
    const std::vector<std::filesystem::path>& paths = m_request.sources.paths;
    if (paths.size() == 1 && isProjectPath(paths.front())) {
        m_project = paths.front();
        m_isOpened = true;
        return okStatus();
    }
    std::error_code failure;
    const bool isFolder = paths.size() == 1 && std::filesystem::is_directory(paths[0], failure);
    if (!m_request.usesProject || (!isFolder && m_request.project.empty())) {
        return okStatus();
    }
    m_project = m_request.project.empty() ? projectBeside(paths.front()) : m_request.project;
    Status place = checkPlaceHere(m_project);
    if (!place.ok() && m_request.project.empty()) {
        note(place.error().message + ", --no-project keeps nothing");
        m_project.clear();
        return okStatus();
    }
    return place;
}

ChosenCorpus AskRun::choose() {
    const bool isThere = m_isOpened || (!m_project.empty() &&
                                        ProjectCommands::isReadOf(m_project, m_request.sources));
    if (isThere) {
        return m_commands.open(m_project, m_request.asOf);
    }
    if (!m_request.asOf.empty()) {
        return Error{ErrorCode::kInvalidInput,
                     "--as-of needs a project that is read; throughline read makes one"};
    }
    return chooseAskingPasswords(
        m_request.sources, m_terminal, [&](const SourceChoice& sources) -> ChosenCorpus {
            CountingLine line(m_terminal.err, showsProgress());
            return m_project.empty()
                       ? m_commands.choose(sources, m_terminal.stop, line.events())
                       : m_commands.chooseInto(m_project, sources, m_terminal.stop, line.events());
        });
}

void AskRun::note(const std::string& line) const {
    if (!m_request.quiet) {
        m_terminal.err << terminalLine(line) << std::endl;
    }
}

// That the files are not as they were when the project was read.
void AskRun::noteProject() {
    if (m_commands.file() == nullptr || m_commands.file()->isWritable() || m_request.quiet) {
        return;
    }
    const std::string answersFrom = "; answers come from what was read, throughline update " +
                                    m_project.string() + " reads what is new";
    if (const auto missing = m_commands.file()->missingSource()) {
        note(missing->string() + ": not there any more; answers come from what was read");
        return;
    }
    const Result<SourceChanges> changes = m_commands.changes(m_terminal.stop);
    if (changes.ok() && !changes.value().isEmpty()) {
        note(m_project.string() + ": " + changesText(changes.value()) + " since it was read" +
             answersFrom);
    }
}

// What was left out or converted, for the user to know.
void AskRun::noteFiles(const Corpus& corpus) const {
    if (m_request.quiet) {
        return;
    }
    for (const FileRow& row : corpus.rows) {
        const bool isSkipped = row.state == FileRow::State::kSkipped;
        if (isSkipped ? m_request.verbose : !row.reasons.empty()) {
            m_terminal.err << terminalLine(row.name + ": " + (isSkipped ? "skipped, " : "") +
                                           remarksText(row.reasons))
                           << "\n";
        }
        for (const Remark& warning : row.warnings) {
            m_terminal.err << terminalLine(row.name + ": " + warning.text) << "\n";
        }
    }
    if (!corpus.plan.warning.empty()) {
        m_terminal.err << corpus.plan.warning << "\n";
    }
    const std::string skipped = skipSummary(corpus.rows);
    if (!skipped.empty()) {
        m_terminal.err << "skipped: " << terminalLine(skipped) << "\n";
    }
    m_terminal.err << std::flush;
}

Status AskRun::continueConversation() {
    if (!m_request.continues) {
        return okStatus();
    }
    if (m_commands.file() == nullptr) {
        return Error{ErrorCode::kInvalidInput,
                     "--continue needs a project; throughline read makes one"};
    }
    return m_commands.continueConversation();
}

// A question that is too long ends the run before the corpus is read, not after half the answers.
Status AskRun::layOutQuestions() {
    for (const ListedQuestion& listed : m_listed) {
        Result<Question> question = m_commands.layOut(listed.question, nameOf(listed));
        if (!question.ok()) {
            return question.error();
        }
        m_questions.push_back(std::move(question).value());
    }
    return okStatus();
}

Status AskRun::readCorpus() {
    ProgressLine line(m_terminal.err, showsProgress());
    const auto read = m_commands.read(m_terminal.stop, [&](const ReadingProgress& progress) {
        line.show(progressText(progress));
    });
    return read.ok() ? okStatus() : Status(read.error());
}

// Every line is whole and with the system before the next question starts: a long run that is
// stopped keeps what it has answered.
Status AskRun::writeLine(const std::string& line) {
    const std::lock_guard lock(m_terminal.writing);
    if (m_file) {
        return m_file->writeLine(line);
    }
    m_terminal.out << line << "\n" << std::flush;
    if (!m_terminal.out) {
        return Error{ErrorCode::kIo, "output: cannot be written"};
    }
    return okStatus();
}

// What else there is to know of an answer.
void AskRun::noteAnswer(const Answer& answer) const {
    if (m_request.verbose && !m_request.quiet) {
        if (answer.firstLook) {
            m_terminal.err << "first look: " << terminalLine(*answer.firstLook) << "\n";
        }
        m_terminal.err << "tokens evaluated: " << grouped(answer.tokensEvaluated) << std::endl;
    }
}

// Streams the answer where people read it. On a terminal a line says how far the run is until the
// answer's first words stand there.
Result<Answer> AskRun::ask(size_t index) {
    const size_t count = m_questions.size();
    const std::string name =
        count == 1 ? "answering"
                   : "question " + std::to_string(index + 1) + " of " + std::to_string(count);
    std::optional<ProgressLine> line;
    line.emplace(m_terminal.err, showsProgress()).show(name);
    const Look wanted = m_commands.looksTwice(m_request.options) ? Look::kSecond : Look::kFirst;
    bool isStreamed = false;
    // What is streamed of a second look may be taken back, which only a person can make sense of.
    const bool streams = showsText() && (wanted == Look::kFirst || m_terminal.outIsTerminal);
    const auto piece = [&](Look look, const std::string& text) {
        if (streams && look == wanted) {
            line.reset();
            m_terminal.out << terminalText(text) << std::flush;
            isStreamed = true;
        } else if (line) {
            line->show(name);
        }
    };
    Result<Answer> answer =
        m_commands.ask(m_questions[index], m_request.options, m_terminal.stop, piece);
    line.reset();
    if (!answer.ok() && isStreamed) {
        m_terminal.out << std::endl;
    }
    if (answer.ok() && showsText() && isStreamed && answer.value().isReplaced) {
        m_terminal.out << "\n[not sure of these words; the answer is:]\n";
    }
    if (answer.ok() && showsText() && (!isStreamed || answer.value().isReplaced)) {
        m_terminal.out << terminalText(answer.value().text);
    }
    return answer;
}

void AskRun::printQuestion(size_t index) const {
    if (showsText() && (!m_request.questions.empty() || m_listed.size() > 1)) {
        m_terminal.out << (index == 0 ? "" : "\n")
                       << "Q: " << terminalText(m_listed[index].question) << std::endl;
    }
}

// All of an answer where it is a line, else what comes after its words.
Status AskRun::tell(size_t index, const Answer& answer) {
    if (!showsText()) {
        return writeLine(answerLine(m_listed[index].id, answer));
    }
    m_terminal.out << (answer.isCut         ? " [cut at the token limit]\n"
                       : answer.isRepeating ? " [cut where it began to repeat itself]\n"
                                            : "\n");
    if (answer.tokensRead < answer.tokensTotal) {
        m_terminal.out << "note: from the first " << grouped(answer.tokensRead) << " of "
                       << grouped(answer.tokensTotal)
                       << " tokens; what comes after them is left out\n";
    }
    if (!answer.language.empty()) {
        m_terminal.out << "note: " << languageNote(answer.language) << "\n";
    }
    printCitations(answer, m_terminal.out);
    noteAnswer(answer);
    if (!m_terminal.out) {
        return Error{ErrorCode::kIo, "output: cannot be written"};
    }
    return okStatus();
}

Status AskRun::answerOne(size_t index) {
    printQuestion(index);
    const Result<Answer> answer = ask(index);
    return answer.ok() ? tell(index, answer.value()) : Status(answer.error());
}

// Many questions share passes over the model, so none is streamed: each is told once it and all
// before it are answered. On a terminal a line says how many are.
Status AskRun::answerSheet() {
    size_t answered = 0;
    std::optional<ProgressLine> line;
    const auto show = [&] {
        if (!line) {
            line.emplace(m_terminal.err, showsProgress());
        }
        line->show("answered " + std::to_string(answered) + " of " +
                   std::to_string(m_questions.size()) + " questions");
    };
    if (m_request.verbose && !m_request.quiet) {
        const Result<int64_t> bytes = m_commands.memoryForAll(m_questions.size());
        if (!bytes.ok()) {
            return bytes.error();
        }
        m_terminal.err << "memory: " << grouped(bytes.value() >> 20) << " MiB beside the model for "
                       << std::min(m_questions.size(), LanguageModel::kMostTogether) << " of "
                       << m_questions.size() << " questions at once" << std::endl;
    }
    show();
    SheetEvents events;
    events.alive = show;
    events.answered = [&](size_t index, const Answer& answer) {
        line.reset();
        printQuestion(index);
        if (showsText()) {
            m_terminal.out << terminalText(answer.text);
        }
        ++answered;
        return tell(index, answer);
    };
    return m_commands.askAll(m_questions, m_request.options, m_terminal.stop, events);
}

// An older file of answers stays as it is until all new ones are there.
Status AskRun::answerAll() {
    Status status = m_file ? m_file->open() : okStatus();
    const bool isSheet = !m_request.questions.empty();
    if (isSheet && status.ok()) {
        status = answerSheet();
    }
    for (size_t i = 0; !isSheet && i < m_questions.size() && status.ok(); ++i) {
        status = answerOne(i);
    }
    const std::lock_guard lock(m_terminal.writing);
    return status.ok() && m_file ? m_file->finish() : status;
}

std::string AskRun::keptAnswers() const {
    const int64_t lines = m_file ? m_file->keptLines() : 0;
    return lines == 0
               ? ""
               : "; " + grouped(lines) + (lines == 1 ? " answer is in " : " answers are in ") +
                     m_file->part().string();
}

Status AskRun::run() {
    Status status = readQuestionFile();
    if (status.ok() && m_file) {
        status = m_file->check();
    }
    if (!status.ok()) {
        return status;
    }
    status = findProject();
    if (!status.ok()) {
        return status;
    }
    const Result<ModelSummary> model = m_commands.loadModel();
    if (!model.ok()) {
        return model.error();
    }
    const ChosenCorpus corpus = choose();
    if (!corpus.ok()) {
        return corpus.error();
    }
    status = checkChosenFiles(*corpus.value());
    if (!status.ok()) {
        return status;
    }
    noteFiles(*corpus.value());
    noteProject();
    status = continueConversation();
    if (!status.ok()) {
        return status;
    }
    status = layOutQuestions();
    if (status.ok()) {
        status = readCorpus();
    }
    if (status.ok()) {
        status = answerAll();
    }
    if (!m_commands.keptAnswers().ok()) {
        note("the answers could not be kept: " + m_commands.keptAnswers().error().message);
    }
    return status;
}

}  // namespace

int runAsk(const AskRequest& request, const ModelLoader& loadModel, const Terminal& terminal) {
    AskRun run(request, loadModel, terminal);
    const Status status = run.run();
    return endCommand("ask", status, terminal, run.keptAnswers());
}

int runAsk(const AskRequest& request, const Terminal& terminal) {
    AskRequest whole = request;
    if (request.sources.paths.size() == 1 && isProjectPath(request.sources.paths.front())) {
        whole.model = modelFor(request.sources.paths.front(), request.model);
    }
    return runAsk(
        whole, [&] { return loadEngineModel(whole.model); }, terminal);
}

}  // namespace tl

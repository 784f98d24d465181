// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

#include "app/answer/corpus_session.h"
#include "app/answer/question.h"
#include "app/answer/question_sheet.h"
#include "app/app_types.h"
#include "app/corpus/corpus.h"
#include "app/model/language_model.h"
#include "app/project.h"
#include "app/project/project_file.h"
#include "app/project/source_changes.h"
#include "base/result.h"

namespace tl {

// What is still to be read of a corpus, and what it takes.
struct ReadingForecast {
    int64_t tokens = 0;             // of the whole corpus
    int64_t tokensRead = 0;         // of these, those that need not be read again
    std::optional<double> seconds;  // at this machine's speed
    int64_t memoryBytes = 0;        // beside the weights, once a question is answered
    int64_t diskBytes = 0;          // of the project file in the end
};

using ModelLoader = std::function<Result<std::unique_ptr<LanguageModel>>()>;

// The order of things: one model, one corpus, its session. Every command ends with its outcome; a
// Project runs them on its engine thread and reports by events, the command line runs them on the
// thread it has. Lives on that one thread; text() alone may be called from others.
class ProjectCommands {
public:
    // modelFile: what a project file says of where the model is; empty: the shipped one.
    explicit ProjectCommands(ModelLoader loadModel, std::filesystem::path modelFile = {});

    // Where it fails, every later command fails with the same reason.
    Result<ModelSummary> loadModel();

    // Forgets the corpus before it. A plan with a problem is no failure of this command.
    Result<std::shared_ptr<const Corpus>> choose(const SourceChoice& choice,
                                                 const std::stop_token& stop,
                                                 const LoadEvents& events);

    // Tokens between two checkpoints of project files that are made from here on, for who wants
    // less to be lost or less to be written. REQUIRES: tokens > 0
    void setCheckpointTokens(int64_t tokens) { m_checkpointTokens = tokens; }

    // The same with a project file, which is made where there is none: what it knows of the files
    // is not read again, and reading goes on after what stays of its sequence. kInvalidInput where
    // it was made of another choice or model; errors of ProjectFile.
    Result<std::shared_ptr<const Corpus>> chooseInto(const std::filesystem::path& file,
                                                     const SourceChoice& choice,
                                                     const std::stop_token& stop,
                                                     const LoadEvents& events);

    // Whether this choice could be read into that file: where there is one already it was made of
    // the same places, whatever of them it takes, with this model. kInvalidInput where it was not;
    // errors of checkPlace() and ProjectFile.
    Status checkFits(const std::filesystem::path& file, const SourceChoice& choice) const;

    // chooseInto() that leaves the file as it is, and whose choice may be another one of the same
    // places: read() makes or changes the file.
    // REQUIRES: checkFits()
    Result<std::shared_ptr<const Corpus>> chooseFor(const std::filesystem::path& file,
                                                    const SourceChoice& choice,
                                                    const std::stop_token& stop,
                                                    const LoadEvents& events);

    // Makes or changes the project file that chooseFor() named, if that has not been done, and goes
    // on after what stays of its sequence. Errors of ProjectFile.
    Status keepChosen();
    bool isToBeKept() const { return !m_keepIn.empty(); }

    // Lets go of the project file for other processes to write; answers are kept none the less.
    void stopWriting();
    // Forgets corpus and project file.
    void forget();

    // The corpus of a project file as far as it was read, to ask about; nothing is walked or read.
    // kInvalidInput where nothing was read yet or the model is another one; errors of ProjectFile.
    // asOf: as it was read up to the end of a file, a number of tokens or a share ("40%") of them,
    // so that nothing that comes later has a part in answers; read() reads what lies between the
    // newest state before that and there. Empty: as far as it is read. kNotFound for a file that is
    // not in it.
    Result<std::shared_ptr<const Corpus>> open(const std::filesystem::path& file,
                                               const std::string& asOf = "");

    // Whether a project file is there, whole, and was made of this choice: open() is enough then.
    static bool isReadOf(const std::filesystem::path& file, const SourceChoice& choice);
    // Whether a project file is there that was made of these places, whatever it takes of them.
    static bool isMadeOf(const std::filesystem::path& file,
                         const std::vector<std::filesystem::path>& places);

    // Of the open project file; null where there is none.
    ProjectFile* file() { return m_file.get(); }

    // How the files have changed since they were read. REQUIRES: file()
    Result<SourceChanges> changes(const std::stop_token& stop) const;

    // How the files stand to what was read, and what bringing it up to date costs. REQUIRES: file()
    Result<SourceCheck> check(const std::stop_token& stop) const;

    // What was asked of the open project before, at most so many, oldest first. REQUIRES: file()
    Result<std::vector<Answer>> answersBefore(size_t most) const;

    // What reading the chosen corpus into its project file takes. REQUIRES: chooseInto()
    // Where no reading has shown yet how quick this machine is, a moment of reading tells.
    ReadingForecast forecast(const std::stop_token& stop = {});

    // See problemIn(); needs neither model nor corpus.
    static std::optional<std::string> problemOf(const std::string& question) {
        return problemIn(question);
    }

    // A question about the chosen corpus, which need not be read yet. kInvalidInput with the plan's
    // problem, or with `name` and why it cannot be asked.
    Result<Question> layOut(const std::string& question, const std::string& name = "question");

    // Reads what is not read yet, into the project file where there is one, and says how far and
    // how quickly; at no speed where nothing was left to do. keepChosen() comes first.
    Result<ReadingProgress> read(const std::stop_token& stop, const ReadingFn& progress);

    // The answer comes from what is read, if that is not all yet. With a project file it is kept
    // there; that it could not be is told by keptAnswers(). REQUIRES: tokensRead() > 0
    Result<Answer> ask(const Question& question,
                       const AskOptions& options,
                       const std::stop_token& stop,
                       const LookPieceFn& piece);

    // Goes on with the newest conversation of the open project, where there is one: what is asked
    // from here on may lean on it, and is kept after it. Without this each run has its own.
    // REQUIRES: file(), nothing asked yet
    Status continueConversation();

    // Whether all answers so far were kept; the reason where one was not.
    const Status& keptAnswers() const { return m_keptAnswers; }

    // Tokens of the corpus that are read, and of the whole of an open project.
    int64_t tokensTotal() const {
        return m_session ? std::max(m_tokensTotal, std::ssize(m_session->corpus().tokens)) : 0;
    }
    int64_t tokensRead() const { return m_session ? m_session->tokensRead() : 0; }
    // The answers of many questions, see answerSheet(). REQUIRES: isRead()
    Status askAll(std::span<const Question> questions,
                  const AskOptions& options,
                  const std::stop_token& stop,
                  const SheetEvents& events);

    // See sheetMemory(). REQUIRES: isRead()
    Result<int64_t> memoryForAll(size_t questions) const {
        return sheetMemory(*m_model.value(), std::ssize(m_session->corpus().tokens), questions);
    }

    // What the corpus says of itself, which answers rest on as well: made once for both.
    // REQUIRES: a corpus that is read, or begun
    const Overview& overview() { return m_session->overview(); }

    bool isRead() const { return m_session && m_session->isRead(); }
    // Whether ask() would answer from a second look, where its passages fit. REQUIRES: a corpus
    // that is read, or begun
    bool looksTwice(const AskOptions& options) const { return m_session->looksTwice(options); }

    std::optional<std::string> text(const std::string& file) const;

private:
    void setCorpus(std::shared_ptr<const Corpus> corpus);
    Result<std::shared_ptr<const Corpus>> load(const SourceChoice& choice,
                                               const ProjectFile* project,
                                               const std::stop_token& stop,
                                               const LoadEvents& events);
    // The project file, open for writing and fit for choice and model; none yet where it is not
    // there.
    Status openForWriting(const std::filesystem::path& file);
    // kInvalidInput where the open project was made of another choice.
    Status checkSameChoice(const SourceChoice& choice) const;
    Status keepCorpus(const std::filesystem::path& file,
                      const SourceChoice& choice,
                      const Corpus& corpus);
    // The session stands where the project file's newest state does.
    Status restoreNewest();
    Keeping keeping();
    void finish(const Question& question, const AskOptions& options, Answer& answer);
    void keepAnswer(const Question& question, const Answer& answer, const AskOptions& options);
    // Makes the session where there is none yet.
    Status ensureSession();
    // The session that questions are answered from: of the part that is read, while that is not
    // all.
    Result<CorpusSession*> answering();

    ModelLoader m_loadModel;
    std::filesystem::path m_modelFile;
    int64_t m_checkpointTokens = kCheckpointTokens;
    Result<std::unique_ptr<LanguageModel>> m_model;
    std::unique_ptr<ProjectFile> m_file;
    std::unique_ptr<CorpusSession> m_session;
    std::unique_ptr<CorpusSession> m_part;  // of what was read when a question came, or null
    std::filesystem::path m_keepIn;         // what chooseFor() named and read() is to make
    SourceChoice m_choice;                  // that goes with it
    int64_t m_tokensTotal = 0;              // of an open project's corpus, read or not
    int64_t m_conversation = 0;             // of this run in the project file; 0: none yet
    std::vector<EarlierTurn> m_turns;       // of that conversation, in the file or not
    Status m_keptAnswers = okStatus();
    mutable std::mutex m_mutex;
    std::shared_ptr<const Corpus> m_corpus;  // guarded by m_mutex; null before choose()
};

// openProject() with a model of the caller's, for tests.
// modelFile: as for ProjectCommands.
std::unique_ptr<Project> openProject(ModelLoader loadModel,
                                     ProjectObserver& observer,
                                     const std::filesystem::path& modelFile = {});

}  // namespace tl

// SPDX-License-Identifier: Apache-2.0
#include "app/project/project_commands.h"

#include <algorithm>
#include <cassert>
#include <system_error>
#include <utility>

#include "app/corpus/corpus_prefix.h"
#include "app/corpus/reading_speed.h"
#include "app/project/project_status.h"

namespace tl {

ProjectCommands::ProjectCommands(ModelLoader loadModel, std::filesystem::path modelFile)
    : m_loadModel(std::move(loadModel))
    , m_modelFile(std::move(modelFile))
    , m_model(Error{ErrorCode::kNotFound, "model: not loaded"}) {}

Result<ModelSummary> ProjectCommands::loadModel() {
    m_model = m_loadModel();
    if (!m_model.ok()) {
        return m_model.error();
    }
    const LanguageModel& model = *m_model.value();
    return ModelSummary{model.config().name, model.backendName(), model.config().contextLength};
}

Result<std::shared_ptr<const Corpus>> ProjectCommands::choose(const SourceChoice& choice,
                                                              const std::stop_token& stop,
                                                              const LoadEvents& events) {
    forget();
    if (!m_model.ok()) {
        return m_model.error();
    }
    Result<Corpus> corpus = loadCorpus(choice, *m_model.value(), stop, events);
    if (!corpus.ok()) {
        return corpus.error();
    }
    auto chosen = std::make_shared<const Corpus>(std::move(corpus).value());
    setCorpus(chosen);
    return chosen;
}

void ProjectCommands::forget() {
    m_part.reset();
    m_session.reset();
    m_file.reset();
    m_keepIn.clear();
    m_tokensTotal = 0;
    m_conversation = 0;
    m_turns.clear();
    m_keptAnswers = okStatus();
    setCorpus(nullptr);
}

Status ProjectCommands::checkSameChoice(const SourceChoice& choice) const {
    std::string list;
    for (const std::string& difference :
         differences(m_file->origin().sources, keptChoice(choice))) {
        list += (list.empty() ? "" : ", ") + difference;
    }
    if (list.empty()) {
        return okStatus();
    }
    return Error{ErrorCode::kInvalidInput,
                 m_file->path().string() + ": was read with other " + list +
                     "; -o FILE reads into another project"};
}

Status ProjectCommands::openForWriting(const std::filesystem::path& file) {
    std::error_code ignored;
    if (!std::filesystem::exists(std::filesystem::symlink_status(file, ignored))) {
        return okStatus();
    }
    Result<std::unique_ptr<ProjectFile>> opened =
        ProjectFile::open(file, ProjectFile::Access::kWrite);
    if (!opened.ok() && opened.error().code == ErrorCode::kNotFound) {
        return okStatus();  // its making was cut short; keepCorpus() makes it now
    }
    if (!opened.ok()) {
        return opened.error();
    }
    Status fits = opened.value()->checkModel(*m_model.value());
    if (!fits.ok()) {
        return fits;
    }
    m_file = std::move(opened).value();
    return okStatus();
}

Status ProjectCommands::keepCorpus(const std::filesystem::path& file,
                                   const SourceChoice& choice,
                                   const Corpus& corpus) {
    if (!m_file) {
        const ProjectOrigin origin{
            keptChoice(choice), m_modelFile, m_model.value()->fingerprint(), m_checkpointTokens};
        Result<std::unique_ptr<ProjectFile>> made = ProjectFile::create(file, origin);
        if (!made.ok()) {
            return made.error();
        }
        m_file = std::move(made).value();
    }
    return m_file->keepCorpus(corpus);
}

// The chosen corpus, with what was appended to the project, if there is one; what the project knows
// of the files is not read again.
Result<std::shared_ptr<const Corpus>> ProjectCommands::load(const SourceChoice& choice,
                                                            const ProjectFile* project,
                                                            const std::stop_token& stop,
                                                            const LoadEvents& events) {
    SourceChoice whole = choice;
    if (project != nullptr) {
        whole.appended = project->origin().sources.appended;
    }
    const StoredCorpus nothing;
    const LanguageModel& model = *m_model.value();
    Result<Corpus> corpus =
        loadCorpus(whole,
                   model,
                   stop,
                   events,
                   earlierReading(project != nullptr ? project->stored() : nothing, whole, model));
    if (!corpus.ok()) {
        return corpus.error();
    }
    auto chosen = std::make_shared<const Corpus>(std::move(corpus).value());
    setCorpus(chosen);
    return chosen;
}

Result<std::shared_ptr<const Corpus>> ProjectCommands::chooseInto(const std::filesystem::path& file,
                                                                  const SourceChoice& choice,
                                                                  const std::stop_token& stop,
                                                                  const LoadEvents& events) {
    forget();
    if (!m_model.ok()) {
        return m_model.error();
    }
    Status status = openForWriting(file);
    if (status.ok() && m_file) {
        status = checkSameChoice(choice);
    }
    if (!status.ok()) {
        m_file.reset();
        return status.error();
    }
    Result<std::shared_ptr<const Corpus>> chosen = load(choice, m_file.get(), stop, events);
    if (!chosen.ok() || !chosen.value()->plan.problem.empty()) {
        return chosen;
    }
    status = keepCorpus(file, choice, *chosen.value());
    if (status.ok()) {
        status = restoreNewest();
    }
    return status.ok() ? chosen : status.error();
}

Status ProjectCommands::checkFits(const std::filesystem::path& file,
                                  const SourceChoice& choice) const {
    Status place = checkPlace(file);
    if (!place.ok() || !m_model.ok()) {
        return place;  // a model that is not there is said by choosing
    }
    const Result<ProjectOrigin> there = ProjectFile::originIn(file);
    if (!there.ok()) {
        return there.error().code == ErrorCode::kNotFound ? okStatus() : Status(there.error());
    }
    if (there.value().sources.paths != keptChoice(choice).paths) {
        return Error{ErrorCode::kInvalidInput,
                     file.string() + ": is a project of other files and folders"};
    }
    return ProjectFile::checkModel(file, there.value(), *m_model.value());
}

Result<std::shared_ptr<const Corpus>> ProjectCommands::chooseFor(const std::filesystem::path& file,
                                                                 const SourceChoice& choice,
                                                                 const std::stop_token& stop,
                                                                 const LoadEvents& events) {
    forget();
    if (!m_model.ok()) {
        return m_model.error();
    }
    const Result<std::unique_ptr<ProjectFile>> there =
        ProjectFile::open(file, ProjectFile::Access::kRead);
    if (!there.ok() && there.error().code != ErrorCode::kNotFound) {
        return there.error();
    }
    Result<std::shared_ptr<const Corpus>> chosen =
        load(choice, there.ok() ? there.value().get() : nullptr, stop, events);
    if (chosen.ok()) {
        m_keepIn = file;
        m_choice = choice;
    }
    return chosen;
}

Status ProjectCommands::keepChosen() {
    if (m_keepIn.empty()) {
        return okStatus();
    }
    Status status = ensureSession();
    if (status.ok() && !m_file) {
        status = openForWriting(m_keepIn);
    }
    if (status.ok() && m_file &&
        !differences(m_file->origin().sources, keptChoice(m_choice)).empty()) {
        m_file->setSources(m_choice);
    }
    if (status.ok()) {
        status = keepCorpus(m_keepIn, m_choice, m_session->corpus());
    }
    if (status.ok()) {
        status = restoreNewest();
    }
    if (!status.ok()) {
        m_file.reset();
        return status;
    }
    m_keepIn.clear();
    return okStatus();
}

void ProjectCommands::stopWriting() {
    if (m_file) {
        m_file->stopWriting();
    }
}

Result<std::shared_ptr<const Corpus>> ProjectCommands::open(const std::filesystem::path& file,
                                                            const std::string& asOf) {
    forget();
    if (!m_model.ok()) {
        return m_model.error();
    }
    Result<std::unique_ptr<ProjectFile>> opened =
        ProjectFile::open(file, ProjectFile::Access::kRead);
    if (!opened.ok()) {
        return opened.error();
    }
    m_file = std::move(opened).value();
    const LanguageModel& model = *m_model.value();
    const Status fits = m_file->checkModel(model);
    if (!fits.ok()) {
        return fits.error();
    }
    const Result<std::vector<int64_t>> checkpoints = m_file->checkpoints();
    if (!checkpoints.ok()) {
        return checkpoints.error();
    }
    if (checkpoints.value().empty()) {
        return Error{ErrorCode::kInvalidInput,
                     file.string() + ": nothing is read yet; throughline update reads it"};
    }
    Result<Corpus> corpus = corpusOf(m_file->stored(), m_file->origin().sources, model);
    if (!corpus.ok()) {
        return Error{corpus.error().code, file.string() + ": " + corpus.error().message};
    }
    m_tokensTotal = std::ssize(corpus.value().tokens);
    int64_t read = std::min(checkpoints.value().back(), m_tokensTotal);
    if (!asOf.empty()) {
        const Result<int64_t> position = positionOf(corpus.value(), asOf);
        if (!position.ok()) {
            return Error{position.error().code, file.string() + ": " + position.error().message};
        }
        read = position.value();
    }
    const bool isWhole = read == m_tokensTotal;
    auto chosen = std::make_shared<const Corpus>(isWhole ? std::move(corpus).value()
                                                         : corpusUpTo(corpus.value(), read));
    setCorpus(chosen);
    const Status restored = restoreNewest();
    return restored.ok() ? Result<std::shared_ptr<const Corpus>>(chosen) : restored.error();
}

bool ProjectCommands::isReadOf(const std::filesystem::path& file, const SourceChoice& choice) {
    const Result<ProjectOrigin> origin = ProjectFile::originIn(file);
    return origin.ok() && differences(origin.value().sources, keptChoice(choice)).empty() &&
           ProjectFile::isWhole(file);
}

bool ProjectCommands::isMadeOf(const std::filesystem::path& file,
                               const std::vector<std::filesystem::path>& places) {
    SourceChoice choice;
    choice.paths = places;
    const Result<ProjectOrigin> origin = ProjectFile::originIn(file);
    return origin.ok() && origin.value().sources.paths == keptChoice(choice).paths;
}

// Makes the session of the corpus, which goes on from the newest state that is kept of it.
Status ProjectCommands::restoreNewest() {
    const Status ready = ensureSession();
    if (!ready.ok()) {
        return ready.error();
    }
    const Result<std::optional<Snapshot>> newest =
        m_file->newestState(*m_model.value(), std::ssize(m_session->corpus().tokens));
    if (!newest.ok()) {
        return newest.error();
    }
    return newest.value() ? m_session->goOnFrom(*newest.value()) : okStatus();
}

Result<SourceChanges> ProjectCommands::changes(const std::stop_token& stop) const {
    assert(m_file);
    return findChanges(m_file->stored(), m_file->origin().sources, stop);
}

Result<SourceCheck> ProjectCommands::check(const std::stop_token& stop) const {
    assert(m_file);
    const Result<ProjectStatus> status = statusOf(*m_file, {}, *m_model.value(), stop);
    if (!status.ok()) {
        return status.error();
    }
    const ProjectStatus& now = status.value();
    return SourceCheck{changesText(now.changes), now.missing, now.tokensToRead, now.seconds};
}

ReadingForecast ProjectCommands::forecast(const std::stop_token& stop) {
    assert(m_file);
    LanguageModel& model = *m_model.value();
    const std::vector<TokenId>& tokens = m_session->corpus().tokens;
    ReadingForecast forecast;
    forecast.tokens = std::ssize(tokens);
    forecast.tokensRead = m_session->tokensRead();
    forecast.memoryBytes = m_session->corpus().plan.stateBytes;
    DiskPlan disk{forecast.tokens, m_file->origin().checkpointTokens, 0};
    for (const BlockConfig& block : model.config().blocks) {
        disk.layers +=
            std::count_if(block.layers.begin(), block.layers.end(), [](const auto& layer) {
                return layer->kind() == "attention";
            });
    }
    forecast.diskBytes = diskBytes(m_file->stored(), model.savedSizes(), disk);
    const int64_t left = forecast.tokens - forecast.tokensRead;
    std::optional<double> speed = lastReadingSpeed(model.config().name);
    if (!speed && left > 0) {
        speed = measuredSpeed(model, tokens, stop);
    }
    if (speed) {
        forecast.seconds = static_cast<double>(left) / *speed;
    }
    return forecast;
}

Keeping ProjectCommands::keeping() {
    if (!m_file || !m_file->isWritable()) {
        return {};
    }
    return {
        m_file->origin().checkpointTokens,
        m_file->origin().fingerprint.batchTokens,
        [this](const Snapshot& snapshot) { return m_file->keepState(*m_model.value(), snapshot); }};
}

void ProjectCommands::setCorpus(std::shared_ptr<const Corpus> corpus) {
    const std::lock_guard lock(m_mutex);
    m_corpus = std::move(corpus);
}

Status ProjectCommands::ensureSession() {
    if (!m_model.ok()) {
        return m_model.error();
    }
    if (!m_corpus) {
        return Error{ErrorCode::kInvalidInput, "corpus: nothing chosen"};
    }
    if (!m_session) {
        Result<std::unique_ptr<CorpusSession>> session =
            CorpusSession::create(*m_model.value(), m_corpus);
        if (!session.ok()) {
            return session.error();
        }
        m_session = std::move(session).value();
    }
    return okStatus();
}

Result<ReadingProgress> ProjectCommands::read(const std::stop_token& stop,
                                              const ReadingFn& progress) {
    Status ready = ensureSession();
    if (ready.ok()) {
        ready = keepChosen();
    }
    if (!ready.ok()) {
        return ready.error();
    }
    const int64_t tokens = std::ssize(m_session->corpus().tokens);
    ReadingProgress last{tokens, tokens, 0, 0};
    const auto report = [&](const ReadingProgress& step) {
        last = step;
        if (progress) {
            progress(step);
        }
    };
    const bool keeps = m_file && m_file->isWritable() && !isRead();
    const Status read = m_session->read(stop, report, keeping());
    // What was read before a stop is kept as well.
    const Status kept = keeps ? m_file->flush() : okStatus();
    if (!read.ok()) {
        return read.error();
    }
    if (!kept.ok()) {
        return kept.error();
    }
    return last;
}

std::optional<std::string> ProjectCommands::text(const std::string& file) const {
    std::shared_ptr<const Corpus> corpus;
    {
        const std::lock_guard lock(m_mutex);
        corpus = m_corpus;
    }
    if (!corpus) {
        return std::nullopt;
    }
    const auto found = std::find_if(corpus->files.begin(),
                                    corpus->files.end(),
                                    [&](const CorpusFile& f) { return f.document.name == file; });
    if (found == corpus->files.end()) {
        return std::nullopt;
    }
    return fullDocument(found->document).text;
}

}  // namespace tl

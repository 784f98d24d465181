// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/project/project_commands.h"
#include "tests/app/scripted_model.h"
#include "tests/app/temp_folder.h"

namespace tl {

// A folder of documents with its project beside it, and the commands of as many runs of the program
// as a test wants, one after the other.
class ProjectTestCase : public testing::Test {
protected:
    // One run of the program. `delay` for each batch of tokens.
    std::unique_ptr<ProjectCommands> start(std::chrono::milliseconds delay = {}) {
        auto commands = std::make_unique<ProjectCommands>(
            [this, delay]() -> Result<std::unique_ptr<LanguageModel>> {
                auto model = std::make_unique<ScriptedModel>(m_script, delay);
                model->setFingerprint(m_fingerprint);
                m_model = model.get();
                return std::unique_ptr<LanguageModel>(std::move(model));
            });
        EXPECT_TRUE(commands->loadModel().ok());
        commands->setCheckpointTokens(512);
        return commands;
    }

    // A run that reads all there is; what it read of it.
    int64_t readAll() {
        const auto run = start();
        const auto chosen = run->chooseInto(m_project, choice(), {}, {});
        EXPECT_TRUE(chosen.ok()) << chosen.error().message;
        if (!chosen.ok()) {
            return -1;
        }
        const int64_t before = run->tokensRead();
        const auto read = run->read({}, {});
        EXPECT_TRUE(read.ok()) << read.error().message;
        expectWhole();
        return run->tokensRead() - before;
    }

    // The newest state is that of a model that has read the stored sequence and nothing else.
    void expectWhole() {
        const auto file = ProjectFile::open(m_project, ProjectFile::Access::kRead);
        ASSERT_TRUE(file.ok()) << file.error().message;
        const auto state = file.value()->newestState(*m_model, int64_t{1} << 40);
        ASSERT_TRUE(state.ok() && state.value());
        EXPECT_EQ(dynamic_cast<const ScriptedContent&>(*state.value()->content()).tokens,
                  file.value()->stored().tokens);
    }

    SourceChoice choice() const {
        SourceChoice choice;
        choice.paths = {m_docs};
        return choice;
    }

    // Changes a file and makes sure that its time says so.
    void write(const std::string& name, const std::string& text) {
        const auto file = m_folder.write("docs/" + name, text);
        m_time += std::chrono::seconds(1);
        std::filesystem::last_write_time(file, m_time);
    }

    static std::string paragraphs(const std::string& topic, int count) {
        std::string text;
        for (int i = 0; i < count; ++i) {
            text += "Paragraph " + std::to_string(i) + " tells of " + topic + ".\n\n";
        }
        return text;
    }

    static std::vector<std::string> namesOf(const Corpus& corpus) {
        std::vector<std::string> names;
        for (const CorpusFile& file : corpus.files) {
            names.push_back(file.document.name);
        }
        return names;
    }

    TempFolder m_folder;
    std::filesystem::path m_docs = m_folder.path() / "docs";
    std::filesystem::path m_project = m_folder.path() / "docs.throughline";
    Script m_script;
    Fingerprint m_fingerprint = ScriptedModel({}).fingerprint();
    ScriptedModel* m_model = nullptr;  // of the last run
    std::filesystem::file_time_type m_time =
        std::filesystem::file_time_type::clock::now() - std::chrono::hours(24);
};

}  // namespace tl

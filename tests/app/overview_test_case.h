// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/corpus/corpus.h"
#include "app/model/engine_model.h"
#include "app/overview/overview.h"
#include "tests/app/temp_folder.h"

namespace tl {

// Overviews of files that a test writes, read as the program reads them.
class OverviewTestCase : public testing::Test {
protected:
    void write(const std::string& name, const std::string& bytes) { m_folder.write(name, bytes); }

    const Overview& overview() {
        ModelChoice choice;
        choice.file = TL_SOURCE_DIR "/resources/model/throughline-154m-q4_0.gguf";
        const auto model = loadTextModel(choice);
        SourceChoice sources;
        sources.paths = {m_folder.path()};
        Result<Corpus> corpus = loadCorpus(sources, *model.value(), {}, {});
        m_corpus = std::move(corpus).value();
        EXPECT_EQ(m_corpus.plan.problem, "");
        m_overview = makeOverview(m_corpus);
        return m_overview;
    }

    // Statements as "name: text", "text" or "name".
    std::vector<std::string> said(OverviewTopic topic) {
        std::vector<std::string> lines;
        for (const OverviewStatement& statement : statements(topic)) {
            const bool hasBoth = !statement.name.empty() && !statement.text.empty();
            lines.push_back(statement.name + (hasBoth ? ": " : "") + statement.text);
        }
        return lines;
    }

    std::vector<std::string> labels(OverviewTopic topic) {
        std::vector<std::string> lines;
        for (const OverviewStatement& statement : statements(topic)) {
            lines.push_back(statement.where.label);
        }
        return lines;
    }

    std::vector<OverviewStatement> statements(OverviewTopic topic) {
        for (const OverviewSection& section : overview().sections) {
            if (section.topic == topic) {
                return section.statements;
            }
        }
        return {};
    }

    std::vector<std::string> questions() {
        std::vector<std::string> lines;
        for (const OverviewQuestion& question : overview().questions) {
            lines.push_back(question.text);
        }
        return lines;
    }

    using Lines = std::vector<std::string>;

    TempFolder m_folder;
    Corpus m_corpus;
    Overview m_overview;
};

}  // namespace tl

// SPDX-License-Identifier: Apache-2.0
#include "app/cli/overview_command.h"

#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/app/temp_folder.h"

namespace tl {
namespace {

class OverviewCommand : public testing::Test {
protected:
    OverviewCommand() {
        m_request.model.file = TL_SOURCE_DIR "/resources/model/throughline-154m-q4_0.gguf";
        m_request.sources.paths = {m_folder.path()};
        m_folder.write("README.md",
                       "# Tern\n\nTern is a small queue for jobs.\n\n## Use\n\nNot yet.\n");
    }

    int run() {
        const Terminal terminal{m_out, m_err, false, m_stop.get_token(), m_writing};
        return runOverview(m_request, terminal);
    }

    TempFolder m_folder;
    OverviewRequest m_request;
    std::ostringstream m_out;
    std::ostringstream m_err;
    std::stop_source m_stop;
    std::timed_mutex m_writing;
};

TEST_F(OverviewCommand, PrintsTopicsStatementsAndPlaces) {
    EXPECT_EQ(run(), kExitOk) << m_err.str();
    const std::string out = m_out.str();
    for (const char* text :
         {"1 file, ",
          "\nAbout\n  Tern is a small queue for jobs.  [README.md:3]\n",
          "\nOutline\n  README.md\n    Tern  [README.md:1]\n      Use  [README.md:5]\n",
          "\nQuestions to begin with\n  What is Tern?  [README.md:3]\n"}) {
        EXPECT_NE(out.find(text), std::string::npos) << text << "\n" << out;
    }
}

TEST_F(OverviewCommand, JsonHasEveryStatementWithItsPlace) {
    m_request.json = true;
    EXPECT_EQ(run(), kExitOk);
    const auto json = nlohmann::json::parse(m_out.str());
    EXPECT_EQ(json["files"], 1);
    const auto& about = json["sections"][0];
    EXPECT_EQ(about["topic"], "about");
    EXPECT_EQ(about["left_out"], 0);
    EXPECT_EQ(about["statements"][0]["file"], "README.md");
    EXPECT_EQ(about["statements"][0]["start_line"], 3);
    EXPECT_EQ(about["statements"][0]["page"], nullptr);
    EXPECT_EQ(about["statements"][0]["quote"], "Tern is a small queue for jobs.");
    EXPECT_EQ(json["questions"][0]["question"], "What is Tern?");
}

TEST_F(OverviewCommand, WhatDocumentsSayDoesNotDriveTheTerminal) {
    m_folder.write("README.md", "Tern is a \x1b[31mred queue for jobs.\n");
    run();
    EXPECT_EQ(m_out.str().find('\x1b'), std::string::npos);
}

TEST_F(OverviewCommand, NothingToReadIsAnError) {
    m_request.sources.exclude = {"*"};
    EXPECT_EQ(run(), kExitFailed);
    EXPECT_NE(m_err.str().find("nothing to read"), std::string::npos) << m_err.str();
    EXPECT_EQ(m_out.str(), "");
}

TEST_F(OverviewCommand, AStopEndsIt) {
    m_stop.request_stop();
    EXPECT_EQ(run(), kExitCancelled);
    EXPECT_EQ(m_err.str(), "throughline: overview: stopped\n");
}

}  // namespace
}  // namespace tl

// SPDX-License-Identifier: Apache-2.0
#include "app/cli/plan_command.h"

#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/app/temp_folder.h"
#include "tests/ingest/container/make_archive.h"

namespace tl {
namespace {

using Json = nlohmann::json;

class PlanCommand : public testing::Test {
protected:
    PlanCommand() {
        m_request.model.file = TL_SOURCE_DIR "/resources/model/throughline-154m-q4_0.gguf";
        m_request.sources.paths = {m_folder.path()};
    }

    int run() {
        m_out.str("");
        m_err.str("");
        const Terminal terminal{m_out, m_err, false, {}, m_writing};
        return runPlan(m_request, terminal);
    }

    Json runJson() {
        m_request.json = true;
        run();
        return Json::parse(m_out.str());
    }

    static Json fileOf(const Json& plan, const std::string& name) {
        for (const Json& file : plan["list"]) {
            if (file["file"] == name) {
                return file;
            }
        }
        ADD_FAILURE() << name;
        return {};
    }

    TempFolder m_folder;
    PlanRequest m_request;
    std::ostringstream m_out;
    std::ostringstream m_err;
    std::mutex m_writing;
};

TEST_F(PlanCommand, PrintsTheTable) {
    m_folder.write("src/a.cpp", "int main() { return 0; }\n");
    m_folder.write("notes.txt", "The key hangs in the office.\n");
    m_folder.write("x.o", std::string("\0\1\2\3", 4));
    EXPECT_EQ(run(), kExitOk) << m_err.str();
    const std::string out = m_out.str();
    EXPECT_TRUE(out.starts_with("2 files, ")) << out;
    for (const char* text : {"1 skipped", "  src\n", "  C++\n", "  code\n", "src/a.cpp\n"}) {
        EXPECT_NE(out.find(text), std::string::npos) << text << "\n" << out;
    }
}

TEST_F(PlanCommand, JsonHasEveryFileWithItsFate) {
    m_folder.write("src/a.cpp", "int first(int a) {\n    return a;\n}\n");
    m_folder.write("x.png", "\x89PNG\r\n");
    m_request.sources.reduce = {{"src/", "signatures"}};
    const Json plan = runJson();
    EXPECT_EQ(plan["files"], 1);
    EXPECT_EQ(plan["problem"], nullptr);
    EXPECT_EQ(fileOf(plan, "src/a.cpp")["fate"], "reduced");
    EXPECT_EQ(fileOf(plan, "src/a.cpp")["level"], "signatures");
    EXPECT_GT(fileOf(plan, "src/a.cpp")["tokens"], 0);
    EXPECT_EQ(fileOf(plan, "x.png")["fate"], "skipped");
    EXPECT_EQ(fileOf(plan, "x.png")["reason"], "image, OCR is off");
}

TEST_F(PlanCommand, WhatAnArchiveHoldsStandsBehindIt) {
    m_folder.write("b.zip",
                   makeArchive({{.name = "in/one.txt", .bytes = "one text\n"},
                                {.name = "in/link", .linkTo = "one.txt"}},
                               "zip"));
    m_folder.write("c.txt", "another text\n");
    const Json plan = runJson();
    std::vector<std::string> names;
    for (const Json& file : plan["list"]) {
        names.push_back(file["file"]);
    }
    EXPECT_EQ(names,
              (std::vector<std::string>{"b.zip", "b.zip/in/one.txt", "b.zip/in/link", "c.txt"}));
    EXPECT_EQ(fileOf(plan, "b.zip")["fate"], "opened");
    EXPECT_EQ(fileOf(plan, "b.zip/in/one.txt")["fate"], "in");
    EXPECT_EQ(plan["files"], 2);
}

TEST_F(PlanCommand, APlanThatCannotBeReadIsAnError) {
    EXPECT_EQ(run(), kExitFailed);
    EXPECT_NE(m_err.str().find("nothing to read"), std::string::npos) << m_err.str();
    m_request.sources.paths = {m_folder.path() / "none"};
    EXPECT_EQ(run(), kExitFailed);
    EXPECT_EQ(m_out.str(), "");
}

}  // namespace
}  // namespace tl

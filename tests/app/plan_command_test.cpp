// SPDX-License-Identifier: Apache-2.0
#include "app/cli/plan_command.h"

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/app/temp_folder.h"
#include "tests/ingest/formats/pdf/make_pdf.h"
#include "tests/ingest/io/make_archive.h"

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
    std::timed_mutex m_writing;
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
    EXPECT_EQ(fileOf(plan, "x.png")["reason_codes"], Json::array({"image_ocr_off"}));
}

TEST_F(PlanCommand, JsonHasTheOrderTheBudgetAndTheLargest) {
    m_folder.write("a.txt", "one\n");
    m_folder.write("b.txt", "The key hangs in the harbour office.\n");
    const Json plan = runJson();
    EXPECT_EQ(plan["tokens_left"].get<int64_t>(),
              plan["context_limit"].get<int64_t>() - plan["answer_reserve"].get<int64_t>() -
                  plan["tokens"].get<int64_t>());
    ASSERT_EQ(plan["largest"].size(), 2U);
    EXPECT_EQ(plan["largest"][0]["file"], "b.txt");
    EXPECT_EQ(plan["largest"][0]["tokens"], fileOf(plan, "b.txt")["tokens"]);
    EXPECT_GT(fileOf(plan, "a.txt")["position"], 0);
    EXPECT_EQ(fileOf(plan, "b.txt")["position"].get<int64_t>(),
              fileOf(plan, "a.txt")["position"].get<int64_t>() +
                  fileOf(plan, "a.txt")["tokens"].get<int64_t>());
}

TEST_F(PlanCommand, SaysWhatLeavingOutPatternsSavesAndAllOfThem) {
    m_folder.write("a.txt", "one\n");
    m_folder.write("b.txt", "two\n");
    m_folder.write("c.md", "three\n");
    m_request.without = {"a.txt", "*.txt"};
    EXPECT_EQ(run(), kExitOk);
    const std::string out = m_out.str();
    for (const char* text : {"\nwithout a.txt: 1 file less, ",
                             "\nwithout *.txt: 2 files less, ",
                             "\nwithout all of these: 2 files less, "}) {
        EXPECT_NE(out.find(text), std::string::npos) << text << "\n" << out;
    }
    const Json plan = runJson();
    EXPECT_EQ(plan["without"][0]["pattern"], "a.txt");
    EXPECT_EQ(plan["without_all"]["files"], 2);
    EXPECT_EQ(plan["without_all"]["tokens"], plan["without"][1]["tokens"]);
}

TEST_F(PlanCommand, PagesAreToldOneByOneAndTheirWarningsInTheTable) {
    const std::vector<std::string> lines(8, "no one could say when the old mill had stopped");
    m_folder.write("a.pdf",
                   makePdf({.pages = {{.texts = textLines(72, 72, lines)}, {.hasImage = true}, {}},
                            .catalog = "/PageLabels << /Nums [0 << /S /r >>] >>"}));
    const Json pages = fileOf(runJson(), "a.pdf")["page_list"];
    ASSERT_EQ(pages.size(), 3U);
    EXPECT_EQ(pages[0], (Json{{"page", 1}, {"label", "i"}, {"characters", 8 * 37}}));
    EXPECT_EQ(pages[1],
              (Json{{"page", 2},
                    {"label", "ii"},
                    {"characters", 0},
                    {"warning", "scanned, no text"},
                    {"warning_codes", {"page_scanned"}}}));
    EXPECT_EQ(pages[2]["warning"], "empty");
    m_request.json = false;
    EXPECT_EQ(run(), kExitOk);
    const std::string out = m_out.str();
    for (const char* text : {"\n           1           1  scanned, no text\n",
                             "\n           1           1  empty\n"}) {
        EXPECT_NE(out.find(text), std::string::npos) << text << "\n" << out;
    }
    m_request.verbose = true;
    run();
    EXPECT_NE(m_out.str().find("\n    3 pages with 0 to 296 characters\n"), std::string::npos)
        << m_out.str();
}

// Twenty files, of which no two have the same words in their reason.
TEST_F(PlanCommand, SkipsOfOneKindAreOneLine) {
    m_folder.write("a.txt", "one\n");
    m_request.sources.maxFileBytes = 100;
    for (size_t i = 0; i < 10; ++i) {
        const std::string name = "large" + std::to_string(i) + ".txt";
        m_folder.write(name, std::string(200 + i, 'x'));
        std::filesystem::create_symlink(m_folder.path() / name,
                                        m_folder.path() / ("link" + std::to_string(i)));
    }
    m_folder.write("node_modules/a.txt", "two\n");
    const Json reasons = runJson()["skip_reasons"];
    const auto entry = [](const char* reason, const char* code, int files, int folders) {
        return Json{{"reason", reason},
                    {"codes", Json::array({code})},
                    {"files", files},
                    {"folders", folders}};
    };
    EXPECT_EQ(reasons.size(), 3U) << reasons;
    for (const Json& wanted : {entry("over the limit of 100 bytes", "over_size_limit", 10, 0),
                               entry("symbolic link", "link_within", 10, 0),
                               entry("dependencies", "dependencies", 0, 1)}) {
        EXPECT_NE(std::find(reasons.begin(), reasons.end(), wanted), reasons.end())
            << wanted << "\n"
            << reasons;
    }
}

TEST_F(PlanCommand, LongTablesEndWithTheirRest) {
    for (int i = 0; i < 14; ++i) {
        const std::string pattern = std::to_string(i) + ".txt";
        m_folder.write(pattern, "one\n");
        m_request.sources.exclude.push_back(pattern);
    }
    m_folder.write("a.txt", "one\n");
    run();
    EXPECT_NE(m_out.str().find("\n           2              2 more\n"), std::string::npos)
        << m_out.str();
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

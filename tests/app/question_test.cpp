// SPDX-License-Identifier: Apache-2.0
#include "app/answer/question.h"

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "app/cli/ask_command.h"
#include "app/project/project_commands.h"
#include "tests/app/scripted_model.h"
#include "tests/app/temp_folder.h"

// The linker (--wrap, see tests.cmake) sends every call of Tokenizer::encode() from outside of its
// file here first, whoever makes it and with whichever tokenizer.
void realEncode(tl::Tokenizer* self,
                std::string_view text,
                std::vector<tl::TokenId>& out) asm("__real_" TL_ENCODE_SYMBOL);
void countedEncode(tl::Tokenizer* self,
                   std::string_view text,
                   std::vector<tl::TokenId>& out) asm("__wrap_" TL_ENCODE_SYMBOL);

namespace {

constexpr std::string_view kQuestion = "How high is the lighthouse?";
std::atomic<int> tokenisations = 0;

}  // namespace

void countedEncode(tl::Tokenizer* self, std::string_view text, std::vector<tl::TokenId>& out) {
    if (text.find(kQuestion) != std::string_view::npos) {
        ++tokenisations;
    }
    realEncode(self, text, out);
}

namespace tl {
namespace {

// A corpus that is long enough for a second look.
class QuestionTest : public testing::Test {
protected:
    QuestionTest() {
        std::string text;
        for (int i = 0; i < 200; ++i) {
            text += "Paragraph number " + std::to_string(i) + " tells nothing of interest.\n\n";
        }
        m_folder.write("a.txt", text + "The lighthouse is 31 metres high.\n");
        m_sources.paths = {m_folder.path()};
        tokenisations = 0;
    }

    ModelLoader loader() const {
        const Script script{{std::string(kQuestion), {"The lighthouse is", "30 m", "31 metres"}}};
        return [script] {
            return Result<std::unique_ptr<LanguageModel>>(std::make_unique<ScriptedModel>(script));
        };
    }

    TempFolder m_folder;
    SourceChoice m_sources;
};

TEST_F(QuestionTest, IsTokenisedOnceByTheCommandLine) {
    AskRequest request;
    request.sources = m_sources;
    request.question = kQuestion;
    std::ostringstream out;
    std::ostringstream err;
    std::timed_mutex writing;
    ASSERT_EQ(runAsk(request, loader(), {out, err, false, {}, writing}), kExitOk) << err.str();
    EXPECT_TRUE(out.str().starts_with("31 metres")) << out.str();
    EXPECT_EQ(tokenisations, 1);
}

TEST_F(QuestionTest, IsTokenisedOnceByAProject) {
    class : public ProjectObserver {
    public:
        void answered(int64_t /*id*/, const Answer& answer) override { promise.set_value(answer); }
        std::promise<Answer> promise;
    } observer;
    const auto project = openProject(loader(), observer);
    project->choose(m_sources, {});
    project->ask(1, std::string(kQuestion), {});
    std::future<Answer> answer = observer.promise.get_future();
    ASSERT_EQ(answer.wait_for(std::chrono::seconds(10)), std::future_status::ready);
    EXPECT_EQ(answer.get().look, Look::kSecond);
    EXPECT_EQ(tokenisations, 1);
}

}  // namespace
}  // namespace tl

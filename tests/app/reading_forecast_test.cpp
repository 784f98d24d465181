// SPDX-License-Identifier: Apache-2.0
// What is said before reading, against what then happens, with a small model of random weights on
// the real engine.
#include <cmath>
#include <fstream>

#include "app/corpus/reading_speed.h"
#include "app/model/engine_model.h"
#include "tests/app/project_test_case.h"
#include "tests/support/random_model.h"

namespace tl {
namespace {

class ReadingForecastTest : public ProjectTestCase {
protected:
    ReadingForecastTest() {
        ::setenv("XDG_STATE_HOME", m_folder.path().c_str(), /*overwrite=*/1);
        test::RandomModelShape shape;
        shape.controlTokens = {"<|im_start|>", "<|im_end|>", "<file_sep>", "<filename>"};
        shape.vocabulary = 256 + std::ssize(shape.controlTokens);
        shape.readWindow = 512;
        shape.logScaleBase = 2048;
        const test::RandomModel model(shape, /*threads=*/1);
        std::ofstream(m_modelFile, std::ios::binary) << model.bytes();
    }

    // Reads the folder, with a state every so many tokens, and compares.
    void expectRight(int64_t checkpointTokens) {
        int64_t forecastBytes = 0;
        {
            ProjectCommands run([this] {
                ModelChoice model;
                model.file = m_modelFile;
                return loadEngineModel(model);
            });
            ASSERT_TRUE(run.loadModel().ok());
            run.setCheckpointTokens(checkpointTokens);
            ASSERT_TRUE(run.chooseInto(m_project, choice(), {}, {}).ok());
            const ReadingForecast forecast = run.forecast();
            EXPECT_TRUE(forecast.seconds);  // measured, since nothing was read here before
            ASSERT_TRUE(run.read({}, {}).ok());
            EXPECT_EQ(forecast.tokens, run.tokensRead());
            forecastBytes = forecast.diskBytes;
        }
        const auto real = static_cast<double>(std::filesystem::file_size(m_project));
        EXPECT_NEAR(static_cast<double>(forecastBytes), real, real / 10);
    }

    std::filesystem::path m_modelFile = m_folder.path() / "model.gguf";
};

TEST_F(ReadingForecastTest, HoldsForProseWithFewStates) {
    write("a.txt", paragraphs("the sea", 1200));
    expectRight(16'384);
}

TEST_F(ReadingForecastTest, HoldsForManyFilesWithManyStates) {
    for (int i = 0; i < 20; ++i) {
        write("part" + std::to_string(i) + ".cpp",
              "int f" + std::to_string(i) + "();\n" + paragraphs("// the moon", 30));
    }
    expectRight(1024);
}

}  // namespace
}  // namespace tl

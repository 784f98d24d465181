// SPDX-License-Identifier: Apache-2.0
#include "engine/engine.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/gguf_file.h"

namespace tl {
namespace {

const std::string kModel = std::string(TL_SOURCE_DIR) + "/tests/data/model/tiny-granite-h.gguf";

EngineOptions oneThread() {
    EngineOptions options;
    options.device.threads = 1;
    return options;
}

TEST(Engine, ComputesOnTheChosenDeviceAndSaysSo) {
    EngineOptions options = oneThread();
    options.device.kind = DeviceKind::kCpu;
    const auto engine = Engine::load(kModel, options);
    ASSERT_TRUE(engine.ok());
    EXPECT_EQ(engine.value()->backendName().substr(0, 4), "cpu ");
}

TEST(Engine, RefusesADeviceThatIsNotThere) {
    EngineOptions options = oneThread();
    options.device.kind = DeviceKind::kCuda;
    const auto engine = Engine::load(kModel, options);
    ASSERT_FALSE(engine.ok());
    EXPECT_EQ(engine.error().code, ErrorCode::kUnsupported);
    EXPECT_EQ(engine.error().message, "device cuda: this program was built without it");
}

TEST(Engine, GoesOnFromASnapshotOfAnotherEngineOfTheSameFile) {
    const auto one = Engine::load(kModel, oneThread()).value();
    const auto two = Engine::load(kModel, oneThread()).value();
    EXPECT_EQ(one->fingerprint(), two->fingerprint());
    EXPECT_EQ(one->fingerprint().weights.size(), 64U);
    const auto reader = one->newSession(64).value();
    ASSERT_TRUE(reader->read(std::vector<TokenId>{1, 2, 3, 4, 5}).ok());
    const auto session = two->newSession(64).value();
    ASSERT_TRUE(session->restore(reader->snapshot().value()).ok());
    ASSERT_TRUE(session->step(6).ok());
    ASSERT_TRUE(reader->step(6).ok());
    EXPECT_TRUE(std::ranges::equal(session->logits().value(), reader->logits().value()));
}

TEST(Engine, ForecastsTheSameBeforeAndAfterLoading) {
    const auto engine = Engine::load(kModel, oneThread()).value();
    const GgufFile file = GgufFile::open(kModel).value();
    const SequencePlan plans[] = {{8192, 5000, 100}};
    const auto before =
        Engine::forecast(file, parseModelConfig(file).value(), oneThread(), plans).value();
    const auto after = engine->forecast(plans).value();
    EXPECT_EQ(before.total(), after.total());
    EXPECT_GT(before.sequences, 0);
}

}  // namespace
}  // namespace tl

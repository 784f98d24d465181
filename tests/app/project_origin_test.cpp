// SPDX-License-Identifier: Apache-2.0
#include "app/project/project_origin.h"

#include <gtest/gtest.h>

namespace tl {
namespace {

ProjectOrigin anOrigin() {
    ProjectOrigin origin;
    origin.sources.paths = {"/a b", "/c\n\xFF"};
    origin.sources.include = {"*.txt", "docs/"};
    origin.sources.reduce = {{"tests=x/", "names"}};
    origin.sources.passwords = {"swordfish"};
    origin.sources.ocr = true;
    origin.sources.useDefaultRules = false;
    origin.sources.maxFileBytes = 123;
    origin.model = "/models/m.gguf";
    origin.fingerprint.weights = "w";
    origin.fingerprint.batchTokens = 256;
    origin.checkpointTokens = 16384;
    return origin;
}

TEST(ProjectOrigin, ComesBackFromItsProperties) {
    const ProjectOrigin origin = anOrigin();
    const Result<ProjectOrigin> back = originOf(propertiesOf(origin));
    ASSERT_TRUE(back.ok()) << back.error().message;
    EXPECT_TRUE(differences(back.value().sources, origin.sources).empty());
    EXPECT_EQ(back.value().sources.paths, origin.sources.paths);
    EXPECT_EQ(back.value().model, origin.model);
    EXPECT_EQ(back.value().fingerprint, origin.fingerprint);
    EXPECT_EQ(back.value().checkpointTokens, 16384);
}

TEST(ProjectOrigin, KeepsNoPassword) {
    for (const auto& [name, value] : propertiesOf(anOrigin())) {
        EXPECT_EQ(value.find("swordfish"), std::string::npos) << name;
    }
    EXPECT_TRUE(keptChoice(anOrigin().sources).passwords.empty());
}

TEST(ProjectOrigin, NamesThePropertyThatIsWrong) {
    ProjectProperties properties = propertiesOf(anOrigin());
    properties["sources.max_file_bytes"] = "many";
    EXPECT_NE(originOf(properties).error().message.find("sources.max_file_bytes"),
              std::string::npos);
    properties = propertiesOf(anOrigin());
    properties.erase("fingerprint.weights");
    EXPECT_NE(originOf(properties).error().message.find("fingerprint.weights"), std::string::npos);
    properties = propertiesOf(anOrigin());
    properties["checkpoint.tokens"] = "0";
    EXPECT_EQ(originOf(properties).error().code, ErrorCode::kCorrupt);
}

TEST(ProjectOrigin, SaysInWhatChoicesDiffer) {
    SourceChoice other = anOrigin().sources;
    other.ocr = false;
    other.reduce = {};
    other.passwords = {};
    EXPECT_EQ(differences(anOrigin().sources, other),
              (std::vector<std::string>{"--reduce", "--ocr"}));
}

TEST(ProjectOrigin, TheDigestIsOfTheWholeFingerprint) {
    Fingerprint fingerprint = anOrigin().fingerprint;
    const std::string digest = digestOf(fingerprint);
    EXPECT_EQ(digest.size(), 64U);
    fingerprint.codecVersion = 9;
    EXPECT_NE(digestOf(fingerprint), digest);
}

}  // namespace
}  // namespace tl

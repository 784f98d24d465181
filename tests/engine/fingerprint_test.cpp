// SPDX-License-Identifier: Apache-2.0
#include "engine/fingerprint.h"

#include <gtest/gtest.h>

#include "engine/session.h"
#include "tests/support/fake_backend.h"
#include "tests/support/random_model.h"

namespace tl {
namespace {

using test::FakeBackend;
using test::RandomModel;
using test::RandomModelShape;
using test::randomTokens;
using Lines = std::vector<std::string>;

const Fingerprint& fingerprintOf(const RandomModel& model) {
    return model.model().identity()->fingerprint();
}

// What a session of `ours` says to a snapshot of `theirs`.
std::string refusal(const RandomModel& theirs, const RandomModel& ours) {
    const auto reader = theirs.session();
    EXPECT_TRUE(reader->read(randomTokens(10, 128, 1)).ok());
    const auto session = ours.session();
    const Status status = session->restore(reader->snapshot().value());
    EXPECT_EQ(session->position(), status.ok() ? 10 : 0);
    return status.ok() ? "" : status.error().message;
}

TEST(Fingerprint, AnotherEngineOfTheSameModelGoesOn) {
    const RandomModel one((RandomModelShape()));
    const RandomModel two((RandomModelShape()));
    EXPECT_EQ(fingerprintOf(one), fingerprintOf(two));
    EXPECT_EQ(refusal(one, two), "");
}

TEST(Fingerprint, OtherWeightsAreRefused) {
    RandomModelShape other;
    other.seed = 21;
    EXPECT_EQ(refusal(RandomModel(other), RandomModel(RandomModelShape())),
              "the snapshot is of another engine: another set of weights");
}

TEST(Fingerprint, SaysEverythingThatDiffers) {
    RandomModelShape other;
    other.readWindow = 64;
    other.logScaleBase = 16;
    const RandomModel theirs(other, 1, KvType::kInt8);
    const RandomModel ours((RandomModelShape()));
    EXPECT_EQ(differences(fingerprintOf(theirs), fingerprintOf(ours)),
              (Lines{"reading policy: window 64, logarithm base 16 instead of window 0, logarithm "
                     "base 0",
                     "precision: f32 activations, int8 keys and values instead of f32 "
                     "activations, f16 keys and values"}));
    EXPECT_EQ(refusal(theirs, ours),
              "the snapshot is of another engine: reading policy: window 64, logarithm base 16 "
              "instead of window 0, logarithm base 0; precision: f32 activations, int8 keys and "
              "values instead of f32 activations, f16 keys and values");
}

TEST(Fingerprint, LayersMakeAnotherConfiguration) {
    RandomModelShape other;
    other.kvHeads = {2, 0, 0};
    const Lines found = differences(fingerprintOf(RandomModel(other)),
                                    fingerprintOf(RandomModel(RandomModelShape())));
    EXPECT_EQ(found, (Lines{"another set of weights", "another configuration"}));
}

TEST(Fingerprint, BatchesThatEndElsewhereAreNamed) {
    const RandomModel fake(
        RandomModelShape(), std::make_unique<FakeBackend>(1, ActivationType::kF32), KvType::kF16);
    EXPECT_EQ(refusal(fake, RandomModel(RandomModelShape())),
              "the snapshot is of another engine: tokens in a batch: 128 instead of 256");
}

TEST(Fingerprint, TokenizerArchitectureAndSavedFormCount) {
    const Fingerprint ours = fingerprintOf(RandomModel(RandomModelShape()));
    Fingerprint theirs = ours;
    EXPECT_EQ(differences(theirs, ours), Lines());
    theirs.architecture = "llama";
    theirs.tokenizer = "0";
    theirs.codecVersion += 1;
    EXPECT_EQ(differences(theirs, ours),
              (Lines{"architecture: llama instead of granitehybrid",
                     "another tokenizer",
                     "version of the saved form: 2 instead of 1"}));
}

TEST(Fingerprint, ASnapshotOfNothingIsRefused) {
    const RandomModel model((RandomModelShape()));
    const Status status = model.session()->restore(Snapshot());
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().message, "a snapshot of nothing");
}

}  // namespace
}  // namespace tl

// SPDX-License-Identifier: Apache-2.0
// Pages leave the CPU's layout for the canonical form and come back, bit for bit.
#include <algorithm>
#include <bit>
#include <cstring>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "kernels/cpu/cpu_backend.h"
#include "kernels/half.h"
#include "tests/support/kernel_inputs.h"
#include "tests/support/kv_store.h"
#include "tests/support/reference_ops.h"

namespace tl {
namespace {

using cpu::CpuBackend;

using Bytes = std::vector<std::byte>;

// A prime number of head dimensions would not be allowed; 48 is no power of two.
constexpr int64_t kHeads = 3;
constexpr int64_t kDim = 48;
// Around every border of the layout: groups of 4 and 16, and the page's end.
constexpr int64_t kLengths[] = {1, 3, 4, 5, 15, 16, 17, 64, 77, 4095, 4096};

class KvPageTest : public testing::TestWithParam<KvType> {
protected:
    KvPageTest() : m_store(GetParam(), kHeads, kDim, kKvPagePositions) {
        Random random(31);
        const int64_t width = kHeads * kDim;
        m_keys = uniforms(random, kKvPagePositions * width, -2, 2);
        m_values = uniforms(random, kKvPagePositions * width, -2, 2);
        m_backend.kvAppend(
            {m_keys.data(), m_values.data(), m_store.view(), kKvPagePositions, 0, width, width});
    }

    PageShape shape() const { return m_store.view(); }
    std::unique_ptr<KvPage> emptyPage() { return m_backend.allocatePage(shape()).value(); }
    Bytes exported(const KvPage& page, int64_t positions) { return exported(page, 0, positions); }
    Bytes exported(const KvPage& page, int64_t first, int64_t count) {
        // One byte more, to see that nothing is written there.
        Bytes bytes(static_cast<size_t>(canonicalPageBytes(shape(), count)) + 1, std::byte{0x5A});
        EXPECT_TRUE(m_backend.exportPage(page, first, count, bytes.data()).ok());
        EXPECT_EQ(bytes.back(), std::byte{0x5A});
        bytes.pop_back();
        return bytes;
    }

    void import(KvPage& page, int64_t first, int64_t count, const Bytes& bytes) {
        const PageImport import{&page, first, count, bytes.data()};
        EXPECT_TRUE(m_backend.importPages({&import, 1}).ok());
    }

    CpuBackend m_backend{**cpu::runnableCpuKernels().begin(), 1, ActivationType::kInt8};
    KvStore m_store;
    std::vector<float> m_keys, m_values;
};

template <typename T>
T numberAt(const Bytes& bytes, int64_t byte) {
    T number;
    std::memcpy(&number, bytes.data() + byte, sizeof(T));
    return number;
}

// What docs/engine.md says of the canonical form, number by number.
TEST_P(KvPageTest, TheCanonicalFormIsHeadPositionDimension) {
    for (const int64_t n : kLengths) {
        const Bytes bytes = exported(m_store.page(0), n);
        const bool isInt8 = GetParam() == KvType::kInt8;
        const int64_t numbers = kHeads * n * kDim * (isInt8 ? 1 : 2);
        const int64_t half = numbers + (isInt8 ? kHeads * n * 4 : 0);
        ASSERT_EQ(std::ssize(bytes), 2 * half);
        const auto stored = [&](int64_t begin, int64_t head, int64_t position, int64_t d) {
            const int64_t row = head * n + position;
            if (!isInt8) {
                return static_cast<double>(
                    halfToFloat(numberAt<uint16_t>(bytes, begin + 2 * (row * kDim + d))));
            }
            return numberAt<int8_t>(bytes, begin + row * kDim + d) *
                   static_cast<double>(numberAt<float>(bytes, begin + numbers + 4 * row));
        };
        for (int64_t i = 0; i < kHeads * n; ++i) {
            const int64_t d = i * 7 % kDim;
            ASSERT_EQ(stored(0, i / n, i % n, d),
                      reference::keyAt(m_store.view(), i / n, i % n, d));
            ASSERT_EQ(stored(half, i / n, i % n, d),
                      reference::valueAt(m_store.view(), i / n, i % n, d));
        }
    }
}

TEST_P(KvPageTest, ComesBackBitForBitHoweverFarItIsFilled) {
    for (const int64_t n : kLengths) {
        const Bytes bytes = exported(m_store.page(0), n);
        const auto page = emptyPage();
        import(*page, 0, n, bytes);
        EXPECT_EQ(exported(*page, n), bytes) << n << " positions";
        KvStore view(GetParam(), kHeads, kDim, kKvPagePositions);
        view.page(0).importFrom(0, n, bytes.data());
        for (int64_t d = 0; n < kKvPagePositions && d < kDim; ++d) {
            ASSERT_EQ(reference::keyAt(view.view(), 1, n, d), 0) << "the position after";
            ASSERT_EQ(reference::valueAt(view.view(), 1, n, d), 0) << "the position after";
        }
    }
}

// A page that was saved in pieces, cut anywhere, is put together piece by piece.
TEST_P(KvPageTest, ComesBackInPiecesOfAnyLengthAtAnyPlace) {
    const Bytes whole = exported(m_store.page(0), kKvPagePositions);
    for (const int64_t length : {1, 2, 3, 5, 15, 16, 17, 19, 63, 256, 1023}) {
        const auto page = emptyPage();
        for (int64_t first = 0; first < kKvPagePositions; first += length) {
            const int64_t count = std::min(length, kKvPagePositions - first);
            import(*page, first, count, exported(m_store.page(0), first, count));
        }
        EXPECT_EQ(exported(*page, kKvPagePositions), whole) << "pieces of " << length;
    }
}

// A restored session must compute as if nothing had ever stood after its position.
TEST_P(KvPageTest, ACopyHasItsPositionsAndZerosBehind) {
    for (const int64_t n : kLengths) {
        const auto copy = emptyPage();
        m_backend.copyPage(*copy, m_store.page(0), n);
        const auto imported = emptyPage();
        const Bytes bytes = exported(m_store.page(0), n);
        import(*imported, 0, n, bytes);
        EXPECT_EQ(exported(*copy, kKvPagePositions), exported(*imported, kKvPagePositions))
            << n << " positions";
    }
}

INSTANTIATE_TEST_SUITE_P(Types,
                         KvPageTest,
                         testing::Values(KvType::kInt8, KvType::kF16),
                         [](const auto& type) {
                             return std::string(type.param == KvType::kInt8 ? "int8" : "f16");
                         });

}  // namespace
}  // namespace tl
